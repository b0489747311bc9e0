"""What an Ergänzung took the place of is no evidence, over papers read by the real ingest."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from assistant.answer import answer_question
from assistant.finding.evidence import read_evidence
from assistant.finding.retriever import search
from assistant.records.exact import answer_exactly
from assistant.records.supplements import Supplements, later_papers
from assistant.types import Answer, AnswerStatus
from assistant.understanding.question import understand
from index.store import Store, open_store
from index.types import Access, Document, Drucksachennummer, Schutzstufe, Span
from ingest.pipeline import ingest_paths
from models.embedder import Embedder
from tests.sample_records import FakeEmbedder, FakeGenerator

OPERATOR = Access.operator("lvs")
PUBLIC = Access(("lvs",), (Schutzstufe.OEFFENTLICH,))
HEAD = """Vorlage Nr. {number}

{publicity}

Datum: {day}
Dienststelle: Fachbereich 31

Tagesordnungspunkt:

{title}

Beschlussvorschlag:

{proposal}

Begründung:

{reasons}
"""
PAPERS = {
    "15/700": (
        "öffentlich",
        "Seilbahn am Steinbruchmuseum",
        "Der Bau der Seilbahn mit 12 Kabinen wird beschlossen. Baubeginn ist der 01.03.2024.",
        "Die 12 Kabinen kommen aus dem Museumsdepot in Auenfeld. Der Hang wird mit Ankern gesichert.",
    ),
    "15/700/1": (
        "öffentlich",
        "Seilbahn am Steinbruchmuseum; hier: neuer Beschlussvorschlag",
        "Dieser Beschlussvorschlag ersetzt den Beschlussvorschlag der Vorlage Nr. 15/700:\n\n"
        "Der Bau der Seilbahn mit 18 Kabinen wird beschlossen. Baubeginn ist der 01.09.2024.",
        "Der Beirat hat um mehr Kabinen für Rollstühle gebeten.",
    ),
    "15/710": (
        "öffentlich",
        "Gewächshaus der Gartenakademie",
        "Der Errichtung des Gewächshauses für 640.000 € wird zugestimmt.",
        "Das Gewächshaus kostet 640.000 €. Es wird mit Erdwärme beheizt.",
    ),
    "15/710/1": (
        "öffentlich",
        "Gewächshaus der Gartenakademie; hier: Kosten",
        "In dem Beschlussvorschlag der Vorlage Nr. 15/710 wird die Angabe „640.000 €“ durch die "
        "Angabe „715.000 €“ ersetzt.",
        "Die Preise für Glas sind gestiegen.",
    ),
    "15/720": (
        "öffentlich",
        "Orgelsanierung in der Klinikkapelle",
        "Die Orgel der Klinikkapelle wird für 90.000 € saniert.",
        "Die Orgel stammt aus dem Jahr 1911.",
    ),
    "15/720/1": (
        "nichtöffentlich",
        "Orgelsanierung in der Klinikkapelle; hier: Angebot",
        "Diese Vorlage ersetzt die Vorlage Nr. 15/720.",
        "Das Angebot der Orgelbaufirma liegt bei 131.000 €.",
    ),
}


@dataclass(frozen=True)
class Parts:
    store: Store
    embedder: Embedder
    generator: FakeGenerator | None
    home: Path = Path("ohne-eigene-dateien")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    folder = tmp_path_factory.mktemp("akten")
    for number, (publicity, title, proposal, reasons) in PAPERS.items():
        day = "05.02.2024" if number.count("/") == 2 else "08.01.2024"
        text = HEAD.format(
            number=number,
            publicity=publicity,
            day=day,
            title=title,
            proposal=proposal,
            reasons=reasons,
        )
        (folder / f"{number.replace('/', '-')}.txt").write_text(text, encoding="utf-8")
    opened = open_store(tmp_path_factory.mktemp("bestand"))
    report = ingest_paths([folder], store=opened, embedder=FakeEmbedder(), mandant="lvs")
    assert (report.indexed, report.quarantined) == (6, ())
    yield opened
    opened.close()


def paper(store: Store, key: str) -> Document:
    (wp, nummer, *rest) = (int(part) for part in key.split("/"))
    (entry,) = store.by_number(OPERATOR, Drucksachennummer.of(wp, nummer, *rest))
    document = store.document(OPERATOR, entry.id)
    assert document is not None
    return document


def outdated(store: Store, key: str, words: str, access: Access = OPERATOR) -> bool:
    document = paper(store, key)
    start = document.text.index(words)
    return Supplements(store, access).outdated(document, Span(start, start + len(words)))


def quotes(store: Store, question: str, access: Access = OPERATOR) -> list[str]:
    parts = Parts(store, FakeEmbedder(), None)
    understood = understand(question)
    hits, _ = search(parts, question, access, 10)
    return [e.quote for e in read_evidence(parts, understood, hits, access).evidence]


def ask(store: Store, question: str, drafted: str, access: Access = OPERATOR) -> Answer:
    parts = Parts(store, FakeEmbedder(), FakeGenerator(drafted))
    return answer_question(parts, question, access, drafts=True)


@pytest.mark.parametrize(
    ("key", "words", "expected"),
    [
        ("15/700", "Der Bau der Seilbahn mit 12 Kabinen wird beschlossen.", True),
        ("15/700", "Die 12 Kabinen kommen aus dem Museumsdepot in Auenfeld.", True),
        ("15/700", "Der Hang wird mit Ankern gesichert.", False),
        ("15/700/1", "Der Bau der Seilbahn mit 18 Kabinen wird beschlossen.", False),
        ("15/710", "Der Errichtung des Gewächshauses für 640.000 € wird zugestimmt.", True),
        ("15/710", "Das Gewächshaus kostet 640.000 €.", True),
        ("15/710", "Es wird mit Erdwärme beheizt.", False),
        ("15/720", "Die Orgel stammt aus dem Jahr 1911.", True),
    ],
)
def test_what_a_later_paper_took_the_place_of_is_outdated(
    store: Store, key: str, words: str, expected: bool
) -> None:
    assert outdated(store, key, words) is expected


def test_a_figure_that_was_replaced_is_no_evidence_for_it(store: Store) -> None:
    found = quotes(store, "Wie viele Kabinen hat die Seilbahn?")
    assert any("18 Kabinen" in quote for quote in found)
    assert not any("12 Kabinen" in quote for quote in found)
    assert not any("kostet 640" in quote for quote in quotes(store, "Was kostet das Gewächshaus?"))


def test_a_sentence_with_such_a_figure_still_tells_the_rest(store: Store) -> None:
    found = quotes(store, "Aus welchem Museumsdepot kommen die Kabinen der Seilbahn?")
    assert any("Museumsdepot in Auenfeld" in quote for quote in found)


def test_who_names_the_earlier_paper_reads_it(store: Store) -> None:
    found = quotes(store, "Wie viele Kabinen nennt die Vorlage 15/700?")
    assert any("12 Kabinen" in quote for quote in found)


def test_a_quote_from_the_earlier_paper_comes_with_what_follows(store: Store) -> None:
    question = "Womit wird das Gewächshaus der Gartenakademie beheizt?"
    found = quotes(store, question)
    number = 1 + next(i for i, quote in enumerate(found) if "Erdwärme" in quote)
    answer = ask(store, question, f"Das Gewächshaus wird mit Erdwärme beheizt [{number}]")
    said = [claim.text for claim in answer.claims]
    assert "Erdwärme" in said[0]
    assert said[1] == "Vorlage Nr. 15/710/1 vom 05.02.2024 ändert Vorlage Nr. 15/710."
    cited = {c.number: c.quote for c in answer.citations}
    assert any("715.000 €" in cited[n] for n in answer.claims[1].citations)


def test_a_figure_that_an_order_takes_out_carries_no_sentence(store: Store) -> None:
    question = "Was kostet das Gewächshaus der Gartenakademie?"
    number = 1 + next(i for i, q in enumerate(quotes(store, question)) if "durch die" in q)
    answer = ask(store, question, f"Das Gewächshaus kostet 640.000 € [{number}]")
    assert not any("kostet 640.000" in claim.text for claim in answer.claims)


def test_a_closed_supplement_is_not_revealed(store: Store) -> None:
    sentence = "Die Orgel stammt aus dem Jahr 1911."
    assert not outdated(store, "15/720", sentence, PUBLIC)
    found = answer_exactly(store, understand("Wurde die Vorlage 15/720 beschlossen?"), PUBLIC)
    assert found is not None and "15/720/1" not in found.text


def test_hits_of_an_earlier_paper_say_what_follows(store: Store) -> None:
    for number, access, expected in (
        ("15/700", OPERATOR, ("ersetzt durch Vorlage Nr. 15/700/1 vom 05.02.2024",)),
        ("15/710", OPERATOR, ("geändert durch Vorlage Nr. 15/710/1 vom 05.02.2024",)),
        ("15/700/1", OPERATOR, ()),
        ("15/720", PUBLIC, ()),
    ):
        (entry,) = store.summaries(access, [paper(store, number).id]).values()
        assert later_papers(store, access, entry) == expected


def test_a_question_for_the_result_learns_of_the_replacement(store: Store) -> None:
    found = answer_exactly(store, understand("Wurde die Vorlage 15/700 beschlossen?"), OPERATOR)
    assert found is not None and found.status is AnswerStatus.ABSTAINED
    assert "Vorlage Nr. 15/700/1 vom 05.02.2024 ersetzt Vorlage Nr. 15/700." in found.text
    assert any("ersetzt den" in citation.quote for citation in found.nearest)
