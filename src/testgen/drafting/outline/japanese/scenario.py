"""A result that is written as a scenario: Given 商品をカートに入れている When クーポンを適用する Then 値引きされる."""

import re

from testgen.drafting.outline.japanese.clauses import split_clauses
from testgen.drafting.outline.japanese.morphemes import Clause
from testgen.drafting.outline.japanese.parting import Parting
from testgen.drafting.outline.model import Act, Portion

_KEY = re.compile(r"(?:^|(?<=[\s　、。]))(?P<key>Given|When|Then|And|But|前提|もし|ならば|かつ|しかし)[\s　:：]+")
_DONE, _SEEN = ("Given", "When", "前提", "もし"), ("Then", "ならば")


class Scenario(Parting):
    """Reads it."""

    def scenario(self, text: str) -> list[Portion]:
        """What is given and done as acts, what is then to be seen; empty where a text is no scenario."""
        keys = list(_KEY.finditer(text))
        told = [found["key"] for found in keys]
        if not keys or keys[0].start() or not set(told) & {*_DONE, *_SEEN}:
            return []
        found: list[Portion] = []
        seen = told[0] in _SEEN  # And … Then …: what is done, as long as something is seen later
        for key, following in zip(keys, [*keys[1:], None], strict=True):
            part = text[key.end() : following.start() if following else len(text)].strip("、。， 　")
            seen = key["key"] in _SEEN or (seen and key["key"] not in _DONE)
            if not seen:
                found.append(Portion(self._ordered(part)))
            elif found:
                before = found.pop()
                found.append(Portion(before.act, "、".join(filter(None, (before.seen, part)))))
            else:
                found.append(Portion(seen=part))
        return found

    def without_key(self, text: str) -> str:
        """And 「…」が表示される -> 「…」が表示される."""
        key = _KEY.match(text)
        return text[key.end() :] if key else text

    def _ordered(self, text: str) -> Act:
        """カートに入れている, 適用した -> カートに入れる, 適用する; a state that nobody brings about with an object is one."""
        last = (split_clauses(text) or [Clause("")])[-1]
        at = text.rfind(last.text)
        before = text[: at + len(last.before)]
        if last.verb and (not last.state or "を" in last.before) and not last.passive:
            return self.led_by(before, Clause(last.text, last.before, last.verb), text)
        return self.state_of(text) if last.verb or not text else self.doing(text)
