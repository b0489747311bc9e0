"""How a draft is cut into sentences, and cut off."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from assistant.drafting import MAX_CHARACTERS, Drafted, draft_sentences
from models.generator import Refusal, never


class Talker:
    """Says what it is given, for as long as somebody listens."""

    generator_id = "probe"

    def __init__(self, pieces: Callable[[], Iterator[str]]) -> None:
        self.pieces = pieces
        self.said = 0
        self.closed = False

    def count_tokens(self, text: str) -> int:
        return len(text)

    def generate(
        self,
        system: str,
        prompt: str,
        *,
        grammar: str | None,
        max_tokens: int,
        cancelled: Callable[[], bool] = never,
        refusal: Refusal | None = None,
    ) -> Iterator[str]:
        try:
            for piece in self.pieces():
                self.said += 1
                yield piece
        finally:
            self.closed = True

    def close(self) -> None:
        pass


def drafted(talker: Talker) -> list[Drafted]:
    return list(draft_sentences(talker, "Was?", (), cancelled=never))


def forever(piece: str) -> Callable[[], Iterator[str]]:
    return lambda: iter(lambda: piece, None)


@pytest.mark.parametrize("piece", ["", " ", "\n", "Ja ", "x" * 100_000, "[1]", " " * 10_000])
def test_a_draft_that_never_ends_is_cut_and_closed(piece: str) -> None:
    talker = Talker(forever(piece))
    assert drafted(talker) == []
    assert talker.said <= MAX_CHARACTERS
    assert talker.closed


def test_what_was_whole_before_the_cut_is_kept() -> None:
    talker = Talker(forever("Der Zaun ist rot [1]. "))
    sentences = drafted(talker)
    assert set(sentences) == {Drafted("Der Zaun ist rot", (1,))}
    assert len(sentences) <= MAX_CHARACTERS / len("Der Zaun ist rot [1].")


def test_single_letters_make_the_same_sentences() -> None:
    text = "Der Zaun\x0b ist\nrot (Quelle [1][2]. Er steht\thier [3]."
    whole = drafted(Talker(lambda: iter([text])))
    assert whole == [Drafted("Der Zaun ist rot", (1, 2)), Drafted("Er steht hier", (3,))]
    assert drafted(Talker(lambda: iter(text))) == whole
