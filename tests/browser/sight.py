"""What browser tests do beside their own clicks: serve a surface, look at it, keep a picture."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

import uvicorn
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from assistant.serve import bind, url_of
from assistant.web.application import make_app
from assistant.wiring import Parts
from tests.running import ROOT

SCREENSHOTS = ROOT / "out" / "screenshots"
LOOKS = ("hell", "dunkel", "kontrast")
NARROW = 320
"""Pixels; also what remains of 1280 at a zoom of 400 %."""


@contextmanager
def serving(parts: Parts) -> Iterator[str]:
    """The whole application over `parts` at an address of this machine."""
    with serving_app(make_app(parts, warm_up=False)) as address:
        yield address


@contextmanager
def serving_app(app: Any) -> Iterator[str]:
    """An application at an address of this machine; its threads have ended when it is left."""
    config = uvicorn.Config(app, log_level="critical", timeout_graceful_shutdown=1)
    server = uvicorn.Server(config)
    listening = bind("127.0.0.1", 0)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    try:
        yield url_of(listening)
    finally:
        server.should_exit = True
        thread.join(30)
        listening.close()
        assert not thread.is_alive(), "the server goes on"


@contextmanager
def watched(browser: Browser, address: str) -> Iterator[Page]:
    """A page at the address. Ends with a fault where it asked elsewhere or anything went wrong.

    A refused request is the browser's own remark; scripts and styles that the policy forbids are
    faults.
    """
    context = browser.new_context(viewport={"width": 1200, "height": 900}, locale="de-DE")
    opened = context.new_page()
    faults: list[str] = []
    requests: list[str] = []
    opened.on("pageerror", lambda error: faults.append(str(error)))
    opened.on("console", lambda message: faults.append(message.text))
    opened.on("request", lambda request: requests.append(request.url))
    opened.goto(address)
    try:
        yield opened
    finally:
        context.close()
    own = urlsplit(address).netloc
    assert [url for url in requests if urlsplit(url).netloc != own] == []
    assert [fault for fault in faults if not fault.startswith("Failed to load resource")] == []


def violations(page: Page) -> list[str]:
    """What axe finds, each with the first place."""
    found = Axe().run(page).response["violations"]
    return [f"{entry['id']}: {entry['nodes'][0]['target']}" for entry in found]


def keep_picture(page: Page, name: str) -> None:
    """Writes `name`.png, the whole page, to the test output."""
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SCREENSHOTS / f"{name}.png", full_page=True)
