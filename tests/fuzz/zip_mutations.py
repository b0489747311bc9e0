"""Damage that knows how a ZIP is built: names, sizes, checksums, parts of office files."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from random import Random

_LOCAL, _CENTRAL, _END = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
_NAMES = (
    "../../../../etc/passwd", "/etc/passwd", "C:\\Windows\\a.txt", "..\\..\\a.txt", "a" * 4000,
    "word/document.xml", "a/../../b", "", ".", "nul\x00l.txt", "word/", "Aktenzeichen\u202etxt.exe",
    "[Content_Types].xml", "mimetype", "content.xml",
)  # fmt: skip
_EXTREMES = (0, 1, 0x7FFFFFFF, 0xFFFFFFFF, 0xFFFFFFFE, 100_000_000)


def _entries(data: bytes) -> list[tuple[str, bytes]] | None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return [
                (entry.filename, archive.read(entry))
                for entry in archive.infolist()[:500]
                if entry.file_size < 5_000_000
            ]
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, RuntimeError,
            NotImplementedError, struct.error, UnicodeDecodeError):  # fmt: skip
        return None  # an earlier mutation has done its work


def _packed(entries: list[tuple[str, bytes]]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries:
            entry = zipfile.ZipInfo(name or "leer")
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.filelist = archive.filelist  # doubled names are wanted: no lookup, no warning
            archive.NameToInfo.pop(entry.filename, None)
            archive.writestr(entry, content)
    return buffer.getvalue()


def _repacked(data: bytes, rng: Random, change: Callable[[list[tuple[str, bytes]]], None]) -> bytes:
    entries = _entries(data)
    if not entries:
        return data
    change(entries)
    return _packed(entries)


def rename_entry(data: bytes, rng: Random) -> bytes:
    """A part is called something else, a path out of the archive among others."""

    def change(entries: list[tuple[str, bytes]]) -> None:
        place = rng.randrange(len(entries))
        entries[place] = (rng.choice(_NAMES), entries[place][1])

    return _repacked(data, rng, change)


def double_entry(data: bytes, rng: Random) -> bytes:
    """Two parts of one name."""

    def change(entries: list[tuple[str, bytes]]) -> None:
        name, content = rng.choice(entries)
        entries.append((name, content[: rng.randrange(len(content) + 1)]))

    return _repacked(data, rng, change)


def drop_entry(data: bytes, rng: Random) -> bytes:
    """A part is missing."""
    return _repacked(data, rng, lambda entries: entries.remove(rng.choice(entries)))


def exchange_entries(data: bytes, rng: Random) -> bytes:
    """Two parts hold each other's content."""

    def change(entries: list[tuple[str, bytes]]) -> None:
        a, b = rng.randrange(len(entries)), rng.randrange(len(entries))
        entries[a], entries[b] = (entries[a][0], entries[b][1]), (entries[b][0], entries[a][1])

    return _repacked(data, rng, change)


def change_content(data: bytes, rng: Random) -> bytes:
    """Damage inside a part, under a sound checksum."""

    def change(entries: list[tuple[str, bytes]]) -> None:
        place = rng.randrange(len(entries))
        name, content = entries[place]
        entries[place] = (name, _changed(content, rng))

    return _repacked(data, rng, change)


def _changed(content: bytes, rng: Random) -> bytes:
    if not content:
        return rng.randbytes(50)
    start = rng.randrange(len(content))
    end = min(len(content), start + rng.choice((1, 20, 500)))
    doctype = b'<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c SYSTEM "file:///etc/passwd">]>'
    tag_end = content.find(b">", start) + 1 or len(content)
    choices = (
        content[:start] + content[end:],
        content[:end] + content[start:end] * 200 + content[end:],
        content[:start] + rng.randbytes(end - start) + content[end:],
        content[:tag_end] + b"<w:p><w:r>" * 300 + content[tag_end:],
        content[:tag_end] + b"&c;&b;&#0;&#xD800;" + content[tag_end:],
        doctype + content,
        content.replace(b'w:val="', b'w:val="9999999999', 3),
        content.replace(b"w:p>", b"w:tbl>"),
        content.replace(b"UTF-8", rng.choice((b"UTF-16", b"UTF-7", b"EBCDIC-CP-DE", b"x"))),
    )
    return rng.choice(choices)


def nest(data: bytes, rng: Random) -> bytes:
    """The archive inside an archive, some levels deep."""
    for _ in range(rng.choice((1, 3, 12))):
        data = _packed([("innen.zip", data), ("word/document.xml", b"<a/>")][: rng.randint(1, 2)])
    return data


def lie_about_sizes(data: bytes, rng: Random) -> bytes:
    """Sizes in a header that are not those of the part."""
    changed = bytearray(data)
    for place, local in _headers(data, rng):
        field = place + (rng.choice((18, 22)) if local else rng.choice((20, 24)))
        changed[field : field + 4] = struct.pack("<I", rng.choice(_EXTREMES))
    return bytes(changed)


def break_checksum(data: bytes, rng: Random) -> bytes:
    """A checksum that is not that of the part."""
    changed = bytearray(data)
    for place, local in _headers(data, rng):
        changed[place + (14 if local else 16)] ^= 0xFF
    return bytes(changed)


def change_method(data: bytes, rng: Random) -> bytes:
    """Another compression than the one used, or one nobody knows; or flags that are not true."""
    changed = bytearray(data)
    for place, local in _headers(data, rng):
        method, flags = (8, 6) if local else (10, 8)
        if rng.random() < 0.5:
            changed[place + method] = rng.choice((0, 1, 6, 8, 9, 12, 14, 93, 99))
        else:
            changed[place + flags] ^= rng.choice((1, 8, 32, 64))
    return bytes(changed)


def point_elsewhere(data: bytes, rng: Random) -> bytes:
    """The end record's counts and offsets, or where a part is said to begin."""
    changed = bytearray(data)
    end = data.rfind(_END)
    if end >= 0 and len(data) >= end + 22 and rng.random() < 0.6:
        at, width = rng.choice(((8, 2), (10, 2), (12, 4), (16, 4), (20, 2)))
        value = rng.choice(_EXTREMES) & ((1 << 8 * width) - 1)
        changed[end + at : end + at + width] = value.to_bytes(width, "little")
        return bytes(changed)
    for place, local in _headers(data, rng):
        if not local:
            value = rng.choice((*_EXTREMES, rng.randrange(len(data))))
            changed[place + 42 : place + 46] = struct.pack("<I", value)
    return bytes(changed)


def overlap(data: bytes, rng: Random) -> bytes:
    """All directory entries point to one part: a bomb without nesting."""
    changed = bytearray(data)
    places = [place for place, local in _all_headers(data) if not local]
    if not places:
        return data
    target = data[places[-1] + 42 : places[-1] + 46]
    for place in places:
        changed[place + 42 : place + 46] = target
    return bytes(changed)


def _all_headers(data: bytes) -> list[tuple[int, bool]]:
    found: list[tuple[int, bool]] = []
    for mark, length in ((_LOCAL, 30), (_CENTRAL, 46)):
        place = data.find(mark)
        while 0 <= place <= len(data) - length and len(found) < 2000:
            found.append((place, mark == _LOCAL))
            place = data.find(mark, place + 4)
    return found


def _headers(data: bytes, rng: Random) -> list[tuple[int, bool]]:
    found = _all_headers(data)
    return rng.sample(found, min(len(found), rng.choice((1, 2, 100))))


ZIP = (
    rename_entry, double_entry, drop_entry, exchange_entries, change_content, change_content,
    change_content, nest, lie_about_sizes, break_checksum, change_method, point_elsewhere, overlap,
)  # fmt: skip
