"""Statements are held against one sentence of the files; whose words it is stands with it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from assistant.material.answering import answer_claim_check
from assistant.material.assertion import answer_assertion
from assistant.records.exact import Finding
from assistant.types import AnswerStatus, Label
from assistant.understanding.question import QuestionKind, understand
from index.store import Store, open_store
from index.types import Access
from models.embedder import Embedder
from tests.sample_records import FakeEmbedder, make_parts
from tests.unit.assistant.material.matter import fill

OPERATOR = Access.operator("lvs")
NO_PROOF = "Ein Nachweis dafür liegt im Bestand nicht vor [prüfen: Primärquelle]."


@dataclass(frozen=True)
class Parts:
    store: Store
    embedder: Embedder


@pytest.fixture
def parts(tmp_path: Path) -> Iterator[Parts]:
    store = open_store(tmp_path)
    fill(store)
    yield Parts(store, FakeEmbedder())
    store.close()


def check(parts: Parts, statement: str) -> Finding:
    return answer_assertion(parts, OPERATOR, statement)


def test_what_only_a_motion_says_is_its_movers_claim(parts: Parts) -> None:
    finding = check(parts, "40 Prozent der Gäste wünschen sich Leihräder")
    assert [claim.text for claim in finding.claims] == [
        "Die Angabe steht, dort mit „fast“, in Antrag Nr. 15/70 vom 10.01.2023, als Angabe der "
        "Antragsteller (CDU, SPD): „In Umfragen wünschen sich fast 40 Prozent der Gäste "
        "Leihräder.“",
        NO_PROOF,
    ]
    assert [claim.label for claim in finding.claims] == [Label.BELEGT, Label.NICHT_BELEGT]


def test_a_proposal_is_no_decision(parts: Parts) -> None:
    finding = check(parts, "die Verwaltung an drei Museen Leihräder bereitstellt")
    assert [claim.text for claim in finding.claims] == [
        "Die Angabe steht so in Antrag Nr. 15/70 vom 10.01.2023, als Vorschlag "
        "(Beschlussvorschlag), nicht als Beschluss, als Angabe der Antragsteller (CDU, SPD): „Die "
        "Verwaltung stellt an drei Museen Leihräder bereit.“",
        NO_PROOF,
    ]


def test_what_the_administration_states_is_shown_with_its_words(parts: Parts) -> None:
    finding = check(parts, "der Betrieb am 01.07.2023 beginnt")
    assert [claim.text for claim in finding.claims] == [
        "Die Angabe steht so in Vorlage Nr. 15/80 vom 20.03.2023: „Der Betrieb beginnt am "
        "01.07.2023.“"
    ]


def test_another_value_for_the_same_thing_is_shown(parts: Parts) -> None:
    finding = check(parts, "die Gesamtkosten 60.000 € betragen")
    assert finding.status is AnswerStatus.ANSWERED
    first, *others = [claim.text for claim in finding.claims]
    assert first == (
        "So steht die Angabe nicht im Bestand. Zur selben Sache steht dort ein anderer Wert:"
    )
    assert sorted(others) == [
        "Anderer Wert in Vorlage Nr. 15/80 vom 20.03.2023 (überholt, siehe spätere "
        "Drucksache): „Finanzielle Auswirkungen; Zeile: Gesamtkosten; 48.000 €“",
        "Anderer Wert in Vorlage Nr. 15/80/1 vom 03.04.2023: „Finanzielle Auswirkungen; Zeile: "
        "Gesamtkosten; 52.000 €“",
    ]


@pytest.mark.parametrize(
    "statement",
    [
        "900 Pinguine im Museum leben",
        "die Folgekosten 48.000 € betragen",  # stands in another row
        "der Betrieb am 01.08.2023 endet",
        "40 Prozent der Gäste keine Leihräder wünschen",
    ],
)
def test_what_no_single_place_bears_is_left_open(parts: Parts, statement: str) -> None:
    finding = check(parts, statement)
    assert (finding.status, finding.claims) == (AnswerStatus.ABSTAINED, ())
    assert finding.text == (
        f"Nicht belegt: Keine einzelne Stelle im Bestand trägt die Angabe „{statement}“. Das sagt "
        "nicht, dass sie falsch ist. [prüfen: Primärquelle]"
    )


def test_what_one_may_not_see_bears_nothing_out(parts: Parts) -> None:
    stranger = Access(frozenset({"lvn"}))
    finding = answer_assertion(parts, stranger, "der Betrieb am 01.07.2023 beginnt")
    assert (finding.status, finding.nearest) == (AnswerStatus.ABSTAINED, ())


def test_a_later_paper_that_changes_the_value_is_said(parts: Parts) -> None:
    finding = check(parts, "die Gesamtkosten 48.000 € betragen")
    first, effect, other = [claim.text for claim in finding.claims]
    assert first == (
        "Die Angabe steht so in Vorlage Nr. 15/80 vom 20.03.2023 (überholt, siehe spätere "
        "Drucksache): „Finanzielle Auswirkungen; Zeile: Gesamtkosten; 48.000 €“"
    )
    assert effect == "Vorlage Nr. 15/80/1 vom 03.04.2023 ändert Vorlage Nr. 15/80."
    assert other == (
        "Anderer Wert in Vorlage Nr. 15/80/1 vom 03.04.2023: „Finanzielle Auswirkungen; Zeile: "
        "Gesamtkosten; 52.000 €“"
    )


def test_the_nearest_places_hold_the_same_figure_first(parts: Parts) -> None:
    finding = check(parts, "die Sanierung der Halle 48.000 € kostet")
    assert finding.status is AnswerStatus.ABSTAINED
    assert "48.000" in finding.nearest[0].quote


def test_what_became_of_a_paper_is_looked_up(tmp_path: Path) -> None:
    made = make_parts(tmp_path)
    question = understand("Stimmt es, dass der Antrag zu Leihrädern abgelehnt wurde?")
    told = answer_claim_check(made, OPERATOR, question)
    made.store.close()
    assert told is not None
    assert told[0].kind is QuestionKind.STATUS
    assert told[1].text.endswith(
        "Nein. Laut Ergebnisvermerk: „Entsprechend Beschlussvorschlag beschlossen.“"
    )
