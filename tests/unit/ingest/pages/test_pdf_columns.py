"""Two columns are read one after the other, rows of a table across."""

from __future__ import annotations

from ingest.canonical import canonical_text
from ingest.formats.pdf import parse_pdf
from tests.unit.ingest.pdf_files import Line, pdf_file

LEFT = (
    "Der Ausschuss hat sich am Montag mit der",
    "Sanierung des Museums befasst und dabei die",
    "vorgelegten Pläne der Verwaltung erörtert, in",
    "denen auch der neue Eingang beschrieben ist.",
)
RIGHT = (
    "Im nächsten Jahr beginnt der Umbau, sofern die",
    "erforderlichen Mittel im Haushalt bereitstehen und",
    "die Förderung des Landes bis dahin bewilligt ist,",
    "was nach heutigem Stand zu erwarten ist.",
)


def text_of(lines: list[Line]) -> str:
    return canonical_text(parse_pdf(pdf_file([lines]))).text


def across(top: float, *rows: tuple[str, str], middle: float = 330) -> list[Line]:
    found: list[Line] = []
    for index, (left, right) in enumerate(rows):
        found += [(60, top - 14 * index, left), (middle, top - 14 * index, right)]
    return found


def test_prose_in_two_columns_is_read_down_the_left_and_then_down_the_right() -> None:
    expected = f"{' '.join(LEFT)}\n\n{' '.join(RIGHT)}"
    assert text_of(across(600, *zip(LEFT, RIGHT, strict=True))) == expected
    by_column: list[Line] = [(60, 600 - 14 * i, words) for i, words in enumerate(LEFT)]
    by_column += [(330, 600 - 14 * i, words) for i, words in enumerate(RIGHT)]
    assert text_of(by_column) == expected


def test_two_senders_of_a_letter_are_read_one_after_the_other() -> None:
    head = across(
        780,
        ("CDU-Fraktion", "SPD-Fraktion"),
        ("im Rat der Stadt Auenfeld", "im Rat der Stadt Auenfeld"),
        ("Rathaus, Zimmer 3", "Rathaus, Zimmer 9"),
    )
    words = text_of([*head, (60, 680, "Antrag Nr. 15/7")])
    assert words.index("Zimmer 3") < words.index("SPD-Fraktion") < words.index("Zimmer 9")
    assert words.endswith("Antrag Nr. 15/7") and "\t" not in words


def test_what_a_letter_says_about_itself_is_read_apart_from_the_address() -> None:
    head = across(
        780,
        ("Frau Vera Ahorn", "Unser Zeichen: 40-12"),
        ("Gartenweg 5", "Auskunft: Herr Birke"),
        ("99812 Hohenbruck", "Durchwahl: 0331 55"),
    )
    lines = text_of([*head, (60, 680, "Sehr geehrte Frau Ahorn,")]).split("\n")
    assert "Unser Zeichen: 40-12" in lines and "Gartenweg 5" in " ".join(lines[:3])


def test_rows_of_a_table_stay_rows() -> None:
    rows = (
        ("Kosten der Maßnahme", "4.200.000 €"),
        ("Zuschuss des Landes", "1.050.000 €"),
        ("jährliche Folgekosten", "46.000 €"),
        ("davon Energie", "20.000 €"),
    )
    assert text_of(across(600, *rows)) == "\n".join("\t".join(row) for row in rows)


def test_labels_with_their_values_stay_rows() -> None:
    rows = (("Datum:", "12.03.2024"), ("Antragsteller:", "CDU-Fraktion"), ("Zimmer:", "Nr. 5"))
    assert "Antragsteller:\tCDU-Fraktion" in text_of(across(780, *rows))
