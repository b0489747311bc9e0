"""The shapes that travel from ingest through the store to the answer.

All are frozen. Spans count Unicode code points in `Document.text`, half open.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Generic, TypeVar

T = TypeVar("T")


class Schutzstufe(StrEnum):
    """How well a text is protected. Whatever nobody declared public is closed."""

    OEFFENTLICH = "oeffentlich"
    NICHTOEFFENTLICH = "nichtoeffentlich"


class Outcome(StrEnum):
    """What became of a paper, in the order in which readings of one sentence take precedence."""

    ZURUECKGEZOGEN = "zurueckgezogen"
    ABGESETZT = "abgesetzt"
    VERTAGT = "vertagt"
    VERWIESEN = "verwiesen"
    ABGELEHNT = "abgelehnt"
    GEAENDERT = "geaendert"
    KENNTNIS = "kenntnis"
    BESCHLOSSEN = "beschlossen"


class Wirkung(StrEnum):
    """What an Ergänzung does to the paper whose number it extends."""

    ERSETZT = "ersetzt"
    AENDERT = "aendert"
    ERGAENZT = "ergaenzt"


class SectionKind(StrEnum):
    """The parts of a paper that an official cites by name."""

    KOPF = "kopf"
    BERATUNGSFOLGE = "beratungsfolge"
    TAGESORDNUNGSPUNKT = "tagesordnungspunkt"
    BESCHLUSSVORSCHLAG = "beschlussvorschlag"
    BESCHLUSS = "beschluss"
    ERGEBNIS = "ergebnis"
    FINANZEN = "finanzen"
    ZUSAMMENFASSUNG = "zusammenfassung"
    BEGRUENDUNG = "begruendung"
    FRAGE = "frage"
    ANTWORT = "antwort"
    TOP = "top"
    PARAGRAPH = "paragraph"
    ANLAGE = "anlage"
    UNTERSCHRIFT = "unterschrift"
    TEXT = "text"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of code points in a document's canonical text."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: {self.start}..{self.end}")

    def __len__(self) -> int:
        return self.end - self.start

    def cut(self, text: str) -> str:
        """The words that stand in this span of `text`."""
        return text[self.start : self.end]

    def contains(self, other: Span) -> bool:
        """Whether `other` lies wholly within this span."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one code point."""
        return self.start < other.end and other.start < self.end

    def shifted(self, offset: int) -> Span:
        """The same range, `offset` code points further on."""
        return Span(self.start + offset, self.end + offset)


@dataclass(frozen=True, slots=True)
class Reading(Generic[T]):
    """A value and the place it was read from."""

    value: T
    span: Span


@dataclass(frozen=True, slots=True)
class Drucksachennummer:
    """The number of a paper: "15/148", "14/0461", "15/2345/1", "DS 37/2015".

    `key` is the form numbers are compared by: no leading zeros, no label, Ergänzung after a
    second slash. Numbers outside the scheme Wahlperiode/Nummer keep their text as the key and
    have neither `wahlperiode` nor `nummer`. Two numbers are equal when their keys are.
    """

    key: str
    wahlperiode: int | None = field(default=None, compare=False)
    nummer: int | None = field(default=None, compare=False)
    ergaenzung: int | None = field(default=None, compare=False)

    @classmethod
    def of(cls, wahlperiode: int, nummer: int, ergaenzung: int | None = None) -> Drucksachennummer:
        """Builds the number and its key from the parts."""
        key = f"{wahlperiode}/{nummer}"
        if ergaenzung is not None:
            key += f"/{ergaenzung}"
        return cls(key, wahlperiode, nummer, ergaenzung)

    @property
    def stem(self) -> str:
        """The key without the Ergänzung: "15/2345" for "15/2345/1"."""
        if self.wahlperiode is None or self.nummer is None:
            return self.key
        return f"{self.wahlperiode}/{self.nummer}"

    def __str__(self) -> str:
        return self.key


class Stimmabgabe(StrEnum):
    """How somebody voted."""

    JA = "ja"
    NEIN = "nein"
    ENTHALTUNG = "enthaltung"


@dataclass(frozen=True, slots=True)
class Stimmen:
    """How a Fraktion, or somebody named, voted. `wer` as printed; `zahl` where it is printed."""

    wer: str
    abgabe: Stimmabgabe
    zahl: int | None = None


@dataclass(frozen=True, slots=True)
class Abstimmung:
    """The count of one vote, as far as its record states it; nothing is inferred.

    `einstimmig` is False where the record says "mehrheitlich", None where it says neither.
    """

    ja: int | None = None
    nein: int | None = None
    enthaltungen: int | None = None
    einstimmig: bool | None = None
    stimmen: tuple[Stimmen, ...] = ()


@dataclass(frozen=True, slots=True)
class Ergebnis:
    """A recorded result: the words of the record and the outcome read from them.

    `outcome` is None where the words fit no known outcome; the words are shown all the same.
    `abstimmung` is None where the words count nothing.
    """

    text: str
    outcome: Outcome | None
    span: Span
    abstimmung: Abstimmung | None = None


@dataclass(frozen=True, slots=True)
class Teilnahme:
    """Somebody in the list of those present at a sitting, as printed.

    Attributes:
        name: without Herr and Frau.
        gruppe: the heading that the name stands under, or the Fraktion behind it; "" where none.
        rolle: what the person is there ("Vorsitzende", "beratendes Mitglied"); "" where none.
        vertritt: whom a deputy stands in for.
        ab, bis: since and until when, where only for a part ("9:45 Uhr", "TOP 7").
        anwesend: False for those who are listed as missing.
        span: the words of the line that were read.
    """

    name: str
    span: Span
    anwesend: bool = True
    gruppe: str = ""
    rolle: str = ""
    vertritt: str = ""
    ab: str = ""
    bis: str = ""


@dataclass(frozen=True, slots=True)
class Beratung:
    """One station of the Beratungsfolge. `rolle` as printed ("empfehlender Beschluss")."""

    gremium: str
    datum: date | None
    rolle: str | None
    span: Span
    ergebnis: Ergebnis | None = None


@dataclass(frozen=True, slots=True)
class TopBeschluss:
    """What a Niederschrift records under one Tagesordnungspunkt.

    `drucksachen` are the papers named in the item's heading; `span` covers the words of the
    Beschluss, `ergebnis` the vote. Several votes of one item give several entries; `gegenstand`
    names what was voted on where it is not the item itself ("Änderungsantrag"), and `drucksachen`
    then holds its papers only.
    """

    top: str
    titel: str
    drucksachen: tuple[Drucksachennummer, ...]
    span: Span
    ergebnis: Ergebnis | None
    visibility: Schutzstufe
    gegenstand: str = ""


@dataclass(frozen=True, slots=True)
class Kopfdaten:
    """The header fields of a paper, each with the span it was read from. Absent is None or ().

    `datum` is the date of the paper (of the sitting, for minutes and invitations). `art` is one
    of the names in `ingest.papers.kopfdaten.ARTEN`. `bezeichnung` is the wider kind that the number
    is counted under, where the paper itself names a narrower one: a Beschlusskontrolle printed as
    "Vorlage Nr. 15/2480". `beschluesse` is filled for minutes only. `wirkung` is read for papers
    with an Ergänzung in their number, from the sentence that states it. `teilnahme` is the list of
    those present, of minutes only.
    """

    art: Reading[str] | None = None
    nummer: Reading[Drucksachennummer] | None = None
    datum: Reading[date] | None = None
    antragsteller: tuple[Reading[str], ...] = ()
    dienststelle: Reading[str] | None = None
    gremium: Reading[str] | None = None
    sitzung: Reading[str] | None = None
    tagesordnungspunkt: Reading[str] | None = None
    fassung: Reading[str] | None = None
    oeffentlich: Reading[bool] | None = None
    beratungsfolge: tuple[Beratung, ...] = ()
    ergebnis: Ergebnis | None = None
    beschluesse: tuple[TopBeschluss, ...] = ()
    bezeichnung: Reading[str] | None = None
    wirkung: Reading[Wirkung] | None = None
    teilnahme: tuple[Teilnahme, ...] = ()

    @property
    def benennung(self) -> str:
        """The word that officials put before the number; empty where the kind is unknown."""
        named = self.bezeichnung or self.art
        return named.value if named else ""

    @property
    def wahlperiode(self) -> int | None:
        """The Wahlperiode that the number states."""
        return self.nummer.value.wahlperiode if self.nummer else None

    @property
    def ergaenzung(self) -> int | None:
        """The Ergänzung that the number states."""
        return self.nummer.value.ergaenzung if self.nummer else None


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a document, heading included. Sections of one level do not overlap; a deeper
    one lies within its parent. `heading` is the heading's span, empty where there is none.
    """

    kind: SectionKind
    title: str
    level: int
    span: Span
    heading: Span
    visibility: Schutzstufe


class PageState(StrEnum):
    """How well a page was read. An uncertain page is found, but what it says is marked.

    AUSSTEHEND is a scan that waits until text recognition is installed.
    """

    GELESEN = "gelesen"
    UNSICHER = "unsicher"
    UNGELESEN = "ungelesen"
    AUSSTEHEND = "ausstehend"
    LEER = "leer"


@dataclass(frozen=True, slots=True)
class PageQuality:
    """How well one page was read.

    Attributes:
        score: how much of it reads like words, 0 to 1; about 0.95 for clean German.
        confidence: how sure the recognition of a scan was, 0 to 1; None where the words come
            from the file itself.
    """

    state: PageState
    score: float
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class UncertainPage:
    """A page whose words may be misread: its 1-based number and where its text stands."""

    number: int
    span: Span


def uncertain_pages(
    pages: Sequence[Span], quality: Sequence[PageQuality]
) -> tuple[UncertainPage, ...]:
    """The uncertain pages among `pages`; `quality` is parallel to them or empty."""
    return tuple(
        UncertainPage(number, span)
        for number, (span, page) in enumerate(zip(pages, quality, strict=False), start=1)
        if page.state is PageState.UNSICHER
    )


@dataclass(frozen=True, slots=True)
class Cell:
    """A field of a table's body that is not empty.

    `column` counts from 0. `unit` is one of "€", "T€", "Mio. €", "Mrd. €", "%" with the place it
    was read from (the cell itself, a heading, the caption), None where nothing names one.
    """

    span: Span
    column: int
    unit: Reading[str] | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table's body. `heading` names it; `under` is the heading of the rows around it.

    `cells` are its values; the cells that make up the heading are not among them.
    """

    span: Span
    heading: tuple[Span, ...]
    cells: tuple[Cell, ...]
    under: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A table as printed: `span` covers header and body, not the caption.

    `columns` holds the headings of each column, outermost first; `header` are the spans of the
    rows that print them, the ones repeated on further pages included.
    """

    span: Span
    caption: Span | None
    columns: tuple[tuple[Span, ...], ...]
    header: tuple[Span, ...]
    rows: tuple[Row, ...]

    @property
    def spans(self) -> tuple[Span, ...]:
        """Every place that something of the table was read from."""
        units = (cell.unit.span for row in self.rows for cell in row.cells if cell.unit)
        caption = () if self.caption is None else (self.caption,)
        return tuple(dict.fromkeys((self.span, *caption, *units)))


class CheckState(StrEnum):
    """What a box on a form says. What the file does not show is unknown, never guessed."""

    ANGEKREUZT = "angekreuzt"
    LEER = "leer"
    UNBEKANNT = "unbekannt"


@dataclass(frozen=True, slots=True)
class Checkbox:
    """A box with the words it belongs to; `mark` is where its sign stands."""

    mark: Span
    label: Span
    state: CheckState


@dataclass(frozen=True, slots=True)
class Provision:
    """An Absatz of a statute: "§ 5", "3"; `absatz` is "" where it bears no number.

    `saetze` are its sentences in order, lists included in the sentence that leads to them.
    """

    paragraph: str
    absatz: str
    span: Span
    saetze: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Inkrafttreten:
    """A rule on the entry into force; `datum` is None where it names no day ("am Tage nach …")."""

    datum: date | None
    span: Span


@dataclass(frozen=True, slots=True)
class Geltung:
    """Which state of a statute is printed and since when it holds."""

    fassung: Reading[date] | None = None
    geaendert: Reading[date] | None = None
    inkrafttreten: tuple[Inkrafttreten, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """One file as read: its canonical text and everything found in it.

    Attributes:
        id: sha256 of the file's bytes, hexadecimal.
        source: the path as it was given.
        text: canonical text (NFC, no soft hyphens, page headers removed); all spans refer to it.
        pages: span of each page in order; empty where the format has no pages.
        visibility: the strictest level that holds for the file as a whole; sections may differ.
        supersedes: id of the earlier version of the same paper, where there is one.
        parser: name and version of what read the file.
        warnings: German sentences for the admin ("Seite 3 …").
        tables: in order of the text, none within another.
        provisions: each Absatz of a statute, in order of the text.
        geltung: of a statute; None for other papers.
        checkboxes: in order of the text.
        page_quality: how well each of `pages` was read; empty where the format has no pages.
    """

    id: str
    mandant: str
    source: str
    media_type: str
    title: str
    text: str
    pages: tuple[Span, ...]
    sections: tuple[Section, ...]
    kopfdaten: Kopfdaten
    visibility: Schutzstufe
    supersedes: str | None = None
    parser: str = ""
    warnings: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()
    provisions: tuple[Provision, ...] = ()
    geltung: Geltung | None = None
    checkboxes: tuple[Checkbox, ...] = ()
    page_quality: tuple[PageQuality, ...] = ()

    @property
    def uncertain(self) -> tuple[UncertainPage, ...]:
        """The pages whose words may be misread."""
        return uncertain_pages(self.pages, self.page_quality)


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of one document that is embedded and found: `text == document.text[span]`.

    `id` is "<document id>:<ordinal>". `heading_path` names the sections it lies in, outermost
    first. `pages` are 1-based and None where the file has none.
    """

    id: str
    document_id: str
    ordinal: int
    span: Span
    text: str
    heading_path: tuple[str, ...]
    pages: tuple[int, ...] | None
    visibility: Schutzstufe


@dataclass(frozen=True, slots=True)
class SearchHit:
    """A found passage. A higher score is better; ranks are 1-based, by kind of search."""

    passage: Passage
    score: float
    ranks: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Access:
    """What the asking person may see. Every reading method of a store takes one."""

    mandanten: frozenset[str]
    stufen: frozenset[Schutzstufe] = frozenset({Schutzstufe.OEFFENTLICH})

    @classmethod
    def operator(cls, mandant: str) -> Access:
        """All of one Mandant: the person at the machine's own command line."""
        return cls(frozenset({mandant}), frozenset(Schutzstufe))


@dataclass(frozen=True, slots=True)
class Filters:
    """Restrictions on a search; None and empty mean no restriction."""

    document_ids: frozenset[str] | None = None
    arten: frozenset[str] = frozenset()
    wahlperiode: int | None = None
    current_only: bool = True


@dataclass(frozen=True, slots=True)
class DocumentSummary:
    """A document's entry in the register: everything but its text.

    `unread` are the 1-based pages that could not be read; `awaiting_ocr` says whether some of
    them could be, were text recognition installed. Of `page_count` pages, 0 for formats without,
    text recognition read `recognized`.
    """

    id: str
    mandant: str
    source: str
    media_type: str
    title: str
    kopfdaten: Kopfdaten
    visibility: Schutzstufe
    passages: int
    ingested_at: str
    supersedes: str | None
    superseded_by: str | None
    warnings: tuple[str, ...] = ()
    uncertain: tuple[UncertainPage, ...] = ()
    unread: tuple[int, ...] = ()
    awaiting_ocr: bool = False
    page_count: int = 0
    recognized: int = 0


@dataclass(frozen=True, slots=True)
class Mention:
    """A place where a document names the number of a paper."""

    document_id: str
    number: Drucksachennummer
    span: Span


@dataclass(frozen=True, slots=True)
class QuarantineEntry:
    """A file that could not be taken in, with a stable code and a German sentence."""

    path: str
    mandant: str
    code: str
    message: str
    at: str
    sha256: str | None = None


@dataclass(frozen=True, slots=True)
class StoreStatus:
    """Counts over what an Access may see, and the stamps of the index.

    `generation` counts writes; `build`, `chunker` and `build_since` are of the generation that
    answers, see `index.builds.Build`.
    """

    documents: int
    superseded: int
    passages: int
    quarantined: int
    generation: int
    embedder_id: str | None
    by_art: Mapping[str, int] = field(default_factory=dict)
    build: int = 0
    chunker: str = ""
    build_since: str | None = None
