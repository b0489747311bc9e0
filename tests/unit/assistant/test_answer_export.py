"""An answer as a file: what a reader and a screen reader find in it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from docx import Document as open_document
from docx.oxml.ns import qn
from lxml import etree

from assistant.answer_export import MADE_BY_RULES, answer_docx
from assistant.types import Answer, AnswerStatus, AnswerTable, Citation, Claim, Label
from index.types import Span

DAY = date(2026, 11, 23)
QUESTION = "Wurde der Antrag 15/12 beschlossen?"
RESULT = Citation(
    *(1, "d1", "akten/a.txt", "15/12", "Antrag Nr. 15/12, Ergebnis", "Ergebnis", None),
    *("Entsprechend Beschlussvorschlag beschlossen.", Span(0, 44)),
)
HEAD = replace(RESULT, number=2, fundstelle="Antrag Nr. 15/12, Kopf", quote="Antrag Nr. 15/12")
ANSWER = Answer(
    question=QUESTION,
    kind="status",
    status=AnswerStatus.ANSWERED,
    text="Ja.",
    claims=(
        Claim("Ja, so ist es vermerkt.", Label.BELEGT, (1, 2)),
        Claim("Eine Zählung.", Label.ABGELEITET, ()),
    ),
    citations=(RESULT, HEAD),
    notes=("Die Niederschrift liegt nicht vor.",),
    index_generation=7,
)


def opened(answer: Answer) -> tuple[Any, str]:
    """The document, and the text of its footnotes."""
    content = answer_docx(QUESTION, answer, "lvs", DAY)
    notes = etree.fromstring(ZipFile(BytesIO(content)).read("word/footnotes.xml"))
    return open_document(BytesIO(content)), "".join(notes.itertext())


def texts(document: Any) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs]


def test_label_question_sentences_and_stand_are_there_in_order() -> None:
    document, _ = opened(ANSWER)
    said = texts(document)
    assert said[:2] == ["Antwort aus den Akten", MADE_BY_RULES]
    headings = [p.text for p in document.paragraphs if p.style.name.startswith("Heading")]
    assert headings == ["Frage", "Antwort", "Belege", "Stand"]
    assert said[said.index("Frage") + 1] == QUESTION
    answer = said.index("Antwort")
    assert said[answer + 1] == "Ja, so ist es vermerkt. (belegt)"
    assert said[answer + 2] == "Eine Zählung. (abgeleitet)"
    assert "Hinweis: Die Niederschrift liegt nicht vor." in said
    stand = [[cell.text for cell in row.cells] for row in document.tables[-1].rows]
    assert ["Tag der Ausgabe", "23.11.2026"] in stand
    assert ["Indexgeneration", "7"] in stand
    assert ["Sprachmodell", "ohne Sprachmodell"] in stand


def test_a_sentence_has_a_footnote_with_place_and_quote() -> None:
    document, notes = opened(ANSWER)
    carried, counted = (p for p in document.paragraphs if p.text.endswith(("(belegt)", "eleitet)")))
    assert len(carried._p.findall(f".//{qn('w:footnoteReference')}")) == 1
    assert counted._p.findall(f".//{qn('w:footnoteReference')}") == []
    assert "Antrag Nr. 15/12, Ergebnis: „Entsprechend Beschlussvorschlag beschlossen.“" in notes
    rows = [[cell.text for cell in row.cells] for row in document.tables[0].rows]
    assert rows[1] == ["1", RESULT.fundstelle, f"„{RESULT.quote}“"]


def test_a_model_is_named_at_the_top() -> None:
    document, _ = opened(replace(ANSWER, generator_id="probe-7b"))
    assert "KI-Hinweis" in texts(document)[1] and "(probe-7b)" in texts(document)[1]


def test_it_is_german_and_the_same_answer_gives_the_same_bytes() -> None:
    document, _ = opened(ANSWER)
    assert document.core_properties.language == "de-DE"
    assert document.core_properties.title == f"Antwort aus den Akten: {QUESTION}"
    language = document.styles.element.find(f".//{qn('w:lang')}")
    assert language.get(qn("w:val")) == "de-DE"
    first, second = (answer_docx(QUESTION, ANSWER, "lvs", DAY) for _ in range(2))
    assert first == second


def test_silence_is_said_with_the_nearest_places() -> None:
    silent = replace(
        ANSWER,
        status=AnswerStatus.ABSTAINED,
        text="Nicht belegt.",
        claims=(),
        citations=(),
        nearest=(RESULT,),
        abstained_because="„2019“ kommt nicht vor.",
    )
    said = texts(opened(silent)[0])
    at = said.index("Nicht belegt")
    assert said[at + 1 : at + 3] == ["Nicht belegt.", "„2019“ kommt nicht vor."]
    assert "Nächste Fundstellen, sie tragen die Antwort nicht" in said
    assert "Antwort" not in said


@pytest.mark.parametrize(("columns", "printed"), [(3, 3), (8, 6)])
def test_a_table_is_printed_as_far_as_it_fits_and_says_what_is_left_out(
    columns: int, printed: int
) -> None:
    titles = tuple(f"Spalte {n}" for n in range(columns))
    table = AnswerTable((*titles, "leer"), ((*("x" for _ in titles), ""),))
    document, _ = opened(replace(ANSWER, table=table))
    assert [cell.text for cell in document.tables[0].rows[0].cells] == list(titles[:printed])
    told = [text for text in texts(document) if text.startswith("Nicht abgedruckt")]
    assert told == (
        ["Nicht abgedruckt, in der CSV-Datei enthalten: Spalte 6, Spalte 7."] if columns > 6 else []
    )


def test_markup_stays_text() -> None:
    hostile = "<w:p>böse</w:p>\x00 {{entwurf}}"
    claim = Claim(hostile, Label.BELEGT, (1,))
    document, _ = opened(replace(ANSWER, claims=(claim,)))
    assert "<w:p>böse</w:p> {{entwurf}} (belegt)" in texts(document)
