"""Whether the stock states another value for the thing that a figure of a draft is said of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from assistant.review.matching import (
    Figure,
    Said,
    alike,
    figures_in,
    is_reckoned,
    share_of,
    swapped_digits,
    thing_of,
)
from assistant.review.sentences import Sentence
from assistant.review.wording import masked_figures
from index.german import Analysis, analyse, terms
from ingest.expressions import Kind

SAME_THING = 0.75
"""Share of a clause's nouns that a stored sentence holds which surely speaks of the same thing."""


@dataclass(frozen=True, slots=True)
class Fit:
    """How well a stored sentence speaks of the thing that a figure of the draft is said of."""

    said: Said
    share: float
    count: int
    other: Figure


def swapped(sentence: Sentence, figure: Figure, places: Iterable[Said]) -> tuple[Said, str] | None:
    """Where the same digits stand in another order for what may be the same thing."""
    thing = what_of(sentence, figure)
    for said in places:
        for held in said.figures:
            if not swapped_digits(figure, held) or not compares(figure, held, said):
                continue
            share = share_of(thing, with_title(said))[0]
            if share >= (0.3 if figure.counted else 0.5):
                return said, held.words
    return None


def conflict_of(
    sentence: Sentence, figure: Figure, near: Sequence[Said], far: Sequence[Said]
) -> Fit | None:
    """The stored sentence that gives another value for the same thing; None where there is none.

    In a paper that the draft names, the value may stand at another thing; elsewhere nowhere.
    """
    thing = what_of(sentence, figure)
    counted = figure.expression.kind is Kind.NUMBER
    stating = [s for s in near if (s.states(figure) if counted else s.holds_value(figure))]
    fits = list(_fits(figure, thing, near, titled=False))
    best = max(fits, key=lambda fit: (fit.share, fit.count), default=None)
    if stating:
        return _at_another_thing(sentence, figure, stating, best)
    if best is not None and best.share >= SAME_THING and _is_sure(figure, best):
        return best
    if is_reckoned(sentence.words, figure, near or far):
        return None
    if best is not None and _is_sure(figure, best):
        return best
    if any(said.states(figure) and share_of(thing, with_title(said))[1] for said in far):
        return None
    distant = [
        fit
        for fit in _fits(figure, thing, far, titled=True)
        if fit.share >= SAME_THING and fit.count >= 3
    ]
    return max(distant, key=lambda fit: (fit.share, fit.count), default=None)


def _at_another_thing(
    sentence: Sentence, figure: Figure, stating: Sequence[Said], best: Fit | None
) -> Fit | None:
    """A row or sentence that speaks of just this thing with another value, of amounts only."""
    if figure.expression.kind not in (Kind.MONEY, Kind.PERCENT) or best is None:
        return None
    same_kind = [
        f for f in figures_in(sentence.words) if f.expression.kind is figure.expression.kind
    ]
    if len(same_kind) != 1 or best.share < SAME_THING or best.count < 2:
        return None
    thing = what_of(sentence, figure)
    held = max(share_of(thing, said.text)[0] for said in stating)
    return best if held <= 0.34 else None


def _is_sure(figure: Figure, fit: Fit) -> bool:
    """Whether a sentence of a named paper surely speaks of the figure's thing."""
    if figure.expression.kind is Kind.NUMBER:
        if not figure.counted:
            return fit.share >= SAME_THING and fit.count >= 3
        return fit.share >= 0.34
    if figure.expression.kind in (Kind.DATE, Kind.YEAR):
        return fit.share >= 0.6 and fit.count >= 2
    return fit.share >= 0.5 and fit.count >= 1


def _fits(
    figure: Figure, thing: Sequence[Analysis], places: Iterable[Said], *, titled: bool
) -> Iterator[Fit]:
    for said in places:
        if said.states(figure):
            continue
        others = [held for held in said.figures if compares(figure, held, said)]
        if not others:
            continue
        share, count = share_of(thing, with_title(said) if titled else said.text)
        if share:
            yield Fit(said, share, count, others[0])


def compares(figure: Figure, held: Figure, said: Said) -> bool:
    """Whether two figures are of one kind; what a cell counts, its column may say."""
    if figure.expression.kind is not held.expression.kind:
        return False
    if figure.expression.kind is not Kind.NUMBER:
        return True
    if not figure.counted or not held.counted:
        counts = bool(figure.counted) and said.is_row
        return (not figure.counted and not held.counted) or (
            counts and set(figure.counted) <= set(terms(said.text))
        )
    return alike(figure.counted, held.counted)


def what_of(sentence: Sentence, figure: Figure) -> list[Analysis]:
    """What a figure is said of; of a day also what happens on it."""
    if figure.expression.kind not in (Kind.DATE, Kind.YEAR):
        return thing_of(sentence.words, figure)
    words = [analyse(word) for word in masked_figures(sentence.words).split()]
    return list({one.words: one for one in words if one.words and one.words[0].isalpha()}.values())


def with_title(said: Said) -> str:
    """What is said, with the subject of its paper."""
    return f"{said.text}\n{said.document.title}"
