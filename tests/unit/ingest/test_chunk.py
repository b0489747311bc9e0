from __future__ import annotations

import hashlib
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from index.types import Document, Kopfdaten, Schutzstufe, Section, SectionKind, Span
from ingest.chunk import (
    CHUNKER,
    HARD_CHARS,
    MAX_CHARS,
    SHORT_CHARS,
    chunk,
    embedding_text,
    keyword_text,
    paragraph_number,
)
from ingest.sentences import split_sentences
from tests.unit.ingest.paper_texts import ANTRAG, NIEDERSCHRIFT, SATZUNG, read

SATZ = "Die Verwaltung berichtet dem Ausschuss über den Stand der Arbeiten im Jahr 2024. "
ABSATZ = SATZ * 5


def begruendung(*absaetze: str) -> Document:
    return read("Antrag Nr. 3/4\n\nBegründung:\n\n" + "\n\n".join(a.strip() for a in absaetze))


def test_a_long_section_becomes_passages_of_whole_paragraphs() -> None:
    document = begruendung(ABSATZ, ABSATZ, ABSATZ)
    passages = [p for p in chunk(document) if p.heading_path == ("Begründung",)]
    assert [p.text for p in passages] == [ABSATZ.strip()] * 3


def test_a_short_rest_stays_with_its_paragraph() -> None:
    document = begruendung(ABSATZ * 2, "Mehr nicht.")
    assert chunk(document)[-1].text.endswith("Mehr nicht.")
    assert len(chunk(document)[-1].text) > SHORT_CHARS


def test_a_list_stays_with_the_words_that_lead_to_it() -> None:
    document = begruendung(ABSATZ, "Es geht um:", "- die Wege\n- die Bäume")
    assert "Es geht um:\n\n- die Wege" in chunk(document)[-1].text


def test_a_monstrous_sentence_is_cut_at_a_space() -> None:
    document = begruendung("Wort " * 1000)
    assert max(len(p.text) for p in chunk(document)) <= HARD_CHARS
    assert all(not p.text.startswith("ort") for p in chunk(document))


def test_a_bare_label_is_left_to_the_heading_path() -> None:
    texts = [p.text for p in chunk(read(ANTRAG))]
    assert "Einstimmig beschlossen." in texts
    assert not any(t.startswith("Begründung") for t in texts)


def test_the_heading_of_an_item_is_in_its_passage() -> None:
    texts = [p.text for p in chunk(read(NIEDERSCHRIFT))]
    assert any(t.startswith("TOP 2: Lesesaal für alle") for t in texts)


def test_a_passage_has_the_visibility_of_its_section() -> None:
    passages = chunk(read(NIEDERSCHRIFT))
    closed = [p for p in passages if "Möbel" in p.text or "vergeben" in p.text]
    assert {p.visibility for p in closed} == {Schutzstufe.NICHTOEFFENTLICH}
    assert any(p.visibility is Schutzstufe.OEFFENTLICH for p in passages)


def test_rows_of_a_table_are_searched_with_their_header_row() -> None:
    rows = "\n".join(f"Zuschuss {n}\t{n}00 €\t{n * 2}00 €" for n in range(1, 120))
    document = read("Vorlage Nr. 3/4\n\nBegründung:\n\nZweck\tAnsatz 2023\tAnsatz 2024\n" + rows)
    later = [p for p in chunk(document) if p.heading_path == ("Begründung",)][1:]
    assert later
    for passage in later:
        assert not passage.text.startswith("Zweck")
        assert "\nZweck\tAnsatz 2023\tAnsatz 2024\nZuschuss" in embedding_text(document, passage)


def test_texts_for_searching_name_paper_and_section() -> None:
    document = read(ANTRAG)
    passage = next(p for p in chunk(document) if "Stufen" in p.text)
    first, second, rest = embedding_text(document, passage).split("\n", 2)
    assert first == "Antrag 14/77 04.09.2022: Haushalt 2023; Lesesaal für alle"
    assert (second, rest) == ("Begründung", passage.text)
    assert keyword_text(document, passage) == embedding_text(document, passage)


def test_pages_are_named_from_one() -> None:
    text = "Seite eins sagt A.\n\nSeite zwei sagt B."
    document = read(text, pages=(Span(0, 18), Span(20, 38)))
    assert [p.pages for p in chunk(document)] == [(1, 2)]
    assert [p.pages for p in chunk(read(text))] == [None]


def test_paragraphs_are_counted_without_the_heading_and_a_list_counts() -> None:
    document = read(ANTRAG)
    section = next(s for s in document.sections if s.title == "Begründung")

    def number(words: str) -> int:
        at = ANTRAG.index(words)
        return paragraph_number(document, section, Span(at, at + len(words)))

    assert [number(w) for w in ("Der Lesesaal ist", "Das schließt", "Ähnliche")] == [1, 1, 2]
    assert [number(w) for w in ("Zu beachten", "- die Höhe", "- die Beleuchtung")] == [3, 4, 4]


def test_in_a_statute_the_printed_number_of_the_absatz_counts() -> None:
    document = read(SATZUNG)
    section = next(s for s in document.sections if s.title == "§ 1 Zweck")

    def number(words: str) -> int:
        at = SATZUNG.index(words)
        return paragraph_number(document, section, Span(at, at + len(words)))

    assert [number(w) for w in ("(1) Das", "(2) Es ist", "Näheres regelt")] == [1, 2, 2]


PIECES = st.sampled_from(
    ["Begründung:", "Beschluss:", SATZ, ABSATZ, ABSATZ * 4, "- ein Punkt", "TOP 1 Wege", "A\tB\tC"]
)
TEXTS = st.tuples(
    st.sampled_from(["Antrag Nr. 3/4", "Niederschrift über die 3. Sitzung des Rates"]),
    st.lists(st.tuples(PIECES, st.sampled_from(["\n", "\n\n"])).map("".join), max_size=15),
).map(lambda parts: parts[0] + "\n\n" + "".join(parts[1]))


@given(TEXTS)
def test_passages_are_cut_from_the_text_and_never_cross_a_section(text: str) -> None:
    document = read(text)
    passages = chunk(document)
    sentences = split_sentences(text)
    for ordinal, passage in enumerate(passages):
        assert passage.ordinal == ordinal and passage.id == f"d1:{ordinal}"
        assert passage.text == text[passage.span.start : passage.span.end] != ""
        assert len(passage.text) <= max(MAX_CHARS, HARD_CHARS)
        for section in document.sections:
            apart = not section.span.overlaps(passage.span)
            assert apart or section.span.contains(passage.span)
        for sentence in sentences:
            assert passage.span.contains(sentence) or not passage.span.overlaps(sentence)
    assert all(a.span.end <= b.span.start for a, b in pairwise(passages))


@given(TEXTS)
def test_every_sentence_that_is_no_bare_label_is_in_a_passage(text: str) -> None:
    document = read(text)
    held = [p.span for p in chunk(document)]
    labels = [s.heading for s in document.sections]
    for sentence in split_sentences(text):
        if not any(label.overlaps(sentence) for label in labels):
            assert any(span.contains(sentence) for span in held)


def by_hand() -> Document:
    """A document whose sections nobody has to find: long prose, a list, a table, a monster."""
    parts = {
        "Kopf": "Antrag Nr. 3/4\nDatum: 01.02.2024",
        "Begründung": "\n\n".join([ABSATZ * 2, "Es fehlen:", "- Bänke", "- Bäume", ABSATZ]),
        "Kosten": "\n".join(f"Position {n}\t{n}.000 €\t{n} Stück" for n in range(1, 60)),
        "Anlage": "Wort " * 500,
    }
    kinds = (SectionKind.KOPF, SectionKind.BEGRUENDUNG, SectionKind.TOP, SectionKind.ANLAGE)
    text, sections = "", []
    for (title, body), kind in zip(parts.items(), kinds, strict=True):
        start = len(text)
        text += f"{title}\n\n{body}\n\n"
        heading = Span(start, start + len(title))
        span = Span(start, len(text))
        sections.append(Section(kind, title, 1, span, heading, Schutzstufe.OEFFENTLICH))
    return Document(
        "0" * 64,
        "lvs",
        "akten/3-4.txt",
        "text/plain",
        "Bäume",
        text,
        (),
        tuple(sections),
        Kopfdaten(),
        Schutzstufe.OEFFENTLICH,
    )


def test_whoever_cuts_otherwise_gives_the_chunker_another_name() -> None:
    """Generations of the index are told apart by it: change both sides together."""
    document = by_hand()
    cut = [(p.span.start, p.span.end, embedding_text(document, p)) for p in chunk(document)]
    seen = hashlib.sha256(repr(cut).encode()).hexdigest()[:16]
    assert (CHUNKER, len(cut), seen) == ("1", 7, "1bb9cc6eebfee514")
