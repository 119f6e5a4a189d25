"""What the user sees on stderr while a procedure is written: live on a terminal, one line per case elsewhere."""

import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from rich.markup import escape

from testgen.cli.language import sentence, shown
from testgen.cli.screen import Screen
from testgen.domain.errors import EngineError, TestgenError
from testgen.domain.events import ErrorEvent, Event, ProcedureEvent, RepairEvent, ResetEvent, StepEvent
from testgen.domain.procedure import Procedure, Provenance
from testgen.domain.test_case import TestCase
from testgen.interchange.readiness import told
from testgen.messages import joined, say


class Progress:
    """Follows the events of one case after another."""

    def __init__(self, console: Screen | None = None) -> None:
        self._console = console or Screen(stderr=True)

    @contextmanager
    def of(self, case: TestCase) -> Iterator[Callable[[Event], None]]:
        """Shows the events of a case as they come; at the end, shows who wrote the procedure and why, or what went wrong."""
        started = time.monotonic()
        name = escape(case.id)
        with self._console.status(_told(say("{name}: waiting for the first step", name=name))) as status:

            def show(event: Event) -> None:
                seconds = time.monotonic() - started
                match event:
                    case StepEvent(_, step):
                        at = say(
                            "{name}: step {number} ({seconds:.0f} s)", name=name, number=step.number, seconds=seconds
                        )
                        status.update(f"{_told(at)} {escape(step.action[:60])}")
                    case ResetEvent(attempt, _, reason, _):
                        why = say(
                            "{name}: attempt {number}, because {reason}", name=case.id, number=attempt, reason=reason
                        )
                        self._console.print(_told(why), soft_wrap=True)
                    case RepairEvent(number, before, _):
                        again = say("{name}: step {number} rewritten after review", name=case.id, number=number)
                        new = say("{name}: step {number} added after review", name=case.id, number=number)
                        self._console.print(_told(again if before else new))
                    case ProcedureEvent(procedure):
                        self._console.print(_told(_finished(procedure, seconds)), soft_wrap=True)
                    case ErrorEvent(error):
                        self._failed(case.id, error)
                    case _:
                        pass

            yield show

    def _failed(self, name: str, error: TestgenError) -> None:
        steps = error.steps if isinstance(error, EngineError) else ()
        more = say("the steps completed before that:") if steps else ""
        self._console.print(
            f"testgen: {escape(sentence(joined(': ', (name, joined('; ', (str(error), more))))))}", soft_wrap=True
        )
        for step in steps:
            self._console.print(f"  {step.number}. {escape(step.action)} → {escape(step.expected_result)}")


def _told(text: str) -> str:
    """A message escaped for rich, which gives brackets a meaning."""
    return escape(shown(text))


def _finished(procedure: Procedure, seconds: float) -> str:
    steps = say("{count} steps in {seconds:.1f} s", count=len(procedure.steps), seconds=seconds)
    one = say("1 step in {seconds:.1f} s", seconds=seconds)
    written = joined(", ", (authorship(procedure), one if len(procedure.steps) == 1 else steps))
    return joined(": ", (procedure.test_case_id, joined("; ", (told(procedure), written))))


def counted(procedures: Sequence[Procedure]) -> str:
    """How many procedures are ready, and how many need a person first."""
    of = Counter(procedure.readiness for procedure in procedures)
    return say(
        "{ready} ready, {open} with open points, {skeletons} only skeletons",
        ready=of["ready"],
        open=of["open_points"],
        skeletons=of["skeleton"],
    )


def authorship(procedure: Procedure) -> str:
    """Which engine wrote a procedure, or some of its steps, and why it was not another."""
    made = procedure.provenance
    if made.engine is None:
        return say("unchanged, as it was read")
    by = {"engine": made.engine, "about": _about(made)}
    written, improved = (
        say("written by engine {engine} ({about})", **by),
        say("improved by engine {engine} ({about})", **by),
    )
    told = written if made.origin == "generated" else improved
    if made.model is not None:
        return told
    if made.fallback_reason:
        return say("{written} because {reason}", written=told, reason=made.fallback_reason)
    return say("{written}, as requested", written=told)


def _about(made: Provenance) -> list[str]:
    if made.model is None:
        return [say("rules, no model")]
    digest = [say("digest {digest}", digest=made.model_digest[:12])] if made.model_digest else []
    attempts = [say("attempt {number}", number=made.attempts)] if (made.attempts or 1) > 1 else []
    return [say("model {model}", model=made.model), *digest, *attempts]
