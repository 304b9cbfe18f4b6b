"""The marked paragraph of the help page, shown as the reading view shows one."""

from functools import cache

from markupsafe import Markup

from ..linter import lint
from ..records import Settings
from ..report import html
from ..testing import parse

_PARAGRAPH = (
    "[s1 person=Ann_Lee Ann Lee] [c1 said] [q1 “the ferry is sound”]. But"
    " [s2 anonymous withheld an insider] [c2 claimed] [q2 that [s3 group=neighbours in=2"
    " neighbours] [c3 say] [q3 in=2 it leaks]]. [s4 document=report A report] [c4 found]"
    " [q4 rust in every girder]. The crossing takes an hour."
)


@cache
def marked() -> Markup:
    """The paragraph with its marks, as a page's article has it."""
    web = html.Web(nav=())
    made = html.fragments(lint(parse(_PARAGRAPH)[0], Settings(select=("ANO001",))), web=web)
    return Markup("").join(Markup(block) for _, block in made["blocks"])
