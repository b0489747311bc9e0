"""The watch over hostile words is awake: where they act, it says so. Nothing of the product here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from html import escape

import pytest
from fastapi import FastAPI
from fastapi.responses import HTMLResponse
from playwright.sync_api import Browser

from assistant.web.shield import SECURITY_HEADERS
from tests.browser.payload_watch import Watched, guarded, observed
from tests.browser.payloads import HOST, PAYLOADS, Payload
from tests.browser.sight import serving_app

pytestmark = pytest.mark.browser

POLICY = SECURITY_HEADERS["content-security-policy"].replace("ancestors 'none'", "ancestors 'self'")
SIDE_BY_SIDE = 40
PLACES = ("<p>{}</p>", '<input value="{}">', "<input value='{}'>", "<a href='{}'>x</a>")
ACTING_AT_LEAST = 90
"""Of all payloads; the others wait for a click, another program or an older browser."""


@contextmanager
def pages(write: Callable[[str], str], policy: str) -> Iterator[str]:
    """A server with a page for each payload, which writes it as `write` says, and one of frames."""
    app = FastAPI()

    @app.get("/")
    def frames(start: int) -> HTMLResponse:
        held = range(start, min(start + SIDE_BY_SIDE, len(PAYLOADS)))
        return HTMLResponse("".join(f"<iframe src=/{number}></iframe>" for number in held))

    @app.get("/{number}")
    def page(number: int) -> HTMLResponse:
        held = "".join(place.format(write(PAYLOADS[number].text)) for place in PLACES)
        headers = {"content-security-policy": policy} if policy else None
        return HTMLResponse(f"<!doctype html><title>x</title>{held}", headers=headers)

    with serving_app(app) as address:
        yield address


def acted(watched: Watched) -> list[Payload]:
    """Those whose number stands in what was noticed, of all that lie in frames side by side."""
    for start in range(0, len(PAYLOADS), SIDE_BY_SIDE):
        watched.page.goto(f"{watched.address}/?start={start}")
        watched.page.wait_for_timeout(250)
    noticed = " ".join(watched.acts)
    return [payload for payload in PAYLOADS if str(payload.number) in noticed]


def test_set_raw_into_a_page_without_policy_most_of_them_act(browser: Browser) -> None:
    with pages(str, "") as address, observed(browser, address) as watched:
        found = acted(watched)
    assert len(found) >= ACTING_AT_LEAST
    families = Counter(payload.family for payload in found)
    awake = {
        "script",
        "image",
        "svg",
        "frame",
        "style",
        "handler",
        "attribute",
        "broken",
        "comment",
    }
    assert {family for family in awake if families[family] < 3} == set()


def test_the_policy_alone_holds_them_back_and_reports(browser: Browser) -> None:
    with pages(str, POLICY) as address, observed(browser, address) as watched:
        acted(watched)
        assert watched.ran == [] and watched.dialogs == []
        assert len(watched.reported) >= ACTING_AT_LEAST


def test_set_as_text_none_of_them_acts(browser: Browser) -> None:
    with pages(escape, POLICY) as address, guarded(browser, address) as watched:
        assert acted(watched) == []


@pytest.mark.parametrize(
    ("held", "policy", "noticed"),
    [
        ("<script>window.gefangen=1</script>", "", "ran"),
        ("<script>alert(1)</script>", "", "dialogs"),
        ("<script>window.gefangen=1</script>", POLICY, "reported"),
        (f"<img src=http://{HOST}/1>", "", "asked"),
        (f"<img src=http://{HOST}/1>", POLICY, "reported"),
        ("<script>open('/2')</script><script>window.gefangen=1</script>", "", "ran"),
        ("<script>console.log('Worte')</script>", "", "said"),
    ],
)
def test_each_act_is_noticed_and_judged(
    browser: Browser, held: str, policy: str, noticed: str
) -> None:
    app = FastAPI()

    @app.get("/")
    def page() -> HTMLResponse:
        headers = {"content-security-policy": policy} if policy else None
        return HTMLResponse(f"<!doctype html><title>x</title>{held}", headers=headers)

    with serving_app(app) as address, observed(browser, address) as watched:
        watched.page.goto(address)
        watched.page.wait_for_timeout(50)
        assert getattr(watched, noticed) != []
        with pytest.raises(AssertionError):
            watched.check()
    with (
        serving_app(app) as address,
        pytest.raises(AssertionError),
        guarded(browser, address) as watched,
    ):
        watched.visit("/")
