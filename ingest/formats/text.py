"""Plain text, Markdown, and the mixtures of both that exports of council systems are."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.blocks import CELL_BREAK, LINE_BREAK, Block, BlockKind, Extent, Parsed
from ingest.errors import NoText, UnknownEncoding, UnknownType
from ingest.intake import looks_like_utf16
from ingest.list_items import LIST_ITEM
from ingest.pages.edges import EDGE_LINES, running_lines

PARSER = "text 2"

_BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
# Old single-byte sets that German files come in; the first wins a tie.
_SINGLE_BYTE = ("cp1252", "cp850", "mac_roman")
_GERMAN = frozenset("äöüßÄÖÜ§„“”‚‘’–—…€°²³½é«»\u00a0\u00ad•")
_MAX_HIGH_SHARE = 0.25  # German prose has about 3 % bytes beyond ASCII, Cyrillic over 80 %

# A line longer than this was not wrapped by anybody: the line is the paragraph.
_UNWRAPPED = 160
# Lines of a column narrower than this are an address or a list of names, not wrapped prose.
_NARROWEST_COLUMN = 45

_TAG = re.compile(
    r"</?(?:b|i|u|em|strong|span|font|sup|sub|p|div|center|small|big)(?:\s[^<>]*)?/?>", re.I
)
_BREAK_TAG = re.compile(r"<br\s*/?>", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:[a-zA-Z]{2,8}|#\d{1,6}|#x[\da-fA-F]{1,5});")
_STRONG = re.compile(r"(\*\*\*|\*\*|__)(?=[^\s*_])(.{1,500}?)(?<=[^\s])\1")
_EMPHASIS = re.compile(r"(?<![\w*\\])\*(?=[^\s*])([^*\n]+?)(?<=\S)\*(?![\w*])")
_UNDERLINED = re.compile(r"(?<![\w\\])_(?=[^\s_])([^_\n]+?)(?<=\S)_(?!\w)")
_LINK = re.compile(r"!?\[([^\[\]\n]*)\]\([^()\s]{0,2000}(?:\s\"[^\"]{0,200}\")?\)")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+\-.!>|])")
_HEADING = re.compile(r"^\s{0,3}(#{1,6})\s(.*)$")
_RULE = re.compile(r"^\s*(?:[-*_=]\s*){3,}$")
_TABLE_RULE = re.compile(r"^\s*\|?(?:\s*:?-{2,}:?\s*\|)+\s*(?::?-{2,}:?)?\s*$")
_FENCE = re.compile(r"^\s*(?:```|~~~)")
_BULLET = re.compile(r"^\s*[-*+•▪■◦·]\s+")
_ABSATZ = re.compile(r"\(\d{1,2}[a-z]?\)\s")
_LABEL = re.compile(r"^[A-ZÄÖÜ][\w /.-]{1,40}:\s*\t")
_COLUMN_GAP = re.compile(r"(?<=\S)(?: {3,}|[ ]*\t[ \t]*)(?=\S)")
_SPACED_OUT = re.compile(r"(?:\b\w {1,3}){4}")
# A field of a head, a station of a Beratungsfolge, the header of its table: nobody wrapped them.
_FIELD = re.compile(
    r"(?:(?:[A-ZÄÖÜ][\w/-]*[ ]){0,2}(?:[\w-]*(?:[Aa]ntrag|[Aa]nfrage|[Vv]orlage|[Dd]rucksache"
    r"|[Ee]ingang|[Dd]atum|[Dd]ienststelle|[Aa]bstimmungsergebnis|[Bb]eschluss|[Bb]egründung))"
    r"(?:[ -]?Nr\.?)?(?:[ ][A-ZÄÖÜ][\w./|-]*,?){0,3}[ ]?:(?:\s|\Z)"
    r"|\(?[\w-]*(?:[Aa]ntrag|[Aa]nfrage) der [\w./’' -]{2,60}[Ff]raktion"
    r"|[A-ZÄÖÜ][\w./’'´\u0301-]{0,30}(?: [\w./’'´\u0301-]{2,20}){0,3}[Ff]raktion"
    r"(?: [A-ZÄÖÜ][\w-]+)?\Z"
    r"|(?:Sitzungs(?:termin|tag|datum|ort|raum|beginn|ende|leitung)|Raum|Ort|Beginn|Ende|Uhrzeit)"
    r"(?:[ ]?/[ ]?\w+|, \w+)?[ ]?:\s"
    r"|Gremi(?:um|en)\b.{0,40}\b(?:Termin|Datum)\b|Beratungsfolge\b.{0,60}\Z)"
)
# The head of an item of minutes behind a sentence, or behind the words of the item before it.
_ITEM = re.compile(r"(?:TOP|Tagesordnungspunkt|Punkt)\s*(?:[ÖN]\s*)?\d{1,2}(?:\.\d{1,2})*\b")
_BARE_ITEM = re.compile(rf"{_ITEM.pattern}\s*[:.]?\s*")
_ENDED = re.compile(r"[.:;!?)”“\"]\Z")
_DAY = re.compile(r"\d\.\d{1,2}\.\d{4}")
_STATION = re.compile(
    r"(?:[A-ZÄÖÜ][^.:;!?]{2,90}(?<!\bam)(?<!\bvom)(?<!\bden)(?<!\bdem)(?<!\bbis)(?<!\bzum)"
    r"(?<!\bab)(?<!\bund)(?<!,) )?\d{1,2}\.\d{1,2}\.\d{4}(?:\s|\Z)(?=.{0,90}\Z)(?!.*[.,;]\Z)"
)
_OPEN_END = re.compile(r"[^.:;!?…“\"]$")
_VERBS = frozenset(
    {"ist", "sind", "war", "wird", "werden", "wurde", "wurden", "hat", "haben", "soll"}
)
_MARKED = re.compile(r"^#{1,6}\s+\S|\*\*\S", re.MULTILINE)


def parse_text(data: bytes) -> Parsed:
    """Reads text in whatever encoding it has; form feeds are page ends.

    Raises:
        NoText, UnknownEncoding, UnknownType.
    """
    text, encoding = decode(data)
    text = text.rstrip("\x1a")  # the end mark of DOS
    pages = text.rstrip("\f\n\r \t").split("\f")
    blocks = blocks_of_pages(pages) if len(pages) > 1 else list(blocks_of_text(text, None))
    if not any(character.isalnum() for block in blocks for character in block.text):
        raise NoText
    warnings: tuple[str, ...] = ()
    if encoding in _SINGLE_BYTE[1:]:
        warnings = (f"Der Zeichensatz wurde als {encoding} erkannt; bitte die Umlaute prüfen.",)
    page_count = len(pages) if len(pages) > 1 else None
    return Parsed(tuple(blocks), page_count, PARSER, warnings)


def decode(data: bytes) -> tuple[str, str]:
    """The text and the name of the encoding it was in.

    Raises:
        UnknownEncoding: not Unicode, and not German in an old single-byte set.
        UnknownType: not text at all.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace"), encoding
    unmarked = looks_like_utf16(data[:4096])
    if unmarked:
        return data.decode(unmarked, errors="replace"), unmarked
    if b"\x00" in data:
        raise UnknownType
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        # One cut character at the end, or a stray byte in a large file, is still UTF-8.
        sound = data[: error.start]
        replaced = data.decode("utf-8", errors="replace")
        if any(byte > 127 for byte in sound) and replaced.count("\ufffd") * 50 < _high(data):
            return replaced, "utf-8"
    if _high(data) > _MAX_HIGH_SHARE * len(data):
        raise UnknownEncoding
    best = max(_SINGLE_BYTE, key=lambda encoding: _fit(data, encoding))
    text = data.decode(best, errors="replace")
    if best == "cp1252" and b"\x80" not in data:
        text = text.replace("¤", "€")  # Latin-9 has the euro where nobody needs the other sign
    return text, best


def _high(data: bytes) -> int:
    return len(data) - len(data.translate(None, bytes(range(128, 256))))


def _fit(data: bytes, encoding: str) -> int:
    """How German the bytes beyond ASCII read in `encoding`."""
    high = bytes(byte for byte in data if byte > 127)[:100_000]
    text = high.decode(encoding, errors="replace")
    return sum(1 if character in _GERMAN else -1 for character in text)


def blocks_of_pages(pages: Sequence[str]) -> list[Block]:
    """Blocks of a text with page ends; running headers and footers are marked as such."""
    split = [page.splitlines() for page in pages]
    filled = [[line for line in lines if line.strip()] for lines in split]
    edges = [_edges(lines) for lines in filled]
    tops = running_lines([top for top, _ in edges])
    bottoms = running_lines([bottom[::-1] for _, bottom in edges])
    blocks: list[Block] = []
    for number, (lines, solid, (top, bottom)) in enumerate(
        zip(split, filled, edges, strict=True), start=1
    ):
        header = [line for index, line in enumerate(top) if index in tops[number - 1]]
        from_below = bottom[::-1]
        footer = [line for index, line in enumerate(from_below) if index in bottoms[number - 1]]
        footer.reverse()
        running = {id(line) for line in header + footer}
        if len(running) == len(solid):
            header, footer, running = [], [], set()  # a page of nothing else
        blocks += [Block(BlockKind.PAGE_HEADER, line, number) for line in header]
        rest = [line for line in lines if id(line) not in running]
        blocks += blocks_of_text("\n".join(rest), number)
        blocks += [Block(BlockKind.PAGE_FOOTER, line, number) for line in footer]
    return blocks


def _edges(lines: Sequence[str]) -> tuple[Sequence[str], Sequence[str]]:
    """The lines near the top and near the bottom of a page, none in both."""
    top = min(EDGE_LINES, len(lines) // 2)
    return lines[:top], lines[max(top, len(lines) - EDGE_LINES) :]


def blocks_of_text(text: str, page: int | None) -> Iterator[Block]:
    """The blocks of one page of text, Markdown marks read and removed."""
    marked = bool(_MARKED.search(text))
    group: list[str] = []
    for line in _BREAK_TAG.sub("\n", text).splitlines():
        if line.strip():
            group.append(line)
        elif group:
            yield from _group_blocks(group, page, marked)
            group = []
    if group:
        yield from _group_blocks(group, page, marked)


def _group_blocks(lines: Sequence[str], page: int | None, marked: bool) -> Iterator[Block]:
    """Blocks of lines without a blank one between them."""
    width = max(len(line.rstrip()) for line in lines)
    wrapped = _NARROWEST_COLUMN <= width <= _UNWRAPPED
    open_block: Block | None = None
    previous, titled = "", False
    for line in lines:
        goes_on = _runs_on(previous, line, width, wrapped) and not (
            titled and line.lstrip()[:1].isupper()
        )
        block = _line_block(line, page, marked, fresh=not goes_on)
        if block is None:
            if open_block is not None and open_block.kind is BlockKind.TABLE_ROW:
                open_block = replace(open_block, heads_table=bool(_TABLE_RULE.match(line)))
            continue
        joins = (
            open_block is not None
            and block.kind is BlockKind.PARAGRAPH
            and open_block.kind in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM)
            and goes_on
        )
        if joins and open_block is not None:
            joined = open_block.text + LINE_BREAK + block.text
            open_block = Block(open_block.kind, joined, page, open_block.level)
        else:
            if open_block is not None:
                yield open_block
            open_block = block
        # Behind "TOP 3" stands its title, however long.
        titled = _BARE_ITEM.fullmatch(previous.strip()) is not None
        previous = line
    if open_block is not None:
        yield open_block


def _runs_on(line: str, following: str, width: int, wrapped: bool) -> bool:
    """Whether `line` ended because it was full, so that `following` continues it."""
    line, following = line.rstrip(" \t"), following.strip()
    if not line or not following:
        return False
    if _FIELD.match(following) or _stands_alone(line.strip()) or _stands_alone(following):
        return False
    if _ITEM.match(following) and _ENDED.search(line):
        return False
    bullet = _BULLET.match(following)
    if bullet and (_BULLET.match(line) or following[bullet.end() :][:1].isupper()):
        return False
    if _ABSATZ.match(following) and line.endswith((".", ";", ":")):
        return False
    if line.endswith(("-", "\u00ad")) and line[-2:-1].isalpha() and following[0].islower():
        return True
    if not wrapped:
        return False
    if following[0].islower() and _OPEN_END.search(line) and len(line) > 0.6 * width:
        return True
    return len(line) + 1 + len(following.split(maxsplit=1)[0]) > width


def _stands_alone(line: str) -> bool:
    """Whether a line is a row of a Beratungsfolge, or the words above its rows."""
    match = _STATION.match(line) if _DAY.search(line) else None
    if match is None:
        return (
            line.startswith(("Gremien ", "Gremium ", "Beratungsfolge "))
            and _FIELD.match(line) is not None
        )
    behind = line[match.end() :].split()
    return not any(word.islower() and word in _VERBS for word in behind)


def _line_block(line: str, page: int | None, marked: bool, *, fresh: bool) -> Block | None:
    """The block one line opens; None for a line that is only a mark. `fresh`: a new thought."""
    bare = line.strip()
    if _RULE.match(bare) or _TABLE_RULE.match(bare) or (marked and _FENCE.match(line)):
        return None
    heading = _HEADING.match(line)
    if heading:
        text = plain(heading[2].strip().rstrip("#").strip(), marked=True)
        return Block(BlockKind.HEADING, text, page, len(heading[1])) if text else None
    text = plain(line, marked=marked)
    if marked and text.lstrip().startswith(">"):
        text = text.lstrip().lstrip("> ")
    if not text.strip():
        return None
    bare = text.strip()
    if bare.startswith("|") and bare.endswith("|") and bare.count("|") > 2:
        cells = [cell.strip() for cell in bare[1:-1].split("|")]
        return Block(BlockKind.TABLE_ROW, CELL_BREAK.join(cells), page)
    item = LIST_ITEM.match(text)
    if item and (fresh or text[item.end() - 1] == "\t"):
        depth = len(item[1].expandtabs(2)) // 2
        return Block(BlockKind.LIST_ITEM, bare, page, depth)
    if not _LABEL.match(bare) and not _SPACED_OUT.search(bare) and _COLUMN_GAP.search(bare):
        row = _COLUMN_GAP.sub(CELL_BREAK, bare)
        return Block(BlockKind.TABLE_ROW, row, page, extents=_extents(text))
    return Block(BlockKind.PARAGRAPH, bare, page)


def _extents(line: str) -> tuple[Extent, ...]:
    """Where the cells of a line stand, in characters as a terminal shows them."""
    line = line.rstrip()
    start = len(line) - len(line.lstrip())
    found: list[Extent] = []
    for gap in _COLUMN_GAP.finditer(line, start):
        found.append((_shown_at(line, start), _shown_at(line, gap.start())))
        start = gap.end()
    return (*found, (_shown_at(line, start), _shown_at(line, len(line))))


def _shown_at(line: str, index: int) -> int:
    return len(line[:index].expandtabs())


def plain(line: str, *, marked: bool) -> str:
    """The line without its emphasis. `marked`: the text is Markdown beyond doubt."""
    line = _TAG.sub("", line)
    line = _ENTITY.sub(lambda match: html.unescape(match[0]), line)
    line = _STRONG.sub(r"\2", line)
    if marked:
        line = _UNDERLINED.sub(r"\1", _EMPHASIS.sub(r"\1", _LINK.sub(r"\1", line)))
        line = _ESCAPED.sub(r"\1", line)
    return line
