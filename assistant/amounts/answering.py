"""What tables say of an amount: each cell with row, column and unit, from every paper that has it.

No model. Values stand side by side; what is reckoned from them is asked for, of like units and of
one stage, and labelled "abgeleitet". Where the row cannot be told for sure nothing is said here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.amounts.finding import write_finding
from assistant.amounts.naming import named_series
from assistant.amounts.request import AmountRequest
from assistant.amounts.series import Series, may_name
from assistant.fundstelle import paper_name
from assistant.records.exact import Finding
from assistant.records.supplements import Supplements
from index.german import analyse
from index.store import Store
from index.types import Access, Document, SearchHit

DEPTH = 200
"""So many passages are looked at for a row of that name."""
SURELY_FOUND = 100
"""Where no more passages hold a word, all of them are among the `DEPTH` best: those with parts of
it only, which are found too, count less."""
MOST_PAPERS = 40
MOST_TABLES = 4
"""Where more tables name such a row, the question has not told which one it means."""
_NOT_ALL = f"Durchsucht wurden die {DEPTH} nächsten Stellen; weitere Tabellen sind möglich."
_JOINED = r"\s*(?:,|\bund\b|\bmit\b|\bgegenüber\b|\bals\b)\s*(?:(?:dem|der|beim|bei|im)\s+)?"


def answer_amounts(store: Store, access: Access, request: AmountRequest) -> Finding | None:
    """The amounts asked for; None where no table, or no one row, surely holds them."""
    mandanten, unknown = _mandanten(request, access)
    names = [n for n in request.named if n.casefold() not in {*mandanten, *unknown}]
    if not names:
        return None
    supplements = Supplements(store, access)
    hits, all_of_them = _hits(store, access, names)
    if request.is_single and not all_of_them:
        return None
    papers = _papers(store, access, hits, request, supplements)
    if mandanten:
        papers = [p for p in papers if p.mandant.casefold() in mandanten]
    found = named_series(papers, request, names)
    current = _current(found, supplements)
    if not current or (request.is_single and len(current) > 1):
        return None
    told, elsewhere = _of_one_kind(current, mandanten)
    if len(told) > MOST_TABLES:
        return None
    finding = write_finding(request, told, found, supplements)
    notes = [*finding.notes, *_searched(told, mandanten, unknown), *_elsewhere(elsewhere)]
    notes += [] if all_of_them else [_NOT_ALL]
    text = "\n".join([*(claim.text for claim in finding.claims), *notes])
    return replace(finding, notes=tuple(notes), text=text)


def understood_of(request: AmountRequest) -> list[str]:
    """What was understood, in German, one filter each."""
    said_of = [f"Zeile {' '.join(request.named)}"]
    if request.periods:
        between = " bis " if request.through else ", "
        said_of.append(f"Jahr {between.join(request.periods)}")
    return said_of + [stage.value for stage in request.stages]


def _mandanten(request: AmountRequest, access: Access) -> tuple[list[str], list[str]]:
    """The Mandanten named, and what stands beside one as if it were another; in lower case.

    One that may not be seen and one that does not exist are told apart nowhere.
    """
    visible = {name.casefold() for name in access.mandanten}
    named = [word.casefold() for word in request.named if word.casefold() in visible]
    beside = []
    for name in named:
        own = re.escape(name)
        for pattern in (
            rf"\b{own}{_JOINED}([A-ZÄÖÜ]{{2,}})\b",
            rf"\b([A-ZÄÖÜ]{{2,}}){_JOINED}{own}\b",
        ):
            beside += re.findall(f"(?i:{pattern})", request.text)
    return named, [b.casefold() for b in beside if b.isupper() and b.casefold() not in visible]


def _hits(store: Store, access: Access, names: Sequence[str]) -> tuple[list[SearchHit], bool]:
    """The passages with the rarest of the words, and whether these are all of them.

    A row is found with its caption, its headings and the title of its paper, so with each word.
    """
    rarest, count = min(
        ((name, _passages_with(store, access, name)) for name in names), key=lambda pair: pair[1]
    )
    if count <= SURELY_FOUND:
        return store.keyword_search(access, rarest, DEPTH), True
    return store.keyword_search(access, " ".join(names), DEPTH), False


def _passages_with(store: Store, access: Access, name: str) -> int:
    """How many passages hold a word; one that stands nowhere whole counts by its parts."""
    analysis = analyse(name)
    found = store.document_frequency(access, analysis.words)
    found = found if any(found.values()) else store.document_frequency(access, analysis.parts)
    return sum(found.values())


def _papers(
    store: Store,
    access: Access,
    hits: Sequence[SearchHit],
    request: AmountRequest,
    supplements: Supplements,
) -> list[Document]:
    """The valid papers with a table that has a row or column of such a name, and what follows."""
    ids = dict.fromkeys(
        hit.passage.document_id
        for hit in hits
        if any(
            may_name(line, request.words) for line in hit.passage.text.split("\n") if "\t" in line
        )
    )
    if len(ids) > MOST_PAPERS:
        return []
    found = [document for id_ in ids if (document := store.document(access, id_)) is not None]
    found += [later for document in found for later in supplements.later(document)]
    return list({document.id: document for document in found}.values())


def _current(found: Sequence[Series], supplements: Supplements) -> list[Series]:
    """The series without what a later paper puts another amount in the place of.

    None of them where the other amount stands in no table that was read: it is then in words.
    """
    kept: list[Series] = []
    for series in found:
        later = {paper.id for paper in supplements.later(series.document)}
        told = {
            (other.words, entry.stage, entry.period)
            for other in found
            if other.document.id in later
            for entry in other.entries
        }
        out = [e for e in series.entries if supplements.outdated(series.document, e.row.span)]
        if any((series.words, e.stage, e.period) not in told for e in out):
            return []
        if rest := tuple(e for e in series.entries if e not in out):
            kept.append(replace(series, entries=rest))
    return kept


def _of_one_kind(
    found: Sequence[Series], mandanten: Sequence[str]
) -> tuple[list[Series], list[Series]]:
    """The series of tables that each of several Mandanten has, and the others."""
    if len(mandanten) > 1:
        having: dict[frozenset[str], set[str]] = {}
        for series in found:
            having.setdefault(series.key, set()).add(series.document.mandant)
        shared = [s for s in found if len(having[s.key]) == len(mandanten)]
        if shared:
            return shared, [s for s in found if s not in shared]
    return list(found), []


def _searched(
    found: Sequence[Series], mandanten: Sequence[str], unknown: Sequence[str]
) -> Iterator[str]:
    held = {series.document.mandant.casefold() for series in found}
    lacking = [name for name in (*mandanten, *unknown) if name not in held]
    if lacking:
        names = ", ".join(f"„{name.upper()}“" for name in dict.fromkeys(lacking))
        searched = ", ".join(name.upper() for name in mandanten)
        yield f"Zu {names} ist nichts erfasst. Durchsucht: {searched}."


def _elsewhere(left_out: Sequence[Series]) -> Iterator[str]:
    names = "; ".join(dict.fromkeys(s.caption or paper_name(s.document) for s in left_out))
    if names:
        yield f"Nicht verglichen, weil nicht überall vorhanden: {names}."
