"""An erased paper leaves no words in kept drafts, whenever the process is killed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from assistant.begruendung import erasing
from assistant.begruendung.cutting import without
from assistant.begruendung.erasing import ERASED, Cut, cut_erased, left_words
from assistant.begruendung.mitzeichnung import Mitzeichnung, Stand, Zeichen, standing
from assistant.begruendung.types import Absatz, Herkunft
from assistant.begruendung.versions import list_versions
from assistant.hausregeln import read_hausregeln
from index.types import Access
from tests.sample_records import antrag, stored
from tests.unit.assistant.begruendung.drafted import BAHN, draft
from tests.unit.assistant.begruendung.kept import CITED, NAME, OPERATOR, OWN, TITLE, House, house

WORDS = ("Viele Gäste der Museen", "48.000", "Leihräder", "antrag.txt", CITED)


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[House]:
    found = house(tmp_path / "home")
    found.keep()
    found.keep(based_on=1)
    yield found
    found.store.close()


"""Its number is not among them: another paper, which stays, is quoted with it."""


def held(house_: House) -> list[str]:
    """Which words of the erased paper lie in any file of a draft."""
    content = house_.bytes_on_disk().decode("utf-8")
    return [words for words in WORDS if words in content]


def test_every_version_loses_the_words_of_an_erased_paper_and_keeps_the_authors(
    kept: House,
) -> None:
    assert held(kept) == list(WORDS)
    kept.store.delete(OPERATOR, CITED)
    assert [line[:32] for line in left_words(kept.home, kept.store)] == [
        "Entwürfe: Fassung 1 von »raeder«",
        "Entwürfe: Fassung 2 von »raeder«",
    ]
    assert cut_erased(kept.home, kept.store) == (Cut("lvs", NAME, 1), Cut("lvs", NAME, 2))
    assert held(kept) == []
    for version in list_versions(kept.home, "lvs", NAME):
        assert (version.schnitte, version.quellen) == (1, ())
        assert version.entwurf.titel == TITLE
        texts = [a.text for s in version.entwurf.abschnitte for a in s.absaetze]
        assert OWN in texts
        marked = f"[prüfen: {ERASED} – zuständig: federführende Dienststelle]"
        assert any(text.startswith(f"[prüfen: {ERASED}") for text in texts), marked
        assert all(section.absaetze for section in version.entwurf.abschnitte)
        cited = {n for s in version.entwurf.abschnitte for a in s.absaetze for n in a.citations}
        assert cited == {citation.number for citation in version.entwurf.citations}
    assert list(left_words(kept.home, kept.store)) == []


def test_what_was_cut_once_is_not_touched_again(kept: House) -> None:
    kept.store.delete(OPERATOR, CITED)
    cut_erased(kept.home, kept.store)
    before = kept.bytes_on_disk()
    assert cut_erased(kept.home, kept.store) == ()
    (kept.home / "entwuerfe" / "lvs" / ".geloeschtes").unlink()
    assert cut_erased(kept.home, kept.store) == ()
    assert kept.bytes_on_disk() == before


def test_a_cut_that_was_broken_off_is_finished_by_the_next(
    kept: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept.store.delete(OPERATOR, CITED)
    real, done = erasing.replace_version, []

    def once(*args: object) -> None:
        if done:
            raise KeyboardInterrupt
        done.append(1)
        real(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(erasing, "replace_version", once)
    with pytest.raises(KeyboardInterrupt):
        cut_erased(kept.home, kept.store)
    assert held(kept) != []
    monkeypatch.setattr(erasing, "replace_version", real)
    assert cut_erased(kept.home, kept.store) == (Cut("lvs", NAME, 2),)
    assert held(kept) == []


def test_drafts_on_other_papers_and_of_other_mandanten_stay(kept: House) -> None:
    before = kept.bytes_on_disk()
    foreign = antrag("lvn", antrag().text.replace("Leihräder", "Lastenräder")).id
    kept.store.delete(Access.operator("lvn"), foreign)
    assert cut_erased(kept.home, kept.store) == ()
    listed = kept.home / "entwuerfe" / "lvs" / ".geloeschtes"
    assert kept.bytes_on_disk().replace(listed.read_bytes(), b"").strip() == before.strip()


def test_a_paper_that_came_back_keeps_its_quotes(kept: House) -> None:
    kept.store.delete(OPERATOR, CITED, keep_out=False)
    kept.store.add([stored(antrag())])
    assert cut_erased(kept.home, kept.store) == ()
    assert held(kept) == list(WORDS)


def test_a_signature_does_not_hold_for_words_that_were_cut_out(kept: House) -> None:
    one = Mitzeichnung("Kämmerei", Zeichen.MITGEZEICHNET, "K. Kern", date(2026, 3, 6), 2)
    kept.shelf.sign(NAME, one)

    def stand() -> Stand:
        rules = read_hausregeln(None, "lvs")
        versions = list_versions(kept.home, "lvs", NAME)
        lines = standing(rules, kept.shelf.signatures(NAME), versions)
        return next(line.stand for line in lines if line.stelle == "Kämmerei")

    assert stand() is Stand.GEZEICHNET
    kept.store.delete(OPERATOR, CITED)
    cut_erased(kept.home, kept.store)
    assert stand() is Stand.UEBERHOLT
    kept.shelf.sign(NAME, one)
    assert stand() is Stand.GEZEICHNET


def test_a_damaged_version_is_named_and_stops_nobody(kept: House) -> None:
    folder = kept.home / "entwuerfe" / "lvs" / NAME
    (folder / "fassung-0001.json").write_bytes(b"{")
    kept.store.delete(OPERATOR, CITED)
    assert cut_erased(kept.home, kept.store) == (Cut("lvs", NAME, 2),)
    assert list(left_words(kept.home, kept.store)) == [
        "Entwürfe: Fassung 1 von »raeder« ist beschädigt und lässt sich nicht lesen. Die anderen "
        "Fassungen sind davon nicht betroffen."
    ]


def test_a_paragraph_that_holds_the_words_without_naming_the_citation_goes_too() -> None:
    carried = Absatz("Gäste kommen mit der Bahn.", Herkunft.BELEGT, (1,))
    silent = Absatz(f"Wörtlich: {BAHN}", Herkunft.ABGELEITET)
    own = Absatz(f"Ich meine: {BAHN}", Herkunft.EIGEN)
    other = Absatz("Der Ausschuss hat zugestimmt.", Herkunft.BELEGT, (2,))
    cut = without(draft(("anlass", (carried, silent, own, other))), {1}, "fort")
    (section,) = cut.abschnitte
    office = section.abschnitt.zustaendig
    assert section.absaetze == (
        Absatz(f"[prüfen: fort – zuständig: {office}]", Herkunft.PLATZHALTER),
        own,
        replace(other, citations=(1,)),
    )
    assert [citation.fundstelle[:12] for citation in cut.citations] == ["Niederschrif"]
    assert cut.offen == (f"[prüfen: fort – zuständig: {office}]",)
