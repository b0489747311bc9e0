"""The orders of amending statutes: which provision each is about, and whether it puts it anew."""

from __future__ import annotations

import pytest

from ingest.papers.amending import LONGEST_ORDER, orders_on, puts_anew

TEXT = """Artikel 1

Die Satzung über den Betrieb der Sternwarte vom 03.05.2012 wird wie folgt geändert:

1. § 2 Abs. 2 wird wie folgt gefasst: „(2) Kinder zahlen nach § 4 nichts.“

2. In § 3 Abs. 1 und 3 wird die Angabe „4,00 €“ durch die Angabe „6,00 €“ ersetzt.

3. Nach § 4 wird folgender § 4a eingefügt: „§ 4a Nachtführungen. Sie dauern zwei Stunden.“

4. § 5 wird wie folgt geändert:
a) Absatz 1 Satz 2 wird gestrichen.
b) Absatz 2 erhält folgende Fassung:
„(2) Die Kuppel bleibt bei Regen zu.“

5. § 6 Abs. 2 bis 4 werden aufgehoben.

§ 7 Leitung
1. Absatz 1 wird wie folgt gefasst: „(1) Es leitet, wer dazu bestellt ist.“

Artikel 2

Diese Satzung tritt am 01.01.2020 in Kraft.
"""


def orders(paragraph: str, absatz: str = "") -> list[str]:
    return [" ".join(span.cut(TEXT).split()) for span in orders_on(TEXT, paragraph, absatz)]


@pytest.mark.parametrize(
    ("paragraph", "absatz", "begins"),
    [
        ("§ 2", "2", ["1. § 2 Abs. 2 wird"]),
        ("§ 2", "", ["1. § 2 Abs. 2 wird"]),
        ("§ 2", "1", []),
        ("§ 3", "1", ["2. In § 3 Abs. 1 und 3"]),
        ("§ 3", "3", ["2. In § 3 Abs. 1 und 3"]),
        ("§ 3", "2", []),
        ("§ 4", "", []),
        ("§ 4a", "", ["3. Nach § 4 wird"]),
        ("§4 a", "", ["3. Nach § 4 wird"]),
        ("§ 6", "3", ["5. § 6 Abs. 2 bis 4"]),
        ("§ 6", "5", []),
        ("§ 9", "", []),
    ],
)
def test_an_order_is_found_by_paragraph_and_absatz(
    paragraph: str, absatz: str, begins: list[str]
) -> None:
    found = orders(paragraph, absatz)
    assert len(found) == len(begins)
    assert all(order.startswith(start) for order, start in zip(found, begins, strict=True))


def test_a_line_that_opens_an_order_takes_what_belongs_to_it() -> None:
    (order,) = orders("§ 5", "2")
    assert order.startswith("4. § 5 wird wie folgt geändert: a) Absatz 1 Satz 2")
    assert order.endswith("Kuppel bleibt bei Regen zu.“")
    (heading,) = orders("§ 7", "1")
    assert (
        heading
        == "§ 7 Leitung 1. Absatz 1 wird wie folgt gefasst: „(1) Es leitet, wer dazu bestellt ist.“"
    )


def test_an_order_without_an_end_is_cut() -> None:
    text = "§ 1 wird wie folgt geändert:\n" + "Es gilt dies und das.\n" * 400
    (span,) = orders_on(text, "§ 1", "")
    assert len(span) <= LONGEST_ORDER


@pytest.mark.parametrize(
    ("paragraph", "absatz", "expected"),
    [
        ("§ 2", "2", True),
        ("§ 3", "1", False),
        ("§ 5", "1", False),
        ("§ 5", "2", True),
        ("§ 6", "4", True),
        ("§ 7", "1", True),
    ],
)
def test_only_a_whole_absatz_is_put_anew(paragraph: str, absatz: str, expected: bool) -> None:
    (order,) = orders(paragraph, absatz)
    assert puts_anew(order, absatz) is expected


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("§ 8 wird wie folgt gefasst: „§ 8 Haftung. Es haftet, wer Schaden macht.“", True),
        ("§ 8 entfällt.", True),
        ("§ 8 Satz 2 wird gestrichen.", False),
        ("In § 8 werden die Wörter „auf Antrag“ gestrichen.", False),
        ("In § 8 Nr. 3 wird neu gefasst: „3. Hunde“", False),
        ("§ 8 Abs. 2 wird aufgehoben.", False),
    ],
)
def test_a_paragraph_without_absaetze(order: str, expected: bool) -> None:
    assert puts_anew(order, "") is expected
