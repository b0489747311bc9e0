"""Compound files (the container of DOC and MSG) for the tests, with storages one in another."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass, field

Content = bytes | Mapping[str, "Content"]

_SECTOR, _SMALL_SECTOR, _SMALL = 512, 64, 4096
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def word_header(*, encrypted: bool = False) -> bytes:
    """The beginning of a Word 97 document."""
    return struct.pack("<6H", 0xA5EC, 0xC1, 0, 0, 0, 0x0100 if encrypted else 0).ljust(5000, b"\0")


@dataclass
class _Entry:
    name: str
    kind: int
    content: bytes = b""
    child: int = _FREE
    right: int = _FREE
    start: int = _END


@dataclass
class _Sectors:
    """Contents one after another in sectors of one size, and their chains."""

    size: int
    data: bytes = b""
    chain: list[int] = field(default_factory=list)

    def add(self, content: bytes) -> int:
        count = -(-len(content) // self.size)
        if not count:
            return _END
        start = len(self.chain)
        self.chain += [*range(start + 1, start + count), _END]
        self.data += content.ljust(count * self.size, b"\0")
        return start


def compound_file(tree: Mapping[str, Content]) -> bytes:
    """A file with these streams (bytes) and storages (mappings)."""
    entries = [_Entry("Root Entry", 5)]
    _add(entries, tree, 0)
    large, small = _Sectors(_SECTOR), _Sectors(_SMALL_SECTOR)
    for entry in entries[1:]:
        entry.start = (small if len(entry.content) < _SMALL else large).add(entry.content)
    root = entries[0]
    root.content = small.data
    root.start = large.add(small.data)
    small_fat = b"".join(struct.pack("<I", number) for number in small.chain)
    small_fat = small_fat.ljust(-(-len(small_fat) // _SECTOR) * _SECTOR, b"\xff")
    first_small = large.add(small_fat)
    first_directory = large.add(b"".join(_packed(entry) for entry in entries))
    fat_sectors = 1
    while fat_sectors * 128 < len(large.chain) + fat_sectors:
        fat_sectors += 1
    first_fat = len(large.chain)
    fat = large.chain + [_FAT] * fat_sectors
    fat += [_FREE] * (fat_sectors * 128 - len(fat))
    header = struct.pack(
        "<8s16xHHHHH6xIIIIIIIII109I",
        *(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 3, 0xFFFE, 9, 6),
        *(0, fat_sectors, first_directory, 0, _SMALL),
        *(first_small, len(small_fat) // _SECTOR, _END, 0),
        *(first_fat + number for number in range(fat_sectors)),
        *([_FREE] * (109 - fat_sectors)),
    )
    return header + large.data + struct.pack(f"<{len(fat)}I", *fat)


def _add(entries: list[_Entry], children: Mapping[str, Content], parent: int) -> None:
    # A chain to the right of the first is a valid, if crooked, tree.
    previous: _Entry | None = None
    for name in sorted(children, key=lambda name: (len(name), name.upper())):
        content, number = children[name], len(entries)
        entry = _Entry(name, 2, content) if isinstance(content, bytes) else _Entry(name, 1)
        entries.append(entry)
        if previous is None:
            entries[parent].child = number
        else:
            previous.right = number
        previous = entry
        if not isinstance(content, bytes):
            _add(entries, content, number)


def _packed(entry: _Entry) -> bytes:
    name = entry.name.encode("utf-16-le") + b"\0\0"
    return struct.pack(
        "<64sHBBIII36xIQ",
        *(name, len(name), entry.kind, 1, _FREE, entry.right, entry.child),
        *(entry.start, len(entry.content)),
    )
