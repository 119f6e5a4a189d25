"""Reads Japanese: which clauses the tester does, which are conditions, and what comes of them."""

import re
from dataclasses import replace

from testgen.drafting.outline.japanese.acts import Acts
from testgen.drafting.outline.japanese.clauses import split_clauses
from testgen.drafting.outline.japanese.morphemes import END, TRIGGER, Clause
from testgen.drafting.outline.lexicon import Lexicon, Verb
from testgen.drafting.outline.model import MEANS, Act, Fact
from testgen.text.marks import mask

_LABELS = re.compile(r"[「『［\[][^「」『』［］\[\]\n]{1,60}[」』］\]]")
_ENVIRONMENT = re.compile(
    r"テスト環境|検証環境|開発者|コンソール|シミュレータ|スタブ|モック|システム日時|システム日付|システム時刻|時計|手動で|コマンド|ツール"
)


class Reader(Acts):
    """Sentences into facts."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self._verbs: dict[str, Verb] = {}
        for verb in lexicon.verbs:
            self._verbs.setdefault(verb.lemma, verb)
        words = lexicon.data
        actors = "|".join(map(re.escape, sorted(words["actor_nouns"], key=len, reverse=True)))
        self._actor = re.compile(
            rf"(?:[一-龠々ァ-ヶーA-Za-z]{{1,12}}の)?[一-龠々ァ-ヶー]{{0,8}}(?:{actors}|[一-龠](?:者|員|師|係|担当|任|の人))\s?[A-Za-zＡ-Ｚ0-9_.]{{0,20}}(?:さん|様)?$"
        )
        self._generic = set(words["generic_actors"])
        self._connective = re.compile("^(?:" + "|".join(map(re.escape, words["connectives"])) + ")")
        self._intransitive = set(words["intransitive"])

    def facts(self, sentence: str, *, told: bool) -> list[Fact]:
        """See `Tongue.facts`."""
        clauses = split_clauses(sentence)
        ends = [index for index, clause in enumerate(clauses) if clause.link == TRIGGER]
        last = clauses[-1] if clauses else None
        ends_by_hand = last is not None and bool(self.act(last, leads=False, told=told, chained=False))
        facts: list[Fact] = []
        current, triggered, who = Fact(), False, ""
        for index, clause in enumerate(clauses):
            leads = any(index < end for end in ends) or (not ends and index < len(clauses) - 1 and ends_by_hand)
            if clause.verb == "できる" and not triggered and (found := self._labels(self.bare(clause.before))):
                current = replace(current, acts=(*current.acts, *found))
                continue
            act = self.act(clause, leads=leads, told=told, chained=bool(current.acts) and not triggered)
            if act:
                who = act.actor or who
                act = replace(act, actor=who)
            by_itself = triggered and current.conditions and not current.acts and clause.link != TRIGGER
            if act and not (by_itself and not act.actor) and (not triggered or leads or clause.link == TRIGGER):
                if current.outcome or (triggered and current.acts and clause.link != TRIGGER):
                    facts.append(current)
                    current, triggered = Fact(), False
                current = replace(current, acts=(*current.acts, act), times=current.times or self.times(clause.text))
            elif clause.link == TRIGGER or (
                leads and not current.acts and not current.outcome and self._circumstance(clause)
            ):
                if current.outcome:
                    facts.append(current)
                    current = Fact()
                current = replace(
                    current,
                    conditions=(*current.conditions, self.bare(clause.text)),
                    times=current.times or self.times(clause.text),
                )
            elif not self._aside(clause):
                said = self.bare(clause.text + ("" if clause.link == END else clause.joint.strip("、，")))
                current = replace(current, outcome="、".join(filter(None, (current.outcome, said))))
            triggered = triggered or clause.link == TRIGGER
            if clause.potential and "を" in mask(clause.before) and _ENVIRONMENT.search(clause.before) and current.acts:
                current = replace(current, outcome=self.bare(clause.before), role=MEANS)
        return [*facts, current] if current != Fact() else facts

    def _circumstance(self, clause: Clause) -> bool:
        """無操作の時間が…を超えてから: a state that comes before the trigger."""
        verb = self.verb(clause)
        return clause.joint.startswith("から") or bool(verb and verb.kind == "rule")

    def _aside(self, clause: Clause) -> bool:
        return not self.bare(clause.text)

    def _labels(self, text: str) -> tuple[Act, ...]:
        """「一時保存」「完了」ができる: what is labelled can be pressed; the last label leads on."""
        text = re.sub(r"^[^、をがは]{1,30}(?:では|でも|には)[、，]?", "", text)
        entered = re.match(r"(?P<what>[^、。「]{1,40}?)の入力(?:と|や|、|が)", text)
        labels = _LABELS.findall(text)
        acts = [Act(f"{entered['what']}を入力する", "input", (entered["what"],))] if entered else []
        if labels and text.rstrip("がも").endswith(labels[-1]):
            acts.append(Act(f"{labels[-1]}を押す", "press", (labels[-1],)))
        return tuple(acts)
