"""How a question for a list begins, and what of its wording says nothing: greetings, "ae"."""

from __future__ import annotations

import re

OPENING = re.compile(
    r"^\W*(?:bitte\s+)?(?:"
    r"(?P<count>wie\s*viele?|(?:die\s+)?(?:an)?zahl\s+(?:der|aller)|zähle?n?(?:\s+sie)?)|"
    r"(?:zeige?n?|liste?n?|nenne?n?|gib|geben|suche?n?|finde?n?)\b(?:\s+sie)?(?:\s+(?:mir|uns))?"
    r"(?:\s+bitte)?(?:\s+(?:eine\s+)?(?:liste|übersicht|aufstellung)(?:\s+(?:aller|der|über))?)?"
    r"(?:\s+(?:alle|sämtliche|die))?|"
    r"(?:ich\s+(?:brauche|suche|möchte|hätte\s+gern)|wir\s+(?:brauchen|suchen)|kannst\s+du"
    r"|könnt?en\s+sie|würden\s+sie)(?:\s+(?:mir|uns|bitte|freundlicherweise|einmal))*"
    r"(?:\s+eine\s+(?:liste|übersicht|aufstellung)\s+(?:aller|der|über|von)|\s+alle|\s+sämtliche)|"
    r"(?:eine\s+)?(?:liste|übersicht|aufstellung)\s+"
    r"(?:über(?:\s+(?:alle|die))?|aller|der|von|mit\s+allen)|"
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
_SPELT_OUT = re.compile(
    r"antraeg|beschluess|ausschuess|gruene|waehler|buendnis|buerger|aeltest|ergaenz|aender|"
    r"zurueck|uebersicht|saemtlich",
    re.IGNORECASE,
)
_UMLAUTS = (("ae", "ä"), ("oe", "ö"), ("ue", "ü"), ("Ae", "Ä"), ("Ue", "Ü"))


def plainly(text: str) -> str:
    """A question in one line, without greeting and thanks, and with its umlauts."""
    line = _THANKS.sub("", _GREETING.sub("", " ".join(text.split())))
    return _SPELT_OUT.sub(lambda found: _with_umlauts(found[0]), line)


def _with_umlauts(stem: str) -> str:
    for letters, umlaut in _UMLAUTS:
        stem = stem.replace(letters, umlaut)
    return stem
