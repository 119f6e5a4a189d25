"""Who asks, and in which language he reads: what the service says of itself follows `Accept-Language`; procedures and findings do not."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from testgen.domain.language import SPOKEN, Spoken
from testgen.messages import in_language

_reader: ContextVar[Spoken] = ContextVar("reader", default="en")


@contextmanager
def reading(accepted: str) -> Iterator[None]:
    """What is said meanwhile is said to somebody who sent this `Accept-Language`."""
    token = _reader.set(preferred(accepted))
    try:
        yield
    finally:
        _reader.reset(token)


def reader() -> Spoken:
    """The language of whoever sent the request that is being answered."""
    return _reader.get()


def shown(text: str) -> str:
    """A message in his language; any other text as it is."""
    return in_language(text, _reader.get())


def preferred(accepted: str) -> Spoken:
    """The best of our languages in an `Accept-Language` (RFC 9110, 12.5.4); English where it names none."""
    weights: dict[Spoken, float] = {}
    for part in accepted.lower().split(","):
        name, _, parameter = part.partition(";")
        language = next((known for known in SPOKEN if name.strip().partition("-")[0] == known), None)
        if language:
            weights[language] = max(weights.get(language, 0), _weight(parameter))
    wanted = [language for language in sorted(weights, key=lambda known: -weights[known]) if weights[language]]
    return wanted[0] if wanted else "en"


def _weight(parameter: str) -> float:
    name, _, value = parameter.strip().partition("=")
    try:
        return min(float(value), 1.0) if name.strip() == "q" else 1.0
    except ValueError:
        return 0.0
