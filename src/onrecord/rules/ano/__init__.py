"""ANO: unnamed sources."""
