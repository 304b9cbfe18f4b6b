"""A server for agents: the Model Context Protocol over standard input and output.

`tools` says what can be asked and answers it, `folders` which files may be read, `server` speaks
the protocol with the `mcp` library, which nothing else here imports. An article's words are
material that somebody else wrote: they only ever go out under a `quoted` key.
"""
