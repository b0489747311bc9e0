"""Short drafts, read by the real readers, with an empty stock behind them."""

from __future__ import annotations

from dataclasses import replace

from assistant.hausregeln import Gender, Hausregeln
from assistant.review.reviewing import without_repeats
from assistant.review.types import Befund, Check, Reviewed
from index.store import Store
from index.types import Access
from tests.review.form.planted import read, rules


def reviewed(
    text: str, store: Store, *, gender: Gender = Gender.PAAR, public: bool = True
) -> Reviewed:
    """A draft of the example Mandant under review."""
    held: Hausregeln = replace(rules(), gender=gender)
    return Reviewed(read(text), store, Access.operator("lvs"), held, public)


def said(
    check: Check, text: str, store: Store, *, gender: Gender = Gender.PAAR, public: bool = True
) -> list[tuple[str, str, str]]:
    """Severity, words and reason of each Befund of one check."""
    draft = reviewed(text, store, gender=gender, public=public)
    return [told(befund, draft) for befund in without_repeats(check(draft))]


def told(befund: Befund, draft: Reviewed) -> tuple[str, str, str]:
    """Severity, words and reason."""
    return befund.severity.value, befund.span.cut(draft.document.text), befund.reason
