"""The words by which a text can be found, Japanese and English in one list: words with meaning, in their base form."""

import re
from collections.abc import Iterator

from testgen.text.japanese_tokens import tokenize
from testgen.text.normal import folded
from testgen.text.verbs import inflected

_RUN = re.compile(r"[a-z][a-z0-9_]*(?:'[a-z]+)?|\d+(?:\.\d+)*|[^\x00-\x7f]+")
_CARRIES = {"名詞", "動詞", "形容詞", "形状詞", "副詞", "接頭辞", "接尾辞"}
_LIGHT = {
    "為る",
    "有る",
    "居る",
    "成る",
    "出来る",
    "事",
    "物",
    "場合",
    "時",
    "為",
    "様",
    "等",
    "此れ",
    "其れ",
    "因る",
    "於く",
    "付く",
    "対する",
}
_SAY_NOTHING = (
    "a an the this that these those it its is are was were be been being do does did has have had and or but not no nor of in on at to "
    "from for with by as into onto over under than then there here if when while which who whom whose what where how can could may "
    "might must shall should will would i you he she we they their your our his her my me us them all any each some such only also "
    "so up out about after before again test case user"
)
_STOP = frozenset(_SAY_NOTHING.split())
_LONGEST = 4_000  # characters given to the tokenizer at once
_LEAST = 4  # letters of a word that has an ending to lose


def terms(text: str) -> list[str]:
    """The terms of a text in order, as often as they occur."""
    return list(_terms(folded(text)))


def _terms(text: str) -> Iterator[str]:
    for match in _RUN.finditer(text):
        run = match.group()
        if run[0].isascii():
            if run not in _STOP:
                yield _stem(run)
            continue
        for start in range(0, len(run), _LONGEST):
            for token in tokenize(run[start : start + _LONGEST]):
                if token.part_of_speech()[0] in _CARRIES and (word := token.normalized_form()) not in _LIGHT:
                    yield word.casefold()


def _stem(word: str) -> str:
    """The word without its inflection, roughly: both sides of a comparison are cut in the same way."""
    word = word.partition("'")[0]
    if (base := inflected().get(word)) is not None:
        word = base
    for ending, instead in (("ies", "y"), ("sses", "ss"), ("ing", ""), ("ed", ""), ("es", "e"), ("s", "")):
        if word.endswith(ending) and len(word) - len(ending) + len(instead) >= _LEAST - 1 and not word.endswith("ss"):
            return (word[: -len(ending)] + instead).removesuffix("e")
    return word.removesuffix("e") if len(word) > _LEAST else word
