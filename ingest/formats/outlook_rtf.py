"""The compressed RTF that Outlook keeps a text in: a dictionary of 4 KiB that fills as it reads."""

from __future__ import annotations

import struct

from ingest.errors import Damaged

_HEAD = struct.Struct("<IIII")
_COMPRESSED, _PLAIN = 0x75465A4C, 0x414C454D
_WINDOW = 4096
_MAX_BYTES = 64 * 1024**2
# What the dictionary holds before the first byte, by definition ([MS-OXRTFCP] 2.1.3.1.2).
_PRESET = (
    b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern "
    b"\\fscript \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0"
    b"\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx"
)


def decompressed_rtf(data: bytes) -> bytes:
    """The RTF.

    Raises:
        Damaged: no such text, or one that grows beyond 64 MiB.
    """
    if len(data) < _HEAD.size:
        raise Damaged
    _, size, kind, _ = _HEAD.unpack_from(data)
    if kind == _PLAIN:
        return data[_HEAD.size :]
    if kind != _COMPRESSED or size > _MAX_BYTES:
        raise Damaged
    return _expanded(data[_HEAD.size :], size)


def _expanded(data: bytes, size: int) -> bytes:
    window = bytearray(_PRESET.ljust(_WINDOW, b"\x00"))
    write, out, at = len(_PRESET), bytearray(), 0

    def put(byte: int) -> None:
        nonlocal write
        out.append(byte)
        window[write] = byte
        write = (write + 1) % _WINDOW

    while at < len(data) and len(out) < size:
        control, at = data[at], at + 1
        for bit in range(8):
            if not control >> bit & 1:
                if at >= len(data):
                    return bytes(out)
                put(data[at])
                at += 1
                continue
            if at + 1 >= len(data):
                return bytes(out)
            token, at = data[at] << 8 | data[at + 1], at + 2
            offset, length = token >> 4, (token & 0xF) + 2
            if offset == write:  # the end mark
                return bytes(out)
            for step in range(length):
                put(window[(offset + step) % _WINDOW])
    return bytes(out)
