"""What an earlier step showed, to be looked at once more: a record that it opened, or the screen on which one was chosen or looked up."""

import re
from collections.abc import Sequence
from dataclasses import replace

from testgen.domain.secrets import names_a_secret
from testgen.drafting.outline.model import Datum, Planned
from testgen.drafting.outline.planning.taking import stands_in
from testgen.drafting.outline.tongue import Tongue
from testgen.text.normal import normalise

_LOOKS_UP = re.compile("検索|絞り込|search|filter", re.IGNORECASE)
_ARTICLE = re.compile(r"^(?:the|an?)\s+", re.IGNORECASE)
_BEFORE = re.compile(r"(?:(?P<what>.{1,40}) of )?(?:the )?(?P<kind>\w*)\s?", re.IGNORECASE)
_BEHIND = re.compile(r"(?:(?:'s\s|の)(?P<what>.{1,40}))?")


class Shown:
    """The steps of a plan so far, asked where a thing was to be seen."""

    def __init__(self, steps: Sequence[Planned], data: Sequence[Datum], tongue: Tongue) -> None:
        self.steps, self.data, self.tongue = steps, data, tongue

    def once_more(self, subject: str) -> tuple[str, list[Planned]] | None:
        """The screen that shows a thing (empty where the thing itself was opened) and the steps that show it again; those are none where
        nothing was done since. None where no step showed it."""
        if not subject or names_a_secret(subject):
            return None
        for at in range(len(self.steps) - 1, -1, -1):
            if part := [at] if self._opens(self.steps[at], subject) else self._looked_up(at, subject):
                since = any(step.kind == "action" for step in self.steps[part[-1] + 1 :])
                return self.steps[part[0]].act.screen, self._again(part) if since else []
        return None

    def _opens(self, step: Planned, subject: str) -> bool:
        """Whether a step opens a record (and no door: the case gives data for it) that is the subject, or that the subject is a part of."""
        things = step.act.objects if step.act.kind == "open" else ()
        for thing in things:
            if normalise(_ARTICLE.sub("", thing)) not in normalise(subject):
                continue
            data = step.data or [datum for datum in self.data if stands_in(datum, thing)]
            bare = re.escape(_ARTICLE.sub("", thing))
            named = "|".join(re.escape(datum.value) for datum in data)
            whole = rf"(?:^|\b(?:of|in) )(?:the )?{bare}(?:\s?[\"「]?(?:{named})[\"」]?)?(?:$|'s |の)"
            if data and re.search(whole, subject, re.IGNORECASE):
                return True
        return False

    def _looked_up(self, at: int, subject: str) -> list[int]:
        """The steps that open the screen on which one step chose or looked up the subject, or that of which it is a part told there."""
        step = self.steps[at]
        if step.act.kind not in ("select", "input") or not any(stands_in(datum, subject) for datum in step.data):
            return []
        before = [n for n in range(at + 2) if n < len(self.steps) and self.steps[n].act.actor == step.act.actor]
        opening = next((n for n in reversed(before) if n < at and self.steps[n].act.kind == "open"), -1)
        if opening < 0 or not self.steps[opening].act.screen or not self._is_about(step, subject, opening):
            return []
        part = [n for n in before if n >= opening and (n < at or step.act.kind == "input")]
        pressed = [n for n in part if self.steps[n].act.kind == "press"]
        if not all(_LOOKS_UP.search(self.steps[n].act.text) for n in pressed) or (
            step.act.kind == "input" and pressed[-1:] != [at + 1]
        ):
            return []
        return [n for n in part if n <= pressed[-1]] if pressed else [self._last_opening(self.steps[opening])]

    def _last_opening(self, opening: Planned) -> int:
        """A screen that a check has opened again since is there already."""
        same = (opening.act.screen, opening.act.actor)
        return max(
            n
            for n, step in enumerate(self.steps)
            if step.act.kind == "open" and (step.act.screen, step.act.actor) == same
        )

    def _is_about(self, step: Planned, subject: str, opening: int) -> bool:
        """受注 J-3002, the role of ito: the very thing, or what somebody changes on the same screen."""
        for datum in step.data:
            ahead, found, behind = subject.partition(datum.value)
            before, after = _BEFORE.fullmatch(ahead), _BEHIND.fullmatch(behind)
            if not found or not before or not after:
                continue
            what = self.tongue.head(before["what"] or after["what"] or "").lower()
            things = [thing for other in self.steps[opening:] for thing in other.act.objects]
            told = not what or any(self.tongue.head(thing).lower() == what for thing in things)
            if told and normalise(before["kind"]) in normalise(datum.name):
                return True
        return False

    def _again(self, part: list[int]) -> list[Planned]:
        """Steps done once more, the first one said to be so; what they verified is verified already."""
        steps = [replace(self.steps[n], verifies=[], told=[], span=0) for n in part]
        things, mark, verb = steps[0].act.text.rpartition("を")
        text = self.tongue.lexicon.phrase("once_more", things=things + mark, verb=verb)
        return [replace(steps[0], act=replace(steps[0].act, text=text)), *steps[1:]]
