"""The parts of a draft that the checks look at: its sections by the Mandant's rules, its prose."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.hausregeln import Abschnitt, Hausregeln
from assistant.review.apparatus import annexes, footnotes
from assistant.review.quotation import quotations
from index.types import Document, SectionKind, Span
from ingest.sentences import split_sentences

_LINE = re.compile(r"[^\n]+")
_RUN_IN = re.compile(r"(?P<title>[^:\t\n]{3,70}?)[ ]?[:\t][ \t]*(?=\S)")
_PARTED = re.compile(r"\s*[/,]\s*|\s+und\s+")
_LONGEST_HEADING = 90
_SHORTEST_BEGINNING = 8
"""Letters of a title that a longer heading may begin with: "Inklusion und Barrierefreiheit"."""
_KINDS = {
    SectionKind.BESCHLUSSVORSCHLAG: "beschlussvorschlag",
    SectionKind.BEGRUENDUNG: "sachverhalt",
    SectionKind.FINANZEN: "finanzen",
    SectionKind.BERATUNGSFOLGE: "beratungsfolge",
    SectionKind.ANLAGE: "anlagen",
}
_NO_PROSE = frozenset({SectionKind.KOPF, SectionKind.BERATUNGSFOLGE, SectionKind.UNTERSCHRIFT})
_OF_BEGRUENDUNG = frozenset({SectionKind.TEXT, SectionKind.BEGRUENDUNG})
"""What may be a chapter of the Begründung, however deep its heading was read."""


@dataclass(frozen=True, slots=True)
class Part:
    """A section of the draft that the Mandant's rules know. `body` may be empty."""

    abschnitt: Abschnitt
    heading: Span
    body: Span


def parts_of(document: Document, rules: Hausregeln) -> tuple[Part, ...]:
    """The sections that the rules know, in order; a heading for two of them gives two parts."""
    found = dict(_headed_lines(document, rules))
    for section in document.sections:
        start, heading = section.span.start, section.heading
        if any(span.overlaps(heading) or span.start == start for span in found):
            continue
        known = _begun(section.title, rules) or _of_kind(section.kind, rules)
        if known:
            found[heading if len(heading) else Span(start, start)] = (known,)
    cuts = sorted({span.start for span in found} | _other_starts(document))
    parts = []
    for heading, abschnitte in sorted(found.items()):
        end = next((cut for cut in cuts if cut > heading.start), len(document.text))
        body = Span(heading.end, max(heading.end, end))
        parts += [Part(abschnitt, heading, body) for abschnitt in abschnitte]
    return tuple(parts)


def body_words(document: Document, part: Part, parts: Sequence[Part] = ()) -> str:
    """What stands in a part, without the headings that lie within it.

    "Begründung" may head all that follows: then what is left of it without the other `parts`.
    """
    body, left_out = part.body, [section.heading for section in document.sections]
    if part.heading.cut(document.text).strip(" :.").casefold().endswith("begründung"):
        others = [s.span.start for s in document.sections if s.kind not in _OF_BEGRUENDUNG]
        behind = [at for at in others if at > part.heading.start]
        end = min(behind, default=len(document.text))
        body = Span(part.heading.end, max(body.end, _own_span(document, part).end, end))
        left_out += [_own_span(document, other) for other in parts if other != part]
    words = list(body.cut(document.text))
    for span in left_out:
        if len(span) and body.contains(span):
            start, end = span.start - body.start, span.end - body.start
            words[start:end] = " " * (end - start)
    return "".join(words).strip()


def _own_span(document: Document, part: Part) -> Span:
    """A part as far as its own section goes, where it is one."""
    held = next((s.span for s in document.sections if s.heading == part.heading), None)
    return Span(part.heading.start, held.end if held else part.body.end)


def prose_sentences(document: Document) -> tuple[Span, ...]:
    """The sentences of the running text: no head, no table, no heading, no signature."""
    left_out = [
        *(section.span for section in document.sections if section.kind in _NO_PROSE),
        *(section.heading for section in document.sections if len(section.heading)),
        *(table.span for table in document.tables),
        *annexes(document),
        *footnotes(document),
    ]
    return tuple(
        span
        for span in split_sentences(document.text)
        if "\t" not in span.cut(document.text)
        and not any(span.overlaps(other) or other.contains(span) for other in left_out)
    )


def quoted(document: Document) -> tuple[Span, ...]:
    """What stands between quotation marks: words of others, left as they are."""
    return quotations(document.text)


def _headed_lines(
    document: Document, rules: Hausregeln
) -> Iterator[tuple[Span, tuple[Abschnitt, ...]]]:
    for line in _LINE.finditer(document.text):
        words = line.group().rstrip()
        start = line.start() + len(words) - len(words.lstrip())
        words = words.lstrip()
        if len(words) <= _LONGEST_HEADING and (known := _known(words, rules)):
            yield Span(start, start + len(words)), known
            continue
        run_in = _RUN_IN.match(words)
        if run_in and (known := _known(run_in["title"], rules)):
            yield Span(start, start + run_in.end()), known


def _known(heading: str, rules: Hausregeln) -> tuple[Abschnitt, ...]:
    whole = rules.abschnitt(heading)
    if whole is not None:
        return (whole,)
    parted = [rules.abschnitt(piece) for piece in _PARTED.split(heading)]
    found = [abschnitt for abschnitt in parted if abschnitt is not None]
    return tuple(dict.fromkeys(found)) if len(found) == len(parted) else ()


def _begun(heading: str, rules: Hausregeln) -> Abschnitt | None:
    plain = heading.lstrip("0123456789. )").casefold()
    for abschnitt in rules.abschnitte:
        for title in (abschnitt.titel, *abschnitt.auch):
            if len(title) >= _SHORTEST_BEGINNING and plain.startswith(f"{title.casefold()} "):
                return abschnitt
    return None


def _of_kind(kind: SectionKind, rules: Hausregeln) -> Abschnitt | None:
    key = _KINDS.get(kind)
    return next((a for a in rules.abschnitte if a.schluessel == key), None)


def _other_starts(document: Document) -> set[int]:
    """Where sections begin that the rules do not name but that end the one before."""
    others = {s.span.start for s in document.sections if s.kind is not SectionKind.TEXT}
    return others | {span.start for span in annexes(document)}
