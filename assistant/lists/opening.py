"""How a question for a list begins, and what of its wording says nothing: greetings, "ae"."""

from __future__ import annotations

import re

from assistant.understanding.words import PARTY

OPENING = re.compile(
    r"^\W*(?:bitte\s+)?(?:"
    r"(?P<count>wie\s*viele?|(?:die\s+)?(?:an)?zahl(?:\s+(?:der|aller))?|anz|zähle?n?(?:\s+sie)?)|"
    r"(?:zeige?n?|liste?n?|nenne?n?|gib|geben|suche?n?|finde?n?)\b(?:\s+sie)?(?:\s+(?:mir|uns))?"
    r"(?:\s+bitte)?(?:\s+(?:eine\s+)?(?:liste|übersicht|aufstellung)(?:\s+(?:aller|der|über))?)?"
    r"(?:\s+(?:alle|sämtliche|die))?|"
    r"(?:ich\s+(?:brauche|suche|möchte|hätte\s+gern)|wir\s+(?:brauchen|suchen)|kannst\s+du"
    r"|könnt?en\s+sie|würden\s+sie)(?:\s+(?:mir|uns|bitte|freundlicherweise|einmal))*"
    r"(?:\s+eine\s+(?:liste|übersicht|aufstellung)\s+(?:aller|der|über|von)|\s+alle|\s+sämtliche)|"
    r"(?:eine\s+)?(?:liste|übersicht|aufstellung)\s+"
    r"(?:über(?:\s+(?:alle|die))?|aller|sämtlicher|der|von|mit\s+allen)|"
    r"alle[nr]?|sämtliche[nr]?|(?:bei\s+|zu\s+)?welche[nr]?|was\s+für|gibt\s+es|gab\s+es|gibts|gabs|(?:wurden|sind)(?!\s+(?:die|diese)\b)"
    r")\b",
    re.IGNORECASE,
)
_GREETING = re.compile(
    r"\A\W*(?:sehr\s+geehrte\w*|liebe[rs]?|hallo|guten\s+(?:tag|morgen|abend)|moin)\b[^,!?]{0,60}[,!]\s*",
    re.IGNORECASE,
)
_THANKS = re.compile(
    r"(?:[?.!,;]\s*|\s+)(?:(?:vielen|besten|herzlichen)\s+dank|danke|mit\s+freundlichen\s+grüßen|"
    r"(?:viele|beste|freundliche)\s+grüße|mfg|vg)\b[^?]*\Z",
    re.IGNORECASE,
)
_AND_RESULT = re.compile(
    r"(?:\s*,)?\s+(?:und|sowie)\s+(?:wie\s+(?:(?:wurden?|hat\s+man|haben\s+die\s+\w+)\s+)?"
    r"(?:(?:sie|die|diese|darüber|jeweils)\s+)*(?:wurden?\s+)?(?:darüber\s+)?"
    r"(?:entschieden|beschieden|ausgegangen|abgestimmt)(?:\s+(?:worden|wurde[n]?))?"
    r"|wie\s+(?:gingen|ging)\s+(?:sie|die|diese|das)\s+(?:jeweils\s+)?aus"
    r"|was\s+(?:(?:wurde|ist)\s+)?(?:jeweils\s+)?(?:daraus|aus\s+ihnen)(?:\s+(?:geworden|wurde))?"
    r"|mit\s+welchem\s+ergebnis)\s*(?=\W*\Z)",
    re.IGNORECASE,
)
_WHAT_OF = re.compile(
    r"\A\W*was\s+(?P<has>hat|haben)\s+(?P<who>.{1,60}?)\s+an\s+(?P<what>\w{3,}n)\b", re.IGNORECASE
)
_WHETHER = re.compile(
    r"\A\W*(?P<has>hat|haben|hatten?)\s+(?P<who>.{1,60}?)\s+(?P<what>(?:gemeinsame\s+|jemals\s+)?"
    r"(?:anträge|anfragen|resolutionen))\b",
    re.IGNORECASE,
)
_IS_THERE = re.compile(
    r"\A\W*(?P<has>gibt|gab)\s+es\s+(?:(?:schon|bereits|noch|auch|denn)\s+)*eine?n?\s+"
    r"(?P<what>antrag|anfrage|vorlage|resolution)\b(?=\s+(?:zu[mr]?|über|von|vom|der|wegen)\b)",
    re.IGNORECASE,
)
_PLURAL = {
    "antrag": "Anträge",
    "anfrage": "Anfragen",
    "vorlage": "Vorlagen",
    "resolution": "Resolutionen",
}
_MOVED_WHAT = re.compile(
    rf"\A\W*was\s+(?P<has>hat|haben)\s+(?P<who>(?:die\s+)?(?:Fraktion\s+)?{PARTY}"
    r"(?:-(?:Fraktion|Gruppe))?)(?P<rest>\s.{0,80}?)?\s*\bbeantragt\b",
    re.IGNORECASE,
)
_SPELT_OUT = re.compile(
    r"antraeg|beschluess|ausschuess|gruene|waehler|buendnis|buerger|aeltest|ergaenz|aender|"
    r"zurueck|uebersicht|saemtlich",
    re.IGNORECASE,
)
_UMLAUTS = (("ae", "ä"), ("oe", "ö"), ("ue", "ü"), ("Ae", "Ä"), ("Ue", "Ü"))


def plainly(text: str) -> str:
    """A question in one line, without greeting and thanks, and with its umlauts.

    "Was hat die SPD an Anträgen gestellt?" and "Hat die SPD Anträge gestellt?" become "welche
    Anträge hat die SPD gestellt?"; whether there is a paper on a matter is asked of all of them.
    """
    line = _THANKS.sub("", _GREETING.sub("", " ".join(text.split())))
    line = _SPELT_OUT.sub(lambda found: _with_umlauts(found[0]), line)
    line = _AND_RESULT.sub("", line)  # each paper of a list is told with its result
    line = _IS_THERE.sub(lambda found: f"{found['has']} es {_PLURAL[found['what'].lower()]}", line)
    line = _MOVED_WHAT.sub(r"welche Anträge \g<has> \g<who>\g<rest> gestellt", line)
    for asked in (_WHAT_OF, _WHETHER):
        line = asked.sub(r"welche \g<what> \g<has> \g<who>", line)
    return line


def _with_umlauts(stem: str) -> str:
    for letters, umlaut in _UMLAUTS:
        stem = stem.replace(letters, umlaut)
    return stem
