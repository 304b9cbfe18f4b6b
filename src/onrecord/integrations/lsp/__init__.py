"""A language server: findings and voices in the editor while an article is written.

`draft` keeps what is known of an open text and moves it along with edits; it knows no protocol.
`server` speaks the protocol, with pygls (`onrecord[lsp]`).
"""
