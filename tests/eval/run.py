"""`make eval`: asks the question sets and prints the report; `--json` keeps it as a file."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from assistant.measuring.evaluation import Report, evaluate
from assistant.measuring.figures import Outcome, listed
from assistant.measuring.questionset import read_questions
from assistant.settings import Settings
from assistant.wiring import open_parts
from index.types import Access

HERE = Path(__file__).resolve().parent


def main() -> int:
    """Runs the evaluation over an already ingested home."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--fragen", type=Path, default=HERE / "fragen.jsonl")
    options.add_argument("--home", type=Path, default=None, help="Datenordner mit den Beispielen")
    options.add_argument("--mandant", default="lvs")
    options.add_argument("--ohne-generator", action="store_true")
    options.add_argument("--ungeprueft", action="store_true", help="auch das Modell ohne Prüfung")
    options.add_argument("--json", type=Path, default=None, help="schreibt alle Antworten dorthin")
    options.add_argument("--nur-zahlen", action="store_true", help="nennt keine einzelne Frage")
    options.add_argument("--art", default=None, help="nur Fragen dieser Art")
    chosen = options.parse_args()
    settings = Settings() if chosen.home is None else Settings(home=chosen.home)
    questions = read_questions(chosen.fragen)
    if chosen.art:
        questions = [q for q in questions if q.kind == chosen.art]
    with open_parts(
        settings, need_generator=not chosen.ohne_generator, mandant=chosen.mandant
    ) as parts:
        report = evaluate(
            parts,
            questions,
            Access.operator(chosen.mandant),
            use_generator=not chosen.ohne_generator,
            with_unchecked=chosen.ungeprueft,
            progress=_progress,
        )
    print_report(report, questions_too=not chosen.nur_zahlen)
    if chosen.json:
        chosen.json.write_text(_as_json(report), encoding="utf-8")
    return 0


def _progress(done: int, total: int) -> None:
    if sys.stderr.isatty():
        print(f"\r{done} von {total}", end="\n" if done == total else "", file=sys.stderr)


def print_report(report: Report, *, questions_too: bool = True) -> None:
    """Prints every figure, then each question that went wrong unless they are to stay unseen."""
    width = max(len(name) for name in report.figures)
    for name, ratio in report.figures.items():
        print(f"{name:<{width}}  {ratio}")
    for name, value in report.medians_ms.items():
        print(f"{'Median ' + name:<{width}}  {value:.0f} ms")
    for outcome in report.outcomes if questions_too else ():
        faults = []
        if outcome.question.answerable and outcome.held_back:
            faults.append(f"enthalten: {outcome.answer.abstained_because}")
        elif outcome.question.answerable and not outcome.facts_found:
            faults.append("erwartete Angabe fehlt")
        elif not outcome.question.answerable and not outcome.rightly_silent:
            faults.append("beantwortet, obwohl unbeantwortbar")
        if outcome.unsupported:
            faults.append("unbelegte Angabe")
        if not outcome.quotes_exact:
            faults.append("Zitat nicht wörtlich")
        if outcome.forbidden_shown:
            faults.append("falsche Angabe " + ", ".join(outcome.forbidden_shown))
        faults += _not_as_expected(outcome)
        if outcome.found and not outcome.found["gemischt"]:
            faults.append("Dokument nicht unter den ersten fünf")
        if faults:
            print(f"- {outcome.question.id} {outcome.question.text}")
            print(f"    {'; '.join(faults)}\n    → {outcome.answer.text[:300]}")


def _not_as_expected(outcome: Outcome) -> Iterator[str]:
    """What a question was taken for, how it ended and what its list holds, where that is wrong."""
    asked, answer = outcome.question, outcome.answer
    if asked.expected_kind is not None and not outcome.kind_recognised:
        yield f"Art {answer.kind} statt {asked.expected_kind}"
    if asked.expected_status is not None and not outcome.status_right:
        yield f"Ausgang {answer.status.value} statt {asked.expected_status}"
    if asked.expected_rows is not None and not outcome.list_complete:
        yield f"Liste: {len(listed(answer, counted=True))} statt {len(asked.expected_rows)}"


def _as_json(report: Report) -> str:
    return json.dumps(
        {
            "figures": {name: asdict(ratio) for name, ratio in report.figures.items()},
            "medians_ms": report.medians_ms,
            "outcomes": [asdict(outcome) for outcome in report.outcomes],
            "unchecked": [asdict(outcome) for outcome in report.unchecked],
        },
        ensure_ascii=False,
        indent=1,
        default=str,
    )


if __name__ == "__main__":
    raise SystemExit(main())
