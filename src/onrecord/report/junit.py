"""JUnit XML, which every CI system shows as tests: an article is a suite, a finding a test.

A finding that `fail-on` counts is a failure, a lesser one a test that passed and said something; an
input that can't be read is an error; an article without findings is one test that passed.
"""

from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from ..linter import RANK
from ..records import Finding, Lint, Problem, Severity
from ..text.places import Places
from . import relative, visible


def render(
    lints: Sequence[Lint],
    *,
    problems: Sequence[Problem] = (),
    no_text: bool = False,
    fail_on: Severity = "warning",
) -> str:
    """The findings of all articles as one document."""
    root = Element("testsuites", {"name": "onrecord"})
    for lint in lints:
        article = lint.analysis.article
        path = relative(article.path or article.input)
        name = path if article.row is None else f"{path}:{article.row}"
        suite = SubElement(root, "testsuite", {"name": visible(name)})
        for finding in lint.findings:
            _finding(suite, lint, finding, (path, no_text, fail_on))
        if not lint.findings:
            SubElement(suite, "testcase", {"name": "onrecord", "classname": visible(path)})
    for problem in problems:
        if problem.fatal:
            path = visible(relative(problem.where))
            suite = SubElement(root, "testsuite", {"name": path})
            case = SubElement(suite, "testcase", {"name": "onrecord", "classname": path})
            said = visible(f"{problem.what} {problem.remedy}".strip())
            SubElement(case, "error", {"message": said, "type": "unreadable"}).text = said
    _count(root)
    indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="unicode") + "\n"


def _finding(suite: Element, lint: Lint, finding: Finding, how: tuple[str, bool, Severity]) -> None:
    path, no_text, fail_on = how
    line, column = Places(lint.analysis.article).in_file(finding.span.start)
    case = SubElement(
        suite,
        "testcase",
        {
            "name": f"{finding.code} {finding.name}",
            "classname": visible(path),
            "file": visible(path),
            "line": str(line),
        },
    )
    said = visible(finding.name.replace("-", " ") if no_text else finding.message)
    placed = f"{lint.analysis.article.placed_in} {line}, column {column}: {said}"
    if RANK[finding.severity] >= RANK[fail_on]:
        failure = {"message": said, "type": finding.severity}
        SubElement(case, "failure", failure).text = placed
    else:
        SubElement(case, "system-out").text = f"{finding.severity}: {placed}"


def _count(root: Element) -> None:
    """Say in each suite and at the top how many tests there are and how many went wrong."""
    kinds = (("tests", "testcase"), ("failures", "failure"), ("errors", "error"))
    for key, tag in kinds:
        for suite in root:
            suite.set(key, str(sum(1 for _ in suite.iter(tag))))
        root.set(key, str(sum(1 for _ in root.iter(tag))))
