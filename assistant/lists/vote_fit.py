"""Whether a recorded vote went as a list asks for it: yes, no, or not on record.

Only what the record says counts. A bare count of Yes and No without a word on abstentions does not
say that there were none; "mehrheitlich" does not say who was against.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from assistant.lists.vote_question import Camp, Side, VoteFilter
from assistant.records.vorgang import Result, is_recommendation
from assistant.understanding.words import fraktion_name
from index.types import Abstimmung, Ergebnis, Outcome, Stimmabgabe

_JA, _NEIN, _ENTHALTUNG = Stimmabgabe.JA, Stimmabgabe.NEIN, Stimmabgabe.ENTHALTUNG
_ABSTAINING = re.compile(
    r"\b(?:bei|mit|unter)\s+(?!(?:0|null|keiner?|ohne)\b)(?:\w+\s+)?(?:stimm)?enthaltung",
    re.IGNORECASE,
)
_LEADS = {
    _NEIN: r"\b(?:gegen die stimmen?|gegenstimmen?)\b",
    _JA: r"\b(?:mit|durch|bei) (?:den |der )?(?:stimmen|zustimmung)\b",
    _ENTHALTUNG: r"\b(?:stimm)?enthaltung(?:en)?\b",
}
_LIST = r"(?:(?!\b(?:bei|gegen|mit|ohne|sowie bei)\b)[^.;:()]){0,120}?"
_TURNED = {_NEIN: _JA, _JA: _NEIN, _ENTHALTUNG: _ENTHALTUNG}
_OPPOSED_WORD = re.compile(r"\bgegen-?\s?stimm|\bgegen \d+ stimm", re.IGNORECASE)


def vote_result(recorded: Sequence[Result]) -> Result | None:
    """The result whose vote counts: the decisive one, or the note that records it more fully.

    The note on a paper is taken only where the decisive record is silent about the vote and both
    state the same outcome.
    """
    deciding = [result for result in recorded if not is_recommendation(result)]
    if not deciding:
        return None
    first = deciding[0]
    if first.ergebnis.abstimmung is None:
        for other in deciding[1:]:
            same = other.ergebnis.outcome is first.ergebnis.outcome
            if same and other.ergebnis.abstimmung and not other.from_minutes:
                return other
    return first


def fits_vote(ergebnis: Ergebnis, wanted: VoteFilter) -> bool | None:
    """Whether the vote fits every part of the filter; None where the record leaves it open."""
    answers = list(_answers(ergebnis, wanted))
    if False in answers:
        return False
    return None if None in answers else True


def _answers(ergebnis: Ergebnis, wanted: VoteFilter) -> Iterable[bool | None]:
    vote = ergebnis.abstimmung
    asked = (
        (wanted.unanimous, unanimous),
        (wanted.opposed, opposed),
        (wanted.abstained, abstained),
    )
    for value, judge in asked:
        if value is not None:
            said = judge(ergebnis) if vote else None
            yield None if said is None else said is value
    for camp in wanted.camps:
        yield _stood(ergebnis, camp) if vote else None


def unanimous(ergebnis: Ergebnis) -> bool | None:
    """Whether the record calls the vote unanimous or counts it so; None where it does neither."""
    vote = ergebnis.abstimmung
    if vote is None:
        return None
    if vote.einstimmig is not None:
        return vote.einstimmig
    if _minority(ergebnis, vote):
        return False
    counted = vote.ja is not None and vote.nein is not None and vote.enthaltungen == 0
    return True if counted and 0 in {vote.ja, vote.nein} else None


def opposed(ergebnis: Ergebnis) -> bool | None:
    """Whether votes against what was decided are on record."""
    vote = ergebnis.abstimmung
    if vote is None:
        return None
    minority = _minority(ergebnis, vote)
    return False if minority is None and vote.einstimmig else minority


def abstained(ergebnis: Ergebnis) -> bool | None:
    """Whether abstentions are on record."""
    vote = ergebnis.abstimmung
    if vote is None:
        return None
    if vote.enthaltungen or any(one.abgabe is _ENTHALTUNG for one in vote.stimmen):
        return True
    if vote.enthaltungen is None and _ABSTAINING.search(" ".join(ergebnis.text.split())):
        return True
    return None if vote.enthaltungen is None else False


def _minority(ergebnis: Ergebnis, vote: Abstimmung) -> bool | None:
    """Whether somebody voted against the decision; of a rejection those who voted for it."""
    rejected = ergebnis.outcome is Outcome.ABGELEHNT
    worded = _OPPOSED_WORD.search(ergebnis.text) is not None
    count = vote.ja if rejected and (vote.ja is not None or not worded) else vote.nein
    losing = _JA if rejected else _NEIN
    if count or any(losing in sides for sides in _sides(ergebnis, vote).values()):
        return True
    return None if count is None else False


def _sides(ergebnis: Ergebnis, vote: Abstimmung) -> dict[str, set[Stimmabgabe]]:
    """On which sides each Fraktion voted.

    "Abgelehnt gegen die Stimmen der SPD" was rejected against their Yes: the record is read as
    No, for it stands behind "gegen", and is turned here; so is "mit den Stimmen der CDU abgelehnt".
    """
    found: dict[str, set[Stimmabgabe]] = {}
    words = _in_a_row(ergebnis)
    rejected = ergebnis.outcome is Outcome.ABGELEHNT
    for one in vote.stimmen:
        side = one.abgabe
        who = re.escape(" ".join(one.wer.split()))
        if rejected and side is not _ENTHALTUNG and _told(side, who, words):
            side = _TURNED[side]
        found.setdefault(fraktion_name(one.wer).casefold(), set()).add(side)
    return found


def _in_a_row(ergebnis: Ergebnis) -> str:
    return " ".join(ergebnis.text.split())


def _told(side: Stimmabgabe, who: str, words: str) -> bool:
    """Whether a record tells in words, not by a count, that somebody voted so.

    Args:
        side: as the words say it.
        who: a pattern.
        words: the record in one line.
    """
    lead = rf"{_LEADS[side]}{_LIST}"
    if side is _NEIN:
        lead = rf"(?:{lead}|\bgegen (?:das|die|den) (?:fraktion )?)"
    return re.search(lead + who, words, re.IGNORECASE) is not None


def _worded(ergebnis: Ergebnis, fraktion: str) -> set[Stimmabgabe]:
    """The sides that a record ascribes in words to somebody whom its reader did not know."""
    rejected = ergebnis.outcome is Outcome.ABGELEHNT
    who, words = _spelt(fraktion).pattern, _in_a_row(ergebnis)
    told = [side for side in _LEADS if _told(side, who, words)]
    return {_TURNED[side] if rejected else side for side in told}


def _spelt(fraktion: str) -> re.Pattern[str]:
    """A name in its cases: "des Bürgerbündnisses Süderland"."""
    words = (re.escape(word) + r"(?:ses|es|s|n)?" for word in fraktion.split())
    return re.compile(r"(?<!\w)" + r"\s+".join(words) + r"(?!\w)", re.IGNORECASE)


def _stood(ergebnis: Ergebnis, camp: Camp) -> bool | None:
    answers = [_one_stood(ergebnis, camp.side, name) for name in camp.fraktionen]
    decisive = not camp.together
    if decisive in answers:
        return decisive
    return None if None in answers else not decisive


def _one_stood(ergebnis: Ergebnis, side: Side, fraktion: str) -> bool | None:
    """Whether one Fraktion stood on a side; who is not among those named there did not."""
    vote = ergebnis.abstimmung
    assert vote is not None
    rejected = ergebnis.outcome is Outcome.ABGELEHNT
    wanted = {
        Side.OVERRULED: _JA if rejected else _NEIN,
        Side.CARRYING: _NEIN if rejected else _JA,
        Side.ABSTAINED: _ENTHALTUNG,
        Side.NO: _NEIN,
        Side.YES: _JA,
    }[side]
    sides = _sides(ergebnis, vote)
    own = sides.get(fraktion.casefold()) or _worded(ergebnis, fraktion)
    if own:
        return wanted in own
    if _spelt(fraktion).search(_in_a_row(ergebnis)):
        return None  # named, but not how it voted
    if any(wanted in named for named in sides.values()):
        return False
    count = {_JA: vote.ja, _NEIN: vote.nein, _ENTHALTUNG: vote.enthaltungen}[wanted]
    losing = wanted is (_JA if rejected else _NEIN)
    if count == 0 or (losing and vote.einstimmig):
        return False
    return None


def vote_cell(ergebnis: Ergebnis) -> str:
    """How the vote went, for a table: "nicht einstimmig; Ja 8, Nein 3, Enthaltungen 1"."""
    vote = ergebnis.abstimmung
    if vote is None:
        return ""
    said = unanimous(ergebnis)
    counts = (("Ja", vote.ja), ("Nein", vote.nein), ("Enthaltungen", vote.enthaltungen))
    parts = [] if said is None else ["einstimmig" if said else "nicht einstimmig"]
    figures = ", ".join(f"{name} {count}" for name, count in counts if count is not None)
    named = (
        (name, [one.wer for one in vote.stimmen if one.abgabe is side])
        for name, side in (("Ja", _JA), ("Nein", _NEIN), ("Enthaltung", _ENTHALTUNG))
    )
    camps = [f"{name}: {', '.join(who)}" for name, who in named if who]
    return "; ".join([*parts, *filter(None, [figures]), *camps])
