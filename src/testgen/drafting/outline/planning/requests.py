"""A trigger that is a mere name: the request, the account, the clock, the datum or the place that it stands for."""

import re
from dataclasses import replace

from testgen.domain.test_case import TestCase
from testgen.drafting.outline.model import Act, Reading, Wanted
from testgen.drafting.outline.tongue import Tongue
from testgen.text.normal import normalise

_ACCOUNT = re.compile(r"アカウント|ログイン|ID|\b(?:account|login|sign)", re.IGNORECASE)
_QUANTITY = re.compile(r"-?\d[\d.,]*\s?(?:[℃°%％]C?|[a-zA-Zμ]{1,4}|[一-龠ァ-ヶ]{1,3})")
_PERSON = re.compile(r"(?:Dr|Nurse|Mr|Mrs|Ms|Prof)\.?\s[A-Z]\w+$|[A-Z]\.\s[A-Z]\w+$")


class Requests:
    """What a name stands for."""

    case: TestCase
    reading: Reading
    tongue: Tongue
    begins: bool
    request: str
    _labels: set[str]
    _commands: set[str]

    def _at_device(self, wanted: Wanted) -> Wanted:
        """PC-B では…: a thing that the preconditions name is where it is seen, and no trigger."""
        act = wanted.fact.acts[0] if wanted.fact.acts else None
        if not act or act.kind != "nominal" or not self.begins or self.request or self._set(act.objects[0].strip()):
            return wanted
        what = act.objects[0].strip()
        if normalise(what) not in normalise("\n".join(self.case.preconditions)):
            return wanted
        there = tuple(
            replace(other, text=self.tongue.lexicon.phrase("at", place=what, action=other.text))
            for other in wanted.fact.acts[1:]
        )
        return replace(wanted, fact=replace(wanted.fact, acts=there), place=wanted.place or what)

    def _requested(self, act: Act) -> Act:
        """A trigger that is a mere name: a request, a label, a person, a datum; of another the case does not say how."""
        phrase = self.tongue.lexicon.phrase
        if self._datum(act.text):
            return self._used(act.text)
        if act.kind != "nominal":
            return act
        what = act.objects[0].strip()
        if self.request:
            return replace(act, text=phrase("request", request=self.request, what=what))
        if normalise(what) in self._commands:
            return Act(phrase("run_command", command=what), "send", (what,))
        if normalise(what) in self._labels:
            return Act(phrase("press_label", label=what), "press", (what,))
        if _PERSON.match(what):
            open_action = phrase("open_action", what=self.tongue.lexicon.fill_in(phrase("skeleton_what")))
            return Act(open_action[:1].lower() + open_action[1:], "nominal", (), "", what)
        return self._set(what) or act

    def _set(self, what: str) -> Act | None:
        """An account signs in, a clock or a quantity is set, a datum is used."""
        phrase = self.tongue.lexicon.phrase
        accounts = "\n".join(text for text in self.case.preconditions if _ACCOUNT.search(text))
        if re.fullmatch(r"[A-Za-z][\w.@-]+", what) and what in accounts:
            return Act(phrase("sign_in", who=what), "login", (what,))
        named = self._datum(what) or next(
            (d.name for d in self.reading.data if normalise(what) in normalise(d.value)), ""
        )
        if re.fullmatch(r"\d{1,2}:\d{2}(?::\d{2})?", what):
            return Act(phrase("set_clock", value=what), "change", (what,))
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
