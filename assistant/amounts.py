"""What tables say of an amount: each cell with row, column and unit, from every paper that has it.

No model. Values stand side by side; what is reckoned from them is asked for, of like units and of
one stage, and labelled "abgeleitet". Where the row cannot be told for sure nothing is said here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.amount_change import changes, cite_entry
from assistant.amount_question import AmountRequest, Stage
from assistant.amount_series import (
    Entry,
    Series,
    asked_stages,
    may_name,
    missing,
    named_series,
    place_of,
    said,
)
from assistant.exact import Finding
from assistant.fundstelle import Ledger, paper_name
from assistant.reckoning import amount_of, converted
from assistant.supplements import Supplements, effect_claim
from assistant.types import AnswerStatus, AnswerTable, Claim, Label
from index.german import analyse
from index.store import Store
from index.types import Access, Document, SearchHit
from ingest.papers.table_reading import heading_of, value_of

DEPTH = 200
"""So many passages are looked at for a row of that name."""
SURELY_FOUND = 100
"""Where no more passages hold a word, all of them are among the `DEPTH` best: those with parts of
it only, which are found too, count less."""
MOST_PAPERS = 40
MOST_TABLES = 4
"""Where more tables name such a row, the question has not told which one it means."""
MOST_NAMED = 6
_NOT_ALL = f"Durchsucht wurden die {DEPTH} nächsten Stellen; weitere Tabellen sind möglich."
COLUMNS = ("Mandant", "Zeile", "Tabelle", "Spalte", "Wert", "Einheit", "Fundstelle", "Quelle")
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
    finding = _finding(request, told, found, supplements)
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


def _finding(
    request: AmountRequest,
    found: Sequence[Series],
    read: Sequence[Series],
    supplements: Supplements,
) -> Finding:
    ledger = Ledger()
    several = len({series.document.id for series in found}) > 1
    claims: list[Claim] = []
    notes: list[str] = []
    rows: list[tuple[str, ...]] = []
    for series in sorted(found, key=_order):
        lead = f"{paper_name(series.document)}: " if several else ""
        for entry in series.entries:
            cited = cite_entry(series, entry, ledger)
            claims.append(Claim(f"{lead}{said(series, entry)}.", Label.BELEGT, cited))
            rows.append(_cells(series, entry, ledger))
            claims += _in_unit(series, entry, request, claims[-1])
        notes += _notes(series, request, lead)
    reckoned, why_not = changes(request, sorted(found, key=_order), ledger)
    claims += reckoned
    notes += why_not
    if _differ(found):
        notes.append("Die Quellen nennen dazu verschiedene Werte.")
    claims += _effects(found, read, supplements, ledger)
    claims = list(dict.fromkeys(ledger.state(claim) for claim in claims))
    table = AnswerTable(COLUMNS, tuple(rows)) if len(rows) > 1 else None
    return Finding(
        AnswerStatus.ANSWERED,
        tuple(claims),
        tuple(ledger.citations),
        notes=tuple(dict.fromkeys(notes)),
        table=table,
    )


def _order(series: Series) -> tuple[str, str, int]:
    return series.document.mandant, series.document.source, series.table.span.start


def _cells(series: Series, entry: Entry, ledger: Ledger) -> tuple[str, ...]:
    document = series.document
    number = ledger.cite(document, entry.row.span, entry.cell.span)
    place = ledger.citations[number - 1].fundstelle
    row = heading_of(document, entry.row)
    name, label = (row, entry.column) if series.by_row else (entry.column, row)
    words = " ".join(entry.cell.span.cut(document.text).split())
    value = re.sub(r"\s?(?:T?€|Euro|EUR|TEUR|%|Prozent)\Z", "", words) if entry.unit else words
    return (
        document.mandant,
        name,
        series.caption,
        label,
        value,
        entry.unit,
        place,
        document.source,
    )


def _in_unit(series: Series, entry: Entry, request: AmountRequest, claim: Claim) -> Iterator[Claim]:
    """The amount in the unit that the question wishes for, where the table has another one."""
    words = entry.cell.span.cut(series.document.text)
    amount = amount_of(words, entry.unit)
    if not request.unit or amount is None or request.unit == entry.unit:
        return
    other = converted(amount, request.unit)
    if other is not None:
        text = f"{place_of(series, entry)}: {other} (umgerechnet aus {amount})."
        yield Claim(text, Label.ABGELEITET, claim.citations)


def _notes(series: Series, request: AmountRequest, lead: str) -> Iterator[str]:
    name = ", ".join(filter(None, (series.name, series.table_name)))
    lacking = [
        " ".join(filter(None, (stage.value if stage else "", period)))
        for stage, period in missing(series, request)
    ]
    if lacking:
        yield f"{lead}{name}: {_listed(lacking)} nicht erfasst."
    stages = {(e.period, e.stage) for e in series.entries}
    if asked_stages(series, request) or request.planned or len({s for _, s in stages}) < 2:
        return
    periods = dict.fromkeys(entry.period for entry in series.entries)
    planned = [period for period in periods if (period, Stage.ERGEBNIS) not in stages]
    if planned:
        yield f"{lead}{name}: Für {_listed(planned)} ist kein Ergebnis erfasst."


def _listed(words: Sequence[str]) -> str:
    if len(words) > MOST_NAMED:
        return f"{', '.join(words[:MOST_NAMED])} und {len(words) - MOST_NAMED} weitere"
    return " und ".join(filter(None, (", ".join(words[:-1]), words[-1])))


def _differ(found: Sequence[Series]) -> bool:
    """Whether two papers give one cell of one kind of table different values."""
    values: dict[tuple[object, ...], set[str]] = {}
    for series in found:
        for entry in series.entries:
            key = (series.document.mandant, series.key, series.words, entry.stage, entry.period)
            values.setdefault(key, set()).add(value_of(series.document, entry.cell))
    return any(len(held) > 1 for held in values.values())


def _effects(
    found: Sequence[Series], read: Sequence[Series], supplements: Supplements, ledger: Ledger
) -> Iterator[Claim]:
    """What follows the cited papers, and what they took the place of."""
    cited = {series.document.id: series.document for series in found}
    for document in {s.document.id: s.document for s in read}.values():
        for later in supplements.later(document):
            if document.id in cited or later.id in cited:
                yield effect_claim(document, later, ledger)


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
