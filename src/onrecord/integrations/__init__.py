"""onrecord inside other programs: each module is a convention of theirs, behind its own extra."""
