"""The Vorgangskarte over papers of the sample corpus, read by the real ingest."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.records.exact import Finding, answer_exactly
from assistant.types import AnswerStatus, Label
from assistant.understanding.question import understand
from index.store import Store, open_store
from index.types import Access
from ingest.pipeline import ingest_paths
from tests.integration.test_ingest_pipeline import HashEmbedder

LVS = Path(__file__).resolve().parents[2] / "beispiele" / "lvs"
PAPERS = ("vorlage-14-1120*", "vorlage-14-2310*", "vorlage-15-1640*", "antrag-15-211*")
MINUTES = ("niederschrift-*2016*", "niederschrift-*2024*", "niederschrift-*2023*")
OPERATOR = Access.operator("lvs")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    opened = open_store(tmp_path_factory.mktemp("karte"))
    paths = [path for name in (*PAPERS, *MINUTES) for path in sorted(LVS.rglob(name))]
    report = ingest_paths(paths, store=opened, embedder=HashEmbedder(), mandant="lvs")
    assert report.quarantined == ()
    yield opened
    opened.close()


def card(store: Store, text: str) -> Finding:
    finding = answer_exactly(store, understand(text), OPERATOR)
    assert finding is not None
    return finding


def test_a_number_gives_plan_record_supplement_and_what_followed(store: Store) -> None:
    finding = card(store, "Vorlage 14/1120")
    assert finding.status is AnswerStatus.ANSWERED
    said = [claim.text for claim in finding.claims]
    assert "Vorgesehene Beratung: Landschaftsausschuss, 30.06.2016, Beschluss." in said
    (record,) = [s for s in said if s.startswith("Niederschrift ")]
    assert "Schulausschuss am 08.06.2016 (empfehlend): „einstimmig beschlossen“" in record
    assert "Vorlage Nr. 14/1120/1 vom 30.05.2016 ändert Vorlage Nr. 14/1120." in said
    (progress,) = [s for s in said if s.startswith("Umsetzung laut Beschlusskontrolle")]
    assert "Asbestsanierung am Lehrschwimmbecken" in progress
    assert not [s for s in said if s.startswith("Darauf bezieht sich Vorlage Nr. 14/1120/1")]


def test_gaps_are_said_and_never_taken_for_a_result(store: Store) -> None:
    finding = card(store, "Vorlage 14/1120")
    assert "Niederschrift liegt nicht vor: Landschaftsausschuss am 30.06.2016." in finding.text
    assert "Ergebnisvermerk auf der Drucksache: nicht erfasst." in finding.text
    assert "nicht beschlossen" not in finding.text


def test_an_ergaenzung_shows_the_paper_that_it_replaces(store: Store) -> None:
    said = [claim.text for claim in card(store, "15/1640/1").claims]
    assert "Vorlage Nr. 15/1640/1 vom 14.03.2024 ersetzt Vorlage Nr. 15/1640." in said
    assert "„Entsprechend Beschlussvorschlag beschlossen.“" in " ".join(said)


def test_papers_of_another_counter_are_not_part_of_the_chain(store: Store) -> None:
    said = " ".join(claim.text for claim in card(store, "Antrag 15/211").claims)
    assert "Antrag Nr. 15/211" in said
    assert "Vorlage Nr. 15/211" not in said


def test_each_sentence_of_a_card_quotes_its_source(store: Store) -> None:
    for number in ("Vorlage 14/1120", "15/1640/1", "Antrag 15/211"):
        finding = card(store, number)
        quotes = {citation.number: citation for citation in finding.citations}
        for claim in finding.claims:
            assert claim.label is Label.BELEGT and claim.citations
            for citation in map(quotes.__getitem__, claim.citations):
                document = store.document(OPERATOR, citation.document_id)
                assert document is not None
                assert citation.span.cut(document.text) == citation.quote
