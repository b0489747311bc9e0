"""What the words of one vote record: what became of the motion, and who voted how."""

from __future__ import annotations

import re

from index.types import Abstimmung, Ergebnis, Outcome, Span
from ingest.papers.outcomes import read_outcome
from ingest.papers.votes import read_votes

_CARRIED = frozenset({Outcome.BESCHLOSSEN, Outcome.GEAENDERT})
# Two motions in one record: nobody knows which of them the votes belong to.
_AGREED_TOO = re.compile(r"(?<!nicht )\b(?:angenommen|zugestimmt)\b", re.IGNORECASE)


def result_at(text: str, span: Span) -> Ergebnis:
    """The record at `span`, without blanks at its end."""
    words = span.cut(text).rstrip()
    here = Span(span.start, span.start + len(words))
    return read_ergebnis_of(words, here)


def read_ergebnis_of(words: str, span: Span) -> Ergebnis:
    """The record in `words`, which stand at `span`, with its outcome and count.

    Yes and No are those on the motion: "abgelehnt mit den Stimmen der CDU" counts the CDU as No.
    """
    outcome = read_outcome(words)
    return Ergebnis(words, outcome, span, read_vote(words, outcome))


def read_vote(words: str, outcome: Outcome | None) -> Abstimmung | None:
    """The count in a record whose outcome is known; None where it counts nothing."""
    carried: bool | None = None
    if outcome in _CARRIED:
        carried = True
    elif outcome is Outcome.ABGELEHNT and not _AGREED_TOO.search(words):
        carried = False
    return read_votes(words, carried=carried)
