"""Months and days of the week, whole and shortened: the one place for them."""

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
SHORT_MONTHS = ("Jan", "Feb", "Mar", "Apr", "Jun", "Jul", "Aug", "Sept", "Sep", "Oct", "Nov", "Dec")
"""As newspapers shorten them; "May" is never shortened, September has two forms, the longer
first."""
SHORT_WEEKDAYS = ("Mon", "Tues", "Tue", "Weds", "Wed", "Thurs", "Thu", "Fri", "Sat", "Sun")

MONTH = "|".join(MONTHS)
WEEKDAY = "|".join(WEEKDAYS)
SHORT_MONTH = "|".join(SHORT_MONTHS)
SHORT_WEEKDAY = "|".join(SHORT_WEEKDAYS)
"""Alternatives of a pattern, to stand in a group."""
