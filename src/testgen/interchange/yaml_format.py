"""YAML 1.1, read by the safe loader. Several cases are a list or several documents."""

from collections.abc import Sequence

import yaml

from testgen.domain.procedure import Procedure


class _TextLoader(yaml.SafeLoader):
    """Dates stay text, as they were typed: a test case never wants a date object, and 2027-01-31 needs no quotes."""


_TextLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def read(text: str) -> list[object]:
    """The objects of a YAML file.

    Raises:
        ValueError: not YAML; says where. Aliases are refused, since a few lines of them can fill the memory.
    """
    try:
        if any(isinstance(token, yaml.AliasToken) for token in yaml.scan(text, Loader=yaml.SafeLoader)):
            raise ValueError("uses YAML aliases (*name): write the text out")
        documents = [document for document in yaml.load_all(text, Loader=_TextLoader) if document is not None]
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        place = f" at line {mark.line + 1}, column {mark.column + 1}" if mark else ""
        raise ValueError(f"is not YAML{place}: {error.problem}") from None
    except (yaml.YAMLError, RecursionError) as error:
        raise ValueError(f"is not YAML: {' '.join(str(error).split())[:200]}") from None
    return [case for document in documents for case in (document if isinstance(document, list) else [document])]


def write(procedures: Sequence[Procedure]) -> str:
    """One procedure gives one document, several give a list."""
    data = [procedure.model_dump(mode="json") for procedure in procedures]
    return yaml.safe_dump(data[0] if len(data) == 1 else data, allow_unicode=True, sort_keys=False, width=120)
