"""OpenDocument texts for the tests, written part by part."""

from __future__ import annotations

import io
import zipfile

_SPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (
        ("office", "office"),
        ("text", "text"),
        ("table", "table"),
        ("style", "style"),
        ("draw", "drawing"),
        ("meta", "meta"),
    )
) + (
    ' xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
)


def odt_file(body: str, automatic: str = "", styles: str = "", prolog: str = "") -> bytes:
    """A text with `body`, automatic styles, and what stands in styles.xml."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr(
            "content.xml",
            f"{prolog}<office:document-content {_SPACES}><office:automatic-styles>{automatic}"
            f"</office:automatic-styles><office:body><office:text>{body}</office:text>"
            "</office:body></office:document-content>",
        )
        archive.writestr(
            "styles.xml", f"<office:document-styles {_SPACES}>{styles}</office:document-styles>"
        )
        archive.writestr(
            "meta.xml",
            f"<office:document-meta {_SPACES}><office:meta><dc:title>Titel</dc:title>"
            "</office:meta></office:document-meta>",
        )
    return buffer.getvalue()


def flat_odt_file(body: str) -> bytes:
    """The same as one XML file."""
    return (
        f'<?xml version="1.0"?><office:document {_SPACES} '
        'office:mimetype="application/vnd.oasis.opendocument.text"><office:body><office:text>'
        f"{body}</office:text></office:body></office:document>"
    ).encode()
