"""English: verbs of speech, names, nouns, wordings of sources and judgements."""
