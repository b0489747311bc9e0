"""A small embedder that needs no weights."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt


class HashEmbedder:
    """Vectors from a hash of the text: equal texts are near, all others are not."""

    embedder_id = "hash-64"
    dimension = 64

    def embed_passages(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        rows = [
            np.frombuffer(hashlib.sha512(text.encode()).digest(), np.uint8).astype(np.float32) - 127
            for text in texts
        ]
        vectors = np.array(rows, np.float32).reshape(len(texts), self.dimension)
        unit: npt.NDArray[np.float32] = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
        return unit

    embed_queries = embed_passages
