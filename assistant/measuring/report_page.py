"""An evaluation as JSON that a later run is compared with, and as a page for everybody."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from jinja2 import Environment, StrictUndefined

from assistant.errors import InputInvalid
from assistant.measuring.evaluation import Report
from assistant.measuring.figures import Ratio, Retrieval, by_kind, retrieval_of

TEMPLATE = Path(__file__).resolve().parents[1] / "web" / "templates" / "bericht.html"
FORM = 1
"""Of the JSON; a run of another form is not compared."""
_LESS_IS_BETTER = ("unbelegter", "Enthaltung bei Beantwortbarem", "falscher")
_MEANING = {
    "Zitate wörtlich": "Jedes gezeigte Zitat steht Zeichen für Zeichen in der Quelle.",
    "Antworten mit unbelegter Angabe": "Eine Zahl, ein Datum, ein § oder ein Ergebnis steht in der "
    "Antwort und nicht in ihren Belegen.",
    "Enthaltung bei Unbeantwortbarem": "Wo die Akten nichts hergeben, sagt das System das auch.",
    "Enthaltung bei Beantwortbarem": "Das System schweigt, obwohl die Antwort in den Akten steht.",
    "Erwartete Angaben in Antwort oder Beleg": "Die gesuchte Angabe ist zu lesen.",
    "Sätze mit Beleg": "Jeder gezeigte Satz nennt wenigstens einen Beleg.",
    "Belege aus erwarteter Drucksache": "Das Zitat stammt aus einer Drucksache, die antwortet.",
    "Art der Frage erkannt": "Das System hat verstanden, was gefragt ist: Liste, §, Vorgang, …",
    "Ausgang wie erwartet": "Geantwortet, nachgefragt oder enthalten, je nachdem, was richtig ist.",
    "Listen genau vollständig": "Die Liste zählt jede Drucksache, die hineingehört, und keine "
    "andere.",
    "Exakte Spuren: ganz richtig": "Fragen, die ohne Suche und Sprachmodell beantwortet werden: "
    "Art, Ausgang, Liste und Angaben stimmen alle.",
    "Ganz richtig": "Alles, was zu einer Frage vorher feststand, stimmt zugleich.",
    "Antworten mit falscher Angabe": "Die Antwort nennt etwas, das nachweislich falsch ist.",
}


@dataclass(frozen=True, slots=True)
class Earlier:
    """The figures of a stored run, by set and name."""

    figures: Mapping[str, Mapping[str, Ratio]]


def summary(reports: Mapping[str, Report], stand: Mapping[str, str]) -> dict[str, Any]:
    """The figures of the runs, by the name of their question set; `stand` says what answered."""
    sets = {
        name: {
            "figures": {n: asdict(ratio) for n, ratio in report.figures.items()},
            "by_kind": {
                kind: {n: asdict(ratio) for n, ratio in figures.items()}
                for kind, figures in by_kind(report.outcomes).items()
            },
            "retrieval": {n: asdict(r) for n, r in retrieval_of(report.outcomes).items()},
            "medians_ms": report.medians_ms,
        }
        for name, report in reports.items()
    }
    at = datetime.now(UTC).isoformat(timespec="seconds")
    return {"form": FORM, "at": at, "stand": dict(stand), "sets": sets}


def as_json(reports: Mapping[str, Report], stand: Mapping[str, str]) -> str:
    """The figures with every answer behind them."""
    content = summary(reports, stand)
    for name, report in reports.items():
        content["sets"][name]["outcomes"] = [
            asdict(outcome) | {"wholly_right": outcome.wholly_right} for outcome in report.outcomes
        ]
        content["sets"][name]["unchecked"] = [asdict(outcome) for outcome in report.unchecked]
    return json.dumps(content, ensure_ascii=False, indent=1, default=str)


def read_earlier(path: Path) -> Earlier:
    """The figures of a run that `as_json` wrote.

    Raises:
        InputInvalid: the file cannot be read, or is none.
    """
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        if content["form"] != FORM:
            raise ValueError(content["form"])
        figures = {
            name: {n: Ratio(r["count"], r["of"]) for n, r in one["figures"].items()}
            for name, one in content["sets"].items()
        }
    except OSError as error:
        raise InputInvalid(f"»{path}« lässt sich nicht lesen: {error.strerror}.") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputInvalid(f"»{path}« ist kein Lauf von »aktenkundig evaluate«.") from error
    return Earlier(figures)


def as_page(
    reports: Mapping[str, Report], stand: Mapping[str, str], earlier: Earlier | None = None
) -> str:
    """The report as one HTML file without anything from elsewhere."""
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    environment.filters["anteil"] = lambda ratio: f"{ratio.count} von {ratio.of}"
    template = environment.from_string(TEMPLATE.read_text(encoding="utf-8"))
    return template.render(
        stand=stand,
        sets=[_set(name, report, earlier) for name, report in reports.items()],
    )


def _set(name: str, report: Report, earlier: Earlier | None) -> dict[str, Any]:
    before = earlier.figures.get(name, {}) if earlier else {}
    return {
        "name": name,
        "questions": len(report.outcomes),
        "understood": "Ganz richtig" in report.figures,
        "rows": [_row(n, ratio, before.get(n)) for n, ratio in report.figures.items()],
        "kinds": [
            (kind, len([o for o in report.outcomes if o.question.kind == kind]), figures)
            for kind, figures in by_kind(report.outcomes).items()
        ],
        "retrieval": [_found(n, r) for n, r in retrieval_of(report.outcomes).items()],
        "seconds": {n: f"{ms / 1000:.1f}".replace(".", ",") for n, ms in report.medians_ms.items()},
    }


def _row(name: str, ratio: Ratio, before: Ratio | None) -> dict[str, Any]:
    low, high = ratio.interval
    return {
        "name": name,
        "meaning": _MEANING.get(name, ""),
        "ratio": ratio,
        "percent": _percent(ratio.share),
        "low": _percent(low),
        "high": _percent(high),
        "share": ratio.share,
        "from": low,
        "to": high,
        "less": less_is_better(name),
        "before": None if before is None else _percent(before.share),
        "change": None if before is None else _change(name, ratio, before),
    }


def less_is_better(name: str) -> bool:
    """Whether a figure of this name should be small."""
    return any(word in name for word in _LESS_IS_BETTER)


def _change(name: str, now: Ratio, before: Ratio) -> str:
    """Better, worse or not to be told apart: the intervals overlap."""
    (low, high), (old_low, old_high) = now.interval, before.interval
    if low <= old_high and old_low <= high:
        return "innerhalb der Streuung"
    better = (now.share > before.share) is not less_is_better(name)
    return "besser" if better else "schlechter"


def _found(name: str, found: Retrieval) -> tuple[str, Sequence[str]]:
    values = (found.recall_at_5, found.recall_at_10, found.mrr_at_10, found.ndcg_at_10)
    return name, [f"{value:.3f}".replace(".", ",") for value in values]


def _percent(share: float) -> str:
    return f"{100 * share:.1f} %".replace(".", ",")
