"""Questions over HTTP: pages without script, the stream, and what is shown to whom."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from html import unescape
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document as open_document
from fastapi.testclient import TestClient

from assistant.embedders import LazyEmbedder
from assistant.feedback import FeedbackBook, Grund
from assistant.web.access import access_of
from assistant.web.application import make_app
from assistant.web.pages import answer_stream, fragen
from assistant.wiring import Parts
from index.types import Access
from tests.sample_records import (
    EXACT_QUESTION,
    GOOD_SENTENCE,
    OPEN_QUESTION,
    FakeEmbedder,
    FakeGenerator,
    antrag,
    make_parts,
)

LONG_S = 30.0
LIST_QUESTION = "Welche Anträge der FDP wurden beschlossen?"


@dataclass
class Surface:
    """The application with its parts, as one person at one browser sees it."""

    client: TestClient
    parts: Parts
    generator: FakeGenerator

    def ask(self, text: str, **fields: str) -> str:
        """Asks and returns the address of the question."""
        answer = self.client.post("/fragen", data={"text": text, **fields}, follow_redirects=False)
        assert answer.status_code == 303, answer.text
        return str(answer.headers["location"])

    def page(self, address: str, status: int = 200) -> str:
        answer = self.client.get(address, headers={"Accept": "text/html"})
        assert answer.status_code == status
        return answer.text

    def answered(self, address: str) -> str:
        """The page when the answer is there."""
        for _ in range(400):
            page = self.page(address)
            if 'id="strom"' not in page:
                return page
            time.sleep(0.01)
        raise AssertionError("keine Antwort")


@pytest.fixture
def surface(tmp_path: Path) -> Iterator[Surface]:
    generator = FakeGenerator(GOOD_SENTENCE)
    with make_parts(tmp_path, generator) as parts:
        app = make_app(parts, warm_up=False, most_questions=2)
        yield Surface(TestClient(app, base_url="http://127.0.0.1"), parts, generator)


def words(html: str) -> str:
    """The text of a page on one line."""
    return " ".join(unescape(re.sub("<[^>]+>", " ", html)).split())


def test_the_start_offers_examples_and_says_that_nothing_is_stored(surface: Surface) -> None:
    start = surface.page("/")
    assert 'value="Wurde der Antrag 15/12 beschlossen?"' in start
    assert "Noch wurde nichts gefragt." in start
    assert "steht nur im Arbeitsspeicher" in start
    assert "hx-sse" not in start


def test_an_answer_is_a_whole_page_without_script(surface: Surface) -> None:
    page = surface.answered(surface.ask(EXACT_QUESTION))
    said = words(page)
    assert "Entsprechend Beschlussvorschlag beschlossen." in said
    assert "Antwort mit 1 Satz und 2 Belegen." in said
    assert "Ohne Sprachmodell" in said
    cited = antrag()
    start = cited.text.index("Entsprechend")
    place = f"?von={start}&amp;bis={start + 44}"
    assert f'href="/dokument/{cited.id}{place}"' in page
    assert f'hx-get="/dokument/{cited.id}/beleg{place}"' in page


def test_a_question_that_runs_looks_again_by_itself_without_script(surface: Surface) -> None:
    surface.generator.gate.clear()
    address = surface.ask(OPEN_QUESTION)
    page = surface.page(address)
    assert '<noscript><meta http-equiv="refresh"' in page
    assert "Anhalten" in page
    surface.client.post(f"{address}/anhalten")
    stopped = words(surface.answered(address))
    assert "Angehalten." in stopped and "Noch einmal fragen" in stopped


def test_what_is_found_stands_in_the_page_itself_and_needs_no_stream(
    surface: Surface, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two requests from the Enter key to the evidence: the question, and its page."""
    monkeypatch.setattr(fragen, "FIRST_LOOK_S", LONG_S)
    surface.parts.embedder.embed_queries(["geladen"])
    surface.generator.gate.clear()
    address = surface.ask(OPEN_QUESTION)
    page = surface.page(address)
    found, offered = page.index('id="belege"'), page.index('id="strom"')
    assert '<li class="beleg"' in page[found:offered]
    seen = re.search(r"strom\?ab=(\d+)", page)
    assert seen is not None and int(seen[1]) >= 2
    again = surface.page(address)
    assert '<li class="beleg"' in again and 'id="strom"' in again
    surface.generator.gate.set()
    assert "48.000 Euro im Jahr" in words(surface.answered(address))
    assert len(surface.parts.audit.entries()) == 1


def test_a_page_says_that_the_search_is_still_loading(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fragen, "FIRST_LOOK_S", 0.0)
    go = threading.Event()

    def load() -> FakeEmbedder:
        assert go.wait(LONG_S)
        return FakeEmbedder()

    with make_parts(tmp_path, FakeGenerator(GOOD_SENTENCE)) as made:
        parts = replace(made, embedder=LazyEmbedder(load))
        app = make_app(parts, warm_up=False)
        surface = Surface(
            TestClient(app, base_url="http://127.0.0.1"), parts, FakeGenerator(GOOD_SENTENCE)
        )
        assert "Die Suche wird noch geladen" in surface.page(surface.ask(OPEN_QUESTION))
        assert "Antwort mit 1 Satz" in words(surface.answered(surface.ask(EXACT_QUESTION)))
        go.set()
        assert "48.000 Euro" in words(surface.answered(surface.ask(OPEN_QUESTION)))


def test_the_stream_brings_evidence_sentences_and_at_last_the_whole(
    surface: Surface, monkeypatch: pytest.MonkeyPatch
) -> None:
    message = answer_stream._message

    def shown(html: str, number: str = "") -> str:
        if "Gefundene Stellen" in html:
            surface.generator.gate.set()
        return message(html, number)

    monkeypatch.setattr(answer_stream, "_message", shown)
    surface.generator.gate.clear()
    address = surface.ask(OPEN_QUESTION)
    stream = surface.client.get(f"{address}/strom")
    assert stream.headers["content-type"].startswith("text/event-stream")
    *grown, whole, ended = stream.text.strip().split("\n\n")
    assert ended.splitlines() == ["event: ende", "data: fertig"]
    assert any("Gefundene Stellen, werden geprüft" in part for part in grown)
    assert 'hx-target="#antwort"' in whole and "48.000 Euro im Jahr" in words(whole)
    assert all(line.startswith(("id: ", "data: ")) for part in grown for line in part.splitlines())
    again = surface.client.get(f"{address}/strom", headers={"Last-Event-ID": "99"})
    assert again.text.strip().split("\n\n") == [whole, ended]


def test_one_run_answers_however_often_it_is_opened(surface: Surface) -> None:
    address = surface.ask(OPEN_QUESTION)
    first = surface.answered(address)
    lines = len(surface.parts.audit.entries())
    assert surface.answered(address) == first
    surface.client.get(f"{address}/strom")
    assert len(surface.parts.audit.entries()) == lines


@pytest.mark.parametrize("text", ["", "   ", "x" * 2001])
def test_a_question_that_cannot_be_put_keeps_its_words(surface: Surface, text: str) -> None:
    answer = surface.client.post("/fragen", data={"text": text})
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert text.strip() in answer.text


def test_a_full_house_keeps_the_words_and_says_so(surface: Surface) -> None:
    surface.generator.gate.clear()
    held = [surface.ask(OPEN_QUESTION) for _ in range(2)]
    answer = surface.client.post("/fragen", data={"text": "Und noch eine?"})
    assert answer.status_code == 429
    assert "Und noch eine?</textarea>" in answer.text
    for address in held:
        surface.client.post(f"{address}/anhalten")
        surface.answered(address)


def test_a_bad_reference_is_refused_and_a_good_one_taken(surface: Surface) -> None:
    page = surface.answered(surface.ask(EXACT_QUESTION))
    found = re.search(r'name="bezug" value="([^"]+)"', page)
    assert found is not None
    reference = unescape(found[1])
    follow_up = surface.ask("Wer hat das beantragt?", bezug=reference, bezogen="1")
    assert "Bezogen auf: Antrag 15/12" in words(surface.answered(follow_up))
    alone = surface.ask("Wer hat das beantragt?", bezug=reference)
    assert "Bezogen auf" not in surface.answered(alone)
    bad = surface.client.post("/fragen", data={"text": "Wer?", "bezug": "{}", "bezogen": "1"})
    assert bad.status_code == 422


def test_a_filter_is_let_go_by_a_form(surface: Surface) -> None:
    page = surface.answered(surface.ask(LIST_QUESTION))
    assert "Verstanden als: Vollständige Liste" in words(page)
    assert "Ohne den Filter „Antragsteller FDP“ fragen" in page
    assert 'name="text" value="Alle Anträge, beschlossen"' in page


def test_a_list_is_a_table_that_can_be_taken_along(surface: Surface) -> None:
    address = surface.ask("Anträge der SPD, beschlossen, seit 2020")
    page = surface.answered(address)
    assert '<th scope="col">Antragsteller</th>' in page
    assert "Nicht mitgezählt" not in page, "an empty column"
    csv = surface.client.get(f"{address}/tabelle.csv")
    assert csv.headers["content-disposition"].startswith("attachment")
    text = csv.content.decode("utf-8-sig")
    assert csv.content.startswith(b"\xef\xbb\xbf")
    assert text.splitlines()[0].startswith("Art;Nummer;Datum;Antragsteller")
    assert "15/12" in text
    no_table = surface.ask(EXACT_QUESTION)
    surface.answered(no_table)
    surface.page(f"{no_table}/tabelle.csv", 404)


def test_an_answer_is_taken_along_as_docx(surface: Surface) -> None:
    address = surface.ask(EXACT_QUESTION)
    surface.answered(address)
    file = surface.client.get(f"{address}/antwort.docx")
    assert 'filename="antwort-' in file.headers["content-disposition"]
    said = [paragraph.text for paragraph in open_document(BytesIO(file.content)).paragraphs]
    assert EXACT_QUESTION in said
    assert any(text.endswith("(belegt)") for text in said)


def test_where_nothing_carries_an_answer_the_page_says_what_to_try(surface: Surface) -> None:
    page = surface.answered(surface.ask("Wie viele Leihräder gab es 2019?"))
    said = words(page)
    assert "Nicht belegt" in said and "Was Sie tun können" in said
    assert "Nächste Fundstellen" in said
    assert 'href="/suche?q=Wie%20viele%20Leihr%C3%A4der%20gab%20es%202019%3F"' in page


def test_easy_german_is_there_without_script_too(surface: Surface) -> None:
    address = surface.ask(EXACT_QUESTION)
    surface.answered(address)
    said = words(surface.page(f"{address}?einfach=1"))
    assert "maschinell, ungeprüft" in said
    assert "So ist das Ergebnis auf der Drucksache vermerkt:" in said


def test_an_answer_whose_paper_is_gone_is_not_shown_any_more(surface: Surface) -> None:
    address = surface.ask(EXACT_QUESTION)
    assert "Entsprechend Beschlussvorschlag" in surface.answered(address)
    operator = Access.operator("lvs")
    surface.parts.store.depublish(operator, antrag().id, reason="Prüfung", who="test")
    for shown in (surface.page(address), surface.client.get(f"{address}/strom").text):
        assert "Entsprechend Beschlussvorschlag" not in shown
        assert "nicht mehr einsehbar" in shown
    assert "Noch einmal fragen" in surface.page(address)
    for path in ("antwort.docx", "antwort.pdf", "tabelle.csv", "saetze/1", "einfach"):
        surface.page(f"{address}/{path}", 404)


def test_another_access_finds_no_run_of_this_one(surface: Surface) -> None:
    address = surface.ask(EXACT_QUESTION)
    surface.answered(address)
    surface.client.app._app.dependency_overrides[access_of] = lambda: Access(frozenset({"lvs"}))  # type: ignore[attr-defined]
    unknown = surface.page("/fragen/gibt-es-nicht", 404)
    shown = surface.page(address, 404)
    assert shown.replace(address, "") == unknown.replace("/fragen/gibt-es-nicht", "")
    assert EXACT_QUESTION not in surface.page("/").partition("gespraeche-titel")[2]
    for path in ("strom", "antwort.docx", "antwort.pdf", "tabelle.csv", "einfach", "saetze/1"):
        surface.page(f"{address}/{path}", 404)
    for path in ("anhalten", "loeschen", "saetze/1", "saetze/1/zuruecknehmen"):
        answer = surface.client.post(f"{address}/{path}", data={"grund": "stimmt"})
        assert answer.status_code == 404


def test_questions_of_the_session_are_listed_and_deleted(surface: Surface) -> None:
    first, second = surface.ask(EXACT_QUESTION), surface.ask(LIST_QUESTION)
    surface.answered(second)
    start = surface.page("/")
    assert start.index(second) < start.index(first)
    surface.client.post(f"{first}/loeschen")
    assert first not in surface.page("/")
    surface.page(first, 404)
    surface.client.post("/fragen/loeschen")
    assert "Noch wurde nichts gefragt." in surface.page("/")


def test_feedback_is_given_changed_and_taken_back(surface: Surface) -> None:
    address = surface.ask(EXACT_QUESTION)
    surface.answered(address)
    form = surface.page(f"{address}/saetze/1")
    assert "falsch belegt" in form and 'value="stimmt"' not in form
    book = FeedbackBook(surface.parts.home)
    surface.client.post(f"{address}/saetze/1", data={"grund": "stimmt"})
    surface.client.post(
        f"{address}/saetze/1",
        data={"grund": "veraltet", "kommentar": "Neuer Beschluss", "mit_frage": "1"},
    )
    (kept,) = book.of("lvs")
    assert (kept.grund, kept.comment, kept.question) == (
        Grund.VERALTET,
        "Neuer Beschluss",
        EXACT_QUESTION,
    )
    assert "Gemerkt: veraltet." in surface.page(address)
    surface.client.post(f"{address}/saetze/1/zuruecknehmen")
    assert book.of("lvs") == ()
    assert "Gemerkt" not in surface.page(address)
    assert surface.client.post(f"{address}/saetze/9", data={"grund": "stimmt"}).status_code == 422
    assert surface.client.post(f"{address}/saetze/1", data={"grund": "egal"}).status_code == 422


def test_htmx_gets_the_row_of_a_sentence_alone(surface: Surface) -> None:
    address = surface.ask(EXACT_QUESTION)
    surface.answered(address)
    row = surface.client.post(
        f"{address}/saetze/1", data={"grund": "stimmt"}, headers={"HX-Request": "true"}
    ).text
    assert row.lstrip().startswith('<div class="rueckmeldung')
    assert "Zurücknehmen" in row and "<html" not in row


def test_pages_are_in_english_where_that_is_chosen(surface: Surface) -> None:
    surface.client.cookies.set("sprache", "en")
    page = surface.answered(surface.ask(EXACT_QUESTION))
    assert "Answer with 1 sentence and 2 sources." in words(page)


def test_a_paper_that_is_hidden_while_an_answer_is_formed_is_shown_no_more(
    surface: Surface,
) -> None:
    surface.generator.gate.clear()
    address = surface.ask(OPEN_QUESTION)
    while "48.000 Euro" not in surface.page(address):
        time.sleep(0.01)
    operator = Access.operator("lvs")
    surface.parts.store.depublish(operator, antrag().id, reason="Prüfung", who="test")
    stream = surface.client.get(f"{address}/strom").text
    assert "48.000 Euro" not in stream and "data: vergessen" in stream
