"""What every section is written with: the material at hand, and the paragraphs it can become."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from assistant.begruendung.types import Absatz, Auftrag, Herkunft
from assistant.fundstelle import Ledger, paper_name
from assistant.hausregeln import Abschnitt, Hausregeln
from assistant.records.exact import Finding
from assistant.records.supplements import Supplements
from assistant.types import Citation, Claim, Label
from index.store import Store
from index.types import Access, Document, Span
from index.visibility import UNTITLED

PLACEHOLDER = re.compile(r"\[(?:Angabe fehlt|prüfen): [^\[\]]*\]")
HEADLESS = "Niederschrift ohne öffentlichen Kopf"
"""How a public draft calls minutes of which only single items are declared public."""
OFFICE = "federführende Dienststelle"
_HERKUNFT = {
    Label.BELEGT: Herkunft.BELEGT,
    Label.ABGELEITET: Herkunft.ABGELEITET,
    Label.NICHT_BELEGT: Herkunft.PLATZHALTER,
}


@dataclass(frozen=True, slots=True)
class Material:
    """All that a draft is made of. `access` is what the draft may rest on, not who drafts."""

    store: Store
    access: Access
    auftrag: Auftrag
    papers: tuple[Document, ...]
    rules: Hausregeln
    home: Path | None
    supplements: Supplements
    ledger: Ledger = field(default_factory=Ledger)


def missing(what: str, section: Abschnitt) -> Absatz:
    """A placeholder for what no source gives, with who has to say it."""
    office = section.zustaendig or OFFICE
    return _open(f"[Angabe fehlt: {_inner(what)} – zuständig: {office}]")


def to_check(what: str, citations: Sequence[int] = ()) -> Absatz:
    """A placeholder for what somebody has to look at."""
    return _open(f"[prüfen: {_inner(what)}]", citations)


def _open(text: str, citations: Sequence[int] = ()) -> Absatz:
    return Absatz(text, Herkunft.PLATZHALTER, tuple(dict.fromkeys(citations)))


def _inner(words: str) -> str:
    return words.replace("[", "(").replace("]", ")")


def own(text: str) -> Absatz:
    """Words of the person who drafts."""
    return Absatz(text, Herkunft.EIGEN)


def borne(text: str, citations: Sequence[int]) -> Absatz:
    """A sentence that its citations bear out."""
    return Absatz(text, Herkunft.BELEGT, tuple(dict.fromkeys(citations)))


def derived(text: str, citations: Sequence[int] = ()) -> Absatz:
    """A sentence of ours on what the record does not say."""
    return Absatz(text, Herkunft.ABGELEITET, tuple(dict.fromkeys(citations)))


def told(material: Material, claim: Claim) -> Absatz:
    """A sentence of the material as a paragraph, with the places that name its papers."""
    numbers = list(claim.citations)
    for paper in material.papers:
        for document in (paper, *material.supplements.later(paper)):
            if paper_name(document) in claim.text:
                numbers += material.ledger.cite_name(document)
    text = claim.text.replace(UNTITLED, HEADLESS)
    return Absatz(text, _HERKUNFT[claim.label], tuple(dict.fromkeys(numbers)))


def name_of(document: Document) -> str:
    """The name of a source; of one whose head may not be shown that it is one."""
    return HEADLESS if paper_name(document) == UNTITLED else paper_name(document)


def taken_over(finding: Finding, ledger: Ledger) -> Iterator[Claim]:
    """The claims of a finding, cited under the numbers of another ledger."""
    numbers = {citation.number: _number(citation, ledger) for citation in finding.citations}
    for claim in finding.claims:
        yield replace(claim, citations=tuple(dict.fromkeys(numbers[n] for n in claim.citations)))


def _number(citation: Citation, ledger: Ledger) -> int:
    for known in ledger.citations:
        if replace(known, number=citation.number) == citation:
            return known.number
    ledger.citations.append(replace(citation, number=len(ledger.citations) + 1))
    return len(ledger.citations)


def outdated_mark(material: Material, document: Document, span: Span) -> tuple[str, list[int]]:
    """What stands behind words that a later paper took the place of, and where that is told."""
    if not material.supplements.outdated(document, span):
        return "", []
    later = material.supplements.later(document)[-1]
    return f" (überholt, siehe {paper_name(later)})", material.ledger.cite_name(later)


def words_at(document: Document, span: Span) -> str:
    """The words of a place on one line."""
    return " ".join(span.cut(document.text).split())


def joined(names: Sequence[str]) -> str:
    """Names in a row: "CDU, SPD und FDP"."""
    return " und ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def claimed_by(movers: Sequence[str]) -> str:
    """Whose claim it is, in one frame for all: groups go with and without an article."""
    return f"nach Angabe der Antragsteller ({joined(movers)})"
