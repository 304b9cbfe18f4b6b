"""Rules about other outlets."""
