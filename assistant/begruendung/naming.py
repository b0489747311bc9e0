"""A plain name for a draft out of its title, for whoever gives none."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

LONGEST = 48
"""Room is left for a number behind it."""
RESERVED = frozenset({"neu"})
"""Pages beside the drafts have these addresses; a draft of that name could not be opened."""
_SPOKEN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


def proposed_name(titel: str, taken: Collection[str]) -> str:
    """Lower-case words of a title with hyphens, numbered where the name is taken or reserved."""
    plain = unicodedata.normalize("NFKD", titel.casefold().translate(_SPOKEN))
    words = re.findall(r"[a-z0-9]+", plain.encode("ascii", "ignore").decode("ascii"))
    name = ""
    for word in words:
        longer = f"{name}-{word}" if name else word[:LONGEST]
        if len(longer) > LONGEST:
            break
        name = longer
    name = name or "entwurf"
    number, free = 1, name
    while free in taken or free in RESERVED:
        number += 1
        free = f"{name}-{number}"
    return free
