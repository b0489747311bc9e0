"""What becomes of drafted sentences and quotes on their way into an answer."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.drafting import Drafted
from assistant.finding.candidates import Candidate
from assistant.finding.evidence import Reading
from assistant.types import Evidence
from assistant.understanding.question import understand
from assistant.writer import Writer
from index.types import (
    Document,
    DocumentSummary,
    Drucksachennummer,
    Schutzstufe,
    SearchHit,
    Section,
    SectionKind,
    Span,
)
from tests.sample_records import anfrage, antrag, find, read, stored

COSTS = "Der Betrieb der Leihräder kostet 48.000 Euro im Jahr."
RESULT = "Entsprechend Beschlussvorschlag beschlossen."


def summary(document: Document) -> DocumentSummary:
    return DocumentSummary(
        id=document.id,
        mandant=document.mandant,
        source=document.source,
        media_type=document.media_type,
        title=document.title,
        kopfdaten=document.kopfdaten,
        visibility=document.visibility,
        passages=1,
        supersedes=None,
        superseded_by=None,
        ingested_at="",
    )


def writer(
    question: str, document: Document, words: str, later: tuple[Document, ...] = ()
) -> Writer:
    span = find(document.text, words)
    passage = next(p for p in stored(document).passages if p.span.start <= span.start < p.span.end)
    hit = SearchHit(passage, 1.0, {})
    evidence = Evidence(1, hit, span, words, summary(document), "Begründung")
    chosen = Candidate(hit, document, span, words, 0, 1.0)
    reading = Reading(
        (evidence,), {document.id: document}, (), (chosen,), 1.0, 1.0, None, {document.id: later}
    )
    return Writer(understand(question), reading, lambda name, payload: None)


def said(writer: Writer) -> list[str]:
    return [claim.text for claim in writer.claims]


def draft(writer: Writer, text: str) -> list[str]:
    sentence = Drafted(text, (1,))
    cited = writer.carried(sentence)
    if cited:
        writer.take(sentence, cited)
    return said(writer)


MOVERS = "Nach Darstellung der Antragsteller (CDU, SPD)"


def test_a_sentence_that_its_quote_carries_is_shown_with_the_speaker() -> None:
    taken = writer("Was kostet der Betrieb der Leihräder?", antrag(), COSTS)
    assert draft(taken, "Der Betrieb kostet 48.000 Euro im Jahr") == [
        f"{MOVERS}: Der Betrieb kostet 48.000 Euro im Jahr."
    ]


def test_a_question_in_a_paper_answers_only_who_asks_what_was_asked() -> None:
    asking = "Wie weit ist die Umsetzung des Antrags 15/12 an den Museen?"
    for question, shown in [
        ("Wie weit ist die Umsetzung an den Museen?", []),
        ("Was hat die FDP zu den Museen gefragt?", [f"„{asking}“"]),
    ]:
        offered = writer(question, anfrage(), asking)
        offered.quote(offered.reading.evidence)
        assert said(offered) == shown


def test_a_mere_piece_of_the_quote_gives_way_to_all_of_it() -> None:
    taken = writer("Was kostet der Betrieb der Leihräder?", antrag(), COSTS)
    assert draft(taken, "48.000 Euro im Jahr") == [f"{MOVERS}: „{COSTS}“"]


@pytest.mark.parametrize(
    "text", ["Der Betrieb der Leihräder kostet 84.000 Euro im Jahr", "Die Brücke kostet wenig"]
)
def test_what_the_quote_does_not_carry_is_dropped(text: str) -> None:
    assert draft(writer("Was kostet der Betrieb der Leihräder?", antrag(), COSTS), text) == []


def test_a_remark_of_a_few_words_says_what_it_is_about() -> None:
    taken = writer("Wurden die Leihräder beschlossen?", antrag(), RESULT)
    taken.quote(taken.reading.evidence)
    assert said(taken) == [f"Antrag Nr. 15/12: „{RESULT}“"]
    cited = {citation.quote for citation in taken.ledger.citations}
    assert RESULT in cited and any("15/12" in quote for quote in cited)


def test_within_minutes_a_remark_stands_behind_its_item() -> None:
    text = "Punkt 4 Erwerb der Sammlung\neinstimmig beschlossen\n"
    heading = find(text, "Punkt 4 Erwerb der Sammlung")
    section = Section(
        SectionKind.TOP, "Punkt 4", 1, Span(0, len(text)), heading, Schutzstufe.OEFFENTLICH
    )
    minutes = replace(antrag(), text=text, sections=(section,))
    minutes = replace(minutes, kopfdaten=replace(minutes.kopfdaten, antragsteller=()))
    taken = writer("Wurde der Erwerb beschlossen?", minutes, "einstimmig beschlossen")
    taken.quote(taken.reading.evidence)
    assert said(taken) == ["Punkt 4 Erwerb der Sammlung: „einstimmig beschlossen“"]


@pytest.mark.parametrize("question", ["Warum wurden Leihräder beschlossen?", "Weshalb die Räder?"])
def test_no_record_of_an_outcome_says_why(question: str) -> None:
    taken = writer(question, antrag(), RESULT)
    taken.quote(taken.reading.evidence)
    assert said(taken) == []


def test_each_later_paper_is_named_once() -> None:
    later = antrag(text=antrag().text.replace("15/12", "15/12/1"))
    number = read(later.text, "15/12/1", Drucksachennummer.of(15, 12, 1))
    later = replace(later, kopfdaten=replace(later.kopfdaten, nummer=number))
    taken = writer("Was kostet der Betrieb?", antrag(), COSTS, (later,))
    draft(taken, "Der Betrieb kostet 48.000 Euro im Jahr")
    draft(taken, "Im Jahr kostet der Betrieb der Leihräder 48.000 Euro")
    assert len(said(taken)) == 3
    assert said(taken).count("Dazu gehört Antrag Nr. 15/12/1 vom 14.03.2023.") == 1
