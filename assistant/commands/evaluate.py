"""`aktenkundig evaluate`: asks question sets and writes the report."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assistant.commands.bar import terminal_bar
from assistant.commands.german import GermanCommand
from assistant.commands.output import print_json
from assistant.commands.parts import as_json, of_mandant, opened_parts
from assistant.errors import InputInvalid
from assistant.wire.status import program_version
from assistant.wiring import Parts
from index.types import Access

if TYPE_CHECKING:
    from assistant.measuring.questionset import QuestionCase

SETS = "*.jsonl"


@click.command(cls=GermanCommand)
@click.argument("path", metavar="ORDNER", type=click.Path(exists=True, path_type=Path))
@click.option(
    "--report",
    "page",
    metavar="DATEI",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Schreibt den Bericht als HTML-Seite.",
)
@click.option(
    "--lauf",
    metavar="DATEI",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Schreibt den ganzen Lauf als JSON, für spätere Vergleiche.",
)
@click.option(
    "--vergleich",
    metavar="DATEI",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Vergleicht mit einem früheren Lauf.",
)
@click.option(
    "--ablegen", is_flag=True, help="Legt die Zahlen für den Verlauf in der Verwaltung ab."
)
@click.option("--no-generator", is_flag=True, help="Antwortet ohne Sprachmodell.")
@of_mandant
@as_json
def evaluate(
    path: Path,
    page: Path | None,
    lauf: Path | None,
    vergleich: Path | None,
    ablegen: bool,
    no_generator: bool,
    mandant: str | None,
    json_: bool,
) -> None:
    """Stellt Prüffragen und berichtet, wie gut geantwortet wird.

    ORDNER enthält Fragensätze (.jsonl); ein einzelner Fragensatz geht auch. Wie eine Frage
    aussieht, steht in tests/eval/README.md.
    """
    from assistant.measuring import evaluation, report_page
    from assistant.upkeep.kept_runs import keep_run

    sets = _read_sets(path)
    earlier = report_page.read_earlier(vergleich) if vergleich else None
    with opened_parts(mandant, need_generator=not no_generator) as parts, _bar() as bar:
        access = Access.operator(parts.mandant)
        reports = {
            name: evaluation.evaluate(
                parts,
                questions,
                access,
                use_generator=parts.generator is not None,
                progress=bar(name),
            )
            for name, questions in sets.items()
        }
        stand = _stand(parts, access)
    if page is not None:
        _write(page, report_page.as_page(reports, stand, earlier))
    run = report_page.as_json(reports, stand)
    if lauf is not None:
        _write(lauf, run)
    if ablegen:
        keep_run(parts.home, parts.mandant, run)
    if json_:
        print_json(report_page.summary(reports, stand))
        return
    for name, report in reports.items():
        click.secho(f"{name} ({len(report.outcomes)} Fragen)", bold=True)
        width = max(map(len, report.figures))
        for figure, ratio in report.figures.items():
            click.echo(f"  {figure:<{width}}  {ratio}")


def _read_sets(path: Path) -> dict[str, list[QuestionCase]]:
    from assistant.measuring.questionset import read_questions

    files = sorted(path.glob(SETS)) if path.is_dir() else [path]
    if not files:
        raise InputInvalid(f"In »{path}« liegt kein Fragensatz ({SETS}).")
    try:
        sets = {file.stem: read_questions(file) for file in files}
    except (ValueError, OSError) as error:
        raise InputInvalid(str(error)) from error
    empty = [name for name, questions in sets.items() if not questions]
    if empty:
        raise InputInvalid(f"Der Fragensatz »{empty[0]}« enthält keine Frage.")
    return sets


def _stand(parts: Parts, access: Access) -> dict[str, str]:
    """What answered, for the head of the report."""
    status = parts.store.status(access)
    return {
        "Version": program_version(),
        "Mandant": parts.mandant,
        "Dokumente": str(status.documents),
        "Indexstand": str(status.generation),
        "Suchmodell": status.embedder_id or "–",
        "Sprachmodell": parts.generator.generator_id if parts.generator else "keines",
    }


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise InputInvalid(f"»{path}« lässt sich nicht schreiben: {error.strerror}.") from error


OnQuestion = Callable[[int, int], None]


@contextmanager
def _bar() -> Iterator[Callable[[str], OnQuestion | None]]:
    """Makes a bar on stderr for each set, where stderr is a terminal."""
    with terminal_bar() as bar:
        if bar is None:
            yield lambda _name: None
            return

        def of_set(name: str) -> OnQuestion:
            task = bar.add_task(name, total=None, rate="")
            return lambda done, total: bar.update(task, completed=done, total=total)

        yield of_set
