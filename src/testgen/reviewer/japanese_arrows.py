"""Japanese sheets: what is done one after the other where only arrows say so: 一番上のクーポン→「使う」→「OK」, バックグラウンド→復帰."""

import re

from testgen.reviewer.japanese_nouns import closes
from testgen.text.japanese_tokens import tokenize
from testgen.text.marks import MASK

_SEGMENT = re.compile(r"[^→⇒。\n]+")
# Where a path begins: its entries are one gesture.
_PLACE = re.compile(
    r"(?:画面|メニュー|タブ|ページ|一覧|設定|ホーム|トップ|ツール|オプション|ファイル|編集|ヘルプ|管理|業務|マスタ)\s*$|メニュー"
)
# A button that goes on, and no entry of a menu: はい, OK, 使う.
_CONFIRMS = re.compile(
    r"(?:OK|ＯＫ|YES|NO|はい|いいえ|次へ|次|確定|決定|完了|実行|送信|[^「」]{1,6}[うくすつぬむる])", re.IGNORECASE
)
_QUOTED_LAST = re.compile(r"[「『\[【]([^「」『』\[\]【】]{1,12})[」』\]】]\s*$")
# 「予約」キー短押し → 予約1選択: a key that opens a choice, and the entry that is taken.
OPENING_KEY = re.compile(r"(?:ボタン|キー|釦)を?(?:[短長]?押し|押下)?\s?$")
ENTRY = re.compile(r"[^→⇒、。をに「」]{1,12}(?:選択|確定)")
_CLOSING = "」』]】］ "
_PAIR = 2
_A_LABEL = re.compile(rf"[一-龠ァ-ヶー]{{0,8}}(?:{MASK}+|[A-Z]{{3,10}}(?: [A-Z]{{2,10}})?)")
_ONLY_PRESSED = re.compile(r"を?[^をはに]{0,8}(?:押す|押下|タップ|クリック|タッチ)(?:する|します)?$")
_IN_JAPANESE = re.compile(r"[一-龠ぁ-んァ-ヶー]{2,}")
_TOLD = re.compile(r"[をはに]")


# 実数入力→Enter, 番号を入れてEnter: the key that ends an input belongs to it.
_ENTER = re.compile(
    r"(?:[→⇒、]|(?<=[てで]))\s?(?:Enter|ENT|エンター|リターン|Return|Tab|タブ)\s?(?:キー)?(?:押下?|を押す)?(?=[。)）]|$)",
    re.IGNORECASE,
)
_INPUT = re.compile(rf"(?:入力|入れる?|打つ?|打鍵|選択|選ぶ|[数番]|コード|\d|{MASK})[^→⇒。、\n]{{0,8}}$")
_LONGEST_INPUT = 16  # characters


def without_enter(masked: str) -> str:
    """The text, of the same length, without an Enter or Tab behind an input."""

    def stop(match: re.Match[str]) -> str:
        before = masked[max(match.start() - _LONGEST_INPUT, 0) : match.start()]
        return "。" * len(match.group()) if _INPUT.search(before) else match.group()

    return _ENTER.sub(stop, masked)


def chained(text: str, masked: str) -> list[int]:
    """Where each act of a chain begins; empty where the arrows lead through a menu, or to a value."""
    segments = [match for match in _SEGMENT.finditer(masked) if _is_done(match.group().strip())]
    if len(segments) < 2 or ("→" not in masked and "⇒" not in masked):
        return []
    first, last = segments[0], segments[-1]
    if _PLACE.search(text[slice(*first.span())].rstrip(_CLOSING)):
        return []
    if not _acts(text[slice(*last.span())], last.group()) and not _chosen_in_turn(segments, text[slice(*last.span())]):
        return []
    if len(segments) == 2 and OPENING_KEY.search(first.group()) and ENTRY.fullmatch(last.group().strip()):
        return []
    return [match.start() + len(match.group()) - len(match.group().lstrip()) for match in segments]


def _is_done(segment: str) -> bool:
    """Whether the tester does something there: 1号機で放置 only waits."""
    return bool(segment) and not segment.endswith(("放置", "待つ"))


def _is_an_entry(text: str) -> bool:
    """「詳細」→「履歴」: a label that names a thing and nothing that is done is the next entry of a menu."""
    quoted = _QUOTED_LAST.search(text)
    tokens = tokenize(quoted[1]) if quoted and _IN_JAPANESE.fullmatch(quoted[1]) else []
    return (
        bool(tokens) and tokens[-1].part_of_speech()[0] == "名詞" and "サ変可能" not in tokens[-1].part_of_speech()[2]
    )


def _chosen_in_turn(segments: "list[re.Match[str]]", last_text: str) -> bool:
    """「1」→「確認」, ALM CLEAR → SKIP, 現金→レギュラー→「金額指定」: nothing but labels, or a label behind two other choices."""
    texts = [segment.group().strip() for segment in segments]
    if all(_A_LABEL.fullmatch(text) for text in texts):
        return not _is_an_entry(last_text)
    last = _ONLY_PRESSED.sub("", texts[-1])
    return (
        len(segments) > _PAIR
        and MASK in last
        and not all(map(_A_LABEL.fullmatch, texts[:-1]))
        and not _TOLD.search(last)
    )


def _acts(text: str, masked: str) -> bool:
    """「はい」, 解除: a button that confirms, or the noun of what is done, and nothing that it is done to."""
    if quoted := _QUOTED_LAST.search(text):
        return bool(_CONFIRMS.fullmatch(quoted[1]))
    tokens = [token for token in tokenize(masked.strip()) if MASK not in token.surface()]
    return bool(tokens) and closes(tokens[-1]) and not _TOLD.search(masked)
