"""What can go wrong in the store, each with the sentence that tells the clerk what to do."""

from __future__ import annotations


class StoreError(Exception):
    """A store cannot do what it was asked to; `str(error)` is German and fit to be shown."""

    code = "store"
    exit_code = 20


class StoreUnavailable(StoreError):
    """The folder or the database in it cannot be opened or written."""

    code = "store_unavailable"
    exit_code = 21


class StoreTooNew(StoreError):
    """The database was made by a newer version of the program."""

    code = "store_too_new"
    exit_code = 22


class StoreDamaged(StoreError):
    """The database holds something that cannot be read."""

    code = "store_damaged"
    exit_code = 23


class StoreBusy(StoreError):
    """Another process held the database for longer than the time we wait."""

    code = "store_busy"
    exit_code = 24


class EmbedderMismatch(StoreError):
    """Vectors of another embedding model, or of another dimension, than the store holds."""

    code = "embedder_mismatch"
    exit_code = 25


class BuildGone(StoreError):
    """A generation that is not there any more, or not in the state that was expected."""

    code = "build_gone"
    exit_code = 28


class InvalidDocument(StoreError):
    """A document whose passages, spans or vectors contradict each other."""

    code = "invalid_document"
    exit_code = 26


class Erased(InvalidDocument):
    """A document that was erased, and that nobody let in again."""

    code = "erased"
    exit_code = 27
