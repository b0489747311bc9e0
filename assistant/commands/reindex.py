"""`aktenkundig reindex`: a generation of the index beside the old one, compared and switched."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from assistant.commands.bar import terminal_bar
from assistant.commands.german import GermanCommand
from assistant.commands.output import print_json
from assistant.commands.parts import as_json, of_mandant, opened_parts
from assistant.errors import InputInvalid
from assistant.measuring.comparison import FIRST, Comparison, Probe, own_probes, read_probes
from assistant.measuring.figures import Ratio
from assistant.wiring import Parts
from index.builds import Build
from index.types import Access

if TYPE_CHECKING:
    from ingest.generation import BuildProgress, OnProgress

Say = Callable[[str], None]

MOST_LOST = 5


@click.command(cls=GermanCommand)
@click.option(
    "--modell", metavar="NAME", help="Suchmodell der neuen Generation (sonst das eingestellte)."
)
@click.option(
    "--fragen",
    metavar="DATEI",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help='Fragen für den Vergleich, je Zeile {"text", "expected_sources"}; sonst die Titel der '
    "Dokumente.",
)
@click.option(
    "--trotzdem", is_flag=True, help="Schaltet auch um, wenn die Fragen weniger finden als bisher."
)
@click.option("--ohne-umschalten", is_flag=True, help="Baut und vergleicht nur.")
@click.option("--neu", is_flag=True, help="Baut auch dann, wenn sich nichts geändert hat.")
@click.option("--zurueck", is_flag=True, help="Schaltet auf die frühere Generation zurück.")
@click.option("--aufraeumen", is_flag=True, help="Entfernt alle Generationen außer der gültigen.")
@of_mandant
@as_json
def reindex(
    modell: str | None,
    fragen: Path | None,
    trotzdem: bool,
    ohne_umschalten: bool,
    neu: bool,
    zurueck: bool,
    aufraeumen: bool,
    mandant: str | None,
    json_: bool,
) -> None:
    """Baut den Index neu, neben dem bisherigen, vergleicht beide und schaltet um.

    Nötig nach einem Wechsel des Suchmodells und wo »status« es nahelegt. Gefragt und eingelesen
    werden kann währenddessen; bis zum Umschalten antwortet die bisherige Generation. Sie bleibt
    danach stehen, bis »--aufraeumen« oder das nächste Umschalten sie entfernt.
    """
    building = modell or fragen or trotzdem or ohne_umschalten or neu
    if (zurueck and aufraeumen) or (building and (zurueck or aufraeumen)):
        raise InputInvalid("--zurueck und --aufraeumen stehen jeweils für sich allein.")
    from assistant.upkeep.reindexing import clear, reindexing

    probes = read_probes(fragen) if fragen is not None else None
    say: Say = _silent if json_ else click.echo
    with opened_parts(mandant) as parts, reindexing(parts):
        if aufraeumen:
            removed = clear(parts)
            report: dict[str, Any] = {"removed": removed}
            say(f"Entfernt: {removed} Generation{'' if removed == 1 else 'en'}.")
        elif zurueck:
            report = _back(parts, say)
        else:
            plan = _Plan(modell, probes, switch=not ohne_umschalten, force=trotzdem, anew=neu)
            report = _forward(parts, plan, say)
    if json_:
        print_json(report)


@dataclass(frozen=True, slots=True)
class _Plan:
    model: str | None
    probes: list[Probe] | None
    switch: bool
    force: bool
    anew: bool


def _forward(parts: Parts, plan: _Plan, say: Say) -> dict[str, Any]:
    from assistant.upkeep import reindexing

    started = time.monotonic()
    embedder = reindexing.embedder_named(parts, plan.model)
    former = parts.store.active_build()
    with _progress_bar() as (on_build, on_question):
        built = reindexing.build(parts, embedder, anew=plan.anew, progress=on_build)
        if not built.is_new:
            say(
                "Die gültige Generation ist schon mit diesem Suchmodell und dieser Zerlegung "
                "gebaut; es gibt nichts zu tun (anders mit --neu)."
            )
            return {"built": None, "switched": False, "generation": _shown(former)}
        probes = plan.probes or own_probes(parts.store, Access.operator(parts.mandant))
        comparison = reindexing.compared(parts, built.build, probes, on_question)
    seconds = time.monotonic() - started
    say(
        f"Generation {built.build.id} gebaut: {built.build.embedder_id}, "
        f"{built.build.documents} Dokumente, {built.passages} Textstellen, "
        f"{_decimal(seconds)} s"
    )
    _tell_comparison(comparison, former, built.build, plan.probes is not None, say)
    if plan.switch:
        if plan.probes is not None and not plan.force:
            reindexing.refuse_worse(comparison, built.build)
        active = reindexing.put_in_force(parts, built.build, embedder)
        say(
            f"Umgeschaltet: Es antwortet die Generation {active.id}. Zurück mit »aktenkundig "
            "reindex --zurueck«, Platz schaffen mit »aktenkundig reindex --aufraeumen«."
        )
    else:
        say("Nicht umgeschaltet. »aktenkundig reindex« mit denselben Angaben holt es nach.")
    return {
        "built": {
            **_shown(built.build),
            "passages": built.passages,
            "seconds": round(seconds, 3),
        },
        "comparison": _compared(comparison),
        "switched": plan.switch,
        "generation": _shown(parts.store.active_build()),
    }


def _back(parts: Parts, say: Say) -> dict[str, Any]:
    from assistant.upkeep.reindexing import put_back

    with _progress_bar() as (on_build, _):
        active = put_back(parts, on_build)
    say(f"Zurückgeschaltet: Es antwortet die Generation {active.id} ({active.embedder_id}).")
    return {"switched": True, "generation": _shown(active)}


def _compared(comparison: Comparison | None) -> dict[str, Any] | None:
    if comparison is None:
        return None
    return {
        "questions": comparison.same.of,
        "same": comparison.same.count,
        "former": comparison.former.count,
        "new": comparison.new.count,
        "lost": list(comparison.lost),
    }


def _tell_comparison(
    comparison: Comparison | None, former: Build, new: Build, from_file: bool, say: Say
) -> None:
    if comparison is None:
        say("Kein Vergleich: Die Gewichte des bisherigen Suchmodells fehlen.")
        return
    asked = "aus der Datei" if from_file else "aus den Titeln der Dokumente"
    say(f"Vergleich über {comparison.same.of} Fragen {asked}:")
    names = (f"Generation {former.id}", f"Generation {new.id}")
    say(f"  {'':<36}{names[0]:>20}{names[1]:>20}")
    values = (_share(comparison.former), _share(comparison.new))
    say(f"  {f'Dokument unter den ersten {FIRST}':<36}{values[0]:>20}{values[1]:>20}")
    say(f"  {f'dieselben ersten {FIRST} Dokumente':<36}{'':>20}{_share(comparison.same):>20}")
    for text in comparison.lost[:MOST_LOST]:
        say(f"  Nicht mehr gefunden: {text}")
    if len(comparison.lost) > MOST_LOST:
        say(f"  … und {len(comparison.lost) - MOST_LOST} weitere")


def _shown(build: Build) -> dict[str, Any]:
    return {
        "number": build.id,
        "embedder_id": build.embedder_id,
        "chunker": build.chunker,
        "documents": build.documents,
        "since": build.active_since,
    }


def _share(ratio: Ratio) -> str:
    return f"{ratio.count} von {ratio.of} ({_decimal(100 * ratio.share)} %)"


def _decimal(value: float) -> str:
    return f"{value:.1f}".replace(".", ",")


def _silent(_line: str) -> None:
    pass


@contextmanager
def _progress_bar() -> Iterator[tuple[OnProgress | None, Callable[[int, int], None] | None]]:
    """A bar on stderr with rate and time left, where stderr is a terminal; else nothing.

    Yields what to call after every group of documents, and after every question of a comparison.
    """
    with terminal_bar() as bar:
        if bar is None:
            yield None, None
            return
        building = bar.add_task("Generation bauen", total=None, rate="")
        asking = bar.add_task("Vergleichen", total=None, rate="", visible=False)

        def on_build(progress: BuildProgress) -> None:
            rate = f"{_decimal(progress.rate)} Textstellen/s"
            bar.update(building, completed=progress.done, total=progress.total, rate=rate)

        def on_question(done: int, total: int) -> None:
            bar.update(asking, completed=done, total=total, rate="", visible=True)

        yield on_build, on_question
