"""The workbench over HTTP, by plain forms as without script: real store, no model."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from fastapi import Request
from fastapi.testclient import TestClient

from assistant.audit import AUDIT_FILE
from assistant.web import access
from assistant.web.application import make_app
from assistant.wiring import Parts
from index.types import Access
from tests.integration.draft_pages import BASE, BROWSER, ORDER, create, hidden, words
from tests.sample_records import antrag, make_parts

HTMX = {"HX-Request": "true"}


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


@pytest.fixture
def kept(client: TestClient) -> None:
    made = create(client)
    assert (made.status_code, made.headers["location"]) == (303, "/entwurf/raeder")


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
    part = client.get("/entwurf/raeder?fassung=1&beleg=1", headers=HTMX)
    assert part.status_code == 200 and "<html" not in part.text and "<mark>" in part.text
    assert client.get("/entwurf/raeder?beleg=999").status_code == 404
    assert client.get("/entwurf/raeder?fassung=2").status_code == 404


def test_a_paragraph_brings_its_form_only_when_asked(client: TestClient, kept: None) -> None:
    whole = client.get("/entwurf/raeder").text
    asked = re.findall(r'href="(\?fassung=1&amp;umarbeiten=[^"]+)"', whole)
    forms = whole.count('class="umarbeiten-form"')
    assert asked and forms <= 1 + whole.count('class="abschnitt"')
    path = "/entwurf/raeder" + unescape(asked[0])
    anchor = path.partition("#")[2]
    part = client.get(path, headers=HTMX)
    assert "<html" not in part.text and 'name="absatz" value="1"' in part.text
    assert 'value="kuerzer"' in part.text and "<details" in part.text
    plain = client.get(path).text
    assert plain.count('class="umarbeiten-form"') == forms + 1
    assert part.text.split("<form")[1] in plain[plain.index(f'id="{anchor}"') :]
    unknown = client.get("/entwurf/raeder?umarbeiten=abs-begruendung-99", headers=HTMX)
    assert unknown.status_code == 404


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
    parts = ("?beleg=1", "?umarbeiten=abs-begruendung-1")
    for path in ("", *parts, "/vergleich", "/befunde", "/ausgabe", "/loeschen"):
        headers = HTMX if path in parts else {}
        closed, none = (
            public.get(f"/entwurf/{name}{path}", headers=headers) for name in ("kauf", "keiner")
        )
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
