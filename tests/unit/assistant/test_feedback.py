"""What people say of sentences is kept whole, without them, and goes wholly when it goes."""

from __future__ import annotations

import json
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from assistant import feedback
from assistant.errors import InputInvalid
from assistant.feedback import FEEDBACK_FILE, FeedbackBook, Grund, Rueckmeldung, feedback_on
from tests.unit.assistant.test_answer_export import ANSWER


def entry(mandant: str = "lvs", comment: str = "") -> Rueckmeldung:
    return feedback_on(ANSWER, 1, mandant, Grund.VERALTET, comment)


def test_what_is_kept_names_sentence_places_and_generation_but_nobody() -> None:
    kept = feedback_on(ANSWER, 1, "lvs", Grund.FALSCH_BELEGT, " Der  Ausschuss\nnicht ")
    assert (kept.kind, kept.label, kept.index_generation) == ("status", "belegt", 7)
    assert kept.claim == "Ja, so ist es vermerkt."
    assert len(kept.claim_sha256) == 64
    assert [stelle.document_id for stelle in kept.stellen] == ["d1", "d1"]
    assert kept.comment == "Der Ausschuss nicht"
    assert kept.question == ""
    assert not {"who", "user", "time"} & set(Rueckmeldung.__slots__)


def test_a_sentence_without_citations_goes_with_the_papers_of_its_answer() -> None:
    kept = feedback_on(ANSWER, 2, "lvs", Grund.STIMMT)
    assert {stelle.document_id for stelle in kept.stellen} == {"d1"}


@pytest.mark.parametrize("number", [0, 3])
def test_a_sentence_that_is_not_there_is_refused(number: int) -> None:
    with pytest.raises(InputInvalid):
        feedback_on(ANSWER, number, "lvs", Grund.STIMMT)


def test_a_remark_that_is_too_long_is_refused() -> None:
    with pytest.raises(InputInvalid):
        entry(comment="x" * (feedback.LONGEST_COMMENT + 1))


def test_what_is_taken_back_leaves_no_byte(tmp_path: Path) -> None:
    book = FeedbackBook(tmp_path)
    first, second = entry(comment="Kanarienvogel"), entry(comment="bleibt")
    book.add(first)
    book.add(second)
    assert book.all() == (first, second)
    assert not book.remove(first.ident, "lvn")
    assert book.remove(first.ident, "lvs")
    assert not book.remove(first.ident, "lvs")
    assert book.all() == (second,)
    assert all(b"Kanarienvogel" not in path.read_bytes() for path in tmp_path.iterdir())


def test_each_mandant_sees_its_own(tmp_path: Path) -> None:
    book = FeedbackBook(tmp_path)
    ours, theirs = entry("lvs"), entry("lvn")
    book.add(ours)
    book.add(theirs)
    assert (book.of("lvs"), book.of("lvn")) == ((ours,), (theirs,))


def test_many_write_at_once_and_none_is_lost(tmp_path: Path) -> None:
    threads = [
        threading.Thread(target=FeedbackBook(tmp_path).add, args=(entry(comment=str(n)),))
        for n in range(12)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {kept.comment for kept in FeedbackBook(tmp_path).all()} == {str(n) for n in range(12)}


def test_a_line_that_cannot_be_read_hides_no_other(tmp_path: Path) -> None:
    book = FeedbackBook(tmp_path)
    book.add(entry())
    path = tmp_path / FEEDBACK_FILE
    path.write_text('{"kaputt": 1}\nkein JSON\n' + path.read_text("utf-8"), "utf-8")
    assert len(book.all()) == 1
    assert path.stat().st_mode & 0o777 == 0o600


def test_more_than_the_most_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feedback, "MOST", 1)
    book = FeedbackBook(tmp_path)
    book.add(entry())
    with pytest.raises(InputInvalid):
        book.add(entry())
    assert len(book.all()) == 1


def test_a_home_without_feedback_has_no_file(tmp_path: Path) -> None:
    book = FeedbackBook(tmp_path)
    assert book.forget(lambda _: True) == 0
    assert list(tmp_path.iterdir()) == []
    book.add(replace(entry(), question="Warum?"))
    assert json.loads((tmp_path / FEEDBACK_FILE).read_text("utf-8"))["question"] == "Warum?"
