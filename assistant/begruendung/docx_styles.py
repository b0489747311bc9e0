"""What a DOCX looks like: a Mandant's own styles where its template has them, else these.

A Mandant may define the styles named "Aktenkundig …" in its template, and thereby say what label,
Schutzstufe and tables look like.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import nsdecls, qn
from docx.oxml.parser import OxmlElement, parse_xml
from docx.shared import Pt, RGBColor
from docx.styles.style import CharacterStyle, ParagraphStyle

LANGUAGE = "de-DE"
_FONT = "Arial"
_OWN_TABLES = {"Normal Table", "Table Grid"}
_BLACK = RGBColor(0, 0, 0)
_BORDER = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="{{space}}" w:color="000000"/>'
    for side in ("top", "left", "bottom", "right")
)
_INSIDE = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
    for side in ("insideH", "insideV")
)
_AFTER_THEME_LANGUAGE = (
    *("w:clrSchemeMapping", "w:doNotIncludeSubdocsInStats", "w:doNotAutoCompressPictures"),
    *("w:forceUpgrade", "w:captions", "w:readModeInkLockDown", "w:smartTagType"),
    *("sl:schemaLibrary", "w:shapeDefaults", "w:doNotEmbedSmartTags", "w:decimalSymbol"),
    "w:listSeparator",
)
_AFTER_LANGUAGE = ("w:eastAsianLayout", "w:specVanish", "w:oMath")


@dataclass(frozen=True, slots=True)
class Styled:
    """The styles that a draft is written with.

    `item` is the style of a point in a list, None where a template has no list of its own.
    """

    title: ParagraphStyle
    heading: ParagraphStyle
    subheading: ParagraphStyle
    text: ParagraphStyle
    item: ParagraphStyle | None
    label: ParagraphStyle
    schutz: ParagraphStyle
    cell: ParagraphStyle
    note: ParagraphStyle
    origin: CharacterStyle
    reference: CharacterStyle
    table: Any


def settle_styles(document: Document, *, is_own: bool) -> Styled:
    """The styles of a document; those it lacks are added.

    Args:
        document: it gets German as its language.
        is_own: there is no template, so Normal, Title and Heading 1 are ours to shape.
    """
    _speak_german(document)
    if is_own:
        _shape_our_own(document)
    paragraph, character = WD_STYLE_TYPE.PARAGRAPH, WD_STYLE_TYPE.CHARACTER
    return Styled(
        title=_style(document, "Title", paragraph, _as_title),
        heading=_style(document, "Heading 1", paragraph, _as_heading),
        subheading=_style(document, "Heading 2", paragraph, _as_subheading),
        text=document.styles.default(paragraph),
        item=_list_style(document),
        label=_style(document, "Aktenkundig Hinweis", paragraph, _as_label),
        schutz=_style(document, "Aktenkundig Schutzstufe", paragraph, _as_schutz),
        cell=_style(document, "Aktenkundig Tabelle", paragraph, _as_cell),
        note=_style(document, "footnote text", paragraph, _as_note, "FootnoteText"),
        origin=_style(document, "Aktenkundig Herkunft", character, _as_origin),
        reference=_style(
            document, "footnote reference", character, _as_reference, "FootnoteReference"
        ),
        table=_table_style(document),
    )


def _style(
    document: Document,
    name: str,
    kind: WD_STYLE_TYPE,
    shape: Callable[[Any], None],
    ident: str | None = None,
) -> Any:
    styles = document.styles
    known = next((s for s in styles if s.name == name and s.type == kind), None)
    if known is not None:
        return known
    made = styles.add_style(name, kind, builtin=not name.startswith("Aktenkundig"))
    if ident and all(style.style_id != ident for style in styles):
        made.element.set(qn("w:styleId"), ident)
    if kind == WD_STYLE_TYPE.PARAGRAPH:
        made.base_style = styles.default(WD_STYLE_TYPE.PARAGRAPH)
    shape(made)
    return made


def _as_title(style: ParagraphStyle) -> None:
    _font(style, 16, bold=True)
    style.paragraph_format.space_before = Pt(12)
    style.paragraph_format.space_after = Pt(12)


def _as_heading(style: ParagraphStyle) -> None:
    _font(style, 13, bold=True)
    style.paragraph_format.space_before = Pt(14)
    _stand_out(style, level=0)


def _as_subheading(style: ParagraphStyle) -> None:
    _font(style, 10, bold=True)
    style.paragraph_format.space_before = Pt(10)
    _stand_out(style, level=1)


def _stand_out(style: ParagraphStyle, *, level: int) -> None:
    style.paragraph_format.space_after = Pt(4)
    style.paragraph_format.keep_with_next = True
    properties = style.element.get_or_add_pPr()
    if properties.find(qn("w:outlineLvl")) is None:
        properties.append(OxmlElement("w:outlineLvl", attrs={qn("w:val"): str(level)}))


def _as_label(style: ParagraphStyle) -> None:
    style.font.bold = True
    style.paragraph_format.space_after = Pt(6)
    border = parse_xml(f"<w:pBdr {nsdecls('w')}>{_BORDER.format(space=4)}</w:pBdr>")
    style.element.get_or_add_pPr().insert_element_before(border, "w:shd", "w:spacing")


def _as_schutz(style: ParagraphStyle) -> None:
    style.font.bold = True


def _as_cell(style: ParagraphStyle) -> None:
    style.font.size = Pt(9)
    style.paragraph_format.space_before = Pt(2)
    style.paragraph_format.space_after = Pt(2)
    style.paragraph_format.line_spacing = 1.0


def _as_note(style: ParagraphStyle) -> None:
    style.font.size = Pt(9)
    style.paragraph_format.space_after = Pt(2)
    style.paragraph_format.line_spacing = 1.0


def _as_origin(style: CharacterStyle) -> None:
    style.font.italic = True


def _as_reference(style: CharacterStyle) -> None:
    style.font.superscript = True


def _shape_our_own(document: Document) -> None:
    styles = document.styles
    for style in list(styles):
        if style.type == WD_STYLE_TYPE.TABLE and style.name not in _OWN_TABLES:
            style.delete()
    normal = styles["Normal"]
    _font(normal, 11)
    normal.paragraph_format.space_after = Pt(6)
    normal.paragraph_format.line_spacing = 1.15
    title = styles["Title"]
    _as_title(title)
    title.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.LEFT
    for border in title.element.pPr.findall(qn("w:pBdr")):
        title.element.pPr.remove(border)
    _as_heading(styles["Heading 1"])
    _as_subheading(styles["Heading 2"])


def _font(style: Any, size_pt: int, *, bold: bool = False) -> None:
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    fonts.attrib.clear()
    for script in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(script), _FONT)
    style.font.size = Pt(size_pt)
    style.font.bold = bold
    style.font.color.rgb = _BLACK


def _list_style(document: Document) -> ParagraphStyle | None:
    """A list that Word and a screen reader know as one: a style that carries a numbering."""
    for style in document.styles:
        if style.name == "List Bullet" and style.type == WD_STYLE_TYPE.PARAGRAPH:
            numbered = style.element.pPr is not None and style.element.pPr.numPr is not None
            return style if numbered else None
    return None


def _table_style(document: Document) -> Any:
    found = [s for s in document.styles if s.name == "Table Grid" and s.type == WD_STYLE_TYPE.TABLE]
    if found:
        return found[0]
    document.styles.element.append(
        parse_xml(
            f'<w:style {nsdecls("w")} w:type="table" w:customStyle="1" '
            'w:styleId="AktenkundigGitter">'
            '<w:name w:val="Aktenkundig Gitter"/><w:uiPriority w:val="59"/><w:tblPr><w:tblBorders>'
            f"{_BORDER.format(space=0)}{_INSIDE}</w:tblBorders></w:tblPr></w:style>"
        )
    )
    return document.styles["Aktenkundig Gitter"]


def _speak_german(document: Document) -> None:
    styles = document.styles.element
    defaults = styles.find(qn("w:docDefaults"))
    if defaults is None:
        defaults = OxmlElement("w:docDefaults")
        styles.insert(0, defaults)
    run_defaults = defaults.find(qn("w:rPrDefault"))
    if run_defaults is None:
        run_defaults = OxmlElement("w:rPrDefault")
        defaults.insert(0, run_defaults)
    properties = run_defaults.find(qn("w:rPr"))
    if properties is None:
        properties = OxmlElement("w:rPr")
        run_defaults.append(properties)
    normal = document.styles.default(WD_STYLE_TYPE.PARAGRAPH)
    if normal is None:
        normal = document.styles.add_style("Normal", WD_STYLE_TYPE.PARAGRAPH, builtin=True)
        normal.element.set(qn("w:default"), "1")
    for holder in (properties, normal.element.get_or_add_rPr()):
        language = holder.find(qn("w:lang"))
        if language is None:
            language = OxmlElement("w:lang")
            holder.insert_element_before(language, *_AFTER_LANGUAGE)
        language.set(qn("w:val"), LANGUAGE)
    settings = document.settings.element
    theme = settings.find(qn("w:themeFontLang"))
    if theme is None:
        theme = OxmlElement("w:themeFontLang")
        settings.insert_element_before(theme, *_AFTER_THEME_LANGUAGE)
    theme.set(qn("w:val"), LANGUAGE)
