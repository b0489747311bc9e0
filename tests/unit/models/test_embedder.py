"""What can be said of the embedder without weights: its id and its batches."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from models.embedder import _BATCH_TOKENS, _batches, embedder_id
from models.registry import DEFAULT_EMBEDDER, Precision, load_registry

ENTRY = load_registry()[DEFAULT_EMBEDDER]


def test_whatever_changes_a_vector_changes_the_id() -> None:
    file = replace(ENTRY.files[0], sha256="0" * 64)
    variants = [
        ENTRY,
        replace(ENTRY, query_prefix="frage: "),
        replace(ENTRY, passage_prefix="text: "),
        replace(ENTRY, precision=Precision.FP32),
        replace(ENTRY, context_tokens=256),
        replace(ENTRY, files=(file, *ENTRY.files[1:])),
    ]
    assert len({embedder_id(entry) for entry in variants}) == len(variants)


def test_what_changes_no_vector_leaves_the_id() -> None:
    assert embedder_id(replace(ENTRY, title="anders", licence="X")) == embedder_id(ENTRY)


@given(st.lists(st.integers(1, 512)))
def test_each_text_is_in_one_batch_of_equal_lengths(lengths: list[int]) -> None:
    batches = list(_batches(lengths))
    assert sorted(i for batch in batches for i in batch) == list(range(len(lengths)))
    for batch in batches:
        assert len({lengths[i] for i in batch}) == 1
        assert len(batch) * lengths[batch[0]] <= _BATCH_TOKENS
