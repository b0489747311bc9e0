"""What of a kept draft somebody may see is asked of the store at every reading."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.begruendung.visible import HIDDEN, seen
from index.types import Access, Schutzstufe
from tests.unit.assistant.begruendung.kept import CITED, OPERATOR, OWN, PUBLIC, House, house


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[House]:
    found = house(tmp_path / "home")
    yield found
    found.store.close()


def test_a_public_draft_on_public_papers_is_shown_to_everybody_of_its_mandant(kept: House) -> None:
    version = kept.keep()
    for access in (PUBLIC, OPERATOR):
        now = seen(kept.store, access, version)
        assert now is not None and now.entwurf == version.entwurf
        assert (now.hidden, now.closed_since) == (0, False)
    assert seen(kept.store, Access.operator("lvn"), version) is None


def test_a_draft_on_closed_papers_is_shown_to_who_may_see_closed_ones(kept: House) -> None:
    drafted = kept.drafted(public=False, art="Vorlage")
    assert drafted.schutz is Schutzstufe.NICHTOEFFENTLICH
    version = kept.shelf.keep("zu", drafted, based_on=None, author="M.", quellen=())
    assert seen(kept.store, PUBLIC, version) is None
    now = seen(kept.store, OPERATOR, version)
    assert now is not None and not now.closed_since


def test_a_public_draft_is_closed_with_a_paper_it_may_rest_on(kept: House) -> None:
    """Here the paper is chosen and not quoted, and closed for the public from the start."""
    closed = kept.drafted(public=False, art="Vorlage").citations[0].document_id
    drafted = kept.drafted()
    version = kept.shelf.keep(
        "anderer", drafted, based_on=None, author="M.", quellen=[CITED, closed]
    )
    assert seen(kept.store, PUBLIC, version) is None
    now = seen(kept.store, OPERATOR, version)
    assert now is not None and now.closed_since
    assert now.entwurf.schutz is Schutzstufe.NICHTOEFFENTLICH


def test_a_depublished_paper_takes_its_words_out_of_the_draft_for_everybody(kept: House) -> None:
    version = kept.keep()
    kept.store.depublish(OPERATOR, CITED, reason="Widerspruch", who="betreiber")
    assert seen(kept.store, PUBLIC, version) is None
    now = seen(kept.store, OPERATOR, version)
    assert now is not None and now.closed_since
    others = [c for c in version.entwurf.citations if c.document_id != CITED]
    assert now.hidden == len(version.entwurf.citations) - len(others) > 0
    texts = [a.text for s in now.entwurf.abschnitte for a in s.absaetze]
    assert OWN in texts and any(HIDDEN in text for text in texts)
    assert not any("Leihräder" in text or "48.000" in text for text in texts)
    assert CITED not in {citation.document_id for citation in now.entwurf.citations}
    kept.store.republish(OPERATOR, CITED)
    again = seen(kept.store, PUBLIC, version)
    assert again is not None and again.entwurf == version.entwurf


def test_words_that_do_not_stand_at_their_place_any_more_are_not_shown(kept: House) -> None:
    version = kept.keep()
    first = version.entwurf.citations[0]
    moved = replace(first, quote=f"{first.quote} und mehr")
    entwurf = replace(version.entwurf, citations=(moved, *version.entwurf.citations[1:]))
    now = seen(kept.store, OPERATOR, replace(version, entwurf=entwurf))
    assert now is not None and now.hidden == 1
    assert "und mehr" not in str(now.entwurf)
