"""The run folder: tables, texts and a manifest of hashes, written whole or not at all and checked when opened.

A run lies in ``runs/<name>/``: ``manifest.json``, the texts (resolved scenarios, ``page.html``) and one Parquet file
per table. Everything is written to a hidden sibling folder first, flushed to disk, then renamed into place. Equal
tables give equal bytes.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from results.lock import LockedError, locked
from results.run_tables import outcome_tables, plan_tables
from scenarios.text import Text

__all__ = ["StorageError", "StoredRun", "outcome_tables", "plan_tables", "read_run", "refuse_foreign", "write_run"]

MANIFEST = "manifest.json"
FORMAT = "jiceng-run/1"


class StorageError(Exception):
    """A run cannot be written or read; ``path`` is the file at fault, ``says`` why, in both languages."""

    def __init__(self, path: Path, says: Text) -> None:
        super().__init__(f"{path}: {says.zh}\n{path}: {says.en}")
        self.path = path
        self.says = says


@dataclass(frozen=True, eq=False)
class StoredRun:
    """A run read back, every byte checked."""

    folder: Path
    manifest: dict[str, Any]
    tables: dict[str, pd.DataFrame]
    texts: dict[str, str]


def write_run(folder: Path, *, tables: Mapping[str, pd.DataFrame], texts: Mapping[str, str],
              manifest: Mapping[str, Any]) -> dict[str, Any]:  # fmt: skip
    """Write a run and return its manifest with the outputs' hashes.

    Raises :class:`StorageError` if another process writes the same run, if the folder exists and is not a run, or if
    the disk refuses; the run that was there before is then untouched.
    """
    folder = folder.absolute()
    writing, previous = _sibling(folder, "writing"), _sibling(folder, "previous")
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with locked(_sibling(folder, "lock")):
            _recover(folder)
            refuse_foreign(folder)
            shutil.rmtree(writing, ignore_errors=True)
            complete = _write_files(writing, tables, texts, manifest)
            _swap(writing, folder, previous)
            return complete
    except LockedError as error:
        raise StorageError(folder, Text(f"另一进程（{error.owner}）正在写入；请等它结束后再试",
                                        f"another process ({error.owner}) is writing; try again when it has ended"),
                           ) from None  # fmt: skip
    except OSError as error:
        shutil.rmtree(writing, ignore_errors=True)
        reason = error.strerror or str(error)
        raise StorageError(Path(error.filename or folder), Text(f"无法写入（{reason}）；原有结果未受影响",
                                                                f"cannot write ({reason}); earlier results are intact"),
                           ) from error  # fmt: skip


def read_run(folder: Path, *, tables: tuple[str, ...] | None = None) -> StoredRun:
    """Read a run (all tables, or those named), checking every file's hash and every page's checksum.

    Raises :class:`StorageError` naming the first file that is missing or damaged.
    """
    folder = folder.absolute()
    _recover(folder)
    manifest = _read_manifest(folder / MANIFEST)
    frames: dict[str, pd.DataFrame] = {}
    texts: dict[str, str] = {}
    for name, digest in manifest["outputs"].items():
        path = folder / name
        content = _verified(path, digest)
        if not name.endswith(".parquet"):
            texts[name] = content.decode("utf-8")
        elif tables is None or path.stem in tables:
            table = pq.read_table(pa.BufferReader(content), page_checksum_verification=True)
            frames[path.stem] = table.to_pandas()
    return StoredRun(folder, manifest, frames, texts)


def _sibling(folder: Path, role: str) -> Path:
    return folder.parent / f".{folder.name}.{role}"


def _recover(folder: Path) -> None:
    """Put back the run that a replacement was cut off from between its two renames."""
    previous = _sibling(folder, "previous")
    if previous.is_dir() and not folder.exists():
        previous.rename(folder)


def refuse_foreign(folder: Path) -> None:
    """Raise :class:`StorageError` if a folder is in the way that is not a run; a long command asks this first."""
    if not folder.exists():
        return
    try:
        ours = json.loads((folder / MANIFEST).read_text(encoding="utf-8")).get("format") == FORMAT
    except (OSError, ValueError, AttributeError):
        ours = False
    if not ours:
        raise StorageError(
            folder,
            Text(
                "该文件夹已存在且不是运行结果，不会覆盖；请换一个名称",
                "the folder exists and is not a run, so it is not replaced; choose another name",
            ),
        )


def _write_files(writing: Path, tables: Mapping[str, pd.DataFrame], texts: Mapping[str, str],
                 manifest: Mapping[str, Any]) -> dict[str, Any]:  # fmt: skip
    """Write everything below ``writing`` and flush it; the manifest comes last."""
    writers: dict[str, Callable[[Path], None]] = {
        f"{name}.parquet": _table_writer(table) for name, table in tables.items()
    }
    writers |= {name: _text_writer(text) for name, text in texts.items()}
    places = {name: writing / _inside(name) for name in writers}
    outputs: dict[str, str] = {}
    for name, write in sorted(writers.items()):
        path = places[name]
        path.parent.mkdir(parents=True, exist_ok=True)
        write(path)
        outputs[name] = hashlib.sha256(path.read_bytes()).hexdigest()
        _flush(path)
    complete = {**manifest, "format": FORMAT, "outputs": outputs}
    writing.mkdir(parents=True, exist_ok=True)
    (writing / MANIFEST).write_bytes(_sealed(complete))
    _flush(writing / MANIFEST)
    for inner in [*(p for p in writing.rglob("*") if p.is_dir()), writing]:
        _flush(inner)
    return complete


def _inside(name: str) -> PurePosixPath:
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or name == MANIFEST or not path.parts:
        raise ValueError(f"not a name of a file inside a run: {name!r}")
    return path


def _table_writer(table: pd.DataFrame) -> Callable[[Path], None]:
    """Writes a table without anything that changes between equal runs, with a checksum on every page."""

    def write(path: Path) -> None:
        arrow = pa.Table.from_pandas(table, preserve_index=False).replace_schema_metadata(None)
        pq.write_table(arrow, path, compression="zstd", write_page_checksum=True)

    return write


def _text_writer(text: str) -> Callable[[Path], None]:
    def write(path: Path) -> None:
        path.write_text(text, encoding="utf-8", newline="\n")

    return write


def _flush(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _swap(writing: Path, folder: Path, previous: Path) -> None:
    """Move the finished folder into place; if that fails the earlier run is put back."""
    shutil.rmtree(previous, ignore_errors=True)
    if folder.exists():
        folder.rename(previous)
    try:
        writing.rename(folder)
    except OSError:
        _recover(folder)
        raise
    _flush(folder.parent)
    shutil.rmtree(previous, ignore_errors=True)


def _sealed(manifest: Mapping[str, Any]) -> bytes:
    """The manifest in its one way of writing, with a hash over itself."""
    return _canonical({**manifest, "seal": hashlib.sha256(_canonical(manifest)).hexdigest()})


def _canonical(manifest: Mapping[str, Any]) -> bytes:
    text = json.dumps(manifest, ensure_ascii=False, sort_keys=True, indent=1, allow_nan=False)
    return (text + "\n").encode("utf-8")


def _read_manifest(path: Path) -> dict[str, Any]:
    try:
        content = path.read_bytes()
    except OSError:
        raise StorageError(path, Text("找不到运行清单：这里没有完整的运行结果",
                                      "no manifest: there is no complete run here")) from None  # fmt: skip
    try:
        sealed = json.loads(content)
        manifest = {key: value for key, value in sealed.items() if key != "seal"}
        intact = content == _sealed(manifest) and isinstance(manifest["outputs"], dict)
    except (ValueError, KeyError, AttributeError):
        intact = False
    if not intact:
        raise _damaged(path)
    if manifest.get("format") != FORMAT:
        raise StorageError(
            path,
            Text(
                f"格式为 {manifest.get('format')}；本程序读取 {FORMAT}",
                f"found format {manifest.get('format')}; this program reads {FORMAT}",
            ),
        )
    return manifest


def _verified(path: Path, digest: str) -> bytes:
    try:
        content = path.read_bytes()
    except OSError:
        raise StorageError(path, Text("文件缺失；请重新运行", "the file is missing; run again")) from None
    if hashlib.sha256(content).hexdigest() != digest:
        raise _damaged(path)
    return content


def _damaged(path: Path) -> StorageError:
    return StorageError(path, Text("文件已损坏或被改动（校验值不符）；请重新运行",
                                   "the file is damaged or was changed (its hash differs); run again"))  # fmt: skip
