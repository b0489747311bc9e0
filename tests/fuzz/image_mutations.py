"""Damage that knows where pictures keep their sizes."""

from __future__ import annotations

import struct
import zlib
from random import Random

_SIZES = (0, 1, 7_200, 65_535, 1_000_000, 0x7FFFFFFF, 0xFFFFFFFF)


def lie_about_size(data: bytes, rng: Random) -> bytes:
    """A flood of pixels, or none, in the header."""
    wide, high = rng.choice(_SIZES), rng.choice(_SIZES)
    if data.startswith(b"\x89PNG") and len(data) > 33:
        header = b"IHDR" + struct.pack(">II", wide, high) + data[24:29]
        return data[:12] + header + struct.pack(">I", zlib.crc32(header)) + data[33:]
    if data.startswith(b"\xff\xd8"):
        for mark in (b"\xff\xc0", b"\xff\xc2"):
            place = data.find(mark)
            if place > 0:
                size = struct.pack(">HH", high & 0xFFFF, wide & 0xFFFF)
                return data[: place + 5] + size + data[place + 9 :]
    if data.startswith(b"BM") and len(data) > 26:
        return data[:18] + struct.pack("<II", wide, high) + data[26:]
    if data.startswith(b"GIF8") and len(data) > 10:
        return data[:6] + struct.pack("<HH", wide & 0xFFFF, high & 0xFFFF) + data[10:]
    return change_tiff_entry(data, rng)


def change_tiff_entry(data: bytes, rng: Random) -> bytes:
    """One entry of a TIFF's directory: its tag, type, count or value; or where the next one is."""
    if not data.startswith(b"II*\x00") or len(data) < 20:
        return data
    changed = bytearray(data)
    (place,) = struct.unpack_from("<I", data, 4)
    if place + 2 > len(data):
        return data
    (count,) = struct.unpack_from("<H", data, place)
    if rng.random() < 0.2:
        end = place + 2 + 12 * count
        changed[end : end + 4] = struct.pack("<I", rng.choice((place, 8, 0xFFFFFFFF)))
        return bytes(changed)
    entry = place + 2 + 12 * rng.randrange(max(1, count))
    at, form, choices = rng.choice(
        (
            (0, "<H", (256, 257, 258, 259, 273, 277, 279, 65_535)),
            (2, "<H", (0, 1, 3, 4, 5, 13, 99)),
            (4, "<I", _SIZES),
            (8, "<I", (*_SIZES, place)),
        )
    )
    width = struct.calcsize(form)
    changed[entry + at : entry + at + width] = struct.pack(form, rng.choice(choices))
    return bytes(changed)


def change_chunk(data: bytes, rng: Random) -> bytes:
    """The length or the kind of a PNG's chunk."""
    if not data.startswith(b"\x89PNG"):
        return lie_about_size(data, rng)
    places = []
    place = 8
    while place + 8 <= len(data) and len(places) < 1000:
        places.append(place)
        place += 12 + struct.unpack_from(">I", data, place)[0]
    place = rng.choice(places)
    if rng.random() < 0.5:
        return data[:place] + struct.pack(">I", rng.choice(_SIZES)) + data[place + 4 :]
    kind = rng.choice((b"IDAT", b"IEND", b"iCCP", b"zTXt", b"PLTE", b"acTL", b"IHDR"))
    return data[: place + 4] + kind + data[place + 8 :]


def bomb(data: bytes, rng: Random) -> bytes:
    """A PNG whose content unpacks to a thousand times its size."""
    wide = rng.choice((5_000, 20_000, 60_000))
    header = b"IHDR" + struct.pack(">IIBBBBB", wide, wide, 8, 0, 0, 0, 0)
    packed = b"IDAT" + zlib.compress(bytes(min(wide * 200, 4_000_000)), 9)
    chunks = (header, packed, b"IEND")
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(c) - 4) + c + struct.pack(">I", zlib.crc32(c)) for c in chunks
    )


IMAGE = (lie_about_size, lie_about_size, change_tiff_entry, change_chunk, bomb)
