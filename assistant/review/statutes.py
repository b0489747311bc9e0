"""Statutes that a draft names: the day it gives them, and figures that an amendment has replaced.

A Satzung has no number; it is known by its name and its day. What amends it is a paper of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from assistant.fundstelle import Ledger
from assistant.review.matching import AMOUNTS, Said, figures_in, said_at, share_of, thing_of
from assistant.review.sentences import Sentence, sentences_of
from assistant.review.stock import Stock
from assistant.review.types import Befund, BefundArt, Reviewed, Severity
from assistant.review.wording import befund, flat, named
from index.types import Document, SectionKind
from ingest.expressions import Kind
from ingest.papers.arten import STATUTES

_AMENDS = re.compile(r"\bzur Änderung (?:der|des)\s+(?P<what>.+)", re.DOTALL)
_ITS_DAY = re.compile(
    r"(?:vom|Fassung vom|(?:zuletzt |erstmals )?(?:am|vom)|beschlossen am|geändert am)\s*\Z"
)
_SAME_THING = 0.6
_PROPOSED = frozenset({SectionKind.BESCHLUSSVORSCHLAG, SectionKind.FINANZEN, SectionKind.KOPF})
_EARLIER = re.compile(
    r"\b(?:ursprünglich\w*|zunächst|bisher\w*|vormals|früher\w*|bis (?:zum|Ende)|ehemals|statt"
    r"|damals|vor der Änderung)\b",
    re.IGNORECASE,
)


def check(reviewed: Reviewed) -> Iterator[Befund]:
    """Other days than the statute bears, and figures of it that hold no longer."""
    stock = Stock(reviewed)
    statutes = _statutes(stock)
    if not statutes:
        return
    spoken: list[Document] = []
    for sentence in sentences_of(reviewed.document):
        if sentence.in_table or sentence.in_note:
            continue
        of_sentence = [statute for statute in statutes if _is_named(statute, sentence.words)]
        spoken += [statute for statute in of_sentence if statute not in spoken]
        for statute in of_sentence:
            found = _other_day(sentence, statute, _amending(statute, statutes))
            if found is not None:
                yield found
        if sentence.section not in _PROPOSED and not _EARLIER.search(sentence.words):
            for statute in spoken:
                yield from _amended(stock, sentence, statute, _amending(statute, statutes))


def _statutes(stock: Stock) -> list[Document]:
    entries = [e for e in stock.entries() if e.kopfdaten.art and e.kopfdaten.art.value in STATUTES]
    return [d for entry in entries if (d := stock.document(entry.id)) is not None]


def _is_named(statute: Document, words: str) -> bool:
    """Whether a text calls a statute by its short name, or by the beginning of its long one."""
    if _AMENDS.search(statute.title):
        return False
    short = re.search(r"\(([^()]{5,60})\)", statute.title)
    names = [short[1]] if short else []
    names.append(" ".join(statute.title.split()[:5]))
    text = flat(words).casefold()
    return any(len(name) > 8 and name.casefold() in text for name in names)


def _amending(statute: Document, statutes: Sequence[Document]) -> list[Document]:
    """The papers that amend a statute, in the order of their days."""
    name = flat(re.sub(r"\([^()]*\)", "", statute.title)).casefold()
    found = [
        other
        for other in statutes
        if (match := _AMENDS.search(flat(other.title)))
        and match["what"].casefold()[:40] == name[:40]
    ]
    return sorted(found, key=lambda paper: min(_days(paper), default=date.min))


def _days(paper: Document) -> set[date]:
    """The days that a statute is known by."""
    days = {paper.kopfdaten.datum.value} if paper.kopfdaten.datum else set()
    if paper.geltung is not None:
        readings = (paper.geltung.fassung, paper.geltung.geaendert)
        days |= {reading.value for reading in readings if reading is not None}
        days |= {begins.datum for begins in paper.geltung.inkrafttreten if begins.datum}
    return days


def _other_day(
    sentence: Sentence, statute: Document, amending: Sequence[Document]
) -> Befund | None:
    known = {day for paper in (statute, *amending) for day in _days(paper)}
    if not known:
        return None
    for expression in sentence.expressions:
        if expression.kind is not Kind.DATE or expression.value[0] == "-":
            continue
        before = sentence.words[: expression.span.start - sentence.span.start]
        if not _ITS_DAY.search(before) or date.fromisoformat(expression.value) in known:
            continue
        ledger = Ledger()
        ledger.cite_name(statute)
        for paper in (statute, *amending):
            if paper.kopfdaten.datum:
                ledger.cite_line(paper, paper.kopfdaten.datum.span)
        listed = ", ".join(f"{day:%d.%m.%Y}" for day in sorted(known))
        reason = f"Mit diesem Tag ist das Ortsrecht nicht erfasst: {flat(statute.title)}: {listed}."
        return befund(BefundArt.ANGABE, Severity.FEHLER, expression.span, reason, ledger)
    return None


def _amended(
    stock: Stock, sentence: Sentence, statute: Document, amending: Sequence[Document]
) -> Iterator[Befund]:
    """A figure that the statute states and an amendment states otherwise for the same thing."""
    for figure in figures_in(sentence.words, AMOUNTS):
        thing = thing_of(sentence.words, figure)
        old = [said for said in _said(stock, statute) if said.states(figure)]
        if not any(_speaks(share_of(thing, said.text)) for said in old):
            continue
        for paper in amending:
            newer = [said for said in _said(stock, paper) if said.figures]
            changed = next((s for s in newer if _takes(s, old, figure.words)), None)
            if changed is None or any(said.states(figure) for said in newer if said is not changed):
                continue
            ledger = Ledger()
            ledger.cite(paper, changed.span)
            name = named(paper, ledger)
            place = figure.expression.span.shifted(sentence.span.start)
            reason = f"„{figure.words}“ ist überholt: {name}: „{flat(changed.text)}“"
            yield befund(BefundArt.UEBERHOLT, Severity.FEHLER, place, reason, ledger)
            break


def _said(stock: Stock, paper: Document) -> list[Said]:
    return [said_at((paper, span), AMOUNTS) for span in stock.sentences(paper)]


def _speaks(shared: tuple[float, int]) -> bool:
    return shared[0] >= _SAME_THING and shared[1] >= 1


def _takes(newer: Said, old: Sequence[Said], words: str) -> bool:
    """Whether a sentence puts another figure in the place of the old one."""
    if words in newer.text:
        return "ersetzt" in newer.text
    return any(
        len(nouns_old) > 1 and _speaks(share_of(nouns_old, newer.text)) and kinds & _kinds(newer)
        for said in old
        for figure in said.figures[:1]
        for nouns_old, kinds in [(thing_of(said.text, figure), _kinds(said))]
    )


def _kinds(said: Said) -> set[Kind]:
    return {figure.expression.kind for figure in said.figures}
