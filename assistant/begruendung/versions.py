"""Versions of a draft: each is kept, two can be compared, and going back writes one more."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher
from enum import StrEnum
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from assistant.begruendung.numbered import append, draft_folder, numbers, read, rewrite
from assistant.begruendung.types import Absatz, Entwurf
from assistant.errors import InputInvalid, NotFound

FASSUNG = "fassung"
DRAFTED = "entworfen"


@dataclass(frozen=True, slots=True)
class Version:
    """A version of a draft.

    Attributes:
        number: from 1, in the order of writing.
        author: who wrote it, as they wish to be named.
        restores: the version whose words it brings back; None where they are new.
        quellen: ids of the papers that it may rest on; those of erased ones are taken out.
        anlass: what brought it about; printed, so German.
        schnitte: how often words of erased papers were cut out of it.
    """

    number: int
    at: datetime
    author: str
    restores: int | None
    entwurf: Entwurf
    quellen: tuple[str, ...] = ()
    anlass: str = DRAFTED
    schnitte: int = 0

    @property
    def words_of(self) -> int:
        """The version in which these words were new."""
        return self.restores or self.number


@dataclass(frozen=True, slots=True)
class _Kept:
    at: datetime
    author: str
    restores: int | None
    entwurf: Entwurf
    quellen: tuple[str, ...] = ()
    anlass: str = DRAFTED
    schnitte: int = 0


class ChangeKind(StrEnum):
    """What became of a paragraph; printed, so German."""

    NEU = "neu"
    ENTFALLEN = "entfallen"
    GEAENDERT = "geändert"


@dataclass(frozen=True, slots=True)
class Change:
    """A paragraph that differs. `before` is None for a new one, `after` for one that is gone."""

    abschnitt: str
    kind: ChangeKind
    before: Absatz | None
    after: Absatz | None


_FILE = TypeAdapter(_Kept)


def write_version(
    home: Path,
    name: str,
    entwurf: Entwurf,
    *,
    author: str,
    at: datetime,
    quellen: Sequence[str] = (),
    anlass: str = DRAFTED,
) -> Version:
    """Keeps a version of the draft of that name.

    Args:
        home: the data directory.
        name: of lower-case letters, digits and hyphens; drafts of two Mandanten may share one.
        entwurf: its Mandant says where it lies.
        author: who wrote it.
        at: when, with its time zone.
        quellen: ids of the papers that it may rest on.
        anlass: what brought it about, in German.

    Raises:
        InputInvalid: the name is none, or nothing can be written.
    """
    return _write(home, name, _Kept(at, author, None, entwurf, tuple(quellen), anlass))


def list_versions(home: Path, mandant: str, name: str) -> tuple[Version, ...]:
    """Every version of a draft, the first one first; none where there is no such draft.

    Raises:
        InputInvalid: a file is there that is no version.
    """
    return tuple(
        read_version(home, mandant, name, number) for number in version_numbers(home, mandant, name)
    )


def version_numbers(home: Path, mandant: str, name: str) -> tuple[int, ...]:
    """The numbers of the versions of a draft, rising; none where there is no such draft."""
    return numbers(draft_folder(home, mandant, name), FASSUNG)


def read_version(home: Path, mandant: str, name: str, number: int) -> Version:
    """One version.

    Raises:
        NotFound: there is none of that number.
        InputInvalid: its file is no version.
    """
    try:
        kept = _FILE.validate_json(read(draft_folder(home, mandant, name), FASSUNG, number))
    except ValidationError:
        raise InputInvalid(
            f"Fassung {number} von »{name}« ist beschädigt und lässt sich nicht lesen. Die anderen "
            "Fassungen sind davon nicht betroffen."
        ) from None
    return _version(number, kept)


def replace_version(home: Path, name: str, version: Version) -> None:
    """Puts a version in the place of the one of its number; for the erasure of papers alone.

    Raises:
        InputInvalid: it cannot be written.
    """
    kept = _Kept(
        version.at,
        version.author,
        version.restores,
        version.entwurf,
        version.quellen,
        version.anlass,
        version.schnitte,
    )
    folder = draft_folder(home, version.entwurf.mandant, name)
    rewrite(folder, FASSUNG, version.number, _bytes(kept))


def undo(
    home: Path, mandant: str, name: str, *, author: str, at: datetime, to: int | None = None
) -> Version:
    """Goes back by one version, or to a named one, and keeps that as a new one; nothing is lost.

    Undone again without a named one, it goes back further, not forth.

    Raises:
        NotFound: there is no draft of that name, or no such version.
        InputInvalid: there is no earlier version.
    """
    there = version_numbers(home, mandant, name)
    if not there:
        raise NotFound(f"Einen Entwurf »{name}« gibt es nicht.")
    now = read_version(home, mandant, name, there[-1])
    target = read_version(home, mandant, name, to or _earlier(name, there, now))
    if target.words_of == now.words_of:
        raise InputInvalid(f"»{name}« hat schon den Wortlaut von Fassung {target.words_of}.")
    kept = _Kept(
        at,
        author,
        target.words_of,
        target.entwurf,
        target.quellen,
        f"zurück zu Fassung {target.words_of}",
        target.schnitte,
    )
    return _write(home, name, kept)


def _earlier(name: str, there: Sequence[int], now: Version) -> int:
    earlier = [number for number in there if number < now.words_of]
    if not earlier:
        raise InputInvalid(f"Vor dieser Fassung von »{name}« gibt es keine.")
    return earlier[-1]


def compare(before: Entwurf, after: Entwurf) -> tuple[Change, ...]:
    """The paragraphs that differ, section by section in the order of the later draft.

    A paragraph differs by its words, its origin or the words it is carried by; citations may be
    numbered anew without any difference.
    """
    old = {s.abschnitt.titel: s.absaetze for s in before.abschnitte}
    new = {s.abschnitt.titel: s.absaetze for s in after.abschnitte}
    return tuple(
        change
        for titel in dict.fromkeys([*new, *old])
        for change in _changes(
            titel, _seen(before, old.get(titel, ())), _seen(after, new.get(titel, ()))
        )
    )


_Seen = tuple[Absatz, tuple[object, ...]]


def _seen(entwurf: Entwurf, absaetze: tuple[Absatz, ...]) -> list[_Seen]:
    """Each paragraph with what makes it the same as another."""
    cited = {c.number: (c.document_id, c.span.start, c.span.end) for c in entwurf.citations}
    return [
        (a, (a.text, a.herkunft, tuple(sorted(cited[n] for n in a.citations)))) for a in absaetze
    ]


def _changes(titel: str, old: list[_Seen], new: list[_Seen]) -> Iterator[Change]:
    matcher = SequenceMatcher(None, [key for _, key in old], [key for _, key in new], False)
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            continue
        gone, come = [one for one, _ in old[a:b]], [one for one, _ in new[c:d]]
        both = min(len(gone), len(come))
        for before, after in zip(gone[:both], come[:both], strict=True):
            yield Change(titel, ChangeKind.GEAENDERT, before, after)
        for before in gone[both:]:
            yield Change(titel, ChangeKind.ENTFALLEN, before, None)
        for after in come[both:]:
            yield Change(titel, ChangeKind.NEU, None, after)


def _write(home: Path, name: str, kept: _Kept) -> Version:
    folder = draft_folder(home, kept.entwurf.mandant, name)
    return _version(append(folder, FASSUNG, _bytes(kept)), kept)


def _bytes(kept: _Kept) -> bytes:
    return _FILE.dump_json(kept, indent=1) + b"\n"


def _version(number: int, kept: _Kept) -> Version:
    return Version(
        number,
        kept.at,
        kept.author,
        kept.restores,
        kept.entwurf,
        kept.quellen,
        kept.anlass,
        kept.schnitte,
    )
