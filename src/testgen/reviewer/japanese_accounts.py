"""Japanese wording: a step that says neither who signs in, nor with whose rights."""

from typing import TYPE_CHECKING

from testgen.reviewer.japanese_morphemes import clause_start, is_of, kind_of, sentence_start, span_of, surface_at
from testgen.reviewer.japanese_names import named
from testgen.reviewer.reading import Span
from testgen.text.marks import MASK

if TYPE_CHECKING:
    from sudachipy import Morpheme

SEPARATORS = frozenset("、，→⇒＞>／/。．\n（(")
_OF_THE_SYSTEM = frozenset(
    ("コマンド", "コマンドプロンプト", "ターミナル", "インストール", "インストーラー", "インストーラ", "アプリ")
)
_ACCOUNTS = frozenset(("アカウント", "ユーザー", "ユーザ"))


def nobody(tokens: "list[Morpheme]", index: int) -> Span | None:
    """ログインする, 起動してログインする: neither where nor as whom is said. ログイン画面 and 再ログイン are none of it."""
    following = tokens[index + 1] if index + 1 < len(tokens) else None
    acts = following is None or following.surface() in SEPARATORS or following.dictionary_form() in ("する", "為る")
    first = sentence_start(tokens, index)
    before = tokens[max(index - 3, 0) : index]
    as_whom = [entry.surface() for entry in before] == ["と", "し", "て"]
    by_role = (as_whom or surface_at(tokens, index - 1) == "で") and _is_a_role(tokens, index - (4 if as_whom else 2))
    told = not by_role and (
        as_whom or any(kind_of(entry)[1] in ("格助詞", "係助詞") for entry in before[-1:])
    )  # アプリに
    again = surface_at(tokens, index + 2)[:1] == "直" and not by_role  # 上司でログインし直す: another signs in
    done = again or surface_at(tokens, index + 1) == "せ" or surface_at(tokens, index + 2)[:1] in ("た", "な")
    said = tokens[first : index - (2 if by_role and not as_whom else 0)]
    if by_role and surface_at(tokens, index - 2) in _ACCOUNTS and surface_at(tokens, index - 3).isascii():
        said = said[:-1]  # SV of SVアカウント
    if not acts or done or told or surface_at(tokens, index - 1) in ("再", "未", "自動") or named(said):
        return None
    return tokens[clause_start(tokens, index)].begin(), tokens[index].end()


def with_rights(tokens: "list[Morpheme]", index: int) -> Span | None:
    """管理者権限で取り消す: somebody who may do it, and not who. 権限で「許可」を選ぶ is about the permission itself."""
    if tokens[index].surface() != "権限" or surface_at(tokens, index + 1) not in ("で", "にて"):
        return None
    first, behind = clause_start(tokens, index), tokens[index + 2 : index + 8]
    role = index > first and kind_of(tokens[index - 1])[0] in ("名詞", "接尾辞")
    other = any(is_of(entry, "signs_in") or MASK in entry.surface() or _is_of_the_system(entry) for entry in behind)
    return span_of(tokens, first, index) if role and not other and not named(tokens[first:index]) else None


def _is_of_the_system(token: "Morpheme") -> bool:
    """管理者権限でコマンドプロンプトを開く, setup.exeを実行する: the computer's own rights."""
    return token.surface() in _OF_THE_SYSTEM or token.surface().isascii()


def _is_a_role(tokens: "list[Morpheme]", at: int) -> bool:
    """入居者として, 上長で, SVアカウントで: many may have it."""
    who = surface_at(tokens, at)
    if who in _ACCOUNTS and at and kind_of(tokens[at - 1])[0] in ("名詞", "接尾辞"):
        return True
    return who[-1:] in tuple("者員長生師司") or who in ("ユーザー", "ユーザ", "スタッフ")
