"""Rules about reply."""
