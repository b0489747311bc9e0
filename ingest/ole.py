"""Compound files of old Office programs: what lies at their root, read in bounded steps.

Names deeper inside belong to embedded objects and say nothing of the file itself.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_HEADER_BYTES = 512
_ENTRY_BYTES = 128
_MAX_SECTORS = 4_096  # of the directory: 16,384 entries; a file of many attachments has hundreds
_NO_ENTRY = 0xFFFFFFFF
_LAST_REAL_SECTOR = 0xFFFFFFFA
_FAT_IN_HEADER = 109
_HEADER_ENCRYPTED = 0x0100
_WORD_97 = 0xA5EC
_WORD_95 = 0xA5DC


@dataclass(frozen=True, slots=True)
class _Entry:
    name: str
    left: int
    right: int
    child: int
    start: int


@dataclass(frozen=True, slots=True)
class WordHeader:
    """What the first bytes of an old Word document say.

    Attributes:
        word95: written by Word 6 or 95, which need a reader of their own.
    """

    encrypted: bool
    word95: bool


class CompoundFile:
    """The directory of one compound file; a damaged one has fewer names, and raises nothing."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        shift = struct.unpack_from("<H", data, 30)[0] if len(data) >= _HEADER_BYTES else 0
        self._sector_bytes = 1 << shift if shift in (9, 12) else 512
        self._fat = self._fat_sectors()
        self._roots = self._read_roots() if len(data) >= _HEADER_BYTES else {}

    @property
    def names(self) -> frozenset[str]:
        """Names of the streams and storages at the root."""
        return frozenset(self._roots)

    def word_header(self) -> WordHeader | None:
        """The header of the stream "WordDocument"; None where there is none."""
        entry = self._roots.get("WordDocument")
        if entry is None:
            return None
        head = self._sector(entry.start)[:12]
        if len(head) < 12:
            return None
        magic, flags = struct.unpack_from("<H", head)[0], struct.unpack_from("<H", head, 10)[0]
        if magic not in (_WORD_97, _WORD_95):
            return None
        return WordHeader(bool(flags & _HEADER_ENCRYPTED), magic == _WORD_95)

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._sector_bytes
        return self._data[start : start + self._sector_bytes]

    def _fat_sectors(self) -> list[int]:
        if len(self._data) < _HEADER_BYTES:
            return []
        listed = list(struct.unpack_from(f"<{_FAT_IN_HEADER}I", self._data, 76))
        further, steps = struct.unpack_from("<I", self._data, 68)[0], 0
        while further < _LAST_REAL_SECTOR and steps < _MAX_SECTORS:
            sector = self._sector(further)
            if len(sector) < self._sector_bytes:
                break
            numbers = struct.unpack(f"<{self._sector_bytes // 4}I", sector)
            listed += numbers[:-1]
            further, steps = numbers[-1], steps + 1
        return listed

    def _after(self, number: int) -> int:
        per_sector = self._sector_bytes // 4
        index, offset = divmod(number, per_sector)
        if index >= len(self._fat):
            return _NO_ENTRY
        sector = self._sector(self._fat[index])
        if len(sector) < (offset + 1) * 4:
            return _NO_ENTRY
        following: int = struct.unpack_from("<I", sector, offset * 4)[0]
        return following

    def _entries(self) -> list[_Entry]:
        entries: list[_Entry] = []
        number, steps = struct.unpack_from("<I", self._data, 48)[0], 0
        while number < _LAST_REAL_SECTOR and steps < _MAX_SECTORS:
            sector = self._sector(number)
            for start in range(0, len(sector) - _ENTRY_BYTES + 1, _ENTRY_BYTES):
                entries.append(_entry(sector[start : start + _ENTRY_BYTES]))
            number, steps = self._after(number), steps + 1
        return entries

    def _read_roots(self) -> dict[str, _Entry]:
        entries = self._entries()
        found: dict[str, _Entry] = {}
        waiting, seen = [entries[0].child] if entries else [], set[int]()
        while waiting:
            number = waiting.pop()
            if number < len(entries) and number not in seen:
                seen.add(number)
                entry = entries[number]
                found[entry.name] = entry
                waiting += [entry.left, entry.right]
        return found


def _entry(data: bytes) -> _Entry:
    length = min(struct.unpack_from("<H", data, 64)[0], 64)
    name = data[: max(0, length - 2)].decode("utf-16-le", errors="replace")
    left, right, child = struct.unpack_from("<3I", data, 68)
    return _Entry(name, left, right, child, struct.unpack_from("<I", data, 116)[0])
