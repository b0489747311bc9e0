"""The learning pages in a real browser: an exercise by keyboard, every look, the narrow screen."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from assistant.learning.exercises import all_exercises

pytestmark = pytest.mark.browser

FIRST = all_exercises()[0]


def pick(page: Page, number: int) -> None:
    """Chooses a sentence and checks it, with keys alone."""
    page.get_by_role("radio").first.focus()
    page.keyboard.press("Space")
    for _ in range(number - 1):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Prüfen")).to_be_focused()
    page.keyboard.press("Enter")


def test_an_exercise_is_solved_by_keyboard_alone(page: Page, address: str) -> None:
    page.goto(f"{address}/lernen/uebungen/1")
    pick(page, 1)
    result = page.locator("#ergebnis")
    expect(result).to_contain_text("Noch nicht")
    expect(result).to_be_focused()
    pick(page, FIRST.wrong)
    expect(result).to_contain_text(FIRST.rule)
    expect(result).to_be_focused()
    expect(page).to_have_title("Richtig gefunden – Übung 1 – Aktenkundig")
    expect(page.locator("mark")).to_have_count(2)
    following = page.get_by_role("link", name="Nächste Übung")
    following.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{address}/lernen/uebungen/2")
    page.get_by_role("link", name="Alle Übungen").click()
    expect(page.get_by_text("1 von 10 Übungen gelöst")).to_be_visible()


def test_a_step_of_the_tour_asks_its_question(page: Page, address: str) -> None:
    page.goto(f"{address}/lernen/rundgang")
    page.get_by_role("button", name="Wurde der Antrag 15/12 beschlossen?").click()
    expect(page.locator("#ki-hinweis")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_have_text("Wurde der Antrag 15/12 beschlossen?")


def test_without_script_an_exercise_is_solved_too(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False, locale="de-DE")
    plain = context.new_page()
    plain.goto(f"{address}/lernen/uebungen/1")
    plain.get_by_role("radio").nth(FIRST.wrong - 1).check()
    plain.get_by_role("button", name="Prüfen").click()
    expect(plain.get_by_text("Richtig gefunden")).to_be_visible()
    context.close()
