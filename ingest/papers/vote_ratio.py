"""Votes told as two halves: "mit 12 gegen 3 Stimmen", "25 zu 18 Stimmen", "(7:7)".

Which half said Yes only the outcome can say: the larger one had its way.
"""

from __future__ import annotations

import re

_WORDS = {
    word: number
    for number, words in enumerate(
        (
            "kein keine keiner keinen ohne 0",
            "ein eine einer einem einen",
            "zwei",
            "drei",
            "vier",
            "fünf",
            "sechs",
            "sieben",
            "acht",
            "neun",
            "zehn",
            "elf",
            "zwölf",
        )
    )
    for word in words.split()
}
NUMBER = r"(?:\d{1,3}|" + "|".join(sorted(_WORDS, key=len, reverse=True)) + ")"
"""A number of votes, in figures or in words."""
# "mit 12 gegen 3 Stimmen", "25 zu 18 Stimmen", "12:3 Stimmen", "Stimmengleichheit (7:7)".
_RATIOS = (
    re.compile(
        rf"(?<![\w.,:/])(?P<one>{NUMBER})(?:\s*:\s*|\s+(?:zu|gegen)\s+)(?P<other>{NUMBER})"
        r"\s+Stimmen",
        re.IGNORECASE,
    ),
    re.compile(
        r"[Ss]timm(?:en|engleichheit|enverhältnis)\b[^()\n]{0,40}"
        r"\((?P<one>\d{1,3})\s*:\s*(?P<other>\d{1,3})\)"
    ),
)
_AGAINST = re.compile(rf"\bgegen (?P<votes>{NUMBER}) Stimmen?\b(?! de[rs]| von)", re.IGNORECASE)


def figure(words: str) -> int:
    """What a match of `NUMBER` says."""
    return int(words) if words.isdecimal() else _WORDS[words.lower()]


def take_ratio(record: str, *, carried: bool) -> tuple[str, int | None, int | None]:
    """The record without its two halves, the votes for the motion and those against it.

    "Gegen 3 Stimmen abgelehnt" tells one half: three wanted it. `carried` says whether the motion
    was agreed to.
    """
    ratio = next((found for pattern in _RATIOS if (found := pattern.search(record))), None)
    if ratio is not None:
        less, more = sorted((figure(ratio["one"]), figure(ratio["other"])))
        rest = f"{record[: ratio.start('one')]} {record[ratio.end('other') :]}"
        return (rest, more, less) if carried else (rest, less, more)
    against = None if carried else _AGAINST.search(record)
    if against is None:
        return record, None, None
    return record.replace(against.group(), " "), figure(against["votes"]), None
