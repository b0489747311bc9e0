"""`make bench ARGS=--einlesen`: pages a second of every kind, memory, and beside others.

Beside a naive pypdf loop and Haystack's converters, splitter and embedder with the same weights,
on the same files, in one run. Haystack is no dependency of ours: the first run puts the pinned
version into an environment of its own under `.cache`; where that fails the other ratios stand.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import resource
import statistics
import subprocess
import sys
import sysconfig
import tempfile
import time
import venv
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from pypdf import PdfReader
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate

from assistant.settings import Settings
from ingest.canonical import canonical_text
from ingest.document import prepare, read_document
from ingest.formats.text import parse_text
from ingest.intake import take_in
from ingest.opening import Opener
from ingest.walls import family
from ingest.walls.sandbox import Sandbox
from models.embedder import SentenceTransformerEmbedder
from models.registry import DEFAULT_EMBEDDER, find_entry, load_registry, locate
from tests.scan_pages import drawn, scanned_pdf

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "beispiele"
FRAMEWORK = ("haystack-ai==2.31.0", "pypdf==7.1.0", "python-docx")
FRAMEWORK_HOME = ROOT / ".cache" / FRAMEWORK[0].replace("==", "-")
LONG_PAGES = 2000
OCR_PAGES = 6
ROUNDS = 3
INSTALL_TIMEOUT_S = 600

Figures = dict[str, float]


def measure() -> Figures:
    """All figures and ratios; prints what could not be had."""
    figures: Figures = {}
    pdfs, words = sorted(SAMPLES.rglob("*.pdf")), sorted(SAMPLES.rglob("*.docx"))
    with tempfile.TemporaryDirectory() as folder:
        long_pdf = Path(folder) / "lang.pdf"
        long_pdf.write_bytes(_long_pdf(LONG_PAGES))
        pages = sum(len(PdfReader(path).pages) for path in pdfs)
        with Sandbox() as sandbox, Opener(sandbox) as opener:
            _read(opener, pdfs[:1])  # the worker has started
            ours = _fastest(lambda: _read(opener, pdfs))
            ours_words = _fastest(lambda: _read(opener, words))
            scan = Path(folder) / "scan.pdf"
            pictures = [page for path in pdfs for page in drawn(path.read_bytes())][:OCR_PAGES]
            scan.write_bytes(scanned_pdf(pictures))
            ocr = _fastest(lambda: _read(opener, [scan]), rounds=1)
        naive = _fastest(lambda: _naive(pdfs))
        passages, embed = _embed([*pdfs, *words])
        figures |= {
            "text_pdf_pages_s": pages / ours,
            "docx_files_s": len(words) / ours_words,
            "ocr_pages_s": len(pictures) / ocr,
            "embedding_passages_s": passages / embed,
            "pypdf_pages_s": pages / naive,
            "time_as_pypdf": ours / naive,
        }
        figures |= _memory(long_pdf)
        figures |= _framework(pdfs, words, long_pdf, ours, ours_words, passages / embed)
    return figures


def _fastest(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Seconds of the median round."""
    taken = []
    for _ in range(rounds):
        started = time.perf_counter()
        work()
        taken.append(time.perf_counter() - started)
    return statistics.median(taken)


def _read(opener: Opener, paths: Sequence[Path]) -> int:
    """Files to passages as an ingest does it, behind the walls: everything but the vectors."""
    passages = 0
    for path in paths:
        intake = take_in(path)
        passages += len(prepare(read_document(intake, opener.parse(intake), "lvs")).passages)
    return passages


def _naive(paths: Sequence[Path]) -> int:
    return sum(len(page.extract_text()) for path in paths for page in PdfReader(path).pages)


def _embedder() -> SentenceTransformerEmbedder:
    weights = Settings().weights
    entry = find_entry(load_registry(weights_dir=weights), DEFAULT_EMBEDDER)
    return SentenceTransformerEmbedder(locate(entry, weights), entry)


def _embed(paths: Sequence[Path]) -> tuple[int, float]:
    """Passages of the files, and seconds to embed them."""
    embedder = _embedder()
    with Sandbox() as sandbox, Opener(sandbox) as opener:
        texts = [
            text
            for path in paths
            for text in prepare(
                read_document(take_in(path), opener.parse(take_in(path)), "lvs")
            ).embedding_texts
        ]
    embedder.embed_passages(texts[:4])
    started = time.perf_counter()
    embedder.embed_passages(texts)
    return len(texts), time.perf_counter() - started


def _long_pdf(pages: int) -> bytes:
    """A PDF of so many pages, each of it with sentences of the samples and a heading."""
    sample = next(iter(sorted(SAMPLES.rglob("*.txt"))))
    words = canonical_text(parse_text(sample.read_bytes())).text.split()
    buffer = io.BytesIO()
    style = ParagraphStyle("text", fontName="Helvetica", fontSize=10, leading=13)

    def story() -> Iterator[object]:
        for number in range(pages):
            start = (number * 37) % max(1, len(words) - 300)
            yield Paragraph(f"Abschnitt {number + 1}", style)
            yield Paragraph(" ".join(words[start : start + 300]), style)
            yield PageBreak()

    SimpleDocTemplate(buffer, pagesize=A4).build(list(story()))
    return buffer.getvalue()


def _memory(long_pdf: Path) -> Figures:
    """Peak memory and pages a second on the long PDF, ours and pypdf's, each in a process."""
    found: Figures = {}
    for name in ("ours", "pypdf"):
        done = subprocess.run(
            [sys.executable, "-m", "tests.benchmarks.einlesen", name, str(long_pdf)],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        )
        seen = json.loads(done.stdout.splitlines()[-1])
        found[f"long_pdf_{name}_peak_mib"] = seen["peak_kib"] / 1024
        found[f"long_pdf_{name}_pages_s"] = LONG_PAGES / seen["seconds"]
    return found


def _alone(name: str, path: Path) -> None:
    """The work of `_memory` in its own process; the walled worker counts as its child."""
    started = time.perf_counter()
    if name == "pypdf":
        _naive([path])
    else:
        with Sandbox() as sandbox, Opener(sandbox) as opener:
            _read(opener, [path])
    seconds = time.perf_counter() - started
    # Not `ru_maxrss` of this process: that begins with what the starting one held.
    own = family.peak_bytes(os.getpid()) // 1024
    worker = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    print(json.dumps({"seconds": seconds, "peak_kib": own + (worker if name == "ours" else 0)}))


# ------------------------------------------------------------------------- framework


def _framework(
    pdfs: Sequence[Path],
    words: Sequence[Path],
    long_pdf: Path,
    ours: float,
    ours_words: float,
    ours_embedding: float,
) -> Figures:
    """Haystack on the same files; nothing where it cannot be installed."""
    python = _environment()
    if python is None:
        return {}
    weights = Settings().weights
    entry = find_entry(load_registry(weights_dir=weights), DEFAULT_EMBEDDER)
    seen = _haystack(python, str(locate(entry, weights)), entry.passage_prefix, [*pdfs, *words])
    alone = _haystack(python, "", "", [long_pdf])
    theirs = seen["passages"] / seen["embed_s"]
    return {
        "haystack_embedding_passages_s": theirs,
        "long_pdf_haystack_peak_mib": alone["peak_kib"] / 1024,
        "long_pdf_haystack_pages_s": LONG_PAGES / (alone["read.pdf_s"] + alone["split_s"]),
        "time_as_haystack_pdf": ours / seen["read.pdf_s"],
        "time_as_haystack_docx": ours_words / seen["read.docx_s"],
        "embedding_as_fast_as_haystack": ours_embedding / theirs,
    }


def _haystack(python: Path, weights: str, prefix: str, files: Sequence[Path]) -> Figures:
    script = Path(__file__).with_name("haystack_run.py")
    command = [str(python), str(script), weights, prefix, *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found: Figures = json.loads(done.stdout.splitlines()[-1])
    return found


def _environment() -> Path | None:
    """The framework's Python; made at the first run, with our libraries within its reach."""
    python = FRAMEWORK_HOME / "bin" / "python"
    stamp = FRAMEWORK_HOME / hashlib.sha256(" ".join(FRAMEWORK).encode()).hexdigest()[:12]
    if stamp.is_file():
        return python
    venv.create(FRAMEWORK_HOME, with_pip=True, clear=True)
    site = next((FRAMEWORK_HOME / "lib").glob("python*/site-packages"))
    # The same torch and sentence-transformers as ours: what differs is the framework.
    (site / "haus.pth").write_text(sysconfig.get_paths()["purelib"] + "\n", encoding="utf-8")
    command = [str(python), "-m", "pip", "install", "-q", *FRAMEWORK]
    try:
        subprocess.run(command, check=True, timeout=INSTALL_TIMEOUT_S, capture_output=True)
    except (subprocess.SubprocessError, OSError):
        print("Haystack ließ sich nicht einrichten; es fehlen die Vergleiche damit.")
        return None
    stamp.touch()
    return python


if __name__ == "__main__":
    _alone(sys.argv[1], Path(sys.argv[2]))
