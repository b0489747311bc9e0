"""Where the web asks which papers a draft could rest on; the choice is the drafter's."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.audit import OPERATOR
from assistant.begruendung.auftrag import auftrag_of, papers_on_title
from assistant.begruendung.choice import Kandidat, candidates
from assistant.begruendung.naming import RESERVED, proposed_name
from assistant.begruendung.sources import chosen_papers, draft_access
from assistant.begruendung.types import Auftrag
from assistant.draft_desk import record
from assistant.draft_shelf import shelf_of
from assistant.errors import InputInvalid, NotFound
from assistant.hausregeln import Abschnitt, read_hausregeln
from assistant.wiring import Parts
from index.types import Access, Document


def proposals(
    parts: Parts,
    access: Access,
    auftrag: Auftrag,
    *,
    wanted: Sequence[str] = (),
    who: str = OPERATOR,
) -> tuple[Kandidat, ...]:
    """The papers on the title's words with what became of them, and those chosen already.

    Of what was chosen only what can be used is among them.

    Raises:
        AuditUnwritable: the record cannot be continued; nothing is shown then.
    """
    usable = draft_access(access, auftrag)
    papers = papers_on_title(parts.store, usable, auftrag.titel)
    chosen = [paper for one in wanted for paper in _chosen(parts, access, auftrag, one)]
    found = candidates(parts.store, usable, _once([*papers, *chosen]))
    record(parts, who, "quellen", [one.document_id for one in found])
    return found


def free_name(parts: Parts, titel: str) -> str:
    """A name for a draft of that title that is neither taken nor reserved."""
    return proposed_name(titel, shelf_of(parts).names())


def is_reserved(name: str) -> bool:
    """Whether a page has that name, so that no draft can."""
    return name in RESERVED


def sections(parts: Parts) -> tuple[Abschnitt, ...]:
    """The sections that the Mandant's papers have, in their order.

    Raises:
        SettingsInvalid: the Mandant's rules cannot be read.
    """
    return read_hausregeln(parts.home, parts.mandant).abschnitte


def _chosen(parts: Parts, access: Access, auftrag: Auftrag, one: str) -> tuple[Document, ...]:
    fields = {"titel": auftrag.titel, "quellen": [one], "oeffentlich": auftrag.oeffentlich}
    try:
        return chosen_papers(parts.store, access, auftrag_of(fields, parts.mandant))
    except (InputInvalid, NotFound):
        return ()


def _once(papers: Sequence[Document]) -> tuple[Document, ...]:
    return tuple({paper.id: paper for paper in papers}.values())
