"""Texts for people. Whoever has something to say says it in English, with named values; whoever shows it puts it into the reader's
language. Catalogs are GNU gettext's, one a language (`locale/`); the English template is the key."""

import errno
import re
from collections.abc import Iterable, Mapping
from functools import cache
from gettext import GNUTranslations, NullTranslations, translation
from pathlib import Path
from typing import Any, Self

LOCALE = Path(__file__).with_name("locale")
DOMAIN = "testgen"
_JAPANESE_END = re.compile(r"[ぁ-んァ-ヶー一-龠）]$")


class Message(str):
    """An English text that remembers its template and values. It is a `str` wherever one is wanted; `str()` of it, and of an
    exception that holds it alone, is itself."""

    template: str
    values: Mapping[str, Any]

    def __new__(cls, template: str, values: Mapping[str, Any]) -> Self:
        """`values` are texts, numbers, messages or sequences of them, which are listed."""
        made = super().__new__(cls, _filled(template, values, None))
        made.template, made.values = template, values
        return made

    def __str__(self) -> str:
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickled whole: a worker's message is put into words by the process that shows it."""
        return type(self), (self.template, self.values)


def say(template: str, /, **values: Any) -> Message:
    """A message. `template` is a literal, which the catalogs are collected by; its placeholders name `values` and may have a format."""
    return Message(template, values)


def joined(between: str, parts: Iterable[str]) -> str:
    """The parts that are not empty, with a separator between them."""
    told = [part for part in parts if part]
    if len(told) == 1:
        return told[0]
    names = [f"part{number}" for number in range(len(told))]
    template = "{between}".join(f"{{{name}}}" for name in names)
    return Message(template, {"between": _THEN if between == _THEN else between, **dict(zip(names, told, strict=True))})


def in_language(text: str, language: str) -> str:
    """What a reader of the language gets to see; a text that is no message stays as it is."""
    return _filled(text.template, text.values, language) if isinstance(text, Message) else text


def closed(text: str, language: str) -> str:
    """The text of an error with the full stop that a Japanese sentence has, and an English message of one line has not."""
    return f"{text}。" if language == "ja" and _JAPANESE_END.search(text) else text


def reason(error: OSError) -> str:
    """Why the system would not; in its own words where the fault is a rare one."""
    return _SYSTEM.get(error.errno or 0) or error.strerror or str(error)


def _filled(template: str, values: Mapping[str, Any], language: str | None) -> str:
    """In English where no language is given. A template without values may have braces of its own."""
    told = catalog(language).gettext(template) if language else template
    return told.format(**{name: _shown(value, language) for name, value in values.items()}) if values else told


def _shown(value: Any, language: str | None) -> Any:
    if isinstance(value, list | tuple):
        between = in_language(_AND, language) if language else _AND
        return between.join(str(_shown(part, language)) for part in value)
    return in_language(value, language) if language and isinstance(value, str) else value


@cache
def catalog(language: str) -> NullTranslations | GNUTranslations:
    """The texts of a language; for English, and where there is no catalog, each is its own."""
    return translation(DOMAIN, LOCALE, [language], fallback=True)


_AND, _THEN = say(", "), say("; ")  # between what is listed, and between a fault and its remedy
_SYSTEM = {
    errno.ENOENT: say("No such file or directory"),
    errno.EACCES: say("Permission denied"),
    errno.EPERM: say("Operation not permitted"),
    errno.EISDIR: say("Is a directory"),
    errno.ENOTDIR: say("Not a directory"),
    errno.EEXIST: say("File exists"),
    errno.ENOSPC: say("No space left on device"),
    errno.EROFS: say("Read-only file system"),
    errno.ENAMETOOLONG: say("File name too long"),
    errno.ELOOP: say("Too many levels of symbolic links"),
    errno.EIO: say("Input/output error"),
}
