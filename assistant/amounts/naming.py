"""Which series of which tables a question names.

It names a series with all the words of its heading, and every other word of the question has to
stand around it: in the caption, the title, the headings of the columns. Pure, no model.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from assistant.amounts.request import AmountRequest, Stage, Wish, stems
from assistant.amounts.series import Entry, Series, needed, series_of
from index.german import analyse, terms
from index.types import Document, Table
from ingest.papers.table_reading import caption_of, column_heading

_BUDGETS = frozenset({"Haushaltsplan"})
_GENERIC = (
    "Kosten Gesamtkosten Folgekosten Sachkosten Personalkosten Aufwendungen Aufwand Auszahlungen "
    "Einzahlungen Ausgaben Einnahmen Erträge Ertrag Summe Personalaufwendungen Sachaufwendungen "
    "Transferaufwendungen Mittel Finanzierung Haushalt Finanzielle Auswirkungen Position Übersicht "
    "Jahr Vorlage Antrag Anfrage Niederschrift Anlage Entwicklung Vergleich Ergebnis Ansatz Planung"
)
_MONEY = frozenset({"€", "T€", "Mio. €", "Mrd. €"})


def named_series(
    documents: Iterable[Document], request: AmountRequest, names: Sequence[str]
) -> list[Series]:
    """The series that a question names, each as far as it asks for; `names` have to be used up.

    Empty where the question leaves open which of several is meant.
    """
    found: list[Series] = []
    for document in documents:
        for table in document.tables:
            found += _named_in(document, table, request, names)
    if len({series.words for series in found}) > 1 and not _is_joined(found, request):
        return []
    return found


def _named_in(
    document: Document, table: Table, request: AmountRequest, names: Sequence[str]
) -> list[Series]:
    named = list(series_of(document, table, request.words))
    held = [s for s in named if not any(s.words < other.words for other in named)]
    if len({s.words for s in held}) < len(held):
        held = [s for s in held if _under_is_named(s, request)]
    if len({s.words for s in held}) < len(held):
        return []
    asked = [found for series in held if (found := _asked_for(series, request)) is not None]
    if not asked or len(asked) < len(held):
        return []
    if request.budget and request.budget not in terms("\n".join(_headings(document, table))):
        return []
    own = set().union(*(_own_terms(series) for series in asked))
    around = set(terms(_around(document, table)))
    if not all(_is_held(name, own | around) for name in names):
        return []
    return asked if is_of_the_house(document) or _is_particular(document, table, names) else []


def _under_is_named(series: Series, request: AmountRequest) -> bool:
    """Whether the question says which of several groups of rows is meant."""
    text = series.document.text
    under = needed(" ".join(span.cut(text) for span in series.entries[0].row.under))
    return bool(under) and under <= request.words


def is_of_the_house(document: Document) -> bool:
    """Whether a paper is no matter's own, so that its rows need no other word to tell them."""
    art = document.kopfdaten.art
    return art is not None and art.value in _BUDGETS


def _is_particular(document: Document, table: Table, names: Sequence[str]) -> bool:
    """Whether a question names what the paper or this part of it is about, and not only a row.

    "Aufwendungen 2024" stands in the table of many a Vorlage, and each means its own.
    """
    about = set(terms("\n".join((*_headings(document, table), caption_of(document, table)))))
    return any(own and not own & stems(_GENERIC) and own <= about for own in map(stems, names))


def _own_terms(series: Series) -> set[str]:
    columns = "\n".join(entry.column for entry in series.entries)
    return set(terms(f"{series.name}\n{columns}"))


def _headings(document: Document, table: Table) -> list[str]:
    """Title, subject, and the headings of the sections around a table."""
    subject = document.kopfdaten.tagesordnungspunkt
    titles = [s.title for s in document.sections if s.title and s.span.contains(table.span)]
    return [document.title, subject.value if subject else "", *titles]


def _around(document: Document, table: Table) -> str:
    art = document.kopfdaten.art
    parts = [*_headings(document, table), caption_of(document, table)]
    parts += [document.kopfdaten.benennung, art.value if art else "", document.mandant]
    return "\n".join([*parts, column_heading(document, table, 0)])


def _is_held(name: str, held: set[str]) -> bool:
    """Whether a word stands there, or all that it is composed of."""
    for piece in re.split(r"[-‐‑]", name):
        analysis = analyse(piece)
        if set(analysis.words) <= held:
            continue
        if not analysis.parts or not set(analysis.parts) <= held:
            return False
    return True


def _is_joined(found: Sequence[Series], request: AmountRequest) -> bool:
    """Whether the question names several series side by side: "Lernmittel und Lizenzen"."""
    if request.change or request.is_single:
        return False
    tables = {(series.document.id, series.table.span) for series in found}
    if len(tables) > 1:
        return False
    places = []
    for series in found:
        own = [m for m in re.finditer(r"\w[\w-]*", request.text) if stems(m[0]) & series.words]
        places.append((own[0].start(), own[-1].end()))
    places.sort()
    gaps = [request.text[end:start].strip() for (_, end), (start, _) in pairwise(places)]
    return all(
        re.fullmatch(r"(?:,|und|sowie|mit|oder)(?:\s+(?:die|der|das|den))?", g) for g in gaps
    )


def _asked_for(series: Series, request: AmountRequest) -> Series | None:
    """The series as far as the question asks for it; None where it cannot be told."""
    entries = [entry for entry in series.entries if _is_of_kind(entry, request)]
    if request.is_single:
        if not series.by_row or any(entry.period for entry in series.entries):
            return None
        if len(entries) > 1:
            entries = [e for e in entries if needed(e.column) and needed(e.column) <= request.words]
        return replace(series, entries=tuple(entries)) if len(entries) == 1 else None
    stages = asked_stages(series, request)
    entries = [e for e in entries if e.period and _is_wished(e, request, stages)]
    rests = {e.rest for e in entries if e.rest <= request.words}
    if rests:
        most = max(rests, key=len)
        entries = [e for e in entries if e.rest == most]
        if any(not rest <= most for rest in rests):
            return None
    else:
        entries = []
    if len({(e.period, e.stage) for e in entries}) < len(entries):
        return None
    return replace(series, entries=tuple(entries)) if entries else None


def asked_stages(series: Series, request: AmountRequest) -> tuple[Stage, ...]:
    """The stages asked for; a word that stands in the heading itself ("Ergebnis") names none."""
    return tuple(stage for stage in request.stages if not stems(stage.value) & series.words)


def _is_wished(entry: Entry, request: AmountRequest, stages: Sequence[Stage]) -> bool:
    if request.planned and not stages and entry.stage is Stage.ERGEBNIS:
        return False
    if request.pairs and stages:
        return (entry.stage, entry.period) in request.pairs
    if stages and entry.stage not in stages:
        return False
    if request.through:
        first, last = sorted(request.periods)
        return first <= entry.period <= last
    return not request.periods or entry.period in request.periods


def _is_of_kind(entry: Entry, request: AmountRequest) -> bool:
    if request.money and entry.unit not in _MONEY:
        return False
    if request.percent and not request.change and entry.unit != "%":
        return False
    if request.counts and entry.unit:
        return False
    return not request.unit or (request.unit in _MONEY) == (entry.unit in _MONEY)


def missing(series: Series, request: AmountRequest) -> list[Wish]:
    """What is asked for of a series and not in it."""
    stages: Sequence[Stage | None] = asked_stages(series, request) or (None,)
    held = {(e.stage, e.period) for e in series.entries}
    held |= {(None, e.period) for e in series.entries} | {(e.stage, "") for e in series.entries}
    if request.through:
        first, last = (int(period[:4]) for period in sorted(request.periods))
        wishes = [(s, str(year)) for year in range(first, last + 1) for s in stages]
    elif request.pairs and stages != (None,):
        wishes = list(request.pairs)
    else:
        wishes = [(s, p) for p in request.periods or ("",) for s in stages]
    return [wish for wish in wishes if wish not in held and wish != (None, "")]
