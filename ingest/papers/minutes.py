"""What a Niederschrift records: its sitting, and the Beschluss and vote of each TOP."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from index.types import (
    Drucksachennummer,
    Ergebnis,
    Reading,
    Schutzstufe,
    Section,
    SectionKind,
    Span,
    TopBeschluss,
)
from ingest.expressions import find_references
from ingest.papers.fraktionen import is_known_fraktion, split_fraktionen
from ingest.papers.outcomes import is_vote_line, read_outcome
from ingest.papers.stacked_items import item_of, items_called_with
from ingest.papers.votes import read_votes, vote_table_end
from ingest.sentences import split_sentences

_BODY = (
    r"(?:[A-ZÄÖÜ][\w-]*(?:ausschu(?:ss|ß)|rat|versammlung|kommission|vorstand|tag"
    r"|vertretung|beirat)"
    r"(?:e?s)?\b|Rat(?:e?s)?\b|Ausschu(?:ss|ß)(?:es)?\b|Kommission\b|Beirat(?:e?s)?\b)"
)
_SITTING = re.compile(
    r"(?P<nr>(?:\d{1,3}|[IVX]+)\.)?\s*(?P<how>(?:(?:nicht)?öffentliche[rn]?"
    r"|gemeinsame[rn]?|außerordentliche[rn]?|"
    r"konstituierende[rn]?|ordentliche[rn]?"
    r"|und)\s+)*(?P<word>[A-ZÄÖÜ]?[a-zäöü]*[Ss]itzung)\s+(?:(?:des|der)\s+)?"
    r"(?P<gremium>[A-ZÄÖÜ](?:[^\n(]|\n+(?=(?:und|für|sowie|zur|zum|des|der(?!\s+\d))\s))*?)"
    r"(?=\s+der\s+\d+\.\s+Wahlperiode|\s+(?:am|vom|um|\d|statt|findet|tritt|lädt|–|-)\s*|\s*,\s*(?:den|dem|am|vom|\d|im|in|um)\b"
    r"|\s*[(\n·|]|\s*\Z)",
)
_SITTING_NUMBER = re.compile(
    r"(?<![\d.])(?P<nr>\d{1,3})\.\s+(?:\w+\s+)?[A-ZÄÖÜ]?[a-zäöü]*[Ss]itzung\b"
)
_BODY_LINE = re.compile(rf"^[ \t]*(?P<gremium>{_BODY}[^\n:.]{{0,80}})$", re.MULTILINE)
_PLACE = re.compile(
    r"\s(?:im|in)\s.*(?:haus|saal|raum|zimmer|aula|straße|gebäude|schule)\b.*\Z", re.I
)
_NO_DECISION = re.compile(
    r"\bvorstehende[ns]? (?:Protokoll|Niederschrift)|\bWahl\b.{0,40}\bange?no?m"
    r"|\bnimmt die Wahl an\b|\b(?:[Ii]ch|[Ww]ir|uns|Ihnen|mir)\b|(?<=\w )\bSie\b"
)
_GENITIVE = re.compile(
    r"\A(?:(?P<adjective>[A-ZÄÖÜ][a-zäöü-]+)en\s+)?(?P<word>[\w-]*?(?:ausschuss|ausschuß"
    r"|rat|vorstand|tag|beirat))"
    r"(?:es|s|ses)\b",
    re.IGNORECASE,
)
_VOTE = re.compile(
    r"\b(?:einstimmig\w*|mehrheitlich\w*|einvernehmlich|(?:ja|nein|gegen)-?\s?stimmen?"
    r"|enthaltung(?:en)?|"
    r"stimmenmehrheit|abstimmung\w*)\b|\bja\s*:\s*\d|\bdafür\s*:\s*\d",
    re.IGNORECASE,
)
_DECIDES = re.compile(
    rf"\b(?:Der|Die|der|die) (?P<body>{_BODY})[^.;]{{0,60}}\b(?:beschließt|beschloss|lehnt"
    rf"|stimmt|nimmt|"
    r"vertagt|verweist|genehmigt|billigt)\b"
    rf"|\b(?:beschließt|beschloss|lehnt|stimmt|nimmt|vertagt|verweist|genehmigt|billigt) "
    rf"(?:der|die) "
    rf"(?P<after>{_BODY})"
    r"|\b(?:wurde|wurden)\b[^.;]{0,120}\b(?:beschlossen|abgelehnt|vertagt|verwiesen"
    r"|angenommen|genehmigt|"
    r"zurückgestellt|zur Kenntnis genommen)\b"
    r"|\b(?:wird|wurde|ist)\b[^.;]{0,120}\b(?:zurückgezogen|abgesetzt|vertagt|verwiesen"
    r"|zurückgestellt)\b"
    r"|\bzieht\b[^.;]{0,80}\bzurück\b"
    r"|\b(?:wird|werden)\b[^.;]{0,80}\bzur Kenntnis genommen\b"
)
_PAPER_LINE = re.compile(
    r"(?:Vorlage|Drucksache|Antrag|Anfrage|DS\b|Drs|\(|hier:|[\w-]+(?:vorlage|antrag)\b)"
)
_IN_BRACKETS = re.compile(r"\((?:DS|Drs|Drucksache|Vorlage|Antrag|Anfrage)\b")
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
_ITEM_WHOLLY = re.compile(
    r"(?:Beschlussv|Verwaltungsv|V)orlage(?: der)?(?: Verwaltung)?|(?:Haupt|Ursprungs)antrag|Antrag"
    r"|Beschlussvorschlag"
)
_VOTE_ON = re.compile(r"\s(?:zu[mr]?|über)\s+(?:(?:den|die|das|dem|der)\s+)?(?P<what>[^\W\d].*)")
_ITEM_ITSELF = re.compile(
    r"(?:TOP|Tagesordnungspunkt|Vorlage|Beschlussvorschlag|Beschlussvorlage|Hauptantrag|Antrag)"
    r"(?![\w-])(?! von\b| de[rs]\b)"
)
_PART_OF_ITEM = re.compile(
    r"(?:[Zz]u )?[a-h]\)|(?:Punkt|Ziffer|Ziff\.|Nr\.|Nummer|Abs(?:atz|\.)|Teil|Buchstabe)(?!\w)"
)
_TO_VOTE = re.compile(
    r"[^.\n]*(?:Nr\.[^.\n]*)*(?:\bzur (?:Ab|Schluss)stimmung\b|\babgestimmt\b|\bAbstimmung über\b)"
    r"[^.\n]*"
)
# "Änderungsantrag zum Antrag Nr. 15/211" is not the Antrag.
_CHANGES = re.compile(
    r"(?:Änderungs|Ergänzungs)antr\w+\s+(?:de[rs] [^\n]{0,40} )?(?:zu[mr]?|auf)\s+\Z"
)
_NEXT_ITEM = re.compile(r"(?:zu )?(?:TOP|Punkt|Pkt\.?|Tagesordnungspunkt)\s*(?:[ÖN] ?)?\d", re.I)
_NAMES = re.compile(r"(?:[A-ZÄÖÜ][\w|/.-]*(?:\s+(?!Nr)|\Z)){1,4}")
# "Finanzbericht Nr. 4/2023" is no paper of the council.
_REPORT = re.compile(r"(?<!age )(?<!rag )(?<!DS )\bNr\.\s*\Z")
_APPROVED_LATER = re.compile(r"^[ \t]*Genehmigungsvermerk\b", re.MULTILINE)
_VOTE_CUT = re.compile(
    r"\b(?:einstimmig|mehrheitlich)\b.{0,40}\b(?:bei|mit|gegen|und)(?:\s(?:eine?r?|zwei|drei|\d+))?\Z"
)
# "Der Änderungsantrag von Herrn Ott wird abgelehnt", told in a sentence.
_TOLD_OF = re.compile(
    r"\b[Dd](?:er|ie|em|en) (?P<what>(?:Änderungs|Ergänzungs|Geschäftsordnungs|Zusatz)ant\w+"
    r"|Änderung(?:en)? des Beschlussvorschlag\w+)"
)
_MAX_VOTE = 700
_MAX_PAPER_LINE = 160
_MAX_FRONT_LINES = 6


def read_sitting(text: str, end: int) -> tuple[Reading[str] | None, Reading[str] | None]:
    """The body and the number of its sitting ("19.") that the head before `end` names."""
    head = text[:end]
    match = _SITTING.search(head)
    gremium: Reading[str] | None = None
    number: Reading[str] | None = None
    if match:
        gremium = _body(head, match.start("gremium"), match.end("gremium"))
        if match["nr"]:
            number = Reading(match["nr"].rstrip("."), Span(match.start("nr"), match.end("nr") - 1))
    else:
        line = _BODY_LINE.search(head)
        if line:
            gremium = _body(head, line.start("gremium"), line.end("gremium"))
    if number is None:
        alone = _SITTING_NUMBER.search(head)
        if alone:
            number = Reading(alone["nr"], Span(alone.start("nr"), alone.end("nr")))
    return gremium, number


def gremium_name(words: str) -> str:
    """The name of a body in the nominative: "Landschaftsausschusses" is "Landschaftsausschuss"."""
    words = " ".join(words.split())
    match = _GENITIVE.match(words)
    if match is None:
        return words
    before = f"{match['adjective']}er " if match["adjective"] else ""
    return before + match["word"] + words[match.end() :]


def _body(text: str, start: int, end: int) -> Reading[str]:
    words = _PLACE.sub("", text[start:end]).rstrip(" ,;")
    return Reading(gremium_name(words), Span(start, start + len(words)))


def read_beschluesse(
    text: str, sections: Sequence[Section], gremium: str = ""
) -> tuple[TopBeschluss, ...]:
    """What each TOP records, in order. A TOP that records nothing gives no entry.

    Several votes under one TOP (an Änderungsantrag, then the motion) give an entry each; a vote
    on the item above, recorded under the item below, counts for the item above.
    `gremium` is the body whose minutes these are.
    """
    found: list[TopBeschluss] = []
    for index, section in enumerate(sections):
        if section.kind is not SectionKind.TOP:
            continue
        above = _item_above(sections, index)
        end = section.heading.end
        together = items_called_with(text, sections, index)
        for made in _decisions(
            text, _without_items_below(sections, index), _own_sections(sections, index), gremium
        ):
            item, subject = section, made.subject
            if len(together) > 1:
                item, subject = _of_those(text, together, subject)
            elif above and _puts_to_vote(text[end : made.start], _papers(text, above)):
                item, subject = above, ""
            end = made.end
            found.append(_entry(text, item, subject, made, section.visibility))
    return tuple(found)


def _of_those(text: str, items: Sequence[Section], subject: str) -> tuple[Section, str]:
    """The item that a vote is about, where several were called up together, and its subject."""
    item = item_of(text, items, subject)
    if subject and item is not items[0]:
        return item, ""
    if item is items[0] and not _papers(text, item):
        item = next((other for other in items if _papers(text, other)), item)
    return item, subject


def _entry(
    text: str, item: Section, subject: str, made: Decision, visibility: Schutzstufe
) -> TopBeschluss:
    top, titel = _top_and_title(item)
    papers = _papers(text, item)
    named = tuple(dict.fromkeys(r.number for r in find_references(subject)))
    if named and set(named) <= set(papers):
        papers, subject = named, ""
    elif _ITEM_WHOLLY.fullmatch(subject) or (
        _ITEM_ITSELF.match(subject) and not (_movers_named(subject))
    ):
        subject = ""
    elif subject and not _PART_OF_ITEM.match(subject):
        papers = named
    return TopBeschluss(top, titel, papers, made.span, made.ergebnis, visibility, subject)


def _movers_named(subject: str) -> bool:
    """Whether a subject names its mover: "Antrag SPD" is one of several motions."""
    rest = re.sub(r"\A\w+[ :]*", "", subject)
    if _NAMES.fullmatch(rest):
        return True
    return any(is_known_fraktion(name.value) for name in split_fraktionen(rest))


def _item_above(sections: Sequence[Section], index: int) -> Section | None:
    inner = sections[index].span
    tops = (s for s in sections[:index] if s.kind is SectionKind.TOP and s.span.contains(inner))
    return next(reversed(list(tops)), None)


def _puts_to_vote(words: str, papers: Sequence[Drucksachennummer]) -> bool:
    """Whether the chair, in the last words before a vote, puts one of these papers to it."""
    sentences = list(_TO_VOTE.finditer(words[-_MAX_VOTE:]))
    if not sentences:
        return False
    named = [r.number for r in find_references(sentences[-1].group())]
    return any(n in papers for n in named) or (
        not named and re.search(r"[Hh]auptantrag", sentences[-1].group()) is not None
    )


def _own_sections(sections: Sequence[Section], index: int) -> list[Section]:
    """The sections within a TOP that do not belong to a TOP below it."""
    outer = sections[index]
    inner = [s for s in sections[index + 1 :] if outer.span.contains(s.span)]
    tops = [s for s in inner if s.kind is SectionKind.TOP]
    return [s for s in inner if not any(top.span.contains(s.span) for top in tops)]


def _without_items_below(sections: Sequence[Section], index: int) -> Section:
    """A TOP up to the first TOP that lies in it."""
    outer = sections[index]
    for section in sections[index + 1 :]:
        if not outer.span.contains(section.span):
            break
        if section.kind is SectionKind.TOP:
            return replace(outer, span=Span(outer.span.start, section.span.start))
    return outer


def _top_and_title(section: Section) -> tuple[str, str]:
    words = section.title.split(" ", 2)
    number = words[1] if len(words) > 1 else ""
    return number, words[2] if len(words) > 2 else ""


def _papers(text: str, section: Section) -> tuple[Drucksachennummer, ...]:
    """The numbers in the heading of a TOP and in the lines that name its papers."""
    words = section.heading.cut(text)
    behind = text[section.heading.end : section.span.end]
    for count, match in enumerate(re.finditer(r"\s*\n\s*([^\n]+)", behind)):
        line = match[1].strip()
        if _NEXT_ITEM.match(line):
            break
        if _PAPER_LINE.match(line) or _IN_BRACKETS.search(line):
            words += f"\n{line}" if len(line) <= _MAX_PAPER_LINE else ""
        elif count >= _MAX_FRONT_LINES or not _goes_on_title(line):
            break
    numbers = (
        r.number
        for r in find_references(words)
        if not _CHANGES.search(words[: r.span.start])
        and not (r.label is None and _REPORT.search(words[: r.span.start]))
    )
    return tuple(dict.fromkeys(numbers))


def _goes_on_title(line: str) -> bool:
    """Whether a line below the heading is still a part of it: a long title, who moves."""
    return len(line) <= _MAX_PAPER_LINE and not line.endswith((".", ":", "!", "?"))


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


def _decisions(text: str, top: Section, own: Sequence[Section], gremium: str) -> Iterator[Decision]:
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
            own_words = label and not _ITEM_WHOLLY.fullmatch(label)
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
        return not subject or _ITEM_ITSELF.match(subject) is not None
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
            yield name, _result(text, Span(body.start + start, body.start + end))
        return
    if words:
        first, *behind = re.split(r"(\s*\n\s*)", words[:_MAX_VOTE])
        paragraph = words[:_MAX_VOTE].split("\n\n")[0]
        for gap, line in zip(behind[::2], behind[1::2], strict=True):
            if not is_vote_line(line) and len(first) >= len(paragraph):
                break
            first += gap + line
        end = max(len(first), vote_table_end(words))
        yield "", _result(text, Span(body.start, body.start + end))


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
    short = len(body) < _MAX_VOTE and read_outcome(body.cut(text)) is not None
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
        if any(other.overlaps(span) for other in inner) or len(words) > _MAX_VOTE:
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
