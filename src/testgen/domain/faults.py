"""What pydantic finds wrong with a value, in testgen's words: what to write instead."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from testgen.messages import say

_WHOLE = say("must be a whole number")
_NUMBER = say("must be a number")
_TRUTH = say("must be true or false")
_LIST = say("must be a list")
_NAMED = say("must be an object of names and values")
_TIME = say("must be a date and time, such as 2026-01-31T09:00:00Z")
_PLAIN = {
    "int_type": _WHOLE,
    "int_parsing": _WHOLE,
    "int_parsing_size": _WHOLE,
    "int_from_float": _WHOLE,
    "float_type": _NUMBER,
    "float_parsing": _NUMBER,
    "finite_number": _NUMBER,
    "bool_type": _TRUTH,
    "bool_parsing": _TRUTH,
    "string_type": say("must be text: put it in quotes"),
    "text_type": say("must be text"),
    "list_type": _LIST,
    "tuple_type": _LIST,
    "dict_type": _NAMED,
    "mapping_type": _NAMED,
    "dataclass_type": _NAMED,
    "datetime_type": _TIME,
    "datetime_parsing": _TIME,
    "datetime_from_date_parsing": _TIME,
    "timezone_aware": _TIME,
    "extra_forbidden": say("no such field: remove it or put it under /custom"),
    "missing": say("is missing: add it"),
    "string_too_short": say("is empty: fill it in"),
    "json_invalid": say("is not JSON"),
    "recursion_loop": say("is nested too deeply"),
}
_WITH_VALUES: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "greater_than_equal": lambda of: say("must be at least {least}", least=of["ge"]),
    "greater_than": lambda of: say("must be more than {bound}", bound=of["gt"]),
    "less_than_equal": lambda of: say("must be at most {most}", most=of["le"]),
    "less_than": lambda of: say("must be less than {bound}", bound=of["lt"]),
    "literal_error": lambda of: say("must be one of {names}", names=re.findall(r"'([^']*)'", of["expected"])),
    "string_pattern_mismatch": lambda of: say("must match the pattern {pattern}", pattern=of["pattern"]),
    "string_too_long": lambda of: say(
        "is too long: at most {most} characters are allowed, shorten it", most=of["max_length"]
    ),
    "too_long": lambda of: say("has too many entries: at most {most} are allowed", most=of["max_length"]),
    "too_short": lambda of: say("is empty: at least {least} is needed", least=of["min_length"]),
}


def words_for(kind: str, context: Mapping[str, Any], said: str) -> str:
    """What is wrong, and what to write; `said` are pydantic's words, for kinds of faults that no field of testgen has.

    `context` is what pydantic says about the limit; an error that one of testgen's own checks raised speaks for itself.
    """
    if "error" in context:
        return str(context["error"])
    if kind in _WITH_VALUES:
        return _WITH_VALUES[kind](context)
    return _PLAIN.get(kind) or say("is not valid: {reason}", reason=said)
