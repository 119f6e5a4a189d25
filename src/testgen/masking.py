"""Hides values whose names say that they are secret in what is written: a procedure travels further than a test case."""

import re
from typing import Any

from testgen.domain.procedure import Procedure
from testgen.domain.test_case import TestCase

HIDDEN = "●●●●"
_SECRET_NAME = re.compile(
    r"pass(?:word|phrase|code)?\b|パスワード|暗証|token|トークン|secret|秘密|api.?key|\bkey\b|\bpin\b|キー",
    re.IGNORECASE,
)
_LEAST = 3  # a shorter value would be hidden inside ordinary words


def mask(procedure: Procedure, case: TestCase) -> Procedure:
    """The procedure with the secret values of its case hidden, wherever they stand in it."""
    pattern = _secrets(case)
    return Procedure.model_validate(_hidden(procedure.model_dump(), pattern)) if pattern else procedure


def mask_text(text: str, case: TestCase) -> str:
    """The same for a text about the case, such as an error's message."""
    pattern = _secrets(case)
    return pattern.sub(HIDDEN, text) if pattern else text


def _secrets(case: TestCase) -> re.Pattern[str] | None:
    secret = (value for name, value in case.test_data.items() if _SECRET_NAME.search(name) and len(value) >= _LEAST)
    values = sorted(secret, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, values))) if values else None


def _hidden(value: Any, pattern: re.Pattern[str]) -> Any:
    if isinstance(value, str):
        return pattern.sub(HIDDEN, value)
    if isinstance(value, dict):
        return {key: _finding_without_span(key, _hidden(entry, pattern), entry) for key, entry in value.items()}
    if isinstance(value, list | tuple):
        return [_hidden(entry, pattern) for entry in value]
    return value


def _finding_without_span(key: str, hidden: Any, before: Any) -> Any:
    """Spans of a changed text would point elsewhere, so findings lose theirs."""
    if key == "findings" and hidden != before:
        return [{**finding, "span": None} for finding in hidden]
    return hidden
