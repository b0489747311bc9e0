"""Words of an erased paper go out of every kept draft, too.

A certificate of the store says what was erased. Which of them the drafts of a Mandant have been
held against stands in a file beside them, written last: after a kill all is held against them
again, and what is cut already stays as it is.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from assistant.begruendung.cutting import without
from assistant.begruendung.numbered import (
    FOLDER,
    REMOVED_FILE,
    alone,
    draft_names,
    mandanten,
    put,
    spoken,
    sweep,
)
from assistant.begruendung.versions import (
    Version,
    read_version,
    replace_version,
    version_numbers,
)
from assistant.errors import InputInvalid
from index.chain import ChainedFile
from index.life import Deletion, digest
from index.store import Store
from index.types import Access

ERASED = "Quelle gelöscht, Absatz mit ihren Worten entfernt"
_HELD_AGAINST = ".geloeschtes"

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Cut:
    """A version that words were cut out of."""

    mandant: str
    name: str
    number: int


def cut_erased(home: Path, store: Store) -> tuple[Cut, ...]:
    """Cuts the words of every erased paper out of the drafts of all Mandanten; again: nothing.

    Raises:
        InputInvalid: a draft cannot be written.
    """
    sweep(home)
    return tuple(cut for mandant in mandanten(home) for cut in _cut_erased_of(home, store, mandant))


def _cut_erased_of(home: Path, store: Store, mandant: str) -> Sequence[Cut]:
    erased = store.deletions(Access.operator(mandant))
    state = _state_of(erased)
    mark = home / FOLDER / mandant / _HELD_AGAINST
    if _read(mark) == state:
        return ()
    with alone(home):
        is_erased = erased_by(store, mandant, erased)
        found = []
        for name, version in _readable(home, mandant):
            cut = cut_version(version, is_erased)
            if cut is not None:
                replace_version(home, name, cut)
                found.append(Cut(mandant, name, version.number))
        with spoken():
            put(mark, state.encode())
    return found


def cut_version(version: Version, is_erased: Callable[[str], bool]) -> Version | None:
    """The version without the papers that `is_erased` names by id; None where it has none."""
    ids = {citation.document_id for citation in version.entwurf.citations} | {*version.quellen}
    gone = {document_id for document_id in ids if is_erased(document_id)}
    if not gone:
        return None
    numbers = {c.number for c in version.entwurf.citations if c.document_id in gone}
    return replace(
        version,
        entwurf=without(version.entwurf, numbers, ERASED),
        quellen=tuple(document_id for document_id in version.quellen if document_id not in gone),
        schnitte=version.schnitte + 1,
    )


def left_words(home: Path, store: Store) -> Iterator[str]:
    """A German sentence for each version that is damaged or holds words of an erased paper.

    And for each line of the list of deleted drafts that does not fit.
    """
    for line, problem in ChainedFile(home / REMOVED_FILE).problems():
        yield f"Liste gelöschter Entwürfe, Zeile {line}: {problem}"
    for mandant in mandanten(home):
        is_erased = erased_by(store, mandant, store.deletions(Access.operator(mandant)))
        for name in draft_names(home, mandant):
            for number in version_numbers(home, mandant, name):
                try:
                    version = read_version(home, mandant, name, number)
                except InputInvalid as error:
                    yield f"Entwürfe: {error}"
                    continue
                if cut_version(version, is_erased) is not None:
                    yield (
                        f"Entwürfe: Fassung {number} von »{name}« ({mandant}) enthält Worte eines "
                        "gelöschten Dokuments. Bitte Rechte und Speicherplatz des Datenordners "
                        "prüfen; der nächste Befehl holt das Entfernen nach."
                    )


def erased_by(store: Store, mandant: str, erased: Sequence[Deletion]) -> Callable[[str], bool]:
    """Says of an id whether its document was erased and has not come back since."""
    marks = {mark for deletion in erased if not deletion.lifted for mark in deletion.digests}
    return lambda document_id: (
        digest(mandant, document_id) in marks and not store.holds(mandant, document_id)
    )


def _readable(home: Path, mandant: str) -> Iterator[tuple[str, Version]]:
    for name in draft_names(home, mandant):
        for number in version_numbers(home, mandant, name):
            try:
                yield name, read_version(home, mandant, name, number)
            except InputInvalid:
                log.warning("a kept draft cannot be read; »verify« names it")


def _state_of(erased: Sequence[Deletion]) -> str:
    listed = "\n".join(sorted(f"{deletion.id} {deletion.lifted}" for deletion in erased))
    return hashlib.sha256(listed.encode()).hexdigest()


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii")
    except (OSError, UnicodeDecodeError):
        return ""
