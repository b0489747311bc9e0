"""Does a quote carry a sentence? Deterministic checks in German; no model.

A claim passes when everything in it that can be wrong stands in its quotes: figures, dates, norms,
numbers of papers, outcome words, negation, modality, and the nouns that say what is talked about.
Each failed check is a German sentence; a claim without any is "belegt".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

from assistant.checking.polarity import polarity_problems
from index.german import Analysis, analyse, terms
from ingest.expressions import Expression, Kind, find_expressions
from ingest.papers.ergaenzung import exchanged

MIN_COVERAGE = 0.7
"""Share of a claim's content words that its quotes must hold. See docs/decisions/0003."""
VERB_STEM = 6
"""Letters by which "bereitgestellt" and "bereitzustellen" are one verb."""

_EURO = r"(?:€|Euro\b|EUR\b)"
# What a figure of a table is counted in, where the caption or the heading says so.
_SCALES = re.compile(
    rf"(?P<thousand>T€|\bTEUR\b|\bTsd\b\.?\s?{_EURO}|\bTausend\s{_EURO}|\b1\.000\s?{_EURO})|"
    rf"(?P<million>M€|\bMio\b\.?\s?{_EURO}|\bMillionen\s{_EURO})|"
    rf"(?P<milliard>\bMrd\b\.?\s?{_EURO}|\bMilliarden\s{_EURO})|"
    rf"(?P<one>{_EURO})"
)
_FACTORS = {"thousand": 10**3, "million": 10**6, "milliard": 10**9, "one": 1}
_WORD = re.compile(r"[^\W\d_][\w\-‑*:]*")
LINKING_VERBS = frozenset(
    """
    beträgt betragen betrug beläuft belaufen lautet heißt liegt liegen handelt umfasst
    erfolgt erfolgen besteht bestehen steht stehen befindet findet finden gilt gelten
    """.split()  # noqa: SIM905
)
_FUNCTION_NOUNS = frozenset(
    """
    jahr jahre jahren frage fragen antwort angabe angaben quelle quellen text dokument
    zahl anzahl höhe uhr herr frau herrn
    """.split()  # noqa: SIM905
)


def check_claim(claim: str, quotes: Sequence[str], context: Sequence[str] = ()) -> tuple[str, ...]:
    """Names what `claim` says that its quotes do not.

    Args:
        claim: one sentence, without source numbers.
        quotes: the words of the sources it cites.
        context: titles and headings of those sources. They may lend nouns (the paper's subject),
            never figures, outcomes or negation.

    Returns:
        A German sentence for each failed check; empty when the quotes carry the claim.
    """
    if not quotes:
        return ("Der Satz nennt keine Quelle.",)
    joined = "\n".join(quotes)
    return tuple(
        problem
        for problems in (
            _figures(claim, joined),
            _exchanged(claim, quotes),
            polarity_problems(claim, quotes),
            _words(claim, joined, "\n".join(context)),
        )
        for problem in problems
    )


def supported_figures(claim: str, quotes: Iterable[str]) -> bool:
    """Whether every figure, date, norm and number of a paper in `claim` stands in the quotes."""
    return not list(_figures(claim, "\n".join(quotes)))


def _figures(claim: str, quote: str) -> Iterable[str]:
    held = find_expressions(quote)
    factors = {_FACTORS[match.lastgroup or "one"] for match in _SCALES.finditer(quote)}
    for expression in find_expressions(claim):
        if not any(same_value(expression, other, factors) for other in held):
            words = expression.span.cut(claim).strip()
            yield f"„{words}“ steht nicht im Beleg."


def _exchanged(claim: str, quotes: Sequence[str]) -> Iterable[str]:
    """The figures that a quoted order takes out, where the claim lacks what it puts in."""
    said = find_expressions(claim)
    values = {e.value for e in said}
    for old, new in (pair for quote in quotes for pair in exchanged(quote)):
        put_in = {e.value for e in new}
        if put_in & values:
            continue
        for expression in said:
            if expression.value in {e.value for e in old} - put_in:
                yield f"„{expression.span.cut(claim).strip()}“ wird laut Beleg ersetzt."


def same_value(claimed: Expression, held: Expression, factors: Iterable[int] = ()) -> bool:
    """Whether two expressions state the same, `factors` being what a table counts in."""
    if claimed.kind is held.kind and claimed.value == held.value:
        return True
    if claimed.kind is Kind.MONTH:
        return held.kind is Kind.DATE and held.value.startswith(claimed.value)
    if claimed.kind is Kind.YEAR:
        return held.kind in (Kind.DATE, Kind.MONTH) and held.value.startswith(claimed.value)
    if claimed.kind is Kind.DATE and claimed.value.startswith("--"):
        return held.kind is Kind.DATE and held.value.endswith(claimed.value[1:])
    if claimed.kind is Kind.NORM:
        return held.kind is Kind.NORM and (held.value + "/").startswith(claimed.value + "/")
    if claimed.kind is Kind.MONEY:  # a table names its unit once, in the heading
        return held.kind is Kind.NUMBER and any(
            Decimal(held.value) * factor == Decimal(claimed.value) for factor in factors
        )
    if claimed.kind is Kind.NUMBER:
        return held.kind in (Kind.MONEY, Kind.PERCENT, Kind.YEAR) and held.value == claimed.value
    return False


def _words(claim: str, quote: str, context: str) -> Iterable[str]:
    held = set(terms(quote))
    lent = held | set(terms(context))
    verbs = {w.lower()[:VERB_STEM] for w in _WORD.findall(quote) if w[0].islower()}
    masked = claim
    for expression in find_expressions(claim):
        masked = (
            masked[: expression.span.start]
            + " " * len(expression.span)
            + masked[expression.span.end :]
        )
    found = total = 0
    for match in _WORD.finditer(masked):
        word = match.group()
        analysis = analyse(word)
        if not analysis.words or word in LINKING_VERBS:
            continue
        total += 1
        is_noun = word[0].isupper() and claim[: match.start()].strip() != ""
        same_verb = len(word) >= VERB_STEM and word.lower()[:VERB_STEM] in verbs
        if same_verb or _held(analysis, lent if is_noun else held):
            found += 1
        elif is_noun and word.lower() not in _FUNCTION_NOUNS:
            yield f"„{word}“ steht nicht im Beleg."
    if total and found / total < MIN_COVERAGE:
        yield "Der Satz weicht zu weit vom Wortlaut des Belegs ab."


def _held(analysis: Analysis, held: set[str]) -> bool:
    """Whether a word, or every part of the compound that it is, stands among the terms."""
    return set(analysis.words) <= held or bool(analysis.parts and set(analysis.parts) <= held)
