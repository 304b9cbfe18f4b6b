"""What a corpus says: who is quoted and how much, by outlet, section and month.

`count` turns a data set into figures with intervals; `page` shows them, `listing` writes them for
other programs. Says what was counted and what the counts can't tell.
"""

from .count import Report, report
from .listing import as_csv, as_json
from .page import as_html

__all__ = ["Report", "as_csv", "as_html", "as_json", "report"]
