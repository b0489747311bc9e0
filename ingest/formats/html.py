"""Web pages: what a reader sees of them, in order. Nothing they point to is fetched."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from lxml import etree

from ingest.blocks import CELL_BREAK, Block, BlockKind, Parsed
from ingest.errors import Damaged, NoText, UnknownEncoding
from ingest.formats.text import decode

PARSER = f"html 1 (lxml {etree.__version__})"

_SKIPPED = frozenset(
    {
        "script", "style", "template", "noscript", "svg", "math", "iframe", "object", "embed",
        "applet", "select", "datalist", "button", "nav", "head", "canvas", "audio", "video",
        "map", "dialog", "textarea",
    }
)  # fmt: skip
_BLOCKS = frozenset(
    {
        "html", "body", "p", "div", "section", "article", "aside", "main", "header", "footer",
        "address", "blockquote", "pre", "figure", "figcaption", "ul", "ol", "dl", "dt", "dd",
        "table", "caption", "thead", "tbody", "tfoot", "form", "fieldset", "legend", "hr",
        "center", "details", "summary", "h1", "h2", "h3", "h4", "h5", "h6", "li", "tr",
    }
)  # fmt: skip
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_UNSEEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
_XML_ENCODING = re.compile(rb"^\s*<\?xml[^>]*?encoding\s*=\s*[\"']([\w.:-]{1,40})", re.IGNORECASE)
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_LONG_CELL = 400  # a cell beyond this is a column of a page layout, not a value


def parse_html(data: bytes) -> Parsed:
    """Reads a page.

    Raises:
        Damaged: no element could be made out.
        NoText, UnknownEncoding, UnknownType.
    """
    root = _tree(_text_of(data))
    reader = _Reader()
    reader.read(root)
    if not any(character.isalnum() for block in reader.blocks for character in block.text):
        raise NoText
    title = root.findtext(".//title") or ""
    warnings: tuple[str, ...] = ()
    if reader.unseen:
        warnings = ("Unsichtbarer Text der Seite wurde weggelassen.",)
    return Parsed(tuple(reader.blocks), None, PARSER, warnings, _BLANKS.sub(" ", title).strip())


def _text_of(data: bytes) -> str:
    """Decodes by byte-order mark, then what holds as UTF-8, then what the page says of itself."""
    if not data.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError:
            pass
        said = _CHARSET.search(data[:4096]) or _XML_ENCODING.match(data[:200])
        if said:
            name = said[1].decode("ascii").casefold()
            # What browsers do: pages that say latin-1 mean Windows.
            name = {"iso-8859-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252"}.get(
                name, name
            )
            if not name.startswith(("utf-16", "utf-32")) and _is_text_encoding(name):
                try:
                    return data.decode(name)
                except UnicodeDecodeError:
                    pass  # whoever wrote the page was mistaken about it
    try:
        return decode(data)[0]
    except UnknownEncoding:
        return data.decode("utf-8", errors="replace")


def _is_text_encoding(name: str) -> bool:
    try:
        return isinstance(b"a".decode(name, errors="replace"), str)
    except (LookupError, ValueError):
        return False


def _tree(text: str) -> etree._Element:
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(text.encode("utf-8", errors="replace"), parser)
    except (etree.LxmlError, ValueError) as error:
        raise Damaged from error
    if root is None:
        raise Damaged
    return root


class _Reader:
    """Walks the tree once and collects blocks."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.unseen = False
        self._words: list[str] = []
        self._cells: list[str] | None = None
        self._row: etree._Element | None = None
        self._heading = 0
        self._lists: list[tuple[str, int]] = []
        self._marker = ""
        self._in_caption = False
        self._continued: list[int] = []
        # Columns whose cell reaches down, and into how many further rows.
        self._hanging: dict[int, int] = {}

    def read(self, root: etree._Element) -> None:
        walk = etree.iterwalk(root, events=("start", "end"))
        skipped: etree._Element | None = None
        for event, element in walk:
            if event == "start":
                if skipped is None and self._is_skipped(element):
                    skipped = element
                    walk.skip_subtree()
                elif skipped is None:
                    self._open(str(element.tag), element)
                    self._add(element.text)
                continue
            if element is skipped:
                skipped = None
            else:
                self._close(str(element.tag), element)
            self._add(element.tail)
        self._flush()

    def _is_skipped(self, element: etree._Element) -> bool:
        if element.tag in _SKIPPED or not isinstance(element.tag, str):
            return True
        unseen = element.get("hidden") is not None or _UNSEEN_STYLE.search(element.get("style", ""))
        if unseen and "".join(element.itertext()).strip():
            self.unseen = True
        return bool(unseen)

    def _add(self, text: str | None) -> None:
        if text:
            self._words.append(text)

    def _open(self, tag: str, element: etree._Element) -> None:
        if tag == "br":
            self._flush()
        if tag == "input" and element.get("type", "").casefold() in ("checkbox", "radio"):
            self._words.append("☐ " if element.get("checked") is None else "☒ ")
        if tag not in _BLOCKS:
            if tag in ("td", "th") and self._cells is None:
                self._flush()
            return
        self._flush()
        if tag in _HEADINGS:
            self._heading = _HEADINGS[tag]
        elif tag in ("ul", "ol"):
            start = element.get("start", "1")
            self._lists.append((tag, int(start) if start.isdecimal() and len(start) < 6 else 1))
        elif tag == "li":
            self._marker = self._next_marker()
        elif tag == "table" and self._cells is None:
            self._hanging = {}
        elif tag == "caption":
            self._in_caption = True
        elif tag == "tr" and self._cells is None and _is_data_row(element, self._hanging):
            self._cells, self._row = [], element
            self._continued = []
            self._skip_hanging()

    def _next_marker(self) -> str:
        """What the browser prints before a list item."""
        if not self._lists or self._lists[-1][0] == "ul":
            return "- "
        number = self._lists[-1][1]
        self._lists[-1] = ("ol", number + 1)
        return f"{number}. "

    def _close(self, tag: str, element: etree._Element) -> None:
        if self._cells is not None:
            if element.getparent() is self._row and tag in ("td", "th"):
                self._end_cell(element)
            elif self._row is not None and element is self._row:
                row = CELL_BREAK.join(self._cells)
                heads = all(cell.tag != "td" for cell in element)
                self._cells = self._row = None
                self._words = []
                if row.strip():
                    continued = tuple(self._continued)
                    self.blocks.append(
                        Block(BlockKind.TABLE_ROW, row, heads_table=heads, continued=continued)
                    )
            return
        if tag in _BLOCKS or tag in ("td", "th"):
            self._flush()
        if tag in _HEADINGS:
            self._heading = 0
        elif tag in ("ul", "ol") and self._lists:
            self._lists.pop()
        elif tag == "li":
            self._marker = ""
        elif tag == "caption":
            self._in_caption = False

    def _end_cell(self, cell: etree._Element) -> None:
        """Ends a cell; one that spans columns is followed by empty ones."""
        assert self._cells is not None
        down, across = _count(cell, "rowspan"), _count(cell, "colspan")
        if down > 1:
            for column in range(len(self._cells), len(self._cells) + across):
                self._hanging[column] = down - 1
        self._cells.append(_BLANKS.sub(" ", "".join(self._words)).strip())
        self._cells += [""] * (across - 1)
        self._words = []
        self._skip_hanging()

    def _skip_hanging(self) -> None:
        """Leaves the next columns empty where cells of rows above reach down into them."""
        assert self._cells is not None
        while self._hanging.get(len(self._cells), 0):
            column = len(self._cells)
            self._hanging[column] -= 1
            self._continued.append(column)
            self._cells.append("")

    def _flush(self) -> None:
        """Ends the block that was being gathered; inside a cell, lines become spaces."""
        if self._cells is not None:
            self._words.append(" ")
            return
        text = _BLANKS.sub(" ", "".join(self._words)).strip()
        self._words = []
        if not text:
            return
        if self._heading:
            self.blocks.append(Block(BlockKind.HEADING, text, level=self._heading))
        elif self._marker:
            depth = max(0, len(self._lists) - 1)
            self.blocks.append(Block(BlockKind.LIST_ITEM, self._marker + text, level=depth))
            self._marker = ""
        else:
            self.blocks.append(Block(BlockKind.PARAGRAPH, text, heads_table=self._in_caption))


def _is_data_row(row: etree._Element, hanging: Mapping[int, int]) -> bool:
    """Whether the row holds values and not a page laid out as a table."""
    cells = [cell for cell in row if cell.tag in ("td", "th")]
    if not cells or len(cells) + sum(1 for rows in hanging.values() if rows) < 2:
        return False
    return not any(_is_layout(cell) for cell in cells)


def _is_layout(cell: etree._Element) -> bool:
    if next(cell.iter("table", "ul", "ol", "h1", "h2", "h3", "h4"), None) is not None:
        return True
    return len(list(cell.iter("p"))) > 1 and _length(cell.itertext()) > _LONG_CELL


def _count(cell: etree._Element, name: str) -> int:
    """A "rowspan" or "colspan", at least 1 and within reason."""
    said = (cell.get(name) or "").strip()
    return max(1, min(int(said[:6]), 100)) if said.isdecimal() else 1


def _length(pieces: Iterator[str]) -> int:
    return sum(len(piece) for piece in pieces)
