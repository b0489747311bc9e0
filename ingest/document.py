"""From a parsed file to a document that is ready to be stored, but for its vectors."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from index.types import Document, Mention, Passage, Schutzstufe
from ingest.begleitdaten import Begleitdaten, plain
from ingest.blocks import Parsed
from ingest.canonical import canonical_text, clean
from ingest.chunk import chunk, embedding_text, keyword_text
from ingest.errors import NoText
from ingest.expressions import find_references
from ingest.intake import Intake
from ingest.likeness import fingerprint
from ingest.mend import mend
from ingest.papers.checkboxes import read_checkboxes
from ingest.papers.kopfdaten import read_kopfdaten
from ingest.papers.profile import Profile, detect_profile
from ingest.papers.provisions import read_geltung, read_provisions
from ingest.papers.statements import attach
from ingest.papers.structure import head_end, read_sections
from ingest.papers.tables import read_tables
from ingest.papers.title import read_title
from ingest.papers.visibility import settle


@dataclass(frozen=True, slots=True)
class Prepared:
    """A document with all that the store wants of it; the texts are parallel to `passages`."""

    document: Document
    passages: tuple[Passage, ...]
    keyword_texts: tuple[str, ...]
    embedding_texts: tuple[str, ...]
    mentions: tuple[Mention, ...]
    fingerprint: str = ""

    def superseding(self, document_id: str | None) -> Prepared:
        """The same as a new version of another document."""
        return replace(self, document=replace(self.document, supersedes=document_id))


def read_document(
    intake: Intake,
    parsed: Parsed,
    mandant: str,
    profile: Profile | None = None,
    begleitdaten: Begleitdaten | None = None,
) -> Document:
    """Canonical text, sections, header fields and visibility of one file.

    A file is closed unless its own header, or what is stated beside it, declares it public.

    Raises:
        NoText: nothing readable is left.
    """
    canonical = canonical_text(mend(parsed))
    if not any(character.isalnum() for character in canonical.text):
        raise NoText
    profile = profile or detect_profile(canonical.text)
    stated = begleitdaten.oeffentlich if begleitdaten else None
    sections = read_sections(canonical.text, canonical.blocks, profile, stated=stated)
    kopfdaten = read_kopfdaten(canonical.text, sections, profile)
    stated_title = plain(begleitdaten.titel or "") if begleitdaten else ""
    title = stated_title or read_title(canonical.text, sections, kopfdaten)
    head = canonical.text[: head_end(canonical.text, sections)]
    public = settle(kopfdaten.oeffentlich, head, stated)
    document = Document(
        id=intake.sha256,
        mandant=mandant,
        source=intake.source,
        media_type=intake.media_type,
        title=title or clean(parsed.title) or Path(intake.source).stem,
        text=canonical.text,
        pages=canonical.pages,
        sections=sections,
        kopfdaten=kopfdaten,
        visibility=Schutzstufe.OEFFENTLICH if public else Schutzstufe.NICHTOEFFENTLICH,
        parser=parsed.parser,
        warnings=parsed.warnings,
        tables=read_tables(
            canonical.text, canonical.blocks, [item.span for item in kopfdaten.beratungsfolge]
        ),
        provisions=read_provisions(canonical.text, sections),
        geltung=read_geltung(canonical.text, kopfdaten),
        checkboxes=read_checkboxes(canonical.text),
        page_quality=parsed.page_quality,
    )
    return attach(document, begleitdaten) if begleitdaten else document


def prepare(document: Document) -> Prepared:
    """Cuts a document into passages and finds the papers it names."""
    passages = tuple(chunk(document))
    own = document.kopfdaten.nummer.value if document.kopfdaten.nummer else None
    return Prepared(
        document,
        passages,
        tuple(keyword_text(document, passage) for passage in passages),
        tuple(embedding_text(document, passage) for passage in passages),
        tuple(
            Mention(document.id, reference.number, reference.span)
            for reference in find_references(document.text)
            if reference.number != own
        ),
        fingerprint(document),
    )
