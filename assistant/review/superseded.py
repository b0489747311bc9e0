"""UEBERHOLT: references and figures that a later paper of the same number takes the place of.

Not where the draft names the later paper before, in one sentence with the earlier one, or, where
that still holds in part, in the same paragraph: then whoever reads it knows.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from assistant.fundstelle import Ledger
from assistant.records.fields import short_name
from assistant.records.supplements import effect_claim
from assistant.records.vorgang import Result
from assistant.review.matching import AMOUNTS, Figure, Said, figures_in, said_at, share_of, thing_of
from assistant.review.quotation import masked
from assistant.review.sentences import Sentence, sentences_of
from assistant.review.stock import Stock
from assistant.review.types import Befund, BefundArt, Reviewed, Severity
from assistant.review.wording import befund, flat, named, nouns, numbered, share_held
from index.types import Document, Drucksachennummer, Outcome, SectionKind, Wirkung
from ingest.expressions import Kind, Reference, find_expressions
from ingest.papers.ergaenzung import exchanged

_HITS = 8
_SURE = 0.6
_EARLIER = re.compile(
    r"\b(?:ursprünglich\w*|zunächst|bisher\w*|vormals|früher\w*|statt|anstelle|anstatt|ersetzt\w*"
    r"|geändert\w*|überholt|Änderung|ehemals|beantragt\w*|Antragsteller\w*|gefordert|vorgesehen war"
    r"|vorgeschlagen|schlug|sah)\b",
    re.IGNORECASE,
)
_DECIDED = re.compile(
    r"\b(?:beschlossen|beschloss|beschließt|Beschluss(?:es)?|bewilligt|beauftragt|angenommen"
    r"|begrenzt|bereitgestellt|festgesetzt|festgelegt)\b"
)
_COMPARED = (*AMOUNTS, Kind.DATE, Kind.YEAR)


def check(reviewed: Reviewed) -> Iterator[Befund]:
    """Every reference and every figure that a later paper replaces or changes."""
    stock = Stock(reviewed)
    told_figures: set[tuple[str, str]] = set()
    draft = reviewed.document
    sentences = sentences_of(draft)
    told: set[Drucksachennummer] = set()
    together = [{reference.number for reference in one.references} for one in sentences]
    for at, sentence in enumerate(sentences):
        told |= together[at]
        near = {r.number for one in _in_paragraph(draft, sentences[at:]) for r in one.references}
        figure = _old_figure(stock, sentence, told_figures)
        if figure is not None:
            yield figure
            continue
        for reference in sentence.references:
            also = set().union(*(numbers for numbers in together if reference.number in numbers))
            found = _old_paper(stock, reference, told | also, near)
            if found is not None:
                yield found


def _in_paragraph(draft: Document, sentences: Sequence[Sentence]) -> Iterator[Sentence]:
    """The first of some sentences and those that follow it in its paragraph."""
    end = draft.text.find("\n\n", sentences[0].span.end)
    end = len(draft.text) if end < 0 else end
    return itertools.takewhile(lambda one: one.span.end <= end, sentences)


def _old_paper(
    stock: Stock,
    reference: Reference,
    told: set[Drucksachennummer],
    near: set[Drucksachennummer],
) -> Befund | None:
    """A reference to a paper that a later one replaces or changes, which the draft is silent on."""
    for paper in stock.named(reference):
        taking = [p for p in stock.later(paper) if _takes_place(p)]
        if not taking or any(
            _number(p) in told or (not _replaces(p) and _number(p) in near) for p in taking
        ):
            continue
        ledger = Ledger()
        said = " ".join(effect_claim(paper, later, ledger).text for later in taking)
        ledger.cite_name(taking[-1])
        reason = f"{short_name(paper)} gilt so nicht mehr: {said}"
        return befund(
            BefundArt.UEBERHOLT,
            Severity.WARNUNG,
            reference.span,
            reason,
            ledger,
            f"{short_name(paper)} in der Fassung der {short_name(taking[-1])}",
        )
    return None


def _takes_place(later: Document) -> bool:
    effect = later.kopfdaten.wirkung
    return effect is not None and effect.value is not Wirkung.ERGAENZT


def _replaces(later: Document) -> bool:
    """Whether nothing is left of the earlier paper: then naming it first misleads."""
    effect = later.kopfdaten.wirkung
    return effect is not None and effect.value is Wirkung.ERSETZT


def _number(paper: Document) -> Drucksachennummer | None:
    return paper.kopfdaten.nummer.value if paper.kopfdaten.nummer else None


def _old_figure(stock: Stock, sentence: Sentence, told: set[tuple[str, str]]) -> Befund | None:
    """A figure that an earlier paper states and a later one states otherwise."""
    if _EARLIER.search(sentence.words) or sentence.in_table or sentence.in_note:
        return None
    figures = figures_in(masked(sentence.words), _COMPARED)
    if not figures:
        return None
    found = _changed_by_decision(stock, sentence, figures)
    if found is not None:
        return found
    papers = [paper for r in sentence.rests_on for paper in stock.named(r)]
    for figure in figures:
        for said in _stating(stock, sentence, figure, papers):
            later = [p for p in stock.later(said.document) if _takes_place(p)]
            if not later or _still_said(stock, figure, sentence, later):
                continue
            return _befund(stock, sentence, figure, said, later[-1])
    return None


def _stating(
    stock: Stock, sentence: Sentence, figure: Figure, papers: Sequence[Document]
) -> Iterator[Said]:
    """Where an earlier paper states the figure at words that a later one takes the place of."""
    thing = thing_of(sentence.words, figure)
    family = {o.id: o for p in papers for o in (p, *stock.family(p))}.values()
    places = [(paper, span) for paper in family for span in stock.sentences(paper)]
    least = (0.0, 1 if thing else 0)
    if not places:
        places = list(stock.sentences_of_hits(sentence.words, _HITS))
        least = (_SURE, 2)
    for document, span in places:
        if not stock.later(document):
            continue
        said = said_at((document, span), _COMPARED)
        share, count = share_of(thing, f"{said.text}\n{document.title}")
        speaks = share >= least[0] and count >= least[1]
        if speaks and said.states(figure) and stock.outdated(document, span):
            yield said


def _still_said(
    stock: Stock, figure: Figure, sentence: Sentence, later: Sequence[Document]
) -> bool:
    """Whether the later paper says the same, or the draft says what the later paper does."""
    newer = [said_at((p, s), _COMPARED) for p in later for s in stock.sentences(p)]
    return any(said.holds_value(figure) and not _takes_out(said.text, figure) for said in newer)


def _takes_out(text: str, figure: Figure) -> bool:
    return any(any(e.value == figure.expression.value for e in old) for old, _ in exchanged(text))


def _befund(stock: Stock, sentence: Sentence, figure: Figure, old: Said, later: Document) -> Befund:
    ledger = Ledger()
    ledger.cite(old.document, old.span)
    effect = effect_claim(old.document, later, ledger).text
    thing = thing_of(sentence.words, figure)
    newer = [
        said
        for span in stock.sentences(later)
        for said in [said_at((later, span), _COMPARED)]
        if any(_speaks_alike(figure, held) for held in said.figures)
    ]
    best = max(newer, key=lambda said: share_of(thing, said.text), default=None)
    now = ""
    if best is not None:
        ledger.cite_with_head(later, best.span, best.text)
        now = f" Dort steht: „{flat(best.span.cut(later.text))}“"
    place = figure.expression.span.shifted(sentence.span.start)
    reason = f"„{figure.words}“ ist überholt: {effect}{now}"
    return befund(BefundArt.UEBERHOLT, Severity.FEHLER, place, reason, ledger)


def _speaks_alike(figure: Figure, held: Figure) -> bool:
    if figure.expression.kind is not held.expression.kind:
        return False
    return not figure.counted or not held.counted or bool(set(figure.counted) & set(held.counted))


def _changed_by_decision(
    stock: Stock, sentence: Sentence, figures: Sequence[Figure]
) -> Befund | None:
    """A figure of a motion that the decision on it changed, told as what was decided."""
    if not _DECIDED.search(sentence.words):
        return None
    for paper in _decided_on(stock, sentence):
        for result in stock.results(paper):
            if result.ergebnis.outcome is not Outcome.GEAENDERT:
                continue
            for figure in figures:
                found = _against_decision(stock, sentence, figure, paper, result)
                if found is not None:
                    return found
    return None


def _decided_on(stock: Stock, sentence: Sentence) -> list[Document]:
    """The papers that a sentence rests on, and the nearest that it speaks of."""
    papers = [paper for r in sentence.rests_on for paper in stock.named(r)]
    wanted = nouns(sentence.words)
    if len(wanted) >= 2:
        found = [document for document, _ in stock.hits(sentence.words, _HITS)]
        papers += [p for p in found if share_held(wanted, p.text) >= _SURE]
    return list({paper.id: paper for paper in papers}.values())


def _against_decision(
    stock: Stock, sentence: Sentence, figure: Figure, paper: Document, result: Result
) -> Befund | None:
    place = result.beschluss.span if result.beschluss else result.ergebnis.span
    decided = place.cut(result.document.text)
    proposed = [
        s.span.cut(paper.text) for s in paper.sections if s.kind is SectionKind.BESCHLUSSVORSCHLAG
    ]
    if not any(_has_value(text, figure) for text in proposed):
        return None
    changed = exchanged(decided)
    if changed:
        put_in = [
            e.value
            for old, new in changed
            if any(_same_time(e.value, figure) for e in old)
            for e in new
        ]
        if not put_in or any(e.value in put_in for e in sentence.expressions):
            return None
    elif result.beschluss is None or not _has_kind(decided, figure) or _has_value(decided, figure):
        return None
    ledger = Ledger()
    ledger.cite(result.document, place)
    ledger.cite(result.document, result.ergebnis.span)
    name = numbered(paper, ledger)
    where = named(result.document, ledger)
    source = "" if result.document is paper else f" {where}:"
    reason = (
        f"„{figure.words}“ stand im Antrag, beschlossen wurde er geändert ({name}).{source} "
        f"„{flat(decided)}“"
    )
    span = figure.expression.span.shifted(sentence.span.start)
    return befund(BefundArt.UEBERHOLT, Severity.FEHLER, span, reason, ledger)


def _has_value(text: str, figure: Figure) -> bool:
    return any(_same_time(e.value, figure) for e in find_expressions(text))


def _same_time(value: str, figure: Figure) -> bool:
    """Whether a value is the figure's; of a year also a day in it."""
    own = figure.expression
    return value == own.value or (own.kind is Kind.YEAR and value.startswith(f"{own.value}-"))


def _has_kind(text: str, figure: Figure) -> bool:
    return any(e.kind is figure.expression.kind for e in find_expressions(text))
