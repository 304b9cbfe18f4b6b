"""Ages, dates, durations, counts, shares and money, as typed values."""
