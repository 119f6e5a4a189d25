"""What the tester does in a Japanese clause that leads to another one: an act, a wait, something left undone."""

import re
from dataclasses import replace

from testgen.drafting.outline.japanese.acts import GOES_ON
from testgen.drafting.outline.japanese.morphemes import TRIGGER, Clause
from testgen.drafting.outline.japanese.subjects import Subjects
from testgen.drafting.outline.model import Act
from testgen.text.marks import mask

_CLOCK = re.compile(r"(?P<clock>\d{1,2}:\d{2}(?::\d{2})?)\s?(?:を|に)?(?:過ぎ|回っ|なっ|到達)")
_UNDER = re.compile(r"(?P<time>\d+\s?(?:秒|分|時間|日))を(?:切|下回)")


class Triggering(Subjects):
    """What the tester does in a Japanese clause that leads to another one: an act, a wait, something left undone."""

    def _goes_on(self, clause: Clause) -> bool:
        return clause.stem in GOES_ON and "を" not in clause.before

    def _act(self, clause: Clause, *, told: bool) -> Act | None:
        """What the tester does in a clause that leads to another one: an act, a wait, something left undone."""
        act = None if clause.potential else self.reader.act(clause, leads=True, told=told, chained=False, own=True)
        if act and not _UNDER.search(clause.text):
            past = clause.joint.startswith(("後", "直後", "の後")) and not clause.before.strip()
            return replace(act, past=past and not act.actor)
        if waits := self._wait(clause):
            return waits
        if re.search(r"何も(?:せ|し|操作)", clause.text):
            return None
        if clause.link == TRIGGER and (by := self._by(clause.text + "で")) and by[0].kind not in ("nominal", "wait"):
            return by[0]
        undone = clause.negative and clause.link == TRIGGER and not (clause.potential or clause.passive)
        if undone and "を" in mask(clause.before):
            return Act(self.reader.bare(clause.text) + "ままにする", "leave")
        return None

    def _wait(self, clause: Clause) -> Act | None:
        """残り5分を切ると, 15:00 を過ぎると, 5秒間何も押さないと, 5分を超えると."""
        if under := _UNDER.search(clause.text):
            return Act(self.lexicon.phrase("wait_until", clock=f"残り{under['time']}"), "wait")
        if clock := _CLOCK.search(clause.text):
            return Act(self.lexicon.phrase("wait_until", clock=clock["clock"]), "wait")
        idle = re.search(r"何も[^、]{1,6}(?:ず|な)", clause.text)
        leads = clause.link == TRIGGER or clause.joint.startswith("から")
        lasts = self.duration(clause.text) if idle else leads and self.lapse(clause.text)
        if not lasts:
            return None
        longer = re.search("を(?:超え|超過|過ぎ)", clause.text)
        return Act(self.lexicon.phrase("wait_longer" if longer else "wait", value=lasts), "wait")

    def _leads(self, clause: Clause, behind: str) -> bool:
        """A trigger, or 閉じてから60秒以内に, 圏内に戻して10秒程度で: an act with a time behind it."""
        return (
            clause.link == TRIGGER
            or clause.joint.startswith("から")
            or bool(clause.text.endswith(("て", "で")) and re.match(r"(?:から)?[、，]?\d", behind))
        )
