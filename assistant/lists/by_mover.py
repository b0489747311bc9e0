"""How many papers each Fraktion moved, and which moved the most: a list counted by its movers.

The papers are those that the same list would hold ("Wie viele Anträge … 2023?"); a joint motion
counts for each of its movers. Movers that are not on record are told apart, never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from assistant.fundstelle import Ledger, paper_name
from assistant.lists.filters import filters_of
from assistant.lists.listing import Fit, collect
from assistant.lists.opening import OPENING, plainly
from assistant.lists.request import ListRequest, read_list_request
from assistant.lists.rows import Row, apart, newest_first
from assistant.records.exact import Finding
from assistant.types import AnswerStatus, AnswerTable, Claim, Label
from assistant.understanding.words import WordsLeft
from index.store import Store
from index.types import Access
from ingest.papers.fraktionen import normalise_fraktion

_WHICH = re.compile(
    r"\A\W*(?:von\s+)?(?:welche[rn]?|die)\s+(?:fraktion|gruppe)(?:en)?\b", re.IGNORECASE
)
_MOST = re.compile(r"\b(?:die|am)\s+(?P<few>wenigsten|meisten)\b", re.IGNORECASE)
_EACH = re.compile(
    r"\b(?:von\s+)?(?:jede[rns]?|je|pro|nach|(?:auf\s+)?(?:die|den|der)\s+einzelnen|auf\s+die)\s+"
    r"(?:einzelnen?\s+)?(?:fraktion|gruppe)(?:en)?\b",
    re.IGNORECASE,
)
_SPREAD = re.compile(
    r"\A\W*(?:wie\s+(?:verteilen|verteilten)\s+sich|(?:die\s+)?verteilung)\b", re.IGNORECASE
)
_VERBS = re.compile(r"\b(?:am\s+häufigsten|am\s+öftesten)\b", re.IGNORECASE)
_NOTHING = re.compile(r"\A\W*(?:der|die|das|alle|aller)\b", re.IGNORECASE)
COLUMNS = ("Fraktion", "Anzahl", "davon gemeinsam", "Drucksachen")


@dataclass(frozen=True, slots=True)
class MoverCount:
    """The list that is counted by its movers; `extreme` is "meisten", "wenigsten" or "" for all."""

    listed: ListRequest
    extreme: str = ""


def read_mover_count(
    text: str, bodies: Callable[[], Iterable[str]], today: date
) -> MoverCount | None:
    """The count that a question asks for; None where it asks for something else, or for more."""
    reader = WordsLeft(plainly(text))
    most = None
    if reader.take(_WHICH):
        most = reader.take(_MOST)
        if most is None:
            return None
    elif not reader.take(_EACH):
        return None
    if reader.take(_SPREAD) is None:
        reader.take(OPENING)
    rest = _NOTHING.sub(" ", reader.left)
    listed = read_list_request(f"Wie viele {' '.join(rest.split())}", bodies, today)
    if listed is None or listed.not_understood or listed.fraktionen:
        return None
    return MoverCount(listed, most["few"].lower() if most else "")


def answer_mover_count(store: Store, access: Access, request: MoverCount) -> Finding:
    """Counts every paper that the list holds for each of its movers; the most first."""
    found, _ = collect(store, access, request.listed)
    rows = sorted(found.pop(Fit.IN, []), key=newest_first)
    by_mover: dict[str, list[Row]] = {}
    for row in rows:
        for name in _movers(row):
            by_mover.setdefault(name, []).append(row)
    unknown = [row for row in rows if not _movers(row)]
    ranked = sorted(by_mover.items(), key=lambda item: (-len(item[1]), item[0]))
    ledger = Ledger()
    claims = [_head(request.listed, rows, ranked)]
    if request.extreme and ranked:
        claims.append(_extreme(request, ranked, ledger))
    claims += [_count(name, moved, ledger) for name, moved in ranked]
    if unknown:
        claims.append(apart(Fit.NO_MOVER.value, unknown, ledger))
    for fit, unclear in sorted(found.items(), key=lambda item: item[0].value):
        claims.append(apart(fit.value, sorted(unclear, key=newest_first), ledger))
    stated = tuple(ledger.state(claim) for claim in claims)
    return Finding(
        AnswerStatus.ANSWERED,
        stated,
        tuple(ledger.citations),
        "\n".join(claim.text for claim in stated),
        table=AnswerTable(COLUMNS, tuple(_cells(name, moved) for name, moved in ranked)),
    )


def understood_of(request: MoverCount) -> list[str]:
    """What was understood, in German."""
    how = f"die {request.extreme}" if request.extreme else "gezählt"
    return [*(one.text for one in filters_of(request.listed)), f"{how} je Antragsteller"]


def _movers(row: Row) -> tuple[str, ...]:
    movers = row.document.kopfdaten.antragsteller
    return tuple(dict.fromkeys(normalise_fraktion(mover.value) for mover in movers))


def _joint(rows: Iterable[Row]) -> int:
    return sum(len(_movers(row)) > 1 for row in rows)


def _head(request: ListRequest, rows: list[Row], ranked: list[tuple[str, list[Row]]]) -> Claim:
    filters = "; ".join(one.text for one in filters_of(request))
    known = [row for row in rows if _movers(row)]
    joint = _joint(known)
    text = (
        f"Erfasst: {len(known)} mit genanntem Antragsteller. Gezählt nach den Kopfdaten: {filters}."
    )
    if joint:
        text += f" Gemeinsame ({joint}) zählen bei jedem, der sie gestellt hat."
    return Claim(text, Label.ABGELEITET, ())


def _extreme(request: MoverCount, ranked: list[tuple[str, list[Row]]], ledger: Ledger) -> Claim:
    number = len((ranked[0] if request.extreme == "meisten" else ranked[-1])[1])
    those = [(name, moved) for name, moved in ranked if len(moved) == number]
    names = " und ".join(name for name, _ in those)
    cited = [place for name, moved in those for place in _cited(name, moved, ledger)]
    text = f"Die {request.extreme}, nämlich {number}: {names}"
    text += " (gleich viele)." if len(those) > 1 else "."
    if request.extreme == "wenigsten":
        text += " Wer gar keine gestellt hat, steht in keiner Drucksache."
    return Claim(text, Label.ABGELEITET, tuple(dict.fromkeys(cited)))


def _count(name: str, moved: list[Row], ledger: Ledger) -> Claim:
    joint = _joint(moved)
    text = f"{name}: {len(moved)}" + (f", davon {joint} gemeinsam mit anderen" if joint else "")
    cited = tuple(dict.fromkeys(_cited(name, moved, ledger)))
    return Claim(f"{text}.", Label.ABGELEITET, cited)


def _cited(name: str, moved: Iterable[Row], ledger: Ledger) -> list[int]:
    return [
        ledger.cite_line(row.document, mover.span)
        for row in moved
        for mover in row.document.kopfdaten.antragsteller
        if normalise_fraktion(mover.value) == name
    ]


def _cells(name: str, moved: list[Row]) -> tuple[str, ...]:
    papers = "; ".join(paper_name(row.document) for row in moved)
    return (name, str(len(moved)), str(_joint(moved)), papers)
