"""Whether a draft tells a vote as it is recorded."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.records.vorgang import Result
from assistant.review.wording import flat
from assistant.understanding.words import fraktion_name, fraktionen_in
from index.types import Abstimmung, Outcome, Stimmabgabe, Stimmen
from ingest.papers.told import VOTE
from ingest.papers.votes import read_votes

_SAYS = re.compile(
    r"\bgegen die stimmen?\b|\bstimmten? dagegen\b|\bdagegen gestimmt\b|\benthielt\w* sich\b"
    r"|\bsich enthalten\b|\bmit den stimmen\b|\b\d+\s*(?:zu|:)\s*\d+\b.{0,12}\bstimmen\b",
    re.IGNORECASE,
)
_WHO_NO = re.compile(
    r"\b(?:gegen (?:die|den|das)(?: stimmen?)?(?: der| des| von)?|dagegen stimmten?)\s+"
    r"(?P<who>.{2,120}?)"
    r"(?=\bbei\b|\bund bei\b|\bbeschlossen|\babgelehnt|\bangenommen|\bzu\b"
    r"|\bzugestimmt|[.;:,]?\Z|[;:])",
    re.IGNORECASE,
)
_ABSTAINED = re.compile(
    r"\b(?:Enthaltung(?:en)?|enthielt(?:en)? sich)\s+(?:der|des|von|die|das)?\s*(?P<who>.{2,120}?)"
    r"(?=\bbeschlossen|\babgelehnt|\bangenommen|\bzugestimmt"
    r"|\bund gegen\b|\bgegen\b|[.;:,]?\Z|[;:])",
    re.IGNORECASE,
)
_VOTED_NO = re.compile(
    r"\b(?:die|das|der)\s+(?P<who>[^.;,]{2,80}?)\s+(?:stimmten?\s+(?:dagegen|gegen)|haben?\s+dagegen)",
    re.IGNORECASE,
)
_IN_GENITIVE = re.compile(r"(?<=bündnis)ses\b", re.IGNORECASE)


def asserts_vote(clause: str) -> bool:
    """Whether a clause says how a vote went."""
    return VOTE.search(clause) is not None or _SAYS.search(clause) is not None


def read_claimed(clause: str, asserted: Outcome | None) -> Abstimmung | None:
    """The vote that a clause tells, with the Fraktionen it names."""
    carried = asserted is not Outcome.ABGELEHNT
    read = read_votes(clause, carried=carried) or Abstimmung()
    einstimmig = read.einstimmig
    named: dict[tuple[str, Stimmabgabe], Stimmen] = {}
    no = Stimmabgabe.NEIN if carried else Stimmabgabe.JA
    for pattern, camp in ((_WHO_NO, no), (_VOTED_NO, no), (_ABSTAINED, Stimmabgabe.ENTHALTUNG)):
        for match in pattern.finditer(clause):
            for who in fraktionen_in(match["who"]):
                named.setdefault((who, camp), Stimmen(who, camp))
    for one in read.stimmen:
        who = fraktion_name(one.wer)
        if not any(known == who for known, _ in named):
            named[who, one.abgabe] = Stimmen(who, one.abgabe, one.zahl)
    found = Abstimmung(read.ja, read.nein, read.enthaltungen, einstimmig, tuple(named.values()))
    return None if found == Abstimmung() else found


def vote_problem(claimed: Abstimmung, recorded: Sequence[Result]) -> tuple[Result, str] | None:
    """The record that a told vote contradicts, and how; None where one of them bears it out."""
    problems = [(result, _against(claimed, result)) for result in recorded]
    if not problems or any(problem == "" for _, problem in problems):
        return None
    result, problem = problems[0]
    return result, problem


def records_vote(result: Result) -> bool:
    """Whether a record says anything about how was voted."""
    return result.ergebnis.abstimmung is not None or asserts_vote(result.ergebnis.text)


def _against(claimed: Abstimmung, result: Result) -> str:
    """What of a told vote the record says otherwise, in German; "" nothing."""
    held = result.ergebnis.abstimmung or Abstimmung()
    text = flat(result.ergebnis.text)
    opposed = held.einstimmig is False or bool(held.nein and held.ja)
    if claimed.einstimmig is True and opposed:
        return "nicht einstimmig"
    if claimed.einstimmig is False and held.einstimmig is True:
        return "einstimmig"
    if held.einstimmig is True and claimed.nein:
        return "einstimmig"
    if held.einstimmig is True and claimed.enthaltungen and "nthalt" not in text:
        return "ohne Enthaltung"
    for mine, own, name in (
        (claimed.ja, held.ja, "Ja"),
        (claimed.nein, held.nein, "Nein"),
        (claimed.enthaltungen, held.enthaltungen, "Enthaltung"),
    ):
        if mine is not None and own is not None and mine != own:
            return f"{name}: {own}"
    for one in claimed.stimmen:
        problem = _one_against(one, held, text)
        if problem:
            return problem
    return ""


def _one_against(one: Stimmen, held: Abstimmung, text: str) -> str:
    own = {fraktion_name(other.wer): other.abgabe for other in held.stimmen}
    who = fraktion_name(one.wer)
    if who in own:
        return "" if own[who] is one.abgabe else f"{who}: {_CAMP[own[who]]}"
    if who in fraktionen_in(_IN_GENITIVE.sub("", text)):
        return ""
    unanimous_against = held.einstimmig is True and one.abgabe is not Stimmabgabe.ENTHALTUNG
    if held.stimmen or unanimous_against or fraktionen_in(text):
        return f"{who} ist nicht mit {_CAMP[one.abgabe]} verzeichnet"
    return ""


_CAMP = {
    Stimmabgabe.JA: "Ja",
    Stimmabgabe.NEIN: "Nein",
    Stimmabgabe.ENTHALTUNG: "Enthaltung",
}
