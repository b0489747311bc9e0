"""What a browser keeps of the exercises: numbers that there are."""

from __future__ import annotations

import pytest

from assistant.learning.solved import read_solved, write_solved


def test_what_is_written_is_read_again() -> None:
    assert write_solved({10, 2, 1}) == "1.2.10"
    assert read_solved("1.2.10") == {1, 2, 10}


@pytest.mark.parametrize("word", ["", "0", "11", "a", "<b>", "1e1", "٣", "..."])
def test_what_is_no_exercise_is_left_out(word: str) -> None:
    assert read_solved(word) == frozenset()
