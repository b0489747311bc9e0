"""Our own export is reviewed for what it says, not for its lists; footnotes for what they name."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

from docx.oxml.ns import qn
from lxml import etree

from assistant.audit import AuditLog
from assistant.begruendung.auftrag import read_auftrag
from assistant.begruendung.docx_export import docx_bytes
from assistant.begruendung.drafting import draft
from assistant.hausregeln import read_hausregeln
from assistant.review.apparatus import annexes, footnotes
from assistant.review.comments import with_comments
from assistant.review.reading import read_pasted, read_upload
from assistant.review.reviewing import review, run
from assistant.review.types import BefundArt, Reviewed
from index.store import Store
from index.types import Access, Document

AUFTRAG = 'titel = "Leihräder am Museum"\nquellen = ["Antrag 15/70", "Vorlage 15/80/1"]\n'


def exported(store: Store, folder: Path) -> Document:
    """A draft of our own on the matter of Leihräder, as DOCX and read again."""
    return read_upload("entwurf.docx", written(store, folder), "lvs")


def written(store: Store, folder: Path) -> bytes:
    """The DOCX itself."""
    (folder / "auftrag.toml").write_text(AUFTRAG, "utf-8")
    auftrag = read_auftrag(folder / "auftrag.toml", "lvs")
    entwurf = draft(store, Access.operator("lvs"), auftrag)
    return docx_bytes(entwurf, read_hausregeln(None, "lvs"))


def test_the_lists_behind_our_own_draft_are_known_by_heading_and_columns(
    store: Store, tmp_path: Path
) -> None:
    document = exported(store, tmp_path)
    heads = [span.cut(document.text).split("\n")[0] for span in annexes(document)]
    assert heads == ["Offene Punkte", "Mitzeichnung", "Quellenblatt"]
    assert len(footnotes(document)) > 5


def test_a_heading_alone_is_no_annex() -> None:
    text = (
        "# Offene Punkte\n\nDie Zahl der Räder ist offen.\n\n# Mitzeichnung\n\nDezernat 4 zeichnet."
    )
    assert annexes(read_pasted(text, "lvs")) == ()


def test_of_our_own_draft_only_what_is_open_is_told(store: Store, tmp_path: Path) -> None:
    document = exported(store, tmp_path)
    reviewed = Reviewed(document, store, Access.operator("lvs"), read_hausregeln(None, "lvs"))
    found = run(reviewed)
    assert {befund.art for befund in found} <= {BefundArt.PLATZHALTER, BefundArt.ABSCHNITT}
    places = [befund.span for befund in found if befund.art is BefundArt.PLATZHALTER]
    assert places and not any(a.overlaps(p) for a in annexes(document) for p in places)


def test_a_footnote_of_a_foreign_draft_must_name_papers_rightly(store: Store) -> None:
    text = (
        "# Vorlage Nr. 15/99\n\nDatum: 02.05.2023\n\n## Begründung:\n\n"
        "Die Räder wurden beantragt.¹ Sie stehen am Museum.²\n\n"
        "¹ Antrag Nr. 15/70 vom 11.01.2023.\n\n² Es wurden 4.711 € gezahlt."
    )
    document = read_pasted(text, "lvs")
    assert [span.cut(document.text)[:1] for span in footnotes(document)] == ["¹", "²"]
    reviewed = Reviewed(document, store, Access.operator("lvs"), read_hausregeln(None, "lvs"))
    told = [(b.art, b.span.cut(document.text)) for b in run(reviewed) if len(b.span)]
    assert told == [(BefundArt.VERWEIS, "11.01.2023")]


def with_other_day(data: bytes) -> bytes:
    """The DOCX with another day of the Antrag in its first footnote."""
    out = BytesIO()
    with ZipFile(BytesIO(data)) as before, ZipFile(out, "w") as after:
        for name in before.namelist():
            part = before.read(name)
            if name == "word/footnotes.xml":
                part = part.replace(b"vom 10.01.2023", b"vom 11.01.2023", 1)
            after.writestr(name, part)
    return out.getvalue()


def test_a_finding_in_a_footnote_is_a_comment_at_its_mark(store: Store, tmp_path: Path) -> None:
    data = with_other_day(written(store, tmp_path))
    document, rules = read_upload("entwurf.docx", data, "lvs"), read_hausregeln(None, "lvs")
    access = Access.operator("lvs")
    found = review(Reviewed(document, store, access, rules), AuditLog(tmp_path / "nachweis"))
    (number,) = [i for i, one in enumerate(found.findings) if one.quote == "11.01.2023"]
    with ZipFile(BytesIO(with_comments(data, found))) as package:
        body = etree.fromstring(package.read("word/document.xml"))
    (start,) = (s for s in body.iter(qn("w:commentRangeStart")) if s.get(qn("w:id")) == str(number))
    marked = start.getnext()
    assert marked.find(qn("w:footnoteReference")) is not None
    first = next(body.iter(qn("w:footnoteReference")))
    assert marked.find(qn("w:footnoteReference")) is first
