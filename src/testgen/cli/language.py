"""The language of a command: `--language`, or the language that the terminal is set to."""

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
    """Uses this language from now on; None selects the terminal's language."""
    global _spoken  # noqa: PLW0603 - a command has one user
    _spoken = language or language_of(os.environ)


def spoken() -> Spoken:
    """The language of the command's user."""
    return _spoken


def shown(text: str) -> str:
    """A message in the user's language; any other text is unchanged."""
    return in_language(text, _spoken)


def cell(text: str, width: int) -> str:
    """A message padded to the width of its column."""
    told = shown(text)
    return told + " " * (width - cell_len(told))


def tell(text: str) -> None:
    """Writes a line for people to stderr."""
    print(f"testgen: {shown(text)}", file=sys.stderr)


def tell_error(text: str) -> None:
    """Writes an error to stderr, on one line; a Japanese sentence ends with a full stop."""
    print(f"testgen: {sentence(text)}", file=sys.stderr)


def sentence(text: str) -> str:
    """A message on one line, as a sentence in the user's language."""
    return closed(" ".join(shown(text).split()), _spoken)


def language_of(environment: Mapping[str, str]) -> Spoken:
    """The language that the environment asks for; on Windows, the language of the menus if no variable is set; otherwise English."""
    name = next((environment[variable] for variable in _VARIABLES if environment.get(variable)), "") or _of_windows()
    return next((language for language in SPOKEN if name.lower().startswith(language)), "en")


def _of_windows() -> str:
    """A locale such as ja_JP; empty on other systems."""
    if sys.platform != "win32":
        return ""
    import ctypes
    import locale

    return locale.windows_locale.get(ctypes.windll.kernel32.GetUserDefaultUILanguage(), "")
