"""Houses in which every view of the surface has something to show, or nothing, or no room left."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from assistant import draft_changes, draft_desk
from assistant.audit import AuditEntry, Ausgang
from assistant.embedders import LazyEmbedder
from assistant.feedback import FeedbackBook, Grund, Stelle, feedback_on
from assistant.fundstelle import cite
from assistant.searching.saved import SavedSearches
from assistant.types import Answer, AnswerStatus, Citation, Claim, Label, Reference
from assistant.upkeep.kept_runs import keep_run
from assistant.upkeep.paper_life import erase_paper, hide
from assistant.web.answering import work_of
from assistant.web.application import make_app
from assistant.web.run import Asking, Run
from assistant.web.runs import Runs
from assistant.wire.kept import ZeichnungBody
from assistant.wiring import Parts
from index.store import Vectors
from index.types import (
    Access,
    Document,
    Drucksachennummer,
    Mention,
    Outcome,
    PageQuality,
    PageState,
    QuarantineEntry,
    Reading,
)
from ingest.feeding.jobs import JobCounts, JobOrigin, JobPath, JobRefusal, JobState
from ingest.feeding.turn import ingest_turn
from models.errors import GeneratorError
from tests.browser.sight import serving_app
from tests.document_records import COST, letter, store_file
from tests.sample_records import (
    ANTRAG,
    EXACT_QUESTION,
    GOOD_SENTENCE,
    OPEN_QUESTION,
    FakeEmbedder,
    FakeGenerator,
    antrag,
    find,
    make_parts,
    stored,
    vorlage,
)
from tests.unit.assistant.records.test_course import minutes
from tests.unit.assistant.test_answer_export import ANSWER, QUESTION

OPERATOR = Access.operator("lvs")
ORDER: dict[str, object] = {
    "titel": "Leihräder: Ausbau",
    "stichpunkte": ["Der Betrieb soll ausgebaut werden.", "Zeitplan: Beginn ist im Juni 2027."],
    "beschlussvorschlag": "Die Verwaltung baut den Betrieb der Leihräder aus.",
    "quellen": ["Antrag 15/12"],
    "bearbeitung": "M. Muster",
}
LONG_NAME = "Zuständigkeitsverordnungsänderungsentwurf" * 4
MANY = 22
ENDED_S = 30.0
Tell = Callable[[str, object], None]
Cancelled = Callable[[], bool]


class HeldEmbedder(FakeEmbedder):
    """Embeds passages only while its gate is open; questions always."""

    def __init__(self) -> None:
        self.gate = threading.Event()
        self.gate.set()

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        self.gate.wait()
        return self.embed_queries(texts)


@dataclass(slots=True)
class House:
    """A served application; `named` are the ids and addresses that views are opened by."""

    address: str
    app: Any
    parts: Parts
    embedder: HeldEmbedder
    named: dict[str, str] = field(default_factory=dict)


@contextmanager
def served(home: Path, *, most_questions: int | None = None) -> Iterator[House]:
    """A house with the sample papers."""
    with make_parts(home, FakeGenerator(GOOD_SENTENCE)) as made:
        embedder = HeldEmbedder()
        parts = replace(made, embedder=LazyEmbedder(lambda: embedder))
        app = make_app(parts, warm_up=False, most_questions=most_questions)
        with serving_app(app) as address:
            try:
                yield House(address, app._app, parts, embedder)
            finally:
                embedder.gate.set()


@contextmanager
def full_house(home: Path) -> Iterator[House]:
    """Everything there is, long names and long lists; no job goes on while it stands."""
    open_end = threading.Event()
    home.mkdir(parents=True)
    with ingest_turn(home) as mine, served(home) as house:
        assert mine
        _fill_papers(house, home)
        _fill_drafts(house)
        _fill_upkeep(house)
        _fill_jobs(house)
        _fill_runs(house, open_end)
        try:
            yield house
        finally:
            open_end.set()


@contextmanager
def empty_house(home: Path) -> Iterator[House]:
    """No paper, nothing done, and not one more question may come in."""
    open_end = threading.Event()
    with served(home, most_questions=1) as house:
        store = house.parts.store
        for paper in store.documents(OPERATOR):
            store.delete(OPERATOR, paper.id, who="betrieb")
        inner = house.app.state
        inner.generations = None  # so that one address meets what nobody expects
        other = Access(frozenset({"lvs"}))
        inner.runs.start(Asking("?"), other, lambda tell, cancelled: _held(open_end))
        try:
            yield house
        finally:
            open_end.set()


def _held(open_end: threading.Event) -> Answer:
    open_end.wait()
    return Answer("?", "offen", AnswerStatus.ABSTAINED, "", (), ())


# ------------------------------------------------------------------------- papers, drafts


def _fill_papers(house: House, home: Path) -> None:
    store, folder = house.parts.store, home.parent / "akten"
    pdf = store_file(store, folder / "antrag.pdf", letter())
    gone = store_file(store, folder / "weg.pdf", letter(["Andere Worte auf Seite zwei."]))
    (folder / "weg.pdf").unlink()
    lines = "\n\n".join(f"Absatz {number} über die Leihräder der Museen." for number in range(900))
    long = antrag("lvs", ANTRAG.replace("15/12", "15/92") + lines, nummer=92)
    quality = (
        PageQuality(PageState.GELESEN, 0.9),
        PageQuality(PageState.UNSICHER, 0.6, 0.7),
    )
    shaky = replace(pdf, id="e" * 64, page_quality=quality)
    hidden = motion(99)
    erased = motion(98)
    record = minutes("abgelehnt", Outcome.ABGELEHNT)
    named = Mention(record.id, Drucksachennummer.of(15, 12), find(record.text, "15/12"))
    several = [motion(n) for n in range(100, 100 + MANY)]
    several[0] = replace(several[0], title=LONG_NAME, source=f"akten/{LONG_NAME}.txt")
    store.add([stored(one) for one in (long, shaky, hidden, erased, *several)])
    store.add([stored(record, [named])])
    summaries = store.summaries(OPERATOR, [hidden.id, erased.id])
    hide(house.parts, OPERATOR, summaries[hidden.id], "falsche Fassung")
    deleted = erase_paper(house.parts, OPERATOR, summaries[erased.id], reason="Frist")
    start = pdf.text.index(COST)
    house.named |= {
        "pdf": f"{pdf.id}?von={start}&bis={start + len(COST)}",
        "pdf-seite": f"{pdf.id}/seite/2.png?von={start}&bis={start + len(COST)}",
        "weg": gone.id,
        "lang": long.id,
        "unsicher": f"{shaky.id}?von={start}&bis={start + len(COST)}",
        "unsicher-blatt": shaky.id,
        "text": antrag().id,
        "geschlossen": vorlage().id,
        "verborgen": hidden.id,
        "nachweis": deleted.certificates[0].id,
    }


def motion(number: int) -> Document:
    """A motion of that number."""
    made = antrag("lvs", f"{ANTRAG}\nStück {number}.\n")
    kopf = replace(
        made.kopfdaten, nummer=Reading(Drucksachennummer.of(15, number), find(ANTRAG, "15/12"))
    )
    title = f"Fahrradständer an Haus {number}"
    return replace(made, kopfdaten=kopf, source=f"akten/{number}.txt", title=title)


def keep_draft(parts: Parts, name: str, based_on: int | None = None, **change: object) -> None:
    """Drafts and keeps."""
    auftrag = draft_desk.ordered({**ORDER, **change}, parts.mandant)
    draft_desk.order(parts, auftrag, OPERATOR, keep_as=name, based_on=based_on)


def _fill_drafts(house: House) -> None:
    parts = house.parts
    keep_draft(parts, "raeder")
    sign = {"fassung": 1, "stelle": "Kämmerei", "name": "K. Kern", "zeichen": "mitgezeichnet"}
    draft_changes.sign(parts, OPERATOR, "raeder", ZeichnungBody.model_validate(sign))
    keep_draft(parts, "raeder", based_on=1, beschlussvorschlag="Die Verwaltung baut ab.")
    keep_draft(parts, "kauf", titel="Kauf", quellen=["Vorlage 15/12"], oeffentlich=False)
    points = [f"Zeitplan: Abschnitt {n} beginnt {n} Monate später." for n in range(1, MANY)]
    sources = ["Antrag 15/12", *(f"Antrag 15/{n}" for n in range(100, 108))]
    keep_draft(parts, "lang", titel=LONG_NAME, stichpunkte=points, quellen=sources)
    SavedSearches(parts.home, parts.mandant).keep(LONG_NAME[:60], "q=Leihr%C3%A4der", ())


# --------------------------------------------------------------------- upkeep, jobs


def _fill_upkeep(house: House) -> None:
    parts = house.parts
    for ms, outcome in ((900, Ausgang.BEANTWORTET), (4000, Ausgang.NICHT_BELEGT)):
        parts.audit.append(
            AuditEntry("frage", "betreiber", "lvs", kind="offen", outcome=outcome, ms=ms)
        )
    for day, right in (("01", 30), ("08", 36)):
        run = {
            "form": 1,
            "at": f"2026-03-{day}T10:00:00+00:00",
            "stand": {"Version": "1", "Mandant": "lvs"},
            "sets": {
                "probe": {
                    "figures": {
                        "Ganz richtig": {"count": right, "of": 40},
                        LONG_NAME[:100]: {"count": 40 - right, "of": 40},
                    }
                }
            },
        }
        keep_run(parts.home, "lvs", json.dumps(run))
    for grund in Grund:
        said = feedback_on(ANSWER, 1, "lvs", grund, LONG_NAME, QUESTION)
        place = Stelle(antrag().id, antrag().source, 0, 20)
        FeedbackBook(parts.home).add(replace(said, stellen=(place,)))
    told = "Die Datei ist mit einem Kennwort geschützt."
    for n in range(MANY):
        name = f"akten/{LONG_NAME if n == 0 else n}.pdf"
        at = f"2026-03-{n % 28 + 1:02}T10:00:00+00:00"
        parts.store.quarantine(QuarantineEntry(name, "lvs", "encrypted", told, at))


def _fill_jobs(house: House) -> None:
    book = house.parts.jobs
    folder = house.parts.home.parent / "ablage"
    for n in range(MANY):
        path = JobPath(folder / f"{n}.txt", f"ablage/{LONG_NAME}-{n}.txt")
        job = book.create("lvs", JobOrigin.HOCHGELADEN, [path])
        counts = JobCounts(done=n, total=MANY, indexed=n)
        refused = [JobRefusal(f"{n}.pdf", "damaged", "Die Datei ist beschädigt.")]
        name = {MANY - 3: "fertig", MANY - 2: "fehlgeschlagen", MANY - 1: "laeuft"}.get(n, "")
        if n == MANY - 4:
            name = "wartend"
        elif n == MANY - 1:
            assert book.begin(job.id)
            book.note(job.id, counts, 3.0)
        elif n == MANY - 2:
            told = ("store_full", "Der Datenträger ist voll. Bitte schaffen Sie Platz.")
            book.end(job.id, JobState.FEHLGESCHLAGEN, counts, 3.0, refused, told)
        else:
            book.end(job.id, JobState.FERTIG, counts, 3.0, refused)
        house.named |= {f"auftrag-{name}": job.id}


# ------------------------------------------------------------------------- questions


def _fill_runs(house: House, open_end: threading.Event) -> None:
    runs: Runs = house.app.state.runs
    cited = cited_forty_times()

    def start(
        name: str, text: str, work: Callable[[Tell, Cancelled], Answer], ended: bool = True
    ) -> Run:
        run = runs.start(Asking(text), OPERATOR, work)
        run.stopped = name == "angehalten"
        until = time.monotonic() + ENDED_S
        while ended and run.running and time.monotonic() < until:
            time.sleep(0.01)
        assert run.running != ended, name
        house.named |= {name: run.ident}
        return run

    def asked(name: str, text: str, before: Reference | None = None) -> None:
        asking = Asking(text, before=before)
        start(name, text, work_of(house.parts, asking, OPERATOR))

    def fails(error: Exception) -> Callable[[Tell, Cancelled], Answer]:
        def work(tell: Tell, cancelled: Cancelled) -> Answer:
            raise error

        return work

    asked("antwort", EXACT_QUESTION)
    asked("modell", OPEN_QUESTION)
    asked("bezogen", "Wer hat das beantragt?", Reference(("Antrag 15/12",), "status"))
    asked("liste", "Anträge der SPD, beschlossen, seit 2020")
    asked("schweigt", "Wie viele Zeppeline gab es 1919?")
    asked("rueckfrage", "Wurde 15/12 beschlossen?")
    start("fehler", OPEN_QUESTION, fails(GeneratorError("Das Sprachmodell antwortet nicht.")))
    start("stoerung", OPEN_QUESTION, fails(RuntimeError("unerwartet")))
    start("lange-antwort", LONG_NAME, lambda tell, _: _long(tell, cited))
    forgotten = start("vergessen", OPEN_QUESTION, lambda tell, _: _long(tell, cited))
    forgotten.forget()
    start("angehalten", OPEN_QUESTION, lambda tell, cancelled: _stopped(tell, cited, cancelled))
    start("sucht", OPEN_QUESTION, lambda tell, _: _held(open_end), ended=False)
    start("stroemt", OPEN_QUESTION, lambda tell, _: _streamed(tell, cited, open_end), ended=False)


def cited_forty_times() -> tuple[Citation, ...]:
    """One place of the sample motion under forty numbers."""
    paper = antrag()
    words = "Der Betrieb der Leihräder kostet 48.000 Euro im Jahr."
    return tuple(cite(n, paper, find(paper.text, words)) for n in range(1, 41))


def _long(tell: Tell, cited: Sequence[Citation]) -> Answer:
    labels = list(Label)
    claims = tuple(
        Claim(GOOD_SENTENCE[:-5] + ".", labels[n % len(labels)], (n,), ("Nicht geprüft.",))
        for n in range(1, len(cited) + 1)
    )
    tell("evidence", tuple(cited))
    return Answer(
        LONG_NAME, "offen", AnswerStatus.ANSWERED, "", claims, tuple(cited), notes=("Lücke.",) * 9
    )


def _streamed(tell: Tell, cited: Sequence[Citation], open_end: threading.Event) -> Answer:
    _tell_some(tell, cited)
    return _held(open_end)


def _stopped(tell: Tell, cited: Sequence[Citation], cancelled: Cancelled) -> Answer:
    _tell_some(tell, cited)
    while not cancelled():
        time.sleep(0.01)
    return Answer("?", "offen", AnswerStatus.ABSTAINED, "", (), ())


def _tell_some(tell: Tell, cited: Sequence[Citation]) -> None:
    understood = {"kind": "liste", "filters": ["CDU"], "without": ["Alle"], "refers_to": ["15/12"]}
    tell("understood", understood)
    tell("evidence", tuple(cited[:4]))
    for citation in cited[:2]:
        claim = Claim(GOOD_SENTENCE[:-5] + ".", Label.BELEGT, (citation.number,))
        tell("claim", (claim, (citation,)))
