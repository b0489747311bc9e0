"""Questions for what a sitting dealt with: "Was wurde zuletzt im Kulturausschuss beraten?"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum

from assistant.sittings.reading import BodyNamed, take_body
from assistant.understanding.question import Question, QuestionKind
from assistant.understanding.words import WordsLeft
from ingest.expressions import Kind

_START = re.compile(
    r"\A\W*(?:(?:bitte|und)\s+)*(?:was|worüber|worum|um\s+was|wor[aü]n|welche[rsn]?|alle|"
    r"wie\s*viele|(?:die\s+)?(?:tagesordnung|TOPs?|tagesordnungspunkte|beschlüsse)|"
    r"(?:zeig|nenn|list)\w*|gib)\b",
    re.IGNORECASE,
)
_DEALT_WITH = re.compile(
    r"\b(?:tagesordnung|einladung|tagesordnungspunkte?|TOPs?|beraten|berät|beriet|behandelt?e?|"
    r"besprochen|verhandelt|diskutiert|erörtert|beschlossen|beschloss|beschlüsse|entschieden|"
    r"abgestimmt|them(?:a|en)|ging|geht)\b",
    re.IGNORECASE,
)
_LAST = re.compile(
    r"\b(?:letzte[nr]?|jüngste[nr]?|vorige[nr]?|vergangene[nr]?)\s+(?:Sitzung|Tagung)\b"
    r"|\bzuletzt\b",
    re.IGNORECASE,
)
_NEXT = re.compile(
    r"\b(?:nächste[nr]?|kommende[nr]?|bevorstehende[nr]?)\s+(?:Sitzung|Tagung)\b", re.IGNORECASE
)
_ORDINAL = re.compile(r"(?<![\d.])(?P<number>\d{1,3})\.\s+Sitzung\b", re.IGNORECASE)
_INVITATION = re.compile(r"\b(?:einladung|eingeladen)\b", re.IGNORECASE)
_PAPERS = re.compile(
    r"\b(?P<any>drucksachen?|papiere?|unterlagen|beratungsunterlagen)\b"
    r"|\b(?P<art>anfragen?|anträgen?|vorlagen?|resolutionen?)\b",
    re.IGNORECASE,
)
_ARTEN = {"anfr": "anfrage", "antr": "antrag", "vorl": "vorlage", "reso": "resolution"}
ANY_PAPER = "drucksache"
_FILLERS = frozenset(
    """
    was worüber worum um worin woran welche welcher welches welchen alle alles wie viele bitte und
    wurde wurden wird werden worden ist sind war waren hat haben hatte hatten gab es gibt stand
    standen steht stehen geht ging auf der die das dem den des in im am vom von aus bei beim zu zur
    zum an dort dann denn so eigentlich insgesamt überhaupt genau konkret mir uns zeige zeig zeigen
    nenne nenn nennen liste listen gib auflisten sie sitzung sitzungen tagung tagesordnung
    tagesordnungspunkt tagesordnungspunkte tagesordnungspunkten top tops punkt punkte punkten thema
    themen beschlüsse beschlüssen beschluss beschlossen beschloss entschieden beraten berät beriet
    behandelt behandelte behandelten besprochen verhandelt diskutiert erörtert abgestimmt gefasst
    fasste getroffen gemacht einladung niederschrift protokoll laut nach gremium ausschuss
    öffentlich öffentliche öffentlichen geplant vorgesehen angesetzt über eingebracht vorgelegt
    aufgerufen gestanden gewesen seiner ihrer
    """.split()  # noqa: SIM905
)
_WORD = re.compile(r"\w[\w/-]*")


class Which(Enum):
    """Which sitting is meant where neither day nor number says so."""

    LAST = "letzte"
    NEXT = "nächste"


@dataclass(frozen=True, slots=True)
class AgendaRequest:
    """The sitting whose items are asked for, told by its day, its number, or as last or next.

    `label` is the kind of paper that the items have to be about: "" for all items, `ANY_PAPER`
    for those with any paper, else as in "antrag". `invited` where the invitation is asked for.
    """

    body: BodyNamed
    day: date | None = None
    number: int | None = None
    which: Which | None = None
    label: str = ""
    invited: bool = False


def read_agenda_request(
    question: Question, bodies: Callable[[], Iterable[str]]
) -> AgendaRequest | None:
    """What a question wants of a sitting; None where it asks for something else, or for more."""
    text = question.text
    if question.numbers or not (_START.search(text) and _DEALT_WITH.search(text)):
        return None
    if question.kind not in (QuestionKind.OFFEN, QuestionKind.LISTE):
        return None
    reader = WordsLeft(text)
    ordinal = reader.take(_ORDINAL)
    dates = [
        e
        for e in question.expressions
        if e.kind in (Kind.DATE, Kind.MONTH, Kind.YEAR)
        and not (ordinal and ordinal.start() <= e.span.start < ordinal.end())
    ]
    if len(dates) > 1 or any(e.kind is not Kind.DATE or e.value.startswith("--") for e in dates):
        return None
    for one in dates:
        reader.blank(one.span.start, one.span.end)
    last, following = reader.take(_LAST), reader.take(_NEXT)
    if sum(bool(sign) for sign in (dates, ordinal, last, following)) != 1:
        return None
    body = take_body(reader, bodies())
    papers = reader.take(_PAPERS)
    if any(word.lower() not in _FILLERS for word in _WORD.findall(reader.left)):
        return None
    return AgendaRequest(
        body,
        day=date.fromisoformat(dates[0].value) if dates else None,
        number=int(ordinal["number"]) if ordinal else None,
        which=Which.LAST if last else Which.NEXT if following else None,
        label=_label(papers),
        invited=_INVITATION.search(text) is not None,
    )


def _label(papers: re.Match[str] | None) -> str:
    if papers is None:
        return ""
    return _ARTEN[papers["art"][:4].lower()] if papers["art"] else ANY_PAPER


def understood_of(request: AgendaRequest) -> list[str]:
    """What was understood, in German."""
    found = [f"Sitzung am {request.day:%d.%m.%Y}"] if request.day else []
    found += [f"{request.number}. Sitzung"] if request.number else []
    found += [f"{request.which.value} Sitzung"] if request.which else []
    found += [f"Gremium {request.body.name}"] if request.body.name else []
    plural = {"antrag": "Anträgen", "vorlage": "Vorlagen", "anfrage": "Anfragen"}
    if request.label:
        about = plural.get(request.label, "Resolutionen")
        found.append(f"Punkte zu {'Drucksachen' if request.label == ANY_PAPER else about}")
    return found
