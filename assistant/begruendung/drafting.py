"""From an Auftrag to a draft, without a model.

Every sentence is cut from a source, written by a fixed frame around recorded fields, the user's
own, or a placeholder. The sections are those of the Mandant's template, in its order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from assistant.begruendung.checked import checked_sections
from assistant.begruendung.course import (
    write_course,
    write_enclosures,
    write_schedule,
    write_stations,
)
from assistant.begruendung.effects import write_finances, write_inclusion
from assistant.begruendung.occasion import write_anlass
from assistant.begruendung.own_words import Place, doubts, places_of, write_own
from assistant.begruendung.paragraphs import (
    HEADLESS,
    OFFICE,
    PLACEHOLDER,
    Material,
    missing,
    own,
    to_check,
)
from assistant.begruendung.sources import chosen_papers, draft_access, strictest
from assistant.begruendung.types import Absatz, Auftrag, DraftSection, Entwurf
from assistant.begruendung.weighing import write_law, write_weighing
from assistant.errors import InputInvalid
from assistant.hausregeln import Abschnitt, read_hausregeln
from assistant.records.supplements import Supplements
from assistant.types import Citation
from index.store import Store
from index.types import Access, Schutzstufe
from index.visibility import UNTITLED

Writer = Callable[[Material, Abschnitt], Iterator[Absatz]]
WRITERS: dict[str, Writer] = {
    "anlass": write_anlass,
    "sachverhalt": write_course,
    "rechtsgrundlage": write_law,
    "bewertung": write_weighing,
    "finanzen": write_finances,
    "inklusion": write_inclusion,
    "zeitplan": write_schedule,
    "beratungsfolge": write_stations,
    "anlagen": write_enclosures,
}
"""By key of the section; for any other there is the user's own words and a placeholder."""
PROPOSAL = "beschlussvorschlag"


def draft(
    store: Store,
    access: Access,
    auftrag: Auftrag,
    *,
    home: Path | None = None,
    today: date | None = None,
) -> Entwurf:
    """Drafts what is ordered from the chosen sources, checked before it is given out.

    Raises:
        InputInvalid: no source is chosen, a number fits several papers, or a public draft would
            rest on a closed source.
        NotFound: a source is none that `access` may see.
        SettingsInvalid: the Mandant's rules cannot be read.
    """
    if not auftrag.quellen:
        raise InputInvalid("Der Auftrag nennt keine Quellen; ohne sie wird nichts entworfen.")
    papers = chosen_papers(store, access, auftrag)
    usable = draft_access(access, auftrag)
    material = Material(
        store=store,
        access=usable,
        auftrag=auftrag,
        papers=papers,
        rules=read_hausregeln(home, auftrag.mandant),
        home=home,
        supplements=Supplements(store, usable),
    )
    places = places_of(material)
    written = [
        DraftSection(section, tuple(_section(material, section, places)))
        for section in material.rules.abschnitte
    ]
    sections, replaced = checked_sections(written, material.ledger.citations)
    sections, citations = renumbered(sections, material.ledger.citations)
    schutz = strictest(store, auftrag.mandant, papers, citations)
    if auftrag.oeffentlich and schutz is not Schutzstufe.OEFFENTLICH:
        raise InputInvalid(
            "Eine Quelle wurde während des Entwerfens nichtöffentlich. Bitte entwerfen Sie neu."
        )
    return Entwurf(
        titel=auftrag.titel,
        mandant=auftrag.mandant,
        tag=today or date.today(),
        abschnitte=sections,
        citations=citations,
        schutz=schutz,
        offen=open_points(sections),
        bearbeitung=auftrag.bearbeitung,
        index_generation=store.generation(access),
        ersetzt=replaced,
    )


def open_points(sections: Sequence[DraftSection]) -> tuple[str, ...]:
    """Every placeholder in the text, each once, in order."""
    texts = (absatz.text for section in sections for absatz in section.absaetze)
    return tuple(dict.fromkeys(found for text in texts for found in PLACEHOLDER.findall(text)))


def _section(material: Material, section: Abschnitt, places: Sequence[Place]) -> Iterator[Absatz]:
    if section.schluessel == PROPOSAL:
        yield from _proposal(material, section, places)
    said = tuple(write_own(material, section, places))
    yield from said
    writer = WRITERS.get(section.schluessel)
    if writer is not None:
        yield from writer(material, section)
    elif section.schluessel != PROPOSAL and said:
        yield to_check(f"{section.titel} – zuständig: {section.zustaendig or OFFICE}")
    elif section.schluessel != PROPOSAL:
        yield missing(section.titel, section)


def _proposal(material: Material, section: Abschnitt, places: Sequence[Place]) -> Iterator[Absatz]:
    """The user's words, a paragraph a line; nobody else's ever stand here."""
    lines = [" ".join(line.split()) for line in material.auftrag.beschlussvorschlag.splitlines()]
    for line in filter(None, lines):
        yield own(line)
        yield from doubts(material, line, places, own_days=True)
    if not any(lines):
        yield missing("Beschlussvorschlag (wer, was, bis wann)", section)


def renumbered(
    sections: Sequence[DraftSection], citations: Sequence[Citation]
) -> tuple[tuple[DraftSection, ...], tuple[Citation, ...]]:
    """The citations that are still used, numbered in the order in which the text uses them."""
    by_number = {citation.number: citation for citation in citations}
    used = dict.fromkeys(
        n for section in sections for absatz in section.absaetze for n in absatz.citations
    )
    new = {old: number for number, old in enumerate(used, start=1)}
    kept = tuple(_renamed(by_number[old], number) for old, number in new.items())
    moved = tuple(
        replace(
            section,
            absaetze=tuple(
                replace(absatz, citations=tuple(new[n] for n in absatz.citations))
                for absatz in section.absaetze
            ),
        )
        for section in sections
    )
    return moved, kept


def _renamed(citation: Citation, number: int) -> Citation:
    place = citation.fundstelle.replace(UNTITLED, HEADLESS)
    return replace(citation, number=number, fundstelle=place)
