"""XML of other tools, read by defusedxml: document types and entities, external ones above all, are refused."""

from collections.abc import Collection, Iterable
from typing import Any

from testgen.interchange.found import Left
from testgen.messages import Original, joined, say

_LOOKED_AT = 20  # characters
_PAGES = ("<html", "<!doctype html", "<table")
DEEPEST = 100  # elements inside one another; suites of suites have a dozen


def parse(text: str, roots: dict[str, str]) -> Any:
    """The first element. `roots` says which may come first, and of which tool.

    Raises:
        ValueError: not XML, with entities, nested too deeply, or another tool's.
    """
    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import ParseError, fromstring

    if text.lstrip()[:_LOOKED_AT].casefold().startswith(_PAGES):
        raise ValueError(say("is a page of HTML: open it in Excel and save it as .xlsx"))
    try:
        root = fromstring(text, forbid_dtd=True)  # as text: it is decoded, whatever encoding it names
    except ParseError as error:
        raise ValueError(joined(": ", (say("is not XML"), Original(str(error))))) from None
    except DefusedXmlException:
        raise ValueError(say("has a document type or entities, which are refused: export it again")) from None
    if root.tag not in roots:
        tools = [f"{tag} ({tool})" for tag, tool in roots.items()]
        raise ValueError(
            say(
                "does not come from a known tool: its first element is {tag!r}, not one of {tools}",
                tag=root.tag,
                tools=tools,
            )
        )
    _require_shallow(root)
    return root


def left_of(elements: Iterable[Any], read: Collection[str]) -> list[Left]:
    """What holds a text inside elements and is not `read` from there, by its tag."""
    held = (child for element in elements for child in element if child.tag not in read)
    return [Left(tag) for tag in dict.fromkeys(child.tag for child in held if "".join(child.itertext()).strip())]


def _require_shallow(root: Any) -> None:
    level, depth = [root], 0
    while level:
        depth += 1
        if depth > DEEPEST:
            raise ValueError(say("is nested too deeply: at most {most} levels of elements are allowed", most=DEEPEST))
        level = [child for element in level for child in element]
