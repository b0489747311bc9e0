"""ANGABE: figures, amounts and dates that the stock states otherwise, or nowhere.

A sentence is held against the papers it names or rests on, then against the nearest passages of the
stock. What the draft itself proposes (its Beschlussvorschlag, its plans) needs no source.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from assistant.review.figure_conflicts import compares, conflict_of, swapped, what_of, with_title
from assistant.review.figures_told import (
    is_worth_a_line,
    other_value,
    without_any_source,
    without_source,
)
from assistant.review.matching import (
    AMOUNTS,
    Figure,
    Said,
    figures_in,
    head_days,
    is_body,
    is_reckoned,
    said_at,
    share_of,
)
from assistant.review.minutes_named import minutes_of
from assistant.review.quotation import quotations
from assistant.review.sentences import Sentence, sentences_of
from assistant.review.stock import Place, Stock
from assistant.review.types import Befund, Reviewed
from index.types import Document, SectionKind
from ingest.expressions import Kind, find_expressions
from ingest.papers.outcomes import read_outcome

_HITS = 15
_LARGE = 12
"""Bare numbers up to this one are as often said as counted."""
_KINDS = (*AMOUNTS, Kind.DATE, Kind.YEAR)
_OWN = frozenset(
    {
        SectionKind.KOPF,
        SectionKind.BERATUNGSFOLGE,
        SectionKind.BESCHLUSSVORSCHLAG,
        SectionKind.FINANZEN,
        SectionKind.TAGESORDNUNGSPUNKT,
        SectionKind.ANLAGE,
        SectionKind.UNTERSCHRIFT,
    }
)
_PLANNED = re.compile(
    r"\b(?:soll\w*|wird|werden|würde\w*|beantrag\w*|vorgesehen|geplant|veranschlagt|beabsichtig\w*"
    r"|voraussichtlich\w*|benötigt|erforderlich|entstehen|(?:ge)?schätz\w+|rechnet|kalkulier\w*"
    r"|schlägt\b.*\bvor|vorgeschlagen)\b",
    re.IGNORECASE,
)
_PLACEHOLDER = re.compile(r"\[(?:Angabe fehlt|prüfen)", re.IGNORECASE)
_DECIDING = re.compile(
    r"\b(?:Beschl[uü](?!sskontrolle)\w+|Sitzung\w*|Niederschrift\w*|beschl\w+|abgelehnt|vertagt|vom|verwiesen"
    r"|zurückgezogen|Kenntnis|angenommen|zugestimmt)\b",
    re.IGNORECASE,
)
_VOTES = re.compile(
    r"\W{0,2}(?:Ja|Nein|Stimm\w*|Enthaltung\w*|Gegenstimm\w*|Wahlperiode\w*|Sitzung\w*|zu \d)",
    re.IGNORECASE,
)
_ATTRIBUTED = re.compile(
    r"\b(?:nach|laut|gemäß|zufolge|heißt es|sieht|sah|nennt|nannte|weist|steht|stand|hält|gibt)\b",
    re.IGNORECASE,
)
_SOURCE_ELSEWHERE = re.compile(
    r"\b(?:laut|nach (?:Angaben?|Auskunft|Mitteilung|Berechnung\w*)|Statisti\w+|Landesamt\w*"
    r"|Bundesamt\w*|Institut\w*|Angebot\w*|Gutachten\w*|Quelle)\b",
    re.IGNORECASE,
)


def check(reviewed: Reviewed) -> Iterator[Befund]:
    """Another value, or none in the papers that a sentence names; the rest once for the draft."""
    draft, stock = reviewed.document, Stock(reviewed)
    own = _own_values(draft)
    loose: list[tuple[Sentence, Figure]] = []
    minutes: list[Document] = []
    end = 0
    for sentence in sentences_of(draft):
        if "\n\n" in draft.text[end : sentence.span.start]:
            minutes = []
        end = sentence.span.end
        minutes = minutes_of(stock, sentence) or minutes
        if sentence.in_table or sentence.in_note or _PLACEHOLDER.search(sentence.words):
            continue
        found = _check_sentence(stock, sentence, own, minutes)
        if isinstance(found, Befund):
            yield found
        else:
            loose += [(sentence, figure) for figure in found]
    if is_worth_a_line([figure for _, figure in loose]):
        yield without_any_source(loose)


def _own_values(draft: Document) -> frozenset[str]:
    """What the draft itself proposes, and the amounts of its own tables."""
    places = [s.span for s in draft.sections if s.kind in _OWN]
    places += [table.span for table in draft.tables]
    return frozenset(e.value for span in places for e in find_expressions(span.cut(draft.text)))


def _check_sentence(
    stock: Stock, sentence: Sentence, own: frozenset[str], minutes: Sequence[Document]
) -> Befund | list[Figure]:
    """What is wrong with a sentence, else its figures that no paper on record states."""
    figures = [f for f in figures_in(sentence.words, _KINDS) if _is_claim(sentence, f)]
    papers = _papers(stock, sentence)
    if not figures or (sentence.section in _OWN and not sentence.references):
        return []
    if sentence.section in _OWN:  # what it proposes may differ from all that was before
        papers = [paper for paper in papers if not stock.is_of_draft(paper)]
    papers += [paper for paper in minutes if paper not in papers]
    unstored = bool(sentence.references) and not papers
    papers = papers or stock.minutes_naming(sentence.rests_on)
    if unstored and not papers:
        return []  # what is not stored can bear out nothing, and its number is told already
    near = _told(stock, ((paper, span) for paper in papers for span in stock.sentences(paper)))
    asked = "\n".join([sentence.words, *(paper.title for paper in papers[:1])])
    found = stock.sentences_of_hits(asked, _HITS)
    far = _told(stock, (place for place in found if not stock.is_of_draft(place[0])))
    known = {day for paper in papers for day in head_days(paper)}
    figures = [figure for figure in figures if figure.expression.value not in known]
    open_figures: list[Figure] = []
    for figure in figures:
        conflict = conflict_of(sentence, figure, near, far)
        if conflict is not None:
            single = sum(compares(figure, held, conflict.said) for held in conflict.said.figures)
            other = conflict.other.words if single == 1 else ""
            return other_value(sentence, figure, conflict.said, other)
        if _is_stated(sentence, figure, near, far):
            continue
        mixed_up = swapped(sentence, figure, (*near, *far))
        if mixed_up is not None:
            return other_value(sentence, figure, *mixed_up)
        open_figures.append(figure)
    named = bool(sentence.references or minutes_of(stock, sentence))
    wanted = [f for f in open_figures if _needs_source(sentence, f, own, named=named)]
    if wanted and named and not unstored:
        return without_source(sentence, wanted, papers)
    return [] if unstored else wanted


def _told(stock: Stock, places: Iterable[Place]) -> list[Said]:
    """What stands at places of papers, their heads left out."""
    told = (stock.once_at(place, _said_in_body) for place in places)
    return [said for said in told if said is not None]


def _said_in_body(place: Place) -> Said | None:
    return said_at(place, _KINDS) if is_body(*place) else None


def _is_claim(sentence: Sentence, figure: Figure) -> bool:
    """Whether a figure is said of something: no date of a decision, no vote, nothing quoted."""
    words, span = sentence.words, figure.expression.span
    if any(quote.contains(span) for quote in quotations(words)):
        return False
    if figure.expression.kind is Kind.DATE:
        near_by = words[max(0, span.start - 40) : span.end + 12]
        return not _DECIDING.search(near_by) and read_outcome(words) is None
    return not _VOTES.match(words, span.end)


def _papers(stock: Stock, sentence: Sentence) -> list[Document]:
    """The papers that a sentence rests on, those of their numbers and the minutes on them."""
    found: dict[str, Document] = {}
    for reference in sentence.rests_on:
        for paper in stock.named(reference):
            recorded = [result.document for result in stock.results(paper)]
            for one in (paper, *stock.family(paper), *recorded):
                found[one.id] = one
    return list(found.values())


def _is_stated(
    sentence: Sentence, figure: Figure, near: Sequence[Said], far: Sequence[Said]
) -> bool:
    if any(said.states(figure) for said in near):
        return True
    thing = what_of(sentence, figure)
    for said in far:
        share, count = share_of(thing, with_title(said))
        if said.states(figure) and (share >= 0.3 or count >= 2):
            return True
    return is_reckoned(sentence.words, figure, near or far)


def _needs_source(sentence: Sentence, figure: Figure, own: frozenset[str], *, named: bool) -> bool:
    """Whether a figure is told as a fact, so that a reader asks where it is from."""
    expression = figure.expression
    if sentence.section in _OWN or expression.value in own:
        return False
    if expression.kind is Kind.DATE:
        return named and _ATTRIBUTED.search(sentence.words) is not None
    if expression.kind not in AMOUNTS:
        return False
    if expression.kind is Kind.NUMBER and float(expression.value) <= _LARGE:
        return False
    if named:
        return True
    return not (_PLANNED.search(sentence.words) or _SOURCE_ELSEWHERE.search(sentence.words))
