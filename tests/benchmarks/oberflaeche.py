"""`make bench ARGS=--oberflaeche`: pages as a person sees them, while the generator is busy.

The real server over 10,000 passages, headless Chromium, and another question that is being answered
all the while. Each question is typed on the start page; the time counts from the Enter key to the
frame in which the first Beleg is painted. With `--bestand` the filled store is kept for next time.
"""

from __future__ import annotations

import os
import shutil
import statistics
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from urllib.request import Request, urlopen

from playwright.sync_api import Browser, Page, sync_playwright
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from assistant.measuring.questionset import QuestionCase, read_questions
from assistant.settings import Settings, default_weights
from assistant.wiring import open_parts
from tests.benchmarks.fuellung import ROOT, fill
from tests.running import RunningServer, start_server, stop_server

MANDANT = "lvs"
PORT = 8931
OPENED = 26
OTHERS = 13
FIRST_PAGES = 5
LONGEST_WAIT_S = 180
ARGUMENTS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]

WATCH = """
const now = () => performance.timeOrigin + performance.now();
addEventListener("keydown", (event) => {
  if (event.key === "Enter") sessionStorage.setItem("gedrueckt", now());
}, true);
const look = () => {
  if (window.gesehen || !document.querySelector("#antwort li.beleg")) return;
  window.gesehen = now();
  requestAnimationFrame(() => setTimeout(() => { window.gemalt = now(); }));
};
new MutationObserver(look).observe(document, { childList: true, subtree: true });
"""
SHOWN = "() => window.gemalt || document.querySelector('#rueckfrage form')"
STAGES = """() => {
  if (!window.gemalt) return null;
  const pressed = Number(sessionStorage.getItem("gedrueckt"));
  const from = performance.timeOrigin - pressed;
  const page = performance.getEntriesByType("navigation")[0];
  const files = performance.getEntriesByType("resource");
  return {
    left: from,
    first_byte: from + page.responseStart,
    last_byte: from + page.responseEnd,
    parsed: from + page.domInteractive,
    in_page: window.gesehen - pressed,
    painted: window.gemalt - pressed,
    files_asked_for: files.filter((file) => file.transferSize > 0).length,
  };
}"""
USABLE = """() => {
  const page = performance.getEntriesByType("navigation")[0];
  const paints = performance.getEntriesByName("first-contentful-paint");
  return Math.max(page.domContentLoadedEventEnd, ...paints.map((paint) => paint.startTime));
}"""


def measure(kept: Path | None = None) -> dict[str, float]:
    """All figures, times in milliseconds."""
    with tempfile.TemporaryDirectory() as folder:
        home = kept or Path(folder)
        _filled(home)
        with _server(home) as server, _chromium() as browser:
            page = _opened(browser, server)
            figures = {"search_ready_ms": _until_found(page, server)}
            with Busy(server) as load:
                figures |= _first_page(browser, server)
                figures |= _named(_asked(page, server, _questions()))
            figures["other_questions_answered"] = load.answered
            figures["generator_cores_busy"] = load.cores
    return figures


def _filled(home: Path) -> None:
    done = home / "gefuellt"
    if not done.exists():
        with open_parts(Settings(home=home), need_generator=False, mandant=MANDANT) as parts:
            fill(parts)
        done.touch()


@contextmanager
def _server(home: Path) -> Iterator[RunningServer]:
    weights = Path(os.environ.get("AKTENKUNDIG_WEIGHTS") or default_weights())
    server = start_server(home, weights, PORT, AKTENKUNDIG_MANDANT=MANDANT)
    try:
        yield server
    finally:
        stop_server(server)


@contextmanager
def _chromium() -> Iterator[Browser]:
    program = shutil.which("chromium") or os.environ.get("CHROMIUM")
    assert program, "Chromium fehlt: apt-get install chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        yield browser
        browser.close()


def _questions() -> list[QuestionCase]:
    """Open ones and such as the records answer, evenly taken of all kinds."""
    folder = ROOT / "tests" / "eval"
    opened = [
        q for q in read_questions(folder / "fragen.jsonl") if q.answerable and q.kind == "offen"
    ]
    others = [q for q in read_questions(folder / "arten.jsonl") if q.expected_status == "answered"]
    alone = [q for q in others if q.expected_sources and not q.before]
    return [*_evenly(opened, OPENED), *_evenly(alone, OTHERS)]


def _evenly(questions: Sequence[QuestionCase], most: int) -> Sequence[QuestionCase]:
    return questions[:: -(-len(questions) // most)]


def _opened(browser: Browser, server: RunningServer) -> Page:
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    page.set_default_timeout(1000 * LONGEST_WAIT_S)
    page.add_init_script(WATCH)
    page.goto(server.url)
    return page


def _ask(page: Page, server: RunningServer, text: str) -> dict[str, float] | None:
    """The stages of one question, from the Enter key on; None where nothing was found."""
    page.goto(server.url, wait_until="load")
    page.fill("#frage", text)
    page.wait_for_load_state("networkidle")
    page.press("#frage", "Enter")
    try:
        page.wait_for_function(SHOWN)
    except PlaywrightTimeout as error:
        raise AssertionError(f"{text}: {page.locator('main').inner_text()}") from error
    stages: dict[str, float] | None = page.evaluate(STAGES)
    page.evaluate("() => fetch(location.pathname + '/anhalten', { method: 'POST' })")
    return stages


def _asked(
    page: Page, server: RunningServer, questions: Sequence[QuestionCase]
) -> dict[str, list[dict[str, float]]]:
    taken: dict[str, list[dict[str, float]]] = {"open": [], "exact": []}
    for question in questions:
        kind = "open" if question.kind == "offen" else "exact"
        stages = _ask(page, server, question.text)
        if stages is not None:
            taken[kind].append(stages)
    return taken


def _named(taken: dict[str, list[dict[str, float]]]) -> dict[str, float]:
    """p50 and p95 of what was painted, the medians of the stages before."""
    figures: dict[str, float] = {}
    for name, stages in taken.items():
        painted = sorted(one["painted"] for one in stages)
        figures[f"{name}_questions"] = len(stages)
        figures[f"{name}_evidence_p50_ms"] = statistics.median(painted)
        figures[f"{name}_evidence_p95_ms"] = painted[int(0.95 * (len(painted) - 1) + 0.5)]
        figures[f"{name}_within_300_ms"] = sum(ms <= 300 for ms in painted) / len(painted)
        for stage in stages[0]:
            if stage != "painted":
                figures[f"{name}_{stage}"] = statistics.median(one[stage] for one in stages)
    return figures


def _until_found(page: Page, server: RunningServer) -> float:
    """How long the first search by words takes of a server that has just come up."""
    stages = _ask(page, server, "Was wurde zur Barrierefreiheit der Museen gesagt?")
    assert stages is not None
    return stages["painted"]


def _first_page(browser: Browser, server: RunningServer) -> dict[str, float]:
    """Bytes and time of the start page in a browser that knows nothing of it."""
    loads = [_cold(browser, server) for _ in range(FIRST_PAGES)]
    times = [usable for _, usable in loads]
    return {
        "first_page_kb": max(size for size, _ in loads) / 1000,
        "first_page_usable_p50_ms": statistics.median(times),
        "first_page_usable_max_ms": max(times),
    }


def _cold(browser: Browser, server: RunningServer) -> tuple[float, float]:
    """Bytes without fonts, and when the page was painted and its scripts had run."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    sizes: dict[str, float] = {}
    fonts: set[str] = set()

    def hear(told: dict[str, Any]) -> None:
        if told["type"] == "Font":
            fonts.add(told["requestId"])

    def end(told: dict[str, Any]) -> None:
        sizes[told["requestId"]] = told["encodedDataLength"]

    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.on("Network.responseReceived", hear)
    session.on("Network.loadingFinished", end)
    page.goto(server.url, wait_until="networkidle")
    usable = float(page.evaluate(USABLE))
    context.close()
    return sum(size for name, size in sizes.items() if name not in fonts), usable


class Busy:
    """Another person's questions, one after the other, as long as it lasts."""

    def __init__(self, server: RunningServer) -> None:
        self._server = server
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._go_on, daemon=True)
        self._began = time.monotonic()
        self._before = 0.0
        self.answered = 0
        self.cores = 0.0

    def __enter__(self) -> Busy:
        began = time.monotonic()
        self._thread.start()
        while not self.answered:  # until then the model may still be on its way into memory
            assert time.monotonic() < began + LONGEST_WAIT_S, "the generator does nothing"
            time.sleep(0.1)
        self._began, self._before = time.monotonic(), self._generator_s()
        return self

    def __exit__(self, *_: object) -> None:
        spent = self._generator_s() - self._before
        self.cores = spent / (time.monotonic() - self._began)
        self._over.set()
        self._thread.join(LONGEST_WAIT_S)

    def _go_on(self) -> None:
        asked = [
            q.text
            for q in read_questions(ROOT / "tests" / "eval" / "fragen.jsonl")
            if q.answerable and q.kind == "offen"
        ]
        while not self._over.is_set():
            form = urlencode({"text": asked[-1 - self.answered % len(asked)]}).encode()
            with urlopen(Request(f"{self._server.url}/fragen", form)) as run:
                address = run.url
            with urlopen(f"{address}/strom?ab=0") as stream:
                for _ in stream:
                    if self._over.is_set():
                        return
            self.answered += 1

    def _generator_s(self) -> float:
        """CPU seconds of the process that the generator computes in."""
        spent = 0.0
        for entry in Path("/proc").iterdir():
            try:
                if b"models.generator_child" not in (entry / "cmdline").read_bytes():
                    continue
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
            except (OSError, ValueError):
                continue
            if int(fields[1]) == self._server.process.pid:
                spent += (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
        return spent
