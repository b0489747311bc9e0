"""Papers with a file behind them: read for real and stored, for the tests of the room Dokument."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from index.store import Store
from index.types import Document
from ingest.document import read_document
from ingest.formats.html import parse_html
from ingest.formats.pdf import parse_pdf
from ingest.intake import HTML, take_in
from tests.sample_records import stored
from tests.unit.ingest.pdf_files import pdf_file, prose

COST = "Der Betrieb der Leihräder kostet 48.000 Euro im Jahr."
HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>"


def letter(second: Sequence[str] = (COST,)) -> bytes:
    """A PDF of two pages; `second` are the lines of the other one."""
    first = ["Antrag Nr. 15/90", "Datum: 14.03.2023", "Leihräder für Museumsgäste im Süden"]
    return pdf_file([prose(760, *first), prose(760, "Begründung", *second)])


def store_file(store: Store, path: Path, data: bytes) -> Document:
    """Writes a file, reads it, and stores what was read."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    intake = take_in(path)
    parse = parse_html if intake.media_type == HTML else parse_pdf
    document = read_document(intake, parse(data), "lvs")
    store.add([stored(document)])
    return document
