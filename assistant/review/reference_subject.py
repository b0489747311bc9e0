"""Whether the subject or the movers that a draft names with a number are those of the paper."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.fundstelle import Ledger
from assistant.records.fields import short_name
from assistant.review.sentences import Sentence
from assistant.review.stock import Stock, fits
from assistant.review.types import Befund, BefundArt, Severity
from assistant.review.wording import befund, flat, named, nouns, numbered, share_held
from assistant.understanding.words import fraktion_name, fraktionen_in
from index.german import Analysis
from index.types import Document, Span
from ingest.expressions import Reference

FOREIGN = 0.25
"""A subject of which a paper holds less than this is not its own."""
FITTING = 0.6
"""A paper that holds this share of a subject may be the one that is meant."""
MOSTLY_FOREIGN, CLEARLY_BETTER = 0.4, 0.5
"""A sentence may share a word with a paper that it does not speak of."""
_HITS = 10
_QUOTED_BEHIND = re.compile(
    r"[\s,(–-]{0,3}(?:vom\s[\d. \w]{6,20}[\s,(–-]{0,3})?[„\"»](?P<subject>[^“”\"«]{4,200})[“”\"«]"
)
_BRACKET = re.compile(r"\s*(?:vom\s[\d.]{8,10}\s*)?\((?P<subject>[^()]{4,120})\)")
_ABOUT = re.compile(
    r"(?:\s*\([^()]{2,60}\))?(?:\s+der\s[^.,;:]{2,40}?)?(?:\s+vom\s[\d.]{8,10})?\s+"
    r"(?:zu[mr]?(?:\s+Thema)?|über|betreffend|zum Thema)\s+(?P<subject>[^.,;:()„“]{4,140}?)"
    r"(?=\s+(?:hat|haben|ist|sind|wurden?|werden|wird|war|waren|vom|am|beschlossen|abgelehnt"
    r"|sieht|sehen|nennt|nahm|stimmte|lehnte|enthält|beziffert|legt|gibt|gab|zog)\b|[.,;:()„“]|\Z)"
)
_QUOTED_BEFORE = re.compile(r"[„\"»](?P<subject>[^“”\"«]{4,200})[“”\"«][\s,]*\(?\s*\Z")
_ONLY_MOVERS = re.compile(
    r"\s*(?:,\s*)?(?:\((?P<list>[^()]{2,80})\)|der\s(?P<one>(?:Fraktion(?:en)?\s)?[^.,;:()„]{2,60}?"
    r"(?:[-‑]?Fraktion(?:en)?\b|(?=\s(?:vom|zu[mr]?|über|hat|wurde|ist|haben|sieht|fordert)\b)|(?=[.,;:()])|\Z)))"
)
_MOVERS_BEFORE = re.compile(
    r"antr[aä]g\w*\s(?:der|von)\s(?P<one>[^.,;:()„]{2,60}?)\s*[(,]?\s*\Z", re.IGNORECASE
)


def other_subject(
    stock: Stock, sentence: Sentence, reference: Reference, papers: Sequence[Document]
) -> Befund | None:
    """A subject named with the number that is foreign to the paper."""
    stated = _stated_subject(sentence, reference)
    wanted = nouns(stated)
    own = max((share_held(wanted, _all_words(stock, paper)) for paper in papers), default=1.0)
    near = [paper for paper in stock.near(reference.number) if fits(paper, reference.label)]
    if not wanted or own >= FOREIGN:
        meant = meant_instead(sentence, reference, papers, near)
        if meant is None:
            return None
        return _befund(reference, papers, meant, Severity.WARNUNG)
    found = [document for document, _ in stock.hits(stated, _HITS)]
    candidates = [p for p in (*near, *found) if p not in papers and fits(p, reference.label)]
    shares = [(share_held(wanted, _subject(paper)), paper) for paper in dict.fromkeys(candidates)]
    best = max(shares, key=lambda pair: pair[0], default=(0.0, None))
    return _befund(reference, papers, best[1] if best[0] >= FITTING else None, Severity.FEHLER)


def meant_instead(
    sentence: Sentence,
    reference: Reference,
    papers: Sequence[Document],
    near: Sequence[Document],
) -> Document | None:
    """The one paper with a near number that a sentence speaks of, where `papers` are foreign to it.

    Only where the sentence names one number: of two, nobody can say which its words belong to.
    """
    if len({r.number for r in sentence.references}) != 1:
        return None
    wanted = _sentence_nouns(sentence)
    if len(wanted) < 2:
        return None
    own = max((share_held(wanted, paper.text) for paper in papers), default=0.0)
    if own > MOSTLY_FOREIGN:
        return None
    least = max(FITTING, own + CLEARLY_BETTER)
    stems = {r.number.stem for r in sentence.references}
    fitting = [p for p in near if p not in papers and share_held(wanted, p.text) >= least]
    fitting = [p for p in fitting if not _is_numbered(p, stems)]
    return fitting[0] if len(fitting) == 1 else None


def _is_numbered(paper: Document, stems: set[str]) -> bool:
    """Whether a paper is of the number that is named, with or without an Ergänzung."""
    number = paper.kopfdaten.nummer
    return number is not None and number.value.stem in stems


def other_movers(
    stock: Stock, sentence: Sentence, reference: Reference, papers: Sequence[Document]
) -> Befund | None:
    """Fraktionen named as those who moved the paper, and it names others."""
    moved = [paper for paper in papers if paper.kopfdaten.antragsteller]
    stated = _stated_movers(sentence, reference)
    if not stated or len(moved) != 1 or len(papers) != 1:
        return None
    movers = moved[0].kopfdaten.antragsteller
    recorded = {fraktion_name(mover.value) for mover in movers}
    if set(stated) <= recorded:
        return None
    ledger = Ledger()
    name = numbered(moved[0], ledger)
    for mover in movers:
        ledger.cite_line(moved[0], mover.span)
    listed = ", ".join(flat(mover.value).rstrip(".") for mover in movers)
    reason = f"Als Antragsteller von {name} ist jemand anderes erfasst: {listed}."
    return befund(BefundArt.VERWEIS, Severity.FEHLER, reference.span, reason, ledger)


def other_movers_told(
    sentence: Sentence, reference: Reference, minutes: Document, mention: Span
) -> Befund | None:
    """Fraktionen named as those who moved a paper, where minutes name others beside its number."""
    stated = set(_stated_movers(sentence, reference))
    end = minutes.text.find("\n", mention.end)
    line = Span(mention.start, len(minutes.text) if end < 0 else end)
    recorded = set(fraktionen_in(line.cut(minutes.text)))
    if not stated or not recorded or stated <= recorded:
        return None
    ledger = Ledger()
    ledger.cite(minutes, line)
    reason = (
        f"Als Antragsteller ist jemand anderes erfasst: {named(minutes, ledger)} nennt "
        f"„{flat(line.cut(minutes.text))}“."
    )
    return befund(BefundArt.VERWEIS, Severity.FEHLER, reference.span, reason, ledger)


def _befund(
    reference: Reference, papers: Sequence[Document], meant: Document | None, severity: Severity
) -> Befund:
    ledger = Ledger()
    own = "; ".join(f"{named(p, ledger)} betrifft „{_cited_subject(p, ledger)}“" for p in papers)
    reason = f"Die Nummer passt nicht zum genannten Gegenstand: {own}."
    if meant is not None:
        subject = _cited_subject(meant, ledger)
        reason += f" Gemeint sein kann {named(meant, ledger)} („{subject}“)."
    suggestion = short_name(meant) if meant else ""
    return befund(BefundArt.VERWEIS, severity, reference.span, reason, ledger, suggestion)


def _cited_subject(paper: Document, ledger: Ledger) -> str:
    subject = paper.kopfdaten.tagesordnungspunkt
    if subject is None:
        return flat(paper.title)
    ledger.cite(paper, subject.span)
    return flat(subject.value)


def _subject(paper: Document) -> str:
    subject = paper.kopfdaten.tagesordnungspunkt
    return f"{paper.title}\n{subject.value if subject else ''}"


def _all_words(stock: Stock, paper: Document) -> str:
    """A paper with the headings of the items that minutes record it under."""
    items = [r.beschluss.titel for r in stock.results(paper) if r.beschluss]
    return "\n".join([paper.title, paper.text, *items])


def _stated_subject(sentence: Sentence, reference: Reference) -> str:
    """What the draft says the paper is about, in the words beside its number; "" for nothing."""
    words, offset = sentence.words, sentence.span.start
    start, end = reference.span.start - offset, reference.span.end - offset
    if any(0 <= r.span.start - reference.span.end < 25 for r in sentence.references):
        return ""  # of a list of numbers each has its own subject
    for pattern in (_QUOTED_BEHIND, _BRACKET, _ABOUT):
        found = pattern.match(words, end)
        if found is not None and not fraktionen_in(found["subject"]):
            return _without_reference(found["subject"])
    before = _QUOTED_BEFORE.search(words[:start])
    return before["subject"] if before else ""


def _without_reference(subject: str) -> str:
    return "" if re.search(r"\d/\d|\b(?:im Folgenden|siehe|vgl|Anlage)\b", subject) else subject


def _stated_movers(sentence: Sentence, reference: Reference) -> tuple[str, ...]:
    words, offset = sentence.words, sentence.span.start
    start, end = reference.span.start - offset, reference.span.end - offset
    behind = _ONLY_MOVERS.match(words, end)
    if behind is not None:
        return fraktionen_in(behind["list"] or behind["one"])
    before = _MOVERS_BEFORE.search(words[:start])
    return fraktionen_in(before["one"]) if before else ()


def _sentence_nouns(sentence: Sentence) -> list[Analysis]:
    return list({one.words: one for one in nouns(sentence.words)}.values())
