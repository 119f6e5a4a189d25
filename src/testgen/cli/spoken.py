"""Commands in the user's language: help texts, and what typer writes around them, are translated when they are shown."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

import typer
from typer import rich_utils
from typer.core import TyperCommand, TyperGroup

from testgen.cli.language import shown, speak
from testgen.domain.language import SPOKEN
from testgen.messages import Said, say

F = TypeVar("F", bound=Callable[..., Any])
OPTION = "--language"
# What typer writes around a help text, by the name of its constant.
_FRAME = {
    "ARGUMENTS_PANEL_TITLE": say("Arguments"),
    "OPTIONS_PANEL_TITLE": say("Options"),
    "COMMANDS_PANEL_TITLE": say("Commands"),
    "DEFAULT_STRING": say("[default: {}]"),
    "REQUIRED_LONG_STRING": say("[required]"),
    "ENVVAR_STRING": say("[env var: {}]"),
}
_USAGE = say("Usage: ")
_rich_text = rich_utils._make_rich_text


def _folded(**options: Any) -> Any:
    """A help text in its cell. A text without spaces, such as Japanese, continues on the next line instead of ending in an ellipsis."""
    text: Any = _rich_text(**options)
    text.overflow = "fold"
    return text


rich_utils._make_rich_text = _folded


def listen(arguments: Sequence[str], *, to_the_end: bool) -> None:
    """Uses the language that the option asks for, before anything is said about other options; in the arguments of a group, only up to
    the command."""
    words = iter(arguments)
    for word in words:
        name, _, value = word.partition("=")
        if name == OPTION:
            asked = value or next(words, "")
            speak(next((language for language in SPOKEN if language == asked), None))
        elif word == "--" or not (to_the_end or word.startswith("-")):
            return


def texts_of(command: Any, context: Any) -> Iterator[tuple[Any, str, str]]:
    """The help texts of a command, of its options and, for a group, of its commands: their owner, the attribute, and the text."""
    shown_here = [command, *command.get_params(context)]
    if isinstance(command, TyperGroup):
        shown_here += command.commands.values()
    for owner in shown_here:
        for name in ("help", "short_help", "epilog"):
            if text := getattr(owner, name, None):
                yield owner, name, text


def paragraphs_of(text: str) -> list[str]:
    """A help text as the catalogs contain it: paragraph by paragraph, each on one line."""
    return [" ".join(paragraph.split()) for paragraph in text.split("\n\n")]


def _put_into_words(command: Any, context: Any) -> None:
    for constant, words in _FRAME.items():
        setattr(rich_utils, constant, shown(words))
    for owner, name, text in list(texts_of(command, context)):
        setattr(owner, name, "\n\n".join(shown(Said(paragraph, {})) for paragraph in paragraphs_of(text)))


class Command(TyperCommand):
    """A command that speaks the user's language and lets the user choose it."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """See typer. The language is known before."""
        if any(OPTION in param.opts and not param.expose_value for param in self.params):
            listen(args, to_the_end=True)
        return super().parse_args(ctx, args)

    def get_usage(self, ctx: Any) -> str:
        """See typer."""
        return super().get_usage(ctx).replace(_USAGE, shown(_USAGE), 1)

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """See typer."""
        _put_into_words(self, ctx)
        super().format_help(ctx, formatter)


class Group(TyperGroup):
    """A group whose commands all take the group's language option, unless they have one with that name."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """See typer. The language is known before."""
        if ctx.parent is None:
            speak(None)
        listen(args, to_the_end=False)
        return super().parse_args(ctx, args)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """See typer."""
        command = super().get_command(ctx, cmd_name)
        chosen = next((param for param in self.params if OPTION in param.opts), None)
        if command and chosen and not any(OPTION in param.opts for param in command.params):
            command.params.append(chosen)
        return command

    def get_usage(self, ctx: Any) -> str:
        """See typer."""
        return super().get_usage(ctx).replace(_USAGE, shown(_USAGE), 1)

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """See typer."""
        _put_into_words(self, ctx)
        super().format_help(ctx, formatter)


class App(typer.Typer):
    """An application, or a group of commands in one, that speaks the user's language."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"cls": Group, **options})

    def command(self, name: str | None = None, **options: Any) -> Callable[[F], F]:
        """See typer."""
        return super().command(name, **{"cls": Command, **options})
