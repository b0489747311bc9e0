"""A copy of a DOCX in which every Befund is a Word comment; the text stays the same."""

from __future__ import annotations

import copy
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO
from zipfile import BadZipFile

import docx
from docx.document import Document as WordDocument
from docx.opc.exceptions import OpcError
from docx.oxml.ns import qn
from docx.oxml.text.run import CT_R
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from assistant.errors import InputInvalid
from assistant.review.apparatus import footnotes
from assistant.review.reviewing import Placed, Review
from index.types import Document, Span
from ingest.intake import DOCX

AUTHOR = "Aktenkundig"
INITIALS = "AK"
_CONTEXTS = (80, 40, 20, 0)
"""Letters either side by which words that occur more than once are told apart."""
_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
"""The marks of footnotes as a draft is read; in the file they are no letters."""
_DROPPED = frozenset({"\u00ad", "\u200b", "\ufeff", *_RAISED})


def refuse_other_than_docx(document: Document) -> None:
    """Says that comments need a DOCX.

    Raises:
        InputInvalid: the draft was read from another format.
    """
    if document.media_type != DOCX:
        raise InputInvalid(
            "Kommentare lassen sich nur in eine DOCX-Datei schreiben. "
            "Bitte den Entwurf als DOCX speichern oder ohne -o prüfen."
        )


def with_comments(data: bytes, review: Review) -> bytes:
    """The DOCX with a comment for each finding; of a footnote it is at its mark.

    Those without a place are at the first paragraph.

    Raises:
        InputInvalid: Word's own structure cannot be followed in this file.
    """
    try:
        word = docx.Document(BytesIO(data))
    except (OpcError, BadZipFile, KeyError, ValueError) as error:
        raise InputInvalid(
            "In diese Datei lassen sich keine Kommentare schreiben. "
            "Bitte in Word oder LibreOffice öffnen und neu als DOCX speichern."
        ) from error
    letters = _letters(word)
    places = [_place(letters, review.document, one.befund.span) for one in review.findings]
    _split(letters, [place for place in places if place is not None])
    letters = _letters(word)
    for one, place in zip(review.findings, places, strict=True):
        if place is not None:
            runs = _runs_at(letters, place)
        else:
            runs = [_note_mark(word, review.document, one.befund.span) or _first_run(word)]
        word.add_comment(runs, text=comment_text(one), author=AUTHOR, initials=INITIALS)
    out = BytesIO()
    word.save(out)
    return out.getvalue()


def comment_text(placed: Placed) -> str:
    """Severity, reason, evidence and suggestion, a line each."""
    befund = placed.befund
    lead = f"{befund.severity.value}: {befund.reason}"
    lines = [lead if len(befund.span) else f"{lead} ({placed.place.name})"]
    lines += [f"[{c.number}] {c.fundstelle}: „{c.quote}“" for c in befund.citations]
    if befund.suggestion:
        lines.append(f"Vorschlag: {befund.suggestion}")
    return "\n".join(lines)


@dataclass(frozen=True, slots=True)
class _Letters:
    """The printed letters of a body without blanks; each with its run and its place there."""

    text: str
    runs: Sequence[CT_R]
    offsets: Sequence[int]
    parents: Sequence[Paragraph]


def _letters(word: WordDocument) -> _Letters:
    letters: list[str] = []
    runs: list[CT_R] = []
    offsets: list[int] = []
    parents: list[Paragraph] = []
    for element in word.element.body.iter(qn("w:p")):
        paragraph = Paragraph(element, word)
        for run in element.iter(qn("w:r")):
            if _is_gone(run) or next(run.iterancestors(qn("w:p"))) is not element:
                continue
            at = 0
            for child in run.iterchildren(qn("w:t")):
                for character in child.text or "":
                    for plain in _plain(character):
                        letters.append(plain)
                        runs.append(run)
                        offsets.append(at)
                        parents.append(paragraph)
                    at += 1
    return _Letters("".join(letters), runs, offsets, parents)


def _is_gone(run: CT_R) -> bool:
    return any(True for _ in run.iterancestors(qn("w:del"), qn("w:moveFrom")))


def _plain(text: str) -> str:
    return "".join(
        character
        for character in unicodedata.normalize("NFD", text)
        if not character.isspace() and character not in _DROPPED
    )


def _place(letters: _Letters, document: Document, span: Span) -> Span | None:
    """Where the words of the draft's text stand among the letters; None where they do not."""
    words = _plain(span.cut(document.text))
    if not words:
        return None
    before = _plain(document.text[: span.start])
    after = _plain(document.text[span.end : span.end + 4 * _CONTEXTS[0]])
    share = len(before) / max(1, len(_plain(document.text)))
    for context in _CONTEXTS:
        lead, tail = before[max(0, len(before) - context) :], after[:context]
        starts = [at + len(lead) for at in _all_at(letters.text, lead + words + tail)]
        if starts:
            start = min(starts, key=lambda at: abs(at / max(1, len(letters.text)) - share))
            return Span(start, start + len(words))
    return None


def _all_at(text: str, words: str) -> Iterable[int]:
    at = text.find(words)
    while at >= 0:
        yield at
        at = text.find(words, at + 1)


def _split(letters: _Letters, places: Sequence[Span]) -> None:
    """Cuts runs where a comment begins or ends, so that it can be anchored at its words."""
    cuts: dict[CT_R, set[int]] = {}
    for place in places:
        first, last = place.start, place.end - 1
        cuts.setdefault(letters.runs[first], set()).add(letters.offsets[first])
        cuts.setdefault(letters.runs[last], set()).add(letters.offsets[last] + 1)
    for run, offsets in cuts.items():
        for at in sorted(offsets, reverse=True):
            _cut(run, at)


def _cut(run: CT_R, at: int) -> None:
    """Parts a run of nothing but one text in two of the same form; leaves others whole."""
    children = [child for child in run if child.tag != qn("w:rPr")]
    if len(children) != 1 or children[0].tag != qn("w:t"):
        return
    text = children[0].text or ""
    if not 0 < at < len(text):
        return
    rest = copy.deepcopy(run)
    run.addnext(rest)
    for part, words in ((run, text[:at]), (rest, text[at:])):
        element = part.find(qn("w:t"))
        assert element is not None
        element.text = words
        element.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def _runs_at(letters: _Letters, place: Span) -> list[Run]:
    return [Run(letters.runs[at], letters.parents[at]) for at in (place.start, place.end - 1)]


def _note_mark(word: WordDocument, document: Document, span: Span) -> Run | None:
    """The run with the mark of the footnote that a span lies in; None where it lies in none."""
    note = next((held for held in footnotes(document) if held.contains(span)), None)
    if note is None or not len(span):
        return None
    mark = note.cut(document.text)
    raised = mark[: len(mark) - len(mark.lstrip(_RAISED))]
    number = int("".join(str(_RAISED.index(digit)) for digit in raised))
    runs = [
        r
        for r in word.element.body.iter(qn("w:r"))
        if r.find(qn("w:footnoteReference")) is not None
    ]
    if not 0 < number <= len(runs):
        return None
    run = runs[number - 1]
    return Run(run, Paragraph(next(run.iterancestors(qn("w:p"))), word))


def _first_run(word: WordDocument) -> Run:
    for element in word.element.body.iter(qn("w:p")):
        paragraph = Paragraph(element, word)
        if paragraph.runs:
            return paragraph.runs[0]
    paragraph = word.paragraphs[0] if word.paragraphs else word.add_paragraph()
    return paragraph.add_run("")
