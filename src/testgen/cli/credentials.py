"""Stores the keys of services on a laptop: in the system's keyring if the package `keyring` is installed, otherwise in a file that only
its owner can read."""

import json
import os
from pathlib import Path
from typing import Any

import typer

from testgen.domain.errors import InvalidInputError, UnreadableInputError
from testgen.messages import say

_PROGRAM = "testgen"
_OWNERS = 0o600


def file() -> Path:
    """The file, in the user's folder for settings."""
    return Path(typer.get_app_dir(_PROGRAM)) / "credentials.json"


def key_for(url: str) -> str:
    """The stored key of a service; empty if there is none.

    Raises:
        InvalidInputError: the file is damaged, or others can read it.
    """
    if ring := _keyring():
        kept = ring.get_password(_PROGRAM, url)
        if kept:
            return str(kept)
    return _read().get(url, "")


def keep(url: str, key: str) -> str:
    """Stores the key of a service, or removes it if it is empty. Returns where.

    Raises:
        InvalidInputError: see `key_for`.
    """
    if (ring := _keyring()) and key:
        ring.set_password(_PROGRAM, url, key)
        return say("the system's keyring")
    if ring and ring.get_password(_PROGRAM, url):
        ring.delete_password(_PROGRAM, url)
    kept = _read()
    if key:
        kept[url] = key
    elif kept.pop(url, None) is None:
        return str(file())
    _write(kept)
    return str(file())


def _read() -> dict[str, str]:
    path = file()
    try:
        text = path.read_text(encoding="utf-8")
        if os.name == "posix" and path.stat().st_mode & 0o077:
            problem = say("can be read by others: run `chmod 600` on it, and have its keys replaced")
            raise InvalidInputError.of("", problem, source=str(path))
        found = json.loads(text)
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        problem = say(
            "cannot be read ({kind}): remove it, and run `testgen login URL` again", kind=type(error).__name__
        )
        raise UnreadableInputError.of("", problem, source=str(path)) from None
    return {str(url): str(key) for url, key in found.items()} if isinstance(found, dict) else {}


def _write(kept: dict[str, str]) -> None:
    """Writes a new file and moves it into place, so that it is always complete and never has another file's permissions."""
    path = file()
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = path.with_name(path.name + ".part")
    fresh.unlink(missing_ok=True)
    with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNERS), "w", encoding="utf-8") as target:
        json.dump(kept, target, indent=2)
    fresh.replace(path)


def _keyring() -> Any:
    """The package, if it is installed and has a backend to store keys in."""
    try:
        import keyring
        from keyring.backends.fail import Keyring as Nowhere
    except ImportError:
        return None
    return None if isinstance(keyring.get_keyring(), Nowhere) else keyring
