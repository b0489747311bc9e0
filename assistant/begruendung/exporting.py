"""A draft as the file that was asked for: a DOCX from the Mandant's template, or that as PDF."""

from __future__ import annotations

from pathlib import Path

from assistant.begruendung.docx_export import docx_bytes
from assistant.begruendung.docx_file import write_new
from assistant.begruendung.docx_template import template_of
from assistant.begruendung.types import Entwurf
from assistant.errors import InputInvalid
from assistant.hausregeln import read_hausregeln
from ingest.errors import ConverterMissing, IngestError
from ingest.formats.office import Office, find_soffice

_NO_OFFICE = (
    "Für PDF wird LibreOffice gebraucht, und es ist hier nicht installiert (Debian: "
    "libreoffice-writer-nogui). Bitte mit der Endung .docx schreiben."
)
_FAILED = (
    "LibreOffice konnte aus dem Entwurf kein PDF machen. Bitte mit der Endung .docx schreiben und "
    "das PDF von dort sichern."
)


def write_export(entwurf: Entwurf, home: Path | None, path: Path) -> None:
    """Writes a draft under a name that ends in .docx or .pdf, from `vorlage-MANDANT.docx` if any.

    Raises:
        InputInvalid: the name ends otherwise or is taken, or there is no LibreOffice for a PDF.
        SettingsInvalid: the template or the rules cannot be used.
    """
    ending = path.suffix.casefold()
    if ending not in (".docx", ".pdf"):
        raise InputInvalid(f"»{path.name}«: Geschrieben wird DOCX oder PDF; bitte .docx oder .pdf.")
    if path.exists():
        raise InputInvalid(f"Die Datei »{path}« gibt es schon; sie bleibt unverändert.")
    rules = read_hausregeln(home, entwurf.mandant)
    content = docx_bytes(entwurf, rules, template=template_of(home, entwurf.mandant))
    write_new(path, as_pdf(content) if ending == ".pdf" else content)


def as_pdf(content: bytes) -> bytes:
    """A DOCX as a PDF.

    Raises:
        InputInvalid: there is no LibreOffice, or it fails.
    """
    try:
        with Office(find_soffice()) as office:
            return office.to_pdf(content)
    except ConverterMissing:
        raise InputInvalid(_NO_OFFICE) from None
    except IngestError as error:
        raise InputInvalid(_FAILED) from error


def can_write_pdf() -> bool:
    """Whether there is a LibreOffice."""
    return find_soffice() is not None
