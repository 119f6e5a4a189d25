"""`testgen doctor`: does everything that drafting needs work here, and what to do where not?"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import typer

from testgen.cli.service import Server, access_of

if TYPE_CHECKING:
    from testgen.bootstrap import Application
    from testgen.settings import Settings


OK, NOTE, FAIL = "ok", "note", "FAIL"


@dataclass(frozen=True)
class Check:
    """One line of the report. `code` is what a failure ends the command with."""

    name: str
    state: str
    said: str
    remedy: str = ""
    code: int = 3


def doctor(server: Server = None) -> None:
    """Check configuration, keys, model server and model, each with the remedy; with --server the service, the way there and the key.
    Exit 2 where a setting is wrong or `serve` would refuse to start, 3 where the configured engine cannot draft."""
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
        typer.echo(
            "ok    outline the embedded rule engine needs nothing"
            + ("; it drafts until the model is there" if waiting else "")
        )
    _fail(checks)


def _show(checks: Sequence[Check]) -> None:
    for check in checks:
        typer.echo(
            f"{check.state:<4}  {check.name:<7} {check.said}" + (f"\n      → {check.remedy}" if check.remedy else "")
        )


def _fail(checks: Sequence[Check]) -> None:
    if failed := [check.code for check in checks if check.state == FAIL]:
        raise typer.Exit(min(failed))


def _settings(settings: "Settings") -> list[Check]:
    """What is configured, and what of it nobody reads or the service does not start with."""
    from testgen.domain.errors import ConfigError

    given = {name: origin for name, origin in settings.sources.items() if origin != "default"}
    sources = ", ".join(f"{name} from {origin}" for name, origin in sorted(given.items())) or "all defaults"
    checks = [Check("config", OK, f"engine {settings.config.engine}, model {settings.config.model} ({sources})")]
    if settings.ignored:
        told = f"unknown settings are ignored: {', '.join(settings.ignored)}"
        checks.append(Check("config", FAIL, told, "correct their names (see the README's table)", code=2))
    try:
        settings.require_keys()
    except ConfigError as error:
        checks.append(Check("serve", FAIL, f"would not start: {error.detail}", error.remedy, code=2))
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
        return [Check("server", missing, status.problem, status.remedy)]
    checks = [Check("server", OK, status.server)]
    if not status.available:
        return [*checks, Check("model", missing, status.problem, status.remedy)]
    digest = f", digest {status.digest[:12]}" if status.digest else ""
    checks.append(
        Check(
            "model",
            OK,
            f"{status.model} ({'loaded' if status.loaded else 'not loaded yet'}{digest})",
        )
    )
    try:
        result = await probe(engine.chat)
    except EngineError as error:
        return [*checks, Check("probe", FAIL, error.detail, error.remedy)]
    thinking = "on" if application.config.reasoning else "off"
    said = f"two rows by schema in {result.total_s:.1f} s, first character after {result.first_s:.1f} s (reasoning {thinking})"
    return [*checks, Check("probe", OK, said)]
