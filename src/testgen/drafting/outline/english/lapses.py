"""English: a time that has to pass before something is done, which takes as long as the case says: the session has expired."""

import re

from testgen.domain.test_case import TestCase

_OVER = r"(?:has|have|is|are) (?:already )?(?:expired|timed out|elapsed|lapsed|over|run out|passed|ended)"
_LAPSED = re.compile(
    rf"(?P<do>[^,;]{{3,120}}?) (?:after|once|when|as soon as) (?P<what>(?:the|an?|its|his|her|their) (?P<thing>[\w -]{{2,40}}?) {_OVER})$"
)
_WAITED = re.compile(rf"wait until (?P<what>(?:the |an? )?(?P<thing>[\w -]{{2,40}}?) {_OVER})$")
_LASTS = re.compile(
    r"\b(?:life ?time|expir\w+|time[sd]? ?-?out|lasts?|lasting|valid\w*|idle|inactiv\w+|period|elapses?|lapses?|runs? out|limit(?:ed)?|held|ends?)\b",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"(?<![\d.,:-])\d+(?:\.\d+)?\s?(?:s|sec|seconds?|min|minutes?)\b(?!/)"
)  # longer ones nobody waits for


def lapsed(cue: str) -> tuple[str, str] | None:
    """What is done, and what has passed before it: click Save after the session has expired."""
    found = _LAPSED.match(cue)
    return (found["do"], found["what"]) if found else None


def lasting(order: str, case: TestCase) -> str:
    """Wait until the session has expired: how long that takes, where the case tells it."""
    found = _WAITED.match(order)
    time = _time_of(found["thing"].split()[-1], case) if found else ""
    return f"wait {time} until {found['what']}" if found and time else order


def _time_of(thing: str, case: TestCase) -> str:
    texts = [*case.preconditions, *(f"{name.replace('_', ' ')}: {value}" for name, value in case.test_data.items())]
    texts += re.split(r"(?<=[.;])\s|\n", case.specification or "")
    about = re.compile(rf"\b{re.escape(thing)}s?\b", re.IGNORECASE)
    told = (_TIME.search(text) for text in texts if about.search(text) and _LASTS.search(text))
    return next((time.group() for time in told if time), "")
