"""An Auftrag as a file, the sources it may use, and those it is offered."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.begruendung.auftrag import parse_auftrag, proposed_sources, read_auftrag
from assistant.begruendung.sources import chosen_papers, draft_access
from assistant.begruendung.types import Quelle
from assistant.errors import InputInvalid, NotFound
from assistant.types import AnswerStatus
from index.store import Store, open_store
from index.types import Access, Drucksachennummer, Schutzstufe
from tests.unit.assistant.material.matter import ANTRAG, VORLAGE, fill

OPERATOR = Access.operator("lvs")
PUBLIC = Access(frozenset({"lvs"}))
CLOSED = VORLAGE.replace("öffentlich", "nichtöffentlich", 1)
OTHER = (
    ANTRAG.replace("15/70", "15/71")
    .replace("CDU, SPD", "FDP")
    .replace("10.01.2023", "11.01.2023")
    .replace("Leihräder an den Museen", "Leihräder an den Kliniken")
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(tmp_path)
    fill(opened, ANTRAG, CLOSED, OTHER)
    yield opened
    opened.close()


def refusal(text: str) -> str:
    with pytest.raises(InputInvalid) as refused:
        parse_auftrag(text, "lvs", "a.toml")
    return refused.value.message


def test_all_fields_are_read_with_art_and_number_of_each_source(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.write_text(
        'titel = "Leihräder  im Winter"\nstichpunkte = ["Es ist kalt.", " "]\n'
        'beschlussvorschlag = "Wird beschlossen."\nquellen = ["Antrag Nr. 15/70", "15/80/1"]\n'
        'oeffentlich = false\nbearbeitung = "FB 9"\n',
        encoding="utf-8",
    )
    auftrag = read_auftrag(path, "lvs")
    assert (auftrag.titel, auftrag.mandant, auftrag.bearbeitung) == (
        "Leihräder im Winter",
        "lvs",
        "FB 9",
    )
    assert auftrag.stichpunkte == ("Es ist kalt.",)
    assert (auftrag.beschlussvorschlag, auftrag.oeffentlich) == ("Wird beschlossen.", False)
    assert auftrag.quellen == (
        Quelle(Drucksachennummer.of(15, 70), "Antrag"),
        Quelle(Drucksachennummer.of(15, 80, 1), ""),
    )


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            'titel = "A"\nton = "scharf"\n',
            "»a.toml«, Zeile 2: Das Feld »ton« gibt es nicht. Möglich sind: titel, stichpunkte, "
            "beschlussvorschlag, quellen, oeffentlich, bearbeitung.",
        ),
        (
            'titel = "A"\nstichpunkte = "eins"\n',
            "»a.toml«, Zeile 2: Das Feld »stichpunkte« muss eine Liste von Texten sein.",
        ),
        (
            'titel = "A"\n\nstichpunkte = ["eins", 2]\n',
            "»a.toml«, Zeile 3: Das Feld »stichpunkte« muss eine Liste von Texten sein.",
        ),
        (
            'titel = "A"\noeffentlich = "ja"\n',
            "»a.toml«, Zeile 2: Das Feld »oeffentlich« muss true oder false sein.",
        ),
        (
            'titel = "A"\nquellen = ["Satzung"]\n',
            "»a.toml«, Zeile 2: »Satzung« im Feld »quellen« ist keine Drucksachennummer. Erwartet "
            "wird etwa »Antrag 15/211«.",
        ),
        ("quellen = []\n", "»a.toml«: Das Feld »titel« fehlt oder ist leer."),
        (
            'titel = "A"\nquellen = [\n',
            "»a.toml«, am Ende: kein gültiges TOML. Erwartet wird je Feld eine Zeile wie "
            '»titel = "…"«.',
        ),
        (
            'titel = "A"\nstichpunkte = eins\n',
            "»a.toml«, Zeile 2: kein gültiges TOML. Erwartet wird je Feld eine Zeile wie "
            '»titel = "…"«.',
        ),
    ],
)
def test_what_is_wrong_is_one_sentence_with_line_and_field(text: str, sentence: str) -> None:
    assert refusal(text) == sentence


def test_a_source_that_is_closed_to_the_asker_is_refused_like_one_that_is_not_there(
    store: Store,
) -> None:
    said = []
    for number in ("15/80", "15/81"):
        order = f'titel = "A"\nquellen = ["Vorlage {number}"]'
        auftrag = parse_auftrag(f"{order}\noeffentlich = false", "lvs")
        with pytest.raises(NotFound) as refused:
            chosen_papers(store, PUBLIC, auftrag)
        said.append(refused.value.message.replace(number, "N"))
    assert said[0] == said[1]
    assert said[0] == (
        "Die Quelle »Vorlage N« kann hier nicht verwendet werden. Bitte prüfen Sie Art und "
        "Nummer; was vorliegt, zeigen die Suche und »aktenkundig show«."
    )


def test_a_public_draft_refuses_a_closed_source_by_name_to_who_may_see_it(store: Store) -> None:
    auftrag = parse_auftrag('titel = "A"\nquellen = ["Antrag 15/70", "Vorlage 15/80"]', "lvs")
    with pytest.raises(InputInvalid) as refused:
        chosen_papers(store, OPERATOR, auftrag)
    assert refused.value.message == (
        "Vorlage Nr. 15/80 vom 20.03.2023 ist nichtöffentlich und darf nicht in einen öffentlichen "
        "Entwurf. Bitte lassen Sie die Quelle weg oder setzen Sie »oeffentlich = false«."
    )


def test_an_internal_draft_may_use_it_and_no_draft_another_mandants_papers(store: Store) -> None:
    order = 'titel = "A"\nquellen = ["Antrag 15/70", "Vorlage 15/80", "Antrag 15/70"]\n'
    auftrag = parse_auftrag(f"{order}oeffentlich = false", "lvs")
    papers = chosen_papers(store, OPERATOR, auftrag)
    assert [str(p.kopfdaten.nummer.value) for p in papers if p.kopfdaten.nummer] == [
        "15/70",
        "15/80",
    ]
    elsewhere = parse_auftrag(f"{order}oeffentlich = false", "lvn")
    both = Access(frozenset({"lvs", "lvn"}), frozenset(Schutzstufe))
    assert draft_access(both, elsewhere).mandanten == {"lvn"}
    with pytest.raises(NotFound):
        chosen_papers(store, both, elsewhere)


def test_without_sources_papers_of_all_movers_are_offered_and_nothing_closed(store: Store) -> None:
    auftrag = parse_auftrag('titel = "Leihräder im Winter"', "lvs")
    found = proposed_sources(store, draft_access(OPERATOR, auftrag), auftrag)
    assert found.status is AnswerStatus.CLARIFY
    assert found.claims[0].text.startswith("Ohne gewählte Quellen wird nichts entworfen.")
    assert found.table is not None
    assert sorted((row[0], row[2]) for row in found.table.rows) == [
        ("Antrag 15/70", "CDU, SPD"),
        ("Antrag 15/71", "FDP"),
    ]


def test_a_title_that_fits_nothing_says_so(store: Store) -> None:
    auftrag = parse_auftrag('titel = "Seilbahn"', "lvs")
    found = proposed_sources(store, OPERATOR, auftrag)
    assert found.status is AnswerStatus.ABSTAINED
    assert found.text == (
        "Der Auftrag nennt keine Quellen, und zu den Wörtern seines Titels ist keine Drucksache "
        "erfasst. Bitte tragen Sie Nummern unter »quellen« ein oder ändern Sie den Titel."
    )
