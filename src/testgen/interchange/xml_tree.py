"""XML of other tools, read by defusedxml: document types and entities, external ones above all, are refused."""

from typing import Any

DEEPEST = 100  # elements inside one another; suites of suites have a dozen


def parse(text: str, roots: dict[str, str]) -> Any:
    """The first element. `roots` says which may come first, and of which tool.

    Raises:
        ValueError: not XML, with entities, nested too deeply, or another tool's.
    """
    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import ParseError, fromstring

    try:
        root = fromstring(text, forbid_dtd=True)  # as text: it is decoded, whatever encoding it names
    except ParseError as error:
        raise ValueError(f"is not XML: {error}") from None
    except DefusedXmlException:
        raise ValueError("has a document type or entities, which are refused: export it again") from None
    if root.tag not in roots:
        tools = " or ".join(f"{tag} ({tool})" for tag, tool in roots.items())
        raise ValueError(f"is of no tool that is known: its first element is {root.tag!r}, not {tools}")
    _require_shallow(root)
    return root


def _require_shallow(root: Any) -> None:
    level, depth = [root], 0
    while level:
        depth += 1
        if depth > DEEPEST:
            raise ValueError(f"is nested too deeply: at most {DEEPEST} elements may stand inside one another")
        level = [child for element in level for child in element]
