"""`make bench`: times and memory with 10,000 passages, on a machine without other load.

The questions are the open ones of the evaluation, the generator is the default one.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from assistant.answer import HITS, answer_question
from assistant.finding.choosing import numbered
from assistant.finding.evidence import first_look, read_evidence
from assistant.finding.retriever import search
from assistant.measuring.questionset import QuestionCase, read_questions
from assistant.settings import Settings
from assistant.understanding.question import understand
from assistant.wiring import Parts, open_parts
from index.types import Access
from tests.benchmarks import oberflaeche, suche
from tests.benchmarks.einlesen import measure as measure_ingest
from tests.benchmarks.fuellung import fill
from tests.benchmarks.kinds import Listening, Waste, times_by_kind

ROOT = Path(__file__).resolve().parents[2]
GENERATED = 20
GOALS = {
    "search_p95_ms": 60,
    "evidence_p95_ms": 300,
    "exact_p95_ms": 20,
    "prompt_tokens_median": 350,
    "first_word_median_s": 6,
    "answer_median_s": 15,
    "resident_gb": 3.5,
}


def main() -> int:
    """Builds the store, measures, prints a table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--json", type=Path, default=None)
    options.add_argument("--einlesen", action="store_true", help="misst das Einlesen allein")
    options.add_argument(
        "--suche", action="store_true", help="vergleicht die Suche mit ihren Teilen"
    )
    options.add_argument("--passagen", type=int, default=suche.PASSAGES, help="je Korpus der Suche")
    options.add_argument(
        "--oberflaeche", action="store_true", help="misst die Seiten im Browser, unter Last"
    )
    options.add_argument(
        "--bestand", type=Path, default=None, help="Ordner, in dem der gefüllte Bestand bleibt"
    )
    chosen = options.parse_args()
    if chosen.oberflaeche:
        return _report(oberflaeche.measure(chosen.bestand), chosen.json)
    if chosen.suche:
        return suche.report(suche.measure(chosen.passagen), chosen.json)
    if chosen.einlesen:
        figures = measure_ingest()
        return _report(figures, chosen.json)
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(home=Path(folder))
        with open_parts(settings, need_generator=True, mandant="lvs") as parts:
            fill(parts)
            figures = _measure(parts)
    return _report(figures, chosen.json)


def _report(figures: dict[str, float], path: Path | None) -> int:
    width = max(map(len, figures))
    for name, value in figures.items():
        goal = f"  Ziel ≤ {GOALS[name]}" if name in GOALS else ""
        print(
            f"{name:<{width}}{value:>10.1f}{goal}"
            if value >= 10
            else f"{name:<{width}}{value:>10.2f}{goal}"
        )
    if path:
        path.write_text(json.dumps(figures, indent=1), encoding="utf-8")
    return 0


def _measure(parts: Parts) -> dict[str, float]:
    access = Access.operator("lvs")
    questions = read_questions(ROOT / "tests" / "eval" / "fragen.jsonl")
    opened = [q for q in questions if understand(q.text).kind.value == "offen"]
    numbered = [q for q in questions if q.answerable and understand(q.text).kind.value != "offen"]
    parts.warm_up()
    for question in questions[:5]:
        search(parts, question.text, access, HITS)
    figures = {
        **_quantiles("search", [_timed_search(parts, q, access) for q in questions]),
        **_quantiles("evidence", [_timed_evidence(parts, q, access) for q in opened]),
        **_quantiles("exact", [_timed_answer(parts, q, access)["total"] for q in numbered]),
    }
    kinds = read_questions(ROOT / "tests" / "eval" / "arten.jsonl")
    figures |= times_by_kind(parts, [q for q in kinds if q.is_exact], access)
    tokens, first, total = [], [], []
    waste = Waste()
    for question in [q for q in opened if q.answerable][:GENERATED]:
        tokens.append(_prompt_tokens(parts, question, access))
        assert parts.generator is not None
        heard = Listening(parts.generator)
        answer = answer_question(replace(parts, generator=heard), question.text, access)
        waste.note(heard, answer)
        timings = answer.timings_ms
        if answer.generator_id is not None:
            total.append(timings["total"] / 1000)
        if answer.generator_id is not None and "first_claim" in timings:
            first.append(timings["first_claim"] / 1000)
    figures["prompt_tokens_median"] = statistics.median(tokens)
    figures["first_word_median_s"] = statistics.median(first)
    figures["answer_median_s"] = statistics.median(total)
    figures["answers_generated"] = len(total)
    figures |= waste.figures()
    figures["resident_gb"] = _resident_gb()
    return figures


def _quantiles(name: str, values: Sequence[float]) -> dict[str, float]:
    ordered = sorted(values)
    last = min(len(ordered) - 1, int(0.95 * len(ordered)))
    return {f"{name}_p50_ms": statistics.median(ordered), f"{name}_p95_ms": ordered[last]}


def _timed_search(parts: Parts, question: QuestionCase, access: Access) -> float:
    started = time.perf_counter()
    search(parts, question.text, access, HITS)
    return 1000 * (time.perf_counter() - started)


def _timed_evidence(parts: Parts, question: QuestionCase, access: Access) -> float:
    started = time.perf_counter()
    hits, _ = search(parts, question.text, access, HITS)
    first_look(parts, understand(question.text), hits, access)
    return 1000 * (time.perf_counter() - started)


def _timed_answer(parts: Parts, question: QuestionCase, access: Access) -> dict[str, float]:
    return dict(answer_question(parts, question.text, access).timings_ms)


def _prompt_tokens(parts: Parts, question: QuestionCase, access: Access) -> float:
    hits, _ = search(parts, question.text, access, HITS)
    reading = read_evidence(parts, understand(question.text), hits, access)
    assert parts.generator is not None
    return float(parts.generator.count_tokens(numbered(question.text, reading.evidence)))


def _resident_gb() -> float:
    """Resident memory of this process and all below it."""
    parents: dict[int, int] = {}
    resident: dict[int, int] = {}
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            fields = dict(
                line.split(":", 1)
                for line in (entry / "status").read_text(encoding="utf-8").splitlines()
                if ":" in line
            )
        except OSError:
            continue
        parents[int(entry.name)] = int(fields["PPid"])
        resident[int(entry.name)] = int(fields.get("VmRSS", "0").split()[0])
    family = {os.getpid()}
    while grown := {pid for pid, parent in parents.items() if parent in family} - family:
        family |= grown
    return sum(resident.get(pid, 0) for pid in family) / 1024**2


if __name__ == "__main__":
    raise SystemExit(main())
