"""Takes the files of a multipart request off the wire, straight onto the disk of the data home."""

from __future__ import annotations

import hashlib
import os
import secrets
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header

from assistant.errors import InputInvalid, SpoolUnwritable
from assistant.upkeep.originals import SPOOL, safe_name
from assistant.web.problems import Refused
from ingest.intake import MAX_FILE_BYTES

FIELD = "files"
MOST_FILES = 500

_BROKEN = "Die Dateien sind unvollständig angekommen. Bitte noch einmal hochladen."


@dataclass(frozen=True, slots=True)
class Received:
    """A file in the spool. `name` is fit to be shown and never a path."""

    path: Path
    name: str
    sha256: str


class Receiver:
    """One request's files, fed in pieces as they come. Leaves nothing behind when discarded.

    Its methods touch the disk: not for the event loop.
    """

    def __init__(self, home: Path, content_type: str, largest_file: int = MAX_FILE_BYTES) -> None:
        """Reads the boundary from the header of the request.

        Raises:
            Refused: the request is no multipart form.
            SpoolUnwritable: the spool cannot be made.
        """
        kind, options = parse_options_header(content_type)
        if kind != b"multipart/form-data" or not options.get(b"boundary"):
            raise Refused(
                415,
                "no_form",
                f"Dateien werden als multipart/form-data im Feld »{FIELD}« angenommen.",
            )
        self._largest = largest_file
        self._folder = home / SPOOL / secrets.token_hex(8)
        try:
            self._folder.mkdir(parents=True, mode=0o700)
        except OSError as error:
            raise _unwritable(error) from error
        self._files: list[Received] = []
        self._headers: dict[str, str] = {}
        self._header_name = self._header_value = b""
        self._open: BinaryIO | None = None
        self._name = ""
        self._hash = hashlib.sha256()
        self._size = 0
        self._complete = False
        self._parser = MultipartParser(
            options[b"boundary"],
            {
                "on_part_begin": self._part_begins,
                "on_header_field": self._header_field,
                "on_header_value": self._header_text,
                "on_header_end": self._header_ends,
                "on_headers_finished": self._headers_end,
                "on_part_data": self._data,
                "on_part_end": self._part_ends,
                "on_end": self._ends,
            },
        )

    def feed(self, piece: bytes) -> None:
        """Takes the next piece of the body.

        Raises:
            InputInvalid: it is not what a form with files looks like.
            Refused: a file is too large.
            SpoolUnwritable: the disk is full.
        """
        try:
            self._parser.write(piece)
        except FormParserError as error:
            raise InputInvalid(_BROKEN) from error
        except OSError as error:
            raise _unwritable(error) from error

    def finish(self) -> Sequence[Received]:
        """The files, once the body has ended.

        Raises:
            InputInvalid: the form has no end, or no file in it.
        """
        if not self._complete:
            raise InputInvalid(_BROKEN)
        if not self._files:
            raise InputInvalid(f"Es ist keine Datei angekommen. Sie gehört in das Feld »{FIELD}«.")
        return self._files

    def discard(self) -> None:
        """Removes what is still in the spool."""
        if self._open is not None:
            self._open.close()
            self._open = None
        shutil.rmtree(self._folder, ignore_errors=True)

    # -------------------------------------------------------------- callbacks

    def _part_begins(self) -> None:
        self._headers = {}

    def _header_field(self, data: bytes, start: int, end: int) -> None:
        self._header_name += data[start:end]

    def _header_text(self, data: bytes, start: int, end: int) -> None:
        self._header_value += data[start:end]

    def _header_ends(self) -> None:
        name = self._header_name.decode("latin-1").lower()
        self._headers[name] = self._header_value.decode("latin-1")
        self._header_name = self._header_value = b""

    def _headers_end(self) -> None:
        _, options = parse_options_header(self._headers.get("content-disposition"))
        if options.get(b"name") != FIELD.encode() or b"filename" not in options:
            raise InputInvalid(f"Angenommen werden nur Dateien im Feld »{FIELD}«.")
        if len(self._files) >= MOST_FILES:
            raise InputInvalid(
                f"Auf einmal werden höchstens {MOST_FILES} Dateien angenommen. "
                "Bitte in mehreren Schritten hochladen."
            )
        self._name = self._free_name(_decoded(options[b"filename"]))
        self._open = (self._folder / f"{len(self._files):04d}").open("xb")
        self._hash = hashlib.sha256()
        self._size = 0

    def _free_name(self, sent: str) -> str:
        """The name made fit to be shown, and told from the ones before it."""
        name = safe_name(sent)
        taken = {file.name for file in self._files}
        if name not in taken:
            return name
        stem, dot, suffix = name.rpartition(".")
        stem, tail = (stem, dot + suffix) if stem else (name, "")
        return next(
            candidate
            for number in range(2, MOST_FILES + 2)
            if (candidate := f"{stem} ({number}){tail}") not in taken
        )

    def _data(self, data: bytes, start: int, end: int) -> None:
        assert self._open is not None
        self._size += end - start
        if self._size > self._largest:
            raise Refused(
                413,
                "file_too_large",
                f"Die Datei »{self._name}« ist größer als {self._largest // 1024 // 1024} MiB. "
                "Bitte in Teile zerlegen; es wurde nichts angenommen.",
            )
        piece = data[start:end]
        self._hash.update(piece)
        self._open.write(piece)

    def _part_ends(self) -> None:
        assert self._open is not None
        self._open.flush()
        os.fsync(self._open.fileno())
        self._open.close()
        path = Path(self._open.name)
        self._open = None
        self._files.append(Received(path, self._name, self._hash.hexdigest()))

    def _ends(self) -> None:
        self._complete = True


def _decoded(raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("latin-1")


def _unwritable(error: OSError) -> SpoolUnwritable:
    return SpoolUnwritable(
        f"Die Dateien lassen sich nicht ablegen ({error.strerror}). Es wurde nichts angenommen. "
        "Bitte Speicherplatz und Rechte des Datenordners prüfen."
    )
