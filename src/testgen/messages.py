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
    """An English text that knows what it was made of. It is a `str` wherever one is wanted; `str()` of it, and of an exception that
    holds it alone, is itself."""

    def in_language(self, language: str) -> str:
        """The text for a reader of the language."""
        raise NotImplementedError

    def __str__(self) -> str:
        return self


class Said(Message):
    """A template and the values of its placeholders: texts, numbers, messages, or lists of them."""

    template: str
    values: Mapping[str, Any]

    def __new__(cls, template: str, values: Mapping[str, Any]) -> Self:
        """See the class."""
        made = super().__new__(cls, _filled(template, values, None))
        made.template, made.values = template, values
        return made

    def in_language(self, language: str) -> str:
        """See `Message`."""
        return _filled(catalog(language).gettext(self.template), self.values, language)

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickled whole: a worker's message is put into words by the process that shows it."""
        return type(self), (self.template, self.values)


class Joined(Message):
    """Several texts in a row."""

    between: str
    parts: tuple[str, ...]

    def __new__(cls, between: str, parts: tuple[str, ...]) -> Self:
        """See the class."""
        made = super().__new__(cls, between.join(parts))
        made.between, made.parts = between, parts
        return made

    def in_language(self, language: str) -> str:
        """See `Message`."""
        between = in_language(_BETWEEN.get(self.between, self.between), language)
        return between.join(told for part in self.parts if (told := in_language(part, language)))

    def __reduce__(self) -> tuple[Any, ...]:
        """As of `Said`."""
        return type(self), (self.between, self.parts)


class Within(Message):
    """A sentence that goes on in another, such as the title of an error behind "because": its first letter is small."""

    whole: str

    def __new__(cls, whole: str) -> Self:
        """See the class."""
        made = super().__new__(cls, plain(whole[:1]).lower() + plain(whole[1:]))
        made.whole = whole
        return made

    def in_language(self, language: str) -> str:
        """See `Message`."""
        return self if language == "en" else in_language(self.whole, language)

    def __reduce__(self) -> tuple[Any, ...]:
        """As of `Said`."""
        return type(self), (self.whole,)


class Original(Message):
    """Words of another program, such as why a file is not YAML: they are English, and left out in other languages."""

    def in_language(self, language: str) -> str:
        """See `Message`."""
        return self if language == "en" else ""


def say(template: str, /, **values: Any) -> str:
    """A message. `template` is a literal, which the catalogs are collected by; its placeholders name `values` and may have a format."""
    return Said(template, values)


def joined(between: str, parts: Iterable[str]) -> str:
    """The parts that are not empty, with a separator between them; "; " stands between a fault and its remedy, and between faults."""
    told = tuple(part for part in parts if part)
    return told[0] if len(told) == 1 else Joined(between, told)


def in_language(text: str, language: str) -> str:
    """What a reader of the language gets to see; a text that is no message stays as it is."""
    return text.in_language(language) if isinstance(text, Message) else text


def plain(text: str) -> str:
    """The English text and nothing else: some of Python's own functions take no subclass of `str`."""
    return "".join((text,))


def closed(text: str, language: str) -> str:
    """The text of an error with the full stop that a Japanese sentence has, and an English message of one line has not."""
    return f"{text}。" if language == "ja" and _JAPANESE_END.search(text) else text


def reason(error: OSError) -> str:
    """Why the system would not; in its own words where the fault is a rare one."""
    return _SYSTEM.get(error.errno or 0) or error.strerror or str(error)


def _filled(template: str, values: Mapping[str, Any], language: str | None) -> str:
    """In English where no language is given. A template without values may have braces of its own."""
    return template.format(**{name: _shown(value, language) for name, value in values.items()}) if values else template


def _shown(value: Any, language: str | None) -> Any:
    if isinstance(value, list | tuple):
        between = in_language(_AND, language) if language else ", "
        return between.join(str(_shown(part, language)) for part in value)
    return in_language(value, language) if language and isinstance(value, str) else value


@cache
def catalog(language: str) -> NullTranslations | GNUTranslations:
    """The texts of a language; for English, and where there is no catalog, each is its own."""
    return translation(DOMAIN, LOCALE, [language], fallback=True)


_AND = say(", ")
_BETWEEN = {", ": _AND, "; ": say("; ")}  # what stands between parts of a list, and between a fault and its remedy
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
    errno.ECONNREFUSED: say("Connection refused"),
    errno.ECONNRESET: say("Connection reset by the other side"),
    errno.EHOSTUNREACH: say("No route to the host"),
    errno.ENETUNREACH: say("Network is unreachable"),
    errno.ETIMEDOUT: say("Connection timed out"),
}
