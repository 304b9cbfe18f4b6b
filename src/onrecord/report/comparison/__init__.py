"""Two versions of an article side by side: what differs, and its page."""
