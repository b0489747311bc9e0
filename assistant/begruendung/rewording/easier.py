"""Einfache Sprache: short lines under a lead that says whose words follow and what they are.

The words of a quote are parted and exchanged by the rules of `plain` and checked word by word.
Where they come out other than in the source, they bear no quotation marks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.begruendung.rewording.clearer import Parted, behind, clearer
from assistant.begruendung.rewording.phrases import as_sentence, phrase_problems
from assistant.begruendung.rewording.points import itemised
from assistant.begruendung.rewording.prose import is_labelled, own_statements
from assistant.begruendung.rewording.quoting import led, outer_quotes, quotes_of
from assistant.begruendung.rewording.shorter import Run
from assistant.plain.parting import further_cuts
from assistant.plain.words import exchanged
from ingest.sentences import split_sentences

SIGNS = frozenset({"Nr.", "Abs.", "€", "EUR", "%"})
"""Signs that everybody reads; for them no quote gives up its wording."""
EASY_WORDS = frozenset({"einfachen", "worten", "das"})
"""What a lead adds of its own."""
_IS_PLAIN = re.compile(r"Als Argument |Ohne Zuordnung |.* trägt den |Als Ergebnis ist ")
_DAY = r"\d{2}\.\d{2}\.\d{4}"
_PAPER = rf"[A-ZÄÖÜ][\w-]+ Nr\. \S+(?: vom {_DAY})?"
_MARK = r"(?P<mark> \(überholt, [^()]+\))?"
_LEADS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), lead)
    for pattern, lead in (
        (
            r"Als Argument (?P<side>dafür|dagegen) ist erfasst – (?P<rest>[^„]+)",
            "Dieses Argument {side} ist erfasst ({rest})",
        ),
        (
            r"Ohne Zuordnung ist erfasst – (?P<rest>[^„]+)",
            "Das ist ohne Zuordnung erfasst ({rest})",
        ),
        (
            rf"(?P<paper>{_PAPER}), Beschlussvorschlag (?P<whose>der Antragsteller|der Vorlage), "
            rf"für sich keine Beschlusslage{_MARK}",
            "Das ist der Beschlussvorschlag {whose} ({paper}){mark}. Er ist für sich keine "
            "Beschlusslage",
        ),
        (
            rf"Zu (?P<paper>{_PAPER}) vermerkt die (?P<minutes>Niederschrift .+), als (?P<what>.+)",
            "Das steht {to_paper} in der {minutes}, als {what}",
        ),
        (
            r"(?P<minutes>Niederschrift .+, TOP [\d.]+)(?P<vote>, Abstimmung)? \((?P<what>.+)\)",
            "Das steht in der {minutes}{vote} ({what})",
        ),
        (
            rf"(?P<paper>{_PAPER}) trägt den Ergebnisvermerk",
            "{paper} trägt diesen Ergebnisvermerk",
        ),
        (
            r"Als Ergebnis ist auf der (?P<paper>Drucksache Nr\. \S+) vermerkt",
            "Dieses Ergebnis ist auf der {paper} vermerkt",
        ),
        (
            rf"(?P<paper>{_PAPER}), nach Angabe (?P<who>(?:von|der) [^„]+?)"
            rf"(?P<place>, Beschlussvorschlag)?{_MARK}",
            "Nach Angabe {who} ({paper}{place}){mark}",
        ),
        (rf"(?P<paper>{_PAPER}){_MARK}", "Das steht {in_paper}{mark}"),
    )
)


def easier(text: str, parted: Parted, *, own: bool) -> str | None:
    """A paragraph said in an easier way; None where nothing of it can be.

    Args:
        text: the paragraph.
        parted: cuts a long statement into sentences that say the same.
        own: the words are the user's; the house's own sentences have their own easier forms.
    """
    if own:
        if outer_quotes(text) != []:
            return None
        return " ".join(_lines(text, parted))
    found = led(text)
    if found is None:
        return clearer(text) or itemised(text)
    if found.tail.strip(" .") or len(quotes_of(text)) > 1:
        return None
    lead = _lead(found.lead)
    said = _said(found.quote, parted)
    if len(said.lines) < 2 and (lead is None or _IS_PLAIN.match(found.lead)):
        return None
    return "\n".join([_headed(lead or found.lead, said.verbatim), *said.lines])


def easier_run(run: Run, parted: Parted) -> str:
    """Paragraphs that begin alike as lines under one lead."""
    lead, *items = run.text(points=True).split("\n")
    lines: list[str] = []
    verbatim = True
    for item in items:
        who, mark, quote = item.partition("„")
        if not mark or not quote.endswith("“"):
            lines.append(item)
            continue
        said = _said(quote[:-1], parted)
        verbatim = verbatim and said.verbatim
        lines.append(f"{who}{' '.join(said.lines)}")
    return "\n".join([_headed(lead.removesuffix(":"), verbatim), *lines])


def _headed(lead: str, verbatim: bool) -> str:
    """A lead that says where the words behind it are not those of the source."""
    return f"{lead}:" if verbatim else f"{lead}, in einfachen Worten:"


@dataclass(frozen=True, slots=True)
class _Said:
    """The words of a quote, a line each; in quotation marks where they are `verbatim`."""

    lines: tuple[str, ...]
    verbatim: bool


def _said(quote: str, parted: Parted) -> _Said:
    """A quote in lines: its sentences, or what they part into.

    Its wording is given up only where a sentence of it is parted: a word exchanged is no gain that
    would be worth the quote.
    """
    sentences = [span.cut(quote) for span in split_sentences(quote)]
    lines = _lines(quote, parted)
    if len(lines) > len(sentences):
        return _Said(tuple(lines), verbatim=False)
    whole = " ".join(sentences) == quote and all(outer_quotes(s) is not None for s in sentences)
    return _Said(tuple(f"„{s}“" for s in (sentences if whole else [quote])), verbatim=True)


def _lead(lead: str) -> str | None:
    for pattern, easy in _LEADS:
        if match := pattern.fullmatch(lead):
            groups = {name: value or "" for name, value in match.groupdict().items()}
            if "paper" in groups:
                groups["to_paper"] = behind(groups["paper"], "zum", "zur")
                groups["in_paper"] = behind(groups["paper"], "im", "in der")
            return easy.format_map(groups)
    return None


def _lines(words: str, parted: Parted) -> list[str]:
    """The statements of some words in easier ones, a line each."""
    lines: list[str] = []
    for statement in own_statements(words):
        tried = [statement] if is_labelled(statement) else list(parted(statement))
        easy = tried if tried != [statement] else [exchanged(statement, SIGNS)]
        if easy != [statement] and phrase_problems(further_cuts(statement), easy):
            easy = [statement]
        lines += [as_sentence(line) for line in easy]
    return lines
