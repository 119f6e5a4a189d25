"""Writes a finished step in a team's words and style; labels and values are never touched but for their brackets."""

import re

from testgen.domain.glossary import Glossary
from testgen.domain.procedure import Step
from testgen.text.marks import LABEL, OPEN_POINT
from testgen.text.verbs import GODAN_RU

# Dictionary form -> polite form; サ変 verbs end in する, godan verbs by their row, the rest are ichidan.
_POLITE_GODAN = dict(zip("うくぐすつぬぶむる", "いきぎしちにびみり", strict=True))


def in_style(step: Step, glossary: Glossary) -> Step:
    """The step as the glossary wants it."""
    action = _words(step.action, glossary)
    if glossary.style.ending:
        action = _ending(action, glossary.style.ending)
    changes = {
        "action": _brackets(action, glossary),
        "expected_result": _brackets(_words(step.expected_result, glossary), glossary),
    }
    return step.model_copy(update=changes)


def _words(text: str, glossary: Glossary) -> str:
    """Replaces words outside quotes."""
    parts = re.split(f"({LABEL.pattern})", text)
    for index in range(0, len(parts), 2):
        for word, wanted in glossary.replacements().items():
            edge = r"\b" if word.isascii() else ""
            if wanted not in parts[index]:
                parts[index] = re.sub(edge + re.escape(word) + edge, lambda _, wanted=wanted: wanted, parts[index])
    return "".join(parts)


def _brackets(text: str, glossary: Glossary) -> str:
    wanted = glossary.style.brackets
    if wanted is None:
        return text
    return LABEL.sub(
        lambda found: (
            found.group() if OPEN_POINT.match(found.group()) else f"{wanted[0]}{found.group()[1:-1]}{wanted[-1]}"
        ),
        text,
    )


def _ending(action: str, ending: str) -> str:
    """〜する as 〜すること or 〜します; a text that ends otherwise stays."""
    if ending == "すること" and re.search(r"[うくぐすつぬぶむる]$", action):
        return action + "こと"
    return _polite(action) if ending == "ですます" else action


def _polite(action: str) -> str:
    if action.endswith("する"):
        return action[:-2] + "します"
    last = action[-1:]
    if last == "る" and not action.endswith(GODAN_RU):
        return action[:-1] + "ます"
    return action[:-1] + _POLITE_GODAN[last] + "ます" if last in _POLITE_GODAN else action
