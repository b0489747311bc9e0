"""The handbook: its words are those of the surface, its links lead somewhere, its pictures are ten."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from assistant.cli import cli
from assistant.web.texts import texts_in
from tests.browser.handbook_views import VIEWS
from tests.running import ROOT

HANDBOOK = ROOT / "docs" / "handbuch"
CHAPTERS = [HANDBOOK / f"{name}.md" for name in ("README", "fragen", "entwerfen", "verwalten")]
PICTURES = HANDBOOK / "bilder"
MOST_WORDS = 5600
"""About sixteen printed pages; the ten pictures fill the other four of twenty."""
MOST_BYTES = 150_000
BOLD = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)
PICTURE = re.compile(
    r"!\[(?P<alt>[^\]]*)\]\(bilder/(?P<name>[^)]+)\.png\)\n\n\*Bild (?P<number>\d+): "
)
LINK = re.compile(r"(?<!!)\[[^\]]+\]\((?P<file>[^)#]*)(?:#(?P<anchor>[^)]+))?\)")
COMMAND = re.compile(r"`aktenkundig ([a-z]+)")


@cache
def surface_words() -> tuple[frozenset[str], tuple[re.Pattern[str], ...], str]:
    """The German texts of the surface with those of the templates: whole, with places, and in one."""
    templates = (ROOT / "assistant" / "web" / "templates").rglob("*.html")
    said = [words for path in templates for words in re.findall(r">([^<>{}]+)<", path.read_text())]
    texts = {" ".join(words.split()) for words in (*texts_in("de").words.values(), *said)}
    placed = [re.split(r"\{\w+\}", text) for text in texts if "{" in text]
    patterns = tuple(re.compile(".+".join(map(re.escape, pieces))) for pieces in placed)
    return frozenset(texts), patterns, "\n".join(sorted(texts))


def is_on_a_page(words: str) -> bool:
    """Whether a text says just this; more than one word may also be a part of a text."""
    whole, patterns, together = surface_words()
    if words in whole or any(pattern.fullmatch(words) for pattern in patterns):
        return True
    part = rf"(?<!\w){re.escape(words)}(?!\w)"
    return " " in words and re.search(part, together) is not None


def anchors(path: Path) -> set[str]:
    """The headings of a page as links name them."""
    headings = re.findall(r"^#+ (.+)$", path.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda path: path.stem)
def test_words_in_bold_stand_on_a_page(chapter: Path) -> None:
    bold = [" ".join(words.split()) for words in BOLD.findall(chapter.read_text("utf-8"))]
    assert len(bold) > 20
    assert [words for words in bold if not is_on_a_page(words)] == []


def test_a_word_that_no_page_says_is_found_out() -> None:
    assert is_on_a_page("Satz 3 stimmt nicht")
    for words in ("Abschicken", "Akten", "Frage senden", "Satz stimmt nicht"):
        assert not is_on_a_page(words)


def test_every_chapter_is_there_and_every_link_leads_somewhere() -> None:
    assert sorted(HANDBOOK.glob("*.md")) == sorted(CHAPTERS)
    for chapter in CHAPTERS:
        for found in LINK.finditer(chapter.read_text("utf-8")):
            target = (chapter.parent / found["file"]).resolve() if found["file"] else chapter
            assert target.is_file(), found[0]
            assert not found["anchor"] or found["anchor"] in anchors(target), found[0]


def test_every_command_is_one() -> None:
    named = {name for chapter in CHAPTERS for name in COMMAND.findall(chapter.read_text("utf-8"))}
    assert {"backup", "restore", "verify"} <= named <= set(cli.commands)


def test_ten_pictures_stand_in_one_place_each_with_words_for_who_does_not_see_them() -> None:
    shown = [found for path in CHAPTERS for found in PICTURE.finditer(path.read_text("utf-8"))]
    assert [found["number"] for found in shown] == [str(number) for number in range(1, 11)]
    assert all(len(found["alt"]) > 80 for found in shown)
    names = sorted(found["name"] for found in shown)
    assert sum(path.read_text("utf-8").count("![") for path in CHAPTERS) == 10
    assert names == sorted(view.name for view in VIEWS)
    assert sorted(path.name for path in PICTURES.iterdir()) == sorted(
        f"{name}.{ending}" for name in names for ending in ("png", "txt")
    )
    for path in PICTURES.glob("*.png"):
        assert path.stat().st_size <= MOST_BYTES, path.name


def test_the_handbook_is_no_longer_than_twenty_pages() -> None:
    words = sum(len(path.read_text("utf-8").split()) for path in CHAPTERS)
    assert words <= MOST_WORDS
