"""A page that notices whatever words of a paper could do: run, load, send, open, lead away."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Dialog, Page

from tests.browser.payloads import Payload, letters_of

NOTICE = """
Object.defineProperty(window, "gefangen", { set: (value) => console.warn(`GELAUFEN ${value}`) });
document.addEventListener("securitypolicyviolation", (event) =>
  console.warn(`VERLETZT ${event.effectiveDirective} ${event.blockedURI} ${event.sample}`));
"""
SETTLED = """() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 20)))"""
FOREIGN = """() => {
  const addresses = ["href", "src", "action", "formaction", "data", "srcset", "poster", "ping",
    "background", "xlink:href", "hx-get", "hx-post", "hx-sse:connect"];
  const tags = "iframe, frame, object, embed, base, style, svg script, math, form[action=''], " +
    "script:not([src]), meta[http-equiv], marquee, portal, [srcdoc], [style], [hx-vals], plaintext";
  const found = [...document.querySelectorAll(tags)].map((element) => element.outerHTML);
  for (const element of document.querySelectorAll("*")) {
    for (const { name, value } of element.attributes) {
      const acts = /^(data-)?(hx-)?on/i.test(name);
      const leads = addresses.includes(name) && new URL(value, location).host !== location.host;
      if (acts || leads) found.push(`${element.tagName} ${name}=${value}`);
    }
  }
  return found;
}"""
WORDS = """() => [document.documentElement.textContent, document.title,
  ...[...document.querySelectorAll("input, textarea")].map((field) => field.value)].join(" ")"""


@dataclass(slots=True)
class Watched:
    """What a page did while it was watched."""

    page: Page
    address: str
    ran: list[str] = field(default_factory=list)
    reported: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    opened: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def visit(self, path: str) -> None:
        """Opens a page and lets it settle; it is quiet, and nothing in it could act."""
        self.page.goto(self.address + path)
        self.settle()
        assert urlsplit(self.page.url).path == urlsplit(self.address + path).path, path

    def settle(self) -> None:
        """Gives what waits its turn; nothing has acted since the page was opened."""
        self.page.evaluate(SETTLED)
        assert self.page.evaluate(FOREIGN) == [], self.page.url
        self.check()

    def check(self) -> None:
        """Nothing has acted at all."""
        assert self.acts == [], self.page.url
        assert self.said == [], self.page.url

    @property
    def acts(self) -> list[str]:
        """Everything that should not have happened."""
        return self.ran + self.reported + self.dialogs + self.asked + self.opened

    def check_shown(self, payloads: Iterable[Payload]) -> None:
        """Each of them can be read on the page, letter by letter."""
        words = letters_of(str(self.page.evaluate(WORDS)).replace("\ufffd", ""))
        missing = [payload for payload in payloads if payload.letters not in words]
        assert missing == [], (self.page.url, len(missing), missing[:5])


@contextmanager
def guarded(browser: Browser, address: str) -> Iterator[Watched]:
    """A page of a new person; what it did is judged by whoever uses it, and once more at the end."""
    with observed(browser, address) as watched:
        yield watched
        watched.check()


@contextmanager
def observed(browser: Browser, address: str) -> Iterator[Watched]:
    """The same without a judgement."""
    context = browser.new_context(locale="de-DE")
    context.add_init_script(NOTICE)
    page = context.new_page()
    watched = Watched(page, address)
    own = urlsplit(address).netloc

    def hear(text: str) -> None:
        kinds = {"GELAUFEN": watched.ran, "VERLETZT": watched.reported}
        if not text.startswith("Failed to load resource"):
            kinds.get(text.partition(" ")[0], watched.said).append(text)

    def ask(url: str) -> None:
        if urlsplit(url).netloc != own and urlsplit(url).scheme != "data":
            watched.asked.append(url)

    def dismiss(dialog: Dialog) -> None:
        watched.dialogs.append(dialog.message)
        dialog.dismiss()

    page.on("console", lambda message: hear(message.text))
    page.on("pageerror", lambda error: hear(str(error)))
    page.on("request", lambda request: ask(request.url))
    page.on("websocket", lambda socket: watched.asked.append(socket.url))
    page.on("dialog", dismiss)
    context.on("page", lambda other: watched.opened.append(other.url))
    try:
        yield watched
    finally:
        context.close()
