"""Takes an earlier state of a file out of sight where the file says now that it is closed.

Versions are kept, and a closed paper replaces nothing for those who may not see it: other papers
of its number stay as they are. But whoever overwrites a file with a closed one withdraws what
stood there, and the earlier words must not stay open under the same path.
"""

from __future__ import annotations

from index.store import Store
from index.types import Access, Document, Schutzstufe
from ingest.papers.visibility import file_visibility

WHO = "Einlesen"
REASON = (
    "Die Datei wurde durch eine nichtöffentliche Fassung ersetzt. Wenn die frühere weiter gezeigt "
    "werden darf: »aktenkundig republish«."
)


def withdraw_opened(store: Store, new: Document) -> bool:
    """Depublishes what a closed document replaces under its own path; True where it did.

    Call it before `new` is stored: a kill between leaves too little in sight, never too much.
    """
    if new.supersedes is None or new.visibility is Schutzstufe.OEFFENTLICH:
        return False
    if file_visibility(new.sections) is Schutzstufe.OEFFENTLICH:
        return False
    earlier = store.summaries(Access(frozenset({new.mandant})), [new.supersedes]).get(
        new.supersedes
    )
    if earlier is None or earlier.source != new.source:
        return False
    return store.depublish(Access.operator(new.mandant), new.supersedes, reason=REASON, who=WHO)
