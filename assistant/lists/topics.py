"""What papers are about: the words of a topic in title, Tagesordnungspunkt or Beschlussvorschlag.

Papers that speak of it elsewhere only are not counted, and named, so that nobody takes the list for
more than it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from assistant.fundstelle import Ledger, paper_name
from assistant.types import Claim, Label
from index.german import terms
from index.store import Store
from index.types import Access, Document, DocumentSummary, Filters, SectionKind, Span

RULE = "Thema „{}“ (Wörter im Titel, Tagesordnungspunkt oder Beschlussvorschlag)"
TOPIC_DEPTH = 100_000
"""More passages than a store is built for: the words of a topic find all of them."""
MOST_ELSEWHERE = 10
_WORD = re.compile(r"[\w-]+")


def holding_a_word(
    store: Store, access: Access, register: Sequence[DocumentSummary], topic: str
) -> list[DocumentSummary]:
    """The papers of `register` that hold one of the topic's words anywhere."""
    only = Filters(document_ids=frozenset(summary.id for summary in register))
    hits = store.keyword_search(access, topic, TOPIC_DEPTH, only)
    speaking = {hit.passage.document_id for hit in hits}
    return [summary for summary in register if summary.id in speaking]


def is_about(document: Document, wanted: Sequence[str]) -> bool:
    """Whether title, Tagesordnungspunkt or Beschlussvorschlag hold every term of the topic."""
    if not wanted:
        return True
    subject = document.kopfdaten.tagesordnungspunkt
    spoken = [document.title, subject.value if subject else ""]
    spoken += [
        section.span.cut(document.text)
        for section in document.sections
        if section.kind is SectionKind.BESCHLUSSVORSCHLAG
    ]
    held = set(terms("\n".join(spoken)))
    return all(term in held for term in wanted)


def write_elsewhere(
    documents: Iterable[Document],
    topic: str,
    wanted: Sequence[str],
    ledger: Ledger,
    *,
    by_result: bool,
) -> list[Claim]:
    """The first papers that speak of the topic in other places, each with the words; or nothing.

    `by_result` says that a result was asked for, which is not looked up of these.
    """
    found = ((d, _places(d, wanted)) for d in documents)
    holding = ((d, places) for d, places in found if places)
    named = [pair for pair, _ in zip(holding, range(MOST_ELSEWHERE + 1), strict=False)]
    if not named:
        return []
    more = len(named) > MOST_ELSEWHERE
    named = named[:MOST_ELSEWHERE]
    numbers = [ledger.cite_line(document, span) for document, spans in named for span in spans]
    names = "; ".join(paper_name(document) for document, _ in named)
    count = f"die neuesten {len(named)}" if more else str(len(named))
    unchecked = "; Ergebnis nicht geprüft" if by_result else ""
    text = (
        f"Nicht mitgezählt, weil „{topic}“ nur an anderer Stelle vorkommt ({count}{unchecked}): "
        f"{names}."
    )
    return [Claim(text, Label.ABGELEITET, tuple(dict.fromkeys(numbers)))]


def _places(document: Document, wanted: Sequence[str]) -> list[Span]:
    """Where each term of the topic stands first; none where one is missing."""
    missing, places = set(wanted), []
    for word, span in _words(document.text):
        if held := missing.intersection(terms(word)):
            missing -= held
            places.append(span)
            if not missing:
                return places
    return []


def _words(text: str) -> Iterator[tuple[str, Span]]:
    for found in _WORD.finditer(text):
        yield found[0], Span(found.start(), found.end())
