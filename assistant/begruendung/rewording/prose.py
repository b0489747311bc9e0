"""Sentences as statements, each with whose claim it is.

"Nach Darstellung der FDP ist das Dach undicht; das Land zahlt nicht" is one claim of the FDP. Its
second half alone would be the administration's: a sentence with such a label, or in reported
speech, stays whole.
"""

from __future__ import annotations

import re

from assistant.plain.parting import statements
from ingest.sentences import split_sentences

_LABEL = re.compile(
    r"\b(?:laut|zufolge|gemäß|angeblich)\b|\b(?:aus|in) (?:der )?Sicht\b|"
    r"\bnach (?:\w+ ){0,3}?(?:Darstellung|Angaben?|Auffassung|Ansicht|Meinung|Einschätzung|"
    r"Schätzung|Auskunft|Aussagen?|Mitteilung|Bericht|Beobachtung|Überzeugung|Erfahrung(?:en)?)\b",
    re.IGNORECASE,
)
_REPORTED = re.compile(
    r"\b(?:sei|seien|habe|werde|solle|könne|könnten|müsse|müssten|dürfe|dürften|wolle|wollten|würde|"
    r"würden|wäre|wären|hätte|hätten)\b",
    re.IGNORECASE,
)


def own_statements(text: str) -> list[str]:
    """The statements of sentences; a labelled or reported sentence is one."""
    found: list[str] = []
    for span in split_sentences(text):
        sentence = span.cut(text)
        found += [sentence] if is_labelled(sentence) else statements(sentence)
    return found


def is_labelled(sentence: str) -> bool:
    """Whether a sentence says whose claim it is, or reports one."""
    return bool(_LABEL.search(sentence) or _REPORTED.search(sentence))
