"""Einfache Sprache: short lines under a lead that says whose words follow and what they are.

The words of a quote are parted and exchanged by the rules of `plain` and checked word by word.
Where they come out other than in the source, they bear no quotation marks.
"""

from __future__ import annotations

import re

from assistant.begruendung.rewording.clearer import Parted, clearer
from assistant.begruendung.rewording.phrases import as_sentence, phrase_problems
from assistant.begruendung.rewording.quoting import led, outer_quotes
from assistant.plain.parting import further_cuts, statements
from assistant.plain.words import exchanged

_DAY = r"\d{2}\.\d{2}\.\d{4}"
_PAPER = rf"[A-ZÄÖÜ][\w-]+ Nr\. \S+(?: vom {_DAY})?"
_MARK = r"(?P<mark> \(überholt, [^()]+\))?"
_LEADS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), lead)
    for pattern, lead in (
        (
            rf"Als Argument (?P<side>dafür|dagegen) ist erfasst \((?P<rest>.+)\){_MARK}",
            "Dieses Argument {side} ist erfasst ({rest}){mark}",
        ),
        (
            rf"Ohne Zuordnung ist erfasst \((?P<rest>.+)\){_MARK}",
            "Das ist ohne Zuordnung erfasst ({rest}){mark}",
        ),
        (
            rf"(?P<paper>{_PAPER}), Beschlussvorschlag (?P<whose>der Antragsteller|der Vorlage), "
            rf"für sich keine Beschlusslage{_MARK}",
            "Das ist der Beschlussvorschlag {whose} ({paper}). Er ist für sich keine "
            "Beschlusslage{mark}",
        ),
        (
            rf"Zu (?P<paper>{_PAPER}) vermerkt die (?P<minutes>Niederschrift .+), als (?P<what>.+)",
            "Das steht zu {paper} in der {minutes}, als {what}",
        ),
        (
            r"(?P<minutes>Niederschrift .+, TOP [\d.]+)(?P<vote>, Abstimmung)? \((?P<what>.+)\)",
            "Das steht in der {minutes}{vote} ({what})",
        ),
        (
            rf"(?P<paper>{_PAPER}) trägt den Ergebnisvermerk",
            "Dieses Ergebnis ist auf {paper} vermerkt",
        ),
        (
            r"Als Ergebnis ist auf der (?P<paper>Drucksache Nr\. \S+) vermerkt",
            "Dieses Ergebnis ist auf der {paper} vermerkt",
        ),
        (
            rf"(?P<paper>{_PAPER}), nach Angabe (?P<who>(?:von|der) [^„]+?)"
            rf"(?P<place>, Beschlussvorschlag)?{_MARK}",
            "Das steht nach Angabe {who} in {paper}{place}{mark}",
        ),
        (rf"(?P<paper>{_PAPER}){_MARK}", "Das steht in {paper}{mark}"),
    )
)


def easier(text: str, parted: Parted) -> str | None:
    """A paragraph said in an easier way; None where nothing of it can be.

    `parted` cuts a long statement into sentences that say the same.
    """
    found = led(text)
    if found is None:
        return clearer(text) or (_prose(text, parted) if outer_quotes(text) == [] else None)
    if found.tail.strip(" ."):
        return None
    lead = _lead(found.lead)
    lines = _lines(found.quote, parted)
    if lead is None and lines == [found.quote]:
        return None
    if all(line in found.quote for line in lines):
        lines = [f"„{line}“" for line in lines]
    return "\n".join([f"{lead or found.lead}:", *lines])


def lead_of(text: str) -> str:
    """What stands before the words of a source, in a paragraph as it was or as it is here."""
    first, colon, _ = text.partition(":\n")
    found = led(text)
    return first if colon else found.lead if found else text


def _prose(text: str, parted: Parted) -> str:
    return " ".join(_lines(text, parted))


def _lead(lead: str) -> str | None:
    for pattern, easy in _LEADS:
        if match := pattern.fullmatch(lead):
            return easy.format_map({k: v or "" for k, v in match.groupdict().items()})
    return None


def _lines(words: str, parted: Parted) -> list[str]:
    """The statements of some words, a line each; words of no whole sentence as they are."""
    lines: list[str] = []
    for statement in statements(words):
        tried = list(parted(statement))
        easy = tried if tried != [statement] else [exchanged(statement)]
        if easy != [statement] and phrase_problems(further_cuts(statement), easy):
            easy = [statement]
        lines += [as_sentence(line) for line in easy]
    same = len(lines) == 1 and lines[0].rstrip(".") == words.rstrip(".")
    return [words] if same else lines
