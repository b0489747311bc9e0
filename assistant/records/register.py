"""Looking up in the register: a number with all that bears or names it, an id by its start."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.errors import InputInvalid, NotFound
from assistant.records.vorgang import near_numbers
from index.store import Store
from index.types import Access, DocumentSummary, Drucksachennummer, Mention
from ingest.expressions import find_references

SHORTEST_ID = 6


@dataclass(frozen=True, slots=True)
class LookUp:
    """All that is known under one number.

    Attributes:
        papers: every document that bears it, valid ones first; several Arten are several papers.
        mentions: where other documents name it, each with its document.
        near: numbers that are easily mistaken for it; filled only where `papers` is empty.
    """

    number: Drucksachennummer
    papers: tuple[DocumentSummary, ...]
    mentions: tuple[tuple[Mention, DocumentSummary], ...]
    near: tuple[Drucksachennummer, ...]


def look_up(store: Store, access: Access, text: str) -> LookUp:
    """Finds the papers of the number that `text` states ("15/148", "Antrag Nr. 15/148").

    Raises:
        InputInvalid: `text` names no number.
    """
    number = read_number(text)
    papers = store.by_number(access, number)
    own = {paper.id for paper in papers}
    mentions = [found for found in store.mentions(access, number) if found.document_id not in own]
    summaries = store.summaries(access, list({found.document_id for found in mentions}))
    near = () if papers else near_numbers(store.numbers(access), number)
    return LookUp(
        number=number,
        papers=tuple(papers),
        mentions=tuple(
            (found, summaries[found.document_id])
            for found in mentions
            if found.document_id in summaries
        ),
        near=near,
    )


def read_number(text: str) -> Drucksachennummer:
    """The number of a paper that `text` states.

    Raises:
        InputInvalid: it states none.
    """
    # What stands here alone is a number, however short: "15/1" within a sentence may be a fraction.
    references = find_references(text) or find_references(f"Drucksache Nr. {text.strip()}")
    if not references:
        raise InputInvalid(
            f"»{text}« ist keine Drucksachennummer. Erwartet wird eine Form wie 15/148, "
            "15/2345/1 oder »Antrag Nr. 15/148«."
        )
    return references[0].number


def find_document(store: Store, access: Access, start_of_id: str) -> DocumentSummary:
    """The one document whose id begins with `start_of_id`.

    Raises:
        InputInvalid: the start is too short, or fits several documents.
        NotFound: there is none that `access` may see.
    """
    wanted = start_of_id.strip().lower()
    if len(wanted) < SHORTEST_ID:
        raise InputInvalid(
            f"Die Kennung »{start_of_id}« ist zu kurz. "
            f"Bitte geben Sie mindestens {SHORTEST_ID} Zeichen an (siehe »aktenkundig documents«)."
        )
    found = [entry for entry in store.documents(access) if entry.id.startswith(wanted)]
    if not found:
        raise NotFound(
            f"Unter der Kennung »{start_of_id}« liegt kein Dokument vor. "
            "»aktenkundig documents« zeigt alle Kennungen."
        )
    if len(found) > 1:
        raise InputInvalid(
            f"Die Kennung »{start_of_id}« passt auf {len(found)} Dokumente. "
            "Bitte geben Sie mehr Zeichen an."
        )
    return found[0]
