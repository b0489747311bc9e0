"""Damage that knows how a PDF is built: cross references, lengths, page trees, filters."""

from __future__ import annotations

import re
import zlib
from contextlib import suppress
from random import Random

_NUMBERS = (b"0", b"-1", b"1", b"65536", b"2147483647", b"4294967295", b"99999999999999999999")
_FILTERS = (
    b"/LZWDecode", b"/ASCIIHexDecode", b"/ASCII85Decode", b"/RunLengthDecode", b"/DCTDecode",
    b"/JPXDecode", b"/JBIG2Decode", b"/CCITTFaxDecode", b"/Crypt", b"/Unbekannt",
    b"[" + b"/FlateDecode " * 30 + b"]", b"[/ASCIIHexDecode /FlateDecode]", b"99 0 R", b"null",
)  # fmt: skip
_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\n?endstream", re.DOTALL)
_REFERENCE = re.compile(rb"\b(\d{1,6}) 0 R\b")
_OBJECT = re.compile(rb"\b(\d{1,6}) 0 obj\b")


def _replace_one(pattern: bytes, replacement: bytes, data: bytes, rng: Random) -> bytes:
    found = list(re.finditer(pattern, data))
    if not found:
        return data
    match = rng.choice(found)
    return data[: match.start()] + replacement + data[match.end() :]


def move_xref(data: bytes, rng: Random) -> bytes:
    """The file's own table of contents lies."""
    if rng.random() < 0.5:
        number = rng.choice((*_NUMBERS, str(rng.randrange(len(data))).encode()))
        return _replace_one(rb"startxref\s+\d+", b"startxref\n" + number, data, rng)
    return _replace_one(rb"\d{10} 00000 n", b"%010d 00000 n" % rng.randrange(len(data)), data, rng)


def loop_xref(data: bytes, rng: Random) -> bytes:
    """A previous table that is the same one, or the trailer's other keys gone wrong."""
    start = re.search(rb"startxref\s+(\d+)", data)
    previous = b"/Prev " + (start[1] if start else b"0")
    key = rng.choice(
        (previous, b"/Size 4294967295", b"/Root 999 0 R", b"/XRefStm 10", b"/Encrypt 1 0 R")
    )
    return _replace_one(rb"trailer\s*<<", b"trailer\n<< " + key + b" ", data, rng)


def lie_about_length(data: bytes, rng: Random) -> bytes:
    """A stream that is shorter or longer than it says."""
    return _replace_one(rb"/Length \d+", b"/Length " + rng.choice(_NUMBERS), data, rng)


def loop_kids(data: bytes, rng: Random) -> bytes:
    """A page tree that contains itself."""
    owners = [m for m in _OBJECT.finditer(data) if b"/Kids" in data[m.end() : m.end() + 800]]
    if not owners:
        return data
    owner = rng.choice(owners)[1]
    kids = b"/Kids [ " + (owner + b" 0 R ") * rng.choice((1, 2, 40)) + b"]"
    return _replace_one(rb"/Kids\s*\[[^\]]*\]", kids, data, rng)


def lie_about_count(data: bytes, rng: Random) -> bytes:
    """Far more pages than there are, or fewer."""
    number = rng.choice((*_NUMBERS, b"1999", b"2001", b"1000000"))
    return _replace_one(rb"/Count \d+", b"/Count " + number, data, rng)


def change_filter(data: bytes, rng: Random) -> bytes:
    """A stream said to be packed otherwise, or many times over."""
    pattern = rb"/Filter\s*(?:\[[^\]]*\]|/\w+)"
    return _replace_one(pattern, b"/Filter " + rng.choice(_FILTERS), data, rng)


def change_stream(data: bytes, rng: Random) -> bytes:
    """Damage in the unpacked content, packed again."""
    found = list(_STREAM.finditer(data))
    if not found:
        return data
    match = rng.choice(found)
    content, packed = match[1], False
    with suppress(zlib.error):
        content, packed = zlib.decompress(content), True
    content = content[:2_000_000]
    place = rng.randrange(len(content) + 1)
    content = rng.choice(
        (
            content[:place] + rng.randbytes(20) + content[place:],
            content[:place] + b" q" * 20_000 + content[place:],
            content[:place] + b"[" * 5_000 + content[place:],
            content[:place] + b" BT (" + b"A" * 50_000 + b") Tj ET " + content[place:],
            content.replace(b"Tf", b"Tj"),
            content.replace(b"beginbf", b"begincid"),
            content * 5,
        )
    )
    again = zlib.compress(content) if packed else content
    return data[: match.start(1)] + again + data[match.end(1) :]


def point_elsewhere(data: bytes, rng: Random) -> bytes:
    """A reference to another object, to itself or to none."""
    found = list(_REFERENCE.finditer(data))
    if not found:
        return data
    for match in rng.sample(found, min(len(found), rng.choice((1, 3)))):
        other = rng.choice((*(m[1] for m in found[:50]), b"0", b"999999"))
        padded = other.rjust(len(match[1]), b"0")[: len(match[1])]
        data = data[: match.start(1)] + padded + data[match.end(1) :]
    return data


def change_number(data: bytes, rng: Random) -> bytes:
    """A number after a key: boxes, widths, predictors, versions."""
    found = list(re.finditer(rb"/[A-Z]\w* \[?\s?(-?\d+)", data))
    if not found:
        return data
    match = rng.choice(found)
    return data[: match.start(1)] + rng.choice(_NUMBERS) + data[match.end(1) :]


def nest_deeply(data: bytes, rng: Random) -> bytes:
    """Arrays or dictionaries in one another, thousands deep."""
    depth = rng.choice((100, 5_000, 50_000))
    opened, closed = rng.choice(((b"[", b"]"), (b"<</A ", b">>")))
    return _replace_one(
        rb"/MediaBox\s*\[[^\]]*\]", b"/MediaBox " + opened * depth + closed * depth, data, rng
    )


def drop_object(data: bytes, rng: Random) -> bytes:
    """An object that others point to is gone."""
    return _replace_one(rb"\b\d{1,6} 0 obj\b", b"% weg", data, rng)


PDF = (
    move_xref, loop_xref, lie_about_length, loop_kids, lie_about_count, change_filter,
    change_stream, change_stream, point_elsewhere, change_number, nest_deeply, drop_object,
)  # fmt: skip
