"""Japanese: what a sentence tells a person to do, and what a result says of its own trigger, in the author's own words."""

import re

from testgen.domain.test_case import TestCase
from testgen.drafting.outline.lexicon import Lexicon
from testgen.drafting.outline.model import ARROW, UNREAD, Act, Told, Wanted
from testgen.text.marks import mask

_HAND = re.compile(
    r"押|選|入力|タップ|クリック|かざ|読み?取|スキャン|開[くい]|閉[じめ]|載せ|置[くい]|引[くい]|回[すし]|打[つち]|登録|照合|申請|送信|依頼|投入|踏|起動|実行|開始|アップロード|ログイン|切り?替|変更|操作|取り?込|貼|外[すし]|差し?込|抜[くき]|撮影|ダウンロード|検索|予約|購入|注文|承認|差し?戻|確定|移動|進[むみめ]"
)
_PRODUCT = re.compile(
    r"自動|システム[がはで]|サーバー?[がは]|される|され、|されて|れる$|できる|できない|しない|不可|無効|場合|のとき|のみ|こと$|とする$|である$|となる$|エラー"
)
_HANDLED = re.compile(r"[をで「\[［]")  # something is done to something, or a label is named
_CHAIN = 3  # parts of a chain that is walked
_DONE_BY_HAND = re.compile(
    r"(?:入力|選択|押下|タップ|クリック|スキャン|照合|送信|登録|申請|起動|実行|開始|依頼|確定|投入|読取|読み取り|アップロード|ログイン|検索|操作|取込|取り込み|撮影|承認|差戻し?|移動|指定|設定|変更|受付|計量[ァ-ヶ一-龠]{0,2})$"
)
_LAPSE = re.compile(r"(?P<long>(?<!\d)\d+(?:\.\d+)?\s?(?:秒|分|時間|日))(?:間|が|を)?\s?(?:経|過ぎ|超え)")
_ENDS = re.compile(r"[うくぐすつぬぶむる]$")
_LABELLED = re.compile(r"[をにてし、][^をにてし、。]{0,3}[「『\[][^」』\]]{1,20}[」』\]]$")  # …を登録し「照合依頼」


class Telling:
    """Reads them."""

    lexicon: Lexicon

    def tell(self, text: str, acts: list[Act], outcome: str, *, row: bool) -> Told | None:
        """See `Tongue.tell`."""
        acts = [act for act in acts if act.kind not in UNREAD]
        parts = [part for part in ARROW.split(text) if part.strip()]
        if len(parts) >= _CHAIN and _HAND.search(text) and _HANDLED.search(text):
            return Told([self.quoted(text)], chain=True)
        if acts and (found := self._until(text, acts[-1])):
            seen = outcome if outcome and not _DONE_BY_HAND.search(outcome) and not outcome.endswith("」") else ""
            return Told([found if seen or not outcome else self.quoted(text)], seen)
        if row and _DONE_BY_HAND.search(text.rstrip("」』。")) and not _PRODUCT.search(mask(text)):
            return Told([self.quoted(text)])
        return None

    def tells_act(self, value: str) -> bool:
        """See `Tongue.tells_act`."""
        return bool(_ENDS.search(value) and _HAND.search(value) and "を" in value)

    def in_words(self, act: Act, case: TestCase) -> bool:
        """See `Tongue.in_words`."""
        verb = re.sub(r"^.*[をにでがへ]", "", re.sub(r"(?:にする|する|.)$", "", act.text))
        text = "\n".join((case.title, case.specification or "", *case.preconditions, *case.expected_results))
        joined = re.sub(r"を(?=[^を]*$)", "", act.text[:-2])[-4:]  # 基準日の3をか月する
        torn = "を" in act.text and re.match("[ぁ-ん]", verb) and joined in text
        return act.kind not in ("do", "enter_all") or (verb in text and not torn)

    def further(self, wanted: Wanted) -> list[str]:
        """See `Tongue.further`; here a time that has to pass."""
        lapse = _LAPSE.search(wanted.text)
        return [lapse.group()] if lapse and not wanted.fact.acts else []

    def _until(self, text: str, act: Act) -> Act | None:
        """The text up to an act's verb, which stands in its dictionary form; None where the act is not told in these words."""
        for cut in range(1, min(4, len(act.text) - 1)):
            stem = act.text[:-cut]
            at = text.find(stem)
            if at >= 0:
                goes_on = at + len(stem) < len(text)
                return Act(text[:at] + act.text, act.kind, act.objects, act.screen) if goes_on else None
        return None

    def quote(self, text: str) -> str:
        """See `Tongue.quote`."""
        return f"『{text}』" if "「" in text else f"「{text}」"

    def quoted(self, text: str) -> Act:
        """See `Tongue.quoted`."""
        bare = text.rstrip("。．. ")
        if _ENDS.search(bare) and not _PRODUCT.search(mask(bare)):
            return Act(bare, "quoted")
        if _LABELLED.search(bare) and not _PRODUCT.search(mask(bare)):
            return Act(f"{bare}を押す", "quoted")
        key = "flow_nest" if "「" in bare else "flow_do"
        return Act(self.lexicon.phrase(key, what=bare), "quoted")
