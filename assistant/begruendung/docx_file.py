"""A DOCX as bytes that depend on its content alone, and as a file that is whole or not there."""

from __future__ import annotations

import contextlib
import os
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx.document import Document

from assistant.errors import InputInvalid

_NO_DATE = (1980, 1, 1, 0, 0, 0)
_READABLE = 0o644 << 16
_UNIX = 3


def package_bytes(document: Document) -> bytes:
    """The file. The same document gives the same bytes: its members carry no clock's time."""
    saved = BytesIO()
    document.save(saved)
    written = BytesIO()
    with ZipFile(saved) as parts, ZipFile(written, "w") as package:
        for part in parts.infolist():
            entry = ZipInfo(part.filename, _NO_DATE)
            entry.compress_type = ZIP_DEFLATED
            entry.external_attr = _READABLE
            entry.create_system = _UNIX
            package.writestr(entry, parts.read(part))
    return written.getvalue()


def write_new(path: Path, content: bytes) -> None:
    """Writes a file that must not be there yet, in one step for whoever reads it.

    The name is taken first, with an empty file: another writer of the same name loses then and
    there. The content comes under it by renaming, so it is never seen half.

    Raises:
        InputInvalid: there is a file of that name, or the folder takes none.
    """
    waiting = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with path.open("xb"):
            pass
    except FileExistsError:
        raise InputInvalid(f"Die Datei »{path}« gibt es schon; sie bleibt unverändert.") from None
    except OSError as error:
        raise _unwritable(path, error) from error
    try:
        with waiting.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        waiting.replace(path)
    except OSError as error:
        _forget(waiting, path)
        raise _unwritable(path, error) from error
    except BaseException:
        _forget(waiting, path)
        raise


def _forget(*paths: Path) -> None:
    for path in paths:
        with contextlib.suppress(OSError):
            path.unlink()


def _unwritable(path: Path, error: OSError) -> InputInvalid:
    return InputInvalid(f"»{path}« lässt sich nicht schreiben: {error.strerror}.")
