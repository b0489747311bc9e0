"""Lists as files that other programs read."""

from __future__ import annotations

import csv
import io
import re

from assistant.types import AnswerTable

_NEGATIVE = re.compile(r"-\d{1,3}(?:\.\d{3})+(?:,\d+)?|-\d+(?:,\d+)?")
_FORMULA = tuple("=+-@\uff1d\uff0b\uff0d\uff20")
"""What a formula begins with; some programs take the wide signs and pass over blanks before."""
_BREAKS = ("\t", "\r", "\n")


def as_csv(table: AnswerTable) -> bytes:
    """A table as German spreadsheets open it: semicolons, UTF-8 with its mark, CRLF.

    A cell that a spreadsheet would take for a formula begins with an apostrophe; a negative amount
    is none.
    """
    written = io.StringIO(newline="")
    writer = csv.writer(written, delimiter=";", lineterminator="\r\n")
    writer.writerow([_safe(column) for column in table.columns])
    writer.writerows([_safe(cell) for cell in row] for row in table.rows)
    return written.getvalue().encode("utf-8-sig")


def _safe(cell: str) -> str:
    begins = cell.startswith(_BREAKS) or cell.lstrip().startswith(_FORMULA)
    dangerous = begins and not _NEGATIVE.fullmatch(cell)
    return f"'{cell}" if dangerous else cell
