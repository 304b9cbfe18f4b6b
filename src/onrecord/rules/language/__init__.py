"""Rules about language."""
