"""Takes a picture of a view, writes down which words it shows, and compares both with what is kept.

What differs from day to day and from machine to machine is replaced on the page before: days since
the samples were read, durations, the number of the generation, the folder of the data.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageChops
from playwright.sync_api import Page

from tests.browser.handbook_views import View
from tests.running import ROOT

FOLDER = ROOT / "docs" / "handbuch" / "bilder"
COLOURS = 256
TILE = 16
"""Pixels of the squares over which colours are averaged before they are compared."""

STYLE = """
blockquote, .wortlaut, code { font-family: "Fira Sans" !important; }
*, *::before, *::after { caret-color: transparent !important; }
"""
"""The device's own fonts differ from machine to machine; ours is the one that we serve."""

STILL = """([home, top]) => {
    const masks = [
        [/\\b\\d\\d\\.\\d\\d\\.(?:202[6-9]|20[3-9]\\d), \\d\\d:\\d\\d/g, "02.02.2026, 09:30"],
        [/\\b\\d\\d\\.\\d\\d\\.(?:202[6-9]|20[3-9]\\d)/g, "02.02.2026"],
        [/\\b\\d\\d:\\d\\d Uhr ·/g, "09:30 Uhr ·"],
        [/· \\d+,\\d s\\b/g, "· 0,1 s"],
        [/upload\\/[0-9a-f]{12}\\//g, "upload/0123456789ab/"],
        [/(Indexgeneration|Indexstand) \\d+/g, "$1 1"],
    ];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        let text = node.data.replaceAll(home, "/srv/aktenkundig");
        for (const [pattern, to] of masks) text = text.replace(pattern, to);
        if (text !== node.data) node.data = text;
    }
    document.activeElement?.blur();
    const first = top && document.querySelector(top);
    window.scrollTo(0, first ? first.getBoundingClientRect().top + scrollY - 10 : 0);
}"""

SEEN = """() => {
    const inside = (box, element) => {
        const x = (box.left + box.right) / 2, y = (box.top + box.bottom) / 2;
        if (box.width < 2 || y < 0 || y > innerHeight || x < 0 || x > innerWidth) return false;
        for (let over = element; over; over = over.parentElement) {
            if (getComputedStyle(over).overflowY === "visible") continue;
            if (over === document.body || over === document.documentElement) continue;
            const frame = over.getBoundingClientRect();
            if (y < frame.top || y > frame.bottom || x < frame.left || x > frame.right) return false;
        }
        return element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
    };
    const block = (element) => {
        while (getComputedStyle(element).display.startsWith("inline")) element = element.parentElement;
        return element;
    };
    const lines = [];
    let last = null;
    const say = (owner, words) => {
        words = words.replace(/\\s+/g, " ").trim();
        if (!words) return;
        if (owner === last) lines[lines.length - 1] += " " + words;
        else lines.push(owner.localName + ": " + words);
        last = owner;
    };
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_ALL);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        if (node.nodeType === Node.TEXT_NODE) {
            const range = document.createRange();
            range.selectNodeContents(node);
            const seen = [...range.getClientRects()].some((box) => inside(box, node.parentElement));
            if (seen) say(block(node.parentElement), node.data);
        } else if (node.nodeType === Node.ELEMENT_NODE && node.matches("input, textarea, select, img[alt]:not([alt=''])")) {
            if (!inside(node.getBoundingClientRect(), node)) continue;
            const told = node.localName === "img" ? node.alt
                : ["checkbox", "radio"].includes(node.type) ? (node.checked ? "[x]" : "[ ]")
                : `[${node.value}]`;
            say(block(node.parentElement), told);
        }
    }
    return lines;
}"""


@dataclass(frozen=True, slots=True)
class Shot:
    """A picture as it is kept, and the words that stand in it, block by block."""

    picture: bytes
    words: str


def take(page: Page, address: str, view: View, home: Path) -> Shot:
    """Opens the view and takes its picture."""
    page.set_viewport_size({"width": view.width, "height": view.height})
    view.opens(page, address)
    page.mouse.move(0, 0)
    page.add_style_tag(content=STYLE)
    page.evaluate(STILL, [str(home), view.top])
    page.wait_for_function("[...document.images].every((one) => one.complete)")
    page.evaluate("document.fonts.ready.then(() => true)")
    words = "\n".join(page.evaluate(SEEN)) + "\n"
    with Image.open(io.BytesIO(page.screenshot(animations="disabled"))) as opened:
        reduced = opened.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    written = io.BytesIO()
    reduced.save(written, "PNG", optimize=True)
    return Shot(written.getvalue(), words)


def keep(view: View, shot: Shot) -> None:
    """Writes the picture of the handbook and its words beside it."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / f"{view.name}.png").write_bytes(shot.picture)
    (FOLDER / f"{view.name}.txt").write_text(shot.words, "utf-8")


def difference(kept: bytes, fresh: bytes) -> tuple[float, float]:
    """How far two pictures are apart: mean and largest difference of a tile, from 0 to 255."""
    small = []
    for data in (kept, fresh):
        with Image.open(io.BytesIO(data)) as opened:
            size = (opened.width // TILE, opened.height // TILE)
            small.append(opened.convert("RGB").resize(size, Image.Resampling.BOX))
    tiles = ImageChops.difference(*small).tobytes()
    return sum(tiles) / len(tiles), float(max(tiles))
