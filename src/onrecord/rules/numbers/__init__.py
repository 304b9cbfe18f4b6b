"""NUM: ages, dates, durations and counts that do not agree."""
