"""Whether a question asks if a decision departs from what was moved or proposed. Rules only."""

from __future__ import annotations

import re

_MOVED = (
    r"(?:\w*antr[aä]g\w*|\w*vorlage|beschluss(?:vorschlag\w*|entwurf\w*)|vorschlag\w*|entwurf\w*|"
    r"resolution)"
)
_AS = r"(?:beantragt|vorgeschlagen|vorgelegt|eingebracht|gefordert|eingereicht)"
_PASSED = r"(?:beschlossen|angenommen|verabschiedet|gefasst)"
_DECISION = r"(?:beschluss(?:es)?|beschlossene\w*|ergebnis)"
_FORMS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\bweich(?:t|en)\b.*\bab\b|\babgewichen\b|\babweich\w*",
        rf"\bso\b.{{0,60}}\b{_PASSED}\b.{{0,12}}\bwie\b",
        rf"\b{_PASSED}\b.{{0,12}}\bwie\b.{{0,60}}\b{_AS}\b|\bwie\s+(?:ursprünglich\s+)?{_AS}\b.{{0,60}}"
        rf"\b{_PASSED}\b",
        rf"\b(?:gegenüber|im\s+vergleich\s+zu[mr]?|anders\s+als)\s+(?:de[mrn]\s+)?{_MOVED}\b",
        rf"\b(?:unverändert|ungeändert|eins\s+zu\s+eins|antragsgemäß|wortgleich|"
        rf"in\s+unveränderter\s+form)\b.{{0,60}}\b{_PASSED}\b",
        rf"\b(?:entspricht|entsprach|deckt|gleicht|stimmt)\b.*\b{_DECISION}\b.*\b{_MOVED}",
        rf"\b{_DECISION}\b.*\b(?:überein|identisch|derselbe|dasselbe|wortgleich)\b",
        rf"\b(?:unterschied\w*|unterscheide\w*|vergleich\w*)\b(?=.*\b(?:beschluss|{_DECISION})\b)"
        rf"(?=.*\b{_MOVED})",
        r"\bin\s+der\s+(?:beantragten|vorgelegten|vorgeschlagenen|ursprünglichen)\s+fassung\b",
        rf"\bwas\s+(?:wurde|hat|haben)\b.*\b(?:am|an\s+(?:der|dem))\s+{_MOVED}.*(?<!un)geändert\b",
    )
)
_OTHER = re.compile(
    r"\b(?:warum|weshalb|wieso|wer|von\s+wem|wie\s+hoch|wie\s+viele?|wann|ansatz|haushalt\w*jahr)\b",
    re.IGNORECASE,
)


def asks_for_departure(text: str) -> bool:
    """Whether the words of a question about one paper compare its decision with its proposal."""
    return not _OTHER.search(text) and any(form.search(text) for form in _FORMS)
