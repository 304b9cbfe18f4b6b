"""The people of an article: their mentions, who is who, whom a pronoun means."""
