"""Which exercises a person has solved, as a word that a browser can keep: numbers, nothing else."""

from __future__ import annotations

from collections.abc import Iterable

from assistant.learning.exercises import all_exercises

_BETWEEN = "."


def read_solved(word: str) -> frozenset[int]:
    """The numbers of a word; whatever is no exercise is left out."""
    known = {str(exercise.number): exercise.number for exercise in all_exercises()}
    return frozenset(known[part] for part in word.split(_BETWEEN) if part in known)


def write_solved(numbers: Iterable[int]) -> str:
    """The inverse of `read_solved`."""
    return _BETWEEN.join(str(number) for number in sorted(numbers))
