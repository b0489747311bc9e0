"""Who moves a paper: the labelled field, else the line that names a Fraktion as the mover."""

from __future__ import annotations

import re
from collections.abc import Mapping

from index.types import (
    Reading,
    Span,
)
from ingest.papers.fraktionen import is_known_fraktion, split_fraktionen

_MOVED_BY = re.compile(
    r"(?:^[ \t]*|[(\[])(?:\w+er )?[\w-]*(?:[Aa]ntrag|[Aa]nfrage)\s+(?:der|von)\s+"
    r"(?P<who>(?:[Ff]raktion|[Gg]ruppe|[A-ZÄÖÜ][\w/’',. -]{0,60}?[Ff]raktion)[^\n]{0,120}?)"
    r"(?=\s+(?:vom|zum|zur|zu|betreffend|in der|im|auf)\b|\s*[:()\[\]\n]|\Z)",
    re.MULTILINE,
)
_MOVES = re.compile(
    r"^[ \t]*Die (?P<who>(?:Fraktion(?:en)? )?[A-ZÄÖÜ][^\n.:]{1,80}?)"
    r" (?:stellt|stellen|beantragt|beantragen|fragt|fragen)\b",
    re.MULTILINE,
)
_MOVER_BEHIND_KIND = re.compile(
    r"^[ \t(]*(?:\w+er )?(?:Änderungs|Ergänzungs|Dringlichkeits|Prüf)?[Aa]ntrag[ ]?:[ \t]*"
    r"(?P<who>[^\n]{2,120}?)\)?[ \t]*$",
    re.MULTILINE,
)
# "Eingang: 03.01.2024, SPD-Ortschaftsratsfraktion"
_BEHIND_RECEIPT = re.compile(
    r"^[ \t]*(?:Eingang|Eingegangen|Eingangsdatum)(?: am)?:?[ \t]*"
    r"\d{1,2}\.[ ]?(?:\d{1,2}\.|\w+)[ ]?\d{4}"
    r"[ \t]*[,.;][ \t]*(?P<who>[^\n]{2,120})$",
    re.MULTILINE,
)
# "Fraktionen GRÜNE, CDU und SPD, Hebelstraße 21": who writes the letter, and where they live.
_SENDER = re.compile(
    r"\A\s*(?:Absender:[ \t]*)?(?P<who>(?=[^\n]*[Ff]raktion)[^\n]{2,160}?)(?=,[^,\n]*\d|[ \t]*\n)"
)
# A label can head the motion itself as well as name its mover.
_SENTENCE = re.compile(
    r"\b(?:beantrag\w+|bittet|bitten|wird|werden|wurden?|soll\w*|möge\w*|ist|sind|hat|haben|legt"
    r"|prüft|stellt|lädt)\b"
)
_ACRONYM = re.compile(r"[A-ZÄÖÜ]{2,6}")
# A line that names nobody but the mover ("SPD-Ortschaftsratsfraktion").
_MOVER_ALONE = re.compile(
    r"^[ \t]*(?P<who>[^\n:;(),]{2,80}[Ff]raktion(?:en)?(?: [A-ZÄÖÜ][\w-]+)?)[ \t]*(?:,|$)",
    re.MULTILINE,
)
_MOTIONS = frozenset(
    {"Antrag", "Anfrage", "Änderungsantrag", "Ergänzungsantrag", "Dringlichkeitsantrag"}
)
_MAX_MOVER = 50


def read_movers(
    text: str, end: int, labels: Mapping[str, Span], art: Reading[str] | None
) -> tuple[Reading[str], ...]:
    """Fraktionen and Gruppen that move the paper, each with its words; empty where none does."""
    labelled = labels.get("antragsteller")
    if labelled is not None and _is_running_text(labelled.cut(text)):
        labelled = None
    if labelled is None:
        moves = art is not None and art.value in _MOTIONS
        match = (
            _MOVED_BY.search(text, 0, end)
            or _known_mover(_MOVER_BEHIND_KIND, text, end)
            or (_known_mover(_BEHIND_RECEIPT, text, end) if moves else None)
            or (_known_mover(_SENDER, text, end) if moves else None)
            or (_known_mover(_MOVER_ALONE, text, end) if moves else None)
            or _moving_fraktion(text, end)
        )
        labelled = Span(match.start("who"), match.end("who")) if match else None
    return split_fraktionen(labelled.cut(text), labelled.start) if labelled is not None else ()


def _is_running_text(words: str) -> bool:
    whole = words.rstrip().endswith(".") and len(words.split()) > 4
    if whole and re.match(r"(?:D(?:ie|er|as|em|en)|Es|Wir|I[nm]|Zu[mr])\b", words):
        return True
    return _SENTENCE.search(words) is not None or any(
        len(name.value) > _MAX_MOVER and not is_known_fraktion(name.value)
        for name in split_fraktionen(words)
    )


def _known_mover(pattern: re.Pattern[str], text: str, end: int) -> re.Match[str] | None:
    for match in pattern.finditer(text, 0, end):
        names = [name.value for name in split_fraktionen(match["who"])]
        if any(len(name) > _MAX_MOVER for name in names):
            continue  # running text
        if any(map(is_known_fraktion, names)) or all(map(_ACRONYM.fullmatch, names)):
            return match
    return None


def _moving_fraktion(text: str, end: int) -> re.Match[str] | None:
    """The mover in the first line of the motion itself ("Die SPD-Fraktion beantragt")."""
    line_end = text.find("\n", end)
    match = _MOVES.search(text, 0, line_end if line_end >= 0 else len(text))
    if match is None or "raktion" not in match["who"]:
        return None
    # "Die Fraktionen des Ortschaftsrates" are all of them, and nobody by name.
    return None if re.match(r"Fraktionen? des\b", match["who"]) else match
