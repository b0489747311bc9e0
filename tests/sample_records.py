"""A few papers, built by hand and stored for real, and fakes of the two models."""

from __future__ import annotations

import hashlib
import re
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path

import numpy as np

from assistant.audit import AuditLog
from assistant.embedders import LazyEmbedder
from assistant.wiring import LazyGenerator, Parts, never
from index.store import NewDocument, Store, Vectors, open_store
from index.types import (
    Beratung,
    Document,
    Drucksachennummer,
    Ergebnis,
    Kopfdaten,
    Mention,
    Outcome,
    Passage,
    Reading,
    Schutzstufe,
    Section,
    SectionKind,
    Span,
)
from ingest.feeding.job_book import JobBook
from models.generator import Refusal

DIMENSION = 8

ANTRAG = """Antrag Nr. 15/12
öffentlich
Datum: 14.03.2023
Antragsteller: CDU, SPD

Beratungsfolge
Kulturausschuss 20.04.2023 empfehlender Beschluss
Landschaftsversammlung 25.05.2023 Beschluss

Leihräder für Museumsgäste

Beschlussvorschlag
Die Verwaltung stellt an drei Museen des Landschaftsverbandes Leihräder bereit.

Ergebnis
Entsprechend Beschlussvorschlag beschlossen.

Begründung
Viele Gäste der Museen kommen mit der Bahn. Vom Bahnhof aus erreichen sie die Museen nur schwer, \
und Leihräder schließen diese Lücke. Der Betrieb der Leihräder kostet 48.000 Euro im Jahr.
"""

VORLAGE = """Vorlage Nr. 15/12
nichtöffentlich
Datum: 02.02.2023
Dienststelle: Dezernat 3

Ankauf eines Grundstücks

Begründung
Das Grundstück am Kanal liegt neben dem Freilichtmuseum und wird für Stellplätze gebraucht.
"""

ANFRAGE = """Anfrage Nr. 15/21
öffentlich
Datum: 09.06.2023
Antragsteller: FDP

Stand der Leihräder

Frage
Wie weit ist die Umsetzung des Antrags 15/12 an den Museen?
"""

KINDS = {
    "Kopf": SectionKind.KOPF,
    "Beratungsfolge": SectionKind.BERATUNGSFOLGE,
    "Beschlussvorschlag": SectionKind.BESCHLUSSVORSCHLAG,
    "Ergebnis": SectionKind.ERGEBNIS,
    "Begründung": SectionKind.BEGRUENDUNG,
    "Frage": SectionKind.FRAGE,
}


class FakeEmbedder:
    """Every text close to every other, closer where they share words."""

    embedder_id = "probe"
    dimension = DIMENSION

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        return np.stack([self._vector(text) for text in texts])

    embed_passages = embed_queries

    def embed_parts(
        self, texts: Sequence[str], parts: Sequence[Sequence[tuple[int, int]]]
    ) -> list[Vectors]:
        return [
            self.embed_passages([text[start:end] for start, end in spans])
            for text, spans in zip(texts, parts, strict=True)
        ]

    def _vector(self, text: str) -> Vectors:
        vector = np.zeros(DIMENSION, np.float32)
        vector[0] = 4.0
        words = {word.lower() for word in re.findall(r"\w{4,}", text)}
        for word in words:
            slot = 1 + int(hashlib.sha256(word.encode()).hexdigest(), 16) % (DIMENSION - 1)
            vector[slot] += 1 / len(words)
        return vector / np.float32(np.linalg.norm(vector))


class FakeGenerator:
    """Says one sentence with its source, word by word; stops when told to.

    Asked for yes or no it says yes. While `gate` is closed it says nothing, so that a test looks at
    a question at work however fast or slow the machine is.
    """

    generator_id = "probe"

    def __init__(self, sentence: str, pause_s: float = 0.0) -> None:
        self.sentence = sentence
        self.pause_s = pause_s
        self.gate = threading.Event()
        self.gate.set()
        self.cancelled = 0
        self.running = 0

    def count_tokens(self, text: str) -> int:
        return len(text.split())

    def generate(
        self,
        system: str,
        prompt: str,
        *,
        grammar: str | None,
        max_tokens: int,
        cancelled: Callable[[], bool] = never,
        refusal: Refusal | None = None,
    ) -> Iterator[str]:
        self.running += 1
        try:
            said = "Ja" if grammar and '"Ja"' in grammar else self.sentence
            for word in re.findall(r"\S+\s*", said):
                time.sleep(self.pause_s)
                while not (cancelled() or self.gate.wait(0.01)):
                    pass
                if cancelled():
                    self.cancelled += 1
                    return
                yield word
        finally:
            self.running -= 1

    def close(self) -> None:
        pass


def find(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def read(text: str, words: str, value: object) -> Reading:  # type: ignore[type-arg]
    return Reading(value, find(text, words))


def sections_of(text: str, stufe: Schutzstufe) -> tuple[Section, ...]:
    """Cuts at the lines that are a known heading; what stands before the first is the Kopf."""
    heads = [
        (match.start(), match.group(0))
        for match in re.finditer("^(?:" + "|".join(KINDS) + ")$", text, re.MULTILINE)
    ]
    starts = [(0, "Kopf"), *heads]
    ends = [start for start, _ in heads] + [len(text)]
    found = []
    for (start, title), end in zip(starts, ends, strict=True):
        heading = Span(start, start + len(title)) if start else Span(0, 0)
        found.append(Section(KINDS[title], title, 1, Span(start, end), heading, stufe))
    return tuple(found)


def document(
    text: str, source: str, mandant: str, stufe: Schutzstufe, kopfdaten: Kopfdaten, title: str
) -> Document:
    return Document(
        id=hashlib.sha256((mandant + text).encode()).hexdigest(),
        mandant=mandant,
        source=source,
        media_type="text/plain",
        title=title,
        text=text,
        pages=(),
        sections=sections_of(text, stufe),
        kopfdaten=kopfdaten,
        visibility=stufe,
        parser="probe",
    )


def antrag(mandant: str = "lvs", text: str = ANTRAG, nummer: int = 12) -> Document:
    result = find(text, "Entsprechend Beschlussvorschlag beschlossen.")
    kopfdaten = Kopfdaten(
        art=read(text, "Antrag", "Antrag"),
        nummer=read(text, f"15/{nummer}", Drucksachennummer.of(15, nummer)),
        datum=read(text, "14.03.2023", date(2023, 3, 14)),
        antragsteller=(read(text, "CDU", "CDU"), read(text, "SPD", "SPD")),
        oeffentlich=read(text, "öffentlich", True),
        beratungsfolge=(
            Beratung(
                "Kulturausschuss",
                date(2023, 4, 20),
                "empfehlender Beschluss",
                find(text, "Kulturausschuss 20.04.2023 empfehlender Beschluss"),
            ),
            Beratung(
                "Landschaftsversammlung",
                date(2023, 5, 25),
                "Beschluss",
                find(text, "Landschaftsversammlung 25.05.2023 Beschluss"),
            ),
        ),
        ergebnis=Ergebnis(result.cut(text), Outcome.BESCHLOSSEN, result),
    )
    title = "Leihräder für Museumsgäste"
    return document(text, "akten/antrag.txt", mandant, Schutzstufe.OEFFENTLICH, kopfdaten, title)


def vorlage() -> Document:
    kopfdaten = Kopfdaten(
        art=read(VORLAGE, "Vorlage", "Vorlage"),
        nummer=read(VORLAGE, "15/12", Drucksachennummer.of(15, 12)),
        datum=read(VORLAGE, "02.02.2023", date(2023, 2, 2)),
        dienststelle=read(VORLAGE, "Dezernat 3", "Dezernat 3"),
        oeffentlich=read(VORLAGE, "nichtöffentlich", False),
    )
    stufe = Schutzstufe.NICHTOEFFENTLICH
    title = "Ankauf eines Grundstücks"
    return document(VORLAGE, "akten/vorlage.txt", "lvs", stufe, kopfdaten, title)


def anfrage() -> Document:
    kopfdaten = Kopfdaten(
        art=read(ANFRAGE, "Anfrage", "Anfrage"),
        nummer=read(ANFRAGE, "15/21", Drucksachennummer.of(15, 21)),
        datum=read(ANFRAGE, "09.06.2023", date(2023, 6, 9)),
        antragsteller=(read(ANFRAGE, "FDP", "FDP"),),
        oeffentlich=read(ANFRAGE, "öffentlich", True),
    )
    title = "Stand der Leihräder"
    stufe = Schutzstufe.OEFFENTLICH
    return document(ANFRAGE, "akten/anfrage.txt", "lvs", stufe, kopfdaten, title)


def stored(paper: Document, mentions: Sequence[Mention] = ()) -> NewDocument:
    """The paper with one passage for each section."""
    passages = [
        Passage(
            id=f"{paper.id}:{ordinal}",
            document_id=paper.id,
            ordinal=ordinal,
            span=section.span,
            text=section.span.cut(paper.text),
            heading_path=(section.title,),
            pages=None,
            visibility=section.visibility,
        )
        for ordinal, section in enumerate(paper.sections)
    ]
    return NewDocument(
        document=paper,
        passages=passages,
        keyword_texts=[f"{paper.title}\n{passage.text}" for passage in passages],
        vectors=FakeEmbedder().embed_passages([passage.text for passage in passages]),
        mentions=mentions,
    )


def fill(store: Store) -> None:
    """Stores three papers of one Mandant and one of another."""
    store.bind_embedder(FakeEmbedder.embedder_id, DIMENSION)
    asking = anfrage()
    named = Mention(asking.id, Drucksachennummer.of(15, 12), find(ANFRAGE, "15/12"))
    foreign = antrag("lvn", ANTRAG.replace("Leihräder", "Lastenräder"))
    store.add([stored(antrag()), stored(vorlage()), stored(asking, [named]), stored(foreign)])


def filled_home(home: Path) -> Path:
    """Fills the store of a home and closes it."""
    store = open_store(home)
    fill(store)
    store.close()
    return home


GOOD_SENTENCE = "Der Betrieb der Leihräder kostet 48.000 Euro im Jahr [1]."
OPEN_QUESTION = "Wie viel kostet der Betrieb der Leihräder im Jahr?"
EXACT_QUESTION = "Wurde der Antrag 15/12 beschlossen?"


def make_parts(home: Path, generator: FakeGenerator | None = None) -> Parts:
    """Real store and audit record, fake models."""
    store = open_store(home)
    fill(store)
    return Parts(
        store=store,
        embedder=LazyEmbedder(FakeEmbedder),
        generator=LazyGenerator(lambda: generator) if generator else None,
        mandant="lvs",
        audit=AuditLog(home),
        home=home,
        jobs=JobBook(home),
    )
