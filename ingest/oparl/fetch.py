"""Fetches the files that OParl lists, and checks that they are what was announced."""

from __future__ import annotations

import hashlib
from typing import Protocol

from ingest.errors import OparlChecksum, OparlFileGone, OparlUnreachable, RunEnded
from ingest.intake import Intake, sniff
from ingest.oparl.client import OparlClient
from ingest.oparl.files import OparlFile

UNREACHABLE_FILES = 5
"""So many files in a row that fail for the server's sake end the run; the next one goes on."""


_FULL = (
    "Eine Datei vom OParl-Server ließ sich nicht ablegen ({reason}). Bitte Platz schaffen und den "
    "Befehl noch einmal ausführen, er macht dort weiter."
)


class Keeper(Protocol):
    """Keeps the bytes of fetched files, so that their pages can be shown and taken along.

    What is erased later goes with it: the store removes every file of that name in the home.
    """

    def keep(self, data: bytes, sha256: str) -> None:
        """Before the document is stored. Raises OSError."""

    def drop(self, sha256: str) -> None:
        """After the file was dealt with; where it became a document, nothing happens."""


class Fetch:
    """Hands out the files to the pipeline and remembers what became of each.

    Attributes:
        sha256: by file id, of the bytes that came and were right.
        withheld: ids of files that the server lists and does not hand out.
    """

    def __init__(self, client: OparlClient, keeper: Keeper | None = None) -> None:
        self._client = client
        self._keeper = keeper
        self._failed_in_a_row = 0
        self.sha256: dict[str, str] = {}
        self.withheld: set[str] = set()

    def intake(self, file: OparlFile) -> Intake:
        """Fetches and checks one file.

        Raises:
            FileRefused: this file cannot be had or is not what was announced.
            RunEnded: the server no longer answers at all, or the disk takes no more.
        """
        try:
            data = self._client.file(file.url)
        except OparlFileGone:
            self.withheld.add(file.id)
            raise
        except OparlUnreachable:
            self._failed_in_a_row += 1
            if self._failed_in_a_row >= UNREACHABLE_FILES:
                raise RunEnded(
                    "Der OParl-Server antwortet nicht mehr. Was schon übernommen ist, bleibt; "
                    "bitte den Befehl später noch einmal ausführen, er macht dort weiter."
                ) from None
            raise
        self._failed_in_a_row = 0
        _check(file, data)
        sha256 = hashlib.sha256(data).hexdigest()
        if self._keeper is not None:
            try:
                self._keeper.keep(data, sha256)
            except OSError as error:
                raise RunEnded(_FULL.format(reason=error.strerror)) from error
        self.sha256[file.id] = sha256
        return Intake(file.id, data, sha256, sniff(data))


def _check(file: OparlFile, data: bytes) -> None:
    """Compares the bytes with what the server announced.

    Raises:
        OparlChecksum.
    """
    if file.checksum is not None:
        algorithm, expected = file.checksum
        if hashlib.new(algorithm, data, usedforsecurity=False).hexdigest() != expected:
            raise OparlChecksum
    elif file.size is not None and file.size > 0 and file.size != len(data):
        raise OparlChecksum
