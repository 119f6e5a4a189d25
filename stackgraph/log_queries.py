"""The language of CloudWatch Logs Insights, as far as the stacks' saved queries use it: which lines a query takes, and which fields
it names."""

import itertools
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

Line = Mapping[str, Any]
_COMMANDS = {"filter", "fields", "stats", "sort", "limit"}
_TOKEN = re.compile(r'\s*("[^"]*"|-?\d+(?:\.\d+)?|@?[A-Za-z_][\w.]*|!=|[=()\[\],])')
_WORDS = {"and", "or", "in", "as", "by", "asc", "desc", "count", "max", "min", "avg", "bin", "ispresent"}


class UnknownQueryError(ValueError):
    """The query uses more of the language than is known here."""


def stages(text: str) -> list[tuple[str, str]]:
    """Each command with what follows it.

    Raises:
        UnknownQueryError: a command that is not known here.
    """
    found = []
    for stage in text.split("|"):
        command, _, rest = stage.strip().partition(" ")
        if command not in _COMMANDS:
            raise UnknownQueryError(f"unknown command {command!r}")
        found.append((command, rest))
    return found


def fields_of(text: str) -> set[str]:
    """The fields of log lines that a query names; neither CloudWatch's own (`@timestamp`) nor names that the query gives itself."""
    named, given = set[str](), set[str]()
    for command, rest in stages(text):
        tokens = _tokens(re.sub(r"bin\(\w+\)", "", rest))
        given |= {name for word, name in itertools.pairwise(tokens) if word == "as"}
        if command != "limit":
            named |= {token for token in tokens if token[0].isalpha() and token not in _WORDS}
    return named - given


def takes(text: str, line: Line) -> bool:
    """Whether a query's filters let a line pass."""
    return all(_Filter(rest).holds(line) for command, rest in stages(text) if command == "filter")


def value_of(line: Line, field: str) -> Any:
    """A field of a line, a nested one with dots; None if it is missing."""
    found: Any = line
    for name in field.split("."):
        found = found.get(name) if isinstance(found, Mapping) else None
    return found


def _tokens(text: str) -> list[str]:
    found, position = [], 0
    while text[position:].strip():
        token = _TOKEN.match(text, position)
        if token is None:
            raise UnknownQueryError(f"unknown sign at {text[position:]!r}")
        found.append(token[1])
        position = token.end()
    return found


class _Filter:
    """An expression of `or`, `and`, parentheses, `=`, `!=`, `in [...]` and `ispresent(...)`, evaluated as it is read."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._tokens: Iterator[str] = iter(())
        self._next: str | None = None
        self._line: Line = {}

    def holds(self, line: Line) -> bool:
        """Whether it is true of a line."""
        self._line, self._tokens = line, iter(_tokens(self._text))
        self._step()
        found = self._any()
        if self._next is not None:
            raise UnknownQueryError(f"unexpected {self._next!r} in {self._text!r}")
        return found

    def _step(self) -> str | None:
        taken, self._next = self._next, next(self._tokens, None)
        return taken

    def _expect(self, token: str) -> None:
        if self._step() != token:
            raise UnknownQueryError(f"{token!r} is missing in {self._text!r}")

    def _any(self) -> bool:
        found = self._all()
        while self._next == "or":
            self._step()
            found = self._all() or found  # the right side is read in any case
        return found

    def _all(self) -> bool:
        found = self._one()
        while self._next == "and":
            self._step()
            found = self._one() and found
        return found

    def _one(self) -> bool:
        if self._next == "(":
            self._step()
            found = self._any()
            self._expect(")")
            return found
        name = str(self._step())
        if name == "ispresent":
            self._expect("(")
            field = str(self._step())
            self._expect(")")
            return value_of(self._line, field) is not None
        value, sign = value_of(self._line, name), self._step()
        if sign == "in":
            return value in self._list()
        if sign not in ("=", "!="):
            raise UnknownQueryError(f"unknown comparison {sign!r} in {self._text!r}")
        return (value == json.loads(str(self._step()))) is (sign == "=")

    def _list(self) -> list[Any]:
        self._expect("[")
        found = []
        while True:
            found.append(json.loads(str(self._step())))
            if self._step() == "]":
                return found
