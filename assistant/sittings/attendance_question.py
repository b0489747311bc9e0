"""Questions for who was at a sitting, and who led it or the Gremium."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum

from assistant.sittings.which import SittingMeant, take_sitting
from assistant.understanding.question import Question, QuestionKind
from assistant.understanding.words import WordsLeft, take_fraktionen

_START = re.compile(r"\A\W*(?:und\s+)?(?:wer|wen|wie\s+hei(?:ß|ss)t|welche\s+mitglieder)\b", re.I)
_CHAIR = re.compile(
    r"\b(?P<deputy>stellvertretende[rn]?\s+)?"
    r"(?:Vorsitzende[rn]?|Vorsitz|Sitzungsleitung|Ausschussvorsitzende[rn]?|Ausschussvorsitz|"
    r"leitete|geleitet|leitet)\b",
    re.IGNORECASE,
)
_MISSING = re.compile(
    r"\b(?:fehlten?|gefehlt|abwesend|entschuldigt(?:\s+gefehlt)?|nicht\s+(?:anwesend|da|dabei))\b",
    re.IGNORECASE,
)
_PRESENT = re.compile(
    r"\b(?:anwesend|nahm(?:en)?|teilgenommen|zugegen|dabei|anwesende[n]?)\b", re.IGNORECASE
)
_MEMBERS = re.compile(
    r"\b(?:mitglied(?:er)?|sitzt|sitzen|gehört|gehören|vertreten)\b", re.IGNORECASE
)
_FILLERS = frozenset(
    """
    wer wen wie heißt heisst welche welcher war waren ist sind hat haben hatte hatten als der die
    das dem den des in im am vom von bei beim zu zur zum an für und auf alles alle denn dort dann
    sitzung sitzungen tagung ausschuss gremium fraktion gruppe laut niederschrift protokoll
    teil teilgenommen an führt führte geführt inne derzeit aktuell heute jetzt gerade genau
    überhaupt bitte mitglied mitglieder ein eine öffentlichen
    """.split()  # noqa: SIM905
)
_WORD = re.compile(r"\w[\w/-]*")


class Attending(Enum):
    """What is asked of those present."""

    CHAIR = "Vorsitz"
    DEPUTY_CHAIR = "stellvertretender Vorsitz"
    PRESENT = "Anwesende"
    MISSING = "als fehlend Verzeichnete"
    MEMBERS = "Mitglieder"


@dataclass(frozen=True, slots=True)
class AttendanceRequest:
    """Who is asked for, of which sitting; `fraktionen` are normalised names, () for all."""

    sitting: SittingMeant
    asked: Attending
    fraktionen: tuple[str, ...] = ()


def read_attendance_request(
    question: Question, bodies: Callable[[], Iterable[str]]
) -> AttendanceRequest | None:
    """Whom a question asks for; None where it asks for something else, or for more.

    Present or missing is somebody at one sitting; a chair and members are a Gremium's.
    """
    text = question.text
    if question.numbers or question.kind is not QuestionKind.OFFEN or not _START.search(text):
        return None
    reader = WordsLeft(text)
    sitting = take_sitting(reader, question, bodies)
    if sitting is None:
        return None
    asked = _take_asked(reader)
    fraktionen = take_fraktionen(reader)
    if asked is None or any(w.lower() not in _FILLERS for w in _WORD.findall(reader.left)):
        return None
    if asked in (Attending.PRESENT, Attending.MISSING) and not sitting.is_named:
        return None
    named = sitting.is_named or sitting.body.name or sitting.body.unknown
    return AttendanceRequest(sitting, asked, fraktionen) if named else None


def _take_asked(reader: WordsLeft) -> Attending | None:
    if chair := reader.take(_CHAIR):
        return Attending.DEPUTY_CHAIR if chair["deputy"] else Attending.CHAIR
    for pattern, asked in (
        (_MISSING, Attending.MISSING),
        (_PRESENT, Attending.PRESENT),
        (_MEMBERS, Attending.MEMBERS),
    ):
        if reader.take(pattern):
            return asked
    return None


def understood_of(request: AttendanceRequest) -> list[str]:
    """What was understood, in German."""
    return [request.asked.value, *request.fraktionen, *request.sitting.words]
