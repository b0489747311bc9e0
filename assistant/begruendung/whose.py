"""Whose words a paragraph gives: ours from the record, a mover's claim, the drafter's, nobody's."""

from __future__ import annotations

import re

from assistant.begruendung.types import Herkunft

_QUOTED = re.compile(r"„[^„“]*“")
_CLAIMED = re.compile(r"nach Angabe der Antragsteller(?: \(([^()]+)\))?", re.IGNORECASE)
_PROPOSED = "für sich keine Beschlusslage"
OPEN = "offen"


def whose(text: str, herkunft: str) -> str:
    """What a reader is told beside a paragraph; printed, so German.

    What a paper claims or proposes is told as that, for its quote alone is borne out.
    """
    if herkunft != Herkunft.BELEGT.value:
        return herkunft
    frame = _without_quotes(text)
    claimed = _CLAIMED.search(frame)
    if claimed:
        return f"nach Angabe von {claimed[1]}" if claimed[1] else "nach Angabe der Antragsteller"
    if _PROPOSED in frame:
        return "Vorschlag, keine Beschlusslage"
    return herkunft


def _without_quotes(text: str) -> str:
    """The frame around quotes, quotes within quotes aside."""
    while (less := _QUOTED.sub("", text)) != text:
        text = less
    return text
