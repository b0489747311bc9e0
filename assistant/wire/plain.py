"""An answer in Einfache Sprache as it goes out, and as it is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from pydantic import Field

from assistant.types import Claim, Label
from assistant.wire.answers import ClaimWire
from assistant.wire.form import Wire

if TYPE_CHECKING:
    from assistant.plain.rendering import PlainClaim, Rendering

MOST_CLAIMS = 2000
LARGEST_BODY = 4 * 1024 * 1024
"""Bytes of a request; a complete list of a large Mandant has hundreds of sentences."""


class PlainBody(Wire):
    """Die Sätze einer Antwort, wie `/api/ask` sie gab, mit ihrem Siegel."""

    kind: str = Field(max_length=40, description="`kind` der Antwort")
    claims: list[ClaimWire] = Field(max_length=MOST_CLAIMS, description="`claims` der Antwort")
    seal: str = Field(max_length=128, description="`seal` der Antwort")
    generator: bool = Field(
        default=False,
        description="true: Das Sprachmodell versucht sich an langen Sätzen; jeder wird geprüft",
    )


class PlainClaimWire(Wire):
    """Ein Satz der Antwort in Einfacher Sprache, mit den Belegen des Originals."""

    original: str = Field(description="Der Satz, wie die Antwort ihn zeigt")
    lead: list[str] = Field(description="Wessen Worte folgen und wo sie stehen")
    lines: list[str] = Field(description="Die Aussagen, je eine")
    label: Literal["belegt", "abgeleitet", "nicht belegt"]
    citations: list[int]
    treatment: Literal["vereinfacht", "schon einfach", "original"]
    note: str = Field(description="Was man zu diesem Satz wissen sollte, sonst leer")


class TermWire(Wire):
    """Ein Wort der Verwaltung und was es bedeutet."""

    name: str
    text: str


class PlainWire(Wire):
    """Eine Antwort in Einfacher Sprache."""

    mark: str = Field(description="Steht immer dabei: „maschinell, ungeprüft“")
    how: str = Field(description="Wie die Fassung entstand")
    claims: list[PlainClaimWire]
    terms: list[TermWire] = Field(description="Fachwörter der Antwort, erklärt")
    generator_id: str | None
    prompt_hash: str | None


def claims_of(body: PlainBody) -> tuple[Claim, ...]:
    """The sentences that are to be said in an easier way."""
    return tuple(
        Claim(claim.text, Label(claim.label), tuple(claim.citations), tuple(claim.problems))
        for claim in body.claims
    )


def plain_wire(rendering: Rendering) -> PlainWire:
    """A rendering as it goes out."""
    return PlainWire(
        mark=rendering.mark,
        how=rendering.how,
        claims=[_claim(claim) for claim in rendering.claims],
        terms=[TermWire(name=term.name, text=term.text) for term in rendering.terms],
        generator_id=rendering.generator_id,
        prompt_hash=rendering.prompt_hash,
    )


def _claim(claim: PlainClaim) -> PlainClaimWire:
    return PlainClaimWire(
        original=claim.original,
        lead=list(claim.lead),
        lines=list(claim.lines),
        label=claim.label.value,
        citations=list(claim.citations),
        treatment=claim.treatment.value,
        note=claim.note,
    )
