"""Every word of the surface is there in both languages, and none is there for nothing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from assistant.web import texts
from assistant.web.surface import COLOURS, HERE
from assistant.web.texts import LANGUAGES, texts_in

USED = re.compile(r"""\bt\(\s*["']([a-z_.]+)["']""")
BEGINNING = re.compile(r"""\bt\(\s*["']([a-z_.]+\.)["']\s*~""")
PLACES = re.compile(r"\{(\w*)")


def sources() -> list[Path]:
    return [*sorted((HERE / "templates").rglob("*.html")), *sorted(HERE.rglob("*.py"))]


def bare(key: str) -> str:
    return key.removesuffix(".eins").removesuffix(".viele")


def test_both_languages_have_the_same_texts_with_the_same_places() -> None:
    german, english = (texts_in(language).words for language in LANGUAGES)
    assert german.keys() == english.keys()
    words = {key: (german[key], english[key]) for key in german}
    assert [
        key
        for key, (one, other) in words.items()
        if sorted(set(PLACES.findall(one))) != sorted(set(PLACES.findall(other)))
    ] == []
    assert all(one.strip() and other.strip() for one, other in words.values())


def test_every_text_that_a_template_asks_for_is_there_and_none_is_left_over() -> None:
    known = {bare(key) for key in texts_in("de").words}
    asked = {key for path in sources() for key in USED.findall(path.read_text("utf-8"))}
    beginnings = {key for path in sources() for key in BEGINNING.findall(path.read_text("utf-8"))}
    assert sorted(asked - known - beginnings) == []
    left = known - asked
    assert sorted(key for key in left if not key.startswith(tuple(beginnings))) == []


def test_counts_take_the_form_that_fits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "de").mkdir()
    (tmp_path / "de" / "liste.toml").write_text(
        '[treffer]\neins = "ein Treffer"\nviele = "{n} Treffer"\n', "utf-8"
    )
    monkeypatch.setattr(texts, "FOLDER", tmp_path)
    texts.texts_in.cache_clear()
    try:
        t = texts_in("de")
        assert (t("liste.treffer", n=1), t("liste.treffer", n=7)) == ("ein Treffer", "7 Treffer")
        with pytest.raises(KeyError):
            t("liste.fehlt")
    finally:
        texts.texts_in.cache_clear()


def test_an_unknown_language_is_german() -> None:
    assert texts_in("fr").language == "de"
    assert {f"seite.farben.{colour}" for colour in COLOURS} <= texts_in("de").words.keys()
