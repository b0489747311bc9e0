"""Signs of symbol fonts, which files store as numbers that mean nothing without their font."""

from __future__ import annotations

# Code points of the fonts as Microsoft publishes them; only boxes and ticks, the rest decorates.
_FONTS = {
    "wingdings": {
        0x6F: "☐", 0x71: "❑", 0x72: "❒", 0x78: "☒", 0xA8: "☐", 0xFB: "✗", 0xFC: "✓",
        0xFD: "☒", 0xFE: "☑",
    },
    "wingdings2": {0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0xA3: "☐"},
}  # fmt: skip
PRIVATE = range(0xF000, 0xF100)
"""Where programs put the signs of symbol fonts."""


def symbol(font: str, code: int) -> str | None:
    """The sign that a symbol font prints for a code; None where it is no box or tick.

    `font` may carry the prefix of an embedded part ("ABCDEF+Wingdings-Regular").
    """
    name = font.rsplit("+", 1)[-1].casefold().replace(" ", "").replace("-regular", "")
    signs = _FONTS.get(name, {})
    return signs.get(code - PRIVATE.start if code in PRIVATE else code)
