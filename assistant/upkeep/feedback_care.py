"""What happens to feedback without its authors: erasures take it along, backups bring it."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from assistant.begruendung.docx_file import write_new
from assistant.begruendung.erasing import erased_by
from assistant.feedback import FEEDBACK_FILE, FeedbackBook, Rueckmeldung
from assistant.measuring.feedback_questions import question_set
from assistant.upkeep.backup_uploads import is_erased
from index.life import Deletion
from index.store import Store
from index.types import Access


def forget_erased(home: Path, store: Store) -> int:
    """Removes what rests on an erased paper, of all Mandanten; says how many that were.

    Raises:
        InputInvalid: the file cannot be written.
    """
    book = FeedbackBook(home)
    mandanten = {entry.mandant for entry in book.all()}
    is_gone = {
        mandant: erased_by(store, mandant, store.deletions(Access.operator(mandant)))
        for mandant in mandanten
    }
    return book.forget(
        lambda entry: any(is_gone[entry.mandant](s.document_id) for s in entry.stellen)
    )


def bring_back_feedback(
    folder: Path, home: Path, names: Iterable[str], known: Mapping[str, Deletion], at: str
) -> None:
    """Copies a backup's feedback home where there is none, without what was erased since.

    Args:
        folder: the backup.
        home: where the stock lies.
        names: what the backup holds.
        known: every deletion of a paper that anybody knows of.
        at: when the backup was begun.
    """
    if FEEDBACK_FILE not in set(names) or (home / FEEDBACK_FILE).exists():
        return
    shutil.copyfile(folder / FEEDBACK_FILE, home / FEEDBACK_FILE)
    (home / FEEDBACK_FILE).chmod(0o600)
    FeedbackBook(home).forget(
        lambda entry: any(is_erased(entry.mandant, s.document_id, known, at) for s in entry.stellen)
    )


def readable(
    store: Store, access: Access, entries: Iterable[Rueckmeldung]
) -> tuple[Rueckmeldung, ...]:
    """Those that rest on papers which may be seen now: the words of a hidden one are hidden too."""
    seen: dict[str, bool] = {}

    def is_there(document_id: str) -> bool:
        if document_id not in seen:
            seen[document_id] = store.document(access, document_id) is not None
        return seen[document_id]

    with store.snapshot():
        return tuple(e for e in entries if all(is_there(s.document_id) for s in e.stellen))


def write_questions(entries: Sequence[Rueckmeldung], path: Path) -> None:
    """Writes the questions that were given along as a set for `aktenkundig evaluate`.

    Raises:
        InputInvalid: there is a file of that name, or it cannot be written.
    """
    write_new(path, question_set(entries).encode())
