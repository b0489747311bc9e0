"""Everyday words for the rows of a budget: "Personalkosten" are its "Personalaufwendungen".

They are tried only where the words that were typed name no row, and the answer says which row was
taken. "Einnahmen" and "Ausgaben" are no such words: they may mean amounts earned or amounts paid.
Nor is "Defizit", whose sign is the other way round.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from assistant.amounts.answering import answer_amounts
from assistant.amounts.near_rows import ask_which_row
from assistant.amounts.request import AmountRequest, read_amount_request
from assistant.records.exact import Finding
from assistant.understanding.question import Question
from index.store import Store
from index.types import Access

_ROWS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (r"personal(?:kosten|ausgaben|aufwand(?:e?s)?)", ("Personalaufwendungen",)),
    (
        r"sach(?:kosten|ausgaben|aufwand(?:e?s)?|aufwendungen)",
        (
            "Aufwendungen für Sach- und Dienstleistungen",
            "Sach- und Dienstleistungen",
            "Sachaufwendungen",
        ),
    ),
    (
        r"transfer(?:kosten|ausgaben|leistungen|zahlungen|aufwand(?:e?s)?)",
        ("Transferaufwendungen",),
    ),
    (
        r"(?:versorgungs|pensions)(?:kosten|ausgaben|lasten|aufwand(?:e?s)?)",
        ("Versorgungsaufwendungen",),
    ),
    (
        r"zins(?:kosten|ausgaben|lasten?|aufwand(?:e?s)?)",
        ("Zinsaufwendungen", "Zinsen und sonstige Finanzaufwendungen"),
    ),
    (r"afa|abschreibung(?:en)?", ("Bilanzielle Abschreibungen", "Abschreibungen")),
    (
        r"gesamt(?:aufwand(?:e?s)?|aufwendungen)",
        ("Summe der Aufwendungen", "Ordentliche Aufwendungen"),
    ),
    (r"gesamterträgen?|gesamtertrag", ("Summe der Erträge", "Ordentliche Erträge")),
    (r"umlageaufkommen", ("Landschaftsumlage",)),
)
_WORDS = tuple(
    (re.compile(rf"(?<![\w-])(?:{words})(?![\w-])", re.IGNORECASE), rows) for words, rows in _ROWS
)


def ask_for_amounts(
    store: Store, access: Access, question: Question
) -> tuple[AmountRequest, Finding] | None:
    """The amounts that a question asks for, with what was understood; None where none are.

    Where its own words name no row, those that a budget uses are tried, and a note says so.
    """
    asked = read_amount_request(question)
    if asked is None:
        return None
    if finding := answer_amounts(store, access, asked):
        return asked, finding
    for text, said, row in _in_other_words(question.text):
        other = read_amount_request(replace(question, text=text))
        found = answer_amounts(store, access, other) if other else None
        if other is not None and found is not None:
            note = f"„{said}“ steht dort nicht; genommen wurde die Zeile „{row}“."
            notes = (note, *found.notes)
            return other, replace(found, notes=notes, text=f"{found.text}\n{note}")
    which = ask_which_row(store, access, asked)
    return (asked, which) if which else None


def _in_other_words(text: str) -> Iterator[tuple[str, str, str]]:
    """The question with a row's own name, the word that it takes the place of, and that name."""
    for words, rows in _WORDS:
        if match := words.search(text):
            for row in rows:
                yield f"{text[: match.start()]}{row}{text[match.end() :]}", match[0], row
