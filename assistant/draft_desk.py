"""Where command line and HTTP order a draft: an Auftrag in, a draft out, a line in the record."""

from __future__ import annotations

from pathlib import Path

from assistant.audit import OPERATOR, AuditEntry
from assistant.begruendung.auftrag import proposed_sources, read_auftrag
from assistant.begruendung.drafting import draft
from assistant.begruendung.sources import draft_access
from assistant.begruendung.types import Auftrag, DraftSection, Entwurf
from assistant.records.exact import Finding
from assistant.wire.answers import StandWire, TableWire, citation_wire, claim_wire
from assistant.wire.entwurf import AbsatzWire, AbschnittWire, DraftWire, EntwurfWire, QuellenWire
from assistant.wiring import Parts
from index.types import Access


def order(
    parts: Parts,
    path: Path,
    access: Access,
    *,
    out: Path | None = None,
    who: str = OPERATOR,
) -> DraftWire:
    """Drafts what a file orders and records that it was drafted, without its words.

    Where the file names no sources, they are proposed and nothing is drafted. `out` gets the draft
    as DOCX or, where its name says so, as PDF.

    Raises:
        InputInvalid: the file is no Auftrag, a source cannot be used, or `out` not be written.
        NotFound: a source is none that `access` may see.
        AuditUnwritable: the record cannot be continued; nothing is given out then.
    """
    auftrag = read_auftrag(path, parts.mandant)
    if not auftrag.quellen:
        return _sources(parts, access, auftrag, who)
    entwurf = draft(parts.store, access, auftrag, home=parts.home)
    ids = tuple(dict.fromkeys(citation.document_id for citation in entwurf.citations))
    _record(parts, who, "entworfen", ids, entwurf.index_generation)
    if out is not None:
        _export(parts, entwurf, out)
    return DraftWire(status="entworfen", entwurf=entwurf_wire(entwurf), quellen=None)


def _sources(parts: Parts, access: Access, auftrag: Auftrag, who: str) -> DraftWire:
    usable = draft_access(access, auftrag)
    found = proposed_sources(parts.store, usable, auftrag)
    ids = tuple(dict.fromkeys(citation.document_id for citation in found.citations))
    _record(parts, who, "quellen", ids, parts.store.generation(access))
    return DraftWire(status="quellen wählen", entwurf=None, quellen=sources_wire(found))


def _record(parts: Parts, who: str, kind: str, ids: tuple[str, ...], generation: int) -> None:
    parts.audit.append(
        AuditEntry(
            action="entwurf",
            who=who,
            mandant=parts.mandant,
            kind=kind,
            document_ids=ids,
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
