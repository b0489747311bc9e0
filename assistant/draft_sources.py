"""Where the web asks which papers a draft could rest on; the choice is the drafter's."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.audit import OPERATOR
from assistant.begruendung.auftrag import papers_on_title
from assistant.begruendung.choice import Kandidat, candidates
from assistant.begruendung.naming import proposed_name
from assistant.begruendung.sources import chosen_papers, draft_access
from assistant.begruendung.types import Auftrag
from assistant.draft_desk import record
from assistant.draft_shelf import shelf_of
from assistant.wiring import Parts
from index.types import Access, Document


def proposals(
    parts: Parts, access: Access, auftrag: Auftrag, *, who: str = OPERATOR
) -> tuple[Kandidat, ...]:
    """The papers on the title's words with what became of them, and those already chosen.

    Raises:
        InputInvalid, NotFound: a chosen one cannot be used.
        AuditUnwritable: the record cannot be continued; nothing is shown then.
    """
    usable = draft_access(access, auftrag)
    papers = papers_on_title(parts.store, usable, auftrag.titel)
    chosen = chosen_papers(parts.store, access, auftrag) if auftrag.quellen else ()
    found = candidates(parts.store, usable, _once([*papers, *chosen]))
    record(parts, who, "quellen", [one.document_id for one in found])
    return found


def free_name(parts: Parts, titel: str) -> str:
    """A name for a draft of that title that is not taken."""
    return proposed_name(titel, shelf_of(parts).names())


def _once(papers: Sequence[Document]) -> tuple[Document, ...]:
    return tuple({paper.id: paper for paper in papers}.values())
