"""What later statutes make of a provision: words changed, put anew, taken out.

A sentence of a statute stays on record after it was amended. Quoted alone it is true and the law
another; so it comes with what amended it, and gives way where its Absatz was put anew.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from assistant.fundstelle import Ledger, paper_name
from assistant.types import Claim, Label
from assistant.understanding.question import Question
from index.german import analyse, terms
from index.store import Store
from index.types import Access, Document, DocumentSummary, Provision, Span
from ingest.expressions import Kind
from ingest.papers.amending import orders_on, puts_anew
from ingest.papers.arten import STATUTES

AMENDING = "Änderungssatzung"
_CHANGED = re.compile(r"\bw(?:ird|erden)\b[^\n]{0,80}\bgeändert\b", re.IGNORECASE)
_SHORT_NAME = re.compile(r"\(([A-ZÄÖÜ][\w-]{3,})\)")
_OF_DAY = re.compile(r"\bvom\s+\d{1,2}\.\s*(?:\d{1,2}\.|[A-Za-zä]+)\s*\d{4}\b")
_EARLIER = re.compile(
    r"\b(?:früher\w*|bisher\w*|ursprünglich\w*|damals|seinerzeit|zuvor|einst|alte[nrs]?\s+Fassung)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Amendment:
    """What a later statute orders of a provision: the place of the order."""

    document: Document
    span: Span

    @property
    def words(self) -> str:
        """The order on one line."""
        return " ".join(self.span.cut(self.document.text).split())


@dataclass(slots=True)
class Amendments:
    """Knows, for one question, what became of the provisions of each statute that was found."""

    store: Store
    access: Access
    _statutes: list[DocumentSummary] | None = None
    _later: dict[str, tuple[Document, ...]] = field(default_factory=dict)

    def amending(self, document: Document) -> tuple[Document, ...]:
        """The statutes that amend this one, earliest first."""
        return tuple(d for d in self.followers(document) if art_of(d) == AMENDING)

    def of(self, document: Document, span: Span) -> tuple[Amendment, ...]:
        """What later statutes order of the provision around `span`, earliest first."""
        provision = _provision_at(document, span)
        if provision is None:
            return ()
        return tuple(
            Amendment(later, order)
            for later in self.amending(document)
            for order in orders_on(later.text, provision.paragraph, provision.absatz)
        )

    def outdated(self, document: Document, span: Span, question: Question) -> bool:
        """Whether other words hold today in the place of those at `span`.

        So it is where a later Fassung of the whole statute is on record, or its Absatz was put
        anew or taken out; not for a question that asks what was before.
        """
        for later in self.followers(document):
            if art_of(later) != AMENDING and not _asks_before(question, day_of(later)):
                return True
        provision = _provision_at(document, span)
        return provision is not None and any(
            puts_anew(amendment.words, provision.absatz)
            and not _asks_before(question, day_of(amendment.document))
            for amendment in self.of(document, span)
        )

    def followers(self, document: Document) -> tuple[Document, ...]:
        """The later Fassungen of a statute and what amends it, earliest first."""
        if art_of(document) not in STATUTES or art_of(document) == AMENDING:
            return ()
        if document.id not in self._later:
            others = (self.store.document(self.access, e.id) for e in self._related(document))
            found = [d for d in others if d is not None and _follows(d, document)]
            self._later[document.id] = tuple(
                sorted(found, key=lambda d: (day_of(d) or date.min, d.id))
            )
        return self._later[document.id]

    def _related(self, document: Document) -> list[DocumentSummary]:
        """The valid statutes of one Mandant that bear the same title, or amend one so named."""
        if self._statutes is None:
            entries = self.store.documents(self.access, current_only=True)
            self._statutes = [entry for entry in entries if art_of(entry) in STATUTES]
        speaking = self._speaking_of(document)
        return [
            entry
            for entry in self._statutes
            if entry.mandant == document.mandant
            and entry.id != document.id
            and (
                entry.id in speaking
                if art_of(entry) == AMENDING
                else art_of(entry) == art_of(document) and title_of(entry) == title_of(document)
            )
        ]

    def _speaking_of(self, statute: Document) -> frozenset[str]:
        """The documents with each word of a statute's title, or with its short name."""
        title, short = _names_of(statute)
        held = {word: self.store.documents_holding(self.access, word) for word in title | short}
        whole = [held[word] for word in title]
        found = frozenset[str]().union(*(held[word] for word in short))
        return found | frozenset.intersection(*whole) if whole else found


def amendment_claim(amendment: Amendment, ledger: Ledger, how: str = "Änderung durch") -> Claim:
    """The order word for word, with the statute that gives it."""
    document = amendment.document
    cited = (ledger.cite(document, amendment.span), *ledger.cite_name(document))
    return Claim(f"{how} {paper_name(document)}: „{amendment.words}“", Label.BELEGT, cited)


def in_force_claims(document: Document, ledger: Ledger, of: str = "") -> Iterator[Claim]:
    """Since when a statute holds, in its own words; nothing where it does not say so."""
    for rule in document.geltung.inkrafttreten[:1] if document.geltung else ():
        quoted = " ".join(rule.span.cut(document.text).split())
        cited = (ledger.cite(document, rule.span),)
        yield Claim(f"Inkrafttreten{of}: „{quoted}.“", Label.BELEGT, cited)


def art_of(paper: Document | DocumentSummary) -> str:
    """The kind of a paper; "" where it is not known."""
    return paper.kopfdaten.art.value if paper.kopfdaten.art else ""


def title_of(paper: Document | DocumentSummary) -> str:
    """The title of a statute in stems and without the day that stands in some."""
    return " ".join(terms(_OF_DAY.sub("", paper.title)))


def day_of(document: Document) -> date | None:
    """The day of a statute's Fassung, else its own."""
    fassung = document.geltung.fassung if document.geltung else None
    if fassung is not None:
        return fassung.value
    return document.kopfdaten.datum.value if document.kopfdaten.datum else None


def _provision_at(document: Document, span: Span) -> Provision | None:
    return next((p for p in document.provisions if p.span.overlaps(span)), None)


def _follows(later: Document, statute: Document) -> bool:
    """Whether a statute is a later Fassung of another, or says that it changes it.

    Of two Fassungen both days must be known; an amendment may leave out its own.
    """
    own, day = day_of(statute), day_of(later)
    if art_of(later) != AMENDING:
        return own is not None and day is not None and day > own
    return (own is None or day is None or day > own) and _names(later, statute)


def _names(amending: Document, statute: Document) -> bool:
    """Whether a title or an order speaks of a statute by its whole title or its short name."""
    title, short = _names_of(statute)
    lines = [line for line in amending.text.split("\n") if _CHANGED.search(line)]
    said = [set(terms(line)) for line in (amending.title, *lines)]
    return any((title and title <= held) or short & held for held in said)


def _names_of(statute: Document) -> tuple[frozenset[str], frozenset[str]]:
    """The stems of a statute's title, and of the short name that it gives in brackets."""
    short = [
        stem for match in _SHORT_NAME.finditer(statute.title) for stem in analyse(match[1]).words
    ]
    title = analyse(_OF_DAY.sub("", _SHORT_NAME.sub("", statute.title))).words
    return frozenset(title), frozenset(short)


def _asks_before(question: Question, changed: date | None) -> bool:
    """Whether a question asks what was before a change, by a word or by an earlier year."""
    if _EARLIER.search(question.text):
        return True
    years = [
        int(expression.value[:4])
        for expression in question.expressions
        if expression.kind in (Kind.DATE, Kind.MONTH, Kind.YEAR) and expression.value[:4].isdigit()
    ]
    return changed is not None and any(year < changed.year for year in years)
