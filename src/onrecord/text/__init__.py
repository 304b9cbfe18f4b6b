"""Places and words in a text: knows text and spans, nothing of articles' structure or of rules."""
