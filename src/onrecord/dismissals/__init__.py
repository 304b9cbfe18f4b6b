"""Findings set aside: by comments in the source, by a file of known findings."""
