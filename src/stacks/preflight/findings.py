"""What a check finds: one line, with the remedy where something is missing."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from botocore.exceptions import ClientError

from stacks.config import ConfigRefusedError
from stacks.preflight.aws import Aws, NoAnswerError, NotPermittedError


class State(StrEnum):
    """How a check ends."""

    OK = "ok"
    MISSING = "missing"
    UNASKED = "could not ask"


@dataclass(frozen=True)
class Finding:
    """One check and what it found. `said` of a missing thing ends with the remedy."""

    check: str
    state: State
    said: str


class MissingError(Exception):
    """Something that preview or up needs is not there; the text says what and what to do."""


@dataclass(frozen=True)
class Check:
    """`ask` returns what it found; it raises MissingError or ConfigRefusedError if that is not enough."""

    name: str
    ask: Callable[[], str]


def run(checks: Iterable[Check], aws: Aws) -> Iterator[Finding]:
    """Each check's finding, as soon as there is one."""
    for check in checks:
        aws.denied.clear()
        yield _finding(check, aws)


def _finding(check: Check, aws: Aws) -> Finding:
    try:
        return Finding(check.name, State.OK, check.ask())
    except (MissingError, ConfigRefusedError) as error:
        if not aws.denied:  # otherwise the program mistook a missing permission for a bad answer
            return Finding(check.name, State.MISSING, _one_line(error))
    except NotPermittedError:
        pass
    except (NoAnswerError, ClientError) as error:
        return Finding(check.name, State.UNASKED, _one_line(error))
    return Finding(check.name, State.UNASKED, f"needs permission {', '.join(dict.fromkeys(aws.denied))}")


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())
