"""Runs of `aktenkundig evaluate`, kept to compare them: auswertungen/<mandant>/<time>.json.

Only figures are kept, never the questions and answers behind them, which may quote closed papers.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from assistant.errors import InputInvalid, NotFound
from assistant.measuring.figures import Ratio
from assistant.measuring.report_page import FORM, less_is_better

FOLDER = "auswertungen"
LARGEST_RUN = 32 * 1024 * 1024
LONGEST_NAME = 120
MOST_NAMES = 200
_NONE = "Das ist kein Lauf von »aktenkundig evaluate --lauf DATEI«."


@dataclass(frozen=True, slots=True)
class FigureAt:
    """A figure of a run; None where the run does not have it or asked nothing for it."""

    run: KeptRun
    ratio: Ratio | None


@dataclass(frozen=True, slots=True)
class FigureCourse:
    """A figure of a question set over the runs, oldest first."""

    name: str
    less_is_better: bool
    values: tuple[FigureAt, ...]


@dataclass(frozen=True, slots=True)
class KeptRun:
    """The figures of a run.

    Attributes:
        id: name of its file.
        at: when it was measured, ISO 8601; when it was kept where the run does not say.
        stand: what answered: version, documents, models.
        figures: by question set and name.
        medians_ms: milliseconds by question set and name.
    """

    id: str
    at: str
    stand: Mapping[str, str]
    figures: Mapping[str, Mapping[str, Ratio]]
    medians_ms: Mapping[str, Mapping[str, float]]


def keep_run(home: Path, mandant: str, text: str, now: datetime | None = None) -> KeptRun:
    """Keeps the figures of a run as `report_page.as_json` writes it; one kept before stays one.

    Raises:
        InputInvalid: it is none, or of another Mandant, or cannot be written.
    """
    run = _read(text, "", (now or datetime.now(UTC)).isoformat(timespec="seconds"))
    owner = run.stand.get("Mandant", mandant)
    if owner != mandant:
        raise InputInvalid(f"Dieser Lauf gehört zum Mandanten »{owner[:32]}«, nicht hierher.")
    figures = json.dumps(_content(run)["sets"], sort_keys=True) + json.dumps(dict(run.stand))
    mark = hashlib.sha256(figures.encode()).hexdigest()[:12]
    folder = home / FOLDER / mandant
    known = next(folder.glob(f"*-{mark}.json"), None)
    if known is not None:
        return _read(known.read_text("utf-8"), known.stem, run.at)
    id_ = f"{run.at[:19].replace(':', '').replace('T', '-')}-{mark}"
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        part = folder / f".{id_}.{os.getpid()}"
        part.write_text(json.dumps(_content(run), ensure_ascii=False, indent=1), "utf-8")
        part.replace(folder / f"{id_}.json")
    except OSError as error:
        raise InputInvalid(
            f"Der Lauf lässt sich nicht ablegen ({error.strerror}). Bitte Speicherplatz und Rechte "
            "des Datenordners prüfen."
        ) from error
    return _read(json.dumps(_content(run)), id_, run.at)


def kept_runs(home: Path, mandant: str) -> tuple[list[KeptRun], list[str]]:
    """The runs, oldest first, and the names of files that are none."""
    runs, broken = [], []
    for path in sorted((home / FOLDER / mandant).glob("*.json")):
        try:
            runs.append(_read(path.read_text("utf-8"), path.stem, ""))
        except (InputInvalid, OSError, UnicodeDecodeError):
            broken.append(path.name)
    return sorted(runs, key=lambda run: (run.at, run.id)), broken


def courses_of(runs: Sequence[KeptRun], set_: str) -> list[FigureCourse]:
    """Each figure of a question set over the runs that asked it."""
    asked = [run for run in runs if set_ in run.figures]
    names = dict.fromkeys(name for run in reversed(asked) for name in run.figures[set_])
    return [
        FigureCourse(
            name,
            less_is_better(name),
            tuple(FigureAt(run, _counted(run.figures[set_].get(name))) for run in asked),
        )
        for name in names
    ]


def _counted(ratio: Ratio | None) -> Ratio | None:
    """A share of nothing is no value."""
    return ratio if ratio is not None and ratio.of else None


def forget_run(home: Path, mandant: str, run_id: str) -> None:
    """Deletes a kept run.

    Raises:
        NotFound: there is none.
    """
    for path in (home / FOLDER / mandant).glob("*.json"):
        if path.stem == run_id:
            path.unlink()
            return
    raise NotFound("Diese Auswertung gibt es nicht.")


def _content(run: KeptRun) -> dict[str, Any]:
    return {
        "form": FORM,
        "at": run.at,
        "stand": dict(run.stand),
        "sets": {
            name: {
                "figures": {n: {"count": r.count, "of": r.of} for n, r in figures.items()},
                "medians_ms": dict(run.medians_ms.get(name, {})),
            }
            for name, figures in run.figures.items()
        },
    }


def _read(text: str, id_: str, at: str) -> KeptRun:
    try:
        content = json.loads(text)
        if content["form"] != FORM:
            raise ValueError(content["form"])
        sets = content["sets"]
        if not sets or len(sets) > MOST_NAMES:
            raise ValueError(len(sets))
        figures = {_name(set_): _ratios(one["figures"]) for set_, one in sets.items()}
        medians = {
            _name(set_): {_name(n): float(ms) for n, ms in one.get("medians_ms", {}).items()}
            for set_, one in sets.items()
        }
        stand = {_name(k): _name(v) for k, v in content["stand"].items()}
        measured = content.get("at") or at
        datetime.fromisoformat(measured)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise InputInvalid(_NONE) from error
    return KeptRun(id_, measured, stand, figures, medians)


def _ratios(raw: Mapping[str, Any]) -> dict[str, Ratio]:
    if len(raw) > MOST_NAMES:
        raise ValueError(len(raw))
    found = {}
    for name, one in raw.items():
        ratio = Ratio(int(one["count"]), int(one["of"]))
        if not 0 <= ratio.count <= ratio.of:
            raise ValueError(name)
        found[_name(name)] = ratio
    return found


def _name(text: object) -> str:
    if not isinstance(text, str) or len(text) > LONGEST_NAME:
        raise ValueError(type(text))
    return text
