"""Where HTTP orders a review: bytes or words in, findings out, a line in the record.

The draft under review lives in memory and in the reader's own scratch folder, which goes with the
reader; it is never stored, and nothing of it is found by anybody later.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.audit import OPERATOR
from assistant.errors import InputInvalid
from assistant.hausregeln import read_hausregeln
from assistant.wiring import Parts
from index.types import Access, Document

if TYPE_CHECKING:
    from assistant.review.reviewing import Review


def review_text(
    parts: Parts, text: str, access: Access, *, public: bool, who: str = OPERATOR
) -> Review:
    """Reviews a pasted draft.

    Raises:
        InputInvalid: it is empty, too long or no text.
        IngestError: its reader could not make anything of it.
        AuditUnwritable: the record cannot be continued; nothing is shown then.
    """
    from assistant.review.reading import read_pasted

    return _review(parts, read_pasted(text, parts.mandant), access, public, who)


def review_file(
    parts: Parts, name: str, data: bytes, access: Access, *, public: bool, who: str = OPERATOR
) -> Review:
    """Reviews a draft that was sent as a file.

    Raises:
        IngestError: it cannot be read, or is no single paper.
        AuditUnwritable: the record cannot be continued; nothing is shown then.
    """
    from assistant.review.reading import read_upload

    return _review(parts, read_upload(name, data, parts.mandant), access, public, who)


def review_docx(
    parts: Parts, name: str, data: bytes, access: Access, *, public: bool, who: str = OPERATOR
) -> bytes:
    """Reviews a DOCX and gives it back with a comment for each finding.

    Raises:
        InputInvalid: it is no DOCX.
        IngestError, AuditUnwritable: as above.
    """
    from assistant.review.comments import refuse_other_than_docx, with_comments
    from assistant.review.reading import read_upload

    document = read_upload(name, data, parts.mandant)
    refuse_other_than_docx(document)
    return with_comments(data, _review(parts, document, access, public, who))


def _review(parts: Parts, document: Document, access: Access, public: bool, who: str) -> Review:
    from assistant.review.reviewing import review
    from assistant.review.types import Reviewed

    if parts.mandant not in access.mandanten:
        raise InputInvalid("Für diesen Mandanten dürfen Sie nichts prüfen.")
    rules = read_hausregeln(parts.home, parts.mandant)
    return review(
        Reviewed(document, parts.store, access, rules, public=public), parts.audit, who=who
    )
