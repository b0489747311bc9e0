"""The amounts of one kind that a table holds, a row through its years or a column through them.

A question names a series with all the words of its heading, and every other word of the question
has to stand around it: in the caption, the title, the headings of the columns. Pure, no model.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from assistant.amount_question import PERIOD, AmountRequest, Stage, Wish, period_key, stems
from index.german import analyse, terms
from index.types import Cell, Document, Row, Span, Table
from ingest import units
from ingest.expressions import Kind, find_expressions
from ingest.papers.table_reading import caption_of, column_heading, heading_of, value_of

_BUDGETS = frozenset({"Haushaltsplan"})
_IN_BRACKETS = re.compile(r"\([^()]*\)")
_NUMBERING = re.compile(r"^\d+(?:\.\d+)*\.?\s+(?=\S)")
_TOTAL = stems("gesamt insgesamt zusammen")
_NEUTRAL = stems(
    "Jahr Haushaltsjahr HJ HHJ Betrag Beträge Wert Höhe vorläufig vorläufiges vorl Stand in EUR"
)
_GENERIC = stems(
    "Kosten Gesamtkosten Folgekosten Sachkosten Personalkosten Aufwendungen Aufwand Auszahlungen "
    "Einzahlungen Ausgaben Einnahmen Erträge Ertrag Summe Personalaufwendungen Sachaufwendungen "
    "Transferaufwendungen Mittel Finanzierung Haushalt Finanzielle Auswirkungen Position Übersicht "
    "Jahr Vorlage Antrag Anfrage Niederschrift Anlage Entwicklung Vergleich Ergebnis Ansatz Planung"
)
_STAGES = (
    (Stage.ERGEBNIS, re.compile(r"\b(?:\w*[Ee]rgebnis(?:se)?|Ist|IST)\b")),
    (Stage.PLANUNG, re.compile(r"\b\w*planung(?:en)?\b", re.IGNORECASE)),
    (Stage.ANSATZ, re.compile(r"\b(?:\w*[Aa]ns[aä]tze?|\w*ANSATZ|Soll|SOLL|Plan)\b")),
)
_AMOUNT = re.compile(
    r"[-–−+]?\s?\d{1,3}(?:[.\u00a0\u202f]\d{3})+(?:,\d+)?(?!\d)\s?(?P<a>[^\d\n]{0,24})"
    r"|[-–−+]?\s?\d+(?:,\d+)?\s?(?P<b>[^\d\n]{0,24})"
)
_MONEY = frozenset({"€", "T€", "Mio. €", "Mrd. €"})


@dataclass(frozen=True, slots=True)
class Entry:
    """An amount: its cell, and the stage and period that head it (None, "" for neither).

    `rest` are the words of the column heading beside these.
    """

    row: Row
    cell: Cell
    column: str
    period: str
    stage: Stage | None
    rest: frozenset[str]

    @property
    def unit(self) -> str:
        """What the amount counts in; "" where the table names no unit."""
        return self.cell.unit.value if self.cell.unit else ""


@dataclass(frozen=True, slots=True)
class Series:
    """The amounts of one heading in one table.

    `words` are the stems that name it; `by_row` says whether the heading is that of rows.
    """

    document: Document
    table: Table
    name: str
    words: frozenset[str]
    by_row: bool
    entries: tuple[Entry, ...]

    @property
    def caption(self) -> str:
        """The caption of the table without its numbering."""
        return _NUMBERING.sub("", caption_of(self.document, self.table))

    @property
    def table_name(self) -> str:
        """How a sentence names the table: "Tabelle „Gesamtergebnisplan“"."""
        return f"Tabelle „{self.caption}“" if self.caption else ""

    @property
    def key(self) -> frozenset[str]:
        """What two tables of the same kind share: the words of their captions."""
        return needed(self.caption)


def needed(heading: str) -> frozenset[str]:
    """The stems that name a heading: no brackets, no figures, no mere "gesamt"."""
    bare = PERIOD.sub(" ", _IN_BRACKETS.sub(" ", heading))
    words = frozenset(word for word in stems(bare) if not word.isdigit())
    return words - _TOTAL or words


def may_name(line: str, words: frozenset[str]) -> bool:
    """Whether some cell of a printed row is named by these words."""
    return any(own and own <= words for own in map(needed, line.split("\t")))


def series_of(document: Document, table: Table, words: frozenset[str]) -> Iterator[Series]:
    """The series of a table that these words name."""
    rows = [row for row in table.rows if row.cells]
    yearly = [row for row in rows if units.is_period(_own_heading(document, row))]
    if len(yearly) > 1:
        yield from _by_column(document, table, yearly, words)
    rest = [row for row in rows if row not in yearly]
    yield from _by_row(document, table, rest, words)


def _own_heading(document: Document, row: Row) -> str:
    return " ".join(" ".join(span.cut(document.text).split()) for span in row.heading)


def _by_column(
    document: Document, table: Table, rows: Sequence[Row], words: frozenset[str]
) -> Iterator[Series]:
    for column in range(1, len(table.columns)):
        heading = column_heading(document, table, column)
        if not needed(heading) or not needed(heading) <= words:
            continue
        cells = [(row, c) for row in rows for c in row.cells if c.column == column]
        entries = tuple(
            Entry(row, cell, heading, _period(heading_of(document, row)), None, frozenset())
            for row, cell in cells
            if _is_amount(document, cell)
        )
        if entries:
            yield Series(document, table, heading, needed(heading), False, entries)


def _by_row(
    document: Document, table: Table, rows: Sequence[Row], words: frozenset[str]
) -> Iterator[Series]:
    """A series for each row; rows that differ by the year in their heading are one."""
    found: dict[tuple[frozenset[str], tuple[Span, ...]], Series] = {}
    for row in rows:
        own = _own_heading(document, row)
        key = (needed(own), row.under)
        if not key[0] or not key[0] <= words:
            continue
        year = _period(own)
        entries = tuple(
            entry if entry.period or not year else replace(entry, period=year)
            for cell in row.cells
            if _is_amount(document, cell)
            for entry in [_entry(document, table, row, cell)]
        )
        if not entries:
            continue
        known = found.get(key) if year else None
        name = heading_of(document, row)
        series = Series(document, table, name, key[0], True, entries)
        if known is not None:
            series = replace(known, entries=(*known.entries, *entries))
        elif key in found:  # the same heading twice: nobody can tell which is meant
            series = replace(series, entries=())
        found[key] = series
    yield from (series for series in found.values() if series.entries)


def _entry(document: Document, table: Table, row: Row, cell: Cell) -> Entry:
    heading = column_heading(document, table, cell.column)
    stages = [(stage, found) for stage, names in _STAGES if (found := names.search(heading))]
    stage, rest = (stages[0][0], heading) if len(stages) == 1 else (None, heading)
    for _, found in stages[:1] if stage else ():
        rest = f"{heading[: found.start()]} {heading[found.end() :]}"
    return Entry(row, cell, heading, _period(heading), stage, needed(rest) - _NEUTRAL)


def _period(heading: str) -> str:
    """The one period that a heading names; "" for none, several, or a day."""
    if any(e.kind in (Kind.DATE, Kind.MONTH) for e in find_expressions(heading)):
        return ""
    found = {period_key(match[0]) for match in PERIOD.finditer(heading)}
    return found.pop() if len(found) == 1 else ""


def _is_amount(document: Document, cell: Cell) -> bool:
    words = " ".join(cell.span.cut(document.text).split())
    return units.is_value(words) and _AMOUNT.fullmatch(words) is not None


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
    own = set().union(*(_own_terms(series) for series in asked))
    around = set(terms(_around(document, table)))
    if not all(_is_held(name, own | around) for name in names):
        return []
    return asked if _is_of_the_house(document) or _is_particular(document, table, names) else []


def _under_is_named(series: Series, request: AmountRequest) -> bool:
    """Whether the question says which of several groups of rows is meant."""
    text = series.document.text
    under = needed(" ".join(span.cut(text) for span in series.entries[0].row.under))
    return bool(under) and under <= request.words


def _is_of_the_house(document: Document) -> bool:
    """Whether a paper is no matter's own, so that its rows need no other word to tell them."""
    art = document.kopfdaten.art
    return art is not None and art.value in _BUDGETS


def _is_particular(document: Document, table: Table, names: Sequence[str]) -> bool:
    """Whether a question names what the paper or this part of it is about, and not only a row.

    "Aufwendungen 2024" stands in the table of many a Vorlage, and each means its own.
    """
    about = set(terms("\n".join((*_headings(document, table), caption_of(document, table)))))
    return any(own and not own & _GENERIC and own <= about for own in map(stems, names))


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


def said(series: Series, entry: Entry) -> str:
    """An entry in words: "Lernmittel, Tabelle „Schulen“, Ansatz 2024: 875.000 €"."""
    return f"{place_of(series, entry)}: {value_of(series.document, entry.cell)}"


def place_of(series: Series, entry: Entry) -> str:
    """What tells an entry: row, table, column."""
    row = heading_of(series.document, entry.row)
    name, label = (row, entry.column) if series.by_row else (entry.column, f"Jahr {row}")
    return ", ".join(filter(None, (name, series.table_name, label)))
