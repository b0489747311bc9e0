"""Where command line and HTTP hand kept drafts out, each act with a line in the record.

Nothing goes out as public while a source is closed or hidden.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from assistant.audit import OPERATOR
from assistant.begruendung.types import Entwurf
from assistant.begruendung.visible import Seen
from assistant.draft_desk import record
from assistant.draft_shelf import cited, visible
from assistant.errors import InputInvalid
from assistant.hausregeln import read_hausregeln
from assistant.wiring import Parts
from index.types import Access, Schutzstufe

NOT_PUBLIC = (
    "Dieser Entwurf darf nicht öffentlich ausgegeben werden: Eine Quelle ist nichtöffentlich oder "
    "nicht mehr einsehbar. Bitte entwerfen Sie neu, ohne sie, oder geben Sie ihn ausdrücklich als "
    "nichtöffentlich aus."
)


def as_docx(
    parts: Parts,
    access: Access,
    name: str,
    number: int | None = None,
    *,
    schutz: Schutzstufe | None = None,
    who: str = OPERATOR,
) -> bytes:
    """A version as DOCX, as it was written or as of that Schutzstufe.

    Raises:
        NotFound: there is no such version that `access` may see.
        InputInvalid: it would go out as public, and rests on something closed or hidden.
    """
    from assistant.begruendung.docx_export import docx_bytes
    from assistant.begruendung.docx_template import template_of

    now = visible(parts, access, name, number)
    entwurf = _outgoing(now, schutz)
    template = template_of(parts.home, parts.mandant)
    content = docx_bytes(entwurf, read_hausregeln(parts.home, parts.mandant), template=template)
    record(parts, who, "ausgegeben", cited(now.version))
    return content


def can_write_pdf() -> bool:
    """Whether this machine makes PDF."""
    from assistant.begruendung import exporting

    return exporting.can_write_pdf()


def as_pdf(
    parts: Parts,
    access: Access,
    name: str,
    number: int | None = None,
    *,
    schutz: Schutzstufe | None = None,
    who: str = OPERATOR,
) -> bytes:
    """The same as PDF.

    Raises:
        NotFound, InputInvalid: as above, or there is no LibreOffice.
    """
    from assistant.begruendung import exporting

    return exporting.as_pdf(as_docx(parts, access, name, number, schutz=schutz, who=who))


def as_markdown(
    parts: Parts,
    access: Access,
    name: str,
    number: int | None = None,
    *,
    schutz: Schutzstufe | None = None,
    who: str = OPERATOR,
) -> str:
    """The same as Markdown.

    Raises:
        NotFound, InputInvalid: as above.
    """
    from assistant.begruendung.markdown import markdown_of

    now = visible(parts, access, name, number)
    content = markdown_of(_outgoing(now, schutz))
    record(parts, who, "ausgegeben", cited(now.version))
    return content


def write_version(
    parts: Parts,
    access: Access,
    name: str,
    path: Path,
    number: int | None = None,
    *,
    schutz: Schutzstufe | None = None,
    who: str = OPERATOR,
) -> None:
    """The same into a file that must not be there yet; its name says whether DOCX or PDF.

    Raises:
        NotFound, InputInvalid: as above, or there is a file of that name.
    """
    from assistant.begruendung.exporting import write_export

    now = visible(parts, access, name, number)
    entwurf = _outgoing(now, schutz)
    record(parts, who, "ausgegeben", cited(now.version))
    write_export(entwurf, parts.home, path)


def _outgoing(now: Seen, schutz: Schutzstufe | None) -> Entwurf:
    wanted = schutz or now.opened_as
    if wanted is Schutzstufe.OEFFENTLICH and now.entwurf.schutz is not Schutzstufe.OEFFENTLICH:
        raise InputInvalid(NOT_PUBLIC)
    return replace(now.entwurf, schutz=wanted)
