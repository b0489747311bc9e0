"""Which of a drafter's questions a text is: rules only, the first that fits.

"Fasse die Beratungsfolge zu … als Sachverhalt zusammen", "Nenne Argumente dafür und dagegen",
"Formuliere die finanziellen Auswirkungen", "Welche Zielrichtungen berührt das?", and the orders
that need a draft to work on.
"""

from __future__ import annotations

import re
from enum import StrEnum

from assistant.understanding.question import QuestionKind


class Order(StrEnum):
    """An order that needs a draft or an answer to work on."""

    DRAFT = "entwerfen"
    REWRITE = "umschreiben"
    PLAIN = "einfache Sprache"
    REVIEW = "prüfen"


_START = (
    r"^\W*(?:(?:und|bitte|kannst\s+du|können\s+sie|könntest\s+du|könnten\s+sie|hallo|jetzt)\W+)*"
)
_MAKE = (
    r"(?:(?:entw[ie]rf|schreib|formulier|verfass|erstell|mach|bereit|fertig|skizzier|gestalt)"
    r"(?:e|en|st)?\b)"
)
_COURSE = (
    r"(?:beratungsfolge\w*|beratungsverlauf\w*|beratungsgang\w*|verfahrensgang\w*|werdegang\w*|"
    r"verfahrensverlauf\w*|chronologie|vorgeschichte|"
    r"(?:bisherige\w*\s+)?verlauf\s+der\s+beratung\w*|"
    r"bisherige\w*\s+(?:beratung\w*|verfahren\w*))"
)
_SACHVERHALT = (
    re.compile(
        rf"{_START}(?:mir\s+)?(?:fass\w*|stell\w*|beschreib\w*|gib\w*|{_MAKE})\b(?=.*\b{_COURSE})"
        r"(?=.*\b(?:zusammen\w*|sachverhalt\w*|chronologisch\w*|dar|wieder|auf)\b)",
        re.IGNORECASE,
    ),
    re.compile(
        rf"{_START}(?:fass\w*|stell\w*|{_MAKE}|gib\w*)\b.*\b(?:(?:als|den|einen)\s+|"
        rf"im\s+stil\s+eines\s+)"
        r"sachverhalt\w*",
        re.IGNORECASE,
    ),
    re.compile(
        rf"^\W*(?:bitte\s+)?(?:kannst|könntest|können|könnten)\b.*\b{_COURSE}\b.*"
        r"\b(?:zusammen(?:zu)?fassen|darstellen|beschreiben)\b",
        re.IGNORECASE,
    ),
    re.compile(
        rf"{_START}(?:sachverhalt|chronologie)\s+(?:zu[mr]?|für|von)\s+(?:\w+\s+){{0,3}}\d{{1,2}}/\d",
        re.IGNORECASE,
    ),
    re.compile(rf"\b{_COURSE}\b.*\bals\s+sachverhalt\b", re.IGNORECASE),
)
_BOTH = (
    r"(?:dafür\s+(?:und|oder|bzw\.?|sowie)\s+dagegen|dagegen\s+und\s+dafür|für\s+(?:und|"
    r"oder)\s+gegen|"
    r"(?:für|pro)\s+und\s+(?:wider|[ck]ontra)|pro[\s,/-]+[ck]ontra|beider?\s+seiten)"
)
_ARGUMENT = r"(?:\w*argument\w*|gründe|standpunkte?|positionen|einwände|meinungen|stimmen)"
_DEBATE = r"(?:beratung\w*|debatte\w*|diskussion\w*|aussprache\w*|niederschrift\w*|protokoll\w*)"
_ARGUMENTE = (
    re.compile(
        rf"{_START}(?:(?:nenn|zeig|list|samm?[el]|stell|such|welche|was|gib|gab)\w*\b.*|die\s+|alle\s+)?"
        rf"\b{_ARGUMENT}\b.*\b{_BOTH}\b",
        re.IGNORECASE,
    ),
    re.compile(rf"{_START}(?:das\s+)?(?:pro\s+und\s+[ck]ontra|für\s+und\s+wider)\b", re.IGNORECASE),
    re.compile(
        rf"{_START}(?:nenn|zeig|list|sammel|sammle|stell|such|was\s+(?:ist|war))\w*\b.*"
        r"\b(?:pro\s+und\s+[ck]ontra|für\s+und\s+wider)\b",
        re.IGNORECASE,
    ),
    re.compile(
        rf"{_START}(?:nenn|zeig|list|samm?[el]|stell|such|welche|was\s+für|"
        rf"gib)\w*\b.*\bargument\w*\b.*"
        rf"\b(?:aus|in|im|bei|laut)\s+(?:de[rnm]\s+|einer\s+)?{_DEBATE}",
        re.IGNORECASE,
    ),
    re.compile(
        rf"{_START}(?:welche|was\s+für|nenn\w*|zeig\w*)\s+(?:\w+\s+)?argumente?\s+"
        r"(?:(?:gab|gibt)\s+es\s+|(?:wurden|sind|werden)\s+|sprachen\s+|"
        r"sprechen\s+)?(?:\w+\s+){0,2}?"
        r"(?:für|gegen)\b",
        re.IGNORECASE,
    ),
    re.compile(
        rf"{_START}was\s+spr(?:ach|icht|achen)\s+(?:\w+\s+){{0,6}}(?:dafür|für)\b.*\b(?:dagegen|"
        rf"gegen)\b",
        re.IGNORECASE,
    ),
)
_ONE_SIDE = (
    re.compile(
        rf"{_START}(?:(?:welche|was\s+für|nenn\w*|zeig\w*)\s+(?:\w+\s+)?"
        r"(?:gegenargumente?|einwände|bedenken|vorbehalte)"
        r"|(?:gab|gibt)\s+es\s+(?:\w+\s+)?(?:gegenargumente?|einwände|bedenken|vorbehalte))\s+"
        r"(?:(?:gab|gibt)\s+es\s+|(?:wurden|sind|werden)\s+)?(?:\w+\s+){0,2}?"
        r"(?:zu[rm]?|gegen|beim?)\b",
        re.IGNORECASE,
    ),
    re.compile(rf"{_START}was\s+spr(?:ach|icht|achen)\s+(?:da)?(?:für|gegen)\b", re.IGNORECASE),
)
"""Asked of other things than papers too: without a paper that fits they are open questions."""
_NO_ARGUMENTE = re.compile(
    r"\b(?:brachten?|bewog\w*|bewegte\w*|überzeugt\w*|besser\w*|wie\s*viele?|stimmten?|gestimmt)\b",
    re.IGNORECASE,
)
_FINANZEN = re.compile(
    r"\b(?:finanziellen?r?|haushaltsmäßigen?r?|finanz\w*)\s+(?:auswirkung\w*|folgen)\b|"
    r"\b(?:haushalts|finanz)auswirkung\w*",
    re.IGNORECASE,
)
_WHAT_IS = re.compile(
    r"\b(?:was\s+(?:heißt|bedeutet|bedeuten|versteht|sind\s+eigentlich)|definition)\b|"
    r"\b(?:wie\s*viele|welche)\s+(?:vorlagen|anträge|drucksachen)\b",
    re.IGNORECASE,
)
_ZIELRICHTUNG = re.compile(
    r"(?=.*\b(?:zielrichtung\w*|(?:ziele|handlungsfelder)\s+(?:des|aus\s+dem)\s+\S*aktionsplan\w*))"
    r"(?=.*\b(?:berühr\w*|betr[iäa]ff\w*|betroffen\w*|tangier\w*|einschlägig\w*|relevant\w*|"
    r"pass\w*|"
    r"ankreuz\w*|angekreuzt\w*|kreuz\w*|hak\w*|anhak\w*|zuzuordnen|zuordn\w*|in\s+frage|infrage|"
    r"vorschlag\w*|vorschläg\w*|schlag\w*|prüf\w*))",
    re.IGNORECASE | re.DOTALL,
)
_LISTING = re.compile(
    r"\b(?:liste|übersicht|tabelle|aufstellung|zusammenstellung|heraus|raus|ab)\b", re.IGNORECASE
)
_TEXT = (
    r"(?:\w*begründung\w*|(?:beschluss|verwaltungs|ergänzungs|sitzungs)?vorlagen?|"
    r"beschlussvorschl[aä]g\w*|\w*entwurf\w*|textbaustein\w*)"
)
_DRAFT = (
    re.compile(
        rf"{_START}{_MAKE}\s+(?:(?:mir|uns|bitte|doch|mal|du|sie)\s+)*"
        rf"(?:(?:eine?n?|die|den|das)\s+)?(?:\w+\s+){{0,2}}?{_TEXT}\b",
        re.IGNORECASE,
    ),
    re.compile(
        rf"{_START}(?:(?:mir|uns)\s+)?(?:ich\s+(?:brauche|benötige|hätte\s+gern\w*)\s+)?"
        rf"(?:eine?n?|die|den)\s+(?:\w+\s+){{0,2}}?{_TEXT}\b.*"
        r"\b(?:schreiben|entwerfen|formulieren|verfassen|erstellen)\b",
        re.IGNORECASE,
    ),
    re.compile(
        r"^\W*ich\s+(?:brauche|benötige|"
        r"hätte\s+gern\w*)\s+(?:bitte\s+)?(?:eine?n?)\s+(?:\w+\s+){0,2}?"
        r"(?:\w*begründung\w*|\w*entwurf\w*|beschlussvorschlag)\b",
        re.IGNORECASE,
    ),
)
_REWRITE = (
    re.compile(
        rf"{_START}(?:{_MAKE}|fass\w*|gestalt\w*)\b.*\b(?:kürzer|knapper|verständlicher|einfacher|"
        r"klarer|förmlicher|sachlicher|länger|ausführlicher|lesbarer|flüssiger)\b",
        re.IGNORECASE,
    ),
    re.compile(
        rf"{_START}(?:kürz|straff|vereinfach|überarbeit|glätt|präzisier)(?:e|en)?\s+"
        r"(?:mir\s+|bitte\s+)*(?:de[nmr]|die|das|meine?n?|unsere?n?|diese?n?s?|ihn|es)\b",
        re.IGNORECASE,
    ),
    re.compile(
        rf"{_START}(?:formulier\w*|schreib\w*)\s+(?:de[nm]|die|das|meine?n?|diese?n?s?|ihn|"
        rf"es)\b.*\bum\W*$",
        re.IGNORECASE,
    ),
)
_SPEECH = r"(?:einfache[rn]?|leichte[rn]?|verständliche[rn]?)\s+sprache"
_PLAIN = (
    re.compile(
        rf"{_START}(?:{_MAKE}|übersetz\w*|übertrag\w*|gib\w*|erklär\w*|sag\w*|"
        rf"fass\w*)\b.*\b{_SPEECH}\b",
        re.IGNORECASE,
    ),
    re.compile(
        rf"{_START}(?:(?:das|dies|die\s+antwort|den\s+text)\s+)?(?:(?:bitte|noch\s*(?:ein)?mal|"
        rf"auch)\s+)*"
        rf"in\s+{_SPEECH}\W*(?:bitte\W*)?$",
        re.IGNORECASE,
    ),
)
_OWN = (
    r"(?:mein\w*|unser\w*|diese[rnms]?)\s+(?:\w+\s+)?"
    r"(?:\w*entwurf\w*|text\w*|\w*begründung\w*|vorlage)"
)
_REVIEW = (
    re.compile(
        r"\b(?:widerspricht|widersprechen|widerspruch|vereinbar|deckt|verträgt|passt|kollidiert|"
        rf"konform)\b.*\b{_OWN}|\b{_OWN}\b.*\b(?:widerspricht|widersprechen|widerspruch|vereinbar|"
        r"konform|verträgt|passt|kollidiert)\b",
        re.IGNORECASE,
    ),
    re.compile(
        rf"{_START}(?:prüf\w*|kontrollier\w*|check\w*|lies)\s+(?:bitte\s+)?{_OWN}\b", re.IGNORECASE
    ),
)


def read_drafter_kind(text: str) -> QuestionKind | None:
    """The kind of a drafter's question about a paper; None for every other text."""
    if any(pattern.search(text) for pattern in _SACHVERHALT):
        return QuestionKind.SACHVERHALT
    if not _NO_ARGUMENTE.search(text) and any(
        pattern.search(text) for pattern in (*_ARGUMENTE, *_ONE_SIDE)
    ):
        return QuestionKind.ARGUMENTE
    if _ZIELRICHTUNG.search(text):
        return QuestionKind.ZIELRICHTUNG
    if _FINANZEN.search(text) and not _WHAT_IS.search(text):
        return QuestionKind.FINANZEN
    return None


def asks_for_one_side(text: str) -> bool:
    """Whether a text asks what speaks against a matter, which need not be that of a paper."""
    return not any(p.search(text) for p in _ARGUMENTE) and any(p.search(text) for p in _ONE_SIDE)


def read_order(text: str) -> Order | None:
    """The order that needs a draft or an answer to work on; None for every other text."""
    for order, patterns in (
        (Order.PLAIN, _PLAIN),
        (Order.REVIEW, _REVIEW),
        (Order.REWRITE, _REWRITE),
    ):
        if any(pattern.search(text) for pattern in patterns):
            return order
    if not _LISTING.search(text) and any(pattern.search(text) for pattern in _DRAFT):
        return Order.DRAFT
    return None
