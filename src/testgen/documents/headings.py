"""Recognises headings by their wording in documents that do not mark them: sheets, PDF, plain text."""

import re

LONGEST = 80  # characters
_CHAPTER = r"第\s?[0-9一二三四五六七八九十]{1,3}\s?[章節項部編]|(?:Chapter|Section|Appendix|Part)\s+[0-9A-Z]{1,3}\b"
# 3.2 Lock conditions, 3-2. ロック条件; a number alone is as often an item of a list.
_NUMBERED = re.compile(
    rf"^\s*(?:{_CHAPTER}|(?P<number>\d{{1,2}}(?:[.．-]\d{{1,2}}){{1,4}})[.．]?(?=[\s　]|[^\x00-\x7f]))\s*\S"
)
_MARKED = re.compile(r"^\s*(?:[■◆●▼□◇]\s*|【[^【】]{1,60}】\s*$|＜[^＜＞]{1,60}＞\s*$)")
_SINGLE = re.compile(r"^\s*\d{1,2}[.．]\s*\S")
_ENDS = re.compile(r"[。、，,;；:：！!？?]$|[a-z)]\.$")


def heading_level(text: str, *, alone: bool = False) -> int:
    """The level of a line as a heading, 0 if it is not one. `alone` says that it stands by itself, so that a single number or a mark is
    enough."""
    line = text.strip()
    if not line or len(line) > LONGEST or "\n" in line or _ENDS.search(line):
        return 0
    if found := _NUMBERED.match(line):
        return 1 + len(re.findall(r"[.．-]", found["number"] or ""))
    if alone and _MARKED.match(line):
        return 3
    return 1 if alone and _SINGLE.match(line) else 0
