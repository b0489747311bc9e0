"""The life of a document, from its file to its erasure, with the real store."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import apsw
import numpy as np
import pytest

from assistant.errors import BackupUnusable, InputInvalid
from assistant.stock.bestand import survey
from assistant.stock.warum import explain
from assistant.upkeep.backup import MANIFEST, back_up, restore
from index.deletions import DELETIONS_FILE, DeletionFile
from index.errors import Erased, StoreBusy
from index.life import Zustand, digest
from index.sqlite_store import DATABASE, SqliteStore
from index.types import Access, Drucksachennummer, Schutzstufe
from ingest.pipeline import ingest_paths
from ingest.report import IngestReport
from tests.hash_embedder import HashEmbedder
from tests.integration.test_ingest_pipeline import antrag
from tests.integration.test_store_contract import N148, mixed, paper, picture, vector

OPERATOR = Access.operator("lvs")
PUBLIC = Access(frozenset({"lvs"}))
DIMENSION = 16
LONG = " ".join(f"Satz {n} handelt von Bäumen an Straße {n}." for n in range(12))


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def store(home: Path) -> Iterator[SqliteStore]:
    opened = SqliteStore(home)
    opened.bind_embedder("embedder", DIMENSION)
    yield opened
    opened.close()
    sound(home)


def sound(home: Path) -> None:
    again = SqliteStore(home)
    assert again.verify() == []
    again.close()


@pytest.fixture
def fed(home: Path) -> Iterator[SqliteStore]:
    """A store that files are ingested into."""
    opened = SqliteStore(home)
    yield opened
    opened.close()
    sound(home)


@pytest.fixture
def akten(tmp_path: Path) -> Path:
    folder = tmp_path / "akten"
    folder.mkdir()
    return folder


def ingest(store: SqliteStore, *paths: Path) -> IngestReport:
    return ingest_paths(paths, store=store, embedder=HashEmbedder(), mandant="lvs")


# ---------------------------------------------------------------------- depublication


def test_a_depublished_document_is_hidden_from_everybody_and_listed_for_the_admin(
    store: SqliteStore,
) -> None:
    kept, hidden = paper("Haushalt Kita", source="a"), mixed()
    store.add([kept])
    without = {access: picture(store, access)[1:] for access in (PUBLIC, OPERATOR)}
    store.add([hidden])
    assert store.depublish(OPERATOR, hidden.document.id, reason="Schwärzung fehlt", who="amt")
    for access in (PUBLIC, OPERATOR):
        assert picture(store, access)[1:] == without[access]
        assert store.document(access, hidden.document.id) is None
        assert store.status(access).passages == 1
    (entry,) = store.depublished(OPERATOR)
    assert (entry.entry.id, entry.reason, entry.who) == (
        hidden.document.id,
        "Schwärzung fehlt",
        "amt",
    )
    assert entry.at[:4].isdecimal()
    assert store.depublished(PUBLIC) == []
    assert not store.depublish(OPERATOR, hidden.document.id, reason="noch einmal", who="amt")


def test_a_republished_document_is_as_it_was(store: SqliteStore) -> None:
    new = mixed()
    store.add([paper("Haushalt Kita", source="a"), new])
    # FAISS holds the rows already, so that a moved row must be found again.
    assert store.vector_search(OPERATOR, vector("x"), 5)
    before = {access: picture(store, access)[1:] for access in (PUBLIC, OPERATOR)}
    (ingested,) = [d.ingested_at for d in store.documents(OPERATOR) if d.id == new.document.id]
    store.depublish(OPERATOR, new.document.id, reason="Prüfung", who="amt")
    assert store.republish(OPERATOR, new.document.id)
    assert not store.republish(OPERATOR, new.document.id)
    for access in (PUBLIC, OPERATOR):
        assert picture(store, access)[1:] == before[access]
    assert ingested in [d.ingested_at for d in store.documents(OPERATOR)]
    assert store.depublished(OPERATOR) == []


def test_depublishing_does_not_put_the_earlier_version_in_force(store: SqliteStore) -> None:
    old = paper("Radweg alt", number=N148)
    new = paper("Radweg neu", number=N148, supersedes=old.document.id)
    store.add([old, new])
    store.depublish(OPERATOR, new.document.id, reason="Prüfung", who="amt")
    assert store.keyword_search(PUBLIC, "Radweg", 5) == []
    assert [entry.superseded_by for entry in store.documents(PUBLIC)] == [new.document.id]


def test_a_file_overwritten_with_a_closed_one_takes_its_earlier_words_out_of_sight(
    fed: SqliteStore, akten: Path
) -> None:
    path = akten / "a.txt"
    path.write_text(antrag("15/1", LONG))
    (akten / "b.txt").write_text(antrag("15/2", LONG))
    ingest(fed, akten)
    first = next(d.id for d in fed.documents(PUBLIC) if d.source == str(path))
    path.write_text(antrag("15/1", LONG).replace("öffentlich", "nichtöffentlich", 1))
    report = ingest(fed, akten)
    assert (report.indexed, report.replaced, report.unchanged) == (0, 1, 1)
    assert [d.source for d in fed.documents(PUBLIC)] == [str(akten / "b.txt")]
    assert fed.document(PUBLIC, first) is None
    (hidden,) = fed.depublished(OPERATOR)
    assert (hidden.entry.id, hidden.who) == (first, "Einlesen")
    assert hidden.reason == (
        "Die Datei wurde durch eine nichtöffentliche Fassung ersetzt. Wenn die frühere weiter "
        "gezeigt werden darf: »aktenkundig republish«."
    )
    # An open state of the file stands for itself; what was withdrawn stays so.
    path.write_text(antrag("15/1", LONG + " Neu gefasst."))
    ingest(fed, akten)
    assert sorted(d.source for d in fed.documents(PUBLIC)) == [
        str(akten / "a.txt"),
        str(akten / "b.txt"),
    ]
    assert fed.document(PUBLIC, first) is None


def test_a_closed_paper_elsewhere_leaves_the_open_one_of_its_number_in_sight(
    fed: SqliteStore, akten: Path
) -> None:
    (akten / "a.txt").write_text(antrag("15/1", LONG))
    ingest(fed, akten)
    closed = antrag("15/1", LONG + " Mit Namen.").replace("öffentlich", "nichtöffentlich", 1)
    (akten / "b.txt").write_text(closed)
    ingest(fed, akten)
    assert [d.source for d in fed.documents(PUBLIC)] == [str(akten / "a.txt")]
    assert fed.depublished(OPERATOR) == []


def test_ingesting_a_depublished_file_again_does_not_publish_it(
    fed: SqliteStore, akten: Path
) -> None:
    (akten / "a.txt").write_text(antrag("15/1", LONG))
    ingest(fed, akten)
    (document,) = fed.documents(OPERATOR)
    fed.depublish(OPERATOR, document.id, reason="Prüfung", who="amt")
    (akten / "b.txt").write_text(antrag("15/1", LONG).replace("\n", "\r\n"))
    report = ingest(fed, akten)
    assert (report.indexed, report.replaced, report.unchanged) == (0, 0, 2)
    assert fed.documents(OPERATOR) == []
    assert [d.entry.id for d in fed.depublished(OPERATOR)] == [document.id]


def test_a_depublished_document_that_is_read_anew_stays_hidden(store: SqliteStore) -> None:
    new = paper("Radweg")
    store.add([new])
    store.depublish(OPERATOR, new.document.id, reason="Prüfung", who="amt")
    store.add([new])
    assert store.keyword_search(OPERATOR, "Radweg", 5) == []
    assert store.republish(OPERATOR, new.document.id)
    assert len(store.keyword_search(OPERATOR, "Radweg", 5)) == 1


# ------------------------------------------------------------------------ duplicates


def test_equal_bytes_and_equal_text_are_one_document_with_three_sources(
    fed: SqliteStore, akten: Path
) -> None:
    text = antrag("15/1", LONG)
    (akten / "a.txt").write_text(text)
    (akten / "b.txt").write_text(text)
    (akten / "c.txt").write_text(text.replace("\n", "\r\n").replace("Bäume", "BÄUME"))
    report = ingest(fed, akten)
    assert (report.indexed, report.unchanged, report.duplicates) == (1, 2, 2)
    (document,) = fed.documents(OPERATOR)
    assert [Path(s.source).name for s in fed.sources(OPERATOR, document.id)] == ["b.txt", "c.txt"]
    again = ingest(fed, akten)
    assert (again.indexed, again.unchanged, again.duplicates) == (0, 3, 0)


def test_deleting_one_source_keeps_the_other(fed: SqliteStore, akten: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (akten / name).write_text(antrag("15/1", LONG))
    ingest(fed, akten)
    assert [Path(held.source).name for held in fed.documents(OPERATOR)] == ["a.txt"]
    assert fed.withdraw(OPERATOR, str(akten / "a.txt"), who="amt", reason="doppelt")
    (document,) = fed.documents(OPERATOR)
    assert Path(document.source).name == "b.txt"
    assert fed.sources(OPERATOR) == [] and fed.deletions(OPERATOR) == []
    assert fed.withdraw(OPERATOR, str(akten / "b.txt"), who="amt", reason="weg")
    assert fed.documents(OPERATOR) == [] and len(fed.deletions(OPERATOR)) == 1
    assert not fed.withdraw(OPERATOR, str(akten / "b.txt"), who="amt", reason="weg")


def test_equal_words_of_another_number_or_visibility_are_no_duplicate(
    fed: SqliteStore, akten: Path
) -> None:
    (akten / "a.txt").write_text(antrag("15/1", LONG))
    (akten / "b.txt").write_text(antrag("15/2", LONG))
    (akten / "c.txt").write_text(antrag("15/3", LONG))
    (akten / "d.txt").write_text(antrag("15/3", LONG).replace("öffentlich", "nichtöffentlich"))
    report = ingest(fed, akten)
    assert (report.indexed, report.replaced, report.unchanged) == (3, 1, 0)


# -------------------------------------------------------------------------- versions


def test_an_antrag_and_the_enclosure_that_bears_its_number_are_both_valid(
    fed: SqliteStore, akten: Path
) -> None:
    (akten / "antrag-15-1.txt").write_text(antrag("15/1", LONG))
    cost = " ".join(f"Posten {n}: Gehölze und Pflanzpfähle für Bauabschnitt {n}." for n in range(9))
    (akten / "antrag-15-1-kosten.txt").write_text(
        f"Antrag Nr. 15/1\n\nöffentlich\n\nKostenaufstellung\n\n{cost}\n"
    )
    report = ingest(fed, akten)
    assert (report.indexed, report.replaced) == (2, 0)
    changed = antrag("15/1", LONG.replace("Straße", "Allee"))
    (akten / "antrag-15-1-neu.txt").write_text(changed)
    assert ingest(fed, akten).replaced == 1
    valid = {Path(d.source).name for d in fed.documents(OPERATOR, current_only=True)}
    assert valid == {"antrag-15-1-kosten.txt", "antrag-15-1-neu.txt"}


# --------------------------------------------------------------------------- erasure


def files(home: Path) -> dict[str, bytes]:
    return {str(p.relative_to(home)): p.read_bytes() for p in home.rglob("*") if p.is_file()}


def test_of_a_thousand_documents_one_is_erased_to_the_last_byte(tmp_path: Path) -> None:
    home, akten = tmp_path / "home", tmp_path / "akten"
    akten.mkdir()
    canaries = ["Zwölfkanarienvogel", "Quarzuhrflötenspieler", "geheimnisknospe"]
    for number in range(1, 1001):
        body = f"Der Vermerk {number} betrifft den Weg {number} und seine Bäume."
        (akten / f"vermerk-{number:04}.txt").write_text(body)
    gone_name = akten / f"{canaries[2]}.txt"
    gone_name.write_text(f"{canaries[0]} heißt, wer hier wohnt.\n\n{canaries[1]} sein Nachbar.")
    store = SqliteStore(home)
    ingest(store, akten)
    (gone,) = [d for d in store.documents(OPERATOR) if d.source == str(gone_name)]
    held = store.vectors(OPERATOR, [f"{gone.id}:0"])
    vector_bytes = np.asarray(held[f"{gone.id}:0"], "<f2").tobytes()
    assert store.keyword_search(OPERATOR, canaries[0], 1)
    store.vector_search(OPERATOR, held[f"{gone.id}:0"], 3)
    store.save_vectors()
    (home / "vorschau").mkdir()
    (home / "vorschau" / f"{gone.id}-1.png").write_bytes(canaries[0].encode())
    (home / "vorschau" / f"{'0' * 64}-1.png").write_bytes(b"x")
    # A path in quarantine names it too.
    traces = [word.lower().encode() for word in canaries]
    traces += [word.encode() for word in canaries]
    traces += [b"kanarienvogel", b"quarzuhr", vector_bytes, gone.id.encode()]

    def found() -> set[str]:
        return {
            f"{trace[:20]!r} in {name}"
            for name, data in files(home).items()
            for trace in traces
            if trace in data or trace in data.lower()
        }

    assert found() != set()

    def neighbours() -> list[tuple[object, ...]]:
        connection = apsw.Connection(str(home / DATABASE), flags=apsw.SQLITE_OPEN_READONLY)
        rows = list(
            connection.execute(
                "SELECT d.*, p.*, v.* FROM documents d JOIN passages p ON p.document = d.row JOIN "
                "vectors v ON v.passage = p.row WHERE d.id <> ? ORDER BY p.row",
                (gone.id,),
            )
        )
        connection.close()
        return rows

    before = neighbours()
    deletion = store.delete(OPERATOR, gone.id, who="betreiber", reason="Löschfrist")
    assert deletion is not None
    assert found() == set()
    assert neighbours() == before and len(before) == 1000
    assert (home / "vorschau" / f"{'0' * 64}-1.png").is_file()
    store.close()
    assert found() == set()
    again = SqliteStore(home)
    assert again.verify() == []
    assert len(again.vector_search(OPERATOR, held[f"{gone.id}:0"], 2000)) == 1000
    assert again.keyword_search(OPERATOR, canaries[0], 5) == []
    again.close()
    assert found() == set()


def test_the_certificate_says_what_went_and_no_word_of_it(store: SqliteStore, home: Path) -> None:
    new = paper("Radweg am Sonnenhang siehe 14/77", number=N148, mentions=["14/77"])
    store.add([new, paper("Ufer")])
    deletion = store.delete(OPERATOR, new.document.id, who="betreiber", reason="Frist")
    assert deletion is not None
    assert deletion.digests == (digest("lvs", new.document.id),)
    assert dict(deletion.removed) == {
        "textstellen": 1,
        "stichwortzeilen": 1,
        "vektoren": 1,
        "nummern": 1,
        "erwaehnungen": 1,
        "quellen": 1,
        "vormerkungen": 0,
    }
    (listed,) = store.deletions(OPERATOR)
    assert listed == replace(deletion, done=True)
    assert store.deletions(PUBLIC) == []
    lines = (home / DELETIONS_FILE).read_text("utf-8")
    for word in ("Radweg", "Sonnenhang", "15/148", "14/77", new.document.id, "akten/"):
        assert word not in lines
    assert [json.loads(line)["art"] for line in lines.splitlines()] == ["loeschung", "vollzug"]


def test_an_erased_file_stays_out_until_its_deletion_is_lifted(
    fed: SqliteStore, akten: Path
) -> None:
    (akten / "a.txt").write_text(antrag("15/1", LONG))
    ingest(fed, akten)
    (document,) = fed.documents(OPERATOR)
    deletion = fed.delete(OPERATOR, document.id, who="amt", reason="")
    assert deletion is not None
    assert [q.code for q in ingest(fed, akten).quarantined] == ["erased"]
    # The same words in other bytes stay out as well.
    (akten / "a.txt").write_text(antrag("15/1", LONG).replace("\n", "\r\n"))
    assert [q.code for q in ingest(fed, akten).quarantined] == ["erased"]
    assert fed.lift(OPERATOR, deletion.id, who="amt")
    assert ingest(fed, akten).indexed == 1
    assert not fed.lift(OPERATOR, "gibt es nicht", who="amt")


def test_an_older_database_put_back_by_hand_is_cleaned_when_it_is_opened(
    store: SqliteStore, home: Path
) -> None:
    gone = paper("Radweg am Sonnenhang")
    store.add([gone, paper("Ufer")])
    older = home.parent / "alt.db"
    store.copy_to(older)
    store.delete(OPERATOR, gone.document.id, who="amt", reason="")
    store.close()
    shutil.copyfile(older, home / DATABASE)
    again = SqliteStore(home)
    assert [d.title for d in again.documents(OPERATOR)] == ["Antrag ohne Nummer"]
    assert again.keyword_search(OPERATOR, "Sonnenhang", 3) == []
    with pytest.raises(Erased):
        again.add([gone])
    assert again.verify() == []
    again.close()
    assert b"Sonnenhang" not in b"".join(files(home).values())


def test_a_list_of_deletions_that_was_changed_is_named(store: SqliteStore, home: Path) -> None:
    for words in ("Radweg", "Ufer", "Kita"):
        new = paper(words)
        store.add([new])
        store.delete(OPERATOR, new.document.id, who="amt", reason="Frist")
    path = home / DELETIONS_FILE
    whole = path.read_bytes()
    path.write_bytes(whole.replace(b"Frist", b"Laune", 1))
    assert "Löschliste, Zeile 1: nachträglich geändert" in store.verify()[0]
    lines = whole.splitlines(keepends=True)
    path.write_bytes(b"".join([*lines[:1], *lines[2:]]))
    assert "Löschliste, Zeile 2: schließt nicht" in store.verify()[0]
    path.write_bytes(whole)


def test_a_lost_list_is_written_again_from_the_database(store: SqliteStore, home: Path) -> None:
    new = paper("Radweg")
    store.add([new])
    deletion = store.delete(OPERATOR, new.document.id, who="amt", reason="Frist")
    store.close()
    (home / DELETIONS_FILE).unlink()
    SqliteStore(home).close()
    assert deletion is not None
    assert DeletionFile(home).read() == {deletion.id: replace(deletion, done=True)}


# ---------------------------------------------------------------------------- backup


def test_a_restored_backup_lacks_what_was_erased_since(
    store: SqliteStore, home: Path, tmp_path: Path
) -> None:
    gone, stays = paper("Radweg am Sonnenhang"), paper("Ufer")
    store.add([gone, stays])
    backup = back_up(store, home, tmp_path / "sicherung")
    assert set(backup.files) == {DATABASE}
    store.delete(OPERATOR, gone.document.id, who="amt", reason="Frist")
    store.add([paper("Später")])
    with pytest.raises(StoreBusy, match="serve"):
        restore(tmp_path / "sicherung", home)
    store.close()
    done = restore(tmp_path / "sicherung", home)
    assert (done.documents, done.erased_again) == (1, 1)
    assert b"Sonnenhang" not in b"".join(files(home).values())
    again = SqliteStore(home)
    assert [d.id for d in again.documents(OPERATOR)] == [stays.document.id]
    hits = again.vector_search(OPERATOR, vector("Ufer"), 5)
    assert [hit.passage.text for hit in hits] == ["Ufer"]
    assert again.verify() == []
    again.close()


def test_a_backup_restores_an_empty_house_with_the_list_kept_elsewhere(
    store: SqliteStore, home: Path, tmp_path: Path
) -> None:
    gone, stays = paper("Radweg", "Kita"), mixed()
    store.add([gone, stays])
    before = picture(store, OPERATOR)[2:]
    back_up(store, home, tmp_path / "sicherung")
    restore(tmp_path / "sicherung", tmp_path / "neu")
    same = SqliteStore(tmp_path / "neu")
    assert picture(same, OPERATOR)[2:] == before
    same.close()
    store.delete(OPERATOR, gone.document.id, who="amt", reason="Frist")
    kept = tmp_path / "liste.jsonl"
    shutil.copyfile(home / DELETIONS_FILE, kept)
    done = restore(tmp_path / "sicherung", tmp_path / "neu", kept)
    assert (done.documents, done.erased_again) == (1, 1)


def test_a_backup_holds_the_rules_and_templates_of_the_mandanten(
    store: SqliteStore, home: Path, tmp_path: Path
) -> None:
    names = (
        "hausregeln-lvs.toml",
        "stilwoerter-lvs.toml",
        "vorlage-lvs.docx",
        "barrierefreiheit-lvs.txt",
        "datenschutz-lvs.txt",
        "kontakt-lvs.toml",
    )
    for name in names:
        (home / name).write_bytes(name.encode())
    assert set(back_up(store, home, tmp_path / "sicherung").files) == {DATABASE, *names}
    new = tmp_path / "neu"
    new.mkdir()
    (new / names[0]).write_bytes(b"jung")
    restore(tmp_path / "sicherung", new)
    assert [(new / name).read_bytes() for name in names] == [
        b"jung",
        *(n.encode() for n in names[1:]),
    ]


def test_a_changed_backup_is_refused_and_changes_nothing(
    store: SqliteStore, home: Path, tmp_path: Path
) -> None:
    store.add([paper("Radweg")])
    folder = tmp_path / "sicherung"
    back_up(store, home, folder)
    with pytest.raises(InputInvalid, match="nicht leer"):
        back_up(store, home, folder)
    data = bytearray((folder / DATABASE).read_bytes())
    data[5000] ^= 1
    (folder / DATABASE).write_bytes(data)
    with pytest.raises(BackupUnusable, match="verändert"):
        restore(folder, tmp_path / "neu")
    assert not (tmp_path / "neu").exists()
    (folder / MANIFEST).unlink()
    with pytest.raises(BackupUnusable, match="keine lesbare Sicherung"):
        restore(folder, tmp_path / "neu")


def test_what_its_source_withdrew_may_come_back_and_is_not_in_an_older_database(
    store: SqliteStore, home: Path
) -> None:
    new = paper("Radweg", source="https://rat.example/file/1")
    store.add([new])
    older = home.parent / "alt.db"
    store.copy_to(older)
    assert store.withdraw(
        OPERATOR, new.document.source, who="oparl", reason="dort gelöscht", keep_out=False
    )
    store.close()
    shutil.copyfile(older, home / DATABASE)
    again = SqliteStore(home)
    assert again.documents(OPERATOR) == []
    again.add([new])
    again.close()


# ---------------------------------------------------------------------- admin's view


def test_the_survey_counts_every_state_and_names_the_gaps(fed: SqliteStore, akten: Path) -> None:
    (akten / "a.txt").write_text(antrag("15/1", LONG))
    (akten / "b.txt").write_text(antrag("15/2", LONG))
    (akten / "leer-15-19.txt").write_bytes(b"")
    ingest(fed, akten)
    (akten / "a.txt").write_text(antrag("15/1", LONG + " Neu."))
    ingest(fed, akten)
    by_number = {
        d.kopfdaten.nummer.value.key: d for d in fed.documents(OPERATOR, current_only=True)
    }  # type: ignore[union-attr]
    fed.depublish(OPERATOR, by_number["15/2"].id, reason="Prüfung", who="amt")
    fed.announce("lvs", ["akten/c-15-23.txt"])
    found = survey(fed, OPERATOR, date(2024, 1, 1))
    assert found.states == {
        Zustand.NEU: 1,
        Zustand.INDEXIERT: 1,
        Zustand.TEILWEISE: 0,
        Zustand.QUARANTAENE: 1,
        Zustand.ERSETZT: 1,
        Zustand.DEPUBLIZIERT: 1,
        Zustand.GELOESCHT: 0,
    }
    assert [(s.gremium, s.datum) for s in found.without_minutes] == [
        ("Landschaftsausschuss", date(2023, 12, 7))
    ]
    assert [s.document.id for s in found.without_result] == [by_number["15/1"].id]
    assert survey(fed, OPERATOR, date(2023, 12, 7)).without_minutes == ()
    assert [entry.code for entry in found.failed] == ["empty"]
    why = explain(fed, OPERATOR, "Antrag 15/2")
    assert [(h.state, h.depublication.reason) for h in why.holdings if h.depublication] == [
        (Zustand.DEPUBLIZIERT, "Prüfung")
    ]
    assert [Path(e.path).name for e in explain(fed, OPERATOR, "15/19").refused] == [
        "leer-15-19.txt"
    ]
    assert [e.path for e in explain(fed, OPERATOR, "15/23").waiting] == ["akten/c-15-23.txt"]
    states = {h.state for h in explain(fed, OPERATOR, "Antrag 15/1").holdings}
    assert states == {Zustand.INDEXIERT, Zustand.ERSETZT}
    passages = explain(fed, OPERATOR, "Antrag 15/1").holdings[0].passages
    assert passages[Schutzstufe.OEFFENTLICH] > 0


def test_a_run_that_ends_well_leaves_nothing_pending(fed: SqliteStore, akten: Path) -> None:
    for number in range(5):
        (akten / f"{number}.txt").write_text(antrag(f"15/{number + 1}"))
    (akten / "leer.txt").write_bytes(b"")
    ingest(fed, akten)
    ingest(fed, akten)
    assert fed.pending(OPERATOR) == []
    assert fed.numbers(OPERATOR)[0] == Drucksachennummer.of(15, 1)
