"""The Wahlperiode that "in der letzten Wahlperiode" means, as a number that the list can show.

The running one is the highest that a paper on record bears. "Letzte" is the one before it, as
"letztes Jahr" is the year before; the filter that is shown says which number was taken.
"""

from __future__ import annotations

import re
from collections.abc import Callable

_TERM = re.compile(
    r"\b(?:(?P<now>laufende[nr]?|aktuelle[nr]?|jetzige[nr]?|gegenwärtige[nr]?|diese[r]?)|"
    r"(?P<past>letzte[nr]?|vorige[nr]?|vergangene[nr]?|vorherige[nr]?|vorangegangene[nr]?))\s+"
    r"(?:Wahlperiode|Wahlzeit|WP|Legislatur(?:periode)?)\b",
    re.IGNORECASE,
)


def with_number(text: str, running: Callable[[], int | None]) -> str:
    """The question with the number in the place of the words; as it is where none is on record."""
    found = _TERM.search(text)
    if found is None:
        return text
    newest = running()
    number = newest if newest is None or found["now"] else newest - 1
    if not number:
        return text
    return f"{text[: found.start()]}{number}. Wahlperiode{text[found.end() :]}"
