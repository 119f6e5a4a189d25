"""A workbook taken apart and put together again, with its sheets copied: whatever is not named here stays byte for byte.

The openpyxl library drops what it does not know (shapes, pictures, controls); a team's form has such things.
"""

import posixpath
import re
from typing import Any

from testgen.interchange.xlsx_package import packed, parts_of
from testgen.messages import say

_WORKBOOK, _TYPES = "xl/workbook.xml", "[Content_Types].xml"
_RELATIONS = "xl/_rels/workbook.xml.rels"
_STYLES = "xl/styles.xml"
_CALC_CHAIN = "xl/calcChain.xml"
_WORKSHEET = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_LONGEST_NAME = 31  # characters of a sheet's name, Excel's limit


def parsed(part: bytes) -> Any:
    """The document of a part, prefixes and all.

    Raises:
        ValueError: it is not XML, or has a document type.
    """
    from xml.parsers.expat import ExpatError

    from defusedxml.common import DefusedXmlException
    from defusedxml.minidom import parseString

    try:
        return parseString(part, forbid_dtd=True)  # type: ignore[arg-type]  # bytes, whose encoding their beginning tells
    except (ExpatError, DefusedXmlException):
        raise ValueError(say("is not a workbook that can be read: open it and save it again as .xlsx")) from None


def elements(node: Any, name: str) -> list[Any]:
    """The elements below a node by their local name, in their order."""
    return [found for found in node.getElementsByTagName("*") if found.tagName.rpartition(":")[2] == name]


class Parts:
    """The package of a workbook. Sheets are known by their names."""

    def __init__(self, content: bytes) -> None:
        self._parts = parts_of(content)
        self._book, self._types = parsed(self._parts[_WORKBOOK]), parsed(self._parts[_TYPES])
        self._relations = parsed(self._parts[_RELATIONS])

    def part_of(self, sheet: str) -> str:
        """The name of the part with a sheet."""
        wanted = self._sheet(sheet)
        ids = [value for name, value in wanted.attributes.items() if name.rpartition(":")[2] == "id" and ":" in name]
        target = next(each for each in elements(self._relations, "Relationship") if each.getAttribute("Id") in ids)
        return posixpath.normpath(posixpath.join("/xl", target.getAttribute("Target"))).lstrip("/")

    def document(self, sheet: str) -> Any:
        """A sheet's own document; `put` takes it back."""
        return parsed(self._parts[self.part_of(sheet)])

    def put(self, sheet: str, document: Any) -> None:
        """Replaces a sheet."""
        self._parts[self.part_of(sheet)] = document.toxml(encoding="UTF-8", standalone=True)

    def styles(self) -> Any:
        """The document of the cell formats; `put_styles` stores it. None if the workbook has none."""
        return parsed(self._parts[_STYLES]) if _STYLES in self._parts else None

    def put_styles(self, document: Any) -> None:
        """Replaces the cell formats."""
        self._parts[_STYLES] = document.toxml(encoding="UTF-8", standalone=True)

    def names(self) -> list[str]:
        """The names of all sheets, hidden ones too."""
        return [sheet.getAttribute("name") for sheet in elements(self._book, "sheet")]

    def free_name(self, wanted: str, *, besides: str = "") -> str:
        """A unique name for a sheet, with valid letters only. The own name of `besides` is free."""
        plain = _NOT_IN_NAMES.sub(" ", wanted).strip().strip("'")[:_LONGEST_NAME] or "-"
        taken = {name.casefold() for name in self.names() if name != besides} | {
            "history"
        }  # which Excel keeps for itself
        number, free = 1, plain
        while free.casefold() in taken:
            number += 1
            free = f"{plain[: _LONGEST_NAME - len(str(number)) - 3]} ({number})"
        return free

    def rename(self, sheet: str, name: str) -> None:
        """Gives a sheet another name, in what refers to it too."""
        self._sheet(sheet).setAttribute("name", name)
        for defined in elements(self._book, "definedName"):
            _set_text(defined, _renamed(_text(defined), sheet, name))
        for part, content in self._parts.items():
            if part.startswith("xl/worksheets/") and b"!" in content:  # the name may be written as character references
                document = parsed(content)
                formulas = [each for each in elements(document, "f") if sheet in _text(each)]
                for formula in formulas:
                    _set_text(formula, _renamed(_text(formula), sheet, name))
                if formulas:
                    self._parts[part] = document.toxml(encoding="UTF-8", standalone=True)

    def copy(self, sheet: str, name: str, after: str) -> None:
        """Adds a copy of a sheet behind another, with its drawings and the names that are defined for it."""
        part = self._copied(self.part_of(sheet))
        document = parsed(self._parts[part])
        for view in elements(document, "sheetView"):
            if view.hasAttribute("tabSelected"):  # two selected sheets would both be written into
                view.removeAttribute("tabSelected")
        self._parts[part] = document.toxml(encoding="UTF-8", standalone=True)
        old, place = self._sheet(sheet), self.names().index(after) + 1
        new = old.cloneNode(deep=True)
        new.setAttribute("name", name)
        numbers = [int(each.getAttribute("sheetId")) for each in elements(self._book, "sheet")]
        new.setAttribute("sheetId", str(max(numbers) + 1))
        for attribute in [key for key, _ in new.attributes.items() if key.rpartition(":")[2] == "id" and ":" in key]:
            new.setAttribute(attribute, self._relate(part))
        old.parentNode.insertBefore(new, self._sheet(after).nextSibling)
        self._define(self.names().index(sheet), place, sheet, name)

    def _define(self, old: int, new: int, sheet: str, name: str) -> None:
        """Moves what is defined for the sheets behind the new one, and gives it what the copied one has."""
        old -= old >= new
        for defined in elements(self._book, "definedName"):
            if not defined.hasAttribute("localSheetId"):
                continue
            number = int(defined.getAttribute("localSheetId"))
            if number >= new:
                defined.setAttribute("localSheetId", str(number + 1))
            if number == old:
                copy = defined.cloneNode(deep=True)
                copy.setAttribute("localSheetId", str(new))
                _set_text(copy, _renamed(_text(copy), sheet, name))
                defined.parentNode.insertBefore(copy, defined.nextSibling)
        for view in elements(self._book, "workbookView"):
            for attribute in ("activeTab", "firstSheet"):
                if int(view.getAttribute(attribute) or 0) >= new:
                    view.setAttribute(attribute, str(int(view.getAttribute(attribute)) + 1))

    def _relate(self, part: str) -> str:
        used = {each.getAttribute("Id") for each in elements(self._relations, "Relationship")}
        number = len(used) + 1
        while f"rId{number}" in used:
            number += 1
        one = elements(self._relations, "Relationship")[0]
        new = one.cloneNode(deep=False)
        for attribute, value in (("Id", f"rId{number}"), ("Type", _WORKSHEET), ("Target", f"/{part}")):
            new.setAttribute(attribute, value)
        one.parentNode.appendChild(new)
        return f"rId{number}"

    def _copied(self, part: str) -> str:
        """A copy of a part, and of what belongs to it; pictures are shared. Tables get names of their own."""
        number = 1
        stem, ending = re.fullmatch(r"(.*?)\d*(\.[^./]*)", part).groups()  # type: ignore[union-attr]
        while f"{stem}{number}{ending}" in self._parts:
            number += 1
        new = f"{stem}{number}{ending}"
        content = self._parts[part]
        if "/tables/" in part:
            content = _as_table(content, number)
        self._parts[new] = content
        self._declare(part, new)
        folder, name = posixpath.split(part)
        if relations := self._parts.get(f"{folder}/_rels/{name}.rels"):
            document = parsed(relations)
            for each in elements(document, "Relationship"):
                target = posixpath.normpath(posixpath.join("/" + folder, each.getAttribute("Target"))).lstrip("/")
                if each.getAttribute("TargetMode") != "External" and target in self._parts and "/media/" not in target:
                    each.setAttribute("Target", "/" + self._copied(target))
            self._parts[f"{folder}/_rels/{posixpath.basename(new)}.rels"] = document.toxml(encoding="UTF-8")
        return new

    def _declare(self, old: str, new: str) -> None:
        for each in elements(self._types, "Override"):
            if each.getAttribute("PartName") == f"/{old}":
                copy = each.cloneNode(deep=False)
                copy.setAttribute("PartName", f"/{new}")
                each.parentNode.appendChild(copy)
                return

    def reach(self, sheet: str, first: int, last: int) -> None:
        """Lets what is defined for a sheet and ends among the rows from `first` (a print area, a filter) go on to `last`."""
        place = str(self.names().index(sheet))
        for defined in elements(self._book, "definedName"):
            if defined.getAttribute("localSheetId") == place and "Titles" not in defined.getAttribute("name"):
                _set_text(defined, reaching(_text(defined), first, last))

    def saved(self) -> bytes:
        """The whole package. Excel recalculates what depends on the new values."""
        if self._parts.pop(_CALC_CHAIN, None) is not None:
            _remove(self._relations, "Relationship", "Target", "calcChain.xml")
            _remove(self._types, "Override", "PartName", "calcChain.xml")
        for properties in elements(self._book, "calcPr"):
            properties.setAttribute("fullCalcOnLoad", "1")
        for name, document in ((_WORKBOOK, self._book), (_TYPES, self._types), (_RELATIONS, self._relations)):
            self._parts[name] = document.toxml(encoding="UTF-8", standalone=True)
        return packed(self._parts)

    def _sheet(self, name: str) -> Any:
        return next(each for each in elements(self._book, "sheet") if each.getAttribute("name") == name)


def reaching(areas: str, first: int, last: int) -> str:
    """Areas such as `A1:K20`; one that ends among the rows from `first` ends at `last` instead, if that is further down."""

    def longer(found: re.Match[str]) -> str:
        bottom = int(found[2])
        return f"{found[1]}{last if first - 1 <= bottom < last else bottom}"

    return re.sub(r"(\$?[A-Z]{1,3}\$?\d+:\$?[A-Z]{1,3}\$?)(\d+)", longer, areas)


def _as_table(content: bytes, number: int) -> bytes:
    document = parsed(content)
    table = document.documentElement
    table.setAttribute("id", str(number + 1_000))
    for attribute in ("name", "displayName"):
        if table.hasAttribute(attribute):
            table.setAttribute(attribute, f"{table.getAttribute(attribute)}_{number}")
    return bytes(document.toxml(encoding="UTF-8", standalone=True))


def _remove(document: Any, name: str, attribute: str, ending: str) -> None:
    for each in elements(document, name):
        if each.getAttribute(attribute).endswith(ending):
            each.parentNode.removeChild(each)


def _renamed(formula: str, old: str, new: str) -> str:
    quoted = "'" + new.replace("'", "''") + "'!"
    shown = "'" + old.replace("'", "''") + "'!"
    return re.sub(rf"(?<![\w'.\]]){re.escape(old)}!", lambda _: quoted, formula.replace(shown, quoted))


def _text(node: Any) -> str:
    return "".join(
        child.data for child in node.childNodes if child.nodeType in (child.TEXT_NODE, child.CDATA_SECTION_NODE)
    )


def _set_text(node: Any, text: str) -> None:
    while node.firstChild:
        node.removeChild(node.firstChild)
    node.appendChild(node.ownerDocument.createTextNode(text))
