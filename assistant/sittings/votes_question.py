"""Questions for the votes of a whole sitting, or of a Gremium on a matter. Rules only."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.sittings.reading import BodyNamed, take_body, topic_left
from assistant.understanding.question import Question, QuestionKind
from assistant.understanding.words import WordsLeft, take_fraktionen
from index.types import Stimmabgabe
from ingest.expressions import Kind

LONGEST = 28
LONGEST_TOPIC = 7
_VOTED = re.compile(
    r"\b(?:dagegen|gegen-?stimmen?|nein-?stimmen?|ja-?stimmen?|(?:ab|zu)?gestimmt|stimmten?|stimmt|"
    r"abstimmung(?:en)?|abstimmungs\w+|abstimmungsergebnis(?:se)?|(?:stimm)?enthaltung(?:en)?|"
    r"enthalten|enthielt(?:en)?|stimmverhalten|mehrheit(?:en)?|einstimmig|mehrheitlich)\b|"
    r"\bwer\s+(?:war|waren)\b.{0,60}\b(?:dagegen|dafür|gegen|für)\b|"
    r"\bbeschlüsse\b.{0,80}\bgefasst\b|\bbeschlüsse\s+fassten?\b|\bwas\b.{0,80}\b(?:beschlossen|entschieden)\b",
    re.IGNORECASE,
)
_ABSTIMMUNG = re.compile(r"\babstimmung(?:en)?\b", re.IGNORECASE)
_TOP = re.compile(
    r"\b(?:zu[mr]?|unter|bei[m]?|in)?\s*(?:TOP|Tagesordnungspunkt|Punkt)\s+(?P<top>\d{1,2}(?:\.\d{1,2})?)\b"
    r"(?:\s+der\s+Tagesordnung)?",
    re.IGNORECASE,
)
_DECIDED = re.compile(r"\b(?:beschluss|entscheidung|ergebnis)\b", re.IGNORECASE)
_WHO_VOTED = re.compile(
    r"^\W*(?:und\s+)?(?:wer|welche\s+(?:fraktion(?:en)?|gruppen?)|wie\s+(?:hat|haben|wurde))\b"
    r".{0,80}\b(?:gestimmt|abgestimmt|zugestimmt|stimmten?|enthalten|dagegen|dafür)\W*$",
    re.IGNORECASE,
)
_SIDES = (
    (
        Stimmabgabe.NEIN,
        re.compile(r"\b(?:dagegen|gegen-?stimmen?|nein(?:-?stimmen?)?|gegen)\b", re.I),
    ),
    (
        Stimmabgabe.ENTHALTUNG,
        re.compile(r"\b(?:(?:stimm)?enthaltung(?:en)?|enthalten|enthielt(?:en)?)\b", re.I),
    ),
    (Stimmabgabe.JA, re.compile(r"\b(?:dafür|ja(?:-?stimmen?)?|zugestimmt)\b", re.I)),
)
_OTHER = re.compile(
    r"\b(?:warum|weshalb|wieso|wie\s+oft|wann|anwesend\w*|teilgenommen|gefehlt|frau|herrn?|zulässig|"
    r"seit|bis|zwischen|alle|liste|antr[aä]ge?[sn]?|vorlagen?|anfragen?|resolution(?:en)?|"
    r"drucksachen?|wird|soll(?:te)?)\b|§",
    re.IGNORECASE,
)
_AROUND_DAY = re.compile(r"\b(?:vor|nach|ab|seit|bis)\s+(?:dem\s+)?\Z", re.IGNORECASE)
_FRAME = frozenset(
    """
    wer wen wem hat haben hatte gab gibt gegeben dagegen dafür gegen für gestimmt abgestimmt
    zugestimmt stimmte stimmten stimmt abstimmung abstimmungen abstimmungsergebnis
    abstimmungsergebnisse abstimmungsverhalten stimmverhalten stimmenverhältnis stimmenverhältnisse
    gegenstimme gegenstimmen gegen-stimmen nein ja neinstimmen nein-stimmen jastimmen ja-stimmen
    stimme stimmen enthaltung enthaltungen stimmenthaltung stimmenthaltungen enthalten enthielt
    enthielten mehrheit mehrheiten mehrheitlich einstimmig ergebnis ergebnisse ausgang sitzung
    sitzungen ausschuss gremium fraktion fraktionen gruppe gruppen jemand niemand jemanden welche
    welcher welches wie viele mit ohne oder und bitte nennen nenne sagen zeigen zeige mir uns können
    könnten sie ist war waren wurde wurden worden einzelnen einzelne verzeichnet protokolliert
    protokoll niederschrift laut alles tag an diesem überhaupt eigentlich endete endeten geendet
    ging gingen ausgegangen kam kamen heraus raus herausgekommen rausgekommen gekommen lautete
    lautet heißt fiel fielen verlief verliefen tagesordnungspunkt tagesordnungspunkte
    tagesordnungspunkten
    punkt punkte punkten beschluss beschlüsse beschlüssen gefasst fasste fassten möchte wüsste gern
    gerne wissen
    übersicht gewesen verhalten beschlossen entschieden
    """.split()  # noqa: SIM905
)


@dataclass(frozen=True, slots=True)
class VotesRequest:
    """The votes that are asked for.

    Attributes:
        day: of the sitting; None for every sitting on record.
        sides: what has to have been cast; empty where every vote is asked for.
        fraktionen: normalised names whose vote is asked for.
        words: what the items have to be about, as typed; empty for all of a sitting.
        top: the number of the only item that is meant, as printed ("2.1"); "" for all.
    """

    day: date | None
    body: BodyNamed
    sides: tuple[Stimmabgabe, ...]
    fraktionen: tuple[str, ...]
    words: tuple[str, ...]
    top: str = ""

    @property
    def topic(self) -> str:
        """What the items have to be about, as typed."""
        return " ".join(self.words)

    @property
    def names_no_vote(self) -> bool:
        """Whether neither a day nor a matter says which of all votes is meant."""
        return self.day is None and not self.words


def read_votes_request(
    question: Question, bodies: Callable[[], Iterable[str]]
) -> VotesRequest | None:
    """The votes that a question asks for; None for every other question.

    It names the day of a sitting, or a Gremium and what "die Abstimmung" was about.
    """
    text = " ".join(question.text.split())
    if question.numbers or question.kind is not QuestionKind.OFFEN or len(text.split()) > LONGEST:
        return None
    of_item = _TOP.search(text) and _DECIDED.search(text)
    if not (_VOTED.search(text) or of_item) or _OTHER.search(text):
        return None
    item = _TOP.search(question.text)
    dates = [
        e
        for e in question.expressions
        if e.kind is not Kind.YEAR
        and not (item and item.start() <= e.span.start and e.span.end <= item.end())
    ]
    days = [e for e in dates if e.kind is Kind.DATE and not e.value.startswith("--")]
    if len(dates) > 1 or len(days) != len(dates):
        return None
    reader = WordsLeft(question.text)
    if days:
        span = days[0].span
        if _AROUND_DAY.search(question.text[: span.start]):
            return None
        reader.blank(span.start, span.end)
    elif not (_ABSTIMMUNG.search(text) or _WHO_VOTED.search(text)):
        return None
    if item and days:
        reader.blank(*item.span())
    body = take_body(reader, bodies())
    fraktionen = take_fraktionen(reader)
    words = topic_left(reader, _FRAME)
    named = body.name is not None or bool(body.unknown)
    if len(words) > LONGEST_TOPIC or (not days and not _is_whole(text, words, named=named)):
        return None
    return VotesRequest(
        day=date.fromisoformat(days[0].value) if days else None,
        body=body,
        sides=tuple(side for side, pattern in _SIDES if pattern.search(text)),
        fraktionen=fraktionen,
        words=words,
        top=item["top"] if item and days else "",
    )


def _is_whole(text: str, words: Sequence[str], *, named: bool) -> bool:
    """Whether a question without a day is one for votes: a Gremium's on a matter, or nobody's.

    "Wer hat dagegen gestimmt?" names none; which vote is meant has to be asked back.
    """
    return named and bool(_ABSTIMMUNG.search(text)) if words else bool(_WHO_VOTED.search(text))
