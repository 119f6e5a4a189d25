"""Takes a sentence of a Japanese result apart, clause by clause: what is done, and what is seen between."""

import re
from dataclasses import dataclass, replace

from testgen.drafting.outline.japanese.clauses import split_clauses
from testgen.drafting.outline.japanese.doing import HAPPENS
from testgen.drafting.outline.japanese.morphemes import CHAIN, TRIGGER, Clause
from testgen.drafting.outline.japanese.opaque import ASIDE, opaque
from testgen.drafting.outline.japanese.seeing import Seeing
from testgen.drafting.outline.model import Act, Portion
from testgen.text.marks import MASK

_LASTS = re.compile(r"^(?:約)?\d+(?:\.\d+)?\s?(?:秒|分|時間|日)(?:間)?$")
_ENDS_SEEN = re.compile(r"[はが][^をがは]{0,40}[^ぁ-ん、]$")  # 表示は0
_SAID = re.compile(r"(?:ません|です|ました|ます|ください)[。！!]?[」』]$")  # a message


@dataclass(frozen=True)
class At:
    """A clause and where it stands."""

    clause: Clause
    begin: int
    end: int  # with its joint


BECOMES = re.compile(r"(?<=状態に)な[るりっ]")  # 次が読める状態になる is seen


class Parting(Seeing):
    """Takes it apart."""

    def parts_of(self, text: str, acted: bool) -> list[Portion]:
        """Each clause that leads to another one ends something that is done; what lies between them is seen."""
        clauses = placed(text)
        found: list[Portion] = []
        start = done_from = 0
        ahead = ""
        for number, at in enumerate(clauses):
            if at.clause.joint.startswith(("前", "の前")):
                ahead = at.clause.text[-20:]  # 校長の承認前は…、承認後に…
            chained = number > 0 and clauses[number - 1].clause.link == CHAIN and not clauses[number - 1].clause.passive
            ends = self._ends_act(at.clause, fresh=not found, chained=chained) or self._sends(clauses, number)
            if not ends:
                continue
            if acted and self._by_product(at.clause):
                continue
            if (
                found
                and not found[-1].seen
                and at.clause.joint.startswith("後")
                and clauses[number - 1].clause.joint == "と"
                and "、" not in at.clause.text
            ):
                continue  # 隠すと3回読み直した後に
            begin = self._begins(text, clauses, number, start, first=not (found or acted))
            seen = text[start:begin].strip("、， ")
            if self._is_moment(text[begin : at.end], seen or found) or BECOMES.match(text, at.end):
                continue
            state = ""
            if seen:
                found = self.see(found, seen)
            elif found and not found[-1].seen and not self._is_case(clauses[number - 1].clause, found[-1].act):
                # one clause leads to the next
                last = found.pop()
                state = last.do.removesuffix("にする") if last.act.kind == "state" else ""
                begin = begin if state else done_from
            found.append(Portion(self._act_at(text, begin, at, ahead, state)))
            start, done_from = at.end, begin
        rest = text[start:].strip("、， ")
        return self.see(found, rest, fresh=start == 0 and not acted) if rest or not found else found

    def _is_case(self, clause: Clause, act: Act) -> bool:
        """圏外で打刻した場合、…: an act of its own before the one that brings the result."""
        return clause.joint.startswith(("場合", "とき")) and act.kind in ("do", "told")

    def _act_at(self, text: str, begin: int, at: At, ahead: str, state: str) -> Act:
        """The act that ends with a clause; `ahead` is told before it as 承認前, `state` is the state that it is done in."""
        told = text[begin : at.begin + len(at.clause.text)]
        if ahead and ahead != told and ahead.endswith(told) and at.clause.joint.startswith(("後", "の後")):
            return self.doing(ahead)
        made = self.led_by(text[begin : max(at.begin + len(at.clause.before), begin)], at.clause, told)
        return replace(made, text=f"{state}で、{made.text}") if state else made

    def _ends_act(self, clause: Clause, *, fresh: bool, chained: bool) -> bool:
        """Whether a clause leads to the next one, and is something that is done; `fresh` before anything else is done, `chained` to
        another clause before it."""
        before, joint = opaque(clause.before), clause.joint
        noun = clause.verb.endswith("する") and clause.text.endswith(clause.stem)
        by_itself = re.search("が[^をが]*$", before) and not self.reader.split_actor(self.reader.bare(clause.before))[2]
        seen = (
            # 成功した場合: what the product does
            (clause.stem in ("成功", "失敗", "完了", "終了") and not (clause.before.strip() or chained))
            or (joint.startswith("時") and re.search(r"\d$", clause.text))  # 15時を過ぎる
            or (noun and not fresh and joint.startswith("時"))  # 次の操作時に
            # 3件が復旧後に, S低では停止後に
            or (noun and joint.startswith("後") and (by_itself or re.search(r"(?:では|\]で)$", before)))
            or (not clause.verb and _SAID.search(clause.text))  # 「番号が違います」の後
            or (joint.startswith("まま") and (by_itself or self._stays(clause, before)))  # 入口が閉じたまま
            # 開くと、入力できない状態で表示される
            or (joint.startswith("状態") and not fresh and (clause.potential or clause.negative or clause.passive))
            or (clause.negative and joint.startswith("も"))  # リンクを押さなくても
        )
        return clause.link == TRIGGER and not seen and not joint.startswith(("まで", "前", "の前"))

    def _by_product(self, clause: Clause) -> bool:
        """一旦停止の後、戸閉後に, behind what was done: the noun of an act that is no person's."""
        noun = clause.verb.endswith("する") and clause.text.endswith(clause.stem)
        verb = self.reader.verb(clause)
        return noun and clause.joint.startswith(("後", "の後")) and verb is not None and verb.kind == "system"

    def _sends(self, clauses: list[At], number: int) -> bool:
        """2人分を1回で送って、名簿に載る: what somebody does first, and what comes about by itself then."""
        clause, behind = clauses[number].clause, clauses[number + 1 :]
        verb = self.reader.verb(clause)
        by_hand = verb is not None and verb.kind == "action" and "を" in opaque(clause.before)
        done = clause.text.endswith(("て", "で")) and clause.joint == "、" and number == 0
        if not (clause.link == CHAIN and done and by_hand and len(behind) == 1):
            return False
        then = behind[0].clause
        known = self.reader.verb(then)
        return "を" not in opaque(then.before) and bool(then.verb) and (known is None or known.kind != "action")

    def _stays(self, clause: Clause, before: str) -> bool:
        """移転元は生きたまま: what nobody does."""
        verb = self.reader.verb(clause)
        return bool(re.search("は[^をが]*$", before)) and (verb is None or verb.kind != "action")

    def _is_moment(self, what: str, before: object) -> bool:
        """その3秒後に: when something is seen, where something was done before."""
        bare = re.sub(r"(?:の?[直]?後|以降)[にはも、，]*$", "", what.strip("、， "))
        return bool(before) and bool(_LASTS.match(re.sub(r"^(?:その|さらに|約)", "", bare)))

    def _begins(self, text: str, clauses: list[At], number: int, start: int, *, first: bool) -> int:
        """Where the words of what is done begin: behind what is only seen."""
        plain, end = opaque(text), clauses[number].end
        ends = {at.end: at.clause for at in clauses[:number]}
        begin = end
        cuts = [start, *(start + match.end() for match in re.finditer("[、，]", plain[start:end].rstrip("、， ")))]
        for cut, stop in reversed(list(zip(cuts, [*cuts[1:], end], strict=True))):
            behind = cut == start > 0 and not first
            if stop != end and self._is_seen(text[cut:stop].strip("、， "), ends.get(stop), first=first, behind=behind):
                break
            begin = cut
        return begin

    def _is_seen(self, piece: str, clause: Clause | None, *, first: bool, behind: bool) -> bool:
        """Whether a stretch before a comma is something to be seen, and no act; `behind` right behind what was done."""
        piece, told = opaque(piece), piece
        if (clause is None or clause.link == CHAIN) and self._tries(told):
            return True
        if behind and "を" not in piece and (clause is None or (clause.link == CHAIN and clause.before.strip())):
            return True
        if clause:
            if clause.passive or clause.potential or clause.negative or clause.state:
                return True
            verb = self.reader.verb(clause)
            happens = {clause.verb, clause.stem} & {*HAPPENS, *self.lexicon.data["intransitive"]}
            by_itself = bool(happens) or (verb is not None and verb.kind == "system" and "を" not in clause.before)
            person = self.reader.split_actor(self.reader.bare(clause.before))[2]
            subject = re.search("が[^を]*$", opaque(clause.before)) and not person
            return bool(subject or (by_itself and (not first or re.search("[がは]", clause.before))))
        if _ENDS_SEEN.search(piece):
            return True
        return not first and not re.search(r"[ぁ-んぁ-ん](?<!で)$|\d$", piece)

    def _tries(self, piece: str) -> bool:
        """20%で帰還を始め: a value, and what is then seen."""
        part = self.because(piece)
        return (
            part is not None
            and bool(part.seen)
            and part.act.kind in ("set", "press", "do", "told", "input")
            and part.do not in piece
        )


def placed(text: str) -> list[At]:
    """The clauses and where they stand."""
    found, position = [], 0
    plain = ASIDE.sub(lambda aside: MASK * len(aside.group()), text)
    for part in split_clauses(plain):
        begin = max(plain.find(part.text, position), position)
        told = text[begin : begin + len(part.text)]
        clause = replace(part, text=told, before=told[: len(part.before)]) if MASK in part.text else part
        position = begin + len(clause.text) + len(clause.joint)
        if clause.link == CHAIN and text[position : position + 1] in ("、", "，"):
            position += 1
        found.append(At(clause, begin, position))
    return found
