"""What the subject of a Japanese result tells: what is accepted or refused was done, what has no effect was pressed."""

import re

from testgen.drafting.outline.japanese.names import Names
from testgen.drafting.outline.model import Act
from testgen.text.marks import mask

_TRIES = re.compile(r"しようと(?=すると|しても|した)")
_ONE_BY_ONE = re.compile(r"(?P<what>[^、。はがを]{1,30}?)の(?:どれ|いずれ|どちら)(?:か|かを)?を")
_ONLY = re.compile(r"(?<=[一-龠ァ-ヶー])(?:のみ|だけ)(?=では(?!な))")
_JUDGED = re.compile(
    r"^(?:\d回目の)?(?P<what>[^、。がは]{2,40}?)(?:[（(][^（）()]{1,30}[)）])?(?:が|は)(?=(?:正常に|そのまま|[^、。]{0,14}なしで)?(?:受け付け|受付|完了|成功|失敗|拒否|却下|エラー|承認|許可))"
)
_DEAD = re.compile(
    r"^(?P<how>[^、。はが]{0,20}?まま)?の?(?P<label>[「『][^」』]{1,30}[」』])(?:ボタン|キー)?(?:は|が)(?=効|反応|無効|押せ|機能し|動作し)"
)


class Subjects(Names):
    """Reads them."""

    def _plainer(self, text: str) -> str:
        """予約しようとすると -> 予約すると; EMG1~3のどれを押しても -> 1つずつ; 復帰のみでは -> 復帰では."""
        text = _ONLY.sub("", _TRIES.sub("", text))
        return _ONE_BY_ONE.sub(lambda found: f"{found['what']}を1つずつ", text)

    def _without_effect(self, text: str) -> Act | None:
        """ボタンを押したままの[リセット]は効かない: it is pressed all the same."""
        dead = _DEAD.match(text)
        return Act(f"{dead['how'] or ''}{dead['label']}を押す", "press", (dead["label"],)) if dead else None

    def _subject_act(self, text: str) -> Act | None:
        """資料Aの予約が受け付けられる: 資料Aを予約する."""
        found = _JUDGED.match(mask(text))
        what = text[: found.end("what")][found.start("what") :] if found else ""
        if not found or not self._is_act(what):
            return None
        of = re.match(r"(?P<of>.+)の(?P<noun>[^の]{2,8})$", what)
        if of and self._is_act(of["noun"]):
            return Act(f"{of['of']}を{of['noun']}する", "judged", (of["of"],))
        return Act(f"{what}を行う", "judged", (what,))
