"""What people say of single sentences: kept on this machine, never who said it.

One file of JSON lines for all Mandanten, written anew as a whole at each change, so that nothing of
what was taken back or erased stays in it.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import secrets
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from pathlib import Path

from assistant.errors import InputInvalid
from assistant.today import today
from assistant.types import Answer
from index.chain import sync_folder
from index.copying import sync

FEEDBACK_FILE = "rueckmeldungen.jsonl"
_LOCK = ".rueckmeldungen.sperre"
LONGEST_COMMENT = 1000
MOST = 5000
_FULL = (
    f"Es liegen schon {MOST} Rückmeldungen vor. Bitte lassen Sie die Betreuung sie auswerten und "
    "löschen."
)


class Grund(StrEnum):
    """What a person says of a sentence."""

    STIMMT = "stimmt"
    FALSCH_BELEGT = "falsch_belegt"
    UNVOLLSTAENDIG = "unvollstaendig"
    VERALTET = "veraltet"


@dataclass(frozen=True, slots=True)
class Stelle:
    """A place that the sentence was said to rest on."""

    document_id: str
    source: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Rueckmeldung:
    """One person's word on one sentence.

    Attributes:
        day: when, no finer than that.
        kind: of the question.
        claim: the sentence as it was shown; `claim_sha256` is its hash.
        stellen: what it cites; where it cites nothing, what its answer cites.
        question: its words, only where the person gave them along; else "".
    """

    mandant: str
    grund: Grund
    kind: str
    claim: str
    claim_sha256: str
    label: str
    stellen: tuple[Stelle, ...]
    comment: str
    question: str
    index_generation: int
    generator_id: str | None
    day: str
    ident: str = field(default_factory=lambda: secrets.token_hex(8))


def feedback_on(
    answer: Answer, number: int, mandant: str, grund: Grund, comment: str = "", question: str = ""
) -> Rueckmeldung:
    """What is kept of a word on the sentence `number` of an answer, from 1.

    Raises:
        InputInvalid: there is no such sentence, or the comment is too long.
    """
    if not 1 <= number <= len(answer.claims):
        raise InputInvalid("Diesen Satz hat die Antwort nicht. Bitte laden Sie die Seite neu.")
    if len(comment) > LONGEST_COMMENT:
        raise InputInvalid(f"Bitte kürzen Sie die Anmerkung auf {LONGEST_COMMENT} Zeichen.")
    claim = answer.claims[number - 1]
    cited = [c for c in answer.citations if c.number in claim.citations] or answer.citations
    return Rueckmeldung(
        mandant=mandant,
        grund=grund,
        kind=answer.kind,
        claim=claim.text,
        claim_sha256=hashlib.sha256(claim.text.encode()).hexdigest(),
        label=claim.label.value,
        stellen=tuple(Stelle(c.document_id, c.source, c.span.start, c.span.end) for c in cited),
        comment=" ".join(comment.split()),
        question=question,
        index_generation=answer.index_generation,
        generator_id=answer.generator_id,
        day=today().isoformat(),
    )


class FeedbackBook:
    """The file in a home. Processes may write at the same time; a lock orders them."""

    def __init__(self, home: Path) -> None:
        """Nothing is written before the first entry."""
        self._home = home
        self._path = home / FEEDBACK_FILE

    def of(self, mandant: str) -> tuple[Rueckmeldung, ...]:
        """All of one Mandant, oldest first."""
        return tuple(entry for entry in self.all() if entry.mandant == mandant)

    def all(self) -> tuple[Rueckmeldung, ...]:
        """All of this home. Lines that cannot be read are left out."""
        try:
            lines = self._path.read_text("utf-8").splitlines()
        except FileNotFoundError:
            return ()
        return tuple(entry for line in lines if (entry := _read(line)) is not None)

    def add(self, entry: Rueckmeldung) -> None:
        """Keeps one more.

        Raises:
            InputInvalid: there are too many, or the disk takes none.
        """
        with self._alone():
            known = self.all()
            if len(known) >= MOST:
                raise InputInvalid(_FULL)
            self._write([*known, entry])

    def remove(self, ident: str, mandant: str) -> bool:
        """Takes one back; False where it is not there."""
        return self.forget(lambda entry: (entry.ident, entry.mandant) == (ident, mandant)) > 0

    def forget(self, unwanted: Callable[[Rueckmeldung], bool]) -> int:
        """Removes what `unwanted` names and says how many that were.

        Raises:
            InputInvalid: the disk takes no file.
        """
        if not self._path.exists():
            return 0
        with self._alone():
            known = self.all()
            kept = [entry for entry in known if not unwanted(entry)]
            if len(kept) < len(known):
                self._write(kept)
        return len(known) - len(kept)

    def _write(self, entries: Sequence[Rueckmeldung]) -> None:
        waiting = self._path.with_name(f".{FEEDBACK_FILE}.{os.getpid()}")
        lines = (json.dumps(asdict(entry), ensure_ascii=False) for entry in entries)
        try:
            waiting.write_text("".join(f"{line}\n" for line in lines), "utf-8")
            waiting.chmod(0o600)
            sync(waiting)
            waiting.replace(self._path)
            sync_folder(self._home)
        finally:
            waiting.unlink(missing_ok=True)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        try:
            descriptor = os.open(self._home / _LOCK, os.O_RDWR | os.O_CREAT, 0o600)
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX)
                yield
            finally:
                os.close(descriptor)
        except OSError as error:
            raise InputInvalid(
                f"Die Rückmeldung ließ sich nicht ablegen ({error.strerror}). Bitte Speicherplatz "
                "und Rechte des Datenordners prüfen."
            ) from error


def _read(line: str) -> Rueckmeldung | None:
    try:
        fields = json.loads(line)
        fields["stellen"] = tuple(Stelle(**stelle) for stelle in fields["stellen"])
        fields["grund"] = Grund(fields["grund"])
        return Rueckmeldung(**fields)
    except (ValueError, TypeError, KeyError):
        return None
