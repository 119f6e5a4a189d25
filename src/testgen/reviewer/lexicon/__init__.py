"""Kinds of words, one file per language. Closed kinds list their words; open kinds list the words that do not belong to them."""

from functools import cache
from importlib import resources

import yaml

from testgen.domain.language import Language


@cache
def lexicon(language: Language) -> dict[str, frozenset[str]]:
    """Maps each kind to its words, in the dictionary form."""
    text = resources.files(__package__).joinpath(f"{language}.yaml").read_text(encoding="utf-8")
    return {kind: frozenset(words.split()) for kind, words in yaml.safe_load(text).items()}
