"""A kept draft as the workbench shows it: its text in pieces, its sources, what is open."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.audit import OPERATOR
from assistant.begruendung.choice import Kandidat, candidates
from assistant.begruendung.drafting import PROPOSAL
from assistant.begruendung.paragraphs import PLACEHOLDER
from assistant.begruendung.types import Herkunft
from assistant.begruendung.visible import Seen
from assistant.begruendung.whose import whose
from assistant.draft_shelf import history, show, visible
from assistant.errors import NotFound
from assistant.excerpt import ExcerptWire, excerpt
from assistant.wire.answers import CitationWire, citation_wire
from assistant.wire.entwurf import AbsatzWire
from assistant.wire.kept import AbgelegtWire, FassungWire
from assistant.wiring import Parts
from index.types import Access, Document, Schutzstufe


@dataclass(frozen=True, slots=True)
class Stueck:
    """Words of a paragraph; `offen` is the number of the open point that they are, from 1."""

    text: str
    offen: int | None = None


@dataclass(frozen=True, slots=True)
class Absatzbild:
    """A paragraph to be shown; `nummer` counts within its section from 1."""

    anker: str
    nummer: int
    stuecke: tuple[Stueck, ...]
    herkunft: str
    wessen: str
    citations: tuple[int, ...]

    @property
    def reworkable(self) -> bool:
        """Whether it can be rewritten: placeholders never are."""
        return self.herkunft != Herkunft.PLATZHALTER.value


@dataclass(frozen=True, slots=True)
class Abschnittsbild:
    """A section to be shown."""

    schluessel: str
    titel: str
    pflicht: bool
    absaetze: tuple[Absatzbild, ...]

    @property
    def takes_precedents(self) -> bool:
        """Whether precedents may be put into it."""
        return self.schluessel != PROPOSAL


@dataclass(frozen=True, slots=True)
class Quellenbild:
    """A source of a draft, with the numbers under which it is cited."""

    kandidat: Kandidat
    belege: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Werkbank:
    """All that the workbench shows.

    Attributes:
        gewaehlt: the papers that the draft was ordered from, or got as precedents.
        weitere: other papers that it quotes, by name and number.
        offen: the open points in the order of the text, each with where it stands first.
    """

    kept: AbgelegtWire
    abschnitte: tuple[Abschnittsbild, ...]
    gewaehlt: tuple[Quellenbild, ...]
    weitere: tuple[Quellenbild, ...]
    offen: tuple[tuple[int, str, str], ...]
    fassungen: tuple[FassungWire, ...]
    war_oeffentlich: bool


@dataclass(frozen=True, slots=True)
class Belegbild:
    """One Beleg in its surroundings, with the paragraphs that rest on it."""

    citation: CitationWire
    stelle: ExcerptWire
    absaetze: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Absatzort:
    """A paragraph that can be rewritten, and where it stands."""

    fassung: int
    schluessel: str
    titel: str
    nummer: int
    takes_precedents: bool


def workbench(
    parts: Parts, access: Access, name: str, number: int | None = None, *, who: str = OPERATOR
) -> Werkbank:
    """A version as `access` may see it now, the last one unless told.

    Raises:
        NotFound, InputInvalid, AuditUnwritable: as for `draft_shelf.show`.
    """
    kept = show(parts, access, name, number, who=who)
    now = visible(parts, access, name, kept.fassung.fassung)
    sections = tuple(_sections(kept))
    chosen, others = _sources(parts, access, now)
    first: dict[int, str] = {}
    for section in sections:
        for absatz in section.absaetze:
            for piece in absatz.stuecke:
                if piece.offen:
                    first.setdefault(piece.offen, absatz.anker)
    return Werkbank(
        kept=kept,
        abschnitte=sections,
        gewaehlt=chosen,
        weitere=others,
        offen=tuple(
            (at, text, first.get(at, "")) for at, text in enumerate(kept.entwurf.offen, start=1)
        ),
        fassungen=tuple(reversed(history(parts, access, name).fassungen)),
        war_oeffentlich=now.opened_as is Schutzstufe.OEFFENTLICH,
    )


def evidence(parts: Parts, access: Access, name: str, number: int | None, beleg: int) -> Belegbild:
    """One Beleg of a version, with the words around it.

    Raises:
        NotFound: there is no such version or Beleg that `access` may see.
    """
    now = visible(parts, access, name, number)
    found = next((one for one in now.entwurf.citations if one.number == beleg), None)
    document = parts.store.document(access, found.document_id) if found else None
    if found is None or document is None:
        raise NotFound(f"Einen Beleg {beleg} gibt es in dieser Fassung nicht.")
    used = tuple(
        (anchor(section.abschnitt.schluessel, at), f"{section.abschnitt.titel}, {at}. Absatz")
        for section in now.entwurf.abschnitte
        for at, absatz in enumerate(section.absaetze, start=1)
        if beleg in absatz.citations
    )
    place = excerpt(document, found.span.start, found.span.end)
    return Belegbild(citation_wire(found), place, used)


def paragraph(parts: Parts, access: Access, name: str, number: int | None, anker: str) -> Absatzort:
    """The paragraph with that anchor.

    Raises:
        NotFound: there is no such version or paragraph that `access` may see and rewrite.
    """
    now = visible(parts, access, name, number)
    for section in now.entwurf.abschnitte:
        key = section.abschnitt.schluessel
        for at, absatz in enumerate(section.absaetze, start=1):
            if anchor(key, at) == anker and absatz.herkunft is not Herkunft.PLATZHALTER:
                titel = section.abschnitt.titel
                return Absatzort(now.version.number, key, titel, at, key != PROPOSAL)
    raise NotFound("Diesen Absatz gibt es in dieser Fassung nicht. Bitte laden Sie die Seite neu.")


def order_of(parts: Parts, access: Access, name: str) -> tuple[dict[str, object], int]:
    """The fields of an Auftrag that the last version could come from, and its number.

    Raises:
        NotFound: there is none that `access` may see.
    """
    now = visible(parts, access, name)
    entwurf, points, proposal = now.entwurf, list[str](), list[str]()
    for section in entwurf.abschnitte:
        for absatz in section.absaetze:
            if absatz.herkunft is not Herkunft.EIGEN:
                continue
            if section.abschnitt.schluessel == PROPOSAL:
                proposal.append(absatz.text)
            else:
                points.append(f"{section.abschnitt.titel}: {' '.join(absatz.text.split())}")
    chosen = candidates(parts.store, access, _documents(parts, access, now.version.quellen))
    fields: dict[str, object] = {
        "titel": entwurf.titel,
        "stichpunkte": points,
        "beschlussvorschlag": "\n".join(proposal),
        "quellen": [one.quelle for one in chosen if one.quelle],
        "oeffentlich": now.opened_as is Schutzstufe.OEFFENTLICH,
        "bearbeitung": entwurf.bearbeitung,
    }
    return fields, now.version.number


def anchor(schluessel: str, nummer: int) -> str:
    """The id of a paragraph on the page."""
    return f"abs-{schluessel}-{nummer}"


def _sections(kept: AbgelegtWire) -> Iterator[Abschnittsbild]:
    numbered = {text: at for at, text in enumerate(kept.entwurf.offen, start=1)}
    for section in kept.entwurf.abschnitte:
        yield Abschnittsbild(
            schluessel=section.schluessel,
            titel=section.titel,
            pflicht=section.pflicht,
            absaetze=tuple(
                _paragraph(section.schluessel, at, absatz, numbered)
                for at, absatz in enumerate(section.absaetze, start=1)
            ),
        )


def _paragraph(key: str, at: int, absatz: AbsatzWire, numbered: dict[str, int]) -> Absatzbild:
    return Absatzbild(
        anker=anchor(key, at),
        nummer=at,
        stuecke=tuple(_pieces(absatz.text, numbered)),
        herkunft=absatz.herkunft,
        wessen=whose(absatz.text, absatz.herkunft),
        citations=tuple(absatz.citations),
    )


def _pieces(text: str, numbered: dict[str, int]) -> Iterator[Stueck]:
    end = 0
    for found in PLACEHOLDER.finditer(text):
        if found.start() > end:
            yield Stueck(text[end : found.start()])
        yield Stueck(found.group(), numbered.get(found.group()))
        end = found.end()
    if end < len(text):
        yield Stueck(text[end:])


def _sources(
    parts: Parts, access: Access, now: Seen
) -> tuple[tuple[Quellenbild, ...], tuple[Quellenbild, ...]]:
    numbers: dict[str, list[int]] = {}
    for citation in now.entwurf.citations:
        numbers.setdefault(citation.document_id, []).append(citation.number)
    chosen = set(now.version.quellen)
    papers = _documents(parts, access, [*now.version.quellen, *numbers])
    found = [
        Quellenbild(one, tuple(numbers.get(one.document_id, ())))
        for one in candidates(parts.store, access, papers)
    ]
    return (
        tuple(one for one in found if one.kandidat.document_id in chosen),
        tuple(one for one in found if one.kandidat.document_id not in chosen),
    )


def _documents(parts: Parts, access: Access, ids: Sequence[str]) -> list[Document]:
    """The papers of these ids that `access` may see, each once."""
    found = (parts.store.document(access, one) for one in dict.fromkeys(ids))
    return [paper for paper in found if paper is not None]
