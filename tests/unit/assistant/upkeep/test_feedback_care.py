"""Feedback goes with the papers it quotes, and a backup does not bring it back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from assistant.audit import AuditLog
from assistant.feedback import FEEDBACK_FILE, FeedbackBook, Grund, Rueckmeldung, Stelle, feedback_on
from assistant.upkeep.backup import back_up, restore
from assistant.upkeep.draft_care import look_after
from index.sqlite_store import SqliteStore
from index.types import Access
from tests.sample_records import anfrage, antrag, fill
from tests.unit.assistant.test_answer_export import ANSWER

LVS = Access.operator("lvs")


def said_of(document_id: str, comment: str) -> Rueckmeldung:
    stelle = Stelle(document_id, "akten/a.txt", 0, 5)
    return replace(
        feedback_on(ANSWER, 1, "lvs", Grund.VERALTET, comment), stellen=(stelle,), claim=comment
    )


def kept_in(home: Path) -> list[str]:
    return [entry.comment for entry in FeedbackBook(home).all()]


def filled(home: Path) -> SqliteStore:
    store = SqliteStore(home)
    fill(store)
    book = FeedbackBook(home)
    book.add(said_of(antrag().id, "vom Antrag"))
    book.add(said_of(anfrage().id, "von der Anfrage"))
    return store


def test_what_rests_on_an_erased_paper_goes_and_its_neighbour_stays(tmp_path: Path) -> None:
    store = filled(tmp_path)
    look_after(tmp_path, store, AuditLog(tmp_path), None)
    assert kept_in(tmp_path) == ["vom Antrag", "von der Anfrage"]
    assert store.delete(LVS, antrag().id, who="test", reason="") is not None
    look_after(tmp_path, store, AuditLog(tmp_path), None)
    store.close()
    assert kept_in(tmp_path) == ["von der Anfrage"]
    assert "vom Antrag" not in (tmp_path / FEEDBACK_FILE).read_text("utf-8")


def test_a_backup_holds_it_and_brings_it_to_an_empty_home(tmp_path: Path) -> None:
    home, copy, new = tmp_path / "home", tmp_path / "kopie", tmp_path / "neu"
    home.mkdir()
    new.mkdir()
    store = filled(home)
    back_up(store, home, copy)
    store.close()
    restore(copy, new)
    assert kept_in(new) == ["vom Antrag", "von der Anfrage"]


def test_an_older_backup_does_not_bring_back_what_was_erased_since(tmp_path: Path) -> None:
    home, copy = tmp_path / "home", tmp_path / "kopie"
    home.mkdir()
    store = filled(home)
    back_up(store, home, copy)
    store.delete(LVS, antrag().id, who="test", reason="")
    look_after(home, store, AuditLog(home), None)
    store.close()
    (home / FEEDBACK_FILE).unlink()
    restore(copy, home)
    assert kept_in(home) == ["von der Anfrage"]


def test_what_is_there_already_is_newer_than_a_backup(tmp_path: Path) -> None:
    home, copy = tmp_path / "home", tmp_path / "kopie"
    home.mkdir()
    store = filled(home)
    back_up(store, home, copy)
    store.close()
    taken_back = FeedbackBook(home).all()[0]
    FeedbackBook(home).remove(taken_back.ident, "lvs")
    restore(copy, home)
    assert kept_in(home) == ["von der Anfrage"]
