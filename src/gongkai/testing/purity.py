"""Reading a page is a function of the page: what it must not touch meanwhile."""

from __future__ import annotations

import builtins
import os
import random
import socket
import subprocess
import time
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, NoReturn
from unittest.mock import patch

if TYPE_CHECKING:
    from collections.abc import Iterator

#: (owner, attribute, what it is): network, files, processes, clocks, randomness.
_FORBIDDEN: tuple[tuple[object, str, str], ...] = (
    (socket, "socket", "the network"),
    (socket, "create_connection", "the network"),
    (builtins, "open", "a file"),
    (os, "open", "a file"),
    (os, "system", "a process"),
    (subprocess, "Popen", "a process"),
    (time, "time", "the clock"),
    (time, "monotonic", "the clock"),
    (random, "random", "randomness"),
    (random, "choice", "randomness"),
    (os, "urandom", "randomness"),
)


class ImpureError(AssertionError):
    """A layout touched something besides its document."""


@contextmanager
def pure() -> Iterator[None]:
    """Forbid network, files, processes, clocks and randomness inside the block.

    Raises:
        ImpureError: the code inside touched one of them.
    """
    with ExitStack() as stack:
        for owner, name, what in _FORBIDDEN:
            stack.enter_context(patch.object(owner, name, _refusal(name, what)))
        yield


def _refusal(name: str, what: str) -> object:
    def refuse(*_args: object, **_kwargs: object) -> NoReturn:
        raise ImpureError(f"a layout must not use {what} ({name})")

    return refuse
