"""The bar that long work shows at a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress as Bar


@contextmanager
def terminal_bar() -> Iterator[Bar | None]:
    """A bar on stderr with count, rate and time left; None where stderr is no terminal.

    Every task of it has a field `rate`, which may be empty.
    """
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    console = Console(stderr=True)
    if not console.is_terminal:
        yield None
        return
    with Bar(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),  # knows tasks whose total is not known yet
        TextColumn("{task.fields[rate]}"),
        TextColumn("noch"),
        TimeRemainingColumn(),
        console=console,
    ) as bar:
        yield bar
