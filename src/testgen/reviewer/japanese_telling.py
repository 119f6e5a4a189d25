"""Japanese: what a text is that stands where an action or a result should: a result told, an order."""

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from testgen.reviewer.japanese_behaviour import HAPPENS, can
from testgen.reviewer.japanese_endings import CHECKS
from testgen.reviewer.japanese_helpers import ends, noun_before
from testgen.reviewer.japanese_nouns import operations
from testgen.text.japanese_tokens import tokenize

if TYPE_CHECKING:
    from sudachipy import Morpheme

_SENTENCE = re.compile(r"[^。．\n]+")
# Behind a verb: passive, denied, past, a state.
_TOLD = frozenset(("れる", "られる", "ない", "ぬ", "ん", "いる", "ある", "できる", "出来る"))
_OVER = frozenset(("完了", "終了", "開始"))


def tells(masked: str) -> bool:
    """Whether a text says what is the case, in none of its sentences what to do or to look at."""
    sentences = [tokens for found in _SENTENCE.findall(masked) if (tokens := _words(found))]
    return bool(sentences) and not any(_is_an_order(tokens) for tokens in sentences)


def _words(sentence: str) -> "list[Morpheme]":
    return [token for token in tokenize(sentence) if token.part_of_speech()[0] not in ("空白", "補助記号")]


def _is_an_order(tokens: "list[Morpheme]") -> bool:
    last = next((at for at in reversed(range(len(tokens))) if _is_a_verb(tokens[at])), None)
    named = tokens[-1].part_of_speech()
    if [token.surface() for token in tokens[-2:]] == ["の", "こと"] and len(tokens) > 2:
        return "サ変可能" in tokens[-3].part_of_speech()[2] and tokens[-3].surface() not in _OVER  # 再起動のこと
    if last is None or (last < len(tokens) - 1 and named[0] == "名詞" and tokens[-1].surface() != "こと"):
        return named[0] == "名詞" and "サ変可能" in named[2]  # ログの確認
    verb = noun_before(tokens, last) or tokens[last].dictionary_form()
    if verb in CHECKS or verb in ("見る", "確かめる"):
        return True
    behind = {token.dictionary_form() for token in tokens[last:]}
    if behind & _TOLD or can(tokens[last]) or verb in HAPPENS or verb == "なる":
        return False
    brought = next((at + 1 for at in reversed(range(last)) if _brings(tokens, at)), 0)
    before = [token.surface() for token in tokens[brought:last]]
    if brought:
        return "を" in before  # 4回間違えるとログイン画面に戻る
    last_clause = before[_joint(tokens[:last]) :]
    told = "が" in last_clause and "を" not in last_clause and verb not in operations()
    return not (told and (tokens[-1].surface() == "こと" or len(last_clause) < len(before)))


def _joint(before: "list[Morpheme]") -> int:
    """Where the last of several clauses begins: 弁を閉じてから警報が鳴り、送液が停止する."""
    joints = (at + 1 for at in reversed(range(len(before))) if before[at].part_of_speech()[5].startswith("連用形"))
    return next(joints, 0)


def _brings(tokens: "list[Morpheme]", at: int) -> bool:
    """Where a condition ends, behind which its consequence is told: 間違えると, 開けば."""
    kind = tokens[at].part_of_speech()
    return kind[:2] == ("助詞", "接続助詞") and tokens[at].surface() in ("と", "ば")


def _is_a_verb(token: "Morpheme") -> bool:
    return token.part_of_speech()[0] == "動詞" and token.dictionary_form() not in ("いる", "ある", "くださる", "下さる")


@lru_cache(maxsize=2048)
def only_orders(masked: str) -> bool:
    """Whether an expected result is an instruction and nothing else: nothing of it can be seen."""
    sentences = [tokens for found in _SENTENCE.findall(masked) if (tokens := _words(found))]
    return bool(sentences) and all(_operates(tokens) for tokens in sentences)


def _operates(tokens: "list[Morpheme]") -> bool:
    """「修正」を押す: what is done to a user interface, and nobody else for a subject."""
    last = next((at for at in reversed(range(len(tokens))) if _is_a_verb(tokens[at])), None)
    if last is None or not ends(tokens, last) or {token.dictionary_form() for token in tokens[last:]} & _TOLD:
        return False
    before = [token.surface() for token in tokens[:last]]
    verb = noun_before(tokens, last) or tokens[last].dictionary_form()
    return verb in operations() and "を" in before and not {"が", "は"} & set(before)


def says_the_act_again(action: str, result: str) -> bool:
    """Japanese leaves out who acts; `expected-result-repeats-action` has the rest."""
    del action, result
    return False
