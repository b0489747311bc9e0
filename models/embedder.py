"""Texts to vectors, through sentence-transformers, from a local folder and nowhere else."""

from __future__ import annotations

import hashlib
import logging
import os
import threading
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from models.errors import ModelCorrupt
from models.registry import ModelEntry, ModelKind, Precision

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

log = logging.getLogger(__name__)

Vectors = NDArray[np.float32]

# XQuAD-de passages of 894 characters (about 230 tokens), int8, two cores: batches of 1, 2, 4, 8
# gave 30, 31, 27, 23 passages a second. What fits the cache is fastest.
_BATCH_TOKENS = 512
# Somebody waits for a question's vector; what is read of passages comes after it, and stands beside
# the generator (`models.generator_child`).
_NICE = 5

_SENTENCES = "sentence_embedding"
_TOKENS = "token_embeddings"


class Embedder(Protocol):
    """Makes vectors whose inner product is the similarity of question and passage."""

    @property
    def embedder_id(self) -> str:
        """Changes with whatever changes a vector: weights, prefixes, pooling, precision."""
        ...

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        ...

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """Vectors of questions, (n, dimension), rows of length 1; the prefix is added inside."""
        ...

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors of passages, (n, dimension), rows of length 1; the prefix is added inside."""
        ...

    def embed_parts(
        self, texts: Sequence[str], parts: Sequence[Sequence[tuple[int, int]]]
    ) -> list[Vectors]:
        """Vectors of parts of passages as they read within the whole, in the same space.

        `parts` has, for each text, half-open code points. Returns for each text (n, dimension),
        rows of length 1. A part behind the end of the model's context gets the whole text's vector.
        """
        ...


class SentenceTransformerEmbedder:
    """An embedder from a sentence-transformers folder.

    `folder` must have been verified (`models.registry.locate`). Loading takes some seconds, most of
    them for importing torch. Safe to call from several threads.

    A text is computed on one core; passages are spread over several, all callers' together. Two
    Zen cores without int8 instructions, 24 passages of 550 to 1,000 characters: 2.99, 3.55, 2.76 s
    with each passage on both cores, 1.51, 1.47, 1.45 s with a passage on each; a question of 70
    characters 43 and 29 ms. The vectors are the same bits.
    """

    def __init__(self, folder: Path, entry: ModelEntry, *, cores: int = 2) -> None:
        """Loads the model, to read passages on so many cores.

        Raises:
            ModelCorrupt: when the folder's model is not what the entry says.
        """
        if entry.kind is not ModelKind.EMBEDDER or entry.dimension is None:
            raise ModelCorrupt(f"„{entry.name}“ ist in der Modell-Liste kein Einbettungsmodell.")
        self._entry = entry
        self._model = _load(folder, entry)
        self._tokenizer_lock = threading.Lock()
        self._readers = ThreadPoolExecutor(cores, "einbetten", initializer=_stand_back)

    @property
    def embedder_id(self) -> str:
        """Name and a hash over weights, tokenizer, pooling, prefixes, length and precision."""
        return embedder_id(self._entry)

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        assert self._entry.dimension is not None
        return self._entry.dimension

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """Vectors of questions, (n, dimension), rows of length 1."""
        tokens = self._tokens([self._entry.query_prefix + text for text in texts])["input_ids"]
        vectors = np.zeros((len(texts), self.dimension), np.float32)
        for batch in _batches([len(ids) for ids in tokens]):
            vectors[batch] = self._computed([tokens[i] for i in batch], _SENTENCES)
        return _unit(vectors)

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors of passages, (n, dimension), rows of length 1; cut at the model's context."""
        tokens = self._tokens([self._entry.passage_prefix + text for text in texts])["input_ids"]
        vectors = np.zeros((len(texts), self.dimension), np.float32)
        batches = list(_batches([len(ids) for ids in tokens]))
        read = self._readers.map(
            lambda batch: self._computed([tokens[i] for i in batch], _SENTENCES), batches
        )
        for batch, rows in zip(batches, read, strict=True):
            vectors[batch] = rows
        return _unit(vectors)

    def embed_parts(
        self, texts: Sequence[str], parts: Sequence[Sequence[tuple[int, int]]]
    ) -> list[Vectors]:
        """Pools each part from the tokens of its text, all of which have seen the whole text.

        See Günther et al., "Late Chunking", 2024; made for models that pool by the mean.
        """
        lead = self._entry.passage_prefix
        tokens = self._tokens([lead + text for text in texts], offsets=True)
        read = self._readers.map(lambda ids: self._computed([ids], _TOKENS)[0], tokens["input_ids"])
        return [
            _pooled(held, np.array(offsets) - len(lead), spans)
            for held, offsets, spans in zip(read, tokens["offset_mapping"], parts, strict=True)
        ]

    def _tokens(self, texts: list[str], *, offsets: bool = False) -> Mapping[str, Any]:
        if not texts:
            return {"input_ids": [], "offset_mapping": []}
        # The Rust tokenizer must not be set to truncate from two threads at once.
        with self._tokenizer_lock:
            found: Mapping[str, Any] = self._model.tokenizer(
                texts,
                truncation=True,
                max_length=self._entry.context_tokens,
                return_offsets_mapping=offsets,
            )
        return found

    def _computed(self, tokens: list[list[int]], what: str) -> Vectors:
        """What the model makes of texts of one length."""
        import torch

        with torch.inference_mode():
            ids = torch.tensor(tokens)
            out = self._model({"input_ids": ids, "attention_mask": torch.ones_like(ids)})
            found: Vectors = out[what].float().numpy()
        return found


def _stand_back() -> None:
    thread = threading.get_native_id()
    with suppress(OSError):
        os.setpriority(os.PRIO_PROCESS, thread, os.getpriority(os.PRIO_PROCESS, thread) + _NICE)


def _unit(vectors: Vectors) -> Vectors:
    length = np.linalg.norm(vectors, axis=1, keepdims=True)
    unit: Vectors = vectors / np.maximum(length, np.float32(1e-12))
    return unit


def _pooled(held: Vectors, offsets: NDArray[np.int64], spans: Sequence[tuple[int, int]]) -> Vectors:
    """The mean of the tokens (n, dimension) that lie in each span, at length 1."""
    rows = np.zeros((len(spans), held.shape[1]), np.float32)
    starts, ends = offsets[:, 0], offsets[:, 1]
    for row, (start, end) in enumerate(spans):
        inside = (starts < end) & (ends > start) & (ends > starts)
        rows[row] = held[inside].mean(0) if inside.any() else held.mean(0)
    return _unit(rows)


def embedder_id(entry: ModelEntry) -> str:
    """The id that an embedder of this entry has, without loading it."""
    facts = (
        entry.sha256,
        entry.query_prefix,
        entry.passage_prefix,
        str(entry.context_tokens),
        entry.precision,
    )
    digest = hashlib.sha256("\0".join(facts).encode()).hexdigest()
    return f"{entry.name}:{entry.precision}:{digest[:16]}"


def _batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Numbers of texts, longest first, each batch of one length only.

    Padding would make a text's vector depend on its neighbours: rounding to 8 bits turns the last
    digit of a padded sum into a cosine of 0.999. Without padding it is the same bits in any batch.
    """
    order = sorted(range(len(lengths)), key=lambda i: (-lengths[i], i))
    start = 0
    while start < len(order):
        length = lengths[order[start]]
        end = start + 1
        while (
            end < len(order)
            and lengths[order[end]] == length
            and (end - start + 1) * length <= _BATCH_TOKENS
        ):
            end += 1
        yield order[start:end]
        start = end


def import_libraries() -> None:
    """Imports what a model needs, which takes most of the time of loading one; then it is there."""
    # Read when the libraries are imported, so this comes first.
    os.environ["HF_HUB_OFFLINE"] = "1"
    os.environ["TRANSFORMERS_OFFLINE"] = "1"
    os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"
    os.environ["TOKENIZERS_PARALLELISM"] = "false"
    os.environ["HF_HUB_DISABLE_PROGRESS_BARS"] = "1"
    os.environ["TRANSFORMERS_VERBOSITY"] = "error"
    # Threads that wait give their core away. Spinning ones stop each other on a busy machine: two
    # ingests side by side took over ten times as long as one after the other.
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    os.environ.setdefault("GOMP_SPINCOUNT", "0")
    import sentence_transformers  # noqa: F401


def _load(folder: Path, entry: ModelEntry) -> SentenceTransformer:
    import_libraries()
    import torch
    from sentence_transformers import SentenceTransformer

    from models.int8_linear import quantise

    torch.set_num_threads(1)
    try:
        model = SentenceTransformer(
            str(folder),
            device="cpu",
            local_files_only=True,
            trust_remote_code=False,
            model_kwargs={"use_safetensors": True, "dtype": torch.float32},
        )
    except (OSError, ValueError, KeyError) as error:
        raise ModelCorrupt(
            f"Das Einbettungsmodell in „{folder}“ ist nicht ladbar: {error}"
        ) from error
    model.eval()
    if model.get_embedding_dimension() != entry.dimension:
        raise ModelCorrupt(
            f"„{entry.name}“ liefert {model.get_embedding_dimension()} Werte je Vektor, "
            f"eingetragen sind {entry.dimension}."
        )
    if entry.precision is Precision.INT8:
        quantise(model)
    log.info("embedder %s loaded", embedder_id(entry))
    return model
