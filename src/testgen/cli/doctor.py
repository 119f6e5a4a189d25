"""`testgen doctor`: checks everything that drafting needs, and says how to fix what does not work."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import typer

from testgen.cli.language import cell, shown
from testgen.cli.service import Server, access_of
from testgen.messages import joined, say

if TYPE_CHECKING:
    from testgen.bootstrap import Application
    from testgen.settings import Settings


OK, NOTE, FAIL = say("ok"), say("note"), say("FAIL")


@dataclass(frozen=True)
class Check:
    """One line of the report. `code` is the exit code of the command if the check fails."""

    name: str
    state: str
    said: str
    remedy: str = ""
    code: int = 3


def doctor(server: Server = None) -> None:
    """Check configuration, keys, model server and model, with a remedy for each problem; with --server, check the
    service, the connection and the key. Exits with 2 if a setting is wrong or `serve` would refuse to start, with 3
    if the configured engine is not available."""
    from testgen.bootstrap import Application
    from testgen.settings import load_settings

    if access := access_of(server):
        from testgen.cli.doctor_service import checks_of

        found = checks_of(access)
        _show(found)
        _fail(found)
        return
    settings = load_settings()
    application = Application(settings)
    checks = [*_settings(settings), *asyncio.run(_ask_model(application))]
    _show(checks)
    if application.always_drafts:
        waiting = any(check.state == NOTE for check in checks)
        nothing = say("the built-in rule engine needs nothing")
        until = say("it writes the drafts until the model is available") if waiting else ""
        typer.echo(f"{cell(OK, 4)}  outline {shown(joined('; ', (nothing, until)))}")
    _fail(checks)


def _show(checks: Sequence[Check]) -> None:
    for check in checks:
        remedy = f"\n      → {shown(check.remedy)}" if check.remedy else ""
        typer.echo(f"{cell(check.state, 4)}  {cell(check.name, 7)} {shown(check.said)}{remedy}")


def _fail(checks: Sequence[Check]) -> None:
    if failed := [check.code for check in checks if check.state == FAIL]:
        raise typer.Exit(min(failed))


def _settings(settings: "Settings") -> list[Check]:
    """The configuration, with settings that nobody reads and settings with which the service would not start."""
    from testgen.domain.errors import ConfigError

    given = {name: origin for name, origin in settings.sources.items() if origin != "default"}
    sources = [say("{name} from {origin}", name=name, origin=origin) for name, origin in sorted(given.items())]
    said = say(
        "engine {engine}, model {model} ({sources})",
        engine=settings.config.engine,
        model=settings.config.model,
        sources=sources or say("all defaults"),
    )
    checks = [Check(say("config"), OK, said)]
    if settings.ignored:
        told = say("unknown settings are ignored: {names}", names=settings.ignored)
        checks.append(Check(say("config"), FAIL, told, say("correct their names (see docs/configuration.md)"), code=2))
    try:
        settings.require_keys()
    except ConfigError as error:
        checks.append(Check("serve", FAIL, say("would not start: {reason}", reason=error.detail), error.remedy, code=2))
    return checks


async def _ask_model(application: "Application") -> list[Check]:
    from testgen.domain.errors import EngineError
    from testgen.drafting.model_engine import ModelEngine
    from testgen.drafting.probe import probe

    engine = application.preferred
    if not isinstance(engine, ModelEngine):
        return []
    status = await engine.status()
    missing = NOTE if application.always_drafts else FAIL
    if not status.server:
        return [Check(say("server"), missing, status.problem, status.remedy)]
    checks = [Check(say("server"), OK, status.server)]
    if not status.available:
        return [*checks, Check(say("model"), missing, status.problem, status.remedy)]
    digest = [say("digest {digest}", digest=status.digest[:12])] if status.digest else []
    checks.append(
        Check(
            say("model"),
            OK,
            say(
                "{model} ({state})",
                model=status.model,
                state=[say("loaded") if status.loaded else say("not loaded yet"), *digest],
            ),
        )
    )
    try:
        result = await probe(engine.chat)
    except EngineError as error:
        return [*checks, Check(say("probe"), FAIL, error.detail, error.remedy)]
    said = say(
        "two rows by schema in {total:.1f} s, first character after {first:.1f} s ({reasoning})",
        total=result.total_s,
        first=result.first_s,
        reasoning=say("reasoning on") if application.config.reasoning else say("reasoning off"),
    )
    return [*checks, Check(say("probe"), OK, said)]
