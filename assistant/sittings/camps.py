"""Who voted how, as one record states it: names, counts, or that it does not say.

Sides are those of the motion that was put to the vote: what is rejected "gegen die Stimmen der SPD"
was rejected against their Yes, and what is rejected unanimously had no Yes at all.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.understanding.words import fraktion_name
from index.types import Abstimmung, Ergebnis, Outcome, Stimmabgabe

SIDE_WORDS = {
    Stimmabgabe.NEIN: "Gegenstimmen",
    Stimmabgabe.ENTHALTUNG: "Enthaltungen",
    Stimmabgabe.JA: "Ja-Stimmen",
}
_WHO = r"(?:de[rs]|von)\s+(?P<who>(?:(?!\bbei\b|\bund\s+bei\b|\bgegen\b)[^,;.:()\n])+)"
_WORDED = {
    Stimmabgabe.NEIN: re.compile(rf"\bgegen\s+(?:die|eine)\s+stimmen?\s+{_WHO}", re.IGNORECASE),
    Stimmabgabe.ENTHALTUNG: re.compile(rf"\b(?:stimm)?enthaltung(?:en)?\s+{_WHO}", re.IGNORECASE),
    Stimmabgabe.JA: re.compile(rf"\bmit\s+(?:den\s+)?stimmen\s+{_WHO}", re.IGNORECASE),
}
_OPPOSED = re.compile(r"\bgegen-?stimmen?\b|\bgegen\s+\d+\s+stimm", re.IGNORECASE)
_ABSTAINED = re.compile(r"enthaltung", re.IGNORECASE)
_DENIED = re.compile(
    r"\b(?:ohne|keine[rn]?|null|0)\s+(?:gegenstimmen?|(?:stimm)?enthaltung\w*)(?:\s+(?:und|oder)\s+"
    r"(?:gegenstimmen?|(?:stimm)?enthaltung\w*))?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Camp:
    """One side of one vote.

    Attributes:
        who: the names as the record states them.
        count: as recorded, or None.
        cast: whether such votes are on record; None where the record leaves it open.
        everybody: whether all votes were cast so, by the word "einstimmig".
    """

    side: Stimmabgabe
    who: tuple[str, ...]
    count: int | None
    cast: bool | None
    everybody: bool = False

    @property
    def words(self) -> str:
        """The side for a table: "6 (CDU, Freie Wähler)", "1 (ohne Angabe, wer)", "keine"."""
        if self.cast is None:
            return "nicht verzeichnet"
        if not self.cast:
            return "keine"
        if self.everybody and not self.who and self.count is None:
            return "alle abgegebenen (einstimmig)"
        who = ", ".join(self.who) or "ohne Angabe, wer"
        return f"{self.count} ({who})" if self.count is not None else who


def camp_of(ergebnis: Ergebnis, side: Stimmabgabe) -> Camp:
    """What a record states of one side."""
    vote = ergebnis.abstimmung
    if vote is None:
        return Camp(side, (), None, None)
    counts = {
        Stimmabgabe.JA: vote.ja,
        Stimmabgabe.NEIN: vote.nein,
        Stimmabgabe.ENTHALTUNG: vote.enthaltungen,
    }
    count, who = counts[side], _names(ergebnis, vote, side)
    carrying = Stimmabgabe.NEIN if ergebnis.outcome is Outcome.ABGELEHNT else Stimmabgabe.JA
    if count is not None:
        return Camp(side, who, count, count > 0 or bool(who))
    if who:
        return Camp(side, who, None, True)
    if side is carrying and vote.einstimmig is not None:
        return Camp(side, (), None, True, everybody=vote.einstimmig)
    line = " ".join(ergebnis.text.split())
    if side is Stimmabgabe.ENTHALTUNG:
        said = _ABSTAINED.search(_DENIED.sub(" ", line)) is not None
        denied = any("enthaltung" in found[0].lower() for found in _DENIED.finditer(line))
        return Camp(side, (), None, True if said else (False if denied else None))
    opposed = _OPPOSED.search(_DENIED.sub(" ", line)) is not None
    return Camp(side, (), None, True if opposed else (False if vote.einstimmig else None))


def _names(ergebnis: Ergebnis, vote: Abstimmung, side: Stimmabgabe) -> tuple[str, ...]:
    """Who stood on a side, by list or in words; of a rejection those "gegen" it had said Yes."""
    line = " ".join(ergebnis.text.split())
    rejected = ergebnis.outcome is Outcome.ABGELEHNT
    if rejected and _WORDED[Stimmabgabe.NEIN].search(line) and side is not Stimmabgabe.ENTHALTUNG:
        if side is Stimmabgabe.NEIN:
            return ()
        side = Stimmabgabe.NEIN
    listed = tuple(" ".join(one.wer.split()) for one in vote.stimmen if one.abgabe is side)
    worded = _WORDED[side].search(line)
    return listed or ((worded["who"].strip(),) if worded else ())


def sides_of(ergebnis: Ergebnis, fraktion: str) -> tuple[Stimmabgabe, ...]:
    """The sides on which a record names a Fraktion (normalised name)."""
    wanted = fraktion_name(fraktion).casefold()
    return tuple(
        side
        for side in Stimmabgabe
        if any(wanted in fraktion_name(who).casefold() for who in camp_of(ergebnis, side).who)
    )
