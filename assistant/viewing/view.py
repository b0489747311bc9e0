"""Everything that the page of a document shows, read within one snapshot of the store."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.errors import NotFound
from assistant.excerpt import ExcerptWire, excerpt
from assistant.fundstelle import paper_name
from assistant.records.supplements import Supplements
from assistant.viewing.around import Around, around
from assistant.viewing.blocks import Block, blocks_of
from assistant.viewing.header import HeaderField, header_of
from assistant.viewing.parts import Part, part_at, parts_of
from index.store import Store
from index.types import Access, Document, DocumentSummary, PageState, Span

SURROUNDING_CHARACTERS = 400
"""How much text the panel beside an answer shows on either side of the cited words."""


@dataclass(frozen=True, slots=True)
class View:
    """One part of a document with what surrounds it.

    Attributes:
        mark: the words asked for; None where none were, or where they do not lie in the text.
        outdated: whether a later paper puts something else in the place of the marked words.
        misplaced: whether a place was asked for that does not lie in the text.
        parts: all parts of the document; `part` is the one that is shown.
        marked_from, marked_to: the parts that the mark begins and ends in.
        state: how well the page was read; None where the file has no pages.
    """

    document: Document
    entry: DocumentSummary
    name: str
    header: tuple[HeaderField, ...]
    around: Around
    parts: tuple[Part, ...]
    part: Part
    blocks: list[Block]
    mark: Span | None
    outdated: bool
    misplaced: bool
    marked_from: int
    marked_to: int
    state: PageState | None


def view_of(
    store: Store,
    access: Access,
    document_id: str,
    asked: tuple[int | None, int | None],
    number: int | None,
) -> View:
    """Reads a document and cuts out the part that is to be shown.

    `asked` is where the words to mark begin and end. `number` is the 1-based part; where it is
    None, the one with the mark is shown, else the first.

    Raises:
        NotFound: there is no such document that `access` may see, or no such part of it.
    """
    with store.snapshot():
        document, entry = known(store, access, document_id)
        mark = span_in(document, asked)
        parts = parts_of(document)
        marked = (part_at(parts, mark.start), part_at(parts, mark.end - 1)) if mark else None
        if number is not None and number > len(parts):
            raise NotFound("Diesen Teil hat das Dokument nicht.")
        part = parts[number - 1] if number else (marked[0] if marked else parts[0])
        quality = document.page_quality if document.pages else ()
        return View(
            document=document,
            entry=entry,
            name=paper_name(document),
            header=header_of(document),
            around=around(store, access, document, entry, part.span),
            parts=parts,
            part=part,
            blocks=blocks_of(document, part.span, mark),
            mark=mark,
            outdated=mark is not None and is_outdated(store, access, document, mark),
            misplaced=mark is None and asked != (None, None),
            marked_from=marked[0].number if marked else 0,
            marked_to=marked[1].number if marked else 0,
            state=quality[part.number - 1].state if part.number <= len(quality) else None,
        )


@dataclass(frozen=True, slots=True)
class Cited:
    """A quote beside an answer.

    `replaced`: another version took the paper's place; `outdated`: see `View`.
    """

    document: Document
    excerpt: ExcerptWire
    replaced: bool
    outdated: bool


def cited(store: Store, access: Access, document_id: str, mark: tuple[int, int]) -> Cited:
    """Cuts a quote out with its surroundings.

    Raises:
        NotFound: there is no such document that `access` may see.
        InputInvalid: the range does not lie in the text.
    """
    with store.snapshot():
        document, entry = known(store, access, document_id)
        cut = excerpt(document, *mark, SURROUNDING_CHARACTERS)
        outdated = is_outdated(store, access, document, Span(cut.start, cut.end))
        return Cited(document, cut, entry.superseded_by is not None, outdated)


def known(store: Store, access: Access, document_id: str) -> tuple[Document, DocumentSummary]:
    """A document with its entry in the register.

    Raises:
        NotFound: there is none that `access` may see.
    """
    document = store.document(access, document_id)
    entry = store.summaries(access, [document_id]).get(document_id)
    if document is None or entry is None:
        raise NotFound("Unter dieser Kennung liegt kein Dokument vor.")
    return document, entry


def is_outdated(store: Store, access: Access, document: Document, mark: Span) -> bool:
    """Whether a later paper of the number puts something else in the place of the words."""
    return Supplements(store, access).outdated(document, mark)


def span_in(document: Document, asked: tuple[int | None, int | None]) -> Span | None:
    """The words asked for; None where there are none between the two places."""
    start, end = asked
    if start is None or end is None or not 0 <= start < end <= len(document.text):
        return None
    return Span(start, end)
