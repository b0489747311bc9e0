"""The kept examples are what the programs give today, and hold what a clerk must find in them."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from tests.acceptance.examples import (
    DOCS,
    MOST_WORDS,
    RULES,
    drafted,
    fill,
    pages,
    reviewed,
    shortened,
)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("beispiele")
    fill(folder)
    return folder


def test_the_kept_pages_are_what_the_programs_give(home: Path) -> None:
    for name, page in pages(home).items():
        kept = (DOCS / name).read_text(encoding="utf-8")
        assert kept == page, f"{name}: python -m tests.acceptance.examples"


def test_an_order_to_another_administration_is_told_with_rule_and_source(home: Path) -> None:
    (other,) = tomllib.loads(RULES.read_text("utf-8"))["andere_koerperschaft"]
    first = reviewed(home)["findings"][0]
    assert (first["art"], first["severity"]) == ("koerperschaft", "Warnung")
    assert "Landschaftsverbands Westfalen Lippe (LWL)" in first["quote"]
    assert first["reason"] == f"Prüfhinweis: {other['regel']} (Quelle: {other['quelle']}.)"


def test_a_motion_is_its_movers_word_in_the_draft_and_no_beschlusslage(home: Path) -> None:
    entwurf = drafted(home)
    texts = [a["text"] for s in entwurf["abschnitte"] for a in s["absaetze"]]
    assert (
        "Zu Antrag Nr. 15/247 vom 03.06.2025 ist kein Ergebnis erfasst; das Papier ist keine "
        "Beschlusslage."
    ) in texts
    claims = [text for text in texts if text.startswith("Als Argument")]
    assert len(claims) == 2
    assert all("nach Angabe der Antragsteller (" in text for text in claims)
    by_movers = [re.sub(r"\(.*?\), Antrag.*", "", text) for text in claims]
    assert by_movers[0] == by_movers[1]
    quotes = {c["n"]: " ".join(c["quote"].split()) for c in entwurf["citations"]}
    for section in entwurf["abschnitte"]:
        for absatz in section["absaetze"]:
            cited = " ".join(quotes[n] for n in absatz["citations"])
            for figure in re.findall(r"\d[\d./]*\d|\d", absatz["text"]):
                own = absatz["herkunft"] in ("Angabe der Bearbeitung", "offen")
                assert own or figure in cited, (figure, absatz["text"])


def test_a_kept_page_quotes_a_few_words_only() -> None:
    assert shortened(
        "Er sagt: „Eins zwei „drei vier“ fünf sechs sieben acht neun zehn elf.“ So."
    ) == ("Er sagt: „Eins zwei „drei vier“ fünf sechs sieben acht neun […]“ So.")
    for page in DOCS.glob("*.md"):
        if page.name == "README.md":
            continue
        for quote in re.findall(r"„([^„“]*)“", page.read_text("utf-8")):
            assert len(quote.split()) <= MOST_WORDS + 2, quote
