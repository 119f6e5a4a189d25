"""Text out of the HTML that tools keep in their fields: paragraphs, list items and breaks are lines."""

import html
import re

_BLOCK = r"p|div|li|ul|ol|tr|table|h[1-6]|blockquote|pre|html|head|body"
_KNOWN = rf"{_BLOCK}|br|b|i|u|s|em|strong|span|a|img|font|code|sub|sup|var|hr|tbody|thead|td|th|small|strike|label|col|colgroup"
_TAG = re.compile(rf"</?(?:{_KNOWN})(?:\s[^<>]*)?/?>", re.IGNORECASE)
_ANY_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
# A run of blanks is tried from its first only, or its cost grows with its square.
_EDGE = re.compile(rf"(?:(?<!\s)\s+)?</?(?:{_BLOCK})(?:\s[^<>]*)?/?>\s*", re.IGNORECASE)
_BREAK = re.compile(r"<br\s*/?>\n?", re.IGNORECASE)
_BETWEEN_CELLS = re.compile(r"</t[dh]>\s*<t[dh](?:\s[^<>]*)?>", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:[A-Za-z]{2,8}|#\d{1,7}|#[xX][0-9A-Fa-f]{1,6});")
_MARK = "\0"  # where a block begins or ends


def from_html(markup: str) -> str:
    """The text of HTML. Line ends of the source count only where no block element does."""
    if "<" not in markup:
        return _unescape(markup)
    return _text(markup, _ANY_TAG)


def perhaps_html(text: str) -> str:
    """The same for a field that may also hold plain text: only tags that HTML has are markup, `<login>` is none."""
    if _TAG.search(text):
        return _text(text, _TAG)
    return _unescape(text) if _ENTITY.search(text) else text


def _text(markup: str, tag: re.Pattern[str]) -> str:
    marked = _EDGE.sub(_MARK, _BETWEEN_CELLS.sub(" | ", markup.replace(_MARK, "")))
    if _MARK in marked:
        marked = _BREAK.sub("<br>", marked).replace("\n", " ")
    lines = re.sub(f"{_MARK}+", "\n", _BREAK.sub("\n", marked).strip(_MARK))
    return _unescape(tag.sub("", lines)).strip(" ")


def _unescape(text: str) -> str:
    """Editors write `&nbsp;` where a person typed a blank."""
    return html.unescape(text.replace("&nbsp;", " "))
