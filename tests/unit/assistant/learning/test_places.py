"""A quote of an exercise leads to a document only where that says it, and may be seen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.learning.exercises import Quote
from assistant.learning.places import places_of
from assistant.wiring import Parts
from index.types import Access, Schutzstufe
from tests.sample_records import ANTRAG, antrag, make_parts, stored

OPERATOR = Access.operator("lvs")
HERE = Quote(
    "Antrag 15/12", "akten/antrag.txt", "schließen diese Lücke. | Der Betrieb\nder Leihräder"
)


@pytest.fixture
def parts(tmp_path: Path) -> Iterator[Parts]:
    with make_parts(tmp_path) as made:
        yield made


def test_the_words_are_found_whatever_parts_their_lines(parts: Parts) -> None:
    (place,) = places_of(parts.store, OPERATOR, [HERE])
    assert place is not None
    assert place.document_id == antrag().id
    assert place.span.cut(ANTRAG) == "schließen diese Lücke. Der Betrieb der Leihräder"


def test_other_words_other_papers_and_half_a_file_name_lead_nowhere(parts: Parts) -> None:
    other = [
        replace(HERE, words="Der Betrieb kostet nichts."),
        replace(HERE, paper="akten/anderes.txt"),
        replace(HERE, paper="trag.txt"),
    ]
    assert places_of(parts.store, OPERATOR, other) == [None, None, None]


def test_what_somebody_may_not_see_is_not_linked(parts: Parts) -> None:
    closed = Quote("Vorlage", "akten/vorlage.txt", "Das Grundstück am Kanal")
    public = Access(frozenset({"lvs"}), frozenset({Schutzstufe.OEFFENTLICH}))
    assert places_of(parts.store, OPERATOR, [closed])[0] is not None
    assert places_of(parts.store, public, [closed]) == [None]


def test_the_paper_of_another_mandant_is_not_linked(parts: Parts) -> None:
    parts.store.add([stored(antrag("lvn", ANTRAG.replace("Museen", "Häuser")))])
    words = replace(HERE, words="Viele Gäste der Häuser")
    assert places_of(parts.store, OPERATOR, [words]) == [None]
