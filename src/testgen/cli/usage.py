"""Explains what is wrong with a command line in the user's language; typer does so only in English."""

import re
from typing import Any

from typer.exceptions import TyperException

from testgen.domain.errors import FieldProblem
from testgen.domain.test_case import problem_of
from testgen.messages import joined, say


def told(error: TyperException) -> str:
    """What is wrong and what to do, and where to find the usage; empty if that has been shown already, as for `testgen` alone."""
    context = getattr(error, "ctx", None)
    if not error.message and not getattr(error, "param", None):
        return ""
    said = _fault(error)
    return joined("; ", (said, say("see `{command}`", command=f"{context.command_path} --help"))) if context else said


def _fault(error: Any) -> str:
    match type(error).__name__:
        case "NoSuchOption":
            close = say("did you mean {names}?", names=sorted(error.possibilities)) if error.possibilities else ""
            return joined("; ", (say("there is no option {option}", option=error.option_name), close))
        case "MissingParameter" if error.param:
            return say("{name} is missing: give it", name=_name_of(error))
        case "BadParameter" if error.param:
            return str(_of_value(error))
        case "BadOptionUsage" if "requires" in error.message:
            return say("{option} needs a value", option=error.option_name)
        case "BadOptionUsage":
            return say("{option} takes no value", option=error.option_name)
    return _of_words(error.message)


def _name_of(error: Any) -> str:
    """The option or argument as the usage shows it."""
    hint = error.param.metavar or error.param.opts[0]
    return str(error.param.opts[0] if error.param.param_type_name == "option" else hint.strip("[]…."))


def _of_value(error: Any) -> FieldProblem:
    """A value that is not allowed; pydantic has checked it."""
    details = error.__cause__.errors() if hasattr(error.__cause__, "errors") else []
    if not details:
        return FieldProblem(_name_of(error), error.message.rstrip("."))
    if choices := re.search(r" is not one of (.+)\.$", error.message):
        message: str = say("must be one of {names}", names=re.findall(r"'([^']*)'", choices[1]))
    else:
        message = problem_of({**details[0], "loc": ()}).message
    return FieldProblem(_name_of(error), message, str(details[0].get("input", "")))


def _of_words(message: str) -> str:
    """Faults that typer reports only in words."""
    if found := re.match(r"No such command '(.*?)'\.?(?: Did you mean (.+)\?)?", message):
        close = say("did you mean {names}?", names=re.findall(r"'([^']*)'", found[2])) if found[2] else ""
        return joined("; ", (say("there is no command {name}", name=found[1]), close))
    if found := re.match(r"Got unexpected extra argument\(s\) \((.*)\)$", message):
        return say("these arguments are too many: {arguments}", arguments=found[1])
    if message == "Missing command.":
        return say("the command is missing")
    return message.rstrip(".")
