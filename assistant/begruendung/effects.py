"""Finanzen and Inklusion: what the sources say, quoted; for this paper the offices have to say it.

That there are no effects is never said of this paper, and no box is ticked.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.begruendung.occasion import movers_of
from assistant.begruendung.paragraphs import Material, claimed_by, missing, taken_over, told
from assistant.begruendung.types import Absatz, Herkunft
from assistant.fundstelle import paper_name
from assistant.hausregeln import Abschnitt
from assistant.material.finances import answer_finances
from assistant.material.objectives import answer_objectives
from assistant.types import Claim, Label
from index.types import Document

_SECTION = "„Finanzielle Auswirkungen“"
_LATER = "siehe spätere Drucksache"


def write_finances(material: Material, section: Abschnitt) -> Iterator[Absatz]:
    """The amounts of the sources row by row; placeholders for what none of them states."""
    told_claims: list[Claim] = []
    lacking: list[list[str]] = []
    for paper in material.papers:
        finding = answer_finances(material.store, material.access, [paper], material.rules)
        claims = list(taken_over(finding, material.ledger))
        told_claims += [
            _attributed(material, paper, claim)
            for claim in claims
            if claim.label is not Label.NICHT_BELEGT
        ]
        lacking.append([claim.text for claim in claims if claim.label is Label.NICHT_BELEGT])
    for claim in dict.fromkeys(told_claims):
        yield told(material, claim)
    for text in _lacked_by_all(lacking):
        yield Absatz(text, Herkunft.PLATZHALTER)
    yield missing("finanzielle Auswirkungen dieser Vorlage", section)
    yield missing("personelle Auswirkungen dieser Vorlage", section)


def _attributed(material: Material, paper: Document, claim: Claim) -> Claim:
    """The claim with who says so and the paper that replaced its figure, where one did.

    Quotation marks are for quotes only.
    """
    claim = replace(claim, text=claim.text.replace(_SECTION, "zu finanziellen Auswirkungen"))
    name, movers = paper_name(paper), movers_of(paper)
    if movers and claim.text.startswith(name) and "„" in claim.text:
        said = claim.text.replace(name, f"{name}, {claimed_by(movers)}", 1)
        ledger, fields = material.ledger, paper.kopfdaten.antragsteller
        cited = (ledger.cite_line(paper, mover.span) for mover in fields)
        claim = replace(claim, text=said, citations=(*claim.citations, *cited))
    later = material.supplements.later(paper)
    if _LATER not in claim.text or not later:
        return claim
    text = claim.text.replace(_LATER, f"siehe {paper_name(later[-1])}")
    return replace(claim, text=text)


def _lacked_by_all(lacking: Sequence[Sequence[str]]) -> list[str]:
    if not lacking:
        return []
    first, *others = lacking
    return [text for text in first if all(text in other for other in others)]


def write_inclusion(material: Material, section: Abschnitt) -> Iterator[Absatz]:
    """The sentences that may touch on a Zielrichtung, as a suggestion; who judges is named."""
    yield missing("ob und welche Zielrichtungen diese Vorlage berührt", section)
    finding = answer_objectives(material.store, material.access, material.papers, material.home)
    for claim in taken_over(finding, material.ledger):
        if claim.label is Label.BELEGT:
            yield told(material, _with_name(material, claim))


def _with_name(material: Material, claim: Claim) -> Claim:
    """The claim with the name of the paper that it is cut from."""
    holders = {c.document_id for c in material.ledger.citations if c.number in claim.citations}
    for paper in material.papers:
        for document in (paper, *material.supplements.later(paper)):
            if document.id in holders:
                return replace(claim, text=f"{claim.text} ({paper_name(document)})")
    return claim
