"""Questions for what a sitting dealt with: "Was wurde zuletzt im Kulturausschuss beraten?"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from assistant.sittings.which import SittingMeant, take_sitting
from assistant.understanding.question import Question, QuestionKind
from assistant.understanding.words import WordsLeft

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


@dataclass(frozen=True, slots=True)
class AgendaRequest:
    """The sitting whose items are asked for.

    `label` is the kind of paper that the items have to be about: "" for all items, `ANY_PAPER`
    for those with any paper, else as in "antrag". `invited` where the invitation is asked for.
    """

    sitting: SittingMeant
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
    sitting = take_sitting(reader, question, bodies)
    if sitting is None or not sitting.is_named:
        return None
    papers = reader.take(_PAPERS)
    if any(word.lower() not in _FILLERS for word in _WORD.findall(reader.left)):
        return None
    return AgendaRequest(sitting, _label(papers), _INVITATION.search(text) is not None)


def _label(papers: re.Match[str] | None) -> str:
    if papers is None:
        return ""
    return _ARTEN[papers["art"][:4].lower()] if papers["art"] else ANY_PAPER


def understood_of(request: AgendaRequest) -> list[str]:
    """What was understood, in German."""
    found = request.sitting.words
    plural = {"antrag": "Anträgen", "vorlage": "Vorlagen", "anfrage": "Anfragen"}
    if request.label:
        about = plural.get(request.label, "Resolutionen")
        found.append(f"Punkte zu {'Drucksachen' if request.label == ANY_PAPER else about}")
    return found
