"""What hangs on the main part of a Word document: notes, and headers and footers that print."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from ingest.formats.docx_package import Package
from ingest.formats.docx_styles import attribute, in_form, local, truthy

_RAISED = str.maketrans("0123456789ivxlc", "⁰¹²³⁴⁵⁶⁷⁸⁹ⁱᵛˣˡᶜ")
_KINDS = {"footnote": "decimal", "endnote": "lowerRoman"}


def first_related(package: Package, kind: str) -> etree._Element | None:
    """The part of one kind that belongs to the main part."""
    target = next(iter(package.related(package.main, kind).values()), None)
    return package.part(target) if target else None


class Notes:
    """Footnotes and endnotes, counted as they are referred to: their ids are not printed."""

    def __init__(self, package: Package, body: etree._Element) -> None:
        settings = first_related(package, "settings")
        self._notes: dict[tuple[str, str], etree._Element] = {}
        self._forms: dict[str, str] = {}
        self._counts = dict.fromkeys(_KINDS, 0)
        for kind, form in _KINDS.items():
            root = first_related(package, kind + "s")
            for note in root if root is not None else ():
                if not attribute(note, "type"):
                    self._notes[kind, attribute(note, "id")] = note
            self._forms[kind] = _note_form(body, settings, kind) or form

    def mark(self, reference: etree._Element) -> tuple[str, etree._Element | None]:
        """What is printed for a reference, and the note, which is given out once.

        A reference may bring its own mark, which then follows as text; ours is "" then.
        """
        kind = local(reference).removesuffix("Reference")
        note = self._notes.pop((kind, attribute(reference, "id")), None)
        if note is None:
            return "", None
        if attribute(reference, "customMarkFollows") in ("1", "true", "on"):
            return "", note
        self._counts[kind] += 1
        return in_form(self._counts[kind], self._forms[kind]).translate(_RAISED), note


def _note_form(body: etree._Element, settings: etree._Element | None, kind: str) -> str:
    for root in (body, settings):
        for element in root.iter() if root is not None else ():
            if local(element) == kind + "Pr":
                for child in element:
                    if local(child) == "numFmt":
                        return attribute(child, "val")
    return ""


def running_parts(package: Package, body: etree._Element, kind: str) -> Iterator[etree._Element]:
    """The headers or footers that are printed, in order.

    Templates leave parts behind that no section shows, with the numbers of other papers in them.
    """
    parts = package.related(package.main, kind)
    shown = list(dict.fromkeys(_shown(package, body, kind)))
    if not any(local(element) == "sectPr" for element in body.iter()):
        shown = list(parts)  # no section says anything: then all of them
    for name in dict.fromkeys(parts[key] for key in shown if key in parts):
        root = package.part(name)
        if root is not None:
            yield root


def _shown(package: Package, body: etree._Element, kind: str) -> Iterator[str]:
    """Relationship ids of what the sections show."""
    settings = first_related(package, "settings")
    even = settings is not None and any(
        local(element) == "evenAndOddHeaders" and truthy(element) for element in settings
    )
    titled = False
    for section in body.iter():
        if local(section) != "sectPr" or _is_former(section):
            continue
        titled |= any(local(e) == "titlePg" and truthy(e) for e in section)
        for element in section:
            if local(element) != kind + "Reference":
                continue
            which = attribute(element, "type")
            if which == "default" or (which == "first" and titled) or (which == "even" and even):
                yield attribute(element, "id")


def _is_former(section: etree._Element) -> bool:
    parent = section.getparent()
    return parent is not None and local(parent) == "sectPrChange"
