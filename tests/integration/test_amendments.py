"""A provision that was amended is no answer by itself, over statutes read by the real ingest."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from assistant.answer import answer_question
from assistant.finding.evidence import read_evidence
from assistant.finding.retriever import search
from assistant.records.amendments import Amendments
from assistant.types import Answer
from assistant.understanding.question import understand
from index.store import Store, open_store
from index.types import Access, Document, Span
from ingest.pipeline import ingest_paths
from models.embedder import Embedder
from tests.sample_records import FakeEmbedder, FakeGenerator

OPERATOR = Access.operator("lvs")
HEAD = "Die Landschaftsversammlung hat in ihrer Sitzung am {day} folgende Satzung beschlossen:"
STERNWARTE = """Satzung
über den Betrieb der Sternwarte Wiesenhagen
({short})
vom {day}

{head}

§ 1 Besuch

(1) Die Sternwarte öffnet dienstags und freitags.
(2) Gruppen melden sich eine Woche vorher an.

§ 2 Eintritt

(1) Erwachsene zahlen für eine Führung 4,00 € Eintritt.
(2) Kinder zahlen die Hälfte des Eintritts.

§ 3 Inkrafttreten

Diese Satzung tritt am 01.06.2012 in Kraft.
"""
AENDERUNG = """Erste Satzung zur Änderung der Satzung über den Betrieb der Sternwarte Wiesenhagen

vom 14.11.2019

Die Landschaftsversammlung hat in ihrer Sitzung am 14.11.2019 folgende Änderungssatzung beschlossen:

Artikel 1 Änderung

Die Satzung über den Betrieb der Sternwarte Wiesenhagen vom 03.05.2012 wird wie folgt geändert:

1. In § 2 Abs. 1 wird die Angabe „4,00 €“ durch die Angabe „6,50 €“ ersetzt.

2. § 2 Abs. 2 wird wie folgt gefasst: „(2) Kinder haben freien Eintritt.“

Artikel 2 Inkrafttreten

Diese Satzung tritt am 01.01.2020 in Kraft.
"""
ORDNUNG = """{art}
über die Nutzung der Kegelbahn im Bildungshaus
vom {day}

{head}

§ 1 Bahnen

(1) Die Kegelbahn hat {lanes} Bahnen.

§ 2 Eintritt

(1) Beschäftigte zahlen je Stunde {price} € für die Kegelbahn.
"""


@dataclass(frozen=True)
class Parts:
    store: Store
    embedder: Embedder
    generator: FakeGenerator | None
    home: Path = Path("ohne-eigene-dateien")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    folder = tmp_path_factory.mktemp("akten")
    texts = {
        "sternwarte": STERNWARTE.format(
            day="03.05.2012", short="Sternwartensatzung", head=HEAD.format(day="03.05.2012")
        ),
        "aenderung": AENDERUNG,
        "kegeln-2010": ORDNUNG.format(
            art="Satzung", day="08.02.2010", head=HEAD.format(day="08.02.2010"), lanes=2, price=5
        ),
        "kegeln-2018": ORDNUNG.format(
            art="Satzung", day="09.03.2018", head=HEAD.format(day="09.03.2018"), lanes=4, price=7
        ),
    }
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    opened = open_store(tmp_path_factory.mktemp("bestand"))
    report = ingest_paths([folder], store=opened, embedder=FakeEmbedder(), mandant="lvs")
    assert (report.indexed, report.quarantined) == (4, ())
    yield opened
    opened.close()


def statute(store: Store, name: str) -> Document:
    (entry,) = [e for e in store.documents(OPERATOR) if e.source.endswith(f"{name}.txt")]
    document = store.document(OPERATOR, entry.id)
    assert document is not None
    return document


def place(document: Document, words: str) -> Span:
    start = document.text.index(words)
    return Span(start, start + len(words))


def quotes(store: Store, question: str) -> list[str]:
    parts = Parts(store, FakeEmbedder(), None)
    hits, _ = search(parts, question, OPERATOR, 10)
    return [e.quote for e in read_evidence(parts, understand(question), hits, OPERATOR).evidence]


def ask(store: Store, question: str, words: str) -> Answer:
    """Asks with a generator that chooses the quote with these words."""
    number = 1 + next(i for i, quote in enumerate(quotes(store, question)) if words in quote)
    parts = Parts(store, FakeEmbedder(), FakeGenerator(f"[{number}]"))
    return answer_question(parts, question, OPERATOR)


@pytest.mark.parametrize(
    ("name", "words", "orders"),
    [
        ("sternwarte", "Erwachsene zahlen", ["1. In § 2 Abs. 1 wird die Angabe „4,00 €“"]),
        ("sternwarte", "Kinder zahlen", ["2. § 2 Abs. 2 wird wie folgt gefasst"]),
        ("sternwarte", "Gruppen melden sich", []),
        ("aenderung", "§ 2 Abs. 1", []),
        ("kegeln-2010", "Beschäftigte zahlen", []),
    ],
)
def test_what_amends_a_sentence_is_found(
    store: Store, name: str, words: str, orders: list[str]
) -> None:
    document = statute(store, name)
    found = Amendments(store, OPERATOR).of(document, place(document, words))
    assert len(found) == len(orders)
    assert all(a.words.startswith(start) for a, start in zip(found, orders, strict=True))


@pytest.mark.parametrize(
    ("name", "words", "question", "expected"),
    [
        ("sternwarte", "Kinder zahlen", "Was zahlen Kinder in der Sternwarte?", True),
        ("sternwarte", "Kinder zahlen", "Was zahlten Kinder früher in der Sternwarte?", False),
        ("sternwarte", "Kinder zahlen", "Was zahlten Kinder 2015 in der Sternwarte?", False),
        ("sternwarte", "Kinder zahlen", "Was zahlen Kinder seit 2020?", True),
        ("sternwarte", "Erwachsene zahlen", "Was zahlen Erwachsene?", False),
        ("kegeln-2010", "Beschäftigte zahlen", "Was kostet die Kegelbahn?", True),
        ("kegeln-2010", "Beschäftigte zahlen", "Was kostete die Kegelbahn 2012?", False),
        ("kegeln-2018", "Beschäftigte zahlen", "Was kostet die Kegelbahn?", False),
    ],
)
def test_what_was_put_anew_is_outdated_unless_what_was_before_is_asked(
    store: Store, name: str, words: str, question: str, expected: bool
) -> None:
    document = statute(store, name)
    amendments = Amendments(store, OPERATOR)
    assert amendments.outdated(document, place(document, words), understand(question)) is expected


def test_an_amended_figure_is_never_shown_alone(store: Store) -> None:
    answer = ask(store, "Wie viel Eintritt zahlen Erwachsene in der Sternwarte?", "Erwachsene")
    said = [claim.text for claim in answer.claims]
    assert said[0].startswith("Vor der Änderung (Fassung vom 03.05.2012): „(1) Erw")
    assert said[1].startswith("Änderung durch Erste Satzung zur Änderung der Satzung über")
    assert "„4,00 €“ durch die Angabe „6,50 €“ ersetzt" in said[1]
    assert said[2] == "Inkrafttreten der Änderung: „Diese Satzung tritt am 01.01.2020 in Kraft.“"
    assert len(said) == 3
    cited = {c.number: c.quote for c in answer.citations}
    assert any("03.05.2012" in cited[n] for n in answer.claims[0].citations)


def test_what_was_put_anew_gives_way_to_the_new_words(store: Store) -> None:
    question = "Wie viel Eintritt zahlen Kinder in der Sternwarte?"
    found = quotes(store, question)
    assert any("freien Eintritt" in quote for quote in found)
    assert not any("die Hälfte" in quote for quote in found)
    assert any("die Hälfte" in q for q in quotes(store, "Was zahlten Kinder früher an Eintritt?"))


def test_of_two_fassungen_the_later_answers(store: Store) -> None:
    found = quotes(store, "Was zahlen Beschäftigte je Stunde für die Kegelbahn?")
    assert any("7 €" in quote for quote in found)
    assert not any("5 €" in quote for quote in found)


def test_what_was_not_amended_stands_alone(store: Store) -> None:
    answer = ask(store, "Wer meldet sich in der Sternwarte vorher an?", "Gruppen")
    assert [claim.text for claim in answer.claims] == [
        "„(2) Gruppen melden sich eine Woche vorher an.“"
    ]
