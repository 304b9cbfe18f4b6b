"""The tables of a data set, as Arrow schemas: what each column holds stands with it.

`VERSION` counts changes of these schemas; a data set is only ever continued by the same version.
"""

import pyarrow as pa

VERSION = 1
"""Version of the tables' schemas."""


def _field(name: str, kind: pa.DataType, what: str) -> pa.Field:
    return pa.field(name, kind, metadata={"description": what})


_TEXT, _WHOLE, _SHARE, _FLAG = pa.string(), pa.int32(), pa.float64(), pa.bool_()
_SPANS = pa.list_(pa.struct([("start", _WHOLE), ("end", _WHOLE)]))
_RELATED = pa.list_(pa.struct([("start", _WHOLE), ("end", _WHOLE), ("label", _TEXT)]))
_ABOUT = (
    _field("outlet", _TEXT, "who publishes the article"),
    _field("date", pa.date32(), "when the article was published"),
)

ARTICLES = pa.schema(
    [
        _field("id", _TEXT, "the input's id, else path:LINE; one row has it"),
        _field("place", _TEXT, "where the article was read: path, path:LINE, path:OFFSET"),
        _field("text_id", _TEXT, "first 16 hex digits of the text's SHA-256"),
        _field("title", _TEXT, "the headline; null with --no-text"),
        _field("url", _TEXT, "address, where the input says it"),
        *_ABOUT,
        _field("section", _TEXT, "section of the outlet, where the input says it"),
        _field("authors", pa.list_(_TEXT), "as the input gives them"),
        _field("language", _TEXT, "ISO 639-1 code"),
        _field("words", _WHOLE, "words of the text, split at white space"),
        _field("statements", _WHOLE, "rows in statements"),
        _field("sources", _WHOLE, "rows in sources"),
        _field("findings", _WHOLE, "rows in findings"),
        _field("text", _TEXT, "the text that all offsets count in; null with --no-text"),
    ]
)
STATEMENTS = pa.schema(
    [
        _field("article_id", _TEXT, "articles.id"),
        _field("id", _TEXT, "the statement's id in its article"),
        _field("words", _TEXT, "what is said; parts joined by ' … '; null with --no-text"),
        _field("length", _WHOLE, "words of what is said, split at white space"),
        _field("speaker", _TEXT, "the source's name; null where it has none"),
        _field("source_id", _TEXT, "sources.id in the same article; null: no source is stated"),
        _field("kind", _TEXT, "the source's kind"),
        _field("gender", _TEXT, "female or male, by pronouns and titles in the text, else null"),
        _field("title", _TEXT, "the source's role, post or relation"),
        _field("form", _TEXT, "direct, indirect or mixed"),
        _field("stance", _TEXT, "says, denies, declines, asks, believes or intends"),
        _field("parent", _TEXT, "the statement in whose content this one stands"),
        _field("withheld", _FLAG, "the article treats the source's identity as withheld"),
        _field("plural", _FLAG, "the source is several people"),
        _field("reason", _TEXT, "why the identity is withheld, in the article's words"),
        _field("mention", _TEXT, "the source as it is called here"),
        _field("cue", _TEXT, "the words that say that it is said"),
        _field("start", _WHOLE, "of what is said, in code points of the text"),
        _field("end", _WHOLE, "of what is said, half-open"),
        _field("spans", _SPANS, "the parts of what is said"),
        _field("confidence", _SHARE, "probability that words and speaker are both right"),
        *_ABOUT,
    ]
)
SOURCES = pa.schema(
    [
        _field("article_id", _TEXT, "articles.id"),
        _field("id", _TEXT, "the source's id in its article"),
        _field("kind", _TEXT, "person, organisation, spokesperson, anonymous, group, …"),
        _field("name", _TEXT, "fullest form in the article"),
        _field("title", _TEXT, "role, post or relation"),
        _field("gender", _TEXT, "female or male, by pronouns and titles in the text, else null"),
        _field("withheld", _FLAG, "the article treats the identity as withheld"),
        _field("plural", _FLAG, "several people"),
        _field("reason", _TEXT, "why the identity is withheld, in the article's words"),
        _field("justification", _TEXT, "why this voice counts here, in the article's words"),
        _field("contact", _TEXT, "that they declined or could not be reached, in its words"),
        _field("mentions", _WHOLE, "times it is mentioned"),
        _field("statements", _WHOLE, "rows in statements"),
        _field("length", _WHOLE, "words of its statements that stand in no other statement"),
        _field("confidence", _SHARE, "probability that it is one voice, and of this kind"),
        *_ABOUT,
    ]
)
FINDINGS = pa.schema(
    [
        _field("article_id", _TEXT, "articles.id"),
        _field("code", _TEXT, "the rule"),
        _field("name", _TEXT, "the rule's name"),
        _field("severity", _TEXT, "error, warning or note"),
        _field("start", _WHOLE, "in code points of the text"),
        _field("end", _WHOLE, "half-open"),
        _field("line", _WHOLE, "of the start, from 1"),
        _field("column", _WHOLE, "of the start, from 1, in code points"),
        _field("message", _TEXT, "what the rule says; its name with --no-text"),
        _field("related", _RELATED, "further places"),
        _field("confidence", _SHARE, "where the rule gives one"),
        _field("fingerprint", _TEXT, "stays the same when the article is edited elsewhere"),
        *_ABOUT,
    ]
)
PROBLEMS = pa.schema(
    [
        _field("place", _TEXT, "path, path:LINE, path:ROW or path:OFFSET of a record"),
        _field("article_id", _TEXT, "the id that the input gives, if it got so far"),
        _field("reason", _TEXT, "what is wrong"),
        _field("remedy", _TEXT, "what to do"),
        _field("fatal", _FLAG, "true: this input is not in articles"),
    ]
)
TABLES: dict[str, pa.Schema] = {
    "articles": ARTICLES,
    "statements": STATEMENTS,
    "sources": SOURCES,
    "findings": FINDINGS,
    "problems": PROBLEMS,
}
"""The tables by name, in the order in which they are written."""

ROWS = pa.schema(
    [
        ("shard", _WHOLE),
        ("index", _WHOLE),
        ("digest", pa.binary()),
        ("place", _TEXT),
        ("id", _TEXT),
        ("form", _TEXT),
        ("content", pa.large_binary()),
        ("section", _TEXT),
        ("url", _TEXT),
        ("problems", pa.list_(pa.struct(list(PROBLEMS)))),
    ]
)
"""What a worker is given: inputs as they were read, a row each; `content` null where nothing
was."""
RESULTS = pa.schema(
    [
        ("shard", _WHOLE),
        ("index", _WHOLE),
        *((name, pa.list_(pa.struct(list(schema)))) for name, schema in TABLES.items()),
    ]
)
"""What a worker gives back: for each input the rows of every table."""
