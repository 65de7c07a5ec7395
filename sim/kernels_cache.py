"""Where compiled code is kept.

The folder is named after the sources: numba itself does not notice an edit in a function that another kernel calls, nor a
changed constant, and would leave the old code running.
"""

from __future__ import annotations

import hashlib
import tempfile
from importlib.metadata import version
from pathlib import Path


def cache_folder(source: str, *constants: object) -> Path:
    """A writable folder for compiled code, keyed by its source file, the constants compiled in, and the compiler.

    Raises OSError if neither the home nor the temporary folder can be written.
    """
    around = repr((constants, version("numba"), version("numpy"))).encode()
    key = hashlib.sha256(Path(source).read_bytes() + around).hexdigest()[:16]
    for base in (Path.home() / ".cache", Path(tempfile.gettempdir())):
        folder = base / "jiceng" / key
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError:
            continue
        return folder
    raise OSError("no writable folder for compiled code in the home or temporary folder")
