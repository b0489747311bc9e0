"""What was decided under one item of minutes: votes below headings, or told in sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.types import (
    Ergebnis,
    Section,
    SectionKind,
    Span,
)
from ingest.papers.gremien import BODY, gremium_name
from ingest.papers.outcomes import is_vote_line, read_outcome
from ingest.papers.votes import read_votes, vote_table_end
from ingest.sentences import split_sentences

_NO_DECISION = re.compile(
    r"\bvorstehende[ns]? (?:Protokoll|Niederschrift)|\bWahl\b.{0,40}\bange?no?m"
    r"|\bnimmt die Wahl an\b|\b(?:[Ii]ch|[Ww]ir|uns|Ihnen|mir)\b|(?<=\w )\bSie\b"
)
_VOTE = re.compile(
    r"\b(?:einstimmig\w*|mehrheitlich\w*|einvernehmlich|(?:ja|nein|gegen)-?\s?stimmen?"
    r"|enthaltung(?:en)?|"
    r"stimmenmehrheit|abstimmung\w*)\b|\bja\s*:\s*\d|\bdafür\s*:\s*\d",
    re.IGNORECASE,
)
_DECIDES = re.compile(
    rf"\b(?:Der|Die|der|die) (?P<body>{BODY})[^.;]{{0,60}}\b(?:beschließt|beschloss|lehnt"
    rf"|stimmt|nimmt|"
    r"vertagt|verweist|genehmigt|billigt)\b"
    rf"|\b(?:beschließt|beschloss|lehnt|stimmt|nimmt|vertagt|verweist|genehmigt|billigt) "
    rf"(?:der|die) "
    rf"(?P<after>{BODY})"
    r"|\b(?:wurde|wurden)\b[^.;]{0,120}\b(?:beschlossen|abgelehnt|vertagt|verwiesen"
    r"|angenommen|genehmigt|"
    r"zurückgestellt|zur Kenntnis genommen)\b"
    r"|\b(?:wird|wurde|ist)\b[^.;]{0,120}\b(?:zurückgezogen|abgesetzt|vertagt|verwiesen"
    r"|zurückgestellt)\b"
    r"|\bzieht\b[^.;]{0,80}\bzurück\b"
    r"|\b(?:wird|werden)\b[^.;]{0,80}\bzur Kenntnis genommen\b"
)
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
_APPROVED_LATER = re.compile(r"^[ \t]*Genehmigungsvermerk\b", re.MULTILINE)
_VOTE_CUT = re.compile(
    r"\b(?:einstimmig|mehrheitlich)\b.{0,40}\b(?:bei|mit|gegen|und)(?:\s(?:eine?r?|zwei|drei|\d+))?\Z"
)
# "Der Änderungsantrag von Herrn Ott wird abgelehnt", told in a sentence.
_TOLD_OF = re.compile(
    r"\b[Dd](?:er|ie|em|en) (?P<what>(?:Änderungs|Ergänzungs|Geschäftsordnungs|Zusatz)ant\w+"
    r"|Änderung(?:en)? des Beschlussvorschlag\w+)"
)
MAX_VOTE = 700


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
    groups = _grouped([s for s in own if s.kind in {SectionKind.BESCHLUSS, SectionKind.ERGEBNIS}])
    if not groups:
        for span, ergebnis in _told(text, top, own, gremium):
            of = _TOLD_OF.search(ergebnis.text)
            subject = of["what"] if of else ""
            yield Decision(span, ergebnis, subject, span.start, max(span.end, ergebnis.span.end))
        return
    for group in groups:
        first, votes = group[0], [s for s in group if s.kind is SectionKind.ERGEBNIS]
        start, end = min(s.span.start for s in group), max(s.span.end for s in group)
        subject = next((named for s in group if (named := _subject(s))), "")
        labelled = [r for v in votes for r in _votes(text, _body_span(text, v))]
        if first.kind is SectionKind.ERGEBNIS:
            for label, result in labelled:
                whole = Span(first.heading.start, result.span.end) if subject else result.span
                yield Decision(whole, result, label or subject, start, end)
            continue
        body = _body_span(text, first)
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


def _grouped(sections: Sequence[Section]) -> list[list[Section]]:
    """Each Beschluss with the votes on it, Beschluss first; a vote on something else alone."""
    groups: list[list[Section]] = []
    for section in sections:
        last = groups[-1] if groups else []
        if section.kind is SectionKind.BESCHLUSS:
            waiting = len(groups) == 1 and last[0].kind is SectionKind.ERGEBNIS
            if waiting and not _subject(last[0]) and section is _last_beschluss(sections):
                groups[-1] = [section, *last]  # the vote is printed above its Beschluss
            else:
                groups.append([section])
        elif last and _same_subject(last[0], section):
            last.append(section)
        else:
            groups.append([section])
    return groups


def _last_beschluss(sections: Sequence[Section]) -> Section:
    return [s for s in sections if s.kind is SectionKind.BESCHLUSS][-1]


def _same_subject(first: Section, vote: Section) -> bool:
    subject, of_first = _subject(vote), _subject(first)
    if first.kind is SectionKind.BESCHLUSS and not (subject and of_first):
        return not subject or ITEM_ITSELF.match(subject) is not None
    return subject == of_first


def _subject(section: Section) -> str:
    """What a heading says is voted on: "Änderungsantrag" in "Abstimmung zum Änderungsantrag"."""
    match = _VOTE_ON.search(section.title)
    return match["what"].strip() if match else ""


def _body_span(text: str, section: Section) -> Span:
    """The words of a section without its heading; nothing of a longer debate behind them."""
    start = max(section.heading.end, section.span.start)
    words = text[start : section.span.end]
    lead = len(words) - len(words.lstrip())
    return Span(start + lead, max(start + lead, start + len(words.rstrip())))


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
            yield name, _result(text, Span(body.start + start, body.start + end))
        return
    if words:
        first, *behind = re.split(r"(\s*\n\s*)", words[:MAX_VOTE])
        paragraph = words[:MAX_VOTE].split("\n\n")[0]
        for gap, line in zip(behind[::2], behind[1::2], strict=True):
            if not is_vote_line(line) and len(first) >= len(paragraph):
                break
            first += gap + line
        end = max(len(first), vote_table_end(words))
        yield "", _result(text, Span(body.start, body.start + end))


def _counted_lines(words: str) -> int:
    """Where the record of one subject ends: its first line with those that go on counting."""
    first, *behind = re.split(r"(\s*\n\s*)", words)
    for gap, line in zip(behind[::2], behind[1::2], strict=True):
        if not is_vote_line(line):
            break
        first += gap + line
    return len(first)


def _result(text: str, span: Span) -> Ergebnis:
    words = span.cut(text).rstrip()
    here = Span(span.start, span.start + len(words))
    return Ergebnis(words, read_outcome(words), here, read_votes(words))


def _record(text: str, body: Span) -> Ergebnis | None:
    """The result that the words of a Beschluss state themselves: their last vote, else all."""
    told = [s.shifted(body.start) for s in split_sentences(body.cut(text))]
    for span in reversed(told):
        if _VOTE.search(span.cut(text)) and read_outcome(span.cut(text)) is not None:
            return _result(text, span)
    short = len(body) < MAX_VOTE and read_outcome(body.cut(text)) is not None
    return _result(text, body) if short else None


def _told(
    text: str, top: Section, own: Sequence[Section], gremium: str
) -> Iterator[tuple[Span, Ergebnis]]:
    """Decisions that the running text of a TOP reports in a sentence."""
    inner = [s.span for s in own if s.kind is not SectionKind.TEXT]
    body = _body_span(text, top)
    told_until = 0
    note = _APPROVED_LATER.search(text, body.start, body.end)
    if note:
        body = Span(body.start, note.start())
    for span in _whole_sentences(text, body):
        words = span.cut(text)
        if any(other.overlaps(span) for other in inner) or len(words) > MAX_VOTE:
            continue
        if span.start < told_until or _NO_DECISION.search(words) or not _tells(words, gremium):
            continue
        if read_outcome(words) is not None:
            wording = _wording_behind(text, span, body.end) or span
            told_until = wording.end
            yield wording, _result(text, span)


def _whole_sentences(text: str, body: Span) -> Iterator[Span]:
    """The sentences of a body; one that the end of a line broke goes on in the next piece."""
    pieces = [piece.shifted(body.start) for piece in split_sentences(body.cut(text))]
    taken = False
    for piece, following in zip(pieces, [*pieces[1:], None], strict=False):
        if taken:
            taken = False
            continue
        if following and _VOTE_CUT.search(piece.cut(text)):
            taken = True
            piece = Span(piece.start, following.end)
        yield piece


def _wording_behind(text: str, span: Span, end: int) -> Span | None:
    """The paragraph behind "… fasst einstimmig folgenden Beschluss:"."""
    if not span.cut(text).endswith(":"):
        return None
    match = re.compile(r"\s*(\S(?:[^\n]|\n(?!\s*\n))*)").match(text, span.end, end)
    return Span(*match.span(1)) if match else None


def _tells(words: str, gremium: str) -> bool:
    """Whether a sentence reports a vote, or a decision of the body whose minutes these are.

    "Der Rat beschließt …" in the minutes of a committee is what it recommends to the Rat.
    """
    if _VOTE.search(words):
        return True
    match = _DECIDES.search(words)
    if match is None:
        return False
    body = match["body"] or match["after"]
    return body is None or not gremium or gremium_name(body).lower() in gremium.lower()
