"""The search over papers of the sample corpus counts what lists count, one by one and at once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from assistant.lists.listing import answer_list, decisive
from assistant.lists.phrase import KINDS
from assistant.lists.request import ListRequest, read_list_request
from assistant.records.bodies import bodies_on_record
from assistant.records.vorgang import results
from assistant.searching.choice import MISSING, Choice, Facet
from assistant.searching.facets import Narrowed, narrow
from assistant.searching.register import Register, View
from assistant.types import AnswerStatus
from index.store import Store, open_store
from index.types import Access, Outcome, Schutzstufe
from ingest.pipeline import ingest_paths
from tests.hash_embedder import HashEmbedder

LVS = Path(__file__).resolve().parents[2] / "beispiele" / "lvs"
PAPERS = ("*antrag-*", "vorlage-15-*", "vorlage-14-1*", "resolution-*", "anfrage-*")
MINUTES = ("niederschrift-*2016*", "niederschrift-*2024*", "niederschrift-*2023*")
OPERATOR = Access.operator("lvs")
PUBLIC = Access(frozenset({"lvs"}), frozenset({Schutzstufe.OEFFENTLICH}))
BOTH = pytest.mark.parametrize("access", [OPERATOR, PUBLIC], ids=["alles", "öffentlich"])


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    opened = open_store(tmp_path_factory.mktemp("suche"))
    paths = sorted({path for name in (*PAPERS, *MINUTES) for path in LVS.rglob(name)})
    report = ingest_paths(paths, store=opened, embedder=HashEmbedder(), mandant="lvs")
    assert report.quarantined == ()
    yield opened
    opened.close()


def view(store: Store, access: Access = OPERATOR) -> View:
    with store.snapshot():
        return Register().view(store, access)


def counted(narrowed: Narrowed, facet: Facet) -> dict[str, int]:
    return {value.value: value.count for value in narrowed.facets[facet]}


def listed(store: Store, request: ListRequest, missing: str = "") -> int:
    """How many papers a list counts, or names apart for what is `missing`."""
    finding = answer_list(store, OPERATOR, request)
    assert finding.status is AnswerStatus.ANSWERED and finding.table is not None
    return sum(row[8] == missing for row in finding.table.rows)


@BOTH
def test_results_found_at_once_are_those_found_one_by_one(store: Store, access: Access) -> None:
    entries = view(store, access).entries
    assert len(entries) > 20
    for entry in entries:
        document = store.document(access, entry.paper.id)
        assert document is not None
        one = decisive(results(store, access, document))
        found = entry.decided
        assert (found and (found.ergebnis, found.source.id)) == (
            one and (one.ergebnis, one.document.id)
        )
    assert any(e.decided and e.decided.source.id != e.paper.id for e in entries)


def test_every_kind_counts_as_its_list_does(store: Store) -> None:
    counts = counted(narrow(view(store).entries, Choice()), Facet.ART)
    for name, arten in KINDS:
        assert counts.get(name, 0) == listed(store, ListRequest(name, arten))
    assert counts["Anträge"] > counts["Haushaltsanträge"] > 0


def test_every_fraktion_gremium_year_and_term_counts_as_its_list_does(store: Store) -> None:
    narrowed = narrow(view(store).entries, Choice())
    papers = frozenset[str]()
    movers = counted(narrowed, Facet.FRAKTION)
    assert len(movers) > 4
    for mover, count in movers.items():
        if mover == MISSING:
            request = ListRequest("Drucksachen", papers, ("SPD",))
            assert count == listed(store, request, "Antragsteller nicht erfasst")
        else:
            assert count == listed(store, ListRequest("Drucksachen", papers, (mover,)))
    bodies = counted(narrowed, Facet.GREMIUM)
    for body in {*bodies_on_record(store, OPERATOR)}:
        assert bodies[body] == listed(store, ListRequest("Drucksachen", papers, gremium=body))
    for year, count in counted(narrowed, Facet.JAHR).items():
        if year != MISSING:
            first, last = date(int(year), 1, 1), date(int(year), 12, 31)
            request = ListRequest("Drucksachen", papers, first=first, last=last)
            assert count == listed(store, request)
    for term, count in counted(narrowed, Facet.WAHLPERIODE).items():
        if term != MISSING:
            request = ListRequest("Drucksachen", papers, wahlperiode=int(term))
            assert count == listed(store, request)


def test_every_outcome_counts_as_its_list_does(store: Store) -> None:
    counts = counted(narrow(view(store).entries, Choice()), Facet.ERGEBNIS)
    assert len(counts) > 4
    for outcome in Outcome:
        request = ListRequest("Drucksachen", frozenset(), outcome=outcome)
        assert counts.get(outcome.value, 0) == listed(store, request), outcome
    undecided = ListRequest("Drucksachen", frozenset(), undecided=True)
    assert counts[MISSING] == listed(store, undecided)


@pytest.mark.parametrize(
    ("question", "choice"),
    [
        (
            "Welche Anträge der SPD wurden beschlossen?",
            {Facet.ART: "Anträge", Facet.FRAKTION: "SPD", Facet.ERGEBNIS: "beschlossen"},
        ),
        (
            "Wie viele Vorlagen der 15. Wahlperiode gab es im Landschaftsausschuss?",
            {
                Facet.ART: "Vorlagen",
                Facet.WAHLPERIODE: "15",
                Facet.GREMIUM: "Landschaftsausschuss",
            },
        ),
        (
            "Welche Anträge der Grünen wurden 2023 gestellt?",
            {Facet.ART: "Anträge", Facet.FRAKTION: "GRÜNE", Facet.JAHR: "2023"},
        ),
    ],
)
def test_a_question_for_a_list_and_the_same_filters_count_alike(
    store: Store, question: str, choice: dict[Facet, str]
) -> None:
    bodies = list(bodies_on_record(store, OPERATOR))
    request = read_list_request(question, lambda: bodies, date(2026, 1, 1))
    assert request is not None and not request.not_understood
    values = {facet: (value,) for facet, value in choice.items()}
    narrowed = narrow(view(store).entries, Choice(values=values))
    assert len(narrowed.entries) == listed(store, request) > 0
    for facet, value in choice.items():
        assert counted(narrowed, facet)[value] == len(narrowed.entries)
