"""Working on a draft: its paragraphs shorter, clearer, easier, as points, or with precedents.

By rules; a generator may propose, and only what says the same word for word is taken. A paragraph
that would lose or gain anything stays as it was, and why is said. Placeholders are never touched,
the Beschlussvorschlag only where it is asked for by name.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from assistant.begruendung.checked import problems
from assistant.begruendung.drafting import PROPOSAL, open_points, renumbered
from assistant.begruendung.paragraphs import Material
from assistant.begruendung.rewording.precedents import HEAD, NONE, write_precedent
from assistant.begruendung.rewording.proposing import Proposer
from assistant.begruendung.rewording.types import Abgelehnt, Umarbeitung, Umgearbeitet
from assistant.begruendung.rewording.working import Work
from assistant.begruendung.sources import draft_access, strictest
from assistant.begruendung.types import Auftrag, DraftSection, Entwurf
from assistant.errors import InputInvalid, NotFound
from assistant.fundstelle import Ledger
from assistant.hausregeln import read_hausregeln
from assistant.records.supplements import Supplements
from assistant.types import Citation
from index.store import Store
from index.types import Access, Schutzstufe
from models.generator import Generator

__all__ = ["Abgelehnt", "Umarbeitung", "Umgearbeitet", "rewrite"]

JUDGED = "bewertung"
"""The section that precedents are put into where none is named."""
_KNOWN = "Der Präzedenzfall steht schon in diesem Abschnitt."
_NOT_HERE = (
    "In den Beschlussvorschlag gehört kein Präzedenzfall. Bitte nennen Sie einen anderen Abschnitt."
)


def rewrite(
    entwurf: Entwurf,
    art: Umarbeitung,
    *,
    store: Store,
    access: Access,
    home: Path | None,
    schluessel: str | None = None,
    absatz: int | None = None,
    generator: Generator | None = None,
) -> Umgearbeitet:
    """Rewrites a draft, a section or a paragraph of it.

    Args:
        entwurf: the draft; it is not changed.
        art: what is to become of it.
        store: where its sources are.
        access: what the person who rewrites may see.
        home: where the Mandant's rules are.
        schluessel: the key of a section; None for all but the Beschlussvorschlag.
        absatz: a paragraph of that section, from 1; None for all.
        generator: may propose; None leaves it to the rules alone.

    Raises:
        InputInvalid: a paragraph is named without its section, or precedents for the
            Beschlussvorschlag.
        NotFound: there is no such section or paragraph.
        SettingsInvalid: the Mandant's rules cannot be read.
    """
    _look_up(entwurf, schluessel, absatz)
    if art is Umarbeitung.PRAEZEDENZFALL:
        return _with_precedents(entwurf, store, access, home, schluessel, absatz)
    work = Work(art, entwurf.citations, Proposer(generator))
    sections: list[DraftSection] = []
    changed = 0
    refused: list[Abgelehnt] = []
    for section in entwurf.abschnitte:
        key = section.abschnitt.schluessel
        if key != schluessel and (schluessel is not None or key == PROPOSAL):
            sections.append(section)
            continue
        place = None if absatz is None else absatz - 1
        done = work.section(section.absaetze, place)
        sections.append(replace(section, absaetze=tuple(dict.fromkeys(done.absaetze))))
        changed += done.changed
        refused += [Abgelehnt(key, at + 1, why) for at, why in sorted(done.refused.items())]
    took_part = generator is not None and work.proposer.took_part
    named = generator.generator_id if generator is not None and took_part else None
    new = _finished(entwurf, sections, entwurf.citations, store, named)
    return Umgearbeitet(new, changed, tuple(refused))


def _look_up(entwurf: Entwurf, schluessel: str | None, absatz: int | None) -> None:
    if schluessel is None:
        if absatz is not None:
            raise InputInvalid("Bitte nennen Sie zum Absatz auch den Abschnitt.")
        return
    found = [s for s in entwurf.abschnitte if s.abschnitt.schluessel == schluessel]
    if not found:
        known = ", ".join(s.abschnitt.schluessel for s in entwurf.abschnitte)
        raise NotFound(f"Den Abschnitt »{schluessel}« gibt es hier nicht. Vorhanden sind: {known}.")
    if absatz is not None and not 1 <= absatz <= len(found[0].absaetze):
        raise NotFound(
            f"Den Absatz {absatz} gibt es im Abschnitt »{schluessel}« nicht; er hat "
            f"{len(found[0].absaetze)}."
        )


def _finished(
    entwurf: Entwurf,
    sections: Sequence[DraftSection],
    citations: Sequence[Citation],
    store: Store,
    generator_id: str | None,
) -> Entwurf:
    """The draft with new sections, its citations numbered anew and its level looked up anew."""
    same = tuple(sections) == entwurf.abschnitte
    moved, kept = (
        (entwurf.abschnitte, entwurf.citations) if same else renumbered(sections, citations)
    )
    schutz = strictest(store, entwurf.mandant, (), kept)
    if entwurf.schutz is Schutzstufe.NICHTOEFFENTLICH:
        schutz = entwurf.schutz
    return replace(
        entwurf,
        abschnitte=moved,
        citations=kept,
        schutz=schutz,
        offen=open_points(moved),
        generator_id=generator_id or entwurf.generator_id,
    )


def _with_precedents(
    entwurf: Entwurf,
    store: Store,
    access: Access,
    home: Path | None,
    schluessel: str | None,
    absatz: int | None,
) -> Umgearbeitet:
    """The draft with the decided precedents behind a paragraph or at the end of a section."""
    if schluessel == PROPOSAL:
        raise InputInvalid(_NOT_HERE)
    at = _place_of(entwurf, schluessel)
    section = entwurf.abschnitte[at]
    behind = len(section.absaetze) if absatz is None else absatz
    if any(known.text in (HEAD, NONE) for known in section.absaetze):
        return Umgearbeitet(entwurf, 0, (Abgelehnt(section.abschnitt.schluessel, behind, _KNOWN),))
    # A draft that is public stays so, whoever works on it.
    public = entwurf.schutz is Schutzstufe.OEFFENTLICH
    auftrag = Auftrag(entwurf.titel, entwurf.mandant, (), (), oeffentlich=public)
    usable = draft_access(access, auftrag)
    material = Material(
        store=store,
        access=usable,
        auftrag=auftrag,
        papers=(),
        rules=read_hausregeln(home, entwurf.mandant),
        home=home,
        supplements=Supplements(store, usable),
        ledger=Ledger(list(entwurf.citations)),
    )
    known = frozenset(citation.document_id for citation in entwurf.citations)
    quoted = material.ledger.citations
    added = [
        new
        for new in write_precedent(material, section.abschnitt, known)
        if not any(problems(new, [quoted[n - 1].quote for n in new.citations]))
    ]
    absaetze = (*section.absaetze[:behind], *added, *section.absaetze[behind:])
    sections = list(entwurf.abschnitte)
    sections[at] = replace(section, absaetze=absaetze)
    new = _finished(entwurf, sections, quoted, store, None)
    return Umgearbeitet(new, len(added), ())


def _place_of(entwurf: Entwurf, schluessel: str | None) -> int:
    """The named section; without a name the one that judges, else the last."""
    keys = [section.abschnitt.schluessel for section in entwurf.abschnitte]
    wanted = schluessel or (JUDGED if JUDGED in keys else keys[-1])
    return keys.index(wanted)
