"""The checks of form find what was planted in clean drafts, and leave the clean ones alone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant.review.types import BefundArt, Severity
from index.store import Store, open_store
from index.types import Access, Schutzstufe
from tests.review.form import planted

DRAFTS = planted.clean_drafts()
PUBLIC = Access(frozenset({planted.MANDANT}), frozenset({Schutzstufe.OEFFENTLICH}))


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    opened = open_store(tmp_path_factory.mktemp("bestand"))
    planted.fill(opened)
    yield opened
    opened.close()


def faulty(art: str, words: str) -> str:
    fault = next(f for f in planted.planted() if (f.art, f.words) == (art, words))
    return planted.faulty(fault, DRAFTS)


@pytest.mark.parametrize("name", sorted(DRAFTS))
def test_a_clean_draft_gets_no_finding(name: str, store: Store) -> None:
    assert planted.befunde(DRAFTS[name], store) == []


def test_every_planted_fault_of_every_class_is_found(store: Store) -> None:
    planned, found, missed, false_a_page = planted.measured(store)
    assert dict(planned) == {
        "abschnitt": 21,
        "platzhalter": 21,
        "koerperschaft": 9,
        "gremium": 8,
        "nichtoeffentlich": 9,
        "lesbarkeit": 12,
    }
    assert missed == []
    assert found == planned
    assert false_a_page == 0.0


def test_a_closed_paper_is_named_with_its_place_to_whoever_may_see_it(store: Store) -> None:
    (befund,) = planted.befunde(faulty("nichtoeffentlich", "15/2077"), store)
    assert (befund.art, befund.severity) == (BefundArt.NICHTOEFFENTLICH, Severity.FEHLER)
    assert befund.reason == (
        "Vorlage Nr. 15/2077 vom 03.03.2025 ist nichtöffentlich. Das Papier oder die Angaben "
        "daneben nennen es nichtöffentlich."
    )
    (citation,) = befund.citations
    assert (citation.number, citation.drucksachennummer, citation.quote) == (
        1,
        "15/2077",
        "Vorlage Nr. 15/2077",
    )


@pytest.mark.parametrize(
    "words",
    [
        "15/2077",
        "Kaufpreis von 1,2 Mio. €",
        "TOP 7",
        "Ankauf des Grundstücks an der Mühlenstraße",
        "Vergleich im Rechtsstreit",
    ],
)
def test_who_may_not_see_closed_papers_is_told_nothing_of_them(words: str, store: Store) -> None:
    text = faulty("nichtoeffentlich", words)
    arten = [befund.art for befund in planted.befunde(text, store)]
    assert arten == [BefundArt.NICHTOEFFENTLICH]
    assert planted.befunde(text, store, PUBLIC) == []


def test_that_a_gremium_met_is_no_secret(store: Store) -> None:
    minutes = "die Niederschrift über die 21. Sitzung des Landschaftsausschusses vom 21.03.2025"
    text = DRAFTS["bericht"] + f"\n\nGrundlage ist {minutes}.\n"
    found = planted.befunde(text, store)
    assert [b for b in found if b.art is BefundArt.NICHTOEFFENTLICH] == []


def test_a_name_on_record_is_offered_with_the_paper_that_has_it(store: Store) -> None:
    (befund,) = planted.befunde(faulty("gremium", "Landschaftsauschuss"), store)
    assert befund.severity is Severity.WARNUNG
    assert befund.reason == (
        "Das Gremium heißt in den Akten „Landschaftsausschuss“, hier „Landschaftsauschuss“."
    )
    assert befund.suggestion == "Landschaftsausschuss"
    (citation,) = befund.citations
    assert citation.quote == "Landschaftsausschusses"
    assert citation.fundstelle.startswith(
        "Niederschrift über die 21. Sitzung des Landschaftsausschusses am 21.03.2025"
    )
