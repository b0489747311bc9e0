"""The names in a ZIP, read from its directory in bounded steps, before anybody unpacks it."""

from __future__ import annotations

import re
import struct

_END = b"PK\x05\x06"
_END_BYTES = 22
_LONGEST_COMMENT = 65_535
_ENTRY = b"PK\x01\x02"
_ENTRY_BYTES = 46
_MEMBER = re.compile(rb"PK\x03\x04.{22}(..)..", re.DOTALL)
_MEMBER_BYTES = 30


def zip_names(data: bytes, limit: int) -> frozenset[str]:
    """Up to `limit` names; where the directory is lost, those that stand before the members."""
    return frozenset(_from_directory(data, limit) or _from_members(data, limit))


def _from_directory(data: bytes, limit: int) -> list[str]:
    tail = max(0, len(data) - _END_BYTES - _LONGEST_COMMENT)
    end = data.rfind(_END, tail)
    if end < 0 or len(data) < end + _END_BYTES:
        return []
    size, start = struct.unpack_from("<2I", data, end + 12)
    # Junk before the archive shifts everything; the directory ends where its end begins.
    before = max(0, end - size)
    at = before if data[before : before + 4] == _ENTRY else start
    names: list[str] = []
    while data[at : at + 4] == _ENTRY and len(names) < limit:
        if len(data) < at + _ENTRY_BYTES:
            break
        name, extra, comment = struct.unpack_from("<3H", data, at + 28)
        names.append(_decoded(data[at + _ENTRY_BYTES : at + _ENTRY_BYTES + name]))
        at += _ENTRY_BYTES + name + extra + comment
    return names


def _from_members(data: bytes, limit: int) -> list[str]:
    names: list[str] = []
    for found in _MEMBER.finditer(data):
        start = found.start() + _MEMBER_BYTES
        names.append(_decoded(data[start : start + int.from_bytes(found[1], "little")]))
        if len(names) >= limit:
            break
    return names


def _decoded(name: bytes) -> str:
    return name.decode("utf-8", errors="replace")
