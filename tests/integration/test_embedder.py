"""The embedder with its real weights."""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
import torch
from torch import nn

import models
from models import int8_linear
from models.embedder import SentenceTransformerEmbedder, embedder_id
from models.int8_linear import Int8Linear
from models.registry import DEFAULT_EMBEDDER, load_registry, locate

pytestmark = [pytest.mark.weights, pytest.mark.slow]

WEIGHTS = Path(os.environ.get("AKTENKUNDIG_WEIGHTS", Path(models.__file__).with_name("weights")))
ENTRY = load_registry()[DEFAULT_EMBEDDER]
PASSAGES = [
    "Der Landschaftsausschuss beschließt den Haushalt für das Jahr 2024.",
    "Die Schule für Hörgeschädigte erhält einen neuen Anbau mit zwölf Klassenräumen.",
    "Für die Radwege am Fluss werden 120.000 Euro bereitgestellt.",
    "Die Katze schläft auf dem warmen Ofen.",
]
QUESTIONS = [
    "Wann wurde der Haushalt beschlossen?",
    "Was wird an der Förderschule gebaut?",
    "Wie viel Geld gibt es für den Radverkehr?",
]


@pytest.fixture(scope="module")
def embedder() -> SentenceTransformerEmbedder:
    return SentenceTransformerEmbedder(locate(ENTRY, WEIGHTS), ENTRY)


def test_a_question_is_nearest_to_the_passage_that_answers_it(
    embedder: SentenceTransformerEmbedder,
) -> None:
    scores = embedder.embed_queries(QUESTIONS) @ embedder.embed_passages(PASSAGES).T
    assert scores.argmax(axis=1).tolist() == [0, 1, 2]


def test_rows_have_the_entrys_width_and_length_one(embedder: SentenceTransformerEmbedder) -> None:
    vectors = embedder.embed_passages([*PASSAGES, "", "x" * 9000])
    assert vectors.shape == (6, 384)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert embedder.dimension == 384
    assert embedder.embedder_id == embedder_id(ENTRY)


def test_no_texts_are_no_rows(embedder: SentenceTransformerEmbedder) -> None:
    assert embedder.embed_queries([]).shape == (0, 384)


def test_a_vector_does_not_depend_on_its_neighbours(embedder: SentenceTransformerEmbedder) -> None:
    together = embedder.embed_passages(PASSAGES * 2 + ["Ein kurzer Satz."])
    alone = np.vstack([embedder.embed_passages([text]) for text in PASSAGES])
    assert np.array_equal(together[:4], together[4:8])
    assert (together[:4] * alone).sum(axis=1).min() > 0.9995


def test_passages_read_side_by_side_have_the_bits_of_one_read_alone(
    embedder: SentenceTransformerEmbedder,
) -> None:
    texts = [" ".join(PASSAGES[at:] + PASSAGES[:at]) for at in range(4)] * 3
    whole = [[(0, len(text))] for text in texts]
    with ThreadPoolExecutor(4) as askers:
        read = list(askers.map(lambda _: embedder.embed_parts(texts, whole), range(4)))
    alone = [
        embedder.embed_parts([text], [spans])[0] for text, spans in zip(texts, whole, strict=True)
    ]
    for parts in read:
        assert [part.tobytes() for part in parts] == [part.tobytes() for part in alone]


def test_a_part_that_is_the_whole_passage_has_its_vector(
    embedder: SentenceTransformerEmbedder,
) -> None:
    (parts,) = embedder.embed_parts(PASSAGES[:1], [[(0, len(PASSAGES[0]))]])
    # But for the marks at both ends, which belong to no part.
    assert parts.shape == (1, 384)
    assert float(parts[0] @ embedder.embed_passages(PASSAGES[:1])[0]) > 0.99


def test_a_sentence_is_understood_from_the_passage_it_stands_in(
    embedder: SentenceTransformerEmbedder,
) -> None:
    first, second = "Das Freibad in Talheim wird saniert.", "Es öffnet wieder im Mai."
    text = f"{first} {second}"
    place = (len(first) + 1, len(text))
    ((within,),) = embedder.embed_parts([text], [[place]])
    (question,) = embedder.embed_queries(["Wann öffnet das Freibad in Talheim wieder?"])
    (alone,) = embedder.embed_passages([second])
    assert within @ question > alone @ question
    assert abs(float(np.linalg.norm(within)) - 1) < 1e-5


def test_a_part_behind_the_models_context_gets_the_vector_of_the_text(
    embedder: SentenceTransformerEmbedder,
) -> None:
    text = "Der Ausschuss tagt am Montag. " * 200
    (parts,) = embedder.embed_parts([text], [[(len(text) - 30, len(text)), (0, 29)]])
    assert float(parts[0] @ embedder.embed_passages([text])[0]) > 0.99
    assert not np.allclose(parts[0], parts[1], atol=1e-3)
    assert embedder.embed_parts([], []) == []


def test_questions_and_passages_carry_different_prefixes(
    embedder: SentenceTransformerEmbedder,
) -> None:
    text = PASSAGES[:1]
    assert not np.allclose(embedder.embed_queries(text), embedder.embed_passages(text), atol=1e-3)


def test_eight_bits_stay_close_to_the_linear_layer_they_replace() -> None:
    torch.manual_seed(1)
    linear = nn.Linear(384, 96)
    values = torch.randn(2, 17, 384)
    with torch.inference_mode():
        exact = linear(values)
        close = Int8Linear(linear)(values)
    assert close.shape == exact.shape
    assert float((close - exact).abs().max()) < 0.03 * float(exact.abs().max())


def test_a_cpu_without_int8_instructions_computes_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    torch.manual_seed(2)
    linear = nn.Linear(1536, 64)
    values = torch.randn(33, 1536)
    results = []
    for native in (True, False):
        monkeypatch.setattr(int8_linear, "has_int8_instructions", lambda native=native: native)
        with torch.inference_mode():
            results.append(Int8Linear(linear)(values))
    assert torch.equal(results[0], results[1])


def test_loading_opens_no_connection() -> None:
    script = (
        "import socket, sys; from pathlib import Path\n"
        "def refuse(*a, **k): raise SystemExit('connection')\n"
        "socket.socket.connect = refuse; socket.getaddrinfo = refuse\n"
        "from models.embedder import SentenceTransformerEmbedder\n"
        "from models.registry import load_registry, locate\n"
        f"e = load_registry()[{DEFAULT_EMBEDDER!r}]\n"
        "m = SentenceTransformerEmbedder(locate(e, Path(sys.argv[1])), e)\n"
        "print(m.embed_queries(['Frage']).shape)\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", script, str(WEIGHTS)],
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(models.__file__).parent.parent,
    )
    assert ended.stdout.strip() == "(1, 384)", ended.stderr
