"""A checked answer in Einfache Sprache, sentence by sentence; what cannot be said easier stays.

Splitting, headings and exchanged words are rules. The generator may try its hand at the long
statements that are left; what it writes is shown only where `fidelity` finds every word of the
statement again. Citations stay with their sentence, and words are never explained by a model.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from assistant.certainty import MARK, unmarked
from assistant.checking.fidelity import rendering_problems
from assistant.plain.frames import Framed, framed
from assistant.plain.glossary import Term, terms_in
from assistant.plain.parting import further_cuts, statements
from assistant.plain.rewriting import LONGEST, rewriting_hash, rewritten
from assistant.plain.words import exchanged, word_list
from assistant.types import Claim, Label
from ingest.expressions import find_expressions
from ingest.sentences import split_sentences
from models.errors import ModelError
from models.generator import Generator, never

log = logging.getLogger(__name__)

MARKED = "maschinell, ungeprüft"
LEFT = "Dieser Satz ließ sich nicht vereinfachen."
PARTLY = "Ein Teil davon ließ sich nicht vereinfachen."
UNCERTAIN = "Diese Stelle ist unsicher gelesen."
BY_RULES = (
    "Ohne Sprachmodell, nach festen Regeln: Sätze geteilt, Abkürzungen ausgeschrieben, "
    "Fachwörter erklärt."
)
BY_GENERATOR = (
    "Nach festen Regeln; lange Sätze hat ein Sprachmodell geteilt. "
    "Gezeigt ist nur, was den Wortlaut behält."
)
SHORT = 15
"""Words up to which a statement without a comma counts as easy enough."""
_WORD = re.compile(r"\w+")
_BRACKET = re.compile(r"\([^()]*\)")


class Treatment(StrEnum):
    """What became of a sentence."""

    VEREINFACHT = "vereinfacht"
    SCHON_EINFACH = "schon einfach"
    ORIGINAL = "original"


@dataclass(frozen=True, slots=True)
class PlainClaim:
    """One sentence of an answer in Einfache Sprache.

    Attributes:
        original: the sentence as the answer shows it.
        lead: whose words follow and where they stand, in the house's own sentences.
        lines: what is said, a statement each.
        citations: the numbers of the answer's citations, as of the original.
        note: what to know of this rendering; "" where nothing.
    """

    original: str
    lead: tuple[str, ...]
    lines: tuple[str, ...]
    label: Label
    citations: tuple[int, ...]
    treatment: Treatment
    note: str = ""


@dataclass(frozen=True, slots=True)
class Rendering:
    """A whole answer in Einfache Sprache. `generator_id` is None where no model took part."""

    claims: tuple[PlainClaim, ...]
    terms: tuple[Term, ...]
    generator_id: str | None = None
    prompt_hash: str | None = None
    mark: str = MARKED

    @property
    def how(self) -> str:
        """How it was made, in a German sentence."""
        return BY_GENERATOR if self.generator_id else BY_RULES


def render(
    claims: Sequence[Claim],
    kind: str,
    *,
    generator: Generator | None = None,
    cancelled: Callable[[], bool] = never,
) -> Rendering:
    """Says the sentences of an answer in an easier way.

    Args:
        claims: the shown sentences of a checked answer.
        kind: the answer's kind.
        generator: tries the long statements; None leaves them to the rules alone. One that fails
            is left out from then on.
        cancelled: asked between statements and tokens; what is left then is done by rules.
    """
    hand = _Hand(generator, cancelled)
    rendered = tuple(_rendered(claim, kind, hand) for claim in claims)
    took_part = generator is not None and hand.asked > 0
    return Rendering(
        rendered,
        terms_in(claim.text for claim in claims),
        generator.generator_id if generator is not None and took_part else None,
        rewriting_hash() if took_part else None,
    )


@dataclass(slots=True)
class _Hand:
    """The generator as long as it works."""

    generator: Generator | None
    cancelled: Callable[[], bool]
    asked: int = 0

    def lines(self, statement: str) -> Sequence[str] | None:
        """A faithful rendering of a statement; None where two tries bring none."""
        for again in (False, True):
            if self.generator is None or self.cancelled() or len(statement) > LONGEST:
                return None
            try:
                tried = rewritten(self.generator, statement, again=again, cancelled=self.cancelled)
            except ModelError as error:
                log.warning("rendering without the generator: %s", error.code)
                self.generator = None
                return None
            self.asked += 1
            if self.cancelled():
                return None
            if _is_other(statement, tried) and not problems_of(statement, tried):
                return tried
        return None


def _is_other(statement: str, lines: Sequence[str]) -> bool:
    """Whether more came back than the same sentence."""
    return len(lines) > 1 or _WORD.findall(" ".join(lines)) != _WORD.findall(statement)


def problems_of(statement: str, lines: Sequence[str]) -> tuple[str, ...]:
    """What a rendering of a statement lost, added or turned, in German sentences."""
    return rendering_problems(further_cuts(statement), lines, word_list().pairs)


def _rendered(claim: Claim, kind: str, hand: _Hand) -> PlainClaim:
    text = unmarked(claim.text)
    found = framed(text, kind)
    parts = found or Framed((), quote=text)
    lead = tuple(exchanged(line) for line in parts.lead)
    said, hard = _lines(parts.quote, hand)
    lines = (*(exchanged(line) for line in parts.items), *said)
    is_easier = bool(lead) or len(lines) > len(split_sentences(parts.quote))
    if _values(text) != _values("\n".join((*lead, *lines))) or (hard and not is_easier):
        return _left(claim)
    note = PARTLY if hard else ""
    if MARK in claim.text:
        note = f"{note} {UNCERTAIN}".strip()
    treatment = Treatment.VEREINFACHT if is_easier else Treatment.SCHON_EINFACH
    return PlainClaim(claim.text, lead, lines, claim.label, claim.citations, treatment, note)


def _left(claim: Claim) -> PlainClaim:
    """The sentence as it was, said to be so."""
    return PlainClaim(
        claim.text, (), (claim.text,), claim.label, claim.citations, Treatment.ORIGINAL, LEFT
    )


def _lines(text: str, hand: _Hand) -> tuple[tuple[str, ...], bool]:
    """The statements of a text, a line each, and whether a hard one is left among them."""
    lines: list[str] = []
    hard = False
    for statement in statements(text) if text else ():
        easy = _is_short(statement)
        tried = None if easy else hand.lines(statement)
        hard = hard or not (easy or tried)
        plain = tried or [exchanged(statement)]
        if plain != [statement] and problems_of(statement, plain):
            plain = [statement]
        lines += [_as_sentence(line) for line in plain]
    return tuple(lines), hard


def _is_short(statement: str) -> bool:
    return len(statement.split()) <= SHORT and ", " not in _BRACKET.sub("", statement)


def _as_sentence(line: str) -> str:
    """A line that begins with a capital letter and ends as a sentence does."""
    closed = line if line.endswith((".", "!", "?", ":", "“")) else f"{line.rstrip(' ,;')}."
    return closed[0].upper() + closed[1:]


def _values(text: str) -> list[tuple[str, str]]:
    return sorted((e.kind.value, e.value) for e in find_expressions(text))
