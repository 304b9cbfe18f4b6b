"""Coverage-guided fuzzing of the readers of bytes, with atheris: `make fuzz-bytes`, or `-runs=N`.

The first byte chooses the reader, the rest is the file. A reader may yield problems; it may raise
nothing. What atheris finds it writes beside itself as `crash-…`; mended, it goes to `evals/seeds`.
"""

import sys

import atheris

with atheris.instrument_imports(include=["onrecord.ingest", "docx", "pypdf"]):
    from onrecord.ingest import read
    from onrecord.ingest.materials import materials_of

KINDS = ("text", "markdown", "html", "docx", "json", "jsonl")
MATERIALS = ("x.pdf", "x.srt", "x.vtt", "x.docx", "x.txt")


def one(raw: bytes) -> None:
    """Read an input as what its first byte says."""
    if not raw:
        return
    choice = raw[0] % (len(KINDS) + len(MATERIALS))
    if choice < len(KINDS):
        for _ in read(raw[1:], kind=KINDS[choice], input="x"):  # type: ignore[arg-type]
            pass
    else:
        for _ in materials_of(raw[1:], MATERIALS[choice - len(KINDS)]):
            pass


def main() -> None:
    """Run from the command line; atheris ends the process."""
    atheris.Setup(sys.argv, one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
