"""Every view in every state: axe, colours, languages, 400 %, focus, text spacing, charts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.browser.sight import LOOKS, SCREENSHOTS
from tests.browser.view_acts import View
from tests.browser.view_house import House, empty_house, full_house
from tests.browser.view_table import NO_VIEWS, TO_OTHERS, VIEWS
from tests.integration.test_policy_everywhere import routes_of

pytestmark = pytest.mark.browser

USUAL = {"width": 1280, "height": 1024}
ZOOMED = {"width": 320, "height": 256}
"""What is left of the usual screen at 400 %."""
LAYOUT = Path(__file__).with_name("layout.js").read_text("utf-8")
ALL_RULES = {"rules": {"target-size": {"enabled": True}}}
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}
NAMES = {
    "runOnly": {
        "type": "rule",
        "values": [
            "aria-input-field-name",
            "aria-toggle-field-name",
            "button-name",
            "document-title",
            "duplicate-id-aria",
            "empty-heading",
            "html-has-lang",
            "html-lang-valid",
            "image-alt",
            "label",
            "landmark-unique",
            "link-name",
            "select-name",
            "summary-name",
            "svg-img-alt",
            "valid-lang",
        ],
    }
}
GERMAN = ("Leihräder für Museumsgäste", "Der Betrieb der Leihräder", "Entsprechend Beschluss")


@pytest.fixture(scope="module")
def houses(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, House]]:
    place = tmp_path_factory.mktemp("ansichten")
    with ExitStack() as stack:
        yield {
            "voll": stack.enter_context(full_house(place / "voll")),
            "leer": stack.enter_context(empty_house(place / "leer")),
        }


@pytest.fixture(scope="module")
def looks(houses: dict[str, House], browser: Browser) -> dict[str, dict[str, str]]:
    """What the server writes into a page for each choice of colours."""
    found = {}
    for look in LOOKS:
        context = browser.new_context()
        address = houses["voll"].address
        context.add_cookies([{"name": "farben", "value": look, "url": address}])
        page = context.new_page()
        page.goto(f"{address}/datenschutz")
        found[look] = page.evaluate(
            """() => ({
              farben: document.documentElement.dataset.farben,
              theme: document.documentElement.dataset.kernTheme,
              scheme: document.querySelector("meta[name=color-scheme]").content,
            })"""
        )
        context.close()
    return found


@pytest.fixture
def page(browser: Browser, houses: dict[str, House]) -> Iterator[Page]:
    """A light page in German; what its scripts complain of is a fault."""
    context = browser.new_context(viewport=USUAL, locale="de-DE", reduced_motion="reduce")
    for house in houses.values():
        context.add_cookies([{"name": "farben", "value": "hell", "url": house.address}])
    opened = context.new_page()
    faults: list[str] = []
    opened.on("pageerror", lambda error: faults.append(str(error)))
    opened.on("console", lambda message: faults.append(message.text))
    yield opened
    context.close()
    assert [fault for fault in faults if not fault.startswith("Failed to load resource")] == []


def wear(page: Page, look: dict[str, str]) -> None:
    """Puts on what the server would have written for another choice of colours."""
    page.evaluate(
        """look => {
          document.documentElement.dataset.farben = look.farben;
          document.documentElement.dataset.kernTheme = look.theme;
          document.querySelector("meta[name=color-scheme]").content = look.scheme;
        }""",
        look,
    )


def found_by_axe(page: Page, options: dict[str, Any]) -> list[str]:
    """What axe finds, each with its places; axe is put in once for each document."""
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(Axe().axe_script)
    answer = page.evaluate(
        "options => axe.run(options)", {"resultTypes": ["violations"], **options}
    )
    return [
        f"{entry['id']}: {node['target']} {node['html'][:120]}"
        for entry in answer["violations"]
        for node in entry["nodes"][:3]
    ]


def layout(page: Page, check: str) -> list[str]:
    """What one function of layout.js says."""
    found: list[str] = page.evaluate(f"() => {{ {LAYOUT}; return {check}; }}")
    return found


def test_no_route_is_missing_from_the_table(houses: dict[str, House]) -> None:
    shield: Any = type("Behind", (), {"_app": houses["voll"].app})
    routes = {
        path if method == "GET" else f"{method} {path}"
        for method, path in routes_of(shield)
        if method in ("GET", "POST") and not path.startswith(("/api/", "/static/"))
    }
    shown = {view.route for view in VIEWS} | {part for view in VIEWS for part in view.parts}
    assert shown | NO_VIEWS | TO_OTHERS == routes
    assert len({view.name for view in VIEWS}) == len(VIEWS)


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.name)
def test_a_view_is_for_everybody(
    page: Page, houses: dict[str, House], looks: dict[str, dict[str, str]], view: View
) -> None:
    house = houses[view.house]
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.removeprefix(house.address)))
    view.open(page, house)
    for part in view.parts:
        form = re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(part))
        assert any(re.fullmatch(form, path.partition("?")[0]) for path in asked), part
    faults = found_by_axe(page, ALL_RULES)
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SCREENSHOTS / f"{view.name}.png")
    for look in LOOKS[1:]:
        wear(page, looks[look])
        faults += [f"{look}: {fault}" for fault in found_by_axe(page, COLOURS)]
    wear(page, looks[LOOKS[0]])
    page.set_viewport_size(ZOOMED)
    for check in ("tooWide()", "hiddenFocus()", "cutOff()"):
        faults += [f"400 %: {fault}" for fault in layout(page, check)]
    page.set_viewport_size(USUAL)
    page.context.add_cookies([{"name": "sprache", "value": "en", "url": house.address}])
    view.open(page, house)
    assert page.locator("html").get_attribute("lang") == "en"
    faults += [f"englisch: {fault}" for fault in found_by_axe(page, NAMES)]
    faults += [f"englisch: {fault}" for fault in layout(page, f"foreignWords({list(GERMAN)})")]
    assert not faults, "\n".join(faults)


WRONG = """<!doctype html><html lang="en"><body><main>
<p style="width: 900px">zu breit</p>
<button style="outline: none">ohne Rahmen</button>
<div style="position: fixed; inset: 200px 0 0 0; background: #fff">darüber</div>
<a href="#x" style="position: fixed; top: 220px; left: 9px; z-index: -1">darunter</a>
<p style="height: 1.1em; width: 90px; overflow: hidden; font-size: 16px; line-height: 1">Knapp bemessen</p>
<p>Der Betrieb der Leihräder</p>
</main></body></html>"""


def test_the_checks_find_what_is_wrong(browser: Browser) -> None:
    page = browser.new_page(viewport=ZOOMED)  # type: ignore[arg-type]
    page.set_content(WRONG)
    assert "zu breit" in layout(page, "tooWide()")[0]
    told = "\n".join(layout(page, "hiddenFocus()"))
    assert "kein Rahmen: button" in told and "verdeckt: a" in told
    assert "Knapp bemessen" in "\n".join(layout(page, "cutOff()"))
    assert len(layout(page, f"foreignWords({list(GERMAN)})")) == 1
    page.locator("a").focus()
    assert layout(page, "focusShown()") != []
    page.close()
