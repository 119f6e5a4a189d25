"""The verbs of each language in one place: the groups by which a specification is read, and what testers are told to do."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from typing import Any

import yaml

from testgen.domain.language import Language

# Verbs in -える, -いる that are godan all the same; the others in -eru, -iru are ichidan.
GODAN_RU = (
    "切る",
    "入る",
    "走る",
    "送る",
    "戻る",
    "取る",
    "貼る",
    "守る",
    "作る",
    "残る",
    "乗る",
    "減る",
    "知る",
    "測る",
    "触る",
    "帰る",
    "区切る",
    "絞る",
    "配る",
)


@cache
def verb_groups(language: Language) -> Mapping[str, Any]:
    """Maps each group to its `class` (action, check, system or instruction), whether it is `ui`, and its verbs by conjugation."""
    text = resources.files(__package__).joinpath(f"data/verbs.{language}.yaml").read_text(encoding="utf-8")
    groups: Mapping[str, Any] = yaml.safe_load(text)
    return groups


@cache
def instructions() -> frozenset[str]:
    """English one-word verbs that tell testers what to do, in the base form."""
    told = [group for group in verb_groups("en").values() if group["class"] in ("action", "instruction")]
    return frozenset(
        verb for group in told for verb in (*group["regular"], *group.get("irregular", ())) if " " not in verb
    )


@cache
def inflected() -> Mapping[str, str]:
    """Maps forms of English one-word verbs to the base form."""
    forms: dict[str, str] = {}
    for group in verb_groups("en").values():
        for verb in (*group["regular"], *group.get("irregular", ())):
            if " " not in verb:
                forms |= dict.fromkeys(_forms(verb), verb)
        for verb, irregular in group.get("irregular", {}).items():
            forms |= {form: verb for form in irregular if " " not in form and " " not in verb}
    return forms


def _forms(verb: str) -> Iterator[str]:
    """The regular forms, and one with the last letter doubled, which no other verb has."""
    stem = verb[:-1] if verb.endswith("e") else verb
    yield from (verb, f"{stem}ing", f"{stem}ed", f"{verb}{verb[-1]}ing", f"{verb}{verb[-1]}ed")
    if re.search(r"[^aeiou]y$", verb):
        yield from (f"{verb[:-1]}ies", f"{verb[:-1]}ied")
    yield f"{verb}es" if re.search(r"(?:s|x|z|ch|sh|o)$", verb) else f"{verb}s"


@cache
def group_of(language: Language) -> Mapping[str, str]:
    """Maps a verb in its base form (a Japanese one as a noun or in its dictionary form) to its group."""
    return {
        verb: name
        for name, group in verb_groups(language).items()
        for kind, verbs in group.items()
        if kind not in ("class", "ui")
        for verb in verbs
    }
