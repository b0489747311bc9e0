"""Two questions in one sentence: "Wer hat … beantragt und was soll sie kosten?". Rules only."""

from __future__ import annotations

import re

_ASKS = (
    r"(?:wer|wem|wen|wann|wo|wie|was|warum|weshalb|wieso|worum|wodurch|"
    r"welche[rsnm]?|(?:von|mit|in|aus|bis|seit|zu|an|auf|nach)\s+(?:wem|wann|welche[rsnm]?))"
)
_VERB = r"(?:wurden?|ist|sind|war|waren|hat|haben|hatten?|kam|kamen|gilt|soll(?:en)?|gibt|gab)"
_TWO = re.compile(
    rf"^\W*(?P<first>(?:{_ASKS}|{_VERB})\s.+?)\s*,?\s+und\s+"
    rf"(?P<second>(?:{_ASKS}\b(?=.*\b(?:\w+(?:t|en|st|ist|war|hat|te)|ging|fiel|lief|blieb|kam)\b)|{_VERB}\s).+?)[\s?.!]*$",
    re.IGNORECASE | re.DOTALL,
)
_LEAST_FIRST, _LEAST_SECOND = 4, 3


def two_questions(text: str) -> tuple[str, str] | None:
    """Both questions of a text that asks two, each with its question mark; else None.

    "Wann und von wem wurde … gestellt?" is one: what stands before "und" asks nothing whole.
    """
    found = _TWO.match(" ".join(text.split()))
    if found is None:
        return None
    first, second = found["first"].strip(), found["second"].strip()
    if len(first.split()) < _LEAST_FIRST or len(second.split()) < _LEAST_SECOND:
        return None
    return f"{first}?", f"{second[0].upper()}{second[1:]}?"
