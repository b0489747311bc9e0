"""Papers with tables, in each format, and a way to read them whole."""

from __future__ import annotations

from collections.abc import Callable

from index.types import Document
from ingest.blocks import Parsed
from ingest.document import read_document
from ingest.formats.text import parse_text
from ingest.intake import Intake
from ingest.papers.table_reading import reading_of

PLAN = """\
# Haushaltsplan

## Teilplan Museen (Beträge in T€)

| Position | Ergebnis 2022 | Ansatz 2023 | Ansatz 2024 |
|---|---|---|---|
| Eintrittserlöse | 1.064 | 1.150 | 1.240 |
| Personalaufwendungen | 3.200 | 3.350 | 3.410 |
| davon Ausbildung | 120 | 150 | 175 |
| Stellen | 41,5 | 42,0 | 42,0 |
| Kostendeckung (%) | 12,5 | 13,1 | 14 |
| Summe | 4.264 | 4.500 | 4.650 |

Die Ansätze sind gedeckt.
"""


def read(data: bytes, parser: Callable[[bytes], Parsed] = parse_text) -> Document:
    """Reads the bytes of a file as the pipeline does."""
    intake = Intake("plan.txt", data, "a" * 64, "text/plain")
    return read_document(intake, parser(data), "lvs")


def readings(document: Document) -> list[str]:
    """Every row of every table in words."""
    return [reading_of(document, row.span) for table in document.tables for row in table.rows]
