"""One writer at a time for a run folder: a lock file that names its owner and does not outlive it."""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

UNSIGNED_SECONDS = 10.0  # a lock without an owner's name is taken over after this long


class LockedError(Exception):
    """Another living process writes here; ``owner`` is its host and process number."""

    def __init__(self, path: Path, owner: str) -> None:
        super().__init__(f"{path}: written by {owner}")
        self.path = path
        self.owner = owner


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the lock file while the block runs; raises :class:`LockedError` at once if a living process holds it."""
    try:
        _claim(path)
    except FileExistsError:
        _break_if_stale(path)
        try:
            _claim(path)
        except FileExistsError:
            raise LockedError(path, _owner(path)) from None
    try:
        yield
    finally:
        path.unlink(missing_ok=True)


def _claim(path: Path) -> None:
    handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o644)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(f"{socket.gethostname()} {os.getpid()}")


def _owner(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace").strip()
    except FileNotFoundError:
        return ""


def _break_if_stale(path: Path) -> None:
    """Remove the lock of a process of this host that is gone; raise if its owner lives or may live elsewhere."""
    owner = _owner(path)
    host, _, process = owner.partition(" ")
    if not process.isdigit():
        stale = path.exists() and time.time() - path.stat().st_mtime > UNSIGNED_SECONDS
    else:
        stale = host == socket.gethostname() and not _alive(int(process))
    if not stale and path.exists():
        raise LockedError(path, owner or "?")
    path.unlink(missing_ok=True)


def _alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
