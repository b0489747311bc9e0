"""Words in a paper that are meant for a machine that reads it. They may be found, never answer.

A heuristic, and no wall: what it misses is still only quoted, as the words of its paper.
"""

from __future__ import annotations

import re
import unicodedata

_TARGET = (
    r"\b(?:anweisung\w*|regeln?|fundstellen?|nutzer\w*|antwort\w*|frage\w*|quellen?|"
    r"sprachmodell\w*|ki|assistent\w*|prompt\w*)\b"
)
_GERMAN = (
    r"\b(?:ignoriere|ignorieren sie|vergiss|missachte|antworte|antworten sie|behaupte|nenne|"
    r"nennen sie|schreibe?|schreiben sie|gib|geben sie|verschweige?|zitiere|zitieren sie|"
    rf"füge|fügen sie|beginne|ende|übersetze|dekodiere)\b.{{0,120}}{_TARGET}|"
    r"\b(?:hinweis|anweisung|nachricht|befehl|aufgabe) (?:an|für) (?:alle |die |das |den )?"
    r"(?:ki|sprachmodell|assistent|assistenzsystem|chatbot)[\w-]*\b.{0,60}:|"
    r"\b(?:antworte|behaupte|zitiere|verschweige|ignoriere|missachte|dekodiere) "
    r"(?:immer|stets|nur|ausschließlich|auf|dass|drucksache|vorlage|antrag|alle[ns]?|ab jetzt|"
    r"bei|folgend\w+)\b|"
    r"\b(?:du bist|sie sind) (?:ab )?(?:jetzt|nun|sofort|ein\w*)\b.{0,60}"
    r"\b(?:ki|modell|assistent\w*|chatbot)\b|"
    r"\bdeine[rmns]? (?:antwort\w*|anweisung\w*|prompt\w*)|"
    r"\b(?:wer|falls|wenn) (?:du|sie) (?:ein\w* )?(?:ki|sprachmodell|assistent)\b"
)
_ENGLISH = (
    r"\b(?:ignore|disregard|forget|override)\b.{0,60}\b(?:instruction|rule|prompt|context|above|"
    r"source|previous)\w*|"
    r"\b(?:you are now|act as|pretend to be|respond with|reply with|answer (?:only|always|with|"
    r"every)|always (?:answer|say|cite|reply|respond)|reveal|print|output|repeat)\b.{0,80}"
    r"\b(?:answer|question|prompt|instruction|model|assistant|system|document|paper|image|link|html|source|"
    r"user|approved|adopted|rejected|motion)\w*|"
    r"\bnote to (?:the |all |any )?(?:ai|llm|assistant|language model)\w*"
)
_MARKS = (
    r"<\s*/?\s*\|?\s*(?:im_start|im_end|system|user|assistant|eot_id|start_header_id)\b|"
    r"<\|[\w ]+\|>|"
    r"\[/?inst\]|<</?sys>>|"
    r"^\W*(?:system|assistant|user|quelle \[?\d\]?|###\s*(?:system|instruction|anweisung)\w*)\s*:|"
    r"\bquelle \[\d\]|"
    r"!\[[^\]]*\]\(|\]\(\s*(?:https?|javascript|data):|<\s*(?:img|a|script|iframe|svg|b|style)\b|"
    r"\bbase64\b.{0,80}\b(?:antwort|befolg|dekodier|anweisung|follow|instruction|decode)\w*|"
    r"\b(?:dekodiere|decode)\b.{0,60}\bbase64\b"
)
_ORDER = re.compile(f"{_GERMAN}|{_ENGLISH}|{_MARKS}", re.IGNORECASE | re.DOTALL | re.MULTILINE)
# Letters of other scripts that look like Latin ones.
_LOOKALIKES = str.maketrans(
    "АВЕКМНОРСТХІЈЅУаеорсухіјѕԁһԛԝΑΒΕΖΗΙΚΜΝΟΡΤΥΧοεαιν",
    "ABEKMHOPCTXIJSYaeopcyxijsdhqwABEZHIKMNOPTYXoeaiv",
)
_SPACED = re.compile(r"(?<!\w)(?:\w[ .·_-]){3,}\w(?!\w)")
_UNUSUAL = re.compile(r"[^\s!-~ÄÖÜäöüß§€„“‚‘’–—…]")
_GAPS = re.compile(r"[ .·_-]")


def is_order(text: str) -> bool:
    """Whether words are addressed to a machine, also where they are disguised."""
    if _ORDER.search(text):
        return True
    plain = undisguised(text) if _UNUSUAL.search(text) or _SPACED.search(text) else text
    return plain != text and bool(_ORDER.search(plain))


def undisguised(text: str) -> str:
    """A text as it looks: without invisible characters, look-alike letters and gaps in words."""
    plain = unicodedata.normalize("NFKC", text)
    plain = "".join(c for c in plain if unicodedata.category(c) != "Cf").translate(_LOOKALIKES)
    return _SPACED.sub(lambda match: _GAPS.sub("", match[0]), plain)
