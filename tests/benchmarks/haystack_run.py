"""Haystack's ingestion of files with our embedder's weights; run by its own environment.

Arguments: folder of the weights, prefix of passages, files. Prints one JSON object.
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path

os.environ["HAYSTACK_TELEMETRY_ENABLED"] = "False"
os.environ["HF_HUB_OFFLINE"] = os.environ["TRANSFORMERS_OFFLINE"] = "1"


def main() -> int:
    """Converts, splits and embeds; each step timed."""
    import torch
    from haystack.components.converters import DOCXToDocument, PyPDFToDocument
    from haystack.components.embedders import SentenceTransformersDocumentEmbedder
    from haystack.components.preprocessors import DocumentCleaner, DocumentSplitter

    weights, prefix, *files = sys.argv[1:]
    torch.set_num_threads(2)
    found: dict[str, float] = {}
    documents = []
    for suffix, converter in ((".pdf", PyPDFToDocument()), (".docx", DOCXToDocument())):
        sources = [Path(file) for file in files if file.endswith(suffix)]
        if sources:
            started = time.perf_counter()
            documents += converter.run(sources=sources)["documents"]
            found[f"read{suffix}_s"] = time.perf_counter() - started
    started = time.perf_counter()
    cleaned = DocumentCleaner().run(documents=documents)["documents"]
    splitter = DocumentSplitter(split_by="word", split_length=180, split_overlap=30)
    splitter.warm_up()
    passages = splitter.run(documents=cleaned)["documents"]
    found["split_s"] = time.perf_counter() - started
    found["passages"] = len(passages)
    if weights:
        embedder = SentenceTransformersDocumentEmbedder(
            model=weights, prefix=prefix, progress_bar=False, normalize_embeddings=True
        )
        embedder.warm_up()
        embedder.run(documents=passages[:4])
        started = time.perf_counter()
        embedder.run(documents=passages)
        found["embed_s"] = time.perf_counter() - started
    status = Path("/proc/self/status").read_text(encoding="ascii")
    found["peak_kib"] = int(status.split("VmHWM:")[1].split()[0])
    print(json.dumps(found))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
