"""A file to all that it stands for: itself, or what an archive or a mail holds, however deep."""

from __future__ import annotations

import os
from collections.abc import Generator, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from typing import Self

from ingest.blocks import Parsed
from ingest.errors import FileRefused, IngestError, NestedTooDeep, PackedTooTightly, TooLarge
from ingest.formats.office import CONVERTED, Office, find_soffice
from ingest.intake import (
    DOCX,
    MAX_UNPACK_RATIO,
    MAX_UNPACKED_BYTES,
    MAX_ZIP_ENTRIES,
    ZIP,
    Intake,
    recognise,
)
from ingest.members import SEPARATOR, RefusedMember
from ingest.page_by_page import OnScan, read_file
from ingest.walls.sandbox import UNPACKERS, Sandbox

MAX_PAGES_AT_A_TIME = 4
"""Scanned pages that are read side by side, at most one on each core."""
MAX_DEPTH = 3
"""An archive in an archive in an archive is the deepest that is opened."""

_ALL_ATTACHMENTS = "Anlagen"
_ALWAYS_ALLOWED_BYTES = 64 * 1024 * 1024  # an archive in an archive counts packed and unpacked


@dataclass(frozen=True, slots=True)
class Piece:
    """One file to deal with, or one that ends here.

    Attributes:
        source: the path as given; of a member the archive's, "!/" and its name.
        intake: to be read; None where `error` says why not, or the file was only a cover.
        is_member: whether the file lies in another one.
        holds_others: whether its members came before it, as pieces of their own.
    """

    source: str
    intake: Intake | None = None
    error: IngestError | None = None
    is_member: bool = False
    holds_others: bool = False


@dataclass(slots=True)
class _Allowance:
    """What all members of one file on disk may come to, however they are nested."""

    entries: int
    unpacked_bytes: int

    @classmethod
    def for_file(cls, size: int) -> _Allowance:
        most = max(_ALWAYS_ALLOWED_BYTES, size * MAX_UNPACK_RATIO)
        return cls(MAX_ZIP_ENTRIES, min(MAX_UNPACKED_BYTES, most))

    def spend(self, size: int) -> None:
        self.entries -= 1
        self.unpacked_bytes -= size
        if self.entries < 0:
            raise TooLarge("Das Archiv enthält zu viele Dateien. Bitte in Teile zerlegen.")
        if self.unpacked_bytes < 0:
            raise PackedTooTightly


class Opener:
    """Opens files and reads them, each in a process of its own. For one thread at a time.

    Args:
        sandbox: where documents are parsed; it stays the caller's to close.
        office: what reads old office formats; LibreOffice on the search path where none is given.
        on_page: called after every page of a scan, from this object's thread.
    """

    def __init__(
        self, sandbox: Sandbox, office: Office | None = None, *, on_page: OnScan | None = None
    ) -> None:
        self._sandbox = sandbox
        more = min(MAX_PAGES_AT_A_TIME, os.cpu_count() or 1) - 1
        self._readers = [sandbox, *(sandbox.another() for _ in range(more))]
        self._on_page = on_page
        self._office = office or Office(find_soffice())
        # An archive waits, half unpacked, while its members are read: each depth has its own.
        self._unpackers: dict[int, Sandbox] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def pieces(self, intake: Intake) -> Generator[Piece, None, None]:
        """All files that one stands for; itself comes last, after all that it holds."""
        yield from self._opened(intake, 0, _Allowance.for_file(len(intake.data)))

    def parse(self, intake: Intake) -> Parsed:
        """Reads one document in the sandbox.

        Raises:
            FileRefused, ParserFailed: it cannot be read.
        """
        if intake.media_type not in CONVERTED:
            on_page = partial(self._on_page, intake.source) if self._on_page else None
            return read_file(self._readers, intake.media_type, intake.data, on_page)
        converted = self._office.to_docx(intake.media_type, intake.data)
        parsed = self._sandbox.parse(DOCX, converted)
        return replace(parsed, parser=f"LibreOffice, {parsed.parser}")

    @property
    def peak_bytes(self) -> int:
        """The most memory that one worker held, of those that have ended."""
        return max(reader.peak_bytes for reader in self._readers)

    @property
    def reads_scans(self) -> bool:
        """Whether text recognition is installed."""
        return self._sandbox.tessdata is not None

    def interrupt(self) -> None:
        """Stops whatever is being done in another thread."""
        self._office.interrupt()
        for sandbox in [*self._readers, *self._unpackers.values()]:
            sandbox.interrupt()

    def close(self) -> None:
        """Ends what this object has started."""
        for sandbox in [*self._readers[1:], *self._unpackers.values()]:
            sandbox.close()
        self._office.close()

    def _opened(self, intake: Intake, depth: int, allowance: _Allowance) -> Iterator[Piece]:
        is_member = depth > 0
        if intake.media_type not in UNPACKERS:
            yield Piece(intake.source, intake, is_member=is_member)
            return
        is_cover = intake.media_type == ZIP
        failure: IngestError | None = None
        try:
            if is_cover and depth >= MAX_DEPTH:
                raise NestedTooDeep
            yield from self._members(intake, depth, allowance)
        except IngestError as error:
            failure = error
        if is_cover:
            yield Piece(intake.source, None, failure, is_member, holds_others=True)
            return
        if failure is not None:
            # A mail that is read is no failure because what hangs on it is one.
            yield Piece(intake.source + SEPARATOR + _ALL_ATTACHMENTS, None, failure, True)
        yield Piece(intake.source, intake, None, is_member, holds_others=True)

    def _members(self, intake: Intake, depth: int, allowance: _Allowance) -> Iterator[Piece]:
        unpacker = self._unpackers.setdefault(depth, Sandbox())
        with closing(unpacker.unpack(intake.media_type, intake.data)) as members:
            for member in members:
                source = intake.source + SEPARATOR + member.name
                if isinstance(member, RefusedMember):
                    allowance.spend(0)
                    yield Piece(source, error=member.reason, is_member=True)
                    continue
                allowance.spend(len(member.data))
                try:
                    if depth >= MAX_DEPTH:
                        raise NestedTooDeep
                    inner = recognise(source, member.data)
                except FileRefused as error:
                    yield Piece(source, error=error, is_member=True)
                else:
                    yield from self._opened(inner, depth + 1, allowance)
