"""Word files for the tests, written part by part."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"


def paragraph(text: str, style: str = "", properties: str = "", run: str = "") -> str:
    """A paragraph of one run."""
    chosen = f'<w:pStyle w:val="{style}"/>' if style else ""
    return (
        f"<w:p><w:pPr>{chosen}{properties}</w:pPr><w:r><w:rPr>{run}</w:rPr>"
        f'<w:t xml:space="preserve">{text}</w:t></w:r></w:p>'
    )


def row(*cells: str) -> str:
    """A table row."""
    return "<w:tr>" + "".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in cells) + "</w:tr>"


def word_file(
    body: str,
    parts: Mapping[str, str] | None = None,
    prolog: str = "",
    kinds: Mapping[str, str] | None = None,
) -> bytes:
    """A document with `body`; `parts` are further parts by relationship kind, e.g. "styles".

    With `kinds`, the content types of the parts, other programs can read the file too.
    """
    others = dict(parts or {})
    relations = "".join(
        f'<Relationship Id="r{number}" Type="{_OFFICE}/{kind}" Target="{kind}.xml"/>'
        for number, kind in enumerate(others)
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _content_types(kinds) if kinds else "<Types/>")
        archive.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{_RELS}"><Relationship Id="a" '
            f'Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
        )
        archive.writestr(
            "word/_rels/document.xml.rels",
            f'<Relationships xmlns="{_RELS}">{relations}</Relationships>',
        )
        archive.writestr(
            "word/document.xml",
            f'{prolog}<w:document xmlns:w="{W}" xmlns:mc="urn:mc"><w:body>{body}</w:body>'
            "</w:document>",
        )
        for kind, content in others.items():
            archive.writestr(f"word/{kind}.xml", content)
    return buffer.getvalue()


def _content_types(kinds: Mapping[str, str]) -> str:
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    overrides = "".join(
        f'<Override PartName="/word/{part}.xml" ContentType="{kind}"/>'
        for part, kind in {"document": main, **kinds}.items()
    )
    return (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f"{overrides}</Types>"
    )
