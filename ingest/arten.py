"""The kinds of papers, and which of them a text says it is."""

from __future__ import annotations

import re

from index.types import Reading, Span

# Patterns for the beginning of a line, the narrower kind before the wider one.
_KINDS: tuple[tuple[str, str], ...] = (
    (
        "Beantwortung",
        r"(?:Beantwortung|Antwort) (?:der|einer|auf die|zur|zu der) (?:\w+ )?Anfrage"
        r"|Beantwortung\b",
    ),
    ("Stellungnahme", r"Stellungnahme (?:der Verwaltung )?(?:zu|zum|zur)\b|Stellungnahme"),
    ("Dringlichkeitsantrag", r"Dringlichkeitsantrag|Dringlicher Antrag|Eilantrag"),
    ("Änderungsantrag", r"Änderungsantrag"),
    ("Ergänzungsantrag", r"Ergänzungsantrag"),
    ("Haushaltsantrag", r"Haushaltsantrag|Antrag zum Haushalt\b"),
    ("Antrag", r"(?:Gemeinsamer |Interfraktioneller |Prüf|Sach|Fraktions)?[Aa]ntrag"),
    ("Resolution", r"Resolution"),
    ("Anfrage", r"(?:Schriftliche |Kleine |Große )?Anfrage"),
    ("Beschlusskontrolle", r"Beschluss(?:kontrolle|controlling|verfolgung|überwachung)"),
    ("Ergänzungsvorlage", r"Ergänzungsvorlage|Tischvorlage zur|\d\. Ergänzung(?:svorlage)?\b"),
    (
        "Mitteilungsvorlage",
        r"(?:Mitteilungs|Informations|Kenntnisnahme|Berichts)(?:vorlage|drucksache)|Mitteilung\b",
    ),
    (
        "Vorlage",
        r"(?:Öffentliche |Nichtöffentliche )?(?:Beschluss|Sitzungs|Verwaltungs|Beratungs|Tisch|"
        r"Gremien)?[Vv]orlage(?:n-?Nr)?|Sitzungsdrucksache|Beschlussdrucksache",
    ),
    ("Einladung", r"Einladung|Tagesordnung (?:der|für|zur)\b"),
    (
        "Niederschrift",
        r"(?:Öffentliche |Auszug aus der |Auszug aus dem )?"
        r"(?:Ergebnis|Beschluss|Sitzungs|Verlaufs|Kurz)?(?:[Nn]iederschrift|[Pp]rotokoll)\b",
    ),
    ("Bekanntmachung", r"(?:Öffentliche |Amtliche )?Bekanntmachung"),
    ("Geschäftsordnung", r"[\w-]*[Gg]eschäftsordnung"),
    ("Haushaltsplan", r"(?:Nachtrags|Doppel|Teil)?[Hh]aushaltsplan\b"),
    ("Richtlinie", r"[\w-]*[Rr]ichtlinien?\b"),
    ("Satzung", r"(?:\d+\. |(?:Erste|Zweite|Dritte|Vierte|Fünfte) )?[\w-]*[Ss]atzung\b"),
    (
        "Verordnung",
        r"[\w-]*[Vv]erordnung\b"
        r"|[\w-]*(?i:gemeinde|landschaftsverbands|bau|kreis)ordnung\b",
    ),
    ("Gesetz", r"[\w-]*[Gg]esetz\b"),
    ("Ordnung", r"(?:[A-ZÄÖÜ][\w-]*)(?<!Tages)(?<!tages)ordnung\b"),
    ("Anlage", r"Anlage\b"),
)
ARTEN: tuple[str, ...] = tuple(name for name, _ in _KINDS)
"""Canonical names of the kinds of papers."""

SITTINGS = frozenset({"Niederschrift", "Einladung", "Bekanntmachung"})
"""Kinds that belong to a sitting and have its Tagesordnung."""

STATUTES = frozenset(
    {"Satzung", "Geschäftsordnung", "Richtlinie", "Verordnung", "Gesetz", "Ordnung"}
)
"""Kinds that are cited by § and read in a Fassung."""

_ART = re.compile(
    r"^[ \t#*]*(?:[Tt]itel:[ \t]*)?(?:"
    + "|".join(f"(?P<k{i}>{p})" for i, (_, p) in enumerate(_KINDS))
    + ")",
    re.MULTILINE,
)
_SPACED = re.compile(r"(?:\w ){3,}\w\b")
# Behind the name of its kind a paper states number, date or subject, not the rest of a sentence.
_GOES_ON = re.compile(r"[ \t]*(?:(?:wird|werden|ist|sind|hat|soll|und|oder|liegt|regelt|kann)\b|,)")
_HEAD_CHARS = 3000


def read_art(text: str, head_end: int = _HEAD_CHARS) -> Reading[str] | None:
    """The kind that the head of a paper names first at the beginning of a line."""
    head = text[: min(head_end, _HEAD_CHARS)]
    closed_up = _SPACED.sub(_close_up, head.upper() if head.isupper() else head)
    anlage: Reading[str] | None = None
    for match in _ART.finditer(closed_up):
        if (
            _GOES_ON.match(closed_up, match.end())
            or closed_up[match.end() : match.end() + 1] == "s"
        ):
            continue
        name = next(_KINDS[int(k[1:])][0] for k, v in match.groupdict().items() if v is not None)
        start = match.start(next(k for k, v in match.groupdict().items() if v is not None))
        reading = Reading(name, Span(start, match.end()))
        if name != "Anlage":
            return reading
        anlage = anlage or reading
    return anlage


def _close_up(match: re.Match[str]) -> str:
    """Letters spaced apart, closed up and padded behind, so that spans stay true."""
    letters = match.group().replace(" ", "").capitalize()
    return letters.ljust(len(match.group()))
