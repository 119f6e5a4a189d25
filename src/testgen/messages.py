"""Texts for people. The code says everything in English, with named values; whoever shows a text translates it into the reader's
language. The catalogs are GNU gettext files, one per language (`locale/`), and the English template is the key."""

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
    """An English text that knows its template and values. It is a `str` wherever one is needed; `str()` of the message, or of an
    exception that contains only the message, returns the message itself."""

    def in_language(self, language: str) -> str:
        """The text in the reader's language."""
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
        """Keeps everything when pickled: the process that shows a worker's message translates it."""
        return type(self), (self.template, self.values)


class Joined(Message):
    """Several texts, one after the other."""

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
        """See `Said`."""
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
        """See `Said`."""
        return type(self), (self.whole,)


class Original(Message):
    """A message of another program, such as why a file is not YAML. It is in English, and left out in other languages."""

    def in_language(self, language: str) -> str:
        """See `Message`."""
        return self if language == "en" else ""


def say(template: str, /, **values: Any) -> str:
    """Creates a message. `template` must be a literal, because the catalogs are collected from the source; its placeholders name `values`
    and may have a format."""
    return Said(template, values)


def joined(between: str, parts: Iterable[str]) -> str:
    """Joins the parts that are not empty with a separator. "; " separates a fault from its remedy, and faults from each other."""
    told = tuple(part for part in parts if part)
    return told[0] if len(told) == 1 else Joined(between, told)


def in_language(text: str, language: str) -> str:
    """The text that a reader of the language sees; a text that is not a message stays as it is."""
    return text.in_language(language) if isinstance(text, Message) else text


def plain(text: str) -> str:
    """The English text as a plain `str`, for functions of Python that accept no subclass."""
    return "".join((text,))


def closed(text: str, language: str) -> str:
    """The text of an error with the full stop that a Japanese sentence ends with; an English message of one line has none."""
    return f"{text}。" if language == "ja" and _JAPANESE_END.search(text) else text


def reason(error: OSError) -> str:
    """Why the operating system refused; in its own words if the error is a rare one."""
    return _SYSTEM.get(error.errno or 0) or error.strerror or str(error)


def _filled(template: str, values: Mapping[str, Any], language: str | None) -> str:
    """Fills in the values, in English if no language is given. A template without values may contain braces."""
    return template.format(**{name: _shown(value, language) for name, value in values.items()}) if values else template


def _shown(value: Any, language: str | None) -> Any:
    if isinstance(value, list | tuple):
        between = in_language(_AND, language) if language else ", "
        return between.join(str(_shown(part, language)) for part in value)
    return in_language(value, language) if language and isinstance(value, str) else value


@cache
def catalog(language: str) -> NullTranslations | GNUTranslations:
    """The texts of a language. For English, and for a language without a catalog, each text is its own translation."""
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
