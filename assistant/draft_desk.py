"""Where command line and HTTP order a draft: an Auftrag in, a draft out, a line in the record."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from assistant.audit import OPERATOR, AuditEntry
from assistant.begruendung.auftrag import auftrag_of, proposed_sources, read_auftrag
from assistant.begruendung.drafting import draft
from assistant.begruendung.numbered import draft_folder
from assistant.begruendung.shelf import Shelf
from assistant.begruendung.sources import chosen_papers, draft_access
from assistant.begruendung.types import Auftrag, DraftSection, Entwurf
from assistant.begruendung.visible import seen
from assistant.errors import NotFound
from assistant.records.exact import Finding
from assistant.wire.answers import StandWire, TableWire, citation_wire, claim_wire
from assistant.wire.entwurf import AbsatzWire, AbschnittWire, DraftWire, EntwurfWire, QuellenWire
from assistant.wiring import Parts
from index.types import Access
from models.generator import never


def ordered(fields: Mapping[str, Any], mandant: str) -> Auftrag:
    """The Auftrag in fields that were sent.

    Raises:
        InputInvalid: a source is no number of a paper, or the title is blank.
    """
    return auftrag_of(fields, mandant)


def order_in(path: Path, mandant: str) -> Auftrag:
    """The Auftrag in a file.

    Raises:
        InputInvalid: it is none; the sentence names field and line.
    """
    return read_auftrag(path, mandant)


def order(
    parts: Parts,
    auftrag: Auftrag,
    access: Access,
    *,
    out: Path | None = None,
    keep_as: str | None = None,
    based_on: int | None = None,
    cancelled: Callable[[], bool] = never,
    who: str = OPERATOR,
) -> DraftWire:
    """Drafts what is ordered and records that it was drafted, without its words.

    Where the order names no sources, they are proposed and nothing is drafted.

    Args:
        parts: of its Mandant.
        auftrag: what is ordered.
        access: of the person who orders.
        out: gets the draft as DOCX or, where its name says so, as PDF.
        keep_as: the name under which it is kept; None keeps nothing.
        based_on: the version that it takes the place of; None begins a draft.
        cancelled: asked before anything is kept; says whether nobody wants it any more.
        who: for the record.

    Raises:
        InputInvalid: a source cannot be used, `keep_as` is no name, or `out` cannot be written.
        NotFound: a source is none that `access` may see.
        Conflict: the name is taken, or another version is the last by now.
        AuditUnwritable: the record cannot be continued; nothing is given out then.
    """
    if not auftrag.quellen:
        return _sources(parts, access, auftrag, who)
    shelf = Shelf(parts.home, parts.store, parts.mandant)
    if keep_as is not None:
        _check_place(shelf, access, keep_as, based_on)
    entwurf = draft(parts.store, access, auftrag, home=parts.home)
    ids = tuple(dict.fromkeys(citation.document_id for citation in entwurf.citations))
    record(parts, who, "entworfen", ids, entwurf.index_generation)
    number = None
    if keep_as is not None and not cancelled():
        kept = shelf.keep(
            keep_as,
            entwurf,
            based_on=based_on,
            author=entwurf.bearbeitung or who,
            quellen=[paper.id for paper in chosen_papers(parts.store, access, auftrag)],
        )
        number = kept.number
        record(parts, who, "abgelegt", ids, entwurf.index_generation)
    if out is not None:
        _export(parts, entwurf, out)
    return DraftWire(
        status="entworfen",
        entwurf=entwurf_wire(entwurf),
        quellen=None,
        name=keep_as if number else None,
        fassung=number,
    )


def _check_place(shelf: Shelf, access: Access, name: str, based_on: int | None) -> None:
    """Refuses before anything is drafted; nobody goes on with a version that they may not see."""
    draft_folder(shelf.home, shelf.mandant, name)
    if based_on is not None and seen(shelf.store, access, shelf.read(name, based_on)) is None:
        raise NotFound(f"Fassung {based_on} von »{name}« gibt es nicht.")
    shelf.check(name, based_on)


def _sources(parts: Parts, access: Access, auftrag: Auftrag, who: str) -> DraftWire:
    usable = draft_access(access, auftrag)
    found = proposed_sources(parts.store, usable, auftrag)
    ids = tuple(dict.fromkeys(citation.document_id for citation in found.citations))
    record(parts, who, "quellen", ids, parts.store.generation(access))
    return DraftWire(status="quellen wählen", entwurf=None, quellen=sources_wire(found))


def record(
    parts: Parts, who: str, kind: str, ids: Sequence[str] = (), generation: int | None = None
) -> None:
    """Records what was done with a draft, without a word of it.

    Raises:
        AuditUnwritable: see `AuditLog.append`.
    """
    parts.audit.append(
        AuditEntry(
            action="entwurf",
            who=who,
            mandant=parts.mandant,
            kind=kind,
            document_ids=tuple(ids),
            index_generation=generation,
        )
    )


def _export(parts: Parts, entwurf: Entwurf, out: Path) -> None:
    from assistant.begruendung.exporting import write_export

    write_export(entwurf, parts.home, out)


def entwurf_wire(entwurf: Entwurf) -> EntwurfWire:
    """A draft as it goes out."""
    return EntwurfWire(
        titel=entwurf.titel,
        mandant=entwurf.mandant,
        tag=entwurf.tag,
        bearbeitung=entwurf.bearbeitung,
        schutz=entwurf.schutz.value,
        abschnitte=[_section_wire(section) for section in entwurf.abschnitte],
        citations=[citation_wire(citation) for citation in entwurf.citations],
        offen=list(entwurf.offen),
        ersetzt=entwurf.ersetzt,
        stand=StandWire(
            index_generation=entwurf.index_generation,
            generator_id=entwurf.generator_id,
            prompt_hash=None,
        ),
    )


def _section_wire(section: DraftSection) -> AbschnittWire:
    return AbschnittWire(
        schluessel=section.abschnitt.schluessel,
        titel=section.abschnitt.titel,
        pflicht=section.abschnitt.pflicht,
        absaetze=[
            AbsatzWire(text=a.text, herkunft=a.herkunft.value, citations=list(a.citations))
            for a in section.absaetze
        ],
    )


def sources_wire(found: Finding) -> QuellenWire:
    """Proposed sources as they go out."""
    table = found.table
    return QuellenWire(
        text=found.text,
        claims=[claim_wire(claim) for claim in found.claims],
        citations=[citation_wire(citation) for citation in found.citations],
        table=TableWire(columns=list(table.columns), rows=[list(row) for row in table.rows])
        if table
        else None,
    )
