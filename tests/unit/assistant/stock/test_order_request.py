"""Orders to delete, release and rebuild, and sentences that only sound like one."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.stock.order_request import Order, read_order
from assistant.understanding.question import understand


@pytest.mark.parametrize(
    ("text", "named", "numbers"),
    [
        ("Lösche Dokument X einschließlich Vektoren und Nachweis.", "Dokument X", []),
        ("Bitte löschen Sie die Vorlage 15/2345.", "die Vorlage 15/2345", ["15/2345"]),
        ("loesche bitte antrag 15/12", "antrag 15/12", ["15/12"]),
        ("Entferne antrag-14-95.txt aus dem Index", "antrag-14-95.txt", []),
        ("Den Antrag 15/148 bitte löschen", "Den Antrag 15/148", ["15/148"]),
        ("Ich möchte die Vorlage 15/780 löschen.", "die Vorlage 15/780", ["15/780"]),
        ("Wie lösche ich den Antrag 15/12?", "den Antrag 15/12", ["15/12"]),
        ("Wie kann ich die Vorlage 15/12 löschen?", "die Vorlage 15/12", ["15/12"]),
        ("Lösche das Dokument 0123456789ab", "das Dokument 0123456789ab", []),
    ],
)
def test_an_order_to_delete_names_what_is_meant(text: str, named: str, numbers: list[str]) -> None:
    found = read_order(understand(text))
    assert found is not None
    assert (found.order, found.named) == (Order.DELETE, named)
    assert [str(number) for number in found.numbers] == numbers


@pytest.mark.parametrize(
    ("text", "top"),
    [
        ("Gib den nichtöffentlichen TOP 12 frei – wer, wann, Grundlage?", "12"),
        ("Bitte geben Sie den nichtöffentlichen TOP 3.1 der Sitzung frei.", "3.1"),
        ("Wer hat den nichtöffentlichen TOP 12 wann freigegeben?", "12"),
        ("Stelle das Dokument 15/12 öffentlich", ""),
        ("Nichtöffentliche Vorlage 15/12 freigeben", ""),
        ("Veröffentliche das Dokument 15/12", ""),
    ],
)
def test_an_order_to_release_names_item_or_document(text: str, top: str) -> None:
    found = read_order(understand(text))
    assert found is not None and (found.order, found.top) == (Order.RELEASE, top)


def test_the_day_of_a_sitting_is_kept() -> None:
    found = read_order(understand("Gib den nichtöffentlichen TOP 7 vom 26.10.2023 frei"))
    assert found is not None and (found.top, found.day) == ("7", date(2023, 10, 26))


@pytest.mark.parametrize(
    "text",
    [
        "Baue mit neuem Embedding-Modell neu auf, vergleiche, schalte um oder zurück.",
        "Baue den Index neu auf",
        "Schalte auf die frühere Generation zurück",
        "Bitte den Suchindex mit dem neuen Suchmodell neu bauen",
        "Wechsle das Embedding-Modell",
        "index neu aufbauen",
    ],
)
def test_an_order_to_rebuild_is_recognised(text: str) -> None:
    found = read_order(understand(text))
    assert found is not None and found.order is Order.REINDEX


@pytest.mark.parametrize(
    "text",
    [
        "Was sagt die Archivsatzung zum Löschen?",
        "Wurde die Vorlage gelöscht?",
        "Wurde die Vorlage 15/12 abgesetzt?",
        "Lösche den zweiten Absatz der Vorlage 15/12",
        "Lösche das Feuer",
        "Wer darf Dokumente löschen?",
        "Müssen Niederschriften gelöscht werden?",
        "Wann sind Protokolle zu löschen?",
        "Der Antrag 15/12 will den Parkplatz entfernen",
        "Die Verwaltung soll Daten löschen. In welcher Vorlage steht das?",
        "Wie kann man Barrieren in Museen entfernen?",
        "Wer hat die Mittel für den Neubau freigegeben?",
        "Gib die Mittel für 15/12 frei",
        "Wurde der Radweg freigegeben?",
        "Welche Dokumente veröffentlichen die Museen?",
        "Die Verwaltung will Dokumente veröffentlichen",
        "Stelle die Vorlage 15/12 vor",
        "Baut der Verband neu?",
        "Welche Modelle gibt es für den Neubau?",
        "Soll der Index der Preise neu gebaut werden?",
    ],
)
def test_what_only_sounds_like_an_order_is_left_to_others(text: str) -> None:
    assert read_order(understand(text)) is None
