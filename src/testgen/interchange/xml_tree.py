"""XML of other tools, read by defusedxml: document types and entities, external ones above all, are refused."""

from typing import Any


def parse(text: str, roots: dict[str, str]) -> Any:
    """The first element. `roots` says which may come first, and of which tool.

    Raises:
        ValueError: not XML, with entities, or another tool's.
    """
    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import ParseError, fromstring

    try:
        root = fromstring(text.encode("utf-8"), forbid_dtd=True)
    except ParseError as error:
        raise ValueError(f"is not XML: {error}") from None
    except DefusedXmlException:
        raise ValueError("has a document type or entities, which are refused: export it again") from None
    if root.tag not in roots:
        tools = " or ".join(f"{tag} ({tool})" for tag, tool in roots.items())
        raise ValueError(f"is of no tool that is known: its first element is {root.tag!r}, not {tools}")
    return root
