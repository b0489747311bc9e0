"""Which sittings there were, and when a body met: from minutes, invitations and Beratungsfolgen.

Minutes show that a sitting was held, a result in a Beratungsfolge that a body dealt with the paper.
A day that only an invitation or a Beratungsfolge names was planned; such days are told apart.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from assistant.fundstelle import Ledger, paper_name
from assistant.records.exact import Finding
from assistant.records.held import Session
from assistant.sittings.on_record import Sitting, Standing, sittings_named
from assistant.types import AnswerStatus, AnswerTable, Claim, Label
from assistant.understanding.bodies import read_body
from assistant.understanding.period import read_period
from assistant.understanding.words import WordsLeft
from index.store import Store
from index.types import Access

_WHICH = re.compile(
    r"\A\W*(?:(?P<count>wie\s*viele)|welche|alle|liste\s+(?:aller|der))\s+(?:öffentlichen\s+)?"
    r"(?:Gremiens|Ausschuss|S)itzungen\b",
    re.IGNORECASE,
)
_WHEN = re.compile(
    r"\A\W*(?:(?P<count>wie\s+oft)|wann|an\s+welchen\s+tagen)\b(?=.*\b(?:tagten?|getagt|Sitzungen)\b)",
    re.IGNORECASE,
)
_LATEST = re.compile(
    r"\A\W*wann\s+(?:war|fand)\s+(?:zuletzt\s+eine|die\s+(?:letzte|jüngste))\s+Sitzung\b"
    r"|\A\W*wann\b(?=.*\b(?:tagte|getagt)\b)(?=.*\bzuletzt\b)",
    re.IGNORECASE,
)
_NEXT = re.compile(
    r"\A\W*wann\b(?=.*\b(?:nächste[rn]?|kommende[rn]?)\s+(?:Sitzung|Termin)\b"
    r"|.*\btagt\b.*\b(?:wieder|als\s+nächstes|das\s+nächste\s+Mal)\b)",
    re.IGNORECASE,
)
_HELD = re.compile(r"\b(?:tagten?|getagt|Sitzungen|statt|stattgefunden|zusammengekommen)\b", re.I)
_FILLERS = frozenset(
    """
    fand fanden gab es hat haben hatte hatten hielt hielten ab abgehalten sind ist war waren wurden
    wurde der die das des den dem zuletzt von vom aus in im jahr jahre jahren und denn bisher
    insgesamt durchgeführt findet beginnt nächste nächster nächsten nächstes kommende kommender
    kommenden sitzung termin tagt wieder als mal
    """.split()  # noqa: SIM905
)
_WORD = re.compile(r"\w[\w/-]*")
COLUMNS = ("Datum", "Gremium", "Sitzung", "Belegt durch")


@dataclass(frozen=True, slots=True)
class DaysRequest:
    """The sittings asked for; None and "" restrict nothing, the bounds are inclusive.

    Of `coming` ones `first` is the day of the question.
    """

    gremium: str | None
    first: date | None
    last: date | None
    latest: bool = False
    coming: bool = False


def read_days(text: str, bodies: Callable[[], Iterable[str]], today: date) -> DaysRequest | None:
    """The list of sittings that a question asks for; None where it asks for something else."""
    reader = WordsLeft(" ".join(text.split()))
    latest, coming = reader.take(_LATEST) is not None, reader.take(_NEXT) is not None
    if not (latest or coming) and reader.take(_WHICH) is None and reader.take(_WHEN) is None:
        return None
    first, last = read_period(reader, today)
    gremium = read_body(reader, bodies())
    while reader.take(_HELD):
        pass
    if any(word.lower() not in _FILLERS for word in _WORD.findall(reader.left)):
        return None
    if latest and gremium is None:
        return None  # of whom?
    if coming:
        return DaysRequest(gremium, today, None, coming=True) if not (first or last) else None
    return DaysRequest(gremium, first, last, latest) if gremium or first or last else None


def answer_days(store: Store, access: Access, request: DaysRequest) -> Finding:
    """Lists every sitting on record that fits, the latest first; planned days apart."""
    by_key: dict[tuple[str, date], list[Sitting]] = {}
    for sitting in sittings_named(store, access, lambda session, _: _fits(session, request)):
        by_key.setdefault(sitting.session.key, []).append(sitting)
    ranked = sorted(by_key.values(), key=_latest_first)
    if request.coming:
        ranked.reverse()
    held = [same for same in ranked if _standing(same) < Standing.PLANNED]
    planned = [same for same in ranked if _standing(same) is Standing.PLANNED]
    if request.latest:
        held = held[:1]
        after = held[0][0].session.datum if held else date.min
        planned = [same for same in planned if same[0].session.datum > after]
    if request.coming and not ranked:
        whose = f" ({request.gremium})" if request.gremium else ""
        text = f"Eine kommende Sitzung ist nicht erfasst{whose}, Stand {request.first:%d.%m.%Y}."
        return Finding(AnswerStatus.ABSTAINED, text=text, objection=text)
    ledger = Ledger()
    claims = [Claim(_head(request, held, planned), Label.ABGELEITET, ())]
    claims += [_claim(same, ledger) for same in (*held, *planned)]
    stated = tuple(ledger.state(claim) for claim in claims)
    return Finding(
        AnswerStatus.ANSWERED,
        stated,
        tuple(ledger.citations),
        "\n".join(claim.text for claim in stated),
        table=AnswerTable(COLUMNS, tuple(_cells(same) for same in (*held, *planned))),
    )


def understood_of(request: DaysRequest) -> list[str]:
    """What was understood, in German."""
    found = ["letzte Sitzung" if request.latest else "Sitzungen"]
    if request.coming:
        found = ["kommende Sitzungen"]
    found += [f"Gremium {request.gremium}"] if request.gremium else []
    found += [f"ab {request.first:%d.%m.%Y}"] if request.first else []
    found += [f"bis {request.last:%d.%m.%Y}"] if request.last else []
    return found


def _fits(session: Session, request: DaysRequest) -> bool:
    if request.gremium and Session(request.gremium, session.datum).key != session.key:
        return False
    early = request.first is not None and session.datum < request.first
    return not early and not (request.last is not None and session.datum > request.last)


def _latest_first(same: list[Sitting]) -> tuple[int, str]:
    return (-same[0].session.datum.toordinal(), same[0].session.gremium)


def _standing(same: list[Sitting]) -> Standing:
    return min(one.standing for one in same)


def _head(request: DaysRequest, held: list[list[Sitting]], planned: list[list[Sitting]]) -> str:
    asked = "; ".join(understood_of(request))
    with_minutes = sum(_standing(same) is Standing.MINUTES for same in held)
    text = f"Erfasst: {len(held)}"
    text += f", davon {with_minutes} mit Niederschrift" if held else ""
    text += f". Gezählt: {asked}."
    if planned and request.coming and not held:
        return f"Geplant, soweit erfasst: {len(planned)}. Gezählt: {asked}."
    if planned:
        text += f" Dazu {len(planned)} geplante, deren Niederschrift nicht vorliegt."
    return text


def _claim(same: list[Sitting], ledger: Ledger) -> Claim:
    best = min(same, key=lambda one: (one.standing, not one.name))
    numbers = [ledger.cite_line(best.document, span) for span in best.spans]
    text = f"{best.session.datum:%d.%m.%Y}: {_sitting_name(best.name)}{best.session.gremium}"
    if best.standing is not Standing.MINUTES:
        how = "laut Beratungsfolge von" if best.standing is Standing.RESULT else "geplant laut"
        text += f", {how} {paper_name(best.document)}"
        numbers += ledger.cite_name(best.document)
    return Claim(f"{text}.", Label.BELEGT, tuple(dict.fromkeys(numbers)))


def _sitting_name(name: str) -> str:
    if not name:
        return ""
    return f"{name}. Sitzung, " if name.isdigit() else f"{name}, "


def _cells(same: list[Sitting]) -> tuple[str, ...]:
    session = same[0].session
    name = next((one.name for one in same if one.name), "")
    papers = sorted({paper_name(one.document) for one in same})
    return (session.datum.isoformat(), session.gremium, name, "; ".join(papers))
