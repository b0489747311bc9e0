from __future__ import annotations

import pytest

from index.types import Drucksachennummer, Reading, Schutzstufe, Section, SectionKind, Span, Wirkung
from ingest.papers.ergaenzung import exchanged, read_wirkung, replaced_sections

OWN = Drucksachennummer.of(15, 780, 1)


def read(text: str, number: Drucksachennummer = OWN, proposal: str = "") -> tuple[str, str] | None:
    whole = f"{text}\n\n{proposal}"
    span = Span(len(text) + 2, len(whole))
    section = Section(
        SectionKind.BESCHLUSSVORSCHLAG, "", 1, span, Span(span.start, span.start), Schutzstufe.OEFFENTLICH
    )  # fmt: skip
    found = read_wirkung(whole, [section] if proposal else [], Reading(number, Span(0, 0)))
    return (found.value.value, found.span.cut(whole)) if found else None


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Diese Vorlage ersetzt die Vorlage Nr. 15/780 vollständig.", Wirkung.ERSETZT),
        ("Die Vorlage 15/780 wird durch diese Ergänzungsvorlage ersetzt.", Wirkung.ERSETZT),
        ("Dieser Beschlussvorschlag ersetzt den der Vorlage Nr. 15/780.", Wirkung.ERSETZT),
        ("Sie tritt an die Stelle der Vorlage 15/780.", Wirkung.ERSETZT),
        ("Der Beschlussvorschlag der Vorlage Nr. 15/780 wird wie folgt geändert.", Wirkung.AENDERT),
        ("In der Vorlage Nr. 15/780 wird die Angabe „5 €“ durch „6 €“ ersetzt.", Wirkung.AENDERT),
        ("Satz 2 der Ausgangsvorlage wird neu gefasst.", Wirkung.AENDERT),
        ("Die Vorlage Nr. 15/780 wird um folgenden Absatz ergänzt.", Wirkung.ERGAENZT),
        ("In Ergänzung der Vorlage Nr. 15/780 wird berichtet.", Wirkung.ERGAENZT),
    ],
)
def test_the_sentence_that_names_the_base_paper_says_what_happens_to_it(
    sentence: str, expected: Wirkung
) -> None:
    assert read(f"Vorher steht etwas anderes. {sentence} Danach auch.") == (expected, sentence)


@pytest.mark.parametrize(
    "text",
    [
        "Die alte Brücke wird ersetzt.",
        "Die Vorlage Nr. 15/999 wird geändert.",
        "Diese Vorlage ersetzt die Vorlage Nr. 15/780 nicht.",
        "Die Vorlage Nr. 15/780 wurde am 1. März beraten.",
        "Die Vorlage Nr. 15/780 wird geändert. Diese Vorlage ersetzt die Vorlage Nr. 15/780.",
        "",
    ],
)
def test_what_is_not_said_or_said_both_ways_stays_unknown(text: str) -> None:
    assert read(text) is None


def test_the_proposal_decides_before_the_reasons() -> None:
    reasons = "Die Vorlage Nr. 15/780 wird ergänzt."
    proposal = "Die Vorlage Nr. 15/780 wird wie folgt geändert."
    assert read(reasons, proposal=proposal) == (Wirkung.AENDERT, proposal)


def test_a_paper_without_ergaenzung_has_no_effect() -> None:
    sentence = "Diese Vorlage ersetzt die Vorlage Nr. 15/780."
    assert read(sentence, Drucksachennummer.of(15, 781)) is None


def test_an_order_names_what_goes_and_what_comes() -> None:
    order = (
        "In Nr. 3 wird die Angabe „5.640.000 €“ durch die Angabe „5.910.000 €“ und in Nr. 4 wird "
        "„25 Plätze“ durch „40 Plätze“ ersetzt."
    )
    ((old, new),) = exchanged(order.split(" und ")[0] + " ersetzt.")
    assert [e.value for e in old] == ["5640000"]
    assert [e.value for e in new] == ["5910000"]
    assert [[e.value for e in old] for old, _ in exchanged(order)][-1] == ["25"]
    assert exchanged("Die Vorlage wird beraten. Der Bau wird ersetzt.") == []


def test_a_replaced_section_is_told_from_a_replaced_paper() -> None:
    whole = "Diese Vorlage ersetzt die Vorlage Nr. 15/780 vollständig."
    assert replaced_sections(whole) == frozenset()
    part = "Dieser Beschlussvorschlag ersetzt den der Vorlage Nr. 15/780."
    assert replaced_sections(part) == {SectionKind.BESCHLUSSVORSCHLAG}
