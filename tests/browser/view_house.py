"""Houses in which every view of the surface has something to show, or nothing, or no room left."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from assistant import draft_changes, draft_desk
from assistant.audit import AuditEntry, Ausgang
from assistant.embedders import LazyEmbedder
from assistant.feedback import FeedbackBook, Grund, Stelle, feedback_on
from assistant.searching.saved import SavedSearches
from assistant.upkeep.kept_runs import keep_run
from assistant.upkeep.paper_life import erase_paper, hide
from assistant.web.application import make_app
from assistant.web.run import Asking
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
from tests.browser.sight import serving_app
from tests.browser.view_runs import LONG_NAME, OPERATOR, fill_runs, held
from tests.document_records import COST, letter, store_file
from tests.sample_records import (
    ANTRAG,
    GOOD_SENTENCE,
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

ORDER: dict[str, object] = {
    "titel": "Leihräder: Ausbau",
    "stichpunkte": ["Der Betrieb soll ausgebaut werden.", "Zeitplan: Beginn ist im Juni 2027."],
    "beschlussvorschlag": "Die Verwaltung baut den Betrieb der Leihräder aus.",
    "quellen": ["Antrag 15/12"],
    "bearbeitung": "M. Muster",
}
MANY = 22


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
        house.named |= fill_runs(house.parts, house.app.state.runs, open_end)
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
        inner.runs.start(Asking("?"), other, lambda tell, cancelled: held(open_end))
        try:
            yield house
        finally:
            open_end.set()


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
    points = [f"Zeitplan: Abschnitt {n} beginnt {n} Monate später." for n in range(1, 8)]
    sources = ["Antrag 15/12", *(f"Antrag 15/{n}" for n in range(100, 103))]
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
