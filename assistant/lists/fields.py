"""What a paper is counted under by its header fields: in lists and in the facets of the search."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from index.types import Kopfdaten, Outcome
from ingest.papers.fraktionen import normalise_fraktion

_NOT_DECIDED_ON = frozenset({"Niederschrift", "Einladung"})
"""Kinds whose numbers papers of other kinds bear too."""


def is_of(kopf: Kopfdaten, arten: Collection[str]) -> bool:
    """Whether a paper is of a kind by its own, or by the wider one that it is numbered under.

    A Beschlusskontrolle printed as "Vorlage Nr. 15/2480" is among the Vorlagen.
    """
    return art_of(kopf) in arten or kopf.benennung in arten


def art_of(kopf: Kopfdaten) -> str:
    """The paper's own kind; "" where it is not on record."""
    return kopf.art.value if kopf.art else ""


def is_decided_on(kopf: Kopfdaten) -> bool:
    """Whether it makes sense to ask what became of such a paper."""
    return art_of(kopf) not in _NOT_DECIDED_ON


def bodies_of(kopf: Kopfdaten) -> Mapping[str, str]:
    """The Gremien that a paper names, as printed, by the form they are compared in."""
    named = [station.gremium for station in kopf.beratungsfolge]
    if kopf.gremium:
        named.append(kopf.gremium.value)
    return {name.casefold(): name for name in reversed(named)}


def movers_of(kopf: Kopfdaten) -> frozenset[str]:
    """The Fraktionen that moved a paper, under the one name of each."""
    return frozenset(normalise_fraktion(mover.value) for mover in kopf.antragsteller)


def counted_as(recorded: Outcome) -> tuple[Outcome, ...]:
    """The outcomes that a recorded one counts among: decided with changes is decided, too."""
    if recorded is Outcome.GEAENDERT:
        return (Outcome.BESCHLOSSEN, Outcome.GEAENDERT)
    return (recorded,)
