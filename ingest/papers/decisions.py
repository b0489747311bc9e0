"""What was decided under one item of minutes: votes below headings, or told in sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from index.types import (
    Ergebnis,
    Section,
    SectionKind,
    Span,
)
from ingest.papers.outcomes import is_vote_line, read_outcome
from ingest.papers.told import MAX_VOTE, VOTE, body_span, told_decisions
from ingest.papers.vote_record import result_at
from ingest.papers.votes import vote_table_end
from ingest.sentences import split_sentences

# "Beschlussvorlage: Zustimmung", "Ergänzungsantrag: verwiesen": one vote for each subject.
_SUBJECT = re.compile(
    r"^[ \t•–-]*(?:(?:[A-ZÄÖÜ][\w./ -]{0,60})?(?:[Vv]orlage|[Aa]ntrag|[Aa]nträge|TOP|Ziffer|Punkt"
    r"|Nr)[\w./, |&-]{0,60}:\s*\S|(?:TOP|Punkt|Zu)\s+\d{1,2}(?:\.\d{1,2})*\s*:?\s+(?=[A-ZÄÖÜ\d])"
    r"|(?:[Zz]u\s+)?[a-h]\)\s*[=:]?\s*(?=\d|[Ee]instimmig|[Mm]ehrheitlich|[Aa]bge|[Zz]uge|[Aa]nge))",
    re.MULTILINE,
)
_LABEL_OF = re.compile(
    r"(?P<name>[ \t•–-]*(?:(?:TOP|Punkt|Zu)\s+\d{1,2}(?:\.\d{1,2})*|(?:[Zz]u\s+)?[a-h]\)"
    r"|[^:\n]{1,140}))(?=\s*:|\s)"
)
ITEM_WHOLLY = re.compile(
    r"(?:Beschlussv|Verwaltungsv|V)orlage(?: der)?(?: Verwaltung)?|(?:Haupt|Ursprungs)antrag|Antrag"
    r"|Beschlussvorschlag"
)
_VOTE_ON = re.compile(r"\s(?:zu[mr]?|über)\s+(?:(?:den|die|das|dem|der)\s+)?(?P<what>[^\W\d].*)")
ITEM_ITSELF = re.compile(
    r"(?:TOP|Tagesordnungspunkt|Vorlage|Beschlussvorschlag|Beschlussvorlage|Hauptantrag|Antrag)"
    r"(?![\w-])(?! von\b| de[rs]\b)"
)
# "Änderungsantrag der FDP-Fraktion: Streichung der Stelle", on the line above its vote.
_MOTION_LINE = re.compile(
    r"(?:\d{1,2}[.)]\s*)?(?P<what>(?:(?:Weiterer|Gemeinsamer|Interfraktioneller)\s)?"
    r"(?:[A-ZÄÖÜ][a-zäöü]+)?[Aa]ntrag\s(?:Nr\.?\s?[\w/.-]+\s?)?(?:de[rs]|von|aus)\s[^:\n]{2,100}?)"
    r"(?=:|\s(?:auf|zu[mr]?|betreffend|vom)\s|\.?\Z)"
)
_OTHER_MOTION = re.compile(r"[A-ZÄÖÜ]\w*[äa]ntrag\b|Antrag\s+(?:de[rs]|von)\s")
_PART_TOLD = re.compile(
    r"(?P<what>(?:(?:Punkt|Ziffer|Ziff\.|Nr\.|Nummer|Absatz|Teil|Buchstabe)\s?[\w.]{1,4}|[a-h]\)))\s*:"
)
# "Der Änderungsantrag von Herrn Ott wird abgelehnt", told in a sentence.
_TOLD_OF = re.compile(
    r"\b[Dd](?:er|ie|em|en) (?P<what>(?:Änderungs|Ergänzungs|Geschäftsordnungs|Zusatz)ant\w+"
    r"|Änderung(?:en)? des Beschlussvorschlag\w+)"
)


@dataclass(frozen=True, slots=True)
class Decision:
    """One vote: `span` covers the words decided on, `subject` names them if the heading does.

    `start` and `end` are those of everything printed about the vote.
    """

    span: Span
    ergebnis: Ergebnis | None
    subject: str
    start: int
    end: int

    @property
    def end_of_words(self) -> int:
        """Where the last word of the decision and of its vote stands."""
        return max(self.span.end, self.ergebnis.span.end if self.ergebnis else 0)


def read_decisions(
    text: str, top: Section, own: Sequence[Section], gremium: str
) -> Iterator[Decision]:
    """The votes under a TOP in order; `own` are its sections without those of TOPs below it.

    Args:
        text: canonical text.
        top: the item, up to the first item that lies in it.
        own: see above.
        gremium: the body whose minutes these are.
    """
    sections = [s for s in own if s.kind in {SectionKind.BESCHLUSS, SectionKind.ERGEBNIS}]
    if not sections:
        yield from _told_decisions(text, top, own, gremium)
        return
    subjects = _subjects(text, top, sections)
    decided = list(_printed(text, _grouped(sections, subjects), subjects))
    yield from decided
    last = max((made.end_of_words for made in decided), default=0)
    if last and all(_OTHER_MOTION.match(made.subject) for made in decided):
        # Several votes on changes, and behind them the one on the item itself, told in a sentence.
        rest = replace(top, span=Span(last, top.span.end), heading=Span(last, last))
        outside = [s for s in own if s.span.start >= last]
        yield from (d for d in _told_decisions(text, rest, outside, gremium) if not d.subject)


def _told_decisions(
    text: str, top: Section, own: Sequence[Section], gremium: str
) -> Iterator[Decision]:
    for span, ergebnis in told_decisions(text, top, own, gremium):
        of = _TOLD_OF.search(ergebnis.text) or _PART_TOLD.match(ergebnis.text)
        subject = of["what"] if of else ""
        yield Decision(span, ergebnis, subject, span.start, max(span.end, ergebnis.span.end))


def _printed(
    text: str, groups: Sequence[Sequence[Section]], subjects: Mapping[Span, str]
) -> Iterator[Decision]:
    """The votes that stand below headings of their own."""
    for group in groups:
        first, votes = group[0], [s for s in group if s.kind is SectionKind.ERGEBNIS]
        start, end = min(s.span.start for s in group), max(s.span.end for s in group)
        subject = next((named for s in group if (named := subjects[s.span])), "")
        labelled = [r for v in votes for r in _votes(text, body_span(text, v))]
        if first.kind is SectionKind.ERGEBNIS:
            for label, result in labelled:
                whole = Span(first.heading.start, result.span.end) if subject else result.span
                yield Decision(whole, result, label or subject, start, end)
            continue
        body = body_span(text, first)
        if all(result.outcome is None for _, result in labelled) and len(body):
            stated = _record(text, body)
            # "Keine Abstimmung" under "Kenntnisnahme"
            labelled = [("", stated)] if stated else labelled
        for label, result in labelled:
            own_words = label and not ITEM_WHOLLY.fullmatch(label)
            words = result.span if own_words or not len(body) else body
            yield Decision(words, result, label or subject, start, end)
        if not labelled and len(body):
            yield Decision(body, None, subject, start, end)


def _grouped(sections: Sequence[Section], subjects: Mapping[Span, str]) -> list[list[Section]]:
    """Each Beschluss with the votes on it, Beschluss first; a vote on something else alone."""
    groups: list[list[Section]] = []
    for section, following in zip(sections, [*sections[1:], None], strict=True):
        last = groups[-1] if groups else []
        if section.kind is SectionKind.BESCHLUSS:
            waiting = len(groups) == 1 and [s.kind for s in last] == [SectionKind.ERGEBNIS]
            own_vote = following is not None and following.kind is SectionKind.ERGEBNIS
            if (
                waiting
                and not own_vote
                and not subjects[last[0].span]
                and section is _last_beschluss(sections)
            ):
                groups[-1] = [section, *last]  # the vote is printed above its Beschluss
            else:
                groups.append([section])
        elif last and _same_subject(last[0], section, subjects):
            last.append(section)
        else:
            groups.append([section])
    return groups


def _last_beschluss(sections: Sequence[Section]) -> Section:
    return [s for s in sections if s.kind is SectionKind.BESCHLUSS][-1]


def _same_subject(first: Section, vote: Section, subjects: Mapping[Span, str]) -> bool:
    subject, of_first = subjects[vote.span], subjects[first.span]
    if first.kind is SectionKind.BESCHLUSS and not (subject and of_first):
        return not subject or ITEM_ITSELF.match(subject) is not None
    return subject == of_first


def _subject(section: Section) -> str:
    """What a heading says is voted on: "Änderungsantrag" in "Abstimmung zum Änderungsantrag"."""
    match = _VOTE_ON.search(section.title)
    return match["what"].strip() if match else ""


def _subjects(text: str, top: Section, sections: Sequence[Section]) -> dict[Span, str]:
    """What each section is about by its heading; of several votes also by the line above it."""
    several = sum(section.kind is SectionKind.ERGEBNIS for section in sections) > 1
    found: dict[Span, str] = {}
    for section in sections:
        subject = _subject(section)
        if several and not subject and section.kind is SectionKind.ERGEBNIS:
            subject = _motion_above(text[top.heading.end : section.heading.start])
        found[section.span] = subject
    return found


def _motion_above(words: str) -> str:
    """The motion that the last line names, without what it asks for: "Antrag der SPD-Fraktion"."""
    line = (words.strip().splitlines() or [""])[-1].strip()
    match = _MOTION_LINE.match(line)
    return match["what"].strip(" .") if match else ""


def _votes(text: str, body: Span) -> Iterator[tuple[str, Ergebnis]]:
    """One result for each subject of the vote, with its name where several are named; else one."""
    words = body.cut(text)
    starts = [
        m.start() + len(m.group()) - len(m.group().lstrip(" \t")) for m in _SUBJECT.finditer(words)
    ]
    if len(starts) > 1:
        for start, end in zip(starts, [*starts[1:], len(words)], strict=True):
            label = _LABEL_OF.match(words, start, end)
            name = label["name"].strip(" \t•–-") if label else ""
            end = start + _counted_lines(words[start:end])  # the debate may follow
            yield name, result_at(text, Span(body.start + start, body.start + end))
        return
    if words:
        first, *behind = re.split(r"(\s*\n\s*)", words[:MAX_VOTE])
        paragraph = words[:MAX_VOTE].split("\n\n")[0]
        for gap, line in zip(behind[::2], behind[1::2], strict=True):
            if not is_vote_line(line) and len(first) >= len(paragraph):
                break
            first += gap + line
        end = max(len(first), vote_table_end(words))
        yield "", result_at(text, Span(body.start, body.start + end))


def _counted_lines(words: str) -> int:
    """Where the record of one subject ends: its first line with those that go on counting."""
    first, *behind = re.split(r"(\s*\n\s*)", words)
    for gap, line in zip(behind[::2], behind[1::2], strict=True):
        if not is_vote_line(line):
            break
        first += gap + line
    return len(first)


def _record(text: str, body: Span) -> Ergebnis | None:
    """The result that the words of a Beschluss state themselves: their last vote, else all."""
    told = [s.shifted(body.start) for s in split_sentences(body.cut(text))]
    for span in reversed(told):
        if VOTE.search(span.cut(text)) and read_outcome(span.cut(text)) is not None:
            counted = _counted_lines(text[span.start : body.end])
            return result_at(text, Span(span.start, max(span.end, span.start + counted)))
    short = len(body) < MAX_VOTE and read_outcome(body.cut(text)) is not None
    return result_at(text, body) if short else None
