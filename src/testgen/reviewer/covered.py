"""Whether test data are those of something that an action entered before, so that a later value is still missing."""

import re

from testgen.reviewer.reading import Span

# 1,234 is one value, 35.68,139.76 are two, and so are 9:00～21:00.
_THOUSANDS = re.compile(r"(?<![\d.])\d{1,3}(?:,\d{3})+(?![\d.])")
_PARTS = re.compile(r"(?:[、／,～〜~×\s]|(?<!\d)[/-]|[/-](?!\d)|(?<=:\d\d)-)+")  # 6/20 is one value, and so is 1-2-3
_COLON = re.compile(r"(?<!\d)[:：＝=]|[:：＝=](?!\d)")
# Data that may be those of a whole record: 別紙 No. 2, 入力パターンA, TD-01.
_ALL_OF_IT = re.compile(
    r"別紙|別表|サンプル|参照|一覧|パターン|シート|資料|[表図]\s?\d|データ\s?[\dA-Z]|マスタ|[A-Z]{1,5}-\d|[{\[\n]|No\.?\s?\d|[①-⑳]|様$"
)
# 退勤時刻を直して, 写真添付: what is written into a field, or chosen. カードを入れて puts a thing in.
_NOUN = "[一-龠ァ-ヶーA-Z]{1,16}"
_WRITTEN = re.compile(
    rf"(?P<things>{_NOUN}(?:(?:・|、|と|／|及び|および){_NOUN}){{0,5}})(?:[をも](?P<put>入れ)|[をも]?(?P<chosen>選択|選[びんぶ]|添付|聞き取)|を?(?:入力|記入|変更|修正|設定|指定)"
    rf"|を(?:書[きいく]|直[しす]|変え)|で[一-龠]{{1,4}}を検索)(?!画面|欄|ボタン|メニュー)"
)
_LISTED = re.compile("・|、|と|／|及び|および")
_TAKES_A_VALUE = re.compile(
    r"(?:[値数額量度率幅温名]|日|番号|住所|日付|日時|時刻|時間|期間|曜日|パスワード|アドレス|コード|理由|コメント|メモ|評価|暗証|備考|摘要|内容|単価|性別|カナ|電話|タイトル|写真|目的地|症状|データ)$"
)
# What is chosen, beside: 店舗を選び.
_ONE_OF_SEVERAL = re.compile(r"(?:店舗|座席|科|種別|区分|方法|コース|プラン|カテゴリー?|部署|担当者?|商品|品目)$")
# カード番号 20001873: the number of the card by which was signed in. テスト用カード No.3: the card that was read before.
_OF_THE_MEANS = re.compile(r"([一-龠ァ-ヶー]{2,8}?)(?:番号|ID|コード|No\.?)?[\s:：]{1,2}[A-Za-z0-9-]+")
_SHORT = 3  # characters by which a name is known
_OF_A_THING = re.compile(r".{0,12}?([一-龠ァ-ヶー]{2,8})\s?No\.?\s?\d+")


def of_other_fields(data: str, action: str, span: Span) -> bool:
    """Whether the data name another field of the action, the means of it, or have no more values than were entered before the span."""
    thing = action.rfind("を", *span)
    end = thing if thing >= 0 else span[1]
    clause = max(0, *(action.rfind(mark, 0, max(end, span[0])) for mark in "て、→"))
    before, own = action[:clause], action[clause : span[1]]
    whose, means = _OF_A_THING.fullmatch(data.strip()), _OF_THE_MEANS.fullmatch(data.strip())
    if whose and any(f"{whose[1][at:]}を" in before for at in range(len(whose[1]) - 1)):
        return True
    if means and f"{means[1]}で" in before:
        return True
    parts = [part for part in _PARTS.split(_THOUSANDS.sub("0", data)) if part]
    names = [part[: match.start()] for part in parts if (match := _COLON.search(part))]
    if names and len(names) == len(parts):
        return not any(_is_named(name, own) for name in names) and all(
            name and _is_named(name, before) for name in names
        )
    asked = sum(_values(match) for match in _WRITTEN.finditer(before + own))
    return bool(parts) and not names and not _ALL_OF_IT.search(data) and len(parts) < asked


def _values(written: re.Match[str]) -> int:
    """How many values 株数・指値・期間 takes; none where one of them takes none."""
    each = _LISTED.split(written["things"])
    takes = all(_TAKES_A_VALUE.search(thing) or (written["chosen"] and _ONE_OF_SEVERAL.search(thing)) for thing in each)
    return len(each) if takes else 0


def _is_named(name: str, text: str) -> bool:
    """Whether a text speaks of what the data name: GPSデータ with GPSログ."""
    return name in text or (len(name) > _SHORT and name[:_SHORT] in text)
