"""Abbreviations are written out and a few words exchanged; values stay."""

from __future__ import annotations

import pytest

from assistant.plain.words import exchanged, word_list
from ingest.expressions import find_expressions


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Hierfür sind 5 Mio. EUR nötig.", "Dafür sind 5 Millionen Euro nötig."),
        ("Es kostet 1 Mio. €.", "Es kostet 1 Million Euro."),
        ("Es kostet 21 Mio. €.", "Es kostet 21 Millionen Euro."),
        ("Der Anteil liegt bei 15%.", "Der Anteil liegt bei 15 Prozent."),
        ("Siehe § 5 Abs. 2 der Satzung.", "Siehe § 5 Absatz 2 der Satzung."),
        ("Vorlage Nr. 15/780/1", "Vorlage Nummer 15/780/1"),
        (
            "Sie liefert u. a. Boote, z.B. Kähne.",
            "Sie liefert unter anderem Boote, zum Beispiel Kähne.",
        ),
        ("Bislang fehlen sämtliche Belege.", "Bisher fehlen alle Belege."),
        (
            "Die 15%-Regel und die Mio.-Grenze bleiben.",
            "Die 15%-Regel und die Mio.-Grenze bleiben.",
        ),
        ("Die 318.600 T€ bleiben.", "Die 318.600 T€ bleiben."),
        ("Er nennt ca. 40 Boote usw.", "Er nennt ungefähr 40 Boote usw."),
        ("Es fehlen 5 Mio.", "Es fehlen 5 Millionen."),
    ],
)
def test_an_abbreviation_is_written_out(text: str, plain: str) -> None:
    assert exchanged(text) == plain


@pytest.mark.parametrize("hard", sorted(word_list().always))
def test_no_exchange_changes_a_value(hard: str) -> None:
    text = f"Im Jahr 2024 stehen 40 {hard} 12 in § 3."
    held = [(e.kind, e.value) for e in find_expressions(exchanged(text))]
    assert held == [(e.kind, e.value) for e in find_expressions(text)]
    assert len(held) >= 3
