"""Papers by the words of a question: those whose title or subject holds every one of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from assistant.records.absent import MinuteEntry, entry_of, movers_of
from assistant.understanding.bodies import is_short_for
from assistant.understanding.same_words import Way, is_held, stands, ways_to_say
from assistant.understanding.status_question import NamedPaper
from index.german import terms
from index.store import Store
from index.types import Access, DocumentSummary, Drucksachennummer, Kopfdaten
from ingest.papers.fraktionen import normalise_fraktion

DEPTH = 2000
"""Passages; a title is found with each passage of its paper, so those that hold all words lead."""
_DECIDED_ON = re.compile(r"antrag|vorlage|resolution", re.IGNORECASE)
_NARROWER = re.compile(r"\A(?:haushalts|änderungs|ergänzungs|dringlichkeits|mitteilungs)")
_REPORT = re.compile(
    r"(?:\w*bericht\w*|sachstand\w*|entwicklung|stand|mitteilung\w*|beantwortung|bilanz|"
    r"ergebnisse|übersicht|information\w*)\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A paper that may be meant: on file, or known from minutes alone (`entry`)."""

    number: Drucksachennummer
    art: str
    mandant: str
    titles: list[str] = field(default_factory=list)
    bodies: set[str] = field(default_factory=set)
    movers: set[str] = field(default_factory=set)
    years: set[int] = field(default_factory=set)
    day: str = ""
    entry: MinuteEntry | None = None
    summary: DocumentSummary | None = None

    @property
    def reference(self) -> str:
        """Kind and number, as a question would name it: "Antrag 15/127"."""
        return f"{self.art or 'Drucksache'} {self.number}"

    @property
    def title(self) -> str:
        """The title that is shown."""
        return " ".join(self.titles[0].split()) if self.titles else ""


def papers_named(store: Store, access: Access, named: NamedPaper) -> list[Candidate]:
    """The papers that fit all that a question says of one, the latest first.

    An Ergänzung is left out where the paper that it extends is among them.
    """
    query = " ".join(word for way in ways_to_say(named.words) for word in way)
    hits = store.keyword_search(access, query, DEPTH)
    ids = list(dict.fromkeys(hit.passage.document_id for hit in hits))
    found = store.summaries(access, ids)
    valid = [s for id_ in ids if (s := found.get(id_)) is not None and s.superseded_by is None]
    fitting = [c for c in _candidates(store, access, valid, named) if _fits(c, named)]
    stems = {(c.mandant, c.number.stem) for c in fitting if c.number.ergaenzung is None}
    kept = [
        c for c in fitting if c.number.ergaenzung is None or (c.mandant, c.number.stem) not in stems
    ]
    return sorted(kept, key=lambda c: (c.day, c.reference), reverse=True)


def _candidates(
    store: Store, access: Access, found: Sequence[DocumentSummary], named: NamedPaper
) -> Iterable[Candidate]:
    """The papers among what was found, each with what minutes among it call it."""
    by_number: dict[tuple[str, Drucksachennummer], list[Candidate]] = {}
    for summary in found:
        if (paper := _on_file(summary)) is not None:
            by_number.setdefault((paper.mandant, paper.number), []).append(paper)
    known = set(store.numbers(access))
    for summary in found:
        for beschluss in summary.kopfdaten.beschluesse:
            for number in beschluss.drucksachen if beschluss.titel else ():
                key = (summary.mandant, number)
                if number in known:
                    for paper in by_number.get(key, []) if beschluss.gegenstand == "" else ():
                        paper.titles.append(beschluss.titel)
                    continue
                if not _holds([beschluss.titel], named.words, _names(summary.kopfdaten)):
                    continue
                minutes = store.document(access, summary.id)
                entry = entry_of(minutes, beschluss, number) if minutes else None
                if entry is not None:
                    _add_entry(by_number.setdefault(key, []), entry)
    return [paper for papers in by_number.values() for paper in papers]


def _on_file(summary: DocumentSummary) -> Candidate | None:
    kopf = summary.kopfdaten
    art = kopf.art.value if kopf.art else ""
    if kopf.nummer is None or not _DECIDED_ON.search(art):
        return None
    subject = kopf.tagesordnungspunkt
    stations = [station.datum for station in kopf.beratungsfolge if station.datum]
    days = [*([kopf.datum.value] if kopf.datum else []), *stations]
    return Candidate(
        number=kopf.nummer.value,
        art=art,
        mandant=summary.mandant,
        titles=[summary.title, *([subject.value] if subject else [])],
        bodies=_names(kopf),
        movers={normalise_fraktion(mover.value) for mover in kopf.antragsteller},
        years={day.year for day in days},
        day=kopf.datum.value.isoformat() if kopf.datum else "",
        summary=summary,
    )


def _names(kopf: Kopfdaten) -> set[str]:
    """The bodies that a paper goes through, or that minutes are of."""
    names = {station.gremium for station in kopf.beratungsfolge}
    return names | ({kopf.gremium.value} if kopf.gremium else set())


def _add_entry(papers: list[Candidate], entry: MinuteEntry) -> None:
    """Notes what an item says of a paper that is not on file."""
    same = next((p for p in papers if p.art == entry.art), None)
    if same is None:
        same = Candidate(entry.number, entry.art, entry.minutes.mandant, day=entry.day, entry=entry)
        papers.append(same)
    same.titles.append(entry.beschluss.titel)
    same.bodies.update(_names(entry.minutes.kopfdaten))
    same.movers.update(movers_of(entry))
    if entry.day:
        same.years.add(int(entry.day[:4]))


def _fits(paper: Candidate, named: NamedPaper) -> bool:
    if named.wahlperiode not in (None, paper.number.wahlperiode):
        return False
    if not set(named.fraktionen) <= paper.movers or not _is_of_years(paper, named.years):
        return False
    if named.art is None and _is_report(paper, named.words):
        return False
    if named.art and not _is_called(paper.art.lower(), named.art):
        return False
    return _holds(paper.titles, named.words, paper.bodies)


def _is_of_years(paper: Candidate, years: Sequence[int]) -> bool:
    """Whether each year is the paper's; one that its title names counts before its date."""
    titled = {int(year) for title in paper.titles for year in _YEAR.findall(title)}
    return set(years) <= (titled or paper.years)


def _is_report(paper: Candidate, words: Sequence[str]) -> bool:
    """Whether a paper reports on a matter: what became of the report is not what became of it."""
    report = _REPORT.match(paper.title)
    return report is not None and not any(is_held(word, set(terms(report[0]))) for word in words)


def _is_called(art: str, asked: str) -> bool:
    """Whether a paper of this kind is an "antrag", a "vorlage"; a narrower word has to be its."""
    return art == asked if _NARROWER.match(asked) else art.endswith(asked)


def _holds(titles: Sequence[str], words: Sequence[str], bodies: Iterable[str]) -> bool:
    """Whether titles and names of bodies hold every word, and titles at least one."""
    held = set(terms("\n".join(titles)))
    around, ways = list(bodies), ways_to_say(words)
    in_title = [any(stands(other, held) for other in way) for way in ways]
    return any(in_title) and all(
        inside or _is_body(way, around) for inside, way in zip(in_title, ways, strict=True)
    )


def _is_body(way: Way, bodies: Sequence[str]) -> bool:
    """Whether a word stands in the name of one of these bodies, or is short for one."""
    held = set(terms("\n".join(bodies)))
    return any(stands(other, held) for other in way) or any(
        is_short_for(way[0], body) for body in bodies
    )
