"""A small draft with every origin of a paragraph, and a look into the package it becomes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path
from posixpath import dirname, join, normpath
from zipfile import ZipFile

from lxml import etree

from assistant.begruendung.types import Absatz, DraftSection, Entwurf, Herkunft
from assistant.hausregeln import Hausregeln, read_hausregeln
from assistant.types import Citation
from index.types import Schutzstufe, Span

ROOT = Path(__file__).resolve().parents[4]
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
RELS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
GESAMTKOSTEN = "[Angabe fehlt: Gesamtkosten – zuständig: Kämmerei]"
ZIELRICHTUNG = "[prüfen: Zielrichtung Z5]"
BAHN = "Viele Gäste kommen mit der Bahn."
BESCHLUSS = "Der Landschaftsausschuss beschließt einstimmig\nentsprechend dem Vorschlag."


def rules() -> Hausregeln:
    return read_hausregeln(ROOT / "beispiele" / "mandanten", "lvs")


def citation(number: int, fundstelle: str, quote: str) -> Citation:
    return Citation(
        number=number,
        document_id=f"{number:x}" * 64,
        source=f"{number}.pdf",
        drucksachennummer="15/70",
        fundstelle=fundstelle,
        section="Begründung",
        page=2,
        quote=quote,
        span=Span(0, len(quote)),
    )


CITATIONS = (
    citation(1, "Antrag Nr. 15/70 vom 10.01.2023, Begründung, S. 2", BAHN),
    citation(2, "Niederschrift über die 19. Sitzung am 02.03.2023, TOP 4.2, S. 7", BESCHLUSS),
)


def draft(
    *sections: tuple[str, tuple[Absatz, ...]],
    citations: tuple[Citation, ...] = CITATIONS,
    schutz: Schutzstufe = Schutzstufe.OEFFENTLICH,
    offen: tuple[str, ...] = (GESAMTKOSTEN, ZIELRICHTUNG),
    titel: str = "Leihräder an weiteren Museen",
    generator_id: str | None = "probe-1",
) -> Entwurf:
    """A draft of the given sections (key and paragraphs), or of one with every origin."""
    known = {a.schluessel: a for a in rules().abschnitte}
    return Entwurf(
        titel=titel,
        mandant="lvs",
        tag=date(2026, 3, 5),
        abschnitte=tuple(DraftSection(known[key], those) for key, those in sections or EVERYTHING),
        citations=citations,
        schutz=schutz,
        offen=offen,
        bearbeitung="M. Muster, Dezernat 9",
        index_generation=4,
        generator_id=generator_id,
    )


EVERYTHING = (
    (
        "beschlussvorschlag",
        (Absatz("Die Verwaltung stellt Leihräder bereit.", Herkunft.EIGEN),),
    ),
    (
        "sachverhalt",
        (
            Absatz("Der Ausschuss hat am 02.03.2023 zugestimmt.", Herkunft.BELEGT, (2,)),
            Absatz("Gäste kommen mit der Bahn.", Herkunft.BELEGT, (1, 2)),
            Absatz("Zwei Sitzungen lagen dazwischen.", Herkunft.ABGELEITET, (1,)),
        ),
    ),
    ("finanzen", (Absatz(GESAMTKOSTEN, Herkunft.PLATZHALTER),)),
    ("inklusion", (Absatz(f"Alles ist zugänglich. {ZIELRICHTUNG}", Herkunft.EIGEN),)),
)


def _needs_a_type(name: str) -> bool:
    """Whether a part must have a type of its own: XML of Word is not XML of any sort."""
    return name.startswith("word/") and name.endswith(".xml")


@dataclass(frozen=True, slots=True)
class Package:
    """A DOCX taken apart: every part's bytes by its name, in the order of the file."""

    parts: dict[str, bytes]

    @classmethod
    def of(cls, content: bytes) -> Package:
        with ZipFile(BytesIO(content)) as package:
            assert package.testzip() is None
            names = package.namelist()
            assert len(names) == len(set(names))
            return cls({name: package.read(name) for name in names})

    def root(self, name: str) -> etree._Element:
        return etree.fromstring(self.parts[name])

    @property
    def body(self) -> etree._Element:
        found = self.root("word/document.xml").find(f"{W}body")
        assert found is not None
        return found

    def relationships(self, name: str) -> dict[str, etree._Element]:
        rels = join(dirname(name), "_rels", f"{name.rsplit('/', 1)[-1]}.rels")
        if rels not in self.parts:
            return {}
        return {rel.get("Id", ""): rel for rel in self.root(rels)}

    def faults(self) -> list[str]:
        """What Word would offer to repair, and what leads out of the file."""
        found = [*self._type_faults(), *self._note_faults()]
        for name, content in self.parts.items():
            if not name.endswith((".xml", ".rels")):
                continue
            root = etree.fromstring(content)
            if name.endswith(".rels"):
                found += self._target_faults(name, root)
                continue
            named = {v for e in root.iter() for k, v in e.attrib.items() if k.startswith(R)}
            found += [f"{name}: {i}" for i in sorted(named - self.relationships(name).keys())]
        return found + self._body_faults()

    def _type_faults(self) -> list[str]:
        types = self.root("[Content_Types].xml")
        by_name = {t.get("PartName", "") for t in types.findall(f"{TYPES}Override")}
        by_ending = {t.get("Extension", "") for t in types.findall(f"{TYPES}Default")}
        names = [n for n in self.parts if n != "[Content_Types].xml"]
        untyped = [
            f"no content type: {name}"
            for name in names
            if f"/{name}" not in by_name
            and (name.rsplit(".", 1)[-1] not in by_ending or _needs_a_type(name))
        ]
        absent = [f"typed but absent: {name}" for name in by_name if name[1:] not in self.parts]
        return untyped + absent

    def _target_faults(self, name: str, root: etree._Element) -> list[str]:
        base = dirname(dirname(name))
        found = []
        for rel in root.findall(f"{RELS}Relationship"):
            target = rel.get("Target", "")
            at = target[1:] if target.startswith("/") else normpath(join(base, target))
            if rel.get("TargetMode") == "External":
                found.append(f"leads out: {target}")
            elif at not in self.parts:
                found.append(f"{name}: no part {at}")
        return found

    def _note_faults(self) -> list[str]:
        notes = [n.get(f"{W}id") for n in self.root("word/footnotes.xml")]
        typed = [n.get(f"{W}id") for n in self.root("word/footnotes.xml") if n.get(f"{W}type")]
        marks = [m.get(f"{W}id") for m in self.body.iter(f"{W}footnoteReference")]
        told = self.root("word/settings.xml").find(f"{W}footnotePr")
        assert told is not None
        listed = [one.get(f"{W}id") for one in told.findall(f"{W}footnote")]
        found = [] if sorted(notes) == sorted([*typed, *marks]) else [f"notes: {notes} {marks}"]
        found += [] if listed == typed else [f"separators: {listed} {typed}"]
        return found + ([] if len(notes) == len(set(notes)) else ["two notes of one id"])

    def _body_faults(self) -> list[str]:
        body = self.body
        known = {s.get(f"{W}styleId") for s in self.root("word/styles.xml").iter(f"{W}style")}
        found = []
        for name in ("word/document.xml", "word/footnotes.xml"):
            for kind in ("pStyle", "rStyle", "tblStyle"):
                used = {e.get(f"{W}val") for e in self.root(name).iter(f"{W}{kind}")}
                found += [f"no style {one}" for one in used - known]
        starts = [b.get(f"{W}id") for b in body.iter(f"{W}bookmarkStart")]
        ends = [b.get(f"{W}id") for b in body.iter(f"{W}bookmarkEnd")]
        if starts != ends or len(starts) != len(set(starts)):
            found.append(f"bookmarks: {starts} {ends}")
        names = [b.get(f"{W}name") for b in body.iter(f"{W}bookmarkStart")]
        found += [] if len(names) == len(set(names)) else [f"bookmarks: {names}"]
        found += [
            "empty paragraph"
            for p in body.findall(f"{W}p")
            if not "".join(t.text or "" for t in p.iter(f"{W}t")).strip()
        ]
        found += ["cell without paragraph" for c in body.iter(f"{W}tc") if c[-1].tag != f"{W}p"]
        return found + ([] if body[-1].tag == f"{W}sectPr" else ["no page set-up at the end"])

    def fields(self) -> list[str]:
        """The instructions of every field in text, notes, headers and footers."""
        roots = [self.root(name) for name in self.parts if name.endswith(".xml")]
        assert not [e for root in roots for e in root.iter(f"{W}instrText", f"{W}hyperlink")]
        return [
            " ".join(field.get(f"{W}instr", "").split())
            for root in roots
            for field in root.iter(f"{W}fldSimple")
        ]

    def notes(self) -> list[str]:
        """The text of each footnote of ours, in order."""
        return [
            "".join(t.text or "" for t in note.iter(f"{W}t"))
            for note in self.root("word/footnotes.xml")
            if note.get(f"{W}type") is None
        ]

    def paragraphs(self) -> list[tuple[str, str]]:
        """Style and text of each paragraph outside tables; a footnote mark shows as its id."""
        shown = []
        for paragraph in self.body.findall(f"{W}p"):
            style = paragraph.find(f"{W}pPr/{W}pStyle")
            words = "".join(
                f"^{e.get(f'{W}id')}" if e.tag == f"{W}footnoteReference" else e.text or ""
                for e in paragraph.iter(f"{W}t", f"{W}footnoteReference")
            )
            shown.append(("" if style is None else style.get(f"{W}val", ""), words))
        return shown

    def tables(self) -> dict[str, list[list[str]]]:
        """The cells of each table by its name."""
        found = {}
        for table in self.body.findall(f"{W}tbl"):
            name = table.find(f"{W}tblPr/{W}tblCaption")
            assert name is not None
            found[name.get(f"{W}val", "")] = [
                ["".join(t.text or "" for t in cell.iter(f"{W}t")) for cell in row.iter(f"{W}tc")]
                for row in table.iter(f"{W}tr")
            ]
        return found
