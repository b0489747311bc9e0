"""The page of a document over HTTP: what is shown, what is not, and to whom."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from html import unescape
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from PIL import Image

from assistant.viewing.parts import MOST_CHARACTERS
from assistant.web.access import access_of
from assistant.web.application import make_app
from assistant.web.pages.document_picture import as_download
from assistant.wiring import Parts
from index.types import Access, Document, Drucksachennummer, Reading, Span, Wirkung
from tests.document_records import COST, HOSTILE, letter, store_file
from tests.sample_records import ANTRAG, antrag, find, make_parts, stored, vorlage

BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
UNKNOWN = "0" * 64


@dataclass
class House:
    client: TestClient
    parts: Parts
    folder: Path
    app: object

    def get(self, path: str, **headers: str) -> str:
        answer = self.client.get(path, headers=BROWSER | headers)
        assert answer.status_code == 200, answer.text
        return answer.text

    def store(self, name: str, data: bytes) -> Document:
        return store_file(self.parts.store, self.folder / name, data)

    def seen_by(self, access: Access) -> None:
        inner = self.app._app  # type: ignore[attr-defined]
        inner.dependency_overrides[access_of] = lambda: access


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with make_parts(tmp_path / "home") as parts:
        app = make_app(parts, warm_up=False)
        yield House(TestClient(app, base_url="http://127.0.0.1"), parts, tmp_path / "akten", app)
        app._app.state.drawer.close()


def place(document: Document, words: str) -> str:
    start = document.text.index(words)
    return f"von={start}&bis={start + len(words)}"


def test_the_page_shows_text_mark_header_and_the_papers_around(house: House) -> None:
    paper = antrag()
    shown = house.get(f"/dokument/{paper.id}?{place(paper, '48.000 Euro')}")
    assert '<mark id="stelle">48.000 Euro</mark> im Jahr.' in shown
    assert shown.count("<mark") == 1
    for words in (
        '<h1 lang="de">Leihräder für Museumsgäste</h1>',
        "CDU, SPD",
        "empfehlender Beschluss",
    ):
        assert words in shown
    assert 'href="/vorgang/15/12"' in shown
    assert "Anfrage Nr. 15/21 vom 09.06.2023" in shown
    assert "Das Original liegt nicht mehr dort" in shown
    assert '<img src="/dokument' not in shown


def test_the_panel_beside_an_answer_has_the_quote_in_its_surroundings(house: House) -> None:
    paper = antrag()
    shown = house.get(f"/dokument/{paper.id}/beleg?{place(paper, '48.000 Euro')}")
    assert "<html" not in shown
    assert "kostet <mark>48.000 Euro</mark> im Jahr." in shown
    assert 'tabindex="-1">Antrag Nr. 15/12 vom 14.03.2023, Begründung' in shown
    quote = "„48.000 Euro“ (Antrag Nr. 15/12 vom 14.03.2023, Begründung, 1. Absatz)"
    assert f'data-zitat="{quote}"' in shown
    whole = f"/dokument/{paper.id}?{place(paper, '48.000 Euro')}#stelle"
    assert f'href="{whole}"' in unescape(shown)
    opened = house.client.get(
        f"/dokument/{paper.id}/beleg?{place(paper, '48.000 Euro')}",
        headers=BROWSER | {"Sec-Fetch-Mode": "navigate"},
        follow_redirects=False,
    )
    assert (opened.status_code, opened.headers["location"]) == (303, whole)


PATHS = ("", "/beleg?von=0&bis=5", "/seite/1.png", "/seite/1.png?von=0&bis=5", "/original")


@pytest.mark.parametrize("path", PATHS)
def test_unknown_and_forbidden_answer_in_the_same_words(house: House, path: str) -> None:
    closed = vorlage()
    foreign = antrag("lvn", ANTRAG.replace("Leihräder", "Lastenräder"))
    house.seen_by(Access(frozenset({"lvs"})))
    answers = {
        (answer.status_code, answer.text.replace(name, "KENNUNG"))
        for name in (UNKNOWN, closed.id, foreign.id)
        for answer in [house.client.get(f"/dokument/{name}{path}", headers=BROWSER)]
    }
    assert len(answers) == 1
    assert next(iter(answers))[0] == 404


def test_who_may_not_see_all_of_a_paper_gets_neither_picture_nor_file(house: House) -> None:
    paper = house.store("antrag.pdf", letter())
    house.get(f"/dokument/{paper.id}/seite/1.png")
    partly = replace(
        antrag(),
        sections=tuple(
            replace(section, visibility=vorlage().visibility)
            if section.title == "Begründung"
            else section
            for section in antrag().sections
        ),
    )
    data = letter(["Nichtöffentlich: Das Grundstück kostet 3 Millionen."])
    mixed = store_mixed(house, data, partly)
    house.seen_by(Access(frozenset({"lvs"})))
    shown = house.get(f"/dokument/{mixed.id}")
    assert (
        "Viele Gäste" not in shown and "Teile dieses Papiers sind für Sie nicht einsehbar" in shown
    )
    for path in ("seite/1.png", "original"):
        assert house.client.get(f"/dokument/{mixed.id}/{path}").status_code == 404
    house.seen_by(Access.operator("lvs"))
    assert "Viele Gäste" in house.get(f"/dokument/{mixed.id}")
    assert house.client.get(f"/dokument/{mixed.id}/original").content == data
    house.seen_by(Access(frozenset({"lvs"})))  # what is at hand now is no way around
    for path in ("seite/1.png", "original"):
        assert house.client.get(f"/dokument/{mixed.id}/{path}").status_code == 404


def store_mixed(house: House, data: bytes, paper: Document) -> Document:
    """A paper with a closed part, said to be read from a PDF that prints all of it."""
    path = house.folder / "gemischt.pdf"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(data)
    mixed = replace(
        paper,
        id=hashlib.sha256(data).hexdigest(),
        source=str(path),
        media_type="application/pdf",
        pages=(Span(0, len(paper.text)),),
    )
    house.parts.store.add([stored(mixed)])
    return mixed


@pytest.mark.parametrize(
    "asked", ["von=5&bis=5", "von=9&bis=2", "von=0&bis=999999", "von=3", "bis=3"]
)
def test_a_place_outside_the_text_is_said_and_the_paper_shown(house: House, asked: str) -> None:
    shown = house.get(f"/dokument/{antrag().id}?{asked}")
    assert "Die gesuchte Stelle liegt nicht im Text." in shown
    assert "48.000 Euro" in shown and "<mark" not in shown


@pytest.mark.parametrize(
    "asked", ["von=5&bis=5", "von=0&bis=999999", "von=-1&bis=3", "von=a&bis=3", ""]
)
def test_the_panel_refuses_a_place_outside_the_text(house: House, asked: str) -> None:
    answer = house.client.get(f"/dokument/{antrag().id}/beleg?{asked}", headers=BROWSER)
    assert answer.status_code == 422


@pytest.mark.parametrize("asked", ["seite=2", "seite=99999999999"])
def test_a_part_that_is_not_there_is_not_found(house: House, asked: str) -> None:
    answer = house.client.get(f"/dokument/{antrag().id}?{asked}", headers=BROWSER)
    assert answer.status_code == 404


def test_the_page_of_a_pdf_is_a_picture_with_the_words_marked(house: House) -> None:
    paper = house.store("antrag.pdf", letter())
    address = f"/dokument/{paper.id}/seite/2.png?{place(paper, COST)}"
    answer = house.client.get(address)  # the worker takes a while to start
    shown = house.get(f"/dokument/{paper.id}?{place(paper, COST)}")
    assert "Seite 2 von 2" in shown and f'<mark id="stelle">{COST}</mark>' in shown
    assert f"Seite 2 des Originals. Markiert ist: „{COST}“" in shown
    assert f'src="{address}"' in unescape(shown)
    assert (answer.headers["content-type"], answer.headers["x-content-type-options"]) == (
        "image/png",
        "nosniff",
    )
    marked = Image.open(io.BytesIO(answer.content)).convert("RGB")
    plain = Image.open(io.BytesIO(house.client.get(f"/dokument/{paper.id}/seite/2.png").content))
    yellow = (255, 224, 138)
    assert yellow in {colour for _, colour in marked.getcolors(100_000) or []}
    assert yellow not in {colour for _, colour in plain.convert("RGB").getcolors(100_000) or []}
    panel = house.get(f"/dokument/{paper.id}/beleg?{place(paper, COST)}")
    assert f"{address}".replace("?", "?groesse=klein&") in unescape(panel)
    first = house.get(f"/dokument/{paper.id}?{place(paper, COST)}&seite=1")
    assert "<mark" not in first and "ohne Markierung" in first
    assert "#stelle" in first  # the way back to the mark


def test_a_missing_and_a_changed_original_are_told_apart_and_never_shown(house: House) -> None:
    paper = house.store("antrag.pdf", letter())
    path = house.folder / "antrag.pdf"
    path.write_bytes(letter(["Der Betrieb kostet 99.000 Euro."]))
    shown = house.get(f"/dokument/{paper.id}?{place(paper, COST)}")
    assert "wurde seit dem Einlesen geändert" in shown and f">{COST}</mark>" in shown
    assert "/original" not in shown and '<img src="/dokument' not in shown
    for place_of_file in ("seite/1.png", "original"):
        assert house.client.get(f"/dokument/{paper.id}/{place_of_file}").status_code == 404
    path.unlink()
    assert "liegt nicht mehr dort" in house.get(f"/dokument/{paper.id}")
    assert house.client.get(f"/dokument/{paper.id}/original").status_code == 404


def test_the_original_is_a_download_and_nothing_else(house: House) -> None:
    data = f"<html><body><h1>Vermerk</h1><p>{HOSTILE}</p></body></html>".encode()
    paper = house.store('Vermerk "ä".html', data)
    answer = house.client.get(f"/dokument/{paper.id}/original")
    assert answer.content == data
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["x-content-type-options"] == "nosniff"
    told = answer.headers["content-disposition"]
    assert (
        told
        == "attachment; filename=\"Vermerk ___.html\"; filename*=UTF-8''Vermerk%20%22%C3%A4%22.html"
    )
    assert "Original herunterladen (1 KiB)" in house.get(f"/dokument/{paper.id}")


def test_a_file_name_forges_no_header() -> None:
    told = as_download('a"\r\nset-cookie: x=1;.pdf')
    assert "\r" not in told and "\n" not in told
    assert told.count('"') == 2


def test_a_paper_out_of_an_archive_is_found_in_it(house: House) -> None:
    data = letter()
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("alt/anderes.txt", "Anderes")
        archive.writestr("alt/antrag.pdf", data)
    paper = house.store("antrag.pdf", data)
    inside = replace(paper, source=f"{house.folder / 'akten.zip'}!/alt/antrag.pdf")
    house.parts.store.delete(Access.operator("lvs"), paper.id, keep_out=False)
    (house.folder / "antrag.pdf").unlink()
    house.parts.store.add([stored(inside)])
    assert house.client.get(f"/dokument/{paper.id}/original").status_code == 404
    (house.folder / "akten.zip").write_bytes(packed.getvalue())
    assert house.client.get(f"/dokument/{paper.id}/original").content == data


def test_markup_in_text_title_and_name_stays_text(house: House) -> None:
    text = ANTRAG.replace("Viele Gäste", f"{HOSTILE} Gäste").replace("15/12", "15/91")
    paper = replace(
        antrag("lvs", text, nummer=91),
        title=HOSTILE,
        source=f"akten/{HOSTILE}.txt",
        warnings=(HOSTILE,),
    )
    house.parts.store.add([stored(paper)])
    marked = place(paper, HOSTILE)
    for path in (f"?{marked}", f"/beleg?{marked}", ""):
        shown = house.get(f"/dokument/{paper.id}{path}")
        assert "<script>alert" not in shown and "<img src=x" not in shown
        assert HOSTILE in unescape(shown)


def test_of_a_long_document_only_the_current_part_is_sent(house: House) -> None:
    body = "\n".join(f"Zeile {number} des Papiers." for number in range(60_000))
    paper = replace(antrag("lvs", ANTRAG.replace("15/12", "15/92") + body, nummer=92))
    house.parts.store.add([stored(paper)])
    first = house.get(f"/dokument/{paper.id}")
    assert len(first) < MOST_CHARACTERS * 6
    shown = house.get(f"/dokument/{paper.id}?{place(paper, 'Zeile 43210 des Papiers.')}")
    assert '<mark id="stelle">Zeile 43210 des Papiers.</mark>' in shown
    assert "Zeile 4321 des" not in shown and len(shown) < MOST_CHARACTERS * 20


def test_a_replaced_version_says_so_and_leads_to_the_valid_one(house: House) -> None:
    old = house.store("antrag.pdf", letter())
    new = replace(antrag("lvs", ANTRAG.replace("15/12", "15/90"), nummer=90), supersedes=old.id)
    house.parts.store.add([stored(new)])
    shown = house.get(f"/dokument/{old.id}")
    assert "Diese Fassung ist ersetzt." in shown
    assert f'href="/dokument/{new.id}"' in shown
    assert "ersetzte Fassung" in house.get(f"/dokument/{new.id}")
    assert f'href="/dokument/{old.id}"' in house.get(f"/dokument/{new.id}")
    panels = [house.get(f"/dokument/{one.id}/beleg?von=0&bis=6") for one in (old, new)]
    assert ["Diese Fassung ist ersetzt." in panel for panel in panels] == [True, False]


def test_a_file_that_no_longer_draws_is_said_in_a_sentence(house: House) -> None:
    data = letter()
    broken = data[: data.index(b"stream")] + b"x" * 200
    paper = house.store("antrag.pdf", data)
    other = replace(
        paper, id=hashlib.sha256(broken).hexdigest(), source=str(house.folder / "b.pdf")
    )
    (house.folder / "b.pdf").write_bytes(broken)
    house.parts.store.add([stored(other)])
    answer = house.client.get(f"/dokument/{other.id}/seite/1.png")
    assert answer.status_code == 422
    shown = house.get(f"/dokument/{other.id}")
    assert "Diese Seite ließ sich nicht zeichnen." in shown and '<img src="/dokument' not in shown


def test_words_that_a_later_paper_replaced_are_shown_with_that_note(house: House) -> None:
    text = ANTRAG.replace("15/12", "15/12/1").replace(
        "Viele Gäste", "Dies ersetzt den Antrag. Gäste"
    )
    kopf = replace(
        antrag().kopfdaten,
        nummer=Reading(Drucksachennummer.of(15, 12, 1), find(text, "15/12/1")),
        wirkung=Reading(Wirkung.ERSETZT, find(text, "Dies ersetzt den Antrag.")),
    )
    later = replace(antrag("lvs", text), kopfdaten=kopf)
    note = "Ein späteres Papier setzt an die markierte Stelle etwas anderes."
    marked = place(antrag(), "48.000 Euro")
    paths = [f"/dokument/{antrag().id}{part}?{marked}" for part in ("", "/beleg")]
    assert [note in house.get(path) for path in paths] == [False, False]
    house.parts.store.add([stored(later)])
    assert [note in house.get(path) for path in paths] == [True, True]
    unmarked = house.get(f"/dokument/{antrag().id}")
    assert note not in unmarked and "Zu diesem Papier gibt es spätere Papiere." in unmarked
    assert note not in house.get(f"/dokument/{later.id}?{place(later, '48.000 Euro')}")
