"""The automatic numbers of headings and list items in Word, which are not part of their text (ECMA-376, 17.9)."""

import re
from typing import Any

_NAMESPACE = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PLACE = re.compile(r"%([1-9])")
_LEVELS = 9
_ROMAN = tuple(
    zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ("m", "cm", "d", "cd", "c", "xc", "l", "xl", "x", "ix", "v", "iv", "i"),
        strict=True,
    )
)
_MOST_ROMAN = 3_999
_KANJI = "〇一二三四五六七八九"
_CIRCLED = 20


class Numbers:
    """Counts one paragraph after another."""

    def __init__(self, document: Any) -> None:
        self._lists: dict[str, dict[int, Any]] = {}
        self._kinds: dict[str, str] = {}
        self._counts: dict[str, list[int]] = {}
        self._read(document)

    def next(self, number: str, deep: str) -> str:
        """What Word shows before the next paragraph of a list at that depth: `3.2`, `(1)`, `-` for a bullet; empty if there is no such
        list."""
        depth = min(int(deep[:2]), _LEVELS - 1) if deep.isdecimal() else 0
        kind = self._kinds.get(number, "")
        level = self._lists.get(kind, {}).get(depth)
        if level is None:
            return ""
        counts = self._counts.setdefault(kind, [0] * _LEVELS)
        counts[depth] = counts[depth] + 1 if counts[depth] else _start(level)
        counts[depth + 1 :] = [0] * (_LEVELS - depth - 1)
        if value_of(level, "numFmt") in ("bullet", "none"):
            return "-" if value_of(level, "numFmt") == "bullet" else ""
        return _PLACE.sub(lambda found: self._shown(kind, int(found[1]) - 1), value_of(level, "lvlText")).strip()

    def _shown(self, kind: str, depth: int) -> str:
        level = self._lists[kind].get(depth)
        count = self._counts[kind][depth] or (1 if level is None else _start(level))
        return _as_written(count, "decimal" if level is None else value_of(level, "numFmt"))

    def _read(self, document: Any) -> None:
        parts = (relation.target_part for relation in document.part.rels.values() if not relation.is_external)
        numbering = next((part for part in parts if str(part.partname).endswith("/numbering.xml")), None)
        if numbering is None:
            return
        root = numbering.element
        for kind in root.iter(_NAMESPACE + "abstractNum"):
            levels = {level.get(_NAMESPACE + "ilvl"): level for level in kind.iter(_NAMESPACE + "lvl")}
            name = kind.get(_NAMESPACE + "abstractNumId")
            self._lists[name] = {int(depth): level for depth, level in levels.items() if depth and depth.isdecimal()}
        for number in root.iter(_NAMESPACE + "num"):
            self._kinds[number.get(_NAMESPACE + "numId")] = value_of(number, "abstractNumId")


def _start(level: Any) -> int:
    start = value_of(level, "start")
    return int(start[:6]) if start.isdecimal() else 1


def _as_written(count: int, form: str) -> str:
    match form:
        case "lowerLetter" | "upperLetter":
            letter = chr(ord("a") + (count - 1) % 26) * min(1 + (count - 1) // 26, 3)
            return letter.upper() if form == "upperLetter" else letter
        case "lowerRoman" | "upperRoman":
            roman = _roman(count)
            return roman.upper() if form == "upperRoman" else roman
        case "decimalEnclosedCircle" if 1 <= count <= _CIRCLED:
            return chr(ord("①") + count - 1)
        case "japaneseCounting" | "ideographDigital" | "chineseCounting" if 1 <= count < len(_KANJI):
            return _KANJI[count]
        case "decimalFullWidth":
            return "".join(chr(ord("０") + int(digit)) for digit in str(count))
        case "decimalZero":
            return f"{count:02}"
        case _:
            return str(count)


def _roman(count: int) -> str:
    if count > _MOST_ROMAN:
        return str(count)
    found = ""
    for value, sign in _ROMAN:
        while count >= value:
            found, count = found + sign, count - value
    return found


def value_of(element: Any, *path: str) -> str:
    """The `w:val` at the end of a path below an element; empty if there is none."""
    found = element.find("/".join(_NAMESPACE + name for name in path))
    return "" if found is None else found.get(_NAMESPACE + "val") or ""
