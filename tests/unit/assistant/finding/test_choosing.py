"""The generator names quotes by number; whatever else it says is not heard."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from assistant.finding.choosing import LONGEST_CHOICE, choose, choosing_prefix, grammar, numbered
from assistant.types import Evidence
from index.types import (
    DocumentSummary,
    Kopfdaten,
    Passage,
    Schutzstufe,
    SearchHit,
    Span,
)
from models.generator import never

PUBLIC = Schutzstufe.OEFFENTLICH


class Talker:
    """Says what it is told to, and keeps how it was asked."""

    generator_id = "probe"

    def __init__(self, pieces: list[str], *, refusal: float | None = None) -> None:
        self.pieces = pieces
        self.refusal = refusal
        self.asked: tuple[Any, ...] = ()
        self.said = 0
        self.closed = False

    def generate(self, system: str, prompt: str, **wishes: Any) -> Iterator[str]:
        self.asked = (system, prompt, wishes)
        try:
            if self.refusal is not None:
                wishes["refusal"].heard(self.refusal)
            for piece in self.pieces:
                self.said += 1
                yield piece
        finally:
            self.closed = True

    def count_tokens(self, text: str) -> int:
        return len(text)

    def close(self) -> None:
        pass


def evidence(number: int, quote: str) -> Evidence:
    summary = DocumentSummary(
        "d", "lvs", "d.txt", "text/plain", "Papier", Kopfdaten(), PUBLIC, 1, "", None, None
    )
    passage = Passage(f"d:{number}", "d", number, Span(0, len(quote)), quote, (), None, PUBLIC)
    hit = SearchHit(passage, 1.0, {})
    return Evidence(number, hit, Span(0, len(quote)), quote, summary, "")


QUOTES = [evidence(1, "Der Zaun ist rot."), evidence(2, "Der\tZaun\nsteht."), evidence(3, "Tor.")]


def chosen(*pieces: str) -> list[int]:
    found = choose(Talker(list(pieces)), "Was?", QUOTES, cancelled=never, hear=lambda _: None)
    return [item.number for item in found]


@pytest.mark.parametrize(
    ("pieces", "numbers"),
    [
        (["[2]"], [2]),
        (["[", "3", "]", "[1]"], [3, 1]),
        (["[1][1]"], [1]),
        (["[1][2][3]"], [1, 2]),
        (["KEINE ANGABE"], []),
        (["[4]", "[0]", "[99]"], []),
        (["[4][2]"], [2]),
        (["Der Zaun ist blau [1]."], [1]),
        (["<b>[x]</b> [1"], []),
        ([], []),
    ],
)
def test_numbers_of_the_quotes_are_heard_and_nothing_else(
    pieces: list[str], numbers: list[int]
) -> None:
    assert chosen(*pieces) == numbers


@pytest.mark.parametrize("piece", ["", " ", "x" * 100_000, "Ja "])
def test_a_choice_that_never_ends_is_cut_and_closed(piece: str) -> None:
    talker = Talker([piece] * 1000)
    assert choose(talker, "Was?", QUOTES, cancelled=never, hear=lambda _: None) == []
    assert talker.said <= LONGEST_CHOICE
    assert talker.closed


def test_it_is_asked_with_the_quotes_by_number_and_bound_to_numbers() -> None:
    talker = Talker(["[1]"], refusal=0.25)
    heard: list[float] = []
    choose(talker, "Welche\nFarbe?", QUOTES, cancelled=never, hear=heard.append)
    system, prompt, wishes = talker.asked
    assert system == choosing_prefix()
    assert prompt == numbered("Welche\nFarbe?", QUOTES)
    assert prompt == (
        "Quellen:\n[1] Der Zaun ist rot.\n[2] Der | Zaun steht.\n[3] Tor.\n\nFrage: Welche Farbe?"
    )
    assert wishes["grammar"] == grammar(3)
    assert wishes["grammar"] == (
        'root ::= "KEINE ANGABE" | source source?\nsource ::= "[" [1-3] "]"\n'
    )
    assert heard == [0.25]
