"""What the elements of HTML do to lines (HTML Living Standard, §15.3 Rendering)."""

from __future__ import annotations

BLOCK = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "html",
        "legend",
        "li",
        "listing",
        "main",
        "menu",
        "nav",
        "ol",
        "optgroup",
        "option",
        "p",
        "plaintext",
        "pre",
        "search",
        "section",
        "select",
        "summary",
        "table",
        "tbody",
        "tfoot",
        "thead",
        "tr",
        "ul",
        "xmp",
    ]
)
"""Elements that begin and end a line."""

CELL = frozenset(("td", "th"))

BREAKS = BLOCK | CELL
"""Elements that begin and end a line or a cell."""

VOID = frozenset(
    [
        "area",
        "base",
        "basefont",
        "bgsound",
        "br",
        "col",
        "embed",
        "frame",
        "hr",
        "img",
        "input",
        "keygen",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
    ]
)
"""Elements without an end tag."""

UNSEEN = frozenset(
    [
        "audio",
        "canvas",
        "datalist",
        "iframe",
        "map",
        "noembed",
        "noframes",
        "noscript",
        "object",
        "rp",
        "rt",
        "script",
        "select",
        "style",
        "svg",
        "template",
        "textarea",
        "title",
        "video",
    ]
)
"""Elements whose inside is no text of the page: code, controls, pictures, readings over characters."""

CLOSED_BY: dict[str, frozenset[str]] = {
    "p": BLOCK - {"option", "optgroup", "body", "html"},
    "li": frozenset(("li",)),
    "dt": frozenset(("dt", "dd")),
    "dd": frozenset(("dt", "dd")),
    "option": frozenset(("option", "optgroup")),
    "td": frozenset(("td", "th", "tr", "tbody", "tfoot", "thead")),
    "th": frozenset(("td", "th", "tr", "tbody", "tfoot", "thead")),
    "tr": frozenset(("tr", "tbody", "tfoot", "thead")),
    "a": frozenset(("a",)),
}
"""Elements that a start tag of one of these ends without their own end tag."""

BARRIER = frozenset(("table", "td", "th", "caption", "html", "template", "object", "marquee"))
"""Elements across which an end tag ends nothing but a table's own parts."""

TABLE_PART = frozenset(("table", "tbody", "thead", "tfoot", "tr", "td", "th", "html", "body"))
