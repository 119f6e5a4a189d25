"""Checks the steps as a sequence of events: a screen used before it is opened, something created and never removed, a result that
repeats the action."""

import re
from collections.abc import Iterator, Set
from functools import lru_cache
from typing import NamedTuple

from testgen.domain.hit import Hit
from testgen.domain.language import Language
from testgen.knowledge.lookup import Lookup
from testgen.reviewer.checks.registry import check
from testgen.reviewer.likeness import content
from testgen.reviewer.subject import Subject
from testgen.reviewer.telling import is_a_result
from testgen.text.normal import normalise
from testgen.text.verbs import inflected


class _Flow(NamedTuple):
    """The words of a language for these checks."""

    used: re.Pattern[str]  # a screen where something is done
    opened: str  # how it is opened; {} is its name
    made: re.Pattern[str]  # something lasting that is made or changed
    undone: re.Pattern[str]
    refused: re.Pattern[str]  # in a result: nothing was made
    echoed: frozenset[str]  # verbs whose doing shows nothing


# What stays when a test is over.
_LASTING = (
    r"(?:users?|accounts?|groups?|roles?|orders?|contacts?|customers?|projects?|packages?|records?|profiles?|members?|partitions?"
    r"|folders?|coupons?)"
)
_SETTING = r"(?:settings?|preferences?|passwords?|permissions?|time ?zone|language|resolution|clock)"
_LASTING_JA = (
    r"(?:ユーザー?|アカウント|会員|顧客|取引先|商品|得意先|社員|担当者|グループ|権限"
    r"|注文|受注|予約|クーポン|プロジェクト|レコード|マスタ|データ|フォルダ)"
)
_SETTING_JA = r"(?:設定|パスワード|権限|言語|日時|日付|時刻|タイムゾーン|解像度)"
_FLOW: dict[Language, _Flow] = {
    "en": _Flow(
        re.compile(
            r"\b(?:on|in|from) the (?P<screen>(?!(?:home|main|start|first|login|same|next|previous|new|current|web|front)\b)"
            r"(?:[\w-]+ ){1,2}(?:page|screen))\b",
            re.IGNORECASE,
        ),
        r"\b(?:open|visit|access|load|launch|(?:go|navigate|browse|switch) to)(?: (?:up|the|a))* {}\b",
        re.compile(
            r"(?:^|[.;:]\s+|\band )(?P<what>(?:create|register|install|set up|issue)\s+"
            r"(?:(?:an?|the|another|new|one|two|your)\s+){0,3}(?:[\w-]+\s+){0,2}"
            rf"{_LASTING}\b|(?:change|modify)\s+(?:the|your)\s+(?:[\w-]+\s+){{0,2}}?{_SETTING})\b",
            re.IGNORECASE,
        ),
        re.compile(
            r"\b(?:delet|remov|uninstall|undo|restor|revert|reset|discard|clean(?:ed|ing)?[ -]?up|cancel|deactivat|purg|destroy|eras"
            r"|unregister|deregister|roll(?:ed)? back|put back|(?:change|set|switch|turn) (?:\w+ ){0,4}back"
            r"|(?:to|its|their|the) (?:original|previous|former|initial)\b)",
            re.IGNORECASE,
        ),
        re.compile(
            r"\b(?:(?:not|no|denied|deny|cannot|unable|required)\b|error|refus|reject|invalid|fail|warning)",
            re.IGNORECASE,
        ),
        frozenset(("click", "press", "tap", "hit", "push", "enter", "input", "type", "run", "execute", "perform")),
    ),
    "ja": _Flow(
        re.compile(
            r"(?P<screen>(?<![一-龠々ァ-ヶーA-Za-z0-9])(?!ホーム|トップ|メイン|初期|最初|ログイン|[前次同各当本対別他元])"
            r"[一-龠々ァ-ヶーA-Za-z0-9]{2,20}?(?:画面|ページ))(?:で|の(?!表示)|から)"
        ),
        r"{}(?:を(?:開|表示)|[にへ](?:遷移|移動|アクセス|進|入))",
        re.compile(
            rf"(?P<what>{_LASTING_JA}[^。、]{{0,15}}を(?:新規に?)?(?:作成|登録|追加|発行)(?:する|します)"
            rf"|{_SETTING_JA}を[^。、]{{0,20}}変更(?:する|します))"
        ),
        re.compile(
            r"削除|取り?消|解除|戻[すしる]|復元|復旧|初期化|破棄|アンインストール|退会|元の|無効化|キャンセル|クリア|抹消|廃棄"
        ),
        re.compile(r"エラー|ない|ません|拒否|不可|警告|失敗|却下|重複"),
        frozenset(("押す", "押下", "クリック", "タップ", "入力", "実行", "実施", "打鍵")),
    ),
}


@check("unreachable-screen")
def unreachable_screen(subject: Subject) -> Iterator[Hit]:
    """Reports a screen that a step uses and only a later step opens, unless something earlier has named it or the team's knowledge says
    how to open it."""
    flow, procedure = _FLOW[subject.language], subject.procedure
    before = normalise("\n".join((*procedure.preconditions, procedure.title)))
    told: set[str] = set()
    lookup = Lookup(subject.knowledge)
    for place, (action, expected) in enumerate(subject.pairs()):
        for match in flow.used.finditer(action.masked):
            screen = normalise(match["screen"])
            opens = re.compile(flow.opened.format(re.escape(screen)))
            so_far = f"{before}\n{normalise(action.masked[: match.start()])}"
            known = lookup.screen(screen)
            if screen in told or screen in so_far or (known and known.open):
                continue
            told.add(screen)
            later = next((one for one in subject.actions[place + 1 :] if opens.search(normalise(one.masked))), None)
            if later:
                span = match.span("screen")
                yield action.hit("unreachable-screen", span, other=str(later.step.number))
        before += "\n" + normalise(f"{action.masked}\n{expected.masked}")


@check("no-cleanup")
def no_cleanup(subject: Subject) -> Iterator[Hit]:
    """Reports the first thing that is created or changed permanently, if no step and no postcondition restores it. In a draft by
    testgen, the test case decides what is cleaned up."""
    flow, procedure = _FLOW[subject.language], subject.procedure
    cleans = any(step.kind == "cleanup" for step in procedure.steps) or procedure.postconditions
    if cleans or procedure.provenance.origin == "generated":
        return
    whole = "\n".join((procedure.title, *(field.text for pair in subject.pairs() for field in pair)))
    if flow.undone.search(whole) or any(flow.refused.search(expected.text) for expected in subject.expected):
        return
    for action in subject.actions:
        if action.step.kind != "check" and (match := flow.made.search(action.masked)):
            yield action.hit("no-cleanup", match.span("what"))
            return


@check("expected-result-repeats-action")
def expected_result_repeats_action(subject: Subject) -> Iterator[Hit]:
    """Reports a result that only says that the action was done, in the same words, or with the verb of a plain entry or press."""
    for (action, expected), reading in zip(subject.pairs(), subject.readings, strict=True):
        if expected.is_none or not reading.actions or is_a_result(action, expected, subject):
            continue
        same = _plain(action.text) == _plain(expected.text)
        if same or (len(reading.actions) == 1 and _echoes(action.text, expected.text, subject)):
            yield expected.hit("expected-result-repeats-action", (0, len(expected.text)))


def _echoes(action: str, result: str, subject: Subject) -> bool:
    done, seen = _words(action, subject.language), _words(result, subject.language)
    verbs = done & _FLOW[subject.language].echoed
    shows = _SHOWN.search(result) or subject.grammar.negative(result)
    return len(done) > 1 and done == seen and bool(verbs) and not shows


@lru_cache(maxsize=2048)
def _words(text: str, language: Language) -> Set[str]:
    if language != "en":
        return content(text, language)
    words = re.findall(r"[\w@.-]*\w", normalise(text))
    return {inflected().get(word, word) for word in words} - _IDLE


_SHOWN = re.compile(r"表示|見え|現れ|反映")
_IDLE = frozenset(
    (
        "the",
        "a",
        "an",
        "is",
        "was",
        "are",
        "were",
        "be",
        "been",
        "has",
        "have",
        "on",
        "button",
        "key",
        "can",
        "it",
        "should",
        "in",
        "into",
        "then",
        "to",
    )
)


def _plain(text: str) -> str:
    return normalise(text).strip(" .。")
