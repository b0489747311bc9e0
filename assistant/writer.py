"""Takes drafted sentences and quotes, keeps what its quotes carry, says whose words it is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from assistant.certainty import unmarked
from assistant.checking.citations import check_claim
from assistant.checking.straying import is_excerpt, strays, strays_from_row
from assistant.drafting import Drafted
from assistant.finding.demands import asks_why, meets, unnamed
from assistant.finding.evidence import Reading
from assistant.finding.since import is_proposal
from assistant.fundstelle import Ledger
from assistant.records.amendments import amendment_claim, day_of, in_force_claims
from assistant.records.fields import cite_short_name, short_name
from assistant.records.recorded import result_claim
from assistant.records.supplements import effect_claim
from assistant.tables import (
    completed,
    holds_nouns,
    is_asked,
    replied,
    restated,
    speaks_to,
    stated_cell,
)
from assistant.types import Claim, Evidence, Label
from assistant.understanding.question import Question
from index.types import Document, SectionKind

OnEvent = Callable[[str, object], None]
"""Hears of each step of an answer: its name and what belongs to it."""
_ASKS_FOR_QUESTIONS = re.compile(r"\b(?:ge)?frag(?:e|en|t|te|ten)\b|\b\w*anfrage\w*", re.IGNORECASE)
"""A question that stands in a paper answers only who asks what was asked."""
MOST_RESULTS = 2
"""The decision and the one before it, or the note on the paper, stand beside a proposal."""
SHORTEST_SENTENCE = 5
"""Words below which a drafted sentence is a bare value ("41 Prozent."). It may stand in the quote
and still belong to something else there, so the quote itself is shown instead."""


@dataclass(slots=True)
class Writer:
    """Takes drafted sentences, keeps those that their quotes carry, says whose words they are."""

    question: Question
    reading: Reading
    tell: OnEvent
    claims: list[Claim] = field(default_factory=list)
    ledger: Ledger = field(default_factory=Ledger)
    notes: list[str] = field(default_factory=list)

    def carried(self, sentence: Drafted) -> list[Evidence]:
        """The evidence that a drafted sentence cites; none where a check fails."""
        cited = [e for e in self.reading.evidence if e.number in sentence.sources]
        wanted = self.question.wanted[:1] if not self.claims else ()
        if (
            not sentence.text
            or check_claim(
                _closed(sentence), [_quoted(e) for e in cited], [_context(e) for e in cited]
            )
            or not self._speaks_of_it(cited)
            or not all(meets(self.question, w, sentence.text) for w in wanted)
        ):
            return []
        return cited

    def take(self, sentence: Drafted, cited: Sequence[Evidence]) -> None:
        """Shows a drafted sentence whose evidence was found to carry it and to answer.

        A sentence that leaves out what its quote says of the matter, or says it in another way,
        gives way to the quote; one made of several quotes to each of them.
        """
        text = _closed(sentence)
        alone = [e for e in cited if not check_claim(text, [_quoted(e)], [_context(e)])][:1]
        if not alone or _departs(text, alone[0]):
            for evidence in alone or cited:
                if words := self._own_words(text, evidence):
                    self._add(words, [evidence])
        elif text := self._with_place(text, alone):
            self._add(text, alone)

    def _own_words(self, text: str, evidence: Evidence) -> str:
        """The quote; of a row the cell that `text` states, or all; "" where another is asked."""
        place = (self._document(evidence), evidence.span)
        row = restated(text, place)
        return _shown(evidence, row) if speaks_to(self.question.text, row, [place]) else ""

    def _with_place(self, text: str, cited: Sequence[Evidence]) -> str:
        """The sentence where its amounts name row and column, else the row; "" for neither."""
        places = [(self._document(e), e.span) for e in cited]
        if len(text.split()) < SHORTEST_SENTENCE:
            if not all(self._is_value_of(text, e) for e in cited if e.reading):
                return ""
            said = [restated(text, place) for place in places]
            text = " ".join(_shown(e, row) for e, row in zip(cited, said, strict=True))
        text = completed(text, places)
        return text if text and speaks_to(self.question.text, text, places) else ""

    def _is_value_of(self, text: str, row: Evidence) -> bool:
        """Whether a bare value is one cell of a row that speaks of what the question names."""
        around = f"{_context(row)}\n{row.hit.passage.text}\n{row.reading}"
        place = (self._document(row), row.span)
        return stated_cell(text, place) is not None and holds_nouns(self.question.text, around)

    def asked_rows(self) -> list[Evidence]:
        """The rows of tables that the question asks for by row and column."""
        return [
            e
            for e in self.reading.evidence
            if e.reading and is_asked(self.question.text, (self._document(e), e.span), _context(e))
        ]

    def quote(self, offered: Iterable[Evidence]) -> None:
        """Puts the first evidence of the wanted kind in, as a verbatim quote; asks for no more."""
        for evidence in offered:
            if self.would_quote(evidence):
                row = replied(self.question.text, (self._document(evidence), evidence.span))
                self._add(_shown(evidence, row), [evidence])
                return

    def would_quote(self, evidence: Evidence) -> bool:
        """Whether a quote is of the wanted kind and speaks of what the question names."""
        if evidence.quote.rstrip().endswith("?") and not _ASKS_FOR_QUESTIONS.search(
            self.question.text
        ):
            return False
        if not all(meets(self.question, w, evidence.words) for w in self.question.wanted[:1]):
            return False
        place = (self._document(evidence), evidence.span)
        row = replied(self.question.text, place)
        asked = speaks_to(self.question.text, row, [place])
        return bool(asked) and self._speaks_of_it([evidence])

    def _speaks_of_it(self, cited: Sequence[Evidence]) -> bool:
        """Whether the cited passages name what the question names, and give a reason for why."""
        if asks_why(self.question) and all(_is_remark(e) for e in cited):
            return False
        around = "\n".join(f"{_context(e)}\n{e.hit.passage.text}\n{e.reading}" for e in cited)
        said = "\n".join(e.words for e in cited)
        return not unnamed(self.question, self.reading.particular, around, said)

    def _add(self, text: str, cited: Sequence[Evidence]) -> None:
        if any(unmarked(claim.text).endswith(text) for claim in self.claims):
            return
        numbers = [
            n for e in cited for n in self.ledger.cite_with_head(self._document(e), e.span, text)
        ]
        speaker, source = self._speaker(cited)
        if speaker:
            text = f"{speaker}: {text}"
            numbers += source
        elif len(cited) == 1 and _is_remark(cited[0]):
            heading, source = self._heading(cited[0])
            text = f"{heading}: {text}"
            numbers += source
        self._show(Claim(text, Label.BELEGT, tuple(dict.fromkeys(numbers))))
        self._say_what_follows(cited)

    def _say_what_follows(self, cited: Sequence[Evidence]) -> None:
        """What came after the cited words: results, amendments, Ergänzungen, each once."""
        asked = replace(self.question, text="")
        for evidence in cited:
            document = self._document(evidence)
            became = self.reading.results.get(evidence.number, ())
            for result in became[:MOST_RESULTS]:
                self._show_once(result_claim(asked, document, result, self.ledger))
            if not became and is_proposal(document, evidence.span):
                self.notes.append(f"{short_name(document)}: Ergebnis nicht erfasst.")
            amendments = self.reading.amended.get(evidence.number, ())
            for amendment in amendments:
                self._show_once(amendment_claim(amendment, self.ledger))
            for statute in dict.fromkeys(a.document.id for a in amendments):
                document = next(a.document for a in amendments if a.document.id == statute)
                for claim in in_force_claims(document, self.ledger, " der Änderung"):
                    self._show_once(claim)
        for document in (self._document(e) for e in cited):
            for later in self.reading.later.get(document.id, ()):
                self._show_once(effect_claim(document, later, self.ledger))

    def _show_once(self, claim: Claim) -> None:
        if claim not in self.claims:
            self._show(claim)

    def _show(self, claim: Claim) -> None:
        stated = self.ledger.state(claim)
        self.claims.append(stated)
        citations = tuple(c for c in self.ledger.citations if c.number in stated.citations)
        self.tell("claim", (stated, citations))

    def _heading(self, evidence: Evidence) -> tuple[str, list[int]]:
        """What a remark of a few words ("einstimmig beschlossen") is about."""
        document = self._document(evidence)
        items = [
            s
            for s in document.sections
            if s.kind is SectionKind.TOP and s.span.contains(evidence.span) and len(s.heading)
        ]
        if not items:
            return short_name(document), list(cite_short_name(document, self.ledger))
        item = max(items, key=lambda s: s.level)
        words = " ".join(item.heading.cut(document.text).split()).rstrip(" :")
        return words, [self.ledger.cite(document, item.heading)]

    def _document(self, evidence: Evidence) -> Document:
        return self.reading.documents[evidence.document.id]

    def _speaker(self, cited: Sequence[Evidence]) -> tuple[str, list[int]]:
        """Whose words the claim repeats, where a motion's own reasons are cited.

        Of a provision that was amended since, the Fassung that the words are from.
        """
        for evidence in cited:
            document = self._document(evidence)
            kopf = document.kopfdaten
            if self.reading.amended.get(evidence.number) and (day := day_of(document)):
                said = f"Vor der Änderung (Fassung vom {day:%d.%m.%Y})"
                return said, self.ledger.cite_name(document)
            if not kopf.antragsteller or "ntrag" not in kopf.benennung:
                if is_proposal(document, evidence.span):
                    cited_number = list(cite_short_name(document, self.ledger))
                    return f"Beschlussvorschlag, {short_name(document)}", cited_number
                continue
            kinds = {s.kind for s in document.sections if s.span.contains(evidence.span)}
            names = ", ".join(" ".join(a.value.split()) for a in kopf.antragsteller)
            cited_lines = [self.ledger.cite_line(document, a.span) for a in kopf.antragsteller]
            if SectionKind.BESCHLUSSVORSCHLAG in kinds:
                return f"Beantragt ist ({names})", cited_lines
            if SectionKind.BEGRUENDUNG in kinds:
                return f"Nach Darstellung der Antragsteller ({names})", cited_lines
        return "", []


def _closed(sentence: Drafted) -> str:
    """The sentence with its full stop."""
    return sentence.text.rstrip(" .") + "."


def _departs(text: str, evidence: Evidence) -> bool:
    """Whether a sentence says something else than its evidence, or less than matters of it."""
    if evidence.reading:
        is_value = len(text.split()) < SHORTEST_SENTENCE
        return not is_value and strays_from_row(text, _quoted(evidence), _context(evidence))
    return is_excerpt(text, evidence.quote) or strays(text, evidence.quote, _context(evidence))


def _is_remark(evidence: Evidence) -> bool:
    """Whether evidence is no sentence of its own: "einstimmig beschlossen"."""
    return len(evidence.words.split()) < SHORTEST_SENTENCE


def _in_marks(quote: str) -> str:
    """A quote as one line; the cells of a table row stay apart."""
    cells = (" ".join(cell.split()) for cell in quote.split("\t"))
    return f"„{' | '.join(cells)}“"


def _shown(evidence: Evidence, reading: str) -> str:
    """Evidence that stands as an answer itself: a row of a table in words, prose as a quote."""
    return f"{reading}." if reading else _in_marks(evidence.quote)


def _quoted(evidence: Evidence) -> str:
    """What a claim may take from evidence: of a row also the headings that are cited with it."""
    return "\n".join(dict.fromkeys((evidence.quote, evidence.words)))


def _context(evidence: Evidence) -> str:
    return "\n".join((evidence.document.title, *evidence.hit.passage.heading_path))
