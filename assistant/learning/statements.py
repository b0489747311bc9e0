"""What a house states of itself: its declaration of accessibility, data protection, contacts.

From `barrierefreiheit-MANDANT.txt`, `datenschutz-MANDANT.txt` and `kontakt-MANDANT.toml` in the
home. A file that cannot be used is told on the page, which is shown all the same.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

LONGEST_BYTES = 256 * 1024
KEYS = ("stand", "barrierefreiheit", "ombudsstelle", "datenschutz", "verantwortlich")
"""What `kontakt-MANDANT.toml` may say."""
_HEADING = re.compile(r"#+\s+(\S.*)")


class BlockKind(StrEnum):
    """How a block of a text is shown."""

    HEADING = "ueberschrift"
    LIST = "liste"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, the items of a list, or the lines of a paragraph."""

    kind: BlockKind
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """What a house states.

    Attributes:
        blocks: its own text; none where it has laid down none.
        contacts: what it says for each of `KEYS`, where it does.
        unusable: names of files that are there and could not be read.
    """

    blocks: tuple[Block, ...]
    contacts: dict[str, str]
    unusable: tuple[str, ...]


def read_statement(home: Path, mandant: str, name: str) -> Statement:
    """The statement `name` of a Mandant."""
    unusable: list[str] = []
    text = _read(home / f"{name}-{mandant}.txt", unusable)
    contact = home / f"kontakt-{mandant}.toml"
    contacts = _contacts(_read(contact, unusable))
    if contacts is None:
        unusable.append(contact.name)
    return Statement(blocks_of(text), contacts or {}, tuple(unusable))


def blocks_of(text: str) -> tuple[Block, ...]:
    """Parts a text at its blank lines; "# " begins a heading, "- " each item of a list."""
    blocks: list[Block] = []
    for part in re.split(r"\n\s*\n", text.replace("\r\n", "\n")):
        held: list[str] = []
        for line in filter(None, map(str.strip, part.splitlines())):
            heading = _HEADING.fullmatch(line)
            if heading is None:
                held.append(line)
                continue
            blocks.extend(_block(held))
            held = []
            blocks.append(Block(BlockKind.HEADING, (heading[1],)))
        blocks.extend(_block(held))
    return tuple(blocks)


def _block(lines: list[str]) -> list[Block]:
    if not lines:
        return []
    if all(line.startswith("- ") for line in lines):
        return [Block(BlockKind.LIST, tuple(line[2:].strip() for line in lines))]
    return [Block(BlockKind.TEXT, tuple(lines))]


def _read(path: Path, unusable: list[str]) -> str:
    try:
        if path.stat().st_size > LONGEST_BYTES:
            unusable.append(path.name)
            return ""
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeDecodeError):
        unusable.append(path.name)
        return ""


def _contacts(text: str) -> dict[str, str] | None:
    """What a file says; None where it is no such file."""
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return None
    if not all(key in KEYS and isinstance(value, str) for key, value in values.items()):
        return None
    return {key: value.strip() for key, value in values.items() if value.strip()}
