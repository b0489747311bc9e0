"""The hostile words that tests put everywhere, each with a number of its own."""

from __future__ import annotations

from dataclasses import dataclass

from tests.browser.payload_families import FAMILIES, HOST, RUN, URL

__all__ = ["HOST", "PAYLOADS", "Payload", "letters_of", "packed"]


@dataclass(frozen=True, slots=True)
class Payload:
    """One of them; `number` is what it leaves behind."""

    number: int
    family: str
    text: str

    @property
    def letters(self) -> str:
        """What of it can be read: neither blanks nor what has no shape."""
        return letters_of(self.text)


def letters_of(text: str) -> str:
    """A text without blanks and without characters that show nothing."""
    return "".join(char for char in text if char.isprintable() and not char.isspace())


def _all() -> tuple[Payload, ...]:
    found: list[Payload] = []
    for family, templates in FAMILIES.items():
        for template in templates:
            number = 1001 + len(found)
            text = template.replace("@RUN@", RUN).replace("@URL@", URL).replace("@N@", str(number))
            found.append(Payload(number, family, text))
    return tuple(found)


PAYLOADS = _all()


def packed(size: int) -> tuple[tuple[Payload, ...], ...]:
    """All of them in groups, for places that take several; each group is of many families."""
    count = -(-len(PAYLOADS) // size)
    return tuple(PAYLOADS[start::count] for start in range(count))
