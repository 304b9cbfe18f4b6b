"""Typography and sentences: where quotations stand and sentences end."""
