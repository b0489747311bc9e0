"""Paragraphs that begin alike, told as one: what introduces them is said once.

Only neighbours are joined, in their order, and only sentences of the house's own forms. Their
quotes and values stay word for word.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from assistant.begruendung.rewording.quoting import led

STATIONS = "stations"
"""Planned sittings and missing minutes stand in turn; each sort is told for itself."""
_DAY = r"\d{2}\.\d{2}\.\d{4}"
_PAPER = rf"[A-ZÄÖÜ][\w-]+ Nr\. \S+(?: vom {_DAY})?"
_PLACE = rf"(?P<paper>{_PAPER}|Niederschrift [^„]+?)"
_SIDES = {
    "Als Argument dafür ist erfasst": "Als Argumente dafür sind erfasst",
    "Als Argument dagegen ist erfasst": "Als Argumente dagegen sind erfasst",
    "Ohne Zuordnung ist erfasst": "Ohne Zuordnung sind erfasst",
}
_ARGUMENT = re.compile(rf"(?P<side>{'|'.join(_SIDES)}) – (?:(?P<who>[^„]+?), )?{_PLACE}")
_SUGGESTION = re.compile(r"Vorschlag zum Prüfen, (?P<goal>[^„]+)")
_VOTE = re.compile(
    r"(?P<lead>Zu .+ vermerkt die Niederschrift [^„]+), (?P<what>als [^„,]+)"
    r"|(?P<minutes>Niederschrift [^„]+?)(?:, (?P<vote>Abstimmung \([^()]+\))| \((?P<role>[^()]+)\))"
)


@dataclass(frozen=True, slots=True)
class Joint:
    """What one paragraph gives to a joined one.

    Attributes:
        key: neighbours with the same key may be joined.
        lead: what introduces several.
        item: what is its own.
        tail: what closes the sentence.
        who, place: who says it and where, put behind the lead.
        glue: what stands between lead and items.
    """

    key: tuple[str, ...]
    lead: str
    item: str
    tail: str = ""
    who: str = ""
    place: str = ""
    glue: str = ": "


def joint_of(text: str) -> Joint | None:
    """A paragraph as something that can be joined to its like; None where it cannot."""
    return next(filter(None, (read(text) for read in _READERS)), None)


def _argument(text: str) -> Joint | None:
    found = led(text)
    match = _ARGUMENT.fullmatch(found.lead) if found else None
    if found is None or match is None or found.tail:
        return None
    who, paper = match["who"] or "", match["paper"]
    # Somebody unnamed cannot stand in one row with people who are.
    key = ("argument", match["side"], paper, "" if who else "unnamed")
    lead = _SIDES[match["side"]]
    return Joint(key, lead, f"„{found.quote}“", who=who, place=paper)


def _suggestion(text: str) -> Joint | None:
    found = led(text)
    match = _SUGGESTION.fullmatch(found.lead) if found else None
    tail = re.fullmatch(r" \((?P<paper>[^()]+)\)", found.tail) if found else None
    if found is None or match is None or tail is None:
        return None
    lead = f"Vorschläge zum Prüfen, {match['goal']} ({tail['paper']})"
    return Joint(("suggestion", lead), lead, f"„{found.quote}“")


def _vote(text: str) -> Joint | None:
    found = led(text)
    match = _VOTE.fullmatch(found.lead) if found else None
    if found is None or match is None or found.tail:
        return None
    lead = match["lead"] or match["minutes"]
    what = match["what"] or match["vote"] or match["role"]
    glue = ", " if match["what"] else ": "
    return Joint(("minutes", lead), lead, f"{what}: „{found.quote}“", glue=glue)


def _row(text: str) -> Joint | None:
    """A row of a table, told in words: "Vorlage Nr. 15/1 vom 01.02.2024: Summe: 200 €"."""
    match = re.fullmatch(rf"(?P<paper>{_PAPER}(?: \(überholt, [^()]+\))?): (?P<row>[^„“]+)", text)
    if match is None or ";" in match["row"] or match["row"].endswith("."):
        return None
    return Joint(("row", match["paper"]), match["paper"], match["row"])


def _quote(text: str) -> Joint | None:
    """Any other lead with a quote; only the very same lead joins."""
    found = led(text)
    if found is None or found.tail or not re.match(rf"{_PAPER}|Niederschrift ", found.lead):
        return None
    return Joint(("quote", found.lead), found.lead, f"„{found.quote}“")


def _simple(
    pattern: str, lead: str, item: str, family: str = "simple"
) -> Callable[[str], Joint | None]:
    compiled = re.compile(pattern)

    def read(text: str) -> Joint | None:
        match = compiled.fullmatch(text)
        if match is None:
            return None
        groups = {name: value or "" for name, value in match.groupdict().items()}
        said = lead.format_map(groups)
        return Joint((family, said), said, item.format_map(groups), ".")

    return read


_READERS: tuple[Callable[[str], Joint | None], ...] = (
    _argument,
    _suggestion,
    _vote,
    _simple(
        rf"Für den (?P<day>{_DAY}) (?P<verb>war|ist) die Beratung vorgesehen: "
        r"(?P<body>[^:;]+?)(?P<role> \([^()]+\))?\.",
        "Die Beratung {verb} vorgesehen",
        "{body} am {day}{role}",
        STATIONS,
    ),
    _simple(
        rf"(?P<none>[^:„“]*Niederschrift liegt (?:hier )?nicht vor): (?P<body>[^:;]+ am {_DAY})\.",
        "{none}",
        "{body}",
        STATIONS,
    ),
    _simple(
        rf"Für (?P<paper>{_PAPER}) (?P<verb>war|ist) vorgesehen: (?P<station>[^:;]+)\.",
        "Für {paper} {verb} vorgesehen",
        "{station}",
    ),
    _simple(rf"Darauf bezieht sich (?P<paper>{_PAPER})\.", "Darauf beziehen sich", "{paper}"),
    _simple(r"Quelle: (?P<paper>[^:„“]+, „.+“)\.", "Quellen", "{paper}"),
    _row,
    _quote,
)


def joined(joints: Sequence[Joint], *, points: bool = False) -> str:
    """Several joints of one key as one text; with `points`, a line each."""
    first = joints[0]
    lead, items = first.lead, [joint.item for joint in joints]
    if first.place:
        speakers = list(dict.fromkeys(joint.who for joint in joints))
        who = f"{speakers[0]}, " if len(speakers) == 1 and speakers[0] else ""
        lead = f"{lead} ({who}{_inner(first.place)}"
        if len(speakers) > 1:
            items = [f"{joint.who}: {joint.item}" for joint in joints]
            items = items if points else list(_by_speaker(joints))
    if points:
        return "\n".join([f"{lead}:", *(f"– {item}" for item in items)])
    return f"{lead}{first.glue}{'; '.join(items)}{first.tail}"


def _inner(place: str) -> str:
    """Closes the bracket that the place stands in, before a mark that has its own."""
    paper, mark, rest = place.partition(" (überholt")
    return f"{paper}){mark}{rest}"


def _by_speaker(joints: Sequence[Joint]) -> Iterator[str]:
    """One entry for all that somebody says in a row."""
    run: list[str] = []
    for joint, following in zip(joints, [*joints[1:], None], strict=True):
        run.append(joint.item)
        if following is None or following.who != joint.who:
            yield f"{joint.who}: {', '.join(run)}"
            run = []
