"""The schema's history: one file a revision, from the first schema on; run by `database`."""
