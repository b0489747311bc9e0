"""How a vote went, as a question for a list asks it: unanimously, against whose votes.

Only wordings that leave no doubt are taken. "Mit knapper Mehrheit", "bei drei Gegenstimmen" or
"einstimmig oder mehrheitlich" stay in the words left over, and so are said not to be understood.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from assistant.understanding.words import PARTY, WordsLeft, fraktionen_in


class Side(Enum):
    """On which side somebody has to have stood; the value is how it is said.

    A motion that is rejected against the votes of somebody had their Yes: `OVERRULED` and
    `CARRYING` are told from the outcome, the others from the vote alone.
    """

    OVERRULED = "gegen die Stimmen von"
    CARRYING = "mit den Stimmen von"
    ABSTAINED = "bei Enthaltung von"
    NO = "Nein von"
    YES = "Ja von"


@dataclass(frozen=True, slots=True)
class Camp:
    """Fraktionen that have to stand on one side; one of them is enough unless `together`."""

    side: Side
    fraktionen: tuple[str, ...]
    together: bool = True


@dataclass(frozen=True, slots=True)
class VoteFilter:
    """What has to be on record about a vote; None and () ask for nothing.

    Attributes:
        unanimous: whether the vote was, or was not.
        opposed: whether there were votes against what was decided.
        abstained: whether there were abstentions.
    """

    unanimous: bool | None = None
    opposed: bool | None = None
    abstained: bool | None = None
    camps: tuple[Camp, ...] = ()

    def __bool__(self) -> bool:
        return self != NO_VOTES


NO_VOTES = VoteFilter()


_NAMES = (
    rf"(?P<who>(?:(?:der|die|das|den|dem|des|von|vom)\s+)*(?:(?:Fraktion(?:en)?|Gruppe)\s+(?:der\s+|von\s+)?)?"
    rf"{PARTY}(?:-(?:Fraktion|Gruppe))?(?!\w)"
    rf"(?:(?:\s*,\s*|\s+(?:und|oder|sowie)\s+)(?:(?:der|die|das|den|dem|des|von|vom)\s+)*"
    rf"(?:(?:Fraktion|Gruppe)\s+(?:der\s+)?)?{PARTY}(?:-(?:Fraktion|Gruppe))?(?!\w))*)"
    rf"(?:\s*-?\s*(?:Fraktion(?:en)?|Gruppe)\b)?"
)
_NO_NOT = r"(?<!nicht )(?<!nur )\b"
_ABSTENTION = r"(?:Stimm)?enthaltung(?:en)?"
_CAMPS: tuple[tuple[Side, str], ...] = (
    (Side.OVERRULED, rf"{_NO_NOT}gegen\s+(?:die\s+)?Stimmen?\s+{_NAMES}"),
    (Side.OVERRULED, rf"{_NO_NOT}gegen\s+(?=(?:die|den|das)\b){_NAMES}"),
    (Side.CARRYING, rf"{_NO_NOT}mit\s+(?:den\s+Stimmen|(?:der\s+)?Zustimmung)\s+{_NAMES}"),
    (Side.ABSTAINED, rf"{_NO_NOT}(?:bei|mit|unter)\s+(?:der\s+)?{_ABSTENTION}\s+{_NAMES}"),
)
_ACTIVE: tuple[tuple[Side, str], ...] = (
    (Side.NO, r"dagegen\s+(?:ge)?stimmt\w*|nein\s+gesagt|abgelehnt"),
    (Side.ABSTAINED, r"(?:sich\s+)?(?:der\s+Stimme\s+)?enthalten"),
    (Side.YES, r"dafür\s+(?:ge)?stimmt\w*|zugestimmt"),
)
_HAS = r"\b(?:hat|haben)\s+(?:sich\s+)?"
_REJECTED_BY = re.compile(rf"\blehnten?\s+{_NAMES}\s+ab\b", re.IGNORECASE)
_DECIDED_BY = re.compile(
    rf"\b(?:hat|haben|beschloss(?:en)?|verabschiedeten?|vertagten?|nahm(?:en)?|lehnten?)\s+{_NAMES}"
    r"(?!.*\b(?:gestellt|eingebracht|eingereicht|beantragt|vorgelegt|zurückgezogen)\b)",
    re.IGNORECASE,
)
_AGAINST_WHICH = re.compile(
    rf"(?:\A\W*(?P<lead>gegen|für)\s+(?=welche)).*?"
    rf"(?P<verb>\b(?:hat|haben)\s+{_NAMES}\s+gestimmt|\bstimmten?\s+"
    rf"{_NAMES.replace('?P<who>', '?P<who2>')})",
    re.IGNORECASE,
)
_WORDS: tuple[tuple[str, bool, str], ...] = (
    ("unanimous", False, r"\bnicht\s+einstimmig\w*"),
    ("unanimous", True, r"(?<!nicht )\beinstimmig\w*"),
    (
        "unanimous",
        False,
        rf"{_NO_NOT}mehrheitlich\w*|{_NO_NOT}mit\s+(?:Stimmen)?mehrheit\b",
    ),
    (
        "opposed",
        False,
        r"\bohne\s+(?:eine\s+|jede\s+)?(?:Gegen|Nein-?)stimmen?\b"
        r"|\bkeine\s+(?:Gegen|Nein-?)stimmen?\b",
    ),
    (
        "opposed",
        True,
        rf"{_NO_NOT}(?:(?:mit|bei|unter|trotz)|(?:gab|gibt)\s+es)\s+(?:einzelnen?\s+|einigen?\s+)?"
        r"(?:Gegen|Nein-?)stimmen\b",
    ),
    (
        "abstained",
        False,
        rf"\bohne\s+(?:eine\s+|jede\s+)?{_ABSTENTION}\b|\bkeine\s+{_ABSTENTION}\b",
    ),
    (
        "abstained",
        True,
        rf"{_NO_NOT}(?:(?:mit|bei|unter)|(?:gab|gibt)\s+es)\s+(?:einzelnen?\s+|einigen?\s+)?"
        rf"(?:Stimm)?enthaltungen\b",
    ),
)
_JOINED = re.compile(
    r"(?P<p>(?:mit|bei|ohne)\s+)(?P<a>(?:Gegen|Nein-?)stimmen|(?:Stimm)?enthaltungen)\s+und\s+"
    r"(?P<b>(?:Gegen|Nein-?)stimmen|(?:Stimm)?enthaltungen)\b",
    re.IGNORECASE,
)
_SPEAKS = re.compile(
    r"\b(?:einstimm\w*|einmütig\w*|\w*mehrheit(?:lich\w*|en)?|gegenstimm\w*|(?:nein|ja)-?stimm\w*"
    r"|(?:stimm)?enthaltung\w*|sich\b.{0,60}\benthalten)\b"
    r"|\b(?:da)?gegen\s+(?:ge)?stimm|\bstimmen?\s+(?:der|von|des)\b|\bnicht\s+zugestimmt\b",
    re.IGNORECASE,
)
_OR = re.compile(r"\boder\b", re.IGNORECASE)


def speaks_of_votes(text: str) -> bool:
    """Whether a question has words about how a vote went, understood or not."""
    return _SPEAKS.search(text) is not None


def ascribes_decision(left: str) -> bool:
    """Whether a Fraktion is said to have decided, as only a body does: "hat die CDU vertagt"."""
    return _DECIDED_BY.search(left) is not None


def take_votes(reader: WordsLeft) -> VoteFilter:
    """Takes what is asked of the vote out of the words left.

    Nothing is taken where the parts contradict each other or are joined by "oder".
    """
    before = reader.left
    camps = _take_camps(reader)
    found: dict[str, bool] = {}
    joined = _JOINED.search(reader.left)
    if joined:
        for word in (joined["a"], joined["b"]):
            name = "abstained" if "enthaltung" in word.lower() else "opposed"
            found[name] = joined["p"].strip().lower() != "ohne"
        reader.blank(*joined.span())
    for name, value, pattern in _WORDS:
        compiled = re.compile(pattern, re.IGNORECASE)
        while reader.take(compiled):
            if found.setdefault(name, value) is not value:
                reader.left = before
                return VoteFilter()
    taken = len(found) + len(camps)
    if taken > 1 and _OR.search(reader.left):
        reader.left = before
        return VoteFilter()
    return VoteFilter(
        found.get("unanimous"), found.get("opposed"), found.get("abstained"), tuple(camps)
    )


def _take_camps(reader: WordsLeft) -> list[Camp]:
    camps: list[Camp] = []
    if lead := _AGAINST_WHICH.search(reader.left):
        side = Side.NO if lead["lead"].lower() == "gegen" else Side.YES
        camps.append(_camp(side, lead["who"] or lead["who2"]))
        reader.blank(*lead.span("verb"))
        reader.blank(*lead.span("lead"))
    for side, words in _ACTIVE:
        while match := reader.take(re.compile(rf"{_HAS}{_NAMES}\s+(?:{words})\b", re.I)):
            camps.append(_camp(side, match["who"]))
    while match := reader.take(_REJECTED_BY):
        camps.append(_camp(Side.NO, match["who"]))
    for side, pattern in _CAMPS:
        while match := reader.take(re.compile(pattern, re.IGNORECASE)):
            camps.append(_camp(side, match["who"]))
    return camps


def _camp(side: Side, who: str) -> Camp:
    return Camp(side, fraktionen_in(who), together=_OR.search(who) is None)


def vote_words(votes: VoteFilter) -> list[str]:
    """What was understood about the vote, in German, one filter each."""
    said: list[str] = []
    if votes.unanimous is not None:
        said.append("Abstimmung " + ("einstimmig" if votes.unanimous else "nicht einstimmig"))
    if votes.opposed is not None:
        said.append("Abstimmung " + ("mit" if votes.opposed else "ohne") + " Gegenstimmen")
    if votes.abstained is not None:
        said.append("Abstimmung " + ("mit" if votes.abstained else "ohne") + " Enthaltungen")
    for camp in votes.camps:
        names = (" und " if camp.together else " oder ").join(camp.fraktionen)
        said.append(f"Abstimmung {camp.side.value} {names}")
    return said
