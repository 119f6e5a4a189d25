"""Masks values with names that mark them as secret, because a procedure is passed on more widely than a test case."""

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
    """Returns the procedure with the secret values of its case hidden, wherever they occur."""
    pattern = _secrets(case)
    return Procedure.model_validate(_hidden(procedure.model_dump(), pattern)) if pattern else procedure


def mask_text(text: str, case: TestCase) -> str:
    """Does the same for a text about the case, such as an error message."""
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
    """Removes the span of a finding, which would point to the wrong place in a changed text."""
    if key == "findings" and hidden != before:
        return [{**finding, "span": None} for finding in hidden]
    return hidden
