"""Boxes to tick on a PDF form: where they stand and whether they are ticked."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium

from ingest.blocks import BBox

_BOXES = frozenset({pdfium.FPDF_FORMFIELD_CHECKBOX, pdfium.FPDF_FORMFIELD_RADIOBUTTON})


@dataclass(frozen=True, slots=True)
class Field:
    """A box of a form and the sign that stands for its state."""

    bbox: BBox
    sign: str


def fields_of(document: pypdfium2.PdfDocument, page: pypdfium2.PdfPage) -> list[Field]:
    """The boxes of a page; none where the document has no form."""
    if document.formenv is None:
        return []
    return list(_fields(document.formenv.raw, page.raw))


def _fields(form: object, page: object) -> Iterator[Field]:
    for index in range(pdfium.FPDFPage_GetAnnotCount(page)):
        annotation = pdfium.FPDFPage_GetAnnot(page, index)
        if not annotation:
            continue
        try:
            if pdfium.FPDFAnnot_GetSubtype(annotation) != pdfium.FPDF_ANNOT_WIDGET:
                continue
            if pdfium.FPDFAnnot_GetFormFieldType(form, annotation) not in _BOXES:
                continue
            rectangle = pdfium.FS_RECTF()
            if pdfium.FPDFAnnot_GetRect(annotation, ctypes.byref(rectangle)):
                left, right = sorted((rectangle.left, rectangle.right))
                bottom, top = sorted((rectangle.bottom, rectangle.top))
                sign = "☒" if pdfium.FPDFAnnot_IsChecked(form, annotation) else "☐"
                yield Field((left, bottom, right, top), sign)
        finally:
            pdfium.FPDFPage_CloseAnnot(annotation)
