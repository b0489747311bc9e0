"""The kinds of papers, and which of them a text says it is."""

from __future__ import annotations

import re

from index.types import Reading, Span

_JOINT = r"(?:(?:Gemeinsamer|Interfraktioneller|Fraktionsübergreifender) )?"
# Patterns for the beginning of a line, the narrower kind before the wider one.
_KINDS: tuple[tuple[str, str], ...] = (
    (
        "Beantwortung",
        r"(?:Beantwortung|Antwort) (?:der|einer|auf die|zur|zu der) (?:\w+ )?Anfrage"
        r"|Beantwortung\b",
    ),
    ("Stellungnahme", r"Stellungnahme (?:der Verwaltung )?(?:zu|zum|zur)\b|Stellungnahme"),
    ("Dringlichkeitsantrag", r"Dringlichkeitsantrag|Dringlicher Antrag|Eilantrag"),
    ("Änderungsantrag", rf"{_JOINT}Änderungsantrag"),
    ("Ergänzungsantrag", rf"{_JOINT}Ergänzungsantrag"),
    ("Haushaltsantrag", r"Haushaltsantrag|Antrag zum Haushalt\b"),
    ("Antrag", rf"{_JOINT}(?:Prüf|Sach|Fraktions)?[Aa]ntrag"),
    ("Resolution", r"Resolution"),
    (
        "Anfrage",
        r"(?:Schriftliche |Kleine |Große |Gemeinsame |Interfraktionelle |Mündliche )?Anfrage",
    ),
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
    (
        "Änderungssatzung",
        r"(?:[\w.-]+ )?(?:(?:Änderung|Nachtrag)ssatzung|Satzung zur (?:\w+ )?Änderung)\b"
        r"|(?:\d+\.|Erste|Zweite|Dritte|Vierte|Fünfte) Änderung der [\w-]*[Ss]atzung\b",
    ),
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
    {
        "Satzung",
        "Änderungssatzung",
        "Geschäftsordnung",
        "Richtlinie",
        "Verordnung",
        "Gesetz",
        "Ordnung",
    }
)
"""Kinds that are cited by § and read in a Fassung."""

_ART = re.compile(
    r"^[ \t#*]*(?:[Tt]itel:[ \t]*)?(?:"
    + "|".join(f"(?P<k{i}>{p})" for i, (_, p) in enumerate(_KINDS))
    + ")",
    re.MULTILINE,
)
# What a paper filed as the wider kind calls itself in the line below its number or its subject.
_NARROWER: dict[str, tuple[tuple[str, str], ...]] = {
    "Antrag": (
        ("Änderungsantrag", r"Änderungsantrag\b"),
        ("Ergänzungsantrag", r"Ergänzungsantrag\b"),
        ("Dringlichkeitsantrag", r"Dringlichkeitsantrag\b|Dringlicher Antrag\b|Eilantrag\b"),
        (
            "Haushaltsantrag",
            r"Haushaltsantrag\b|Antrag zum Haushalt\b"
            r"|Haushalt(?:splan(?:entwurf)?)? (?:19|20)\d{2}(?:/(?:19|20)?\d{2})?(?=\s*[;:–-])",
        ),
        ("Resolution", r"Resolution\b"),
    ),
    "Vorlage": (
        ("Beschlusskontrolle", r"Beschluss(?:kontrolle|controlling|verfolgung|überwachung)\b"),
        (
            "Beantwortung",
            r"(?:Beantwortung|Antwort) (?:der|einer|auf die|zur|zu der) (?:\w+ )?Anfrage",
        ),
    ),
}
_NARROWER_PATTERNS = {
    wide: tuple((name, re.compile(pattern)) for name, pattern in kinds)
    for wide, kinds in _NARROWER.items()
}
# A Vorlage whose own number has a second slash adds to the one before it, or replaces it.
_ADDED = re.compile(
    r"[ \t]*(?:-?\s?Nr\b\.?)?[ \t]*:?[ \t]*\d{1,4}/\d{1,5}[/-]\d{1,2}(?![\d/])", re.IGNORECASE
)
_SHOUTED = re.compile(r"\b[A-ZÄÖÜ]{6,}\b")
_SPACED = re.compile(r"(?:\w ){3,}\w\b")
# Behind the name of its kind a paper states number, date or subject, not the rest of a sentence.
_GOES_ON = re.compile(r"[ \t]*(?:(?:wird|werden|ist|sind|hat|soll|und|oder|liegt|regelt|kann)\b|,)")
_HEAD_CHARS = 3000


def read_art(text: str, head_end: int = _HEAD_CHARS) -> Reading[str] | None:
    """The kind that the head of a paper names first at the beginning of a line."""
    head = text[: min(head_end, _HEAD_CHARS)]
    closed_up = _SPACED.sub(_close_up, head.upper() if head.isupper() else head)
    closed_up = _SHOUTED.sub(lambda match: match[0].capitalize(), closed_up)
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


def read_narrower_art(
    text: str, art: Reading[str], number_end: int, subject: Span | None
) -> Reading[str] | None:
    """The narrower kind that a paper filed under a wider one names, or None.

    Args:
        text: canonical text.
        art: the kind printed before the number.
        number_end: end of the number; the line behind it may be the kind alone.
        subject: what the paper is about, in its own words.
    """
    below = re.compile(r"[^\n]*\n\s*([^\n]{4,40})(?=\n|\Z)").match(text, number_end)
    places = [Span(*below.span(1))] if below else []
    for place in [*places, *([subject] if subject else [])]:
        for name, pattern in _NARROWER_PATTERNS.get(art.value, ()):
            match = pattern.match(text, place.start, place.end)
            if match and (place is subject or match.end() == place.end):
                return Reading(name, Span(match.start(), match.end()))
    added = _ADDED.match(text, art.span.end) if art.value == "Vorlage" else None
    return Reading("Ergänzungsvorlage", Span(art.span.start, added.end())) if added else None


def _close_up(match: re.Match[str]) -> str:
    """Letters spaced apart, closed up and padded behind, so that spans stay true."""
    letters = match.group().replace(" ", "").capitalize()
    return letters.ljust(len(match.group()))
