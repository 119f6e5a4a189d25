"""A trigger that is a mere name: the request, the account, the clock, the datum or the place that it stands for."""

import re
from dataclasses import replace

from testgen.domain.test_case import TestCase
from testgen.drafting.outline.model import MEANS, Act, Datum, Fact, Reading, Wanted
from testgen.drafting.outline.planning.data import Data, short_date
from testgen.drafting.outline.tongue import Tongue
from testgen.text.normal import normalise

_ACCOUNT = re.compile(r"アカウント|ログイン|ID|\b(?:account|login|sign)", re.IGNORECASE)
_QUANTITY = re.compile(
    r"[一-龠ァ-ヶー]{1,8}\d{1,3}\s?[%％℃]|-?\d[\d.,]*\s?(?:[℃°%％]C?|[a-zA-Zμ]{1,4}|[一-龠ァ-ヶ]{1,3})"
)
_AMOUNT = re.compile(r"(?P<name>[一-龠ァ-ヶー]{2,8})\s?(?P<value>-?\d[\d.,]*\s?[一-龠ァ-ヶ%％℃°a-zA-Zμ/]{1,5})")
_LISTED = re.compile(r"および|及び|、|・|と|または")
TIME = re.compile(r"(?:\d{4}[/-])?\d{1,2}[/-]\d{1,2}(?:\s?\d{1,2}:\d{2}(?::\d{2})?)?|\d{1,2}:\d{2}(?::\d{2})?")
_CLOCK = re.compile(r"(?:^|[のをで]|システム|サーバー?|機器|端末|本体|現在)(?:日時|日付|時刻|時計)|clock|date|time")
_CAN = re.compile("でき|可能|can")
_PERSON = re.compile(r"(?:Dr|Nurse|Mr|Mrs|Ms|Prof)\.?\s[A-Z]\w+$|[A-Z]\.\s[A-Z]\w+$")


class Requests:
    """What a name stands for."""

    case: TestCase
    reading: Reading
    tongue: Tongue
    data: Data
    begins: bool
    _labels: set[str]
    _commands: set[str]

    def _at_device(self, wanted: Wanted) -> Wanted:
        """PC-B では…: a thing that the preconditions name is where it is seen, and no trigger."""
        act = wanted.fact.acts[0] if wanted.fact.acts else None
        if (
            not act
            or act.kind != "nominal"
            or not self.begins
            or self.reading.request
            or self._set(act.objects[0].strip())
        ):
            return wanted
        what = act.objects[0].strip()
        if normalise(what) not in normalise("\n".join(self.case.preconditions)):
            return wanted
        there = tuple(
            replace(other, text=self.tongue.lexicon.phrase("at", place=what, action=other.text))
            for other in wanted.fact.acts[1:]
        )
        return replace(wanted, fact=replace(wanted.fact, acts=there), place=wanted.place or what)

    def _without_data(self, wanted: Wanted) -> tuple[Wanted, dict[str, Datum]]:
        """数量 4 では…: a name that stands for a datum which an act takes, or to which the clock is set, is that datum and no act."""
        found: dict[str, Datum] = {}
        acts = []
        for act in wanted.fact.acts:
            names = _LISTED.split(act.objects[0]) if act.kind == "nominal" and act.objects else []
            meant = [datum for name in names if (datum := self._meant(name)) and self._consumed(datum)]
            if meant and len(meant) == len(names):
                found |= {self.data.slot(datum): datum for datum in meant}
            else:
                acts.append(act)
        return (replace(wanted, fact=replace(wanted.fact, acts=tuple(acts))), found) if found else (wanted, found)

    def _meant(self, what: str) -> Datum | None:
        """The datum that is called by its name, by its value, by both, or by what stands behind the value in brackets."""
        plain = normalise(re.sub(r"^(?:ちょうど|丁度)", "", what)).replace(" ", "")
        for datum in self.reading.data:
            name, value = normalise(datum.name), normalise(datum.value)
            bare, _, inside = re.sub(r"[)）]\s*$", "", value).partition("(")
            head = normalise(self.tongue.head(datum.name))
            called = {
                f"{name}={bare}",
                bare + name,
                f"{bare}の{name}",
                short_date(value),
                name,
                value,
                bare,
                name + bare,
                head + bare,
                *inside.split("の"),
            }
            if plain in {text.replace(" ", "") for text in called if text}:
                return datum
        return None

    def _consumed(self, datum: Datum) -> bool:
        """Whether an act of the specification takes a datum, or the clock can be set to it."""
        acts = [act for fact in self.reading.facts for act in fact.acts if act.kind != "press"]
        things = (thing for act in acts for thing in act.objects)
        dated = self.clock() and TIME.match(datum.value)
        return bool(self.reading.request or dated) or any(self.data.takes(thing, datum) for thing in things)

    def clock(self) -> Fact | None:
        """How the clock is set, where the case says it."""
        for fact in self.reading.facts:
            said = self.reading.sentences[fact.sentence].text if fact.sentence >= 0 else ""
            if fact.acts and _CLOCK.search(fact.acts[-1].text) and (fact.role == MEANS or _CAN.search(said)):
                return fact
        return None

    def _requested(self, act: Act) -> Act:
        """A trigger that is a mere name: a request, a label, a person, a datum; of another the case does not say how."""
        phrase = self.tongue.lexicon.phrase
        if self._datum(act.text):
            return self._used(act.text)
        if act.kind != "nominal":
            return act
        what = act.objects[0].strip()
        if self.reading.request:
            return replace(act, text=phrase("request", request=self.reading.request, what=what))
        if normalise(what) in self._commands:
            return Act(phrase("run_command", command=what), "send", (what,))
        if normalise(what) in self._labels:
            return Act(phrase("press_label", label=what), "press", (what,))
        if _PERSON.match(what):
            open_action = phrase("open_action", what=self.tongue.lexicon.fill_in(phrase("skeleton_what")))
            return Act(open_action[:1].lower() + open_action[1:], "nominal", (), "", what)
        using = re.search(r"(?:カード|鍵|アカウント|指紋|トークン)$", what)
        return self._set(what) or (Act(phrase("use", what=what), "told", (what,)) if using else act)

    def _set(self, what: str) -> Act | None:
        """An account signs in, a clock or a quantity is set, a datum is used."""
        phrase = self.tongue.lexicon.phrase
        accounts = "\n".join(text for text in self.case.preconditions if _ACCOUNT.search(text))
        if re.fullmatch(r"[A-Za-z][\w.@-]+", what) and what in accounts:
            return Act(phrase("sign_in", who=what), "login", (what,))
        account = next(
            (d for d in self.reading.data if d.name == what and re.fullmatch(r"[A-Za-z][\w.@-]+", d.value)), None
        )
        if account and self.tongue.person(what):
            return Act(phrase("sign_in", who=f"{what}（{account.value}）"), "login", (what,))
        named = self._datum(what) or next(
            (d.name for d in self.reading.data if normalise(what) in normalise(d.value)), ""
        )
        if TIME.fullmatch(what):
            means = self.clock()
            if means is None:
                return Act(phrase("set_clock", value=what), "change", (what,))
            act, name = means.acts[-1], (means.acts[-1].objects or (what,))[-1]
            text = phrase("datum_set", name=name, value=f" {what} ")
            return Act(phrase("at", place=act.screen, action=text) if act.screen else text, "change", (what,))
        if amount := _AMOUNT.fullmatch(what):
            return Act(phrase("datum_set", name=amount["name"], value=amount["value"]), "change", (what,))
        if _QUANTITY.fullmatch(what):
            return Act(phrase("set_to", value=what), "change", (what,))
        return self._used(named) if named else None

    def _used(self, name: str) -> Act:
        """無効カード, where cards are held to a reader: held to it as well."""
        head = normalise(self.tongue.head(name))
        for fact in self.reading.facts:
            for act in fact.acts:
                if len(act.objects) == 1 and normalise(self.tongue.head(act.objects[0])) == head:
                    return replace(act, text=self.tongue.imperative(act, (name,)), objects=(name,), screen="", actor="")
        return Act(self.tongue.lexicon.phrase("use", what=name), "told", (name,))

    def _datum(self, name: str) -> str:
        return next((datum.name for datum in self.reading.data if normalise(datum.name) == normalise(name)), "")
