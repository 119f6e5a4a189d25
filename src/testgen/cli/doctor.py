"""`testgen doctor`: does everything that drafting needs work here, and what to do where not?"""

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from testgen.bootstrap import Application


@dataclass(frozen=True)
class Check:
    """One line of the report."""

    name: str
    ok: bool
    said: str
    remedy: str = ""


def doctor() -> None:
    """Check configuration, model server and model, each with the remedy. Exit 3 where the configured engine cannot draft."""
    from testgen.bootstrap import Application
    from testgen.settings import load_settings

    settings = load_settings()
    application = Application(settings)
    given = {name: origin for name, origin in settings.sources.items() if origin != "default"}
    sources = ", ".join(f"{name} from {origin}" for name, origin in sorted(given.items())) or "all defaults"
    checks = [Check("config", True, f"engine {settings.config.engine}, model {settings.config.model} ({sources})")]
    if settings.ignored:
        checks.append(
            Check(
                "config",
                False,
                f"unknown settings are ignored: {', '.join(settings.ignored)}",
                "correct their names (see the README's table)",
            )
        )
    model_checks = asyncio.run(_ask_model(application))
    for check in (*checks, *model_checks):
        typer.echo(
            f"{'ok  ' if check.ok else 'FAIL'}  {check.name:<7} {check.said}"
            + (f"\n      → {check.remedy}" if check.remedy else "")
        )
    usable = all(check.ok for check in model_checks)
    if application.always_drafts:
        typer.echo(
            "ok    outline the embedded rule engine needs nothing"
            + ("" if usable else "; it drafts until the model is there")
        )
    elif not usable:
        raise typer.Exit(3)


async def _ask_model(application: "Application") -> list[Check]:
    from testgen.domain.errors import EngineError
    from testgen.drafting.model_engine import ModelEngine
    from testgen.drafting.probe import probe

    engine = application.preferred
    if not isinstance(engine, ModelEngine):
        return []
    status = await engine.status()
    if not status.server:
        return [Check("server", False, status.problem, status.remedy)]
    checks = [Check("server", True, status.server)]
    if not status.available:
        return [*checks, Check("model", False, status.problem, status.remedy)]
    digest = f", digest {status.digest[:12]}" if status.digest else ""
    checks.append(
        Check(
            "model",
            True,
            f"{status.model} ({'loaded' if status.loaded else 'not loaded yet'}{digest})",
        )
    )
    try:
        result = await probe(engine.chat)
    except EngineError as error:
        return [*checks, Check("probe", False, error.detail, error.remedy)]
    thinking = "on" if application.config.reasoning else "off"
    said = f"two rows by schema in {result.total_s:.1f} s, first character after {result.first_s:.1f} s (reasoning {thinking})"
    return [*checks, Check("probe", True, said)]
