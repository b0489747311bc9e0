"""A draft from a file or from pasted text, read as ingest reads and never stored."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from assistant.errors import InputInvalid
from index.types import Document
from ingest.document import read_document
from ingest.errors import PathMissing, UnknownType
from ingest.formats.office import Office, find_soffice
from ingest.intake import (
    DOC,
    DOCX,
    FLAT_ODT,
    HTML,
    MARKDOWN,
    ODT,
    PDF,
    RTF,
    TEXT,
    Intake,
    recognise,
    take_in,
)
from ingest.opening import Opener
from ingest.walls.sandbox import Sandbox

LONGEST_TEXT = 2_000_000
"""Characters of a pasted draft: about 800 pages."""
PASTED = "Text"
"""What a pasted draft has for a source."""

_DRAFTS = frozenset({PDF, DOCX, ODT, FLAT_ODT, DOC, RTF, HTML, MARKDOWN, TEXT})


def read_draft(path: Path, mandant: str) -> Document:
    """The draft in a file.

    Raises:
        PathMissing: there is no such file.
        FileRefused: it cannot be read, or is no single paper.
        ParserFailed: its reader crashed, or needed too much time or memory.
    """
    if not path.exists():
        raise PathMissing(f"Den Pfad „{path}“ gibt es nicht. Bitte die Schreibweise prüfen.")
    return read_intake(take_in(path), mandant)


def read_upload(name: str, data: bytes, mandant: str) -> Document:
    """The draft in bytes that were sent under a name.

    Raises:
        FileRefused, ParserFailed: as of a file.
    """
    return read_intake(recognise(name, data), mandant)


def read_pasted(text: str, mandant: str) -> Document:
    """The draft in a text; Markdown and HTML are known by their marks.

    Raises:
        InputInvalid: it is empty or too long.
        FileRefused, ParserFailed: as of a file.
    """
    if not text.strip():
        raise InputInvalid("Der Text ist leer. Bitte fügen Sie den Entwurf ein.")
    if len(text) > LONGEST_TEXT:
        raise InputInvalid(
            f"Der Text ist mit {len(text)} Zeichen zu lang. "
            f"Bitte kürzen Sie ihn auf höchstens {LONGEST_TEXT} Zeichen."
        )
    data = text.encode("utf-8", errors="replace")
    try:
        intake = recognise(PASTED, data)
    except UnknownType:
        raise InputInvalid("Der Text enthält Zeichen, die kein Text sind.") from None
    if intake.media_type not in (HTML, MARKDOWN):
        intake = replace(intake, media_type=TEXT)
    return read_intake(intake, mandant)


def read_intake(intake: Intake, mandant: str) -> Document:
    """The draft in a file that was recognised.

    Raises:
        FileRefused, ParserFailed: as of a file.
    """
    if intake.media_type not in _DRAFTS:
        raise UnknownType(
            "Geprüft wird ein einzelner Entwurf als DOCX, PDF, ODT, DOC, RTF, HTML, Markdown oder "
            "TXT. Bitte die Datei auspacken oder in eines davon umwandeln."
        )
    with Sandbox() as sandbox, Opener(sandbox, Office(find_soffice())) as opener:
        parsed = opener.parse(intake)
    return read_document(intake, parsed, mandant)
