"""A draft on the matter of Leihräder, held against its papers by one check."""

from __future__ import annotations

from dataclasses import replace

from assistant.hausregeln import Koerperschaft, read_hausregeln
from assistant.review.types import Befund, Check, Reviewed
from index.store import Store
from index.types import Access
from tests.unit.assistant.material.matter import read_paper

_DRAFT = """\
# Vorlage Nr. 15/99

öffentlich

Datum: 02.05.2023
Dienststelle: Fachbereich 9 Kultur

## Beratungsfolge:

| Kulturausschuss | 01.06.2023 | Beschluss |

## Tagesordnungspunkt:

Weitere Radstationen

## Beschlussvorschlag:

Den weiteren Radstationen wird gemäß Vorlage Nr. 15/99 zugestimmt.

## Begründung:

"""
OTHER = Koerperschaft("Landschaftsverband Norderland", "LVN", "Er entscheidet selbst.", "§ 2")


def review(store: Store, check: Check, text: str) -> list[tuple[str, Befund]]:
    """What a check says of a Begründung, each finding with the words it points at."""
    draft = read_paper(_DRAFT + text, "entwurf.md")
    rules = replace(read_hausregeln(None, "lvs"), andere=(OTHER,))
    reviewed = Reviewed(draft, store, Access.operator("lvs"), rules)
    return [(befund.span.cut(draft.text), befund) for befund in check(reviewed)]


def told(store: Store, check: Check, text: str) -> list[tuple[str, str, str, str]]:
    """Words, severity, reason and suggestion of each finding; every quote is cut from its paper."""
    found = review(store, check, text)
    for _, befund in found:
        numbers = [citation.number for citation in befund.citations]
        assert numbers == list(range(1, len(numbers) + 1))
        for citation in befund.citations:
            paper = store.document(Access.operator("lvs"), citation.document_id)
            assert paper is not None
            assert citation.quote == citation.span.cut(paper.text)
    return [(words, b.severity.value, b.reason, b.suggestion) for words, b in found]
