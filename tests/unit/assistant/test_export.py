"""Lists as CSV."""

from __future__ import annotations

import csv
import io

from assistant.export import as_csv
from assistant.types import AnswerTable


def test_a_table_comes_back_cell_by_cell() -> None:
    table = AnswerTable(("Nummer", "Gegenstand"), (("15/12", 'Räder; "neu"'), ("15/13", "")))
    data = as_csv(table)
    assert data.startswith(b"\xef\xbb\xbf")
    read = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert read == [list(table.columns), *map(list, table.rows)]


def test_no_cell_becomes_a_formula() -> None:
    rows = (("=1+1", "+49"), ("-2+A1", "@SUM(A1)"), ("15/12", "ab=c"))
    text = as_csv(AnswerTable(("a", "b"), rows)).decode("utf-8-sig")
    assert text.splitlines()[1:] == ["'=1+1;'+49", "'-2+A1;'@SUM(A1)", "15/12;ab=c"]


def test_neither_a_heading_nor_a_wide_sign_nor_one_after_blanks_becomes_a_formula() -> None:
    table = AnswerTable(("=a", "b"), ((" =1+1", "\n=1+1"), ("\uff1d1+1", "\u00a0@x")))
    read = list(
        csv.reader(io.StringIO(as_csv(table).decode("utf-8-sig"), newline=""), delimiter=";")
    )
    assert read == [["'=a", "b"], ["' =1+1", "'\n=1+1"], ["'\uff1d1+1", "'\u00a0@x"]]


def test_a_negative_amount_stays_a_number() -> None:
    rows = (("-23.900", "-4,5"), ("-2-1", "-1.2.3"))
    text = as_csv(AnswerTable(("a", "b"), rows)).decode("utf-8-sig")
    assert text.splitlines()[1:] == ["-23.900;-4,5", "'-2-1;'-1.2.3"]
