"""YAML 1.1, read by the safe loader. Several cases are a list or several documents."""

from collections.abc import Sequence
from typing import Any

import yaml

from testgen.domain.procedure import Procedure
from testgen.messages import Message, Original, joined, say

MOST_DIGITS = 1000  # of a number; Python writes out none of more than 4,300


class _TextLoader(yaml.SafeLoader):
    """Dates and times stay text, as they were typed: a test case never contains a date object, nor 9:00 as 540."""

    def construct_number(self, node: yaml.ScalarNode) -> object:
        """A number; `9:00` is none, though YAML 1.1 counts in sixties."""
        if ":" in node.value:
            return node.value
        if len(node.value) > MOST_DIGITS:
            problem = say("a number with {count:,} digits: put it in quotes", count=len(node.value))
            raise yaml.constructor.ConstructorError(None, None, problem, node.start_mark)
        whole = node.tag.endswith(":int")
        return self.construct_yaml_int(node) if whole else self.construct_yaml_float(node)

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        """See PyYAML, which uses the last value of a duplicate key and silently drops the others."""
        seen = set()
        for key, _ in node.value:
            if not isinstance(key, yaml.ScalarNode):
                continue  # is refused below
            if key.value in seen:
                problem = say("duplicate key {key!r}: remove one", key=key.value[:50])
                raise yaml.constructor.ConstructorError(None, None, problem, key.start_mark)
            seen.add(key.value)
        return super().construct_mapping(node, deep)

    def flatten_mapping(self, node: yaml.MappingNode) -> None:
        """See PyYAML, which puts the keys of a merge (`<<`) among the others here."""
        super().flatten_mapping(node)
        for key, _ in node.value:
            if isinstance(key, yaml.ScalarNode) and key.tag.endswith(":bool"):
                key.tag = "tag:yaml.org,2002:str"  # a heading `No`, not false


for _tag in ("int", "float"):
    _TextLoader.add_constructor(f"tag:yaml.org,2002:{_tag}", _TextLoader.construct_number)


_TextLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


_OPENS = (
    yaml.FlowSequenceStartToken, yaml.FlowMappingStartToken, yaml.BlockSequenceStartToken, yaml.BlockMappingStartToken,
)  # fmt: skip
_CLOSES = (yaml.FlowSequenceEndToken, yaml.FlowMappingEndToken, yaml.BlockEndToken)
_DEEPEST = 50
_MOST_NODES = 100_000  # of a document in which aliases repeat some


def _require_plain(text: str) -> None:
    depth, alias = 0, 0
    for token in yaml.scan(text, Loader=yaml.SafeLoader):
        if isinstance(token, yaml.AliasToken):
            alias = alias or token.start_mark.line + 1
        depth += isinstance(token, _OPENS) - isinstance(token, _CLOSES)
        if depth > _DEEPEST:
            raise ValueError(say("is nested too deeply: a test case is one flat object"))
    if alias:
        sizes: dict[int, int] = {}
        for node in yaml.compose_all(text, Loader=_TextLoader):
            if node is not None and _size(node, sizes) > _MOST_NODES:
                raise ValueError(
                    say("uses YAML aliases (*name, line {line}) that repeat too much: write the text out", line=alias)
                )


def _size(node: yaml.Node, sizes: dict[int, int]) -> int:
    """The number of values in a node with those that aliases repeat; one that holds itself has more than there may be."""
    if id(node) not in sizes:
        sizes[id(node)] = _MOST_NODES + 1
        inside = node.value if isinstance(node, yaml.CollectionNode) else []
        parts = [part for entry in inside for part in (entry if isinstance(entry, tuple) else (entry,))]
        sizes[id(node)] = min(1 + sum(_size(part, sizes) for part in parts), _MOST_NODES + 1)
    return sizes[id(node)]


# What people do most, and the parser's words do not tell.
_REMEDIES = {
    "found character '\\t' that cannot start any token": say("it is indented with a tab: use spaces"),
    "mapping values are not allowed here": say("put text that contains a colon and a space in quotes"),
}


def _not_yaml(mark: yaml.Mark | None) -> str:
    if mark is None:
        return say("is not YAML")
    return say("is not YAML at line {line}, column {column}", line=mark.line + 1, column=mark.column + 1)


def read(text: str) -> list[object]:
    """The objects of a YAML file.

    Raises:
        ValueError: not YAML; says where. Aliases may repeat only so much, since a few lines of them can fill the memory.
    """
    try:
        _require_plain(text)
        documents = [document for document in yaml.load_all(text, Loader=_TextLoader) if document is not None]
    except yaml.MarkedYAMLError as error:
        mark, why = error.problem_mark, error.problem or ""
        told = why if isinstance(why, Message) else _REMEDIES.get(why, Original(why))
        raise ValueError(joined(": ", (_not_yaml(mark), told))) from None
    except yaml.YAMLError as error:
        raise ValueError(joined(": ", (_not_yaml(None), Original(" ".join(str(error).split())[:200])))) from None
    except (KeyError, IndexError, AttributeError, TypeError, OverflowError, RecursionError) as error:
        raise ValueError(
            say("has a value that YAML cannot read ({name}): put text in quotes", name=type(error).__name__)
        ) from None
    return [case for document in documents for case in (document if isinstance(document, list) else [document])]


def lines_of(text: str, index: int, paths: Sequence[Sequence[str]]) -> list[int]:
    """The lines, from 1, of what the paths lead to in one of the objects that `read` gives; of what is missing, the line of the thing
    around it; 0 if that is missing too."""
    documents = [node for node in yaml.compose_all(text, Loader=_TextLoader) if node and not node.tag.endswith(":null")]
    nodes = [
        case for node in documents for case in (node.value if isinstance(node, yaml.SequenceNode) else [node])
    ]  # as `read` flattens them
    return [_line(nodes[index], path) for path in paths]


def _line(node: yaml.Node, path: Sequence[str]) -> int:
    line = node.start_mark.line
    for left, part in zip(range(len(path), 0, -1), path, strict=True):
        if isinstance(node, yaml.MappingNode):
            pairs = {key.value: (key, value) for key, value in node.value if isinstance(key, yaml.ScalarNode)}
            if part not in pairs:
                return 0 if left > 1 else int(line) + 1
            key, node = pairs[part]
            line = key.start_mark.line
        elif isinstance(node, yaml.SequenceNode) and part.isdigit() and int(part) < len(node.value):
            node = node.value[int(part)]
            line = node.start_mark.line
        else:
            return 0 if left > 1 else int(line) + 1
    return int(line) + 1


def write(procedures: Sequence[Procedure]) -> str:
    """One procedure gives one document, several give a list."""
    data = [procedure.model_dump(mode="json") for procedure in procedures]
    return yaml.safe_dump(data[0] if len(data) == 1 else data, allow_unicode=True, sort_keys=False, width=120)
