"""Facets, order and words of the search over a few stored papers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from assistant.searching.choice import MISSING, Choice, Facet, Order
from assistant.searching.found import PAGE, Found, find
from assistant.searching.register import Register, terms_of
from assistant.wiring import Parts
from index.types import Access, Document, Drucksachennummer, Reading, Span
from tests.sample_records import antrag, make_parts, stored

OPERATOR = Access.operator("lvs")
PUBLIC = Access(frozenset({"lvs"}))


def motion(number: int, day: date | None, movers: tuple[str, ...], term: int = 14) -> Document:
    """A motion without a result; what it is found by is as given."""
    made = antrag("lvs", f"Nummer {number}\n{_TEXT}", 12)
    kopf = replace(
        made.kopfdaten,
        nummer=Reading(Drucksachennummer.of(term, number), Span(0, 6)),
        datum=Reading(day, Span(0, 6)) if day else None,
        antragsteller=tuple(Reading(mover, Span(0, 6)) for mover in movers),
        ergebnis=None,
    )
    return replace(made, kopfdaten=kopf, source=f"akten/{term}-{number}.txt", title="Häuser")


_TEXT = """Antrag Nr. 15/12 öffentlich 14.03.2023 CDU SPD
Kulturausschuss 20.04.2023 empfehlender Beschluss
Landschaftsversammlung 25.05.2023 Beschluss
Beschlussvorschlag
Das Freilichtmuseum bekommt einen barrierefreien KI-Kongress.
Entsprechend Beschlussvorschlag beschlossen.
"""


@pytest.fixture
def parts(tmp_path: Path) -> Iterator[Parts]:
    with make_parts(tmp_path) as made:
        made.store.add(
            [
                stored(motion(300, date(2019, 2, 1), ("Bündnis 90/Die Grünen",))),
                stored(motion(41, date(2021, 5, 4), ("GRÜNE", "Die Linke."))),
                stored(motion(5, None, ())),
            ]
        )
        yield made


def found(parts: Parts, choice: Choice, access: Access = OPERATOR) -> Found:
    with parts.store.snapshot():
        return find(parts, Register().view(parts.store, access), access, choice)


def counts(result: Found, facet: Facet) -> dict[str, int]:
    return {value.value: value.count for value in result.narrowed.facets[facet]}


def numbers(result: Found) -> list[str]:
    readings = (entry.paper.kopfdaten.nummer for entry in result.entries)
    return [reading.value.key if reading else "" for reading in readings]


def test_spellings_of_a_fraktion_are_one_value_and_joint_motions_count_for_each(
    parts: Parts,
) -> None:
    every = found(parts, Choice())
    assert counts(every, Facet.FRAKTION) == {
        "GRÜNE": 2,
        "CDU": 1,
        "Die Linke": 1,
        "FDP": 1,
        "SPD": 1,
        MISSING: 2,
    }
    assert list(counts(every, Facet.FRAKTION))[-1] == MISSING


def test_what_is_not_on_record_is_a_value_of_its_own(parts: Parts) -> None:
    every = found(parts, Choice())
    assert counts(every, Facet.ERGEBNIS) == {"beschlossen": 1, MISSING: 5}
    assert counts(every, Facet.JAHR) == {"2023": 3, "2021": 1, "2019": 1, MISSING: 1}
    undated = found(parts, Choice(values={Facet.JAHR: (MISSING,)}))
    assert numbers(undated) == ["14/5"]


def test_a_facet_counts_what_the_other_facets_leave_not_its_own_choice(parts: Parts) -> None:
    chosen = found(parts, Choice(values={Facet.FRAKTION: ("GRÜNE",), Facet.WAHLPERIODE: ("14",)}))
    assert numbers(chosen) == ["14/41", "14/300"]
    assert counts(chosen, Facet.FRAKTION) == {"GRÜNE": 2, "Die Linke": 1, MISSING: 1}
    assert counts(chosen, Facet.WAHLPERIODE) == {"14": 2}
    assert counts(chosen, Facet.JAHR) == {"2021": 1, "2019": 1}


def test_values_of_one_facet_are_alternatives(parts: Parts) -> None:
    either = found(parts, Choice(values={Facet.FRAKTION: ("CDU", "Die Linke")}))
    assert numbers(either) == ["15/12", "14/41"]


def test_a_chosen_value_stays_to_be_let_go_of(parts: Parts) -> None:
    nobody = found(parts, Choice(values={Facet.FRAKTION: ("ÖDP",)}))
    assert nobody.entries == ()
    assert counts(nobody, Facet.FRAKTION)["ÖDP"] == 0


def test_the_list_is_sorted_by_day_or_number_and_what_lacks_it_is_last(parts: Parts) -> None:
    motions = {Facet.ART: ("Anträge",)}
    newest = found(parts, Choice(values=motions, order=Order.NEU))
    assert numbers(newest) == ["15/12", "14/41", "14/300", "14/5"]
    oldest = found(parts, Choice(values=motions, order=Order.ALT))
    assert numbers(oldest) == ["14/300", "14/41", "15/12", "14/5"]
    by_number = found(parts, Choice(values=motions, order=Order.NUMMER))
    assert numbers(by_number) == ["15/12", "14/5", "14/41", "14/300"]


def test_every_word_has_to_be_there_and_compounds_count(parts: Parts) -> None:
    bodies = found(parts, Choice("Ausschuss"))
    assert sorted(numbers(bodies)) == ["14/300", "14/41", "14/5", "15/12"]
    both = found(parts, Choice("barrierefreier Ausschuss"))
    assert set(numbers(both)) == {"14/300", "14/41", "14/5"}
    assert both.held == 3
    assert found(parts, Choice("Ausschuss Lastenräder")).entries == ()


def test_both_halves_of_a_hyphenated_word_are_asked_for() -> None:
    assert terms_of("KI-Kongress") == terms_of("KI Kongress")
    assert terms_of("der die das") == ()


def test_papers_without_a_word_are_near_and_not_counted(parts: Parts) -> None:
    result = found(parts, Choice("Leihräder"))
    assert set(numbers(result)) == {"15/12", "15/21"}
    assert result.near
    near = {hit.entry.paper.id for hit in result.near}
    assert near.isdisjoint(entry.paper.id for entry in result.entries)
    assert found(parts, Choice("Leihräder", order=Order.NEU)).near == ()


def test_snippets_are_cut_from_the_text_with_the_words_marked(parts: Parts) -> None:
    result = found(parts, Choice("Leihrad"))
    for hit in result.hits:
        document = parts.store.document(OPERATOR, hit.entry.paper.id)
        assert document is not None and hit.snippets
        for snippet in hit.snippets:
            shown = "".join(piece.text for piece in snippet.pieces)
            assert shown == snippet.span.cut(document.text)
            marked = [piece.text for piece in snippet.pieces if piece.marked]
            assert marked and all("leihr" in word.lower() for word in marked)
            assert snippet.place.cut(document.text).startswith(marked[0])


def test_a_word_that_stands_in_the_subject_alone_is_marked_there(parts: Parts) -> None:
    (hit,) = found(parts, Choice("Häuser", {Facet.JAHR: ("2019",)})).hits
    assert [(piece.text, piece.marked) for piece in hit.subject] == [("Häuser", True)]
    assert hit.snippets == ()


def test_who_may_not_see_a_paper_finds_no_trace_of_it(parts: Parts) -> None:
    closed = found(parts, Choice("Grundstück"), PUBLIC)
    assert (closed.entries, closed.held) == ((), 0)
    assert numbers(found(parts, Choice("Grundstück"))) == ["15/12"]
    assert "Vorlagen" in counts(found(parts, Choice()), Facet.ART)
    assert "Vorlagen" not in counts(found(parts, Choice(), PUBLIC), Facet.ART)


def test_a_page_beyond_the_last_is_empty_and_the_counts_stay(parts: Parts) -> None:
    beyond = found(parts, Choice(page=9))
    assert (beyond.hits, len(beyond.entries), beyond.pages) == ((), 6, 1)
    assert PAGE >= 6


def test_a_register_is_held_until_something_is_written(parts: Parts) -> None:
    register = Register()
    first = register.view(parts.store, OPERATOR)
    assert register.view(parts.store, OPERATOR) is first
    assert register.view(parts.store, PUBLIC) is not first
    parts.store.add([stored(motion(7, None, ()))])
    again = register.view(parts.store, OPERATOR)
    assert len(again.entries) == len(first.entries) + 1
