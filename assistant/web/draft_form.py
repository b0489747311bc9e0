"""Takes a draft under review off the wire: one file of a form, and whether it is to become public.

The file lies on the disk without a name, so that it is gone with this process, however that ends.
"""

from __future__ import annotations

import tempfile
from typing import IO, Self

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header

from assistant.errors import InputInvalid, SpoolUnwritable
from assistant.upkeep.originals import safe_name
from assistant.web.problems import Refused

FORM = "multipart/form-data"
FIELD = "file"
PUBLIC = "public"
LONGEST_ANSWER = 16
LONGEST_HEADER = 8192
_ANSWERS = {b"true": True, b"false": False}
_BROKEN = (
    "Der Entwurf ist unvollständig angekommen. Bitte senden Sie ihn noch einmal, als Datei im Feld "
    f"»{FIELD}« eines Formulars (multipart/form-data) oder als JSON im Feld »text«."
)


class DraftForm:
    """One request's form, fed in pieces as they come. Its methods touch the disk."""

    def __init__(self, content_type: str) -> None:
        """Reads the boundary from the header of the request.

        Raises:
            Refused: the request is no multipart form.
            SpoolUnwritable: the disk takes no file.
        """
        kind, options = parse_options_header(content_type)
        if kind != FORM.encode():
            raise Refused(415, "no_form", f"Die Datei wird als {FORM} im Feld »{FIELD}« erwartet.")
        if not options.get(b"boundary"):
            raise InputInvalid(_BROKEN)
        self._file = _unnamed()
        self.name: str | None = None
        self._answer = b""
        self._answered = self._complete = False
        self._into = ""
        self._headers: dict[bytes, bytes] = {}
        self._header = [b"", b""]
        self._parser = MultipartParser(
            options[b"boundary"],
            {
                "on_header_field": lambda data, start, end: self._head(0, data[start:end]),
                "on_header_value": lambda data, start, end: self._head(1, data[start:end]),
                "on_header_end": self._header_ends,
                "on_headers_finished": self._headers_end,
                "on_part_data": lambda data, start, end: self._data(data[start:end]),
                "on_end": self._ends,
            },
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def feed(self, piece: bytes) -> None:
        """Takes the next piece of the body.

        Raises:
            InputInvalid: it is not what such a form looks like.
            SpoolUnwritable: the disk is full.
        """
        try:
            self._parser.write(piece)
        except FormParserError as error:
            raise InputInvalid(_BROKEN) from error
        except OSError as error:
            raise _unwritable(error) from error

    def public(self) -> bool:
        """Whether the draft is to become public, once the body has ended.

        Raises:
            InputInvalid: the form has no end or no file, or that field holds anything else.
        """
        if not self._complete or self.name is None:
            raise InputInvalid(_BROKEN)
        if self._answered and self._answer not in _ANSWERS:
            raise InputInvalid(f"Das Feld »{PUBLIC}« ist true oder false.")
        return _ANSWERS.get(self._answer, True)

    def content(self) -> bytes:
        """The bytes of the file."""
        self._file.seek(0)
        return self._file.read()

    # -------------------------------------------------------------- callbacks

    def _head(self, part: int, data: bytes) -> None:
        self._header[part] += data
        if len(self._header[part]) > LONGEST_HEADER:
            raise InputInvalid(_BROKEN)

    def _header_ends(self) -> None:
        name, value = self._header
        self._headers[name.lower()] = value
        self._header = [b"", b""]

    def _headers_end(self) -> None:
        _, options = parse_options_header(self._headers.get(b"content-disposition"))
        self._headers = {}
        self._into = options.get(b"name", b"").decode("latin-1")
        if self._into == FIELD and b"filename" in options and self.name is None:
            self.name = safe_name(options[b"filename"].decode("utf-8", errors="replace"))
        elif self._into == PUBLIC and not self._answered:
            self._answered = True
        else:
            raise InputInvalid(_BROKEN)

    def _data(self, data: bytes) -> None:
        if self._into == FIELD:
            self._file.write(data)
        elif len(self._answer) + len(data) <= LONGEST_ANSWER:
            self._answer += data
        else:
            raise InputInvalid(f"Das Feld »{PUBLIC}« ist true oder false.")

    def _ends(self) -> None:
        self._complete = True


def _unnamed() -> IO[bytes]:
    try:
        return tempfile.TemporaryFile()
    except OSError as error:
        raise _unwritable(error) from error


def _unwritable(error: OSError) -> SpoolUnwritable:
    return SpoolUnwritable(
        f"Der Entwurf lässt sich nicht entgegennehmen ({error.strerror}). Bitte Speicherplatz und "
        "Rechte des Ordners für temporäre Dateien prüfen."
    )
