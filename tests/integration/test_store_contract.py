"""What every Store must do. Runs over each entry of STORES."""

from __future__ import annotations

import hashlib
import random
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.errors import EmbedderMismatch, InvalidDocument
from index.store import NewDocument, Store, open_store
from index.types import (
    Access,
    Document,
    Drucksachennummer,
    Ergebnis,
    Filters,
    Kopfdaten,
    Mention,
    Outcome,
    Passage,
    QuarantineEntry,
    Reading,
    Schutzstufe,
    Section,
    SectionKind,
    Span,
    TopBeschluss,
)

STORES: dict[str, Callable[[Path], Store]] = {"sqlite": open_store}

DIMENSION = 16
OFFEN = Schutzstufe.OEFFENTLICH
ZU = Schutzstufe.NICHTOEFFENTLICH
PUBLIC = Access(frozenset({"lvs"}))
OPERATOR = Access.operator("lvs")
OTHER = Access.operator("lvn")
N148 = Drucksachennummer.of(15, 148)


@pytest.fixture(params=sorted(STORES))
def opened(request: pytest.FixtureRequest) -> Callable[[Path], Store]:
    return STORES[request.param]


@pytest.fixture
def store(opened: Callable[[Path], Store], tmp_path: Path) -> Iterator[Store]:
    store = opened(tmp_path / "home")
    store.bind_embedder("embedder", DIMENSION)
    yield store
    assert store.verify() == []
    store.close()


def vector(words: str) -> np.ndarray:
    """A direction that depends on the words alone."""
    seed = int.from_bytes(hashlib.sha256(words.encode()).digest()[:8])
    found = np.random.default_rng(seed).normal(size=DIMENSION)
    return np.asarray(found / np.linalg.norm(found), np.float32)


def paper(
    *parts: str | tuple[str, Schutzstufe],
    mandant: str = "lvs",
    stufe: Schutzstufe = OFFEN,
    art: str = "Antrag",
    number: Drucksachennummer | None = None,
    source: str | None = None,
    supersedes: str | None = None,
    title: str | None = None,
    mentions: Sequence[str] = (),
) -> NewDocument:
    """A document of one section and one passage a part, after a head line with its number."""
    head = f"{art} {number.key if number else 'ohne Nummer'}"
    cut = [(part, stufe) if isinstance(part, str) else part for part in parts]
    text = "\n".join([head, *(words for words, _ in cut)])
    id_ = hashlib.sha256(f"{mandant} {source} {text}".encode()).hexdigest()
    levels = [level for _, level in cut]
    head_level = OFFEN if OFFEN in levels else ZU
    sections = [
        Section(SectionKind.KOPF, head, 1, Span(0, len(head)), Span(0, len(head)), head_level)
    ]
    passages = []
    start = len(head) + 1
    for ordinal, (words, level) in enumerate(cut):
        span = Span(start, start + len(words))
        first = words.split()[0]
        heading = Span(start, start + len(first))
        sections.append(Section(SectionKind.TOP, first, 1, span, heading, level))
        passages.append(
            Passage(f"{id_}:{ordinal}", id_, ordinal, span, words, (first,), (1,), level)
        )
        start = span.end + 1
    document = Document(
        id=id_,
        mandant=mandant,
        source=source or f"akten/{id_[:8]}.txt",
        media_type="text/plain",
        title=title or head,
        text=text,
        pages=(Span(0, len(text)),),
        sections=tuple(sections),
        kopfdaten=Kopfdaten(
            art=Reading(art, Span(0, len(art))),
            nummer=Reading(number, Span(len(art) + 1, len(head))) if number else None,
            datum=Reading(date(2024, 5, 7), Span(0, len(head))),
        ),
        visibility=ZU if ZU in levels else OFFEN,
        supersedes=supersedes,
        parser="probe 1",
        warnings=("Seite 1 ist schlecht lesbar.",),
    )
    return NewDocument(
        document=document,
        passages=passages,
        keyword_texts=[f"{head} {passage.text}" for passage in passages],
        vectors=np.stack([vector(passage.text) for passage in passages]),
        mentions=[
            Mention(id_, Drucksachennummer(key), Span(text.index(key), text.index(key) + len(key)))
            for key in mentions
        ],
    )


def found(store: Store, access: Access, words: str, **filters: object) -> list[str]:
    """Texts of the keyword hits, best first."""
    chosen = Filters(**filters) if filters else None  # type: ignore[arg-type]
    return [hit.passage.text for hit in store.keyword_search(access, words, 10, chosen)]


# ------------------------------------------------------------------------- round trip


def test_a_document_comes_back_as_it_was_stored(store: Store) -> None:
    new = paper("Radweg an der Talstraße", "Kosten 12.000 Euro", number=N148)
    store.add([new])
    assert store.document(PUBLIC, new.document.id) == new.document
    assert store.passages(PUBLIC, new.document.id) == list(new.passages)
    assert store.holds("lvs", new.document.id)
    assert not store.holds("lvn", new.document.id)


def test_the_register_is_sorted_by_source_and_counts_passages(store: Store) -> None:
    store.add([paper("Zwei", "Drei", source="b.txt"), paper("Eins", source="a.txt")])
    register = store.documents(PUBLIC)
    assert [(entry.source, entry.passages) for entry in register] == [("a.txt", 1), ("b.txt", 2)]
    assert register[0].kopfdaten.datum == Reading(date(2024, 5, 7), Span(0, 18))
    assert list(store.summaries(PUBLIC, [register[1].id, "fehlt"])) == [register[1].id]


def test_numbers_lead_to_their_documents(store: Store) -> None:
    first = paper("Radweg siehe 14/77", number=N148, mentions=["14/77"])
    second = paper("Haushalt", number=N148, art="Vorlage")
    store.add([first, second])
    assert [entry.kopfdaten.art.value for entry in store.by_number(PUBLIC, N148)] == [  # type: ignore[union-attr]
        "Antrag",
        "Vorlage",
    ]
    assert store.numbers(PUBLIC) == [N148]
    mention = store.mentions(PUBLIC, Drucksachennummer("14/77"))[0]
    assert mention.span.cut(first.document.text) == "14/77"
    current = store.current_version("lvs", "Vorlage", N148)
    assert current is not None and current.id == second.document.id
    assert store.current_version("lvn", "Vorlage", N148) is None


def test_the_papers_of_one_stem_are_found_with_their_extensions(store: Store) -> None:
    numbers = [
        Drucksachennummer.of(15, 148),
        Drucksachennummer.of(15, 148, 1),
        Drucksachennummer.of(15, 148, 12),
        Drucksachennummer.of(15, 1481),
        Drucksachennummer.of(15, 14),
        Drucksachennummer("DS 37/2015"),
    ]
    for number in numbers:
        store.add([paper(f"Radweg {number}", art="Vorlage", number=number)])
    store.add([paper("Radweg fern", mandant="lvn", art="Vorlage", number=numbers[1])])
    store.add([paper("Radweg zu", art="Vorlage", number=numbers[2], stufe=ZU, source="zu.txt")])
    found = store.by_stem(PUBLIC, numbers[1])
    keys = [s.kopfdaten.nummer.value.key for s in found if s.kopfdaten.nummer]
    assert sorted(keys) == ["15/148", "15/148/1", "15/148/12"]
    assert {s.mandant for s in found} == {"lvs"}
    assert store.by_stem(PUBLIC, numbers[-1]) == []


def test_vectors_come_back_as_they_were_stored(store: Store) -> None:
    new = paper("Radweg", "Haushalt")
    store.add([new])
    held = store.vectors(PUBLIC, [new.passages[1].id, "fehlt:0", "kein Kennzeichen"])
    assert list(held) == [new.passages[1].id]
    np.testing.assert_allclose(held[new.passages[1].id], new.vectors[1], atol=1e-3)


def test_the_same_bytes_may_be_stored_for_two_mandanten(store: Store) -> None:
    new = paper("Radweg")
    copy = replace(new, document=replace(new.document, mandant="lvn", title="Bei den Nachbarn"))
    store.add([new, copy])
    seen = store.document(OTHER, new.document.id)
    assert seen is not None and seen.title == "Bei den Nachbarn"
    assert store.delete(OTHER, new.document.id)
    assert found(store, PUBLIC, "Radweg") == ["Radweg"]


# ----------------------------------------------------------------------------- search


def test_a_compound_is_found_by_its_part_after_the_word_itself(store: Store) -> None:
    store.add([paper("Nachtragshaushaltssatzung beraten"), paper("Haushalt beraten")])
    assert found(store, PUBLIC, "Haushalt") == [
        "Haushalt beraten",
        "Nachtragshaushaltssatzung beraten",
    ]


def test_a_number_is_found_whole_and_in_any_spelling(store: Store) -> None:
    store.add([paper("Antrag 14/0461 vertagt"), paper("Antrag 14/46 und 1 weiterer")])
    assert found(store, PUBLIC, "14/461") == ["Antrag 14/0461 vertagt"]


def test_hits_carry_ranks_and_falling_scores(store: Store) -> None:
    store.add([paper("Radweg Radweg"), paper("Radweg am Ufer"), paper("Kita")])
    for hits, kind in (
        (store.keyword_search(PUBLIC, "Radweg", 5), "keyword"),
        (store.vector_search(PUBLIC, vector("Kita"), 5), "vector"),
    ):
        assert [hit.ranks for hit in hits] == [{kind: n} for n in range(1, len(hits) + 1)]
        scores = [hit.score for hit in hits]
        assert scores == sorted(scores, reverse=True)
    assert hits[0].passage.text == "Kita"
    assert hits[0].score == pytest.approx(1, abs=1e-2)


@pytest.mark.parametrize("words", ["", "der und die", '" OR *', "NEAR(a b)", "words:x -y", "\x00"])
def test_no_question_breaks_the_keyword_search(store: Store, words: str) -> None:
    store.add([paper("Radweg")])
    assert found(store, PUBLIC, words) == []


def test_filters_act_before_the_ranking(store: Store) -> None:
    papers = [paper(f"Radweg {n}", art="Vorlage") for n in range(30)]
    wanted = paper("Ein Radweg am Ende", art="Anfrage", number=Drucksachennummer.of(14, 9))
    store.add([*papers, wanted])
    assert found(store, PUBLIC, "Radweg", arten=frozenset({"Anfrage"})) == ["Ein Radweg am Ende"]
    for filters in (
        Filters(wahlperiode=14),
        Filters(document_ids=frozenset({wanted.document.id})),
        Filters(arten=frozenset({"Anfrage"}), wahlperiode=14),
    ):
        hits = store.vector_search(PUBLIC, vector("Radweg 3"), 5, filters)
        assert [hit.passage.document_id for hit in hits] == [wanted.document.id]
    assert found(store, PUBLIC, "Radweg", document_ids=frozenset()) == []
    assert len(store.vector_search(PUBLIC, vector("x"), 100)) == 31


def test_k_bounds_the_hits(store: Store) -> None:
    store.add([paper(*(f"Radweg {n}" for n in range(20)))])
    assert len(store.keyword_search(OPERATOR, "Radweg", 7)) == 7
    assert len(store.vector_search(OPERATOR, vector("x"), 7)) == 7
    assert store.keyword_search(OPERATOR, "Radweg", 0) == []
    assert store.vector_search(OPERATOR, vector("x"), 0) == []


def test_terms_are_counted_over_visible_passages(store: Store) -> None:
    store.add([paper("Haushalt", "Radweg"), paper("Haushaltsplan"), paper("Haushalt", stufe=ZU)])
    assert store.document_frequency(PUBLIC, ["haushalt", "fehlt"]) == {"haushalt": 2, "fehlt": 0}
    assert store.document_frequency(OPERATOR, ["haushalt"]) == {"haushalt": 3}
    assert store.document_frequency(OTHER, ["haushalt"]) == {"haushalt": 0}


# --------------------------------------------------------------------------- versions


def test_a_replaced_version_is_kept_and_no_longer_searched(store: Store) -> None:
    old = paper("Radweg alt siehe 14/77", number=N148, source="a.txt", mentions=["14/77"])
    store.add([old])
    new = paper("Radweg neu", number=N148, source="a.txt", supersedes=old.document.id)
    store.add([new])
    assert found(store, PUBLIC, "Radweg") == ["Radweg neu"]
    assert len(found(store, PUBLIC, "Radweg", current_only=False)) == 2
    near = store.vector_search(PUBLIC, vector(old.passages[0].text), 5)
    assert [hit.passage.text for hit in near] == ["Radweg neu"]
    assert [entry.superseded_by for entry in store.by_number(PUBLIC, N148)] == [
        None,
        new.document.id,
    ]
    assert len(store.documents(PUBLIC)) == 2
    assert [entry.id for entry in store.documents(PUBLIC, current_only=True)] == [new.document.id]
    assert store.mentions(PUBLIC, Drucksachennummer("14/77")) == []
    held = store.current_at_source("lvs", "a.txt")
    assert held is not None and held.id == new.document.id
    assert store.status(PUBLIC).superseded == 1
    assert store.generation(PUBLIC) == store.status(PUBLIC).generation > 0


def test_deleting_the_later_version_puts_the_earlier_in_force(store: Store) -> None:
    old = paper("Radweg alt", number=N148)
    middle = paper("Radweg mittel", number=N148, supersedes=old.document.id)
    new = paper("Radweg neu", number=N148, supersedes=middle.document.id)
    store.add([old, middle, new])
    assert store.delete(OPERATOR, middle.document.id)
    seen = store.document(PUBLIC, new.document.id)
    assert seen is not None and seen.supersedes == old.document.id
    assert store.delete(OPERATOR, new.document.id)
    assert found(store, PUBLIC, "Radweg") == ["Radweg alt"]
    assert store.documents(PUBLIC)[0].superseded_by is None


def test_an_old_state_can_be_put_in_force_again(store: Store) -> None:
    old = paper("Radweg alt", number=N148)
    new = paper("Radweg neu", number=N148, supersedes=old.document.id)
    store.add([old, new])
    again = replace(old, document=replace(old.document, supersedes=new.document.id))
    store.add([again])
    assert found(store, PUBLIC, "Radweg") == ["Radweg alt"]
    assert len(store.documents(PUBLIC)) == 2


def test_a_document_read_anew_keeps_its_place_among_the_versions(store: Store) -> None:
    old = paper("Radweg alt", number=N148)
    new = paper("Radweg neu", number=N148, supersedes=old.document.id)
    store.add([old, new])
    store.add([old])
    assert found(store, PUBLIC, "Radweg") == ["Radweg neu"]
    assert store.status(PUBLIC).documents == 2


def test_a_closed_successor_replaces_nothing_for_those_who_cannot_see_it(store: Store) -> None:
    old = paper("Radweg alt", number=N148)
    secret = paper("Radweg geheim", number=N148, stufe=ZU, supersedes=old.document.id)
    newest = paper("Radweg neu", number=N148, supersedes=secret.document.id)
    store.add([old, secret])
    assert found(store, PUBLIC, "Radweg") == ["Radweg alt"]
    assert store.documents(PUBLIC)[0].superseded_by is None
    assert found(store, OPERATOR, "Radweg") == ["Radweg geheim"]
    store.add([newest])
    assert found(store, PUBLIC, "Radweg") == ["Radweg neu"]
    seen = {entry.id: entry for entry in store.documents(PUBLIC)}
    assert seen[old.document.id].superseded_by == newest.document.id
    assert seen[newest.document.id].supersedes == old.document.id


# ------------------------------------------------------------------------- visibility


def mixed() -> NewDocument:
    """Minutes with an open item, and a closed one that records a Beschluss."""
    new = paper(
        "Radwege werden gebaut",
        ("Grundstück Sonnenhang wird für 14/99 verkauft", ZU),
        art="Niederschrift",
        number=Drucksachennummer.of(15, 3),
        mentions=["14/99"],
        title="Verkauf Sonnenhang",
    )
    open_part, closed_part = (passage.span for passage in new.passages)
    votes = tuple(
        TopBeschluss(
            top,
            titel,
            (N148,),
            span,
            Ergebnis("einstimmig beschlossen", Outcome.BESCHLOSSEN, span),
            stufe,
        )
        for top, titel, span, stufe in (
            ("1", "Radwege", open_part, OFFEN),
            ("12", "Grundstück", closed_part, ZU),
        )
    )
    kopfdaten = replace(
        new.document.kopfdaten,
        beschluesse=votes,
        dienststelle=Reading("Liegenschaften", closed_part),
    )
    return replace(new, document=replace(new.document, kopfdaten=kopfdaten))


def test_closed_parts_are_blanked_and_their_fields_left_out(store: Store) -> None:
    new = mixed()
    store.add([new])
    seen = store.document(PUBLIC, new.document.id)
    assert seen is not None
    assert len(seen.text) == len(new.document.text)
    closed = new.passages[1].span
    assert closed.cut(seen.text).strip() == ""
    assert new.passages[0].span.cut(seen.text) == "Radwege werden gebaut"
    assert [section.title for section in seen.sections] == ["Niederschrift 15/3", "Radwege"]
    assert [vote.top for vote in seen.kopfdaten.beschluesse] == ["1"]
    assert seen.kopfdaten.dienststelle is None
    assert seen.title == "Niederschrift 15/3"
    assert seen.warnings == ()
    entry = store.documents(PUBLIC)[0]
    assert (entry.title, entry.kopfdaten, entry.passages) == (seen.title, seen.kopfdaten, 1)
    assert store.mentions(PUBLIC, Drucksachennummer("14/99")) == []
    assert found(store, PUBLIC, "Sonnenhang Grundstück") == []
    assert [p.ordinal for p in store.passages(PUBLIC, new.document.id)] == [0]
    assert store.vectors(PUBLIC, [p.id for p in new.passages]).keys() == {new.passages[0].id}


def test_who_may_see_everything_gets_the_document_as_it_was_stored(store: Store) -> None:
    new = mixed()
    store.add([new])
    assert store.document(OPERATOR, new.document.id) == new.document
    assert len(store.mentions(OPERATOR, Drucksachennummer("14/99"))) == 1
    assert store.documents(OPERATOR)[0].title == "Verkauf Sonnenhang"
    assert found(store, OPERATOR, "Sonnenhang") == [new.passages[1].text]


def test_a_closed_document_does_not_exist_for_others(store: Store) -> None:
    new = paper("Personalsache Ahorn", stufe=ZU, number=N148)
    store.add([new])
    for access in (PUBLIC, OTHER, Access(frozenset()), Access(frozenset({"lvs"}), frozenset())):
        assert store.document(access, new.document.id) is None
        assert store.documents(access) == []
        assert store.summaries(access, [new.document.id]) == {}
        assert store.by_number(access, N148) == []
        assert store.numbers(access) == []
        assert store.passages(access, new.document.id) == []
        assert store.vectors(access, [new.passages[0].id]) == {}
        assert found(store, access, "Ahorn") == []
        assert store.vector_search(access, vector(new.passages[0].text), 5) == []
        assert not store.delete(access, new.document.id)
        status = store.status(access)
        assert (status.documents, status.passages, status.generation) == (0, 0, 0)
        assert dict(status.by_art) == {}


def test_a_passage_in_a_closed_section_is_closed_whatever_it_says(store: Store) -> None:
    new = paper(("Personalsache Ahorn", ZU), "Radweg")
    opened = [replace(passage, visibility=OFFEN) for passage in new.passages]
    store.add([replace(new, passages=opened)])
    assert found(store, PUBLIC, "Ahorn") == []
    assert found(store, PUBLIC, "Radweg") == ["Radweg"]


def test_a_closed_heading_above_an_open_passage_is_left_out(store: Store) -> None:
    new = paper("Radweg gebaut")
    document = new.document
    above = Section(
        SectionKind.TOP, "Geheimer Teil", 0, Span(0, len(document.text)), Span(0, 0), ZU
    )
    passage = replace(new.passages[0], heading_path=("Geheimer Teil", "Radweg"))
    store.add(
        [
            replace(
                new,
                document=replace(document, sections=(above, *document.sections), visibility=ZU),
                passages=[passage],
            )
        ]
    )
    assert store.passages(PUBLIC, document.id)[0].heading_path == ("Radweg",)
    assert store.passages(OPERATOR, document.id)[0].heading_path == ("Geheimer Teil", "Radweg")


def test_only_who_sees_all_of_a_document_can_erase_it(store: Store) -> None:
    new = mixed()
    store.add([new])
    assert not store.delete(PUBLIC, new.document.id)
    assert store.delete(OPERATOR, new.document.id)
    assert store.status(OPERATOR).documents == 0


def picture(store: Store, access: Access) -> list[object]:
    """Everything somebody can learn from a store."""
    status = replace(store.status(access), build_since="")
    told: list[object] = [status, store.numbers(access)]
    entries = [replace(entry, ingested_at="") for entry in store.documents(access)]
    told.append(entries)
    for entry in entries:
        told += [store.document(access, entry.id), store.passages(access, entry.id)]
    for words in ("Radweg", "Haushalt Kita", "Satzung", "Ufer Radweg Haushalt"):
        told.append(store.keyword_search(access, words, 4))
        told.append(store.vector_search(access, vector(words), 4))
        told.append(store.vector_search(access, vector(words), 2, Filters(wahlperiode=15)))
    told.append(store.document_frequency(access, ["radweg", "haushalt", "kita", "satzung"]))
    told += [store.by_number(access, N148), store.mentions(access, N148)]
    told.append(store.quarantined(access))
    return [
        [replace(item, ingested_at="") for item in value]
        if isinstance(value, list) and value and hasattr(value[0], "ingested_at")
        else value
        for value in told
    ]


WORDS = "Radweg Haushalt Haushaltssatzung Kita Kitaplätze Ufer Satzung Talstraße".split()  # noqa: SIM905


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(seed=st.integers(0, 10**9))
def test_what_one_may_not_see_changes_nothing_one_can_see(
    opened: Callable[[Path], Store], tmp_path_factory: pytest.TempPathFactory, seed: int
) -> None:
    rng = random.Random(seed)

    def words() -> str:
        return " ".join(rng.choices(WORDS, k=rng.randint(1, 6)))

    def some(mandant: str, stufe: Schutzstufe, name: str) -> NewDocument:
        number = N148 if rng.random() < 0.5 else None
        parts = [words() for _ in range(rng.randint(1, 3))]
        return paper(*parts, mandant=mandant, stufe=stufe, number=number, source=name)

    visible = [some("lvs", OFFEN, f"offen {n}") for n in range(4)]
    hidden = [
        some(*rng.choice([("lvs", ZU), ("lvn", ZU), ("lvn", OFFEN)]), f"zu {n}") for n in range(6)
    ]
    replaced = replace(hidden[0].document, mandant="lvs", supersedes=visible[0].document.id)
    if hidden[0].document.visibility is ZU:
        hidden[0] = replace(hidden[0], document=replaced)
    pictures = []
    for batches in ([visible], [hidden[:3], visible, hidden[3:]]):
        store = opened(tmp_path_factory.mktemp("twin"))
        store.bind_embedder("embedder", DIMENSION)
        for batch in batches:
            store.add(batch)
        if len(batches) > 1:
            entry = QuarantineEntry("geheim.pdf", "lvs", "damaged", "Datei beschädigt.", "2025")
            store.quarantine(entry)
            assert store.status(OPERATOR).documents > 4 or store.status(OTHER).documents
        pictures.append(picture(store, PUBLIC))
        if len(batches) > 1:
            for new in hidden[1:]:
                assert store.delete(Access.operator(new.document.mandant), new.document.id)
            pictures.append(picture(store, PUBLIC))
        store.close()
    assert pictures[0] == pictures[1]
    assert pictures[0] == pictures[2]


# --------------------------------------------------------------------- whole or nothing


def test_a_batch_is_stored_whole_or_not_at_all(store: Store) -> None:
    good = paper("Radweg")
    bad = paper("Haushalt")
    torn = replace(bad, passages=[replace(bad.passages[0], text="Haushalte")])
    with pytest.raises(InvalidDocument, match="Passage 0 steht so nicht im Text"):
        store.add([good, torn])
    assert store.documents(OPERATOR) == []
    assert found(store, OPERATOR, "Radweg") == []


@pytest.mark.parametrize(
    "spoil",
    [
        lambda new: replace(new, keyword_texts=[]),
        lambda new: replace(new, vectors=np.full((1, DIMENSION), np.nan, np.float32)),
        lambda new: replace(new, passages=[replace(new.passages[0], id="anders:0")]),
        lambda new: replace(
            new,
            passages=[*new.passages] * 2,
            keyword_texts=[*new.keyword_texts] * 2,
            vectors=np.repeat(new.vectors, 2, axis=0),
        ),
    ],
    ids=["texts missing", "no numbers", "foreign passage", "ordinal twice"],
)
def test_contradictory_documents_are_refused(
    store: Store, spoil: Callable[[NewDocument], NewDocument]
) -> None:
    with pytest.raises(InvalidDocument, match="nicht speichern"):
        store.add([spoil(paper("Radweg"))])
    assert store.status(OPERATOR).documents == 0


def test_reading_the_same_bytes_again_leaves_one_document(store: Store) -> None:
    new = paper("Radweg", "Ufer")
    store.add([new])
    store.add([new])
    assert store.status(PUBLIC).documents == 1
    assert found(store, PUBLIC, "Radweg") == ["Radweg"]
    assert len(store.vector_search(PUBLIC, vector("Ufer"), 5)) == 2


def test_vectors_of_another_model_are_refused(store: Store) -> None:
    new = paper("Radweg")
    store.add([new])
    with pytest.raises(EmbedderMismatch, match="anderen Einbettungsmodell"):
        store.bind_embedder("another", DIMENSION)
    with pytest.raises(EmbedderMismatch, match="Form"):
        store.vector_search(PUBLIC, np.ones(DIMENSION + 1, np.float32), 3)
    wider = np.ones((1, DIMENSION + 1), np.float32)
    with pytest.raises(EmbedderMismatch, match="erwartet 16"):
        store.add([replace(paper("Ufer"), vectors=wider)])
    store.bind_embedder("embedder", DIMENSION)


# --------------------------------------------------------------------- rest of its life


def test_deleting_takes_a_document_out_of_every_answer(store: Store) -> None:
    gone = paper("Radweg siehe 14/77", number=N148, mentions=["14/77"])
    stays = paper("Radweg am Ufer")
    store.add([gone, stays])
    assert store.delete(OPERATOR, gone.document.id)
    assert not store.delete(OPERATOR, gone.document.id)
    assert found(store, OPERATOR, "Radweg") == ["Radweg am Ufer"]
    near = store.vector_search(OPERATOR, vector(gone.passages[0].text), 5)
    assert [hit.passage.text for hit in near] == ["Radweg am Ufer"]
    assert store.by_number(OPERATOR, N148) == []
    assert store.mentions(OPERATOR, Drucksachennummer("14/77")) == []
    assert not store.holds("lvs", gone.document.id)


def test_quarantine_keeps_one_entry_a_path_and_is_closed(store: Store) -> None:
    first = QuarantineEntry("a.pdf", "lvs", "encrypted", "Datei ist verschlüsselt.", "2025-01-01")
    later = replace(first, code="damaged", at="2025-01-02")
    store.quarantine(first)
    store.quarantine(later)
    store.quarantine(replace(first, path="b.pdf"))
    assert [entry.path for entry in store.quarantined(OPERATOR)] == ["a.pdf", "b.pdf"]
    assert store.quarantined(OPERATOR)[0] == later
    assert store.quarantined(PUBLIC) == []
    assert store.quarantined(OTHER) == []
    assert store.status(PUBLIC).quarantined == 0
    store.release("lvs", "a.pdf")
    assert store.status(OPERATOR).quarantined == 1


def test_the_status_counts_and_its_generation_grows_with_each_write(store: Store) -> None:
    assert store.status(OPERATOR).embedder_id == "embedder"
    store.add([paper("Radweg", "Ufer"), paper("Haushalt", art="Vorlage")])
    before = store.status(OPERATOR)
    assert (before.documents, before.passages, before.superseded) == (2, 3, 0)
    assert dict(before.by_art) == {"Antrag": 1, "Vorlage": 1}
    store.add([paper("Kita")])
    assert store.status(OPERATOR).generation > before.generation


def test_everything_is_there_after_reopening(
    opened: Callable[[Path], Store], tmp_path: Path
) -> None:
    store = opened(tmp_path)
    store.bind_embedder("embedder", DIMENSION)
    store.add([paper("Radweg"), mixed()])
    before = picture(store, OPERATOR)
    store.close()
    again = opened(tmp_path)
    assert picture(again, OPERATOR) == before
    assert again.verify() == []
    again.close()


def test_a_second_store_on_the_same_files_sees_each_write(
    opened: Callable[[Path], Store], tmp_path: Path
) -> None:
    reader, writer = opened(tmp_path), opened(tmp_path)
    writer.bind_embedder("embedder", DIMENSION)
    first, second = paper("Radweg"), paper("Ufer")
    for new, expected in ((first, ["Radweg"]), (second, ["Radweg", "Ufer"])):
        writer.add([new])
        hits = reader.vector_search(PUBLIC, vector("Radweg"), 5)
        assert sorted(hit.passage.text for hit in hits) == expected
        assert found(reader, PUBLIC, new.passages[0].text) == [new.passages[0].text]
    writer.delete(OPERATOR, first.document.id)
    hits = reader.vector_search(PUBLIC, vector("Radweg"), 5)
    assert [hit.passage.text for hit in hits] == ["Ufer"]
    writer.close()
    reader.close()


def test_many_threads_search_while_one_writes(store: Store) -> None:
    store.add([paper("Radweg 0")])
    failures: list[BaseException] = []
    done = threading.Event()

    def search() -> None:
        try:
            while not done.is_set():
                words = [hit.passage.text for hit in store.keyword_search(PUBLIC, "Radweg", 100)]
                hits = store.vector_search(PUBLIC, vector("Radweg 0"), 100)
                assert "Radweg 0" in words
                assert hits[0].passage.text == "Radweg 0"
                # A batch of two becomes visible as a whole.
                assert len(words) % 2 == 1
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=search) for _ in range(4)]
    for thread in threads:
        thread.start()
    for n in range(1, 41, 2):
        store.add([paper(f"Radweg {n}"), paper(f"Radweg {n + 1}")])
    done.set()
    for thread in threads:
        thread.join()
    assert failures == []
    assert len(store.keyword_search(PUBLIC, "Radweg", 100)) == 41


# ------------------------------------------------------------------------- who holds a term


def test_documents_holding_a_term_are_named_whatever_their_number(store: Store) -> None:
    two = paper("Leihräder am Museum", "Noch ein Rad", number=N148)
    other = paper("Haushalt des Museums")
    store.add([two, other])
    assert store.documents_holding(OPERATOR, "rad") == {two.document.id}
    assert store.documents_holding(OPERATOR, "museum") == {two.document.id, other.document.id}
    assert store.documents_holding(OPERATOR, 'zeppelin" OR "rad') == frozenset()


def test_documents_holding_a_term_where_one_may_not_look_are_not_named(store: Store) -> None:
    mixed = paper("Offen ist das Rad", ("Geheim ist der Zeppelin", ZU))
    foreign = paper("Rad in Norderland", mandant="lvn")
    store.add([mixed, foreign])
    assert store.documents_holding(PUBLIC, "zeppelin") == frozenset()
    assert store.documents_holding(OPERATOR, "zeppelin") == {mixed.document.id}
    assert store.documents_holding(PUBLIC, "rad") == {mixed.document.id}
    assert store.documents_holding(OTHER, "rad") == {foreign.document.id}
