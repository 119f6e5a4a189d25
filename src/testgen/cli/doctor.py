"""`testgen doctor`: does everything that drafting needs work here, and what to do where not?"""

import asyncio
from dataclasses import dataclass

import typer


@dataclass(frozen=True)
class Check:
    """One line of the report."""

    name: str
    ok: bool
    said: str
    remedy: str = ""


def doctor() -> None:
    """Check configuration, Ollama server and model, each with the remedy. Exit 3 where the configured engine cannot draft."""
    from testgen.bootstrap import Application, load_settings

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
    model_checks = asyncio.run(_ask_model(application)) if settings.config.engine != "outline" else []
    for check in (*checks, *model_checks):
        typer.echo(
            f"{'ok  ' if check.ok else 'FAIL'}  {check.name:<7} {check.said}"
            + (f"\n      → {check.remedy}" if check.remedy else "")
        )
    usable = all(check.ok for check in model_checks)
    if settings.config.engine != "ollama":
        typer.echo(
            "ok    outline the embedded rule engine needs nothing"
            + ("" if usable else "; it drafts until the model is there")
        )
    elif not usable:
        raise typer.Exit(3)


async def _ask_model(application: "Application") -> list[Check]:  # type: ignore[name-defined]  # noqa: F821
    from testgen.domain.errors import EngineError
    from testgen.drafting.probe import probe

    status = await application.chat.status()
    url = application.config.ollama_base_url
    if status.server_version is None:
        return [Check("server", False, status.problem, status.remedy)]
    checks = [Check("server", True, f"Ollama {status.server_version} at {url}")]
    if not status.available:
        return [*checks, Check("model", False, status.problem, status.remedy)]
    checks.append(
        Check(
            "model",
            True,
            f"{status.model} ({'loaded' if status.loaded else 'not loaded yet'}, digest {(status.digest or '')[:12]})",
        )
    )
    try:
        result = await probe(application.chat)
    except EngineError as error:
        return [*checks, Check("probe", False, error.detail, error.remedy)]
    thinking = "on" if application.config.reasoning else "off"
    said = f"two rows by schema in {result.total_s:.1f} s, first character after {result.first_s:.1f} s (reasoning {thinking})"
    return [*checks, Check("probe", True, said)]
