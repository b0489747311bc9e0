"""The real command line with a small embedder that needs no weights: `python -m …program serve`.

PAUSE_S in the environment makes each group of passages take that long, so that there is a middle
of an ingest to kill.
"""

from __future__ import annotations

import os
import time
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from assistant import cli, wiring
from ingest import groups
from tests.hash_embedder import HashEmbedder


class SlowEmbedder(HashEmbedder):
    def embed_passages(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        time.sleep(float(os.environ.get("PAUSE_S", "0")))
        return super().embed_passages(texts)

    embed_queries = HashEmbedder.embed_passages


if __name__ == "__main__":
    wiring._make_embedder = lambda settings, store: SlowEmbedder()
    groups.GROUP_PASSAGES = 8
    cli.main()
