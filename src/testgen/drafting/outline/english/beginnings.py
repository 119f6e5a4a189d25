"""English: what a test begins with where no result tells an act and the title is none: a label of the specification that has the
title's verb, what is being done or happens in the title, what somebody does in the objective, what the data tell that is done, what is
undone at the end."""

import re

from testgen.drafting.outline.english.events import flat
from testgen.drafting.outline.english.orders import Orders
from testgen.text.marks import OPEN_POINT

_TOPIC = re.compile(r"\s+[-–—]\s+|:\s+|\s+\((?=[a-z]+ing\b)")
_GERUND = re.compile(r"[a-z]{3,18}ing\s(?:an?|the|two|three|several|all|both|every|each|\d+|[\w-]+s)\b")
_OCCASION = re.compile(r"\b(?:when|whenever|once|as soon as)\s+(?P<cue>[^,;:()]{4,80})")
_PLURAL = re.compile(
    r"(?P<who>(?:[A-Z]?[\w-]+ )?[\w-]*(?:staff|s))\s(?P<verb>[a-z]+(?: (?:in|out|up|off|on|back))?)(?P<rest>\s.+)$"
)
_MANY_DONE = re.compile(r"(?P<what>(?:\d+|two|three|four|five) [\w -]{2,40}?s),? (?P<done>[a-z]+(?:ed|en|nt|t)\b.*)$")
_UNDOES = re.compile(r"(?:roll back|undo|reverse|void|cancel|back out)\s(?P<what>(?:the |an? )?[\w -]{3,40})$", re.I)
_ROLES = re.compile(r"(?P<one>[A-Za-z]+) and (?P<other>[a-z]+)\b")
_UNSURE = re.compile(r"(?:bring about|try it|make sure|carry out the test|use |apply |let )")
_STEM = 4  # letters that a label and the title have in common
_LONGEST = 200


class Beginnings:
    """Finds it for one case."""

    def __init__(self, orders: Orders) -> None:
        self.orders, self.case = orders, orders.case
        self.parts = [part for part in _TOPIC.split(self.case.title[:_LONGEST]) if part]

    def first(self) -> str:
        """The order; empty where nothing tells one."""
        forms = (self._labelled, self._topic, self._objective, self._of_data, self._occasion, self._undone)
        return next((order for form in forms if (order := form())), "")

    def _labelled(self) -> str:
        """Renew a loan, where 'Renew all' does something: it is pressed."""
        words = re.findall(r"[a-z]{3,}", self.case.title.lower())
        for fact in self.orders.reading.facts:
            label = fact.acts[0].objects[0] if len(fact.acts) == 1 and fact.acts[0].objects else ""
            verb = label.strip("'\"“”").split(" ")[0].lower() if fact.sentence >= 0 else ""
            if len(verb) >= _STEM and fact.acts[0].kind == "press" and any(word.startswith(verb) for word in words):
                return fact.acts[0].text
        return ""

    def _topic(self) -> str:
        """Collaborative playlist: removing a collaborator -> as the owner, where the two are told apart, remove a collaborator."""
        doing = next((part for part in self.parts if _GERUND.match(f"{part[:1].lower()}{part[1:]}")), "")
        order = self.orders.continuing(f"{doing[:1].lower()}{doing[1:]}") if doing else ""
        return self._by_other(order) if _is_sure(order) else ""

    def _by_other(self, order: str) -> str:
        """Who does something to one of two roles is the other one."""
        for found in filter(None, map(_ROLES.search, self.case.preconditions)):
            roles = (found["one"].lower(), found["other"])
            done_to = [role for role in roles if re.search(rf"\b{role}\b", order)]
            if len(done_to) == 1 and any(map(self.orders.is_person, roles)):
                other = next(role for role in roles if role not in done_to)
                return self.orders.by(f"the {other}", re.sub(rf"\ban? (?={done_to[0]}\b)", "the ", order))
        return order

    def _objective(self) -> str:
        """Office staff sign in a late pupil -> as the office staff, sign in a late pupil."""
        clauses = re.split(r"[;.:]\s|,\s", (self.case.objective or "")[:_LONGEST])
        for clause in clauses:
            found = _PLURAL.match(clause.strip())
            entry = self.orders.verbs.entry(found["verb"]) if found else None
            if found and not entry:
                entry = self.orders.verbs.entry(found["verb"].split(" ")[0])
            known = entry and entry[1] == "base" and entry[0].kind in ("action", "told")
            if found and known and (self.orders.is_person(found["who"]) or self.orders.is_person(found["who"][:-1])):
                who = self.orders.named(found["who"])
                return self.orders.by(f"the {who}", f"{found['verb']}{found['rest']}")
        return ""

    def _of_data(self) -> str:
        """5 cases, sent one after another -> send 5 cases one after another."""
        for value in self.case.test_data.values():
            found = _MANY_DONE.match(value)
            done = self.orders.handled(f"{found['what']} {found['done']}") if found else ""
            if _is_sure(done):
                return done
        return ""

    def _occasion(self) -> str:
        """Participants are told when recording starts and stops -> start the recording."""
        found = _OCCASION.search(self.case.title)
        order = self.orders.order(re.split(r" (?:and|or) ", found["cue"])[0]) if found else ""
        return order if _is_sure(order) else ""

    def _undone(self) -> str:
        """Roll back the April run, at the end: it is carried out at the beginning."""
        deeds = {*self.orders.lexicon.data["deeds"], *self.orders.lexicon.data["handled"]}
        for text in self.case.postconditions:
            found = _UNDOES.match(text)
            if found and found["what"].split(" ")[-1] in deeds:
                return self.orders.lexicon.phrase("carry_out", what=found["what"])
        return ""


def _is_sure(order: str) -> bool:
    """Whether an order tells what is done."""
    return bool(order) and not _UNSURE.match(order) and not OPEN_POINT.search(order) and ": " not in flat(order)
