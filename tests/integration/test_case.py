"""The Vorgangskarte over papers of the sample corpus, read by the real ingest."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from assistant.lists.known_from_minutes import known_from_minutes
from assistant.lists.listing import answer_list
from assistant.lists.request import read_list_request
from assistant.records.exact import Finding, answer_exactly
from assistant.types import AnswerStatus, Label
from assistant.understanding.question import understand
from index.store import Store, open_store
from index.types import Access, Schutzstufe
from ingest.pipeline import ingest_paths
from tests.hash_embedder import HashEmbedder

LVS = Path(__file__).resolve().parents[2] / "beispiele" / "lvs"
PAPERS = ("vorlage-14-1120*", "vorlage-14-2310*", "vorlage-15-1640*", "antrag-15-211*")
MINUTES = ("niederschrift-*2016*", "niederschrift-*2024*", "niederschrift-*2023*")
OPERATOR = Access.operator("lvs")
PUBLIC = Access(frozenset({"lvs"}), frozenset({Schutzstufe.OEFFENTLICH}))


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


def test_a_paper_known_from_minutes_alone_gives_what_they_record(store: Store) -> None:
    finding = card(store, "14/102")
    assert finding.status is AnswerStatus.ANSWERED
    assert [claim.text for claim in finding.claims[:4]] == [
        "Antrag Nr. 14/102 stand laut Niederschrift Schulausschuss am 08.06.2016 unter TOP 5: "
        "„Ferienbetreuung an Förderschulen“",
        "Antragsteller von Antrag Nr. 14/102 laut Niederschrift Schulausschuss am 08.06.2016: FDP.",
        "Niederschrift Schulausschuss am 08.06.2016, TOP 5: „vertagt Ja: 9, Nein: 0, "
        "Enthaltung: 2“",
        "Beschluss laut Niederschrift: „Der Antrag Nr. 14/102 wird bis zur Vorlage einer "
        "Bedarfserhebung vertagt.“",
    ]
    (progress,) = [c.text for c in finding.claims[4:]]
    assert progress.startswith("Umsetzung laut Beschlusskontrolle (Vorlage Nr. 14/2310 vom ")
    assert finding.notes == (
        "Antrag Nr. 14/102 liegt nicht vor; bekannt ist nur, was die Niederschrift verzeichnet.",
    )


def test_what_minutes_recommend_is_no_decision(store: Store) -> None:
    said = [claim.text for claim in card(store, "Wurde die Vorlage 15/2003 beschlossen?").claims]
    assert len(said) == 2
    assert said[0].startswith(
        "Niederschrift Landschaftsausschuss am 10.12.2024 (empfehlend), TOP 7"
    )
    assert said[1] == (
        "Empfehlung laut Niederschrift: „Der Landschaftsversammlung wird empfohlen, den Umlagesatz "
        "für 2025 auf 15,85 Prozent festzusetzen.“"
    )


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        (
            "Wer hat sich bei der Vertagung des Antrags 14/102 enthalten?",
            "Zu Antrag Nr. 14/102 ist kein Stimmverhalten erfasst. Antrag Nr. 14/102 liegt nicht "
            "vor; bekannt ist nur, was die Niederschrift verzeichnet.",
        ),
        (
            "Warum wurde der Antrag 15/249 abgelehnt?",
            "Ein anderes Ergebnis ist erfasst, als die Frage annimmt. Niederschrift "
            "Landschaftsausschuss am 10.12.2024, TOP 6: „von der Tagesordnung abgesetzt“ Antrag "
            "Nr. 15/249 liegt nicht vor; bekannt ist nur, was die Niederschrift verzeichnet.",
        ),
        (
            "Wurde der Antrag 14/102 der SPD vertagt?",
            "Als Antragsteller ist jemand anderes erfasst, als die Frage annimmt. Antragsteller "
            "von Antrag Nr. 14/102 laut Niederschrift Schulausschuss am 08.06.2016: FDP. Antrag "
            "Nr. 14/102 liegt nicht vor; bekannt ist nur, was die Niederschrift verzeichnet.",
        ),
        (
            "Vorlage 14/102",
            "Vorlage 14/102 ist nicht erfasst. In den Niederschriften steht unter dieser Nummer: "
            "Antrag Nr. 14/102 (Niederschrift Schulausschuss am 08.06.2016, TOP 5: „vertagt Ja: 9, "
            "Nein: 0, Enthaltung: 2“).",
        ),
    ],
)
def test_what_minutes_do_not_say_of_an_absent_paper_is_not_answered(
    store: Store, question: str, reason: str
) -> None:
    finding = card(store, question)
    assert finding.status is AnswerStatus.ABSTAINED
    assert finding.objection == reason
    assert finding.nearest != ()


def test_lists_name_papers_known_from_minutes_apart(store: Store) -> None:
    request = read_list_request("Welche Anträge der FDP wurden vertagt?", list, date(2026, 1, 1))
    assert request is not None
    finding = answer_list(store, OPERATOR, request)
    assert [claim.text for claim in finding.claims[1:]] == [
        "Nicht mitgezählt, weil die Drucksache nicht vorliegt und nur eine Niederschrift sie "
        "verzeichnet (1):",
        "Antrag Nr. 14/102 (FDP): Ferienbetreuung an Förderschulen – Niederschrift Schulausschuss "
        "am 08.06.2016, TOP 5: „vertagt Ja: 9, Nein: 0, Enthaltung: 2“",
    ]
    assert finding.claims[0].text.startswith("Erfasst: 0. ")
    assert finding.table is not None and finding.table.rows == ()


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("Vorlagen der 14. Wahlperiode", ["Vorlage Nr. 14/1151", "Vorlage Nr. 14/1143"]),
        ("Anträge der CDU", ["Dringlichkeitsantrag Nr. 15/262"]),
        ("Welche Anträge wurden abgesetzt?", ["Antrag Nr. 15/249"]),
        ("Anträge aus dem Jahr 2016", ["Antrag Nr. 14/102"]),
        ("Anträge zum Thema Ferienbetreuung", ["Antrag Nr. 14/102"]),
        (
            "Welche Anträge wurden angenommen?",
            ["Dringlichkeitsantrag Nr. 15/262", "Antrag Nr. 15/224"],
        ),
    ],
)
def test_only_papers_that_the_filters_leave_open_are_named_apart(
    store: Store, question: str, names: list[str]
) -> None:
    request = read_list_request(question, list, date(2026, 1, 1))
    assert request is not None
    assert [entry.name for entry in known_from_minutes(store, OPERATOR, request)] == names


def test_who_may_not_see_a_closed_item_is_not_told_of_its_paper(store: Store) -> None:
    assert card(store, "15/1461").status is AnswerStatus.ANSWERED
    closed = answer_exactly(store, understand("15/1461"), PUBLIC)
    assert closed is not None
    assert closed.status is AnswerStatus.ABSTAINED
    assert closed.text.startswith("15/1461 ist nicht erfasst.")
    assert closed.nearest == ()
    request = read_list_request("Alle Vorlagen der 15. Wahlperiode", list, date(2026, 1, 1))
    assert request is not None
    assert "Vorlage Nr. 15/1461" in [e.name for e in known_from_minutes(store, OPERATOR, request)]
    shown = [entry.name for entry in known_from_minutes(store, PUBLIC, request)]
    assert shown != [] and "Vorlage Nr. 15/1461" not in shown
