"""The command line as a user meets it: real store, fake models, every command."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant import cli, wiring
from assistant.audit import AUDIT_FILE
from assistant.measuring.figures import Ratio
from assistant.upkeep.kept_runs import kept_runs
from tests.running import ROOT, Said, cli_environment
from tests.sample_records import (
    ANTRAG,
    EXACT_QUESTION,
    GOOD_SENTENCE,
    OPEN_QUESTION,
    FakeEmbedder,
    FakeGenerator,
    antrag,
    filled_home,
)

Run = Callable[..., Said]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("AKTENKUNDIG_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(wiring, "_make_embedder", lambda settings, store: FakeEmbedder())
    monkeypatch.setattr(wiring, "_make_generator", lambda settings: FakeGenerator(GOOD_SENTENCE))
    return filled_home(tmp_path / "home")


@pytest.fixture
def run(home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    def run_main(*args: str | Path, stdin: str = "") -> Said:
        monkeypatch.setattr(sys, "argv", ["aktenkundig", *map(str, args)])
        monkeypatch.setattr(sys, "stdin", io.StringIO(stdin))
        with pytest.raises(SystemExit) as ended:
            cli.main()
        captured = capsys.readouterr()
        assert isinstance(ended.value.code, int)
        return Said(ended.value.code, captured.out, captured.err)

    return run_main


def test_ask_answers_from_the_header_with_exactly_the_promised_keys(run: Run) -> None:
    said = run("ask", EXACT_QUESTION, "--json")
    assert said.code == 0
    answer = said.json
    assert list(answer) == [
        "kind", "status", "text", "claims", "citations", "nearest", "notes", "table",
        "abstained_because", "timings_ms",
    ]  # fmt: skip
    assert answer["status"] == "answered"
    assert "beschlossen" in answer["text"]
    assert set(answer["claims"][0]) == {"text", "label", "citations", "problems"}
    for citation in answer["citations"]:
        assert set(citation) == {
            "n", "document_id", "source", "drucksachennummer", "fundstelle", "section", "page",
            "quote", "start", "end", "uncertain",
        }  # fmt: skip
        assert citation["uncertain"] is False
        assert citation["quote"] == ANTRAG[citation["start"] : citation["end"]]
        assert citation["page"] is None


def test_ask_answers_an_open_question_with_a_checked_sentence(run: Run) -> None:
    answer = run("ask", OPEN_QUESTION, "--json").json
    assert answer["status"] == "answered"
    assert "48.000 Euro" in answer["claims"][0]["text"]
    assert answer["claims"][0]["label"] == "belegt"
    assert {"retrieval", "first_claim", "total"} <= answer["timings_ms"].keys()


def test_ask_without_a_generator_quotes(run: Run) -> None:
    answer = run("ask", OPEN_QUESTION, "--json", "--no-generator").json
    assert answer["status"] == "answered"
    assert answer["timings_ms"].keys() == {"retrieval", "first_claim", "total"}
    assert "„" in answer["text"]


def test_ask_for_people_shows_answer_belege_and_stand(run: Run) -> None:
    out = run("ask", OPEN_QUESTION).out
    assert out.startswith("Kurzantwort\n")
    assert "[1] Antrag Nr. 15/12 vom 14.03.2023, Begründung" in out
    assert "| Der Betrieb der Leihräder kostet 48.000 Euro im Jahr." in out
    assert "Stand: Indexgeneration" in out
    assert "KI-Hinweis" in out


def test_a_list_is_written_as_csv_once(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "liste.csv"
    said = run("ask", "Alle Anträge der SPD", "--export", path)
    assert said.code == 0
    assert "Erfasst: 1." in said.out
    header, row = path.read_text(encoding="utf-8-sig").splitlines()
    assert header.startswith("Art;Nummer;Datum;Antragsteller;Gegenstand")
    assert row.startswith("Antrag;15/12;2023-03-14;CDU, SPD;")
    again = run("ask", "Alle Anträge der SPD", "--export", path)
    assert again.code != 0
    assert path.read_text(encoding="utf-8-sig").splitlines() == [header, row]


def test_the_vote_is_a_filter_of_lists_and_of_their_export(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "liste.csv"
    question = "Welche Anträge wurden einstimmig beschlossen?"
    said = run("ask", question, "--export", path)
    assert said.code == 0
    assert "Erfasst: 0." in said.out and "Abstimmung einstimmig" in said.out
    header, row = (line.split(";") for line in path.read_text("utf-8-sig").splitlines())
    cells = dict(zip(header, row, strict=True))
    assert (cells["Nummer"], cells["Abstimmung"]) == ("15/12", "")
    assert cells["Nicht mitgezählt, weil"] == "Stimmverhalten nicht erfasst"


def test_an_answer_is_given_again_from_its_protokoll(run: Run, tmp_path: Path) -> None:
    kept = tmp_path / "protokoll.json"
    asked = run("ask", "--protokoll", kept, "--json", OPEN_QUESTION)
    assert asked.code == 0
    again = run("replay", kept, "--json")
    assert again.code == 0
    assert {k: again.json[k] for k in ("same", "differences", "causes", "lost")} == {
        "same": True,
        "differences": [],
        "causes": [],
        "lost": [],
    }
    assert again.json["answer"]["claims"] == asked.json["claims"] != []
    assert run("replay", kept).out == "Dieselbe Antwort, Byte für Byte.\n"
    refused = run("ask", "--protokoll", kept, OPEN_QUESTION)
    assert (refused.code, "gibt es schon" in refused.err) == (2, True)


def test_a_protokoll_whose_paper_was_deleted_says_what_is_lost(run: Run, tmp_path: Path) -> None:
    kept = tmp_path / "protokoll.json"
    answer = run("ask", "--protokoll", kept, "--json", EXACT_QUESTION).json
    (paper,) = {c["document_id"] for c in answer["citations"]}
    assert run("delete", paper, "--ja").code == 0
    again = run("replay", kept, "--json")
    assert again.code == 1
    assert again.json["same"] is False
    assert again.json["lost"] == [c["fundstelle"] for c in answer["citations"]]
    assert "die Sätze" in again.json["differences"]
    (cause,) = again.json["causes"]
    assert cause.startswith("Indexstand: damals ")
    said = run("replay", kept).out.splitlines()
    assert said[0].startswith("Die Antwort ist eine andere; anders: ")
    assert said[2] == f"Der Beleg steht dort nicht mehr: {answer['citations'][0]['fundstelle']}."


@pytest.mark.parametrize("content", [b"", b"{}", b"[1]", b"\xff\xfe"])
def test_what_is_no_protokoll_is_refused_in_one_sentence(
    run: Run, tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "datei.json"
    path.write_bytes(content)
    said = run("replay", path)
    assert (said.code, said.out) == (2, "")
    assert said.err == f"Fehler: »{path}« ist kein Protokoll von »ask --protokoll«.\n"


def test_what_is_no_list_is_not_written(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "liste.csv"
    assert run("ask", EXACT_QUESTION, "--export", path).code != 0
    assert not path.exists()


def test_what_is_missing_stands_beside_the_answer(run: Run) -> None:
    said = run("ask", "Antrag 15/12")
    assert "Hinweis: Niederschrift liegt nicht vor: Kulturausschuss am 20.04.2023." in said.out
    notes = run("ask", "Antrag 15/12", "--json").json["notes"]
    assert "Niederschrift liegt nicht vor: Landschaftsversammlung am 25.05.2023." in notes


def test_an_unanswerable_question_abstains_and_shows_the_nearest_places(run: Run) -> None:
    answer = run("ask", "Wer stimmte gegen die Leihräder?", "--json").json
    assert answer["status"] == "abstained"
    assert answer["citations"] == [] and answer["claims"] == []
    assert answer["nearest"] and answer["abstained_because"]


def test_search_gives_ranked_hits_with_the_promised_keys(run: Run) -> None:
    found = run("search", "Leihräder kostet", "-k", "2", "--json").json
    assert list(found) == ["hits", "timings_ms"]
    assert [hit["rank"] for hit in found["hits"]] == [1, 2]
    assert {
        "rank", "document_id", "source", "drucksachennummer", "title", "section", "page", "text",
    } <= found["hits"][0].keys()  # fmt: skip


def test_another_mandant_is_another_world(run: Run) -> None:
    found = run("search", "Lastenräder", "--mandant", "lvn", "--json").json
    assert {hit["document_id"] for hit in found["hits"]} == {
        antrag("lvn", ANTRAG.replace("Leihräder", "Lastenräder")).id
    }
    assert all(
        "Lastenräder" not in hit["text"]
        for hit in run("search", "Lastenräder", "--json").json["hits"]
    )


@pytest.mark.parametrize("command", ["ask", "search"])
def test_a_batch_answers_line_by_line_and_survives_a_broken_line(
    run: Run, tmp_path: Path, command: str
) -> None:
    batch = tmp_path / "fragen.jsonl"
    batch.write_text(
        json.dumps({"id": "a", "text": EXACT_QUESTION})
        + '\n{"id": "b"\n\n{"id": "c", "text": ""}\n'
        + json.dumps({"id": 4, "text": OPEN_QUESTION})
        + "\n",
        encoding="utf-8",
    )
    said = run(command, "--batch", batch)
    lines = [json.loads(line) for line in said.out.splitlines()]
    assert said.code == 0
    assert [line["id"] for line in lines] == ["a", None, "c", 4]
    assert ["error" in line for line in lines] == [False, True, True, False]
    assert "Zeile 2" in lines[1]["error"]
    assert "leer" in lines[2]["error"]


def test_show_lists_every_paper_under_a_number_and_its_mentions(run: Run) -> None:
    shown = run("show", "15/12", "--json").json
    assert shown["found"] is True
    assert {paper["art"] for paper in shown["papers"]} == {"Antrag", "Vorlage"}
    by_art = {paper["art"]: paper for paper in shown["papers"]}
    assert by_art["Antrag"]["ergebnis"] == "Entsprechend Beschlussvorschlag beschlossen."
    assert by_art["Vorlage"]["ergebnis"] == "nicht erfasst"
    assert by_art["Antrag"]["beratungsfolge"][1]["gremium"] == "Landschaftsversammlung"
    assert [mention["source"] for mention in shown["mentions"]] == ["akten/anfrage.txt"]
    out = run("show", "Antrag Nr. 15/12").out
    assert "mehrere Papiere verschiedener Art" in out
    assert "20.04.2023 · Kulturausschuss · empfehlender Beschluss" in out
    assert "Stand der Leihräder" in out


def test_show_of_an_unknown_number_offers_near_ones(run: Run) -> None:
    shown = run("show", "15/22", "--json").json
    assert (shown["found"], shown["papers"]) == (False, [])
    assert "15/21" in shown["near"]
    assert "Ähnliche Nummern" in run("show", "15/22").out


def test_documents_and_status_count_the_same(run: Run) -> None:
    documents = run("documents", "--json").json["documents"]
    status = run("status", "--json").json
    assert len(documents) == status["documents"] == 3
    assert sum(entry["passages"] for entry in documents) == status["passages"]
    assert "3 Dokumente." in run("documents").out


def test_verify_is_clean_and_ends_with_one_when_the_record_was_edited(run: Run, home: Path) -> None:
    assert run("verify", "--json").json == {
        "ok": True,
        "differences": [],
        "unfinished": [],
    }
    run("ask", EXACT_QUESTION)
    record = home / AUDIT_FILE
    record.write_text(record.read_text().replace("betreiber", "niemand"))
    said = run("verify", "--json")
    assert said.code == 1
    assert said.json["ok"] is False
    assert "nachträglich geändert" in said.json["differences"][0]


def test_delete_asks_first_and_then_deletes(run: Run) -> None:
    start = antrag().id[:12]
    kept = run("delete", start, stdin="n\n")
    assert "Nichts gelöscht" in kept.out
    assert "Leihräder für Museumsgäste" in kept.err
    assert run("status", "--json").json["documents"] == 3
    deleted = run("delete", start, "--ja", "--json").json
    (certificate,) = deleted.pop("nachweise")
    assert deleted == {
        "deleted": True,
        "document_id": antrag().id,
        "source": "akten/antrag.txt",
        "entwuerfe": [],
    }
    assert certificate["complete"] and certificate["removed"]["textstellen"] > 0
    assert "Leihräder" not in json.dumps(certificate, ensure_ascii=False)
    listed = run("deletions")
    assert certificate["nachweis"] in listed.out and "1 Löschung." in listed.out
    assert run("status", "--json").json["documents"] == 2
    assert run("verify").code == 0
    assert run("delete", start, "--ja").code == 52


def test_the_record_holds_every_act_and_no_word_of_a_question(run: Run, home: Path) -> None:
    run("ask", EXACT_QUESTION)
    run("search", "Leihräder")
    run("delete", antrag().id, "--ja")
    text = (home / AUDIT_FILE).read_text()
    actions = [json.loads(line)["action"] for line in text.splitlines()]
    assert actions == ["frage", "suche", "loeschen"]
    assert "Leihräder" not in text and "beschlossen" not in text


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("frag", "x"), "Den Befehl »frag« gibt es nicht"),
        (("ask",), "entweder einen Text oder --batch"),
        (("ask", "x", "--jsn"), "Die Option »--jsn« gibt es nicht. Meinten Sie --json?"),
        (("ask", "  "), "Die Frage ist leer"),
        (("ask", "x" * 2001), "zu lang"),
        (("search", "x", "-k", "0"), "von 1 bis 100"),
        (("show", "Haushalt"), "keine Drucksachennummer"),
        (("show",), "Es fehlt die Angabe »NUMMER«"),
        (("documents", "zu", "viel"), "Zu viele Angaben"),
        (("ask", "--batch", "fehlt.jsonl"), "lässt sich nicht öffnen"),
        (("ask", "x", "--mandant", "../lvn"), "kein Kurzname eines Mandanten"),
        (("delete", "abc"), "zu kurz"),
        (("serve", "--port", "x"), "Wert für »--port« ist ungültig"),
    ],
)
def test_a_wrong_call_is_one_german_sentence_and_exit_code_two(
    run: Run, args: tuple[str, ...], words: str
) -> None:
    said = run(*args)
    assert said.code == 2
    assert said.out == ""
    assert said.err.startswith("Fehler: ") and words in said.err
    assert said.err.count("\n") == 1


def test_with_json_an_error_is_one_object_too(run: Run) -> None:
    said = run("show", "Haushalt", "--json")
    assert said.code == 2
    assert said.json["code"] == "input_invalid"
    assert "keine Drucksachennummer" in said.json["error"]


def test_a_foreign_address_is_refused(run: Run) -> None:
    said = run("serve", "--host", "0.0.0.0")
    assert said.code == 53
    assert "nur auf diesem Rechner" in said.err


@pytest.mark.parametrize(
    "command",
    ["", "ingest", "search", "ask", "replay", "show", "documents", "status", "why", "verify", "delete", "serve",
     "depublish", "republish", "deletions", "backup", "restore", "draft", "review",
     "models", "models fetch", "models verify", "models list", "models add"],
)  # fmt: skip
def test_every_help_page_is_german_throughout(run: Run, command: str) -> None:
    said = run(*command.split(), "--help")
    assert said.code == 0
    assert said.out.startswith("Aufruf: aktenkundig")
    for english in ("Usage", "Options", "Commands", "Show this", "default", "required", "[OPTIONS"):
        assert english not in said.out


def test_missing_weights_name_the_command_that_brings_them(home: Path, tmp_path: Path) -> None:
    environment = cli_environment(home, tmp_path / "leer")
    done = subprocess.run(
        [sys.executable, "-m", "assistant.cli", "search", "Leihräder"],
        cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 63
    assert "aktenkundig models fetch" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_exact_answer_imports_no_model(home: Path, tmp_path: Path) -> None:
    program = (
        "import sys\nfrom assistant import cli\n"
        f"sys.argv = ['aktenkundig', 'ask', {EXACT_QUESTION!r}, '--json']\n"
        "try:\n    cli.main()\nexcept SystemExit as end:\n    assert end.code == 0\n"
        "heavy = {'torch', 'sentence_transformers', 'transformers', 'llama_cpp'}\n"
        "heavy &= set(sys.modules)\n"
        "assert not heavy, heavy\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT, env=cli_environment(home, tmp_path), capture_output=True, text=True,
        timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["status"] == "answered"


def test_own_weights_are_taken_in_listed_and_verified(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AKTENKUNDIG_WEIGHTS", str(tmp_path / "gewichte"))
    weights = tmp_path / "klein.gguf"
    weights.write_bytes(b"GGUF" + bytes(64))
    added = run("models", "add", weights, "--name", "klein", "--licence", "MIT", "--json").json
    assert (added["name"], added["kind"]) == ("klein", "generator")
    listed = {row["name"]: row for row in run("models", "list", "--json").json["models"]}
    assert listed["klein"]["present"] is True
    assert listed["multilingual-e5-small"]["present"] is False
    assert run("models", "verify", "klein", "--json").json == {"ok": True, "problems": {}}
    (tmp_path / "gewichte" / "klein" / "klein.gguf").write_bytes(b"GGUF" + b"x" * 64)
    damaged = run("models", "verify", "klein", "--json")
    assert (damaged.code, damaged.json["ok"]) == (1, False)
    missing = run("models", "verify")
    assert missing.code == 1
    assert "aktenkundig models fetch" in missing.out


def test_ingest_takes_what_exists_and_reports_what_does_not(run: Run, tmp_path: Path) -> None:
    paper = tmp_path / "antrag.txt"
    paper.write_text(ANTRAG.replace("15/12", "15/99"), encoding="utf-8")
    empty = tmp_path / "leer.txt"
    empty.touch()
    said = run("ingest", paper, empty, tmp_path / "fehlt.pdf", "--json")
    assert said.code == 2
    report = said.json
    assert list(report) == [
        "indexed", "unchanged", "replaced", "opened", "partial", "quarantined", "passages",
        "seconds",
    ]  # fmt: skip
    assert (report["indexed"], report["unchanged"], report["replaced"]) == (1, 0, 0)
    assert report["passages"] > 0
    assert {(Path(entry["path"]).name, entry["code"]) for entry in report["quarantined"]} == {
        ("leer.txt", "empty"),
        ("fehlt.pdf", "not_found"),
    }
    again = run("ingest", paper, empty, "--json")
    assert again.code == 0
    assert (again.json["unchanged"], len(again.json["quarantined"])) == (1, 1)
    assert run("show", "15/99", "--json").json["papers"][0]["source"] == str(paper)
    assert "Neu: 0 · ersetzt: 0 · unverändert: 1" in run("ingest", paper).out


def test_evaluate_asks_the_sets_and_writes_report_and_run(
    run: Run, home: Path, tmp_path: Path
) -> None:
    sets = tmp_path / "fragen"
    sets.mkdir()
    lines = [
        {"id": "x1", "text": EXACT_QUESTION, "kind": "status", "answerable": True,
         "expected_facts": ["beschlossen"]},
        {"id": "u1", "text": "Wurde der Antrag 15/99 beschlossen?", "kind": "status",
         "answerable": False},
    ]  # fmt: skip
    (sets / "kurz.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    page, lauf = tmp_path / "bericht.html", tmp_path / "lauf.json"
    said = run("evaluate", sets, "--no-generator", "--report", page, "--lauf", lauf, "--json")
    assert said.code == 0
    figures = said.json["sets"]["kurz"]["figures"]
    assert figures["Enthaltung bei Unbeantwortbarem"] == {"count": 1, "of": 1}
    assert figures["Erwartete Angaben in Antwort oder Beleg"] == {"count": 1, "of": 1}
    assert "Fragensatz „kurz“ (2 Fragen)" in page.read_text(encoding="utf-8")
    again = run("evaluate", sets, "--no-generator", "--report", page, "--vergleich", lauf)
    assert again.code == 0 and "kurz (2 Fragen)" in again.out
    assert "innerhalb der Streuung" in page.read_text(encoding="utf-8")
    kept = run("evaluate", sets, "--no-generator", "--ablegen")
    assert kept.code == 0
    (one,), _ = kept_runs(home, "lvs")
    assert one.figures["kurz"]["Enthaltung bei Unbeantwortbarem"] == Ratio(1, 1)


def test_evaluate_without_a_question_says_so(run: Run, tmp_path: Path) -> None:
    said = run("evaluate", tmp_path, "--no-generator")
    assert said.code == 2
    assert "kein Fragensatz" in said.err
