"""The sentences of a draft, each with the papers it names and the figures it states."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.fundstelle import innermost
from assistant.review.apparatus import annexes, footnotes
from index.types import Document, SectionKind, Span
from ingest.expressions import Expression, Reference, find_expressions, find_references
from ingest.papers.structure import head_end
from ingest.papers.table_reading import table_at
from ingest.sentences import split_sentences

_FOREIGN_LABEL = re.compile(r"(?:BT|LT|BR|EU|KOM|Bundes|Landtag|Bundestag)", re.IGNORECASE)
_FOREIGN_BEFORE = re.compile(
    r"\b(?:Bundestag\w*|Bundesrat\w*|Landtag\w*|Landesregierung|BT|LT|BR|BGBl|GV|Az|Aktenzeichen)"
    r"\b[^.;]{0,30}\Z"
)
_COUNTS_ELSE = re.compile(
    r"\b(?:Schuljahr\w*|Saison|\w*[Ss]emester|Haushaltsjahr\w*|Jahre?n?|EG|Entgeltgruppen?"
    r"|Besoldungsgruppen?|Winter|Spielzeit)\s*\Z"
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a draft.

    Attributes:
        references: the papers it names; their spans count in the draft.
        before: the papers that the sentence before it in its paragraph rests on, where it names
            none itself.
        expressions: its dates, figures and amounts; their spans count in the draft.
        section: what it stands in; None outside of sections.
        in_table: whether it is a row of a table.
        in_note: whether it is of a footnote: it names papers and says nothing itself.
    """

    span: Span
    words: str
    references: tuple[Reference, ...]
    before: tuple[Reference, ...]
    expressions: tuple[Expression, ...]
    section: SectionKind | None
    in_table: bool
    in_note: bool = False

    @property
    def rests_on(self) -> tuple[Reference, ...]:
        """The papers that the sentence is about."""
        return self.references or self.before


def sentences_of(draft: Document) -> list[Sentence]:
    """The sentences behind the head of a draft, in their order, without its annexes."""
    annexed, notes = annexes(draft), footnotes(draft)
    start = head_end(draft.text, draft.sections) if draft.kopfdaten.nummer else 0
    found: list[Sentence] = []
    before: tuple[Reference, ...] = ()
    end = start
    for span in _pieces(draft.text, start):
        if any(other.contains(span) for other in annexed):
            continue
        words = span.cut(draft.text)
        if "\n\n" in draft.text[end : span.start]:
            before = ()
        named = tuple(
            Reference(r.number, r.label, r.span.shifted(span.start))
            for r in find_references(words)
            if _is_reference(words, r)
        )
        section = innermost(draft, span)
        found.append(
            Sentence(
                span=span,
                words=words,
                references=named,
                before=before,
                expressions=tuple(
                    Expression(e.kind, e.value, e.span.shifted(span.start))
                    for e in find_expressions(words)
                ),
                section=section.kind if section else None,
                in_table=table_at(draft, span.start) is not None,
                in_note=any(note.overlaps(span) for note in notes),
            )
        )
        before = named or before
        end = span.end
    return found


def _pieces(text: str, start: int) -> Sequence[Span]:
    """The sentences of a text; one that closes with a quote's own stop stays whole."""
    pieces = [span.shifted(start) for span in split_sentences(text[start:])]
    joined: list[Span] = []
    for piece in pieces:
        if (
            joined
            and _is_open(joined[-1].cut(text))
            and "\n\n" not in text[joined[-1].end : piece.start]
        ):
            joined[-1] = Span(joined[-1].start, piece.end)
        else:
            joined.append(piece)
    return joined


def _is_open(words: str) -> bool:
    """Whether a quotation begins in some words and does not end there."""
    return words.count("„") > len(re.findall("[“”]", words)) and len(words) < 1500


def _is_reference(words: str, reference: Reference) -> bool:
    """Whether a number is one of a paper of this house: none of a parliament, no school year."""
    before = words[max(0, reference.span.start - 60) : reference.span.start]
    if reference.label:
        return not (_FOREIGN_LABEL.match(reference.label) or _FOREIGN_BEFORE.search(before))
    number = reference.number
    following = number.nummer is not None and number.nummer == (number.wahlperiode or 0) + 1
    return not (following or _COUNTS_ELSE.search(before) or _FOREIGN_BEFORE.search(before))
