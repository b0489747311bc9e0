"""A process of ours that locks itself up and then becomes LibreOffice."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from ingest.walls.jail import lock_up_program


def become(arguments: Sequence[str]) -> None:
    """Memory, file size, seconds, folder, then the program and its own arguments; never returns."""
    memory_bytes, file_bytes, seconds, folder, program = arguments[:5]
    lock_up_program(int(memory_bytes), int(file_bytes), int(seconds), Path(folder), Path(program))
    os.execv(program, list(arguments[4:]))
