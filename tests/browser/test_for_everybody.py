"""What axe cannot see: polite news, a focus that stays, Escape, charts as tables, settings obeyed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from threading import Event

import pytest
from playwright.sync_api import Browser, Page, expect

from assistant.types import Answer, AnswerStatus, Citation, Claim, Label
from assistant.web.run import Asking
from tests.browser.sight import watched
from tests.browser.test_every_view import layout
from tests.browser.view_house import House, full_house
from tests.browser.view_runs import OPERATOR, cited_forty_times
from tests.sample_records import GOOD_SENTENCE

pytestmark = pytest.mark.browser

WAIT_S = 60.0
NEWS = """() => {
  window.news = [];
  const status = document.getElementById("stand");
  const note = () => {
    const text = status.textContent.trim();
    if (text && text !== window.news.at(-1)) window.news.push(text);
  };
  new MutationObserver(note).observe(status, { childList: true, characterData: true, subtree: true });
}"""


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with full_house(tmp_path_factory.mktemp("alle") / "voll") as made:
        yield made


@pytest.fixture
def page(browser: Browser, house: House) -> Iterator[Page]:
    with watched(browser, house.address) as opened:
        yield opened


@dataclass(slots=True)
class Spoken:
    """An answer that goes on by one sentence whenever it is let."""

    cited: tuple[Citation, ...]
    steps: list[Event] = field(default_factory=lambda: [Event() for _ in range(4)])

    def answer(self, tell: Callable[[str, object], None], _: Callable[[], bool]) -> Answer:
        claims = []
        tell("evidence", self.cited[:3])
        for step, citation in zip(self.steps, self.cited[:3], strict=False):
            assert step.wait(WAIT_S)
            claims.append(Claim(GOOD_SENTENCE[:-5] + ".", Label.BELEGT, (citation.number,)))
            tell("claim", (claims[-1], (citation,)))
        assert self.steps[3].wait(WAIT_S)
        return Answer("?", "offen", AnswerStatus.ANSWERED, "", tuple(claims), self.cited[:3])


def test_a_growing_answer_is_told_politely_and_leaves_the_focus_alone(
    page: Page, house: House
) -> None:
    spoken = Spoken(cited_forty_times())
    run = house.app.state.runs.start(Asking("Was kostet es?"), OPERATOR, spoken.answer)
    page.goto(f"{house.address}/fragen/{run.ident}")
    status = page.locator("#stand")
    expect(status).to_have_attribute("aria-live", "polite")
    expect(page.locator("[aria-live=assertive]")).to_have_count(0)
    page.evaluate(NEWS)
    here = page.locator("#beleg-1")
    expect(here).to_be_visible()
    here.focus()
    for number, step in enumerate(spoken.steps[:3], start=1):
        step.set()
        expect(page.locator("#saetze .satz")).to_have_count(number)
        expect(status).to_contain_text("Ein Satz" if number == 1 else f"{number} Sätze")
        expect(page.locator("#beleg-1")).to_be_focused()
    spoken.steps[3].set()
    expect(page.locator("#antwort-fuss")).to_be_visible()
    expect(page.locator("#beleg-1")).to_be_focused()
    expect(status).to_have_text("Antwort mit 3 Sätzen und 3 Belegen.")
    told = page.evaluate("window.news")
    assert len(told) <= len(spoken.steps)
    assert all(len(text) < 60 and GOOD_SENTENCE[:20] not in text for text in told)


def test_the_skip_link_leads_past_the_ways(page: Page) -> None:
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Zum Inhalt")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_escape_closes_the_menu_and_leaving_it_does_too(page: Page) -> None:
    summary = page.locator(".darstellung summary")
    menu = page.locator(".darstellung-form")
    summary.focus()
    page.keyboard.press("Enter")
    expect(menu).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    expect(menu).to_be_hidden()
    expect(summary).to_be_focused()
    page.keyboard.press("Enter")
    expect(menu).to_be_visible()
    page.locator(".wege a").first.focus()
    expect(menu).to_be_hidden()


def test_a_refreshed_list_of_jobs_keeps_the_focus(page: Page, house: House) -> None:
    page.goto(f"{house.address}/verwaltung/aufnahme")
    cancel = page.locator("#auftraege form[action$=abbrechen] button").first
    cancel.focus()
    with page.expect_response("**/aufnahme/auftraege"):
        pass
    with page.expect_response("**/aufnahme/auftraege"):  # the first one is in the page by now
        pass
    expect(cancel).to_be_focused()


def test_what_comes_above_does_not_push_the_focus_out_of_sight(page: Page, house: House) -> None:
    """Where pages scroll slowly, what comes meanwhile stops them half way."""
    page.set_viewport_size({"width": 320, "height": 256})
    page.goto(f"{house.address}/verwaltung/aufnahme")
    job = page.locator("#auftraege li a").first
    job.focus()
    page.evaluate("""() => {
      const news = Object.assign(document.createElement("p"), { textContent: "Neues" });
      news.style.height = "40rem";
      document.querySelector("#auftraege").before(news);
    }""")
    page.wait_for_timeout(500)
    assert layout(page, "focusShown()") == []


def test_every_chart_has_the_same_numbers_in_a_table(page: Page, house: House) -> None:
    charts = drawings = 0
    for way in ("qualitaet", "zustand"):
        page.goto(f"{house.address}/verwaltung/{way}")
        drawings += page.locator("svg.diagramm").count()
        for figure in page.locator("figure:has(svg[role=img])").all():
            charts += 1
            assert figure.locator("table").count() == 1
            drawn = figure.evaluate(DRAWN)
            told = figure.evaluate(TOLD)
            assert drawn and told
            for row in drawn:
                assert any(same(row, column) for column in told), (row, told)
    assert charts == drawings >= 5


DRAWN = """figure => {
  const svg = figure.querySelector("svg.diagramm");
  const at = (element, name) => Number(element.getAttribute(name));
  const lines = [...svg.querySelectorAll(".gitter")].map((line) => at(line, "y1"));
  const [low, high] = [Math.max(...lines), Math.min(...lines)];
  const texts = [...svg.querySelectorAll("text[text-anchor=end]")].slice(0, lines.length);
  const top = Math.max(...texts.map((text) => parseFloat(text.textContent.replace(",", "."))));
  const value = (y) => ((low - y) / (low - high)) * top;
  const rows = [];
  const bars = [...svg.querySelectorAll("rect[class^=reihe-]")];
  for (const n of [1, 2, 3]) {
    const own = bars.filter((bar) => bar.classList.contains(`reihe-${n}`));
    if (own.length) rows.push(own.map((bar) => (at(bar, "height") / (low - high)) * top));
    const dots = [...svg.querySelectorAll(`.punkt-${n}`)];
    if (dots.length) rows.push(dots.map((dot) =>
      value(dot.tagName === "circle" ? at(dot, "cy") : at(dot, "y") + 3.5)));
  }
  return rows;
}"""
"""The values a chart draws, read from its geometry."""

TOLD = """figure => {
  const rows = [...figure.querySelectorAll("tbody tr")].map((row) =>
    [...row.querySelectorAll("td")].map((cell) => {
      const text = cell.textContent.replace(/\\./g, "").replace(",", ".").trim();
      const number = parseFloat(text);
      return /\\bms\\b/.test(text) ? number / 1000 : number;
    }));
  return rows[0].map((_, n) => rows.map((row) => row[n]).filter((number) => number > 0));
}"""
"""The columns of a chart's table, without what is nothing."""


def same(drawn: list[float], told: list[float]) -> bool:
    """Whether a row of a chart and a column of its table say the same, as far as is drawn."""
    shown = [value for value in drawn if value > 0]
    return len(shown) == len(told) and all(
        abs(one - other) <= 0.02 * max(*told, 1.0) for one, other in zip(shown, told, strict=True)
    )


@pytest.mark.parametrize("path", ["/", "/fragen/{antwort}", "/suche", "/verwaltung/qualitaet"])
def test_reduced_motion_and_forced_colours_are_obeyed(
    browser: Browser, house: House, path: str
) -> None:
    context = browser.new_context(
        reduced_motion="reduce", forced_colors="active", viewport={"width": 640, "height": 512}
    )
    page = context.new_page()
    page.goto(house.address + path.format_map(house.named))
    moving = page.evaluate(
        """() => [...document.querySelectorAll("body *")].filter((element) => {
          const style = getComputedStyle(element);
          return style.animationName !== "none" || parseFloat(style.transitionDuration) > 0;
        }).length"""
    )
    assert moving == 0
    assert layout(page, "hiddenFocus()") == []
    ink = "getComputedStyle(document.body).color"
    for selector in (".kern-icon", ".diagramm .reihe-1", ".diagramm .punkt-1"):
        for element in page.locator(f"main {selector}").all()[:3]:
            name = "backgroundColor" if "icon" in selector else "fill"
            shown = element.evaluate(f"element => getComputedStyle(element).{name}")
            assert shown == page.evaluate(ink), selector
    context.close()
