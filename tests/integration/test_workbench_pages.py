"""The rooms Entwurf and Prüfung over HTTP, by plain forms as without script: real store, no model."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from fastapi import Request
from fastapi.testclient import TestClient
from httpx import Response

from assistant.api import make_app
from assistant.audit import AUDIT_FILE
from assistant.hausregeln import read_hausregeln
from assistant.web import access
from assistant.wiring import Parts
from index.types import Access
from tests.sample_records import antrag, make_parts

BASE = "http://127.0.0.1:8000"
BROWSER = {"Accept": "text/html"}
ORDER = {
    "titel": "Leihräder: Ausbau",
    "stichpunkte": "Der Betrieb soll ausgebaut werden.\nZeitplan: Beginn ist im Juni.",
    "beschlussvorschlag": "Die Verwaltung baut den Betrieb aus.",
    "bearbeitung": "M. Muster",
    "oeffentlich": "ja",
}
FORM_HEADERS = {"content-type": "multipart/form-data; boundary=a"}
UNCHOSEN = (
    b'--a\r\nContent-Disposition: form-data; name="file"; filename=""\r\n'
    b"Content-Type: application/octet-stream\r\n\r\n\r\n--a--\r\n"
)
"""What a browser sends for a file field that nobody touched."""
SECRET = "Zitronenfalter"
DRAFT = f"""# Begründung

Der Antrag 15/12 wurde am 25.05.2023 abgelehnt. Die Kosten betragen 51.000 Euro. {SECRET}.
"""


@pytest.fixture
def parts(tmp_path: Path) -> Iterator[Parts]:
    with make_parts(tmp_path / "home") as opened:
        yield opened


@pytest.fixture
def client(parts: Parts) -> Iterator[TestClient]:
    with TestClient(make_app(parts, warm_up=False), base_url=BASE, headers=BROWSER) as started:
        yield started


@pytest.fixture
def public(parts: Parts) -> Iterator[TestClient]:
    """Somebody who may see public papers only."""

    def access_of(request: Request) -> Access:
        return Access(frozenset({"lvs"}))

    app = make_app(parts, warm_up=False)
    app._app.dependency_overrides[access.access_of] = access_of
    with TestClient(app, base_url=BASE, headers=BROWSER) as started:
        yield started


def words(response: Response) -> str:
    """What a page says, without its marks."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.text)).split())


def hidden(response: Response, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', response.text)
    assert found, name
    return unescape(found[1])


def create(client: TestClient, name: str = "raeder", **more: Any) -> Response:
    data = {**ORDER, "name": name, "quellen": ["Antrag 15/12"], **more}
    return client.post("/entwurf/neu/erstellen", data=data, follow_redirects=False)


@pytest.fixture
def kept(client: TestClient) -> None:
    made = create(client)
    assert (made.status_code, made.headers["location"]) == (303, "/entwurf/raeder")


def test_from_the_order_over_its_sources_to_the_draft(client: TestClient) -> None:
    assert "Noch kein Entwurf" in words(client.get("/entwurf"))
    assert 'name="stichpunkte"' in client.get("/entwurf/neu").text
    sources = client.post("/entwurf/neu/quellen", data=ORDER)
    assert sources.status_code == 200
    assert "Antrag Nr. 15/12 vom 14.03.2023" in words(sources)
    assert "Entsprechend Beschlussvorschlag beschlossen." in words(sources)
    place = antrag().text.index("Die Verwaltung stellt")
    assert f"/dokument/{antrag().id}?von={place}&amp;bis=" in sources.text
    assert "checked" not in re.findall(r'<input type="checkbox"[^>]*>', sources.text)[0]
    for field in ("titel", "beschlussvorschlag", "stichpunkte", "bearbeitung"):
        assert hidden(sources, field) == ORDER[field]
    made = create(client, name="")
    assert made.headers["location"] == "/entwurf/leihraeder-ausbau"
    listed = words(client.get("/entwurf"))
    assert "Leihräder: Ausbau leihraeder-ausbau Fassung 1" in listed and "M. Muster" in listed
    again = create(client, name="")
    assert again.headers["location"] == "/entwurf/leihraeder-ausbau-2"


def test_a_form_with_faults_comes_back_with_all_that_was_written(client: TestClient) -> None:
    wrong = client.post("/entwurf/neu/quellen", data={**ORDER, "titel": " ", "name": "Größe"})
    assert wrong.status_code == 422
    assert 'href="#titel"' in wrong.text and 'href="#name"' in wrong.text
    assert "Zeitplan: Beginn ist im Juni." in wrong.text and 'value="Größe"' in wrong.text
    without = create(client, quellen=[])
    assert without.status_code == 422 and "mindestens eine Quelle" in words(without)
    assert hidden(without, "stichpunkte") == ORDER["stichpunkte"]
    unknown = create(client, weitere="Antrag 15/999, Quatsch")
    assert unknown.status_code == 422 and "»Quatsch«" in words(unknown)
    assert "Antrag 15/999, Quatsch" in unknown.text
    assert re.search(r'value="Antrag 15/12"[^>]* checked', unknown.text)
    back = client.post("/entwurf/neu", data={**ORDER, "quellen": ["Antrag 15/12"]})
    assert ORDER["beschlussvorschlag"] in back.text and 'value="Antrag 15/12"' in back.text


def test_other_words_find_other_papers_and_what_was_chosen_stays(client: TestClient) -> None:
    data = {**ORDER, "titel": "Ankauf von Boden"}
    none = client.post("/entwurf/neu/quellen", data=data)
    assert "ist nichts erfasst" in words(none) and "checkbox" not in none.text
    more = {**data, "suche": "Leihräder", "quellen": ["Anfrage 15/21"]}
    page = client.post("/entwurf/neu/quellen", data=more)
    assert re.search(r'value="Anfrage 15/21"[^>]* checked', page.text)
    assert 'value="Antrag 15/12"' in page.text
    assert not re.search(r'value="Antrag 15/12"[^>]* checked', page.text)
    assert hidden(page, "titel") == data["titel"]


def test_htmx_is_told_what_to_put_where(client: TestClient) -> None:
    headers = {"HX-Request": "true"}
    wrong = client.post("/entwurf/neu/erstellen", data=ORDER, headers=headers)
    assert (wrong.status_code, wrong.headers["hx-reselect"]) == (422, "#inhalt")
    data = {**ORDER, "quellen": ["Antrag 15/12"], "name": "raeder"}
    made = client.post("/entwurf/neu/erstellen", data=data, headers=headers)
    assert (made.status_code, made.headers["hx-redirect"]) == (200, "/entwurf/raeder")
    part = client.post("/pruefung/text", data={"text": DRAFT}, headers=headers)
    assert "<html" not in part.text and "51.000 Euro" in part.text


def test_a_name_that_is_taken_or_is_a_page_loses_nothing(client: TestClient, kept: None) -> None:
    taken = create(client)
    assert taken.status_code == 422 and "gibt es schon" in words(taken)
    assert hidden(taken, "titel") == ORDER["titel"]
    page = create(client, name="neu")
    assert page.status_code == 422 and "„neu“ ist vergeben" in words(page)
    assert create(client, name="", titel="Neu").headers["location"] == "/entwurf/neu-2"


def test_a_public_draft_takes_no_closed_source(client: TestClient) -> None:
    refused = create(client, quellen=["Vorlage 15/12"])
    assert refused.status_code == 422 and "ist nichtöffentlich" in words(refused)
    closed = create(client, "kauf", quellen=["Vorlage 15/12"], oeffentlich="nein")
    assert closed.status_code == 303
    page = words(client.get("/entwurf/kauf"))
    assert "Nicht öffentlich auszugeben" in page
    asked = client.get("/entwurf/kauf/ausgabe", params={"schutz": "oeffentlich"})
    assert asked.status_code == 422 and "nicht öffentlich ausgegeben" in words(asked)


def test_the_workbench_shows_text_evidence_and_open_points(client: TestClient, kept: None) -> None:
    page = client.get("/entwurf/raeder")
    said = words(page)
    for expected in (
        "Fassung 1 von 1",
        "Angabe der Bearbeitung",
        "Vorschlag, keine Beschlusslage",
        "[Angabe fehlt:",
        "KI-Hinweis: maschinell zusammengestellt",
        "Kämmerei",
    ):
        assert expected in said
    opened = re.findall(r'<li><a href="#(abs-[a-z-]+-\d+)">(\[[^<]+\])</a></li>', page.text)
    assert opened
    for anchor, point in opened:
        at = page.text.index(f'id="{anchor}"')
        assert point in page.text[at : at + 4000]
    beleg = client.get("/entwurf/raeder?beleg=1#beleg")
    assert "Beleg 1" in words(beleg) and f"/dokument/{antrag().id}?von=" in beleg.text
    part = client.get("/entwurf/raeder/beleg/1", headers={"HX-Request": "true"})
    assert part.status_code == 200 and "<html" not in part.text and "<mark>" in part.text
    assert client.get("/entwurf/raeder?beleg=999").status_code == 404
    assert client.get("/entwurf/raeder?fassung=2").status_code == 404


def test_the_draft_is_reviewed_beside_its_text(client: TestClient, kept: None) -> None:
    page = client.get("/entwurf/raeder?pruefen=true")
    assert page.status_code == 200
    panel = words(page).partition("Diese Fassung")[0]
    assert re.search(r"\d+ Angaben sind offen", panel)
    part = client.get("/entwurf/raeder/befunde?fassung=1", headers={"HX-Request": "true"})
    assert part.status_code == 200 and 'id="pruefung"' in part.text and "<html" not in part.text


def test_a_rewriting_is_shown_first_and_taken_over_or_not(client: TestClient, kept: None) -> None:
    query = {"fassung": 1, "art": "stichpunkte"}
    shown = client.get("/entwurf/raeder/umarbeitung", params=query)
    assert shown.status_code == 200 and "<ins>" in shown.text and "Verwerfen" in shown.text
    assert "neu: " in words(shown) and "bleiben unverändert" in words(shown)
    assert "Fassung 1 von 1" in words(client.get("/entwurf/raeder"))
    mark = hidden(shown, "zeichen")
    sent = {**query, "zeichen": mark, "name": "K. Kern"}
    done = client.post("/entwurf/raeder/umarbeitung", data=sent, follow_redirects=False)
    assert (done.status_code, done.headers["location"]) == (303, "/entwurf/raeder")
    page = words(client.get("/entwurf/raeder"))
    assert "Fassung 2 von 2" in page and "K. Kern: umgearbeitet: in Stichpunkten" in page


def test_another_wording_than_the_one_shown_is_not_kept(client: TestClient, kept: None) -> None:
    sent = {"fassung": "1", "art": "stichpunkte", "zeichen": "0" * 64}
    other = client.post("/entwurf/raeder/umarbeitung", data=sent)
    assert other.status_code == 409 and "anderen Wortlaut" in words(other)
    without = client.post(
        "/entwurf/raeder/umarbeitung", data={"fassung": "1", "art": "stichpunkte"}
    )
    assert without.status_code == 409
    assert "Fassung 1 von 1" in words(client.get("/entwurf/raeder"))


def test_where_nothing_changes_it_is_said_and_nothing_can_be_kept(
    client: TestClient, kept: None
) -> None:
    query = {"fassung": 1, "art": "kuerzer", "abschnitt": "beschlussvorschlag"}
    shown = client.get("/entwurf/raeder/umarbeitung", params=query)
    assert "Es bleibt, wie es ist" in words(shown) and 'name="zeichen"' not in shown.text
    assert client.get("/entwurf/raeder/umarbeitung?fassung=1&art=x").status_code == 422
    unknown = {**query, "abschnitt": "gibtsnicht"}
    assert client.get("/entwurf/raeder/umarbeitung", params=unknown).status_code == 404


def test_versions_are_compared_and_any_is_restored(client: TestClient, kept: None) -> None:
    again = create(client, auf="1", beschlussvorschlag="Die Verwaltung baut ab.")
    assert again.status_code == 303
    compared = client.get("/entwurf/raeder/vergleich")
    assert "Fassung 1 und Fassung 2" in words(compared)
    assert "Die Verwaltung baut" in words(compared) and "<del>" in compared.text
    back = {"fassung": "2", "zu": "1", "name": "M. Muster"}
    done = client.post("/entwurf/raeder/zurueck", data=back, follow_redirects=False)
    assert done.headers["location"] == "/entwurf/raeder#fassungen"
    page = words(client.get("/entwurf/raeder"))
    assert "Fassung 3 von 3" in page and "zurück zu Fassung 1" in page
    same = client.get("/entwurf/raeder/vergleich?von=1&nach=3")
    assert "Kein Unterschied" in words(same)
    none = client.post("/entwurf/raeder/zurueck", data={"fassung": "3", "zu": "1"})
    assert none.status_code == 422 and "schon den Wortlaut" in words(none)
    for zu in ("0", "x", "²"):
        wrong = client.post("/entwurf/raeder/zurueck", data={"fassung": "3", "zu": zu})
        assert wrong.status_code == 422
    old = words(client.get("/entwurf/raeder?fassung=2"))
    assert "Sie lesen Fassung 2, nicht die letzte" in old and "mitzeichnen lässt" in old


def test_statements_are_added_in_a_new_version(client: TestClient, kept: None) -> None:
    form = client.get("/entwurf/neu?aus=raeder")
    assert "nach Fassung 1" in words(form) and 'name="auf" value="1"' in form.text
    assert "Zeitplan: Beginn ist im Juni." in unescape(form.text)
    assert ORDER["beschlussvorschlag"] in form.text and 'value="Antrag 15/12"' in form.text
    more = f"{ORDER['stichpunkte']}\nZeitplan: Ende ist im Juli."
    assert create(client, auf="1", stichpunkte=more).status_code == 303
    page = words(client.get("/entwurf/raeder"))
    assert "Fassung 2 von 2" in page and "Ende ist im Juli." in page
    late = create(client, auf="1")
    assert late.status_code == 422 and "steht inzwischen bei Fassung 2" in words(late)
    assert client.get("/entwurf/neu?aus=keiner").status_code == 404


def test_a_draft_is_signed_for_its_version(client: TestClient, kept: None) -> None:
    sign = {"fassung": "1", "stelle": "Kämmerei", "name": "K. Kern", "zeichen": "mitgezeichnet"}
    done = client.post("/entwurf/raeder/mitzeichnung", data=sign, follow_redirects=False)
    assert done.headers["location"] == "/entwurf/raeder#mitzeichnung"
    assert re.search(
        r"Kämmerei mitgezeichnet K\. Kern \d\d\.\d\d\.\d{4}, Fassung 1",
        words(client.get("/entwurf/raeder")),
    )
    create(client, auf="1", beschlussvorschlag="Anders.")
    assert "galt einer früheren Fassung" in words(client.get("/entwurf/raeder"))


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"stelle": ""}, "gehören die Stelle und der Name"),
        ({"zeichen": "nicht mitgezeichnet", "vermerk": ""}, "weshalb"),
        ({"vermerk": "x" * 4001}, "Höchstens 4000 Zeichen."),
    ],
)
def test_a_signature_that_lacks_something_comes_back_with_its_words(
    client: TestClient, kept: None, change: dict[str, str], told: str
) -> None:
    sign = {
        "fassung": "1",
        "stelle": "Kämmerei",
        "name": "K. Kern",
        "zeichen": "mit Auflagen mitgezeichnet",
        "vermerk": "Deckung fehlt",
    }
    wrong = client.post("/entwurf/raeder/mitzeichnung", data={**sign, **change})
    assert wrong.status_code == 422 and told in words(wrong)
    assert 'value="K. Kern"' in wrong.text
    assert re.search(r'<details class="zeichnen" open', wrong.text)
    if "vermerk" not in change:
        assert "Deckung fehlt" in wrong.text


def test_a_conflict_shows_both_versions_and_loses_nothing(client: TestClient, kept: None) -> None:
    create(client, auf="1", beschlussvorschlag="Die Verwaltung baut ab.")
    sign = {
        "fassung": "1",
        "stelle": "Kämmerei",
        "name": "K. Kern",
        "zeichen": "mit Auflagen mitgezeichnet",
        "vermerk": "Deckung fehlt",
    }
    late = client.post("/entwurf/raeder/mitzeichnung", data=sign)
    assert late.status_code == 409
    said = words(late)
    assert "Deckung fehlt" in said and "Was sich von Fassung 1 zu Fassung 2 geändert hat" in said
    assert "<del>" in late.text and hidden(late, "fassung") == "2"
    for path, data in (
        ("umarbeitung", {"fassung": "1", "art": "stichpunkte", "zeichen": "x"}),
        ("zurueck", {"fassung": "1", "zu": "1"}),
        ("loeschen", {"fassung": "1"}),
    ):
        assert client.post(f"/entwurf/raeder/{path}", data=data).status_code == 409
    again = {name: hidden(late, name) for name in sign}
    assert client.post("/entwurf/raeder/mitzeichnung", data=again).status_code == 200
    assert "Deckung fehlt" in words(client.get("/entwurf/raeder"))
    proposed = client.get("/entwurf/raeder/umarbeitung?fassung=1&art=stichpunkte")
    assert proposed.status_code == 409 and 'action="/entwurf/raeder/umarbeitung"' in proposed.text


def test_a_draft_goes_out_as_docx_and_markdown(client: TestClient, kept: None) -> None:
    docx = client.get("/entwurf/raeder/ausgabe", params={"form": "docx", "fassung": 1})
    assert docx.headers["content-disposition"] == 'attachment; filename="raeder.docx"'
    assert ORDER["titel"] in [p.text for p in Document(BytesIO(docx.content)).paragraphs]
    plain = client.get("/entwurf/raeder/ausgabe", params={"form": "md"})
    assert plain.headers["content-type"].startswith("text/markdown")
    assert plain.text.startswith("# Leihräder: Ausbau\n")
    assert client.get("/entwurf/raeder/ausgabe", params={"form": "exe"}).status_code == 422


def test_a_source_that_was_closed_is_told_and_stops_the_public_export(
    client: TestClient, public: TestClient, parts: Parts, kept: None
) -> None:
    assert public.get("/entwurf/raeder").status_code == 200
    parts.store.depublish(Access.operator("lvs"), antrag().id, reason="Widerspruch", who="b")
    page = words(client.get("/entwurf/raeder"))
    assert "Nicht öffentlich auszugeben" in page and "darf nicht öffentlich ausgegeben" in page
    assert "48.000" not in page
    assert client.get("/entwurf/raeder/ausgabe").status_code == 422
    assert client.get("/entwurf/raeder/ausgabe?schutz=nichtoeffentlich").status_code == 200
    assert public.get("/entwurf/raeder").status_code == 404


def test_who_may_see_public_papers_only_finds_no_closed_draft(
    client: TestClient, public: TestClient
) -> None:
    create(client, "kauf", quellen=["Vorlage 15/12"], oeffentlich="nein")
    assert "kauf" not in words(public.get("/entwurf")).split()
    form = {"fassung": "1"}
    for path in ("", "/vergleich", "/beleg/1", "/befunde", "/ausgabe", "/loeschen"):
        closed, none = (public.get(f"/entwurf/{name}{path}") for name in ("kauf", "keiner"))
        assert (closed.status_code, words(closed)) == (404, words(none))
    for path in ("/zurueck", "/loeschen", "/mitzeichnung", "/umarbeitung"):
        more = {"stelle": "A", "name": "B", "art": "kuerzer"}
        fields = {"/mitzeichnung": ("stelle", "name"), "/umarbeitung": ("art",)}.get(path, ())
        data = {**form, **{key: more[key] for key in fields}}
        closed, none = (
            public.post(f"/entwurf/{name}{path}", data=data) for name in ("kauf", "keiner")
        )
        assert (closed.status_code, words(closed)) == (404, words(none))
    sources = words(public.post("/entwurf/neu/quellen", data={**ORDER, "titel": "Grundstück"}))
    assert "Ankauf" not in sources


def test_deletion_names_the_draft_and_asks_first(
    client: TestClient, parts: Parts, kept: None
) -> None:
    asked = words(client.get("/entwurf/raeder/loeschen"))
    assert "„Leihräder: Ausbau“ (raeder) endgültig löschen?" in asked
    assert "Liste der Löschungen" in asked
    assert client.get("/entwurf/raeder").status_code == 200
    done = client.post("/entwurf/raeder/loeschen", data={"fassung": "1"})
    assert "Der Entwurf „raeder“ ist gelöscht." in words(done)
    assert client.get("/entwurf/raeder").status_code == 404
    assert "Leihräder" not in (parts.home / AUDIT_FILE).read_text("utf-8")


def test_foreign_words_stay_words(client: TestClient) -> None:
    hostile = '<img src=x onerror="alert(1)">'
    create(client, titel=f"Leihräder {hostile}", bearbeitung=hostile, stichpunkte=hostile)
    for path in (
        "/entwurf",
        "/entwurf/raeder",
        "/entwurf/raeder/loeschen",
        "/entwurf/neu?aus=raeder",
    ):
        page = client.get(path)
        assert page.status_code == 200 and "<img src=x" not in page.text
    listed = client.get(f"/entwurf?geloescht={hostile}")
    assert "<img src=x" not in listed.text


# ---------------------------------------------------------------------------- Prüfung


def traces(*folders: Path) -> list[Path]:
    """Files below some folders that hold a word of the draft under review."""
    return [
        path
        for folder in folders
        for path in folder.rglob("*")
        if path.is_file() and SECRET.encode() in path.read_bytes()
    ]


def test_a_file_and_pasted_words_get_the_same_findings_beside_the_text(
    client: TestClient, parts: Parts
) -> None:
    assert "höchstens 100 MiB" in words(client.get("/pruefung"))
    pages = (
        client.post("/pruefung/datei", files={"file": ("entwurf.md", DRAFT.encode())}),
        client.post("/pruefung/text", data={"text": DRAFT}),
    )
    for page in pages:
        assert page.status_code == 200
        assert "51.000 Euro" in page.text and SECRET in words(page)
        links = set(re.findall(r'href="#(stelle-\d+)"', page.text))
        assert links and links <= set(re.findall(r'id="(stelle-\d+)"', page.text))
        back = set(re.findall(r'href="#(befund-\d+)"', page.text))
        assert back and back <= set(re.findall(r'id="(befund-\d+)"', page.text))
        assert f"/dokument/{antrag().id}?von=" in page.text
    assert traces(parts.home) == []
    lines = [json.loads(line) for line in (parts.home / AUDIT_FILE).read_text().splitlines()]
    assert [line["action"] for line in lines] == ["pruefung", "pruefung"]


def test_findings_come_as_json_and_as_comments(client: TestClient) -> None:
    found = client.post("/pruefung/text/json", data={"text": DRAFT})
    assert found.headers["content-disposition"] == 'attachment; filename="pruefung.json"'
    assert found.json() == client.post("/api/review", json={"text": DRAFT}).json()
    document = Document()
    document.add_heading("Begründung", 1)
    document.add_paragraph("Die Kosten betragen 51.000 Euro.")
    content = BytesIO()
    document.save(content)
    file = {"file": ("entwurf.docx", content.getvalue())}
    commented = client.post("/pruefung/datei/docx", files=file)
    assert b"comments.xml" in commented.content
    assert client.post("/pruefung/datei/json", files=file).json()["source"] == "entwurf.docx"
    refused = client.post("/pruefung/datei/docx", files={"file": ("a.md", DRAFT.encode())})
    assert refused.status_code == 422 and "nur in eine DOCX-Datei" in words(refused)


@pytest.mark.parametrize(
    ("path", "sent", "told"),
    [
        ("datei", {"content": UNCHOSEN, "headers": FORM_HEADERS}, "wählen Sie eine"),
        ("datei", {"files": {"file": ("a.md", b"")}}, "nicht leer"),
        ("datei", {"files": {"file": ("a.pdf", b"%PDF-1.7 kaputt")}}, "Bitte"),
        ("text", {"data": {"text": "  "}}, "fügen Sie den Text"),
        ("text", {"data": {"text": "x" * 2_000_001}}, "zu lang"),
    ],
)
def test_what_cannot_be_reviewed_is_told_at_its_field(
    client: TestClient, path: str, sent: dict[str, Any], told: str
) -> None:
    page = client.post(f"/pruefung/{path}", **sent)
    assert page.status_code == 422 and told in words(page)
    field = "text" if path == "text" else "datei"
    assert f'id="{field}-fehler"' in page.text


def test_an_empty_result_says_what_was_reviewed(client: TestClient, parts: Parts) -> None:
    sections = read_hausregeln(parts.home, "lvs").abschnitte
    said = {"beschlussvorschlag": "Die Verwaltung baut den Betrieb aus."}
    text = "\n\n".join(
        f"# {one.titel}\n\n{said.get(one.schluessel, 'Dazu berichtet das Haus.')}"
        for one in sections
    )
    page = words(client.post("/pruefung/text", data={"text": text, "public": "false"}))
    assert "Kein Befund" in page and "Das heißt nicht, dass alles stimmt" in page
    assert "Was geprüft wird" in page and "Geprüft als nichtöffentlich." in page


def test_markup_of_a_draft_under_review_stays_text(client: TestClient) -> None:
    hostile = '<script>alert(1)</script> Der Antrag 15/999 <img src=x onerror="a()"> gilt.'
    page = client.post("/pruefung/datei", files={"file": ('"><b>.txt', hostile.encode())})
    assert page.status_code == 200
    assert "<script>alert" not in page.text and "<img src=x" not in page.text
    assert '"><b>' not in page.text
