"""What archives and mails hold: files of their own, each taken in or refused for itself."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Generator
from dataclasses import dataclass

from ingest.errors import FileRefused

SEPARATOR = "!/"
"""Between the source of an archive and the name of a member: "akten.zip!/2023/antrag.docx"."""


def holder_of(source: str) -> str:
    """The file on disk or on a server that a document lies in, itself where in none."""
    return source.partition(SEPARATOR)[0]


_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]+")
_LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Member:
    """A file out of another one. Its name is a label; nothing is ever written under it."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class RefusedMember:
    """A member that is not unpacked, and why."""

    name: str
    reason: FileRefused


Members = Generator[Member | RefusedMember, None, None]
"""What an unpacker gives, in the order of the archive."""


class Labels:
    """Names for the members of one archive: printable, not too long, no two alike."""

    def __init__(self) -> None:
        self._used: dict[str, int] = {}

    def label(self, name: str, instead: str) -> str:
        """The name as it is shown; `instead` where nothing of it is left."""
        path = posixpath.normpath(_CONTROLS.sub("", name.replace("\\", "/")).strip().strip("/"))
        steps = ("(..)" if step == ".." else step for step in path.split("/") if step != ".")
        shown = "/".join(steps) or instead
        if len(shown) > _LONGEST_NAME:
            shown = "…" + shown[-_LONGEST_NAME:]
        times = self._used[shown] = self._used.get(shown, 0) + 1
        if times == 1:
            return shown
        stem, dot, ending = shown.rpartition(".")
        numbered = f"{stem} ({times}).{ending}" if dot and stem else f"{shown} ({times})"
        return self.label(numbered, instead)
