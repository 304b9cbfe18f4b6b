"""The voices of an article: which mentions are one source, what kind, what is said of it."""
