"""ZIP archives, member by member, within the limits of entries, size and ratio."""

from __future__ import annotations

import io
import lzma
import posixpath
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Sequence

from ingest.errors import (
    ArchiveRefused,
    Damaged,
    EmptyFile,
    Encrypted,
    EscapingName,
    FileRefused,
    PackedTooTightly,
    SidecarInvalid,
    TooLarge,
)
from ingest.intake import (
    MAX_FILE_BYTES,
    MAX_UNPACK_RATIO,
    MAX_UNPACKED_BYTES,
    MAX_ZIP_ENTRIES,
)
from ingest.members import Labels, Member, Members, RefusedMember
from ingest.sidecar import SUFFIXES as SIDECAR_ENDINGS

_SMALL = 1024 * 1024
"""Ratios below this size say nothing: a page of blanks may well shrink to a thousandth."""

_DRIVE = re.compile(r"^[A-Za-z]:")
_LEFT_BY_SYSTEMS = frozenset({"thumbs.db", "desktop.ini", "__macosx"})
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA)
_UNICODE_NAME = 0x800
_ENCRYPTED = 0x1
ZIP_FAULTS = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    OSError,
    EOFError,
    LookupError,
    NotImplementedError,
    ValueError,
)
"""What the standard library raises over an archive that is not one, or is damaged."""


def unpack_zip(data: bytes) -> Members:
    """The files of an archive, in order of name; what the system left there is passed over.

    Raises:
        ArchiveRefused: nothing in it.
        Damaged, Encrypted, PackedTooTightly, TooLarge: of the archive as a whole.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        entries = archive.infolist()
    except ZIP_FAULTS as error:
        raise Damaged(
            "Das Archiv ist beschädigt und lässt sich nicht öffnen. Bitte neu packen."
        ) from error
    _check(entries, len(data))
    files = [(_name(entry), entry) for entry in entries if not entry.filename.endswith("/")]
    files = sorted((f for f in files if not _is_litter(f[0])), key=lambda file: file[0])
    if not files:
        raise ArchiveRefused("Das Archiv enthält keine Dateien. Bitte die Quelle prüfen.")
    if all(entry.flag_bits & _ENCRYPTED for _, entry in files):
        raise Encrypted("Das Archiv ist mit einem Kennwort geschützt. Bitte ohne Kennwort packen.")
    if not any(entry.compress_type in _METHODS for _, entry in files):
        raise ArchiveRefused(
            "Das Archiv ist mit einem Verfahren gepackt, das nicht gelesen wird. Bitte entpacken "
            "und den Ordner aufnehmen."
        )
    described = _described([name for name, _ in files])
    labels = Labels()
    for number, (name, entry) in enumerate(files, start=1):
        label = labels.label(name, f"Eintrag {number}")
        try:
            _check_name(name, entry)
            if name in described:
                raise SidecarInvalid(
                    "Begleitdateien werden in Archiven nicht ausgewertet. Bitte das Archiv "
                    "entpacken und den Ordner aufnehmen."
                )
            data = _unpacked(archive, entry)
        except FileRefused as error:
            yield RefusedMember(label, error)
        else:
            yield Member(label, data)


def _check(entries: list[zipfile.ZipInfo], packed: int) -> None:
    if len(entries) > MAX_ZIP_ENTRIES:
        most = f"{MAX_ZIP_ENTRIES:,}".replace(",", ".")
        raise TooLarge(f"Das Archiv hat mehr als {most} Einträge. Bitte in Teile zerlegen.")
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > MAX_UNPACKED_BYTES or unpacked > max(_SMALL, packed * MAX_UNPACK_RATIO):
        raise PackedTooTightly


def _name(entry: zipfile.ZipInfo) -> str:
    """The name; where a program wrote UTF-8 without saying so, that is undone."""
    if entry.flag_bits & _UNICODE_NAME or entry.filename.isascii():
        return entry.filename
    try:
        return entry.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return entry.filename


def _is_litter(name: str) -> bool:
    parts = name.replace("\\", "/").split("/")
    return any(
        (part.startswith(".") and part not in (".", "..")) or part.casefold() in _LEFT_BY_SYSTEMS
        for part in parts
    )


def _described(names: Sequence[str]) -> set[str]:
    """Sidecars and what they describe: read without its sidecar, a closed paper might open."""
    known, found = set(names), set[str]()
    by_stem: dict[str, list[str]] = {}
    for name in names:
        by_stem.setdefault(posixpath.splitext(name)[0], []).append(name)
    for name in names:
        stem, ending = posixpath.splitext(name)
        if ending.lower() not in SIDECAR_ENDINGS:
            continue
        siblings = [other for other in by_stem[stem] if not other.lower().endswith(SIDECAR_ENDINGS)]
        if stem in known or siblings:
            found.update((name, *siblings, *({stem} & known)))
    return found


def _check_name(name: str, entry: zipfile.ZipInfo) -> None:
    path = name.replace("\\", "/")
    if path.startswith("/") or _DRIVE.match(path) or "\x00" in path:
        raise EscapingName
    if posixpath.normpath(path).split("/")[0] == "..":
        raise EscapingName
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise EscapingName(
            "Dieser Eintrag ist nur ein Verweis auf eine andere Datei und wird nicht gelesen. "
            "Bitte die Datei selbst in das Archiv packen."
        )


def _unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    if entry.flag_bits & _ENCRYPTED:
        raise Encrypted
    if entry.file_size > MAX_FILE_BYTES:
        raise TooLarge
    limit = min(MAX_FILE_BYTES, max(_SMALL, entry.compress_size * MAX_UNPACK_RATIO))
    try:
        with archive.open(entry) as stream:
            data = stream.read(limit + 1)
    except ZIP_FAULTS as error:
        raise Damaged(
            "Dieser Eintrag des Archivs ist beschädigt. Bitte das Archiv neu packen."
        ) from error
    except RuntimeError as error:  # zipfile's word for a missing password
        raise Encrypted from error
    if len(data) > limit:
        raise PackedTooTightly
    if not data:
        raise EmptyFile
    return data
