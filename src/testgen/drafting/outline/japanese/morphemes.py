"""Japanese morphemes (Sudachi), and what a clause is made of."""

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from testgen.text.japanese_tokens import with_characters
from testgen.text.marks import MASK, mask

if TYPE_CHECKING:
    from sudachipy import Morpheme, Tokenizer

TRIGGER, CHAIN, END = "trigger", "chain", "end"
TAIL = r"(?:には|にも|では|でも|は|に|で|も|、|，)*(?!の)"
NAMED = ("名詞", "接頭辞", "接尾辞", "代名詞", "形状詞")
HELPERS = {
    "いる",
    "居る",
    "おる",
    "ある",
    "有る",
    "おく",
    "置く",
    "くる",
    "来る",
    "いく",
    "行く",
    "しまう",
    "仕舞う",
    "くださる",
    "下さる",
    "みる",
    "もらう",
    "貰う",
    "いただく",
    "頂く",
}


@dataclass(frozen=True)
class Clause:
    """A clause: what stands before its predicate, the predicate's dictionary form, and its link to what follows."""

    text: str
    before: str = ""
    verb: str = ""  # 入力する, 押す; empty where there is no verb
    link: str = END
    joint: str = ""  # the words of the link: 後に, 場合は, ても
    passive: bool = False
    potential: bool = False
    negative: bool = False
    state: bool = False
    past: bool = False
    causative: bool = False

    @property
    def stem(self) -> str:
        """入力する -> 入力, 押す -> 押す."""
        return self.verb.removesuffix("する") or self.verb


@cache
def _tokenizer() -> "Tokenizer":
    from sudachipy import Dictionary, SplitMode

    dictionary = Dictionary(dict="small")
    make = getattr(dictionary, "tokenizer", dictionary.create)
    made: Tokenizer = make(SplitMode.C)
    return made


def tokens(text: str) -> "list[Morpheme]":
    """The morphemes of a text; what is quoted counts as one name."""
    return with_characters(_tokenizer().tokenize(mask(text).replace(MASK, "Ｘ")))


def is_verb(words: "list[Morpheme]", index: int) -> bool:
    """Whether the morpheme at a place is a verb of its own, and no helper of the one before."""
    word = words[index]
    return word.part_of_speech()[0] == "動詞" and not (
        word.dictionary_form() in HELPERS and index and words[index - 1].surface() in ("て", "で")
    )
