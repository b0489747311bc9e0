"""What a § says, over the statutes of the sample corpus, read by the real ingest."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.answer import answer_question
from assistant.checking.citations import supported_figures
from assistant.records.exact import Finding
from assistant.records.norm_request import read_norm_request
from assistant.records.statute import answer_norm
from assistant.types import AnswerStatus
from assistant.understanding.question import understand
from index.store import Store, open_store
from index.types import Access
from ingest.pipeline import ingest_paths
from tests.hash_embedder import HashEmbedder
from tests.sample_records import make_parts

LVS = Path(__file__).resolve().parents[2] / "beispiele" / "lvs"
OPERATOR = Access.operator("lvs")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    opened = open_store(tmp_path_factory.mktemp("satzungen"))
    paths = [path for path in sorted(LVS.rglob("satzungen/*")) if path.is_file()]
    assert len(paths) >= 3
    ingest_paths(paths, store=opened, embedder=HashEmbedder(), mandant="lvs")
    yield opened
    opened.close()


def found(store: Store, text: str) -> Finding:
    request = read_norm_request(understand(text))
    assert request is not None, text
    return answer_norm(store, OPERATOR, request)


def said(store: Store, text: str) -> list[str]:
    finding = found(store, text)
    assert finding.status is AnswerStatus.ANSWERED
    quotes = {citation.number: citation.quote for citation in finding.citations}
    for claim in finding.claims:
        assert all(number in quotes for number in claim.citations) and claim.citations
    return [claim.text for claim in finding.claims]


def test_a_paragraph_is_given_word_for_word_absatz_by_absatz(store: Store) -> None:
    first, second, in_force = said(store, "Was regelt § 8 der Geschäftsordnung?")
    assert first.startswith("Geschäftsordnung für die Landschaftsversammlung Süderland")
    assert "§ 8: „(1) Eine Fraktion besteht aus mindestens vier Mitgliedern" in first
    assert second.startswith("§ 8: „(2) ")
    assert in_force == "Inkrafttreten: „Diese Geschäftsordnung tritt am 01.03.2021 in Kraft.“"


def test_what_amended_it_since_stands_beside_the_old_words(store: Store) -> None:
    words = said(store, "Was steht in § 7 Abs. 2 der Archivsatzung?")
    assert "18,00 €" in words[0]
    (change,) = [w for w in words if w.startswith("Änderung durch")]
    assert "„24,50 €“ ersetzt" in change
    assert words[-1].startswith("Inkrafttreten der Änderung: „Diese Satzung tritt am 01.06.2018")
    assert "„(1)" not in " ".join(words)


def test_a_paragraph_that_an_amendment_brought_in_is_given_from_there(store: Store) -> None:
    words = said(store, "Was steht in § 7a der Archivsatzung?")
    assert words[0].startswith("Eingefügt durch Erste Satzung zur Änderung")
    assert "ohne Antrag und gebührenfrei genutzt werden" in words[0]
    assert words[1].startswith("Inkrafttreten der Änderung: „Diese Satzung tritt am 01.06.2018")
    assert found(store, "Was steht in § 5a der Archivsatzung?").status is AnswerStatus.ABSTAINED
    assert found(store, "Was regelt § 7a der Hauptsatzung?").status is AnswerStatus.ABSTAINED


def test_the_statute_of_somebody_else_is_not_taken_for_ones_own(store: Store) -> None:
    other = found(store, "Was regelt § 8 der Geschäftsordnung der Landschaftsversammlung Nordheim?")
    assert other.status is AnswerStatus.ABSTAINED
    assert "(Landschaftsversammlung Nordheim)“ ist unter diesem Namen nicht erfasst" in other.text
    own = found(store, "Was regelt § 8 der Geschäftsordnung der Landschaftsversammlung Süderland?")
    assert own.status is AnswerStatus.ANSWERED


def test_every_paragraph_and_date_that_is_said_stands_in_its_quotes(store: Store) -> None:
    for text in ("Was regelt § 8 der Geschäftsordnung?", "Wortlaut § 7 Abs. 2 Archivsatzung"):
        finding = found(store, text)
        quotes = {citation.number: citation.quote for citation in finding.citations}
        for claim in finding.claims:
            assert supported_figures(claim.text, [quotes[n] for n in claim.citations]), claim.text


def test_a_paragraph_behind_which_another_is_put_is_not_amended(store: Store) -> None:
    assert not [w for w in said(store, "Wortlaut § 7 Archivsatzung") if "§ 7a" in w]


def test_a_paragraph_of_several_statutes_is_asked_back(store: Store) -> None:
    finding = found(store, "Was regelt § 5?")
    assert finding.status is AnswerStatus.CLARIFY
    assert "Geschäftsordnung" in finding.text and "Archivsatzung" in finding.text


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Was regelt § 2 der Hundesteuersatzung?", "„Hundesteuersatzung“ ist unter diesem"),
        ("Was regelt § 99 der Geschäftsordnung?", "§ 99 ist nicht erfasst. Durchsucht: Gesch"),
        ("Was regelt § 8 GO in der Fassung von 1999?", "in einer Fassung von 1999 nicht erfasst"),
    ],
)
def test_what_is_not_on_record_is_said(store: Store, text: str, reason: str) -> None:
    finding = found(store, text)
    assert finding.status is AnswerStatus.ABSTAINED
    assert reason in finding.text
    assert not finding.claims


def test_a_topic_that_the_paragraph_does_not_speak_of_is_named(store: Store) -> None:
    finding = found(store, "Was regelt § 38 der Geschäftsordnung zu Facharbeitskreisen?")
    assert "Von „Facharbeitskreisen“ ist dort nicht die Rede." in finding.text
    finding = found(store, "Was regelt § 8 der Geschäftsordnung zur Fraktion?")
    assert "nicht die Rede" not in finding.text


@pytest.mark.parametrize(
    "text",
    [
        "Wie viele Mitglieder hat eine Fraktion nach § 8 der Geschäftsordnung?",
        "In welchem Paragraphen steht die Mindestgröße?",
        "Darf nach § 6 der Archivsatzung fotografiert werden?",
        "Was regelt die Geschäftsordnung?",
        "Was regeln § 5 und § 6 der Geschäftsordnung?",
    ],
)
def test_other_questions_about_statutes_stay_open(text: str) -> None:
    assert read_norm_request(understand(text)) is None


def test_the_kind_is_told_and_no_model_is_needed(tmp_path: Path) -> None:
    parts = make_parts(tmp_path)
    answer = answer_question(parts, "Was regelt § 5 der Geschäftsordnung?", OPERATOR)
    parts.store.close()
    assert (answer.kind, answer.status) == ("norm", AnswerStatus.ABSTAINED)
    assert answer.generator_id is None


@pytest.mark.parametrize("law", ["SGB IX", "BauGB", "GO NRW", "UN-BRK"])
def test_the_paragraph_of_a_law_that_is_not_on_file_is_not_taken_from_another(
    store: Store, law: str
) -> None:
    finding = found(store, f"Was steht in § 4 {law}?")
    assert finding.status is AnswerStatus.ABSTAINED
    assert finding.text == f"Ein Regelwerk „{law}“ ist unter diesem Namen nicht erfasst."


def test_the_short_name_of_a_statute_on_file_is_known(store: Store) -> None:
    assert said(store, "Was regelt § 4 GO?")[0].startswith("Geschäftsordnung für die")


def test_whether_a_paragraph_is_in_force_is_told_with_what_changed_it(store: Store) -> None:
    words = "\n".join(said(store, "Ist § 7 der Archivsatzung noch in Kraft?"))
    assert "18,00 €" in words
    assert "24,50 €" in words
    assert "Inkrafttreten der Änderung" in words


def test_an_amending_statute_tells_what_it_changed(store: Store) -> None:
    first, *_ = said(store, "Was hat die Änderungssatzung an § 7 geändert?")
    assert first.startswith("Änderung durch Erste Satzung zur Änderung")
    assert "24,50 €" in first
    silent = found(store, "Was hat die Änderungssatzung an § 1 geändert?")
    assert silent.status is AnswerStatus.ABSTAINED
