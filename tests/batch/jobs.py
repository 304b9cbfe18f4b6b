"""Jobs for the tests of processes: some die, some hang, some take all memory."""

import os
import signal
import sys
import time
from collections.abc import Callable


def echo(body: bytes) -> bytes:
    """Do what the bytes say."""
    word, _, rest = body.decode().partition(" ")
    if word == "die":
        os.kill(os.getpid(), signal.SIGKILL)
    if word == "once":  # die the first time only
        if not os.path.exists(rest):
            open(rest, "w").close()
            os.kill(os.getpid(), signal.SIGKILL)
    if word == "exit":
        os._exit(7)
    if word == "spin":
        while True:
            pass
    if word == "sleep":
        time.sleep(1000)
    if word == "eat":
        held = [bytes(1 << 20) for _ in range(1 << 14)]
        del held
    if word == "print":
        print("to nobody", file=sys.stdout, flush=True)
    if word == "raise":
        raise ValueError("secret words of a draft")
    return f"{os.getpid()} {rest}".encode()


def prepared(setup: bytes) -> Callable[[bytes], bytes]:
    """A job with its setup."""
    return lambda body: setup + body


def broken(setup: bytes) -> Callable[[bytes], bytes]:
    """A job that can't be set up."""
    raise RuntimeError("no model here")
