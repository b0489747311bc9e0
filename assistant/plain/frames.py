"""What the house itself puts around the words of a source, said in an easier way.

The lanes write their sentences in few forms ("Laut Ergebnisvermerk: „…“"). Here each form becomes a
heading and the words it introduces. A sentence of no known form stays as it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_QUOTE = r"„(?P<quote>.+)“\.?"
_WORDS = r"(?:„(?P<quote>.+)“\.?|(?P<said>[^„].*))"
_DAY = r"\d{2}\.\d{2}\.\d{4}"


@dataclass(frozen=True, slots=True)
class Framed:
    """A sentence taken apart: the house's own words before, and the words of the source.

    Attributes:
        lead: what is said by the house, a line each.
        quote: the source's words; "" where there are none.
        items: the house's own listing of values, a line each.
    """

    lead: tuple[str, ...]
    quote: str = ""
    items: tuple[str, ...] = ()


_FORMS: tuple[tuple[re.Pattern[str], tuple[str, ...], tuple[str, ...]], ...] = tuple(
    (re.compile(pattern, re.DOTALL), lead, items)
    for pattern, lead, items in (
        (
            rf"(?P<yes>Ja\.|Nein\.|Ja, mit Änderungen\.)? ?Laut Ergebnisvermerk: {_QUOTE}",
            ("{yes}", "So ist das Ergebnis auf der Drucksache vermerkt:"),
            (),
        ),
        (
            rf"Niederschrift (?P<body>[^„]+) am (?P<day>{_DAY})"
            rf"(?P<role> \(empfehlend\))?: {_QUOTE}",
            ("So steht es in der Niederschrift{role}: {body} am {day}.",),
            (),
        ),
        (
            rf"Gegenstand von (?P<paper>[^„]+): {_QUOTE}",
            ("Darum geht es in {paper}:",),
            (),
        ),
        (
            rf"Beschlussvorschlag im Wortlaut: {_QUOTE}",
            ("Das ist der Beschlussvorschlag. Ein Vorschlag ist noch kein Beschluss:",),
            (),
        ),
        (
            rf"Beantragt ist \((?P<names>[^„]+?)\): {_WORDS}",
            ("Das ist beantragt. Ein Antrag ist noch kein Beschluss.", "Antragsteller: {names}."),
            (),
        ),
        (
            rf"Nach Darstellung der Antragsteller \((?P<names>[^„]+?)\): {_WORDS}",
            ("So stellen es die Antragsteller dar ({names}):",),
            (),
        ),
        (
            rf"Inkrafttreten(?P<of>[^„]*): {_QUOTE}",
            ("So ist das Inkrafttreten geregelt{of}:",),
            (),
        ),
        (
            rf"Vorgesehene Beratung: (?P<body>[^„]+?), (?P<day>{_DAY})(?:, (?P<role>[^„]+))?\.",
            ("Vorgesehene Beratung:",),
            ("Gremium: {body}.", "Tag: {day}.", "Art der Beratung: {role}."),
        ),
        (
            rf"Zur Entscheidung vorgesehen war: (?P<body>[^„]+) am (?P<day>{_DAY})\.",
            ("Zur Entscheidung vorgesehen war:",),
            ("Gremium: {body}.", "Tag: {day}."),
        ),
        (
            rf"(?P<paper>[^„:]+) trägt das Datum (?P<day>{_DAY})\.",
            ("Auf {paper} steht dieses Datum: {day}.",),
            (),
        ),
        (
            r"(?P<row>[^„“]+), Tabelle „(?P<table>[^„“]+)“, "
            r"(?P<column>[^„“:]+): (?P<value>[^:]+)\.",
            ("{row}, Tabelle „{table}“:",),
            ("{column}: {value}.",),
        ),
        (rf"(?P<lead>[^„“]+): {_QUOTE}", ("{lead}:",), ()),
        (_QUOTE, (), ()),
    )
)
_ROW = re.compile(
    rf"(?P<paper>[^„():]+ Nr\. \S+ vom {_DAY})(?: \((?P<names>[^„()]+)\))?: (?P<subject>.+?)"
    r"(?: – Ergebnis: „(?P<quote>.+)“)?",
    re.DOTALL,
)
_CONTROL = re.compile(
    rf"Umsetzung laut Beschlusskontrolle \((?P<paper>[^„]+? vom {_DAY})\): (?P<rest>.+)",
    re.DOTALL,
)
_ITEM = re.compile(r";\s+(?=[A-ZÄÖÜ][\w -]*:\s)")


def framed(text: str, kind: str) -> Framed | None:
    """A sentence of a known form taken apart; None for any other.

    `kind` is the answer's, for the rows of a list have a form that other sentences share.
    """
    if kind == "liste" and (match := _ROW.fullmatch(text)):
        return _row(match)
    if match := _CONTROL.fullmatch(text):
        lead = f"So berichtet die Beschlusskontrolle ({match['paper']}) über die Umsetzung:"
        return Framed((lead,), items=tuple(_ITEM.split(match["rest"])))
    for pattern, lines, items in _FORMS:
        if match := pattern.fullmatch(text):
            groups = {name: value or "" for name, value in match.groupdict().items()}
            groups["names"] = groups.get("names", "").rstrip(".")
            words = groups.get("quote") or groups.get("said") or ""
            if _reopens(words):
                continue
            return Framed(_filled(lines, groups), words, _filled(items, groups))
    return None


def _row(match: re.Match[str]) -> Framed:
    items = [f"{match['paper']}."]
    if match["names"]:
        items.append(f"Antragsteller: {match['names'].rstrip('.')}.")
    items.append(f"Thema: {match['subject'].rstrip('.')}.")
    lead = ("Ergebnis:",) if match["quote"] else ()
    return Framed((*items, *lead), match["quote"] or "")


def _reopens(quote: str) -> bool:
    """Whether the marks of a quote do not pair, so that it is two quotes and not one."""
    depth = 0
    for char in quote:
        depth += (char == "„") - (char == "“")
        if depth < 0:
            return True
    return depth != 0


def _filled(lines: tuple[str, ...], groups: dict[str, str]) -> tuple[str, ...]:
    """The lines whose groups were found, with their words put in."""
    return tuple(
        line.format_map(groups)
        for line in lines
        if not (names := re.findall(r"\{(\w+)\}", line)) or any(groups[name] for name in names)
    )
