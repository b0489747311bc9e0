"""`aktenkundig models`: brings weights onto this machine, checks and lists them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from assistant.commands.german import GermanCommand, GermanGroup
from assistant.commands.output import print_json
from assistant.settings import Settings, read_settings
from assistant.upkeep.model_list import ListedModel, listed_models
from models.errors import ModelCorrupt, ModelMissing
from models.registry import ModelEntry, ModelKind, Progress, Weights, find_entry, load_registry
from models.registry import verify as verify_weights


@click.group(cls=GermanGroup)
def models() -> None:
    """Holt, prüft und listet die Gewichte der Sprachmodelle."""


@models.command(cls=GermanCommand)
@click.argument("names", metavar="[NAME]…", nargs=-1)
@click.option(
    "--from",
    "folder",
    metavar="ORDNER",
    help="Nimmt die Dateien aus einem Ordner.",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
)
@click.option("--json", "json_", is_flag=True, help="Gibt genau ein JSON-Objekt aus.")
def fetch(names: tuple[str, ...], folder: Path | None, json_: bool) -> None:
    """Holt Gewichte und prüft ihre Prüfsummen; ohne NAME die eingestellten."""
    from models.provision import fetch as bring
    from models.sources import LocalFolder, Source

    settings = read_settings()
    sources: list[Source] | None = [LocalFolder(folder)] if folder else None
    paths: dict[str, str] = {}
    for entry in _chosen(settings, names):
        with _bytes_bar(entry.name) as progress:
            path = bring(entry, settings.weights, sources=sources, progress=progress)
        paths[entry.name] = str(path)
        if not json_:
            click.echo(f"{entry.name}: vollständig und geprüft ({path})")
    if json_:
        print_json({"models": paths})


@models.command(cls=GermanCommand)
@click.argument("names", metavar="[NAME]…", nargs=-1)
@click.option("--json", "json_", is_flag=True, help="Gibt genau ein JSON-Objekt aus.")
def verify(names: tuple[str, ...], json_: bool) -> None:
    """Prüft die Prüfsummen neu; ohne NAME die der eingestellten Modelle.

    Endet mit 1, wenn etwas fehlt oder nicht stimmt.
    """
    settings = read_settings()
    problems: dict[str, str] = {}
    for entry in _chosen(settings, names):
        try:
            with _bytes_bar(entry.name) as progress:
                verify_weights(entry, settings.weights, progress=progress)
        except (ModelMissing, ModelCorrupt) as error:
            problems[entry.name] = str(error)
        if not json_:
            click.echo(problems.get(entry.name, f"{entry.name}: stimmt"))
    if json_:
        print_json({"ok": not problems, "problems": problems})
    if problems:
        raise click.exceptions.Exit(1)


@models.command("list", cls=GermanCommand)
@click.option("--json", "json_", is_flag=True, help="Gibt genau ein JSON-Objekt aus.")
def list_(json_: bool) -> None:
    """Listet die bekannten Modelle."""
    settings = read_settings()
    found = listed_models(settings.weights, settings.chosen_models)
    if json_:
        print_json({"models": [_as_row(model) for model in found]})
        return
    kinds = {"embedder": "Suche", "generator": "Sätze"}
    states = {
        Weights.VERIFIED: "vorhanden",
        Weights.UNVERIFIED: "vorhanden, Prüfsumme noch nicht geprüft",
        Weights.MISSING: "fehlt",
    }
    for model in found:
        entry = model.entry
        mark = "*" if model.chosen else " "
        size = f"{entry.total_bytes / 1e6:.0f} MB"
        click.echo(
            f"{mark} {entry.name:<32} {kinds[entry.kind.value]:<6} {size:>8}  "
            f"{entry.licence:<12} {states[model.weights]}"
        )
    click.echo("* eingestellt")


def _as_row(model: ListedModel) -> dict[str, object]:
    entry = model.entry
    return {
        "name": entry.name,
        "kind": entry.kind.value,
        "licence": entry.licence,
        "bytes": entry.total_bytes,
        "sha256": entry.sha256,
        "present": model.weights is not Weights.MISSING,
        "verified": model.weights is Weights.VERIFIED,
        "chosen": model.chosen,
    }


@models.command(cls=GermanCommand)
@click.argument("path", metavar="PFAD", type=click.Path(path_type=Path))
@click.option("--name", metavar="NAME", required=True, help="Name, unter dem es eingestellt wird.")
@click.option(
    "--licence", metavar="LIZENZ", required=True, help="Lizenz der Gewichte, zum Beispiel MIT."
)
@click.option(
    "--context-tokens",
    metavar="ANZAHL",
    type=click.IntRange(256, 1_000_000),
    default=4096,
    show_default=True,
    help="Größter Kontext.",
)
@click.option(
    "--dimension",
    metavar="ANZAHL",
    type=click.IntRange(1, 65536),
    help="Länge der Vektoren, für ein Suchmodell nötig.",
)
@click.option("--query-prefix", metavar="TEXT", default="", help="Steht vor jeder Frage.")
@click.option("--passage-prefix", metavar="TEXT", default="", help="Steht vor jeder Textstelle.")
@click.option("--json", "json_", is_flag=True, help="Gibt genau ein JSON-Objekt aus.")
def add(path: Path, name: str, json_: bool, **properties: Any) -> None:
    """Nimmt eigene Gewichte auf: eine GGUF-Datei oder einen Ordner mit safetensors."""
    from models.own import add_model

    settings = read_settings()
    with _bytes_bar(name) as progress:
        entry = add_model(path, settings.weights, name=name, progress=progress, **properties)
    setting = "generator_model" if entry.kind is ModelKind.GENERATOR else "embedder_model"
    if json_:
        print_json({"name": entry.name, "kind": entry.kind.value, "sha256": entry.sha256})
        return
    click.echo(f"{entry.name}: aufgenommen, Prüfsumme {entry.sha256}")
    click.echo(f'Einstellen mit {setting} = "{entry.name}" in aktenkundig.toml.')


def _chosen(settings: Settings, names: tuple[str, ...]) -> list[ModelEntry]:
    registry = load_registry(weights_dir=settings.weights)
    return [find_entry(registry, name) for name in names or settings.chosen_models]


@contextmanager
def _bytes_bar(name: str) -> Iterator[Progress | None]:
    """A bar of bytes on stderr with rate and time left, where stderr is a terminal; else None."""
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        DownloadColumn,
        TextColumn,
        TimeRemainingColumn,
        TransferSpeedColumn,
    )
    from rich.progress import (
        Progress as Bar,
    )

    console = Console(stderr=True)
    if not console.is_terminal:
        yield None
        return
    columns = (DownloadColumn(), TransferSpeedColumn(), TextColumn("noch"), TimeRemainingColumn())
    with Bar(TextColumn(name), BarColumn(), *columns, console=console) as bar:
        task = bar.add_task(name, total=None)
        yield lambda done, total, label: bar.update(task, completed=done, total=total)
