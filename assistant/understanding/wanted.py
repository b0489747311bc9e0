"""What kind of expression an answer to an open question has to hold. Rules only."""

from __future__ import annotations

import re
from enum import StrEnum


class Wanted(StrEnum):
    """What kind of expression an answer to an open question must hold; the value: that it lacks."""

    MONEY = "keinen Betrag"
    PERCENT = "keinen Anteil"
    NUMBER = "keine Zahl"
    DATE = "kein Datum"
    VOTE = "kein Stimmverhalten"
    NORM = "keinen Paragraphen"
    ANY = ""


VOTES = re.compile(
    r"\babgestimmt\b|"
    r"\bmit welcher mehrheit\b|\bzur mehrheit\b|\bmehrheit(?:en)? (?:gab|fand|kam)\b|"
    r"\bwer (?:ist|war|waren) (?:gegen|für)\b(?!.*\b(?:zuständig|verantwortlich))|"
    r"\bwer (?:ist|war|waren) .{0,40}\bda(?:gegen|für)\b|"
    r"\bwer (?:war|waren) .{0,60}\bgegen (?:den|die|das|eine[nm]?)\b|"
    r"\b(?:warum|wieso|weshalb) (?:war|waren|ist|sind) .{1,40} (?:gegen|für)\b|"
    r"\b(?:(?:da)?gegen|dafür|für)\b.{0,40}\b(?:ge)?stimm|\bstimmt?en?\b.{0,60}\b(?:dagegen|"
    r"dafür|gegen|für|zu)\b"
    r"|\bwer (?:hat |haben )?(?:sich )?.{0,40}\benth(?:ie|a)lt|abstimmungs|stimmverh|stimmenverh|"
    r"\bwie viele (?:ja|nein|gegen)?-?stimmen\b|\bmit wie vielen stimmen\b|\bgegenstimmen\b|"
    r"\benthaltung(?:en)?\b|\b(?:hat|haben) sich .{0,80}\benthalten\b|\benthielt(?:en)? sich\b|"
    r"\bstimmverhalten\b|\bwie hat .{0,140}\b(?:ab)?gestimmt\b|"
    r"\bwie haben .{0,140}\b(?:ab)?gestimmt\b|"
    r"\bwer (?:hat|haben) .{0,60}\b(?:dagegen|dafür|zu)gestimmt\b|"
    r"\bwelche fraktion(?:en)? .{0,40}\bstimm",
    re.IGNORECASE,
)
"""A question for votes, whatever else it asks."""
_MONEY = re.compile(
    r"\b(?:(?:ge)?kost(?:et|en|ete|eten)\b|kosten\w*|wie teuer|betrag\w*|beträge|summe|ausgab\w+|"
    r"aufwand|aufwendung\w*|aufwändung\w*|"
    r"förder(?:summe|betrag|höhe|mittel)\w*|haushaltsansatz|ansatz|einnahm\w+|ertrag|erträge|"
    r"preis|euro|etat|budget|zuschuss(?:es)?|"
    r"honorar\w*|umlage(?:betrag)?|(?:haushalts|finanz)?mittel|entgelt\w*|gebühr\w*|volumen|"
    r"finanz\w+)\b",
    re.IGNORECASE,
)


def wanted_kinds(text: str) -> tuple[Wanted, ...]:
    """What the question asks for, of the whole and of each part joined by "und"."""
    parts = [*re.split(r",|\bund\b", text), text]
    return tuple(dict.fromkeys(w for w in map(_wanted, parts) if w is not Wanted.ANY))


def _wanted(text: str) -> Wanted:
    lowered = text.lower()
    if VOTES.search(text):
        return Wanted.VOTE
    if re.search(r"\b(?:wie viel prozent|prozentsatz|wieviel prozent|anteil|quote)\b", lowered):
        return Wanted.PERCENT
    if re.search(
        r"\b(?:wie hoch|wie viel|wieviel|welche[rsnm]?|was|wie teuer|"
        r"mit welche\w+|in welcher höhe)\b",
        lowered,
    ) and (_MONEY.search(lowered) and not re.search(r"\bwie viele\b", lowered)):
        asks_amount = re.search(
            r"\b(?:wie hoch|wie viel\b|wieviel|wie teuer|was kostet|was (?:hat|"
            r"haben) .{0,90}gekostet|was (?:soll|sollen|wird|werden|würde|würden|dürfte|dürften) "
            r".{0,90}\bkosten\b(?=\s*(?:[?(,.]|\Z))|in welcher höhe|"
            r"welche[rsnm]? (?:betrag|beträge|summe|kosten|höhe|preis|budget|ausgaben|"
            r"aufwendungen|ansatz|mittel))",
            lowered,
        )
        return Wanted.MONEY if asks_amount else Wanted.ANY
    if re.search(r"\bwie (?:teuer|viel geld|viel euro)\b|\bwas kostet", lowered):
        return Wanted.MONEY
    if re.search(
        r"\bwie ?viele?\b|\banzahl\b|\bwie hoch\b|\bwie oft\b|\bwie lange\b|\bwie groß\b", lowered
    ):
        return Wanted.NUMBER
    if re.search(
        r"\bwann\b|\ban welchem (?:tag|datum)\b|\bin welchem (?:jahr|monat)\b|\bbis wann\b", lowered
    ):
        return Wanted.DATE
    if re.search(
        r"\b(?:welche[rmns]? (?:paragraph|§)|in welchem paragraph|"
        r"nach welche[rm] (?:paragraph|§|rechtsgrundlage))",
        lowered,
    ):
        return Wanted.NORM
    return Wanted.ANY
