"""In which language a command speaks: `--language`, else what the terminal is set to."""

import os
import sys
from collections.abc import Mapping

from rich.cells import cell_len

from testgen.domain.language import SPOKEN, Spoken
from testgen.messages import closed, in_language, say

_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")  # in the order of POSIX; the first that is set decides
SEVERITIES = {"error": say("error"), "warning": say("warning"), "info": say("info"), "off": say("off")}
_spoken: Spoken = "en"


def speak(language: Spoken | None) -> None:
    """From now on in this language; None: as the terminal is set."""
    global _spoken  # noqa: PLW0603 - a command has one user
    _spoken = language or language_of(os.environ)


def spoken() -> Spoken:
    """The language of the command's user."""
    return _spoken


def shown(text: str) -> str:
    """A message in the user's language; any other text as it is."""
    return in_language(text, _spoken)


def cell(text: str, width: int) -> str:
    """A message as wide as its column."""
    told = shown(text)
    return told + " " * (width - cell_len(told))


def tell(text: str) -> None:
    """A line on stderr, for people."""
    print(f"testgen: {shown(text)}", file=sys.stderr)


def tell_error(text: str) -> None:
    """An error on stderr, on one line; a Japanese sentence has its full stop."""
    print(f"testgen: {sentence(text)}", file=sys.stderr)


def sentence(text: str) -> str:
    """A message on one line, as a sentence of the user's language."""
    return closed(" ".join(shown(text).split()), _spoken)


def language_of(environment: Mapping[str, str]) -> Spoken:
    """The language that the environment asks for, on Windows that of its menus where no variable is set; else English."""
    name = next((environment[variable] for variable in _VARIABLES if environment.get(variable)), "") or _of_windows()
    return next((language for language in SPOKEN if name.lower().startswith(language)), "en")


def _of_windows() -> str:
    """Such as ja_JP; empty on other systems."""
    if sys.platform != "win32":
        return ""
    import ctypes
    import locale

    return locale.windows_locale.get(ctypes.windll.kernel32.GetUserDefaultUILanguage(), "")
