"""Jobs that hang, swell, crash and break, for the tests of the workers that do them."""

import os
import signal
import time

import msgspec


class Asked(msgspec.Struct, frozen=True):
    """Some words to fail over."""

    words: str = ""


def echo(given: Asked) -> bytes:
    return f"{os.getpid()} {given.words}".encode()


def hang(given: Asked) -> bytes:
    while True:
        time.sleep(1)


def spin(given: Asked) -> bytes:
    """Hangs without ever letting go, as a pattern that backtracks does."""
    return bytes(sum(1 for _ in iter(int, 1)))


def swell(given: Asked) -> bytes:
    kept = []
    while True:
        kept.append(bytearray(50_000_000))


def crash(given: Asked) -> bytes:
    os.kill(os.getpid(), signal.SIGSEGV)
    return b""


def breaks(given: Asked) -> bytes:
    print(given.words)
    os.write(2, given.words.encode())
    raise ValueError(given.words)
