"""What a result tells of its own: acts that name data, times, persons or a call, and what has to come before them."""

import re
from dataclasses import replace

from testgen.drafting.outline.lexicon import overlap
from testgen.drafting.outline.model import Act, Datum, Fact, Move, Wanted
from testgen.drafting.outline.planning.goal import Goal
from testgen.drafting.outline.planning.matching import Chains
from testgen.drafting.outline.planning.requests import TIME, Requests
from testgen.drafting.outline.planning.taking import WITHOUT
from testgen.text.normal import normalise

_AT_TIME = re.compile(rf"(?P<time>{TIME.pattern})\s?に(?=[^ぁ-ん])")
_ACCOUNT_BY = re.compile(r"(?P<who>[a-z][\w.@-]*\d\w*|[a-z]+[._][a-z]\w*)\s?で\s?(?=.*[をに])", re.ASCII)
_ANOTHER = re.compile("他の|別の|another|other")


class Own(Requests):
    """What a result tells of its own."""

    chains: Chains
    _already: str
    _last_to_data: Act | None

    def add_fact(self, goal: Goal, fact: Fact, *, last: bool) -> None:
        """See `Goals.add_fact`."""
        raise NotImplementedError

    def _topics(self, wanted: Wanted) -> dict[str, Datum]:
        """0件になる条件で…: the data that a result without an act begins with are what is tried."""
        if wanted.fact.acts or not self.begins:
            return {}
        named = self.data.named.get(wanted.text, ())
        return {
            self.data.slot(datum): datum
            for datum in named
            if len(self.data.slots[self.data.slot(datum)]) == 1
            and re.search("[ぁ-んァ-ヶ一-龠]{2}", datum.name)
            and self.data.topic(wanted.text, datum)
            and not self.tongue.person(datum.name)
            and wanted.text.startswith(datum.name)
        }

    def _without_circumstance(self, wanted: Wanted) -> tuple[Wanted, list[Act]]:
        """Aの編集中: what one person is at while another one acts is begun first, unless the case says that it is so."""
        acts = [act for act in wanted.fact.acts if act.kind != "during"]
        during = []
        for act in wanted.fact.acts:
            known = self.chains.doing(act) if act.kind == "during" else -1
            if act.kind == "during" and f"{bare_verb(act.text)}中" not in self._already:
                during.append(replace(self.reading.facts[known].acts[-1], actor=act.actor) if known >= 0 else act)
        return replace(wanted, fact=replace(wanted.fact, acts=tuple(acts))), during

    def _do_own(self, goal: Goal, own: list[Act]) -> None:
        """A result's own acts, each as the specification has it where it is called by the label that is pressed."""
        before = normalise(" ".join(move.act.text for move in goal.moves))
        own = [act for act in own if act.objects or act.actor or act is own[-1] or bare_verb(act.text) not in before]
        goal.around = bool(own) and self.begins and all(act.kind == "nominal" for act in own)
        for act in own:
            saying = self.chains.saying(act) if self.begins and act is not own[-1] else -1
            for number in self.chains.leading(saying) if saying >= 0 else ():
                self.add_fact(goal, self._acted(self.reading.facts[number], act.actor), last=False)
            goal.moves += [Move(made) for made in self._timed(self._requested(act))] if saying < 0 else []
        self._send(goal, own)

    def _send(self, goal: Goal, own: list[Act]) -> None:
        """radius を省略すると: where the case is about a call, the call is what is made then."""
        left_out = " ".join(act.text for act in own if WITHOUT.search(act.text))
        goal.variant = {slot: datum for slot, datum in goal.variant.items() if datum.name not in left_out}
        request = self.reading.request
        sent = any(
            move.act.kind in ("send", "nominal", "job", "told") or re.search("[送呼]", move.act.text)
            for move in goal.moves
        )
        if own and self.begins and request and not sent:
            goal.moves.append(Move(Act(self.tongue.lexicon.phrase("call", request=request), "send", (request,))))

    def _acted(self, fact: Fact, actor: str) -> Fact:
        """A fact's acts, done by the one whom the result names."""
        return replace(fact, acts=tuple(replace(act, actor=actor or act.actor) for act in fact.acts))

    def _set_apart(self, goal: Goal, during: list[Act]) -> None:
        """What one person is at comes first, and the other one named is who then acts."""
        begun = {normalise(act.text) for act in during}
        others = set(re.findall(r"(?<![A-Za-z])[A-Z](?![A-Za-z])", goal.wanted.text)) - {act.actor for act in during}
        for move in goal.moves:
            if len(others) == 1 and (not move.act.actor or _ANOTHER.search(move.act.actor)):
                move.act = by(move.act, next(iter(others)))
        goal.moves = [Move(act) for act in during] + [
            move for move in goal.moves if normalise(move.act.text) not in begun
        ]

    def _completed(self, own: list[Act]) -> list[Act]:
        """a.pdf+b.zip → 添付できる: a name of data is what the next act is done to, or else the last one that was done to data."""
        made: list[Act] = []
        for act in own:
            before = made[-1] if made else None
            if before and before.kind == "nominal" and not act.objects and self._names_data(before.objects[0]):
                made[-1] = _done_to(before.objects[0], act.text, act)
                self._last_to_data = made[-1]
            elif act.kind == "nominal" and self._last_to_data and self._names_data(act.objects[0]):
                last = self._last_to_data
                made.append(_done_to(act.objects[0], last.text[last.text.rfind("を") + 1 :], last))
            else:
                made.append(act)
        return made

    def _names_data(self, what: str) -> bool:
        return any(normalise(datum.name) in normalise(what) for datum in self.reading.data)

    def _with_account(self, wanted: Wanted) -> Wanted:
        """m010 で明細を開くと: who does it signs in first."""
        accounts = "\n".join((*self.case.preconditions, *self.case.test_data.values()))
        acts: list[Act] = []
        for act in wanted.fact.acts:
            found = _ACCOUNT_BY.match(act.text)
            if found and self.begins and found["who"] in accounts:
                acts.append(Act(self.tongue.lexicon.phrase("sign_in", who=found["who"]), "login", (found["who"],)))
                acts.append(replace(act, text=act.text[found.end() :]))
            else:
                acts.append(act)
        return replace(wanted, fact=replace(wanted.fact, acts=tuple(acts)))

    def _timed(self, act: Act) -> list[Act]:
        """22:59 に開始する: where the clock can be set, it is set first."""
        found = None if "ずに、" in act.text else _AT_TIME.match(act.text)
        clock = self._set(found["time"]) if found and self.clock() else None
        return [clock, replace(act, text=act.text[found.end() :])] if found and clock else [act]

    def _with_thing(self, act: Act) -> Act:
        """引く, of a case whose section is ガチャ: what has no object is done to what the case is about."""
        about = self.case.section[-1] if self.case.section else ""
        alone = about and re.fullmatch(r"[一-龠]{1,2}[ぁ-ん]{1,2}(?<!する)", act.text)
        return (
            replace(act, text=f"{about}を{act.text}", objects=(about,)) if alone and about in self.case.title else act
        )

    def _order(self, goals: list[Goal]) -> None:
        """What a later result needs comes first where an earlier one tries what it brings: the code is read, then a call is made."""
        for position, goal in enumerate(goals if self.begins else ()):
            if not goal.own or not goal.moves or any(move.sentence >= 0 for move in goal.moves):
                continue
            tried = self.tongue.terms(" ".join(move.act.text for move in goal.moves))
            known = {other.target for other in goals[:position]}
            for later in goals[position + 1 :]:
                fact = self.reading.facts[later.target] if later.target >= 0 and not later.own else None
                if fact and fact.acts and later.target not in known and overlap(tried, self.tongue.terms(fact.trigger)):
                    own, goal.moves = goal.moves, []
                    for number in self.chains.leading(later.target):
                        self.add_fact(goal, self.reading.facts[number], last=False)
                    goal.moves += own
                    break


def _done_to(what: str, verb: str, act: Act) -> Act:
    """さらにc.txt, 添付する -> c.txtを添付する."""
    names = re.sub(r"^(?:さらに|次に|続けて|その後)、?", "", what).replace("+", "と").replace("＋", "と")
    return replace(act, text=f"{names}を{verb}", objects=(names,))


def by(act: Act, person: str) -> Act:
    """The act, done by a person."""
    return replace(act, actor=person)


def bare_verb(text: str) -> str:
    """解除する -> 解除."""
    return normalise(text).removesuffix("する")
