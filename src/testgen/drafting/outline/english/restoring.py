"""English: postconditions as orders: what was changed is put back, clause by clause."""

import re

from testgen.drafting.outline.english.events import flat
from testgen.drafting.outline.english.orders import Orders, spans
from testgen.drafting.outline.english.reader import Reader
from testgen.drafting.outline.english.states import brings, restores

_CLAUSE = re.compile(r"[,;]\s(?:and\b\s?)?(?:then )?")
_MUST = re.compile(r"(?P<last>\w\s)(?:must|should|shall|has to|have to|needs? to) be (?=[a-z]+\b)")
_BACK = re.compile(
    r"(?P<what>\w[^,;]{1,58}?) (?:(?:is|are|was|were|has been|have been) )?(?P<done>[a-z]+) back(?P<rest>(?: .+)?)$"
)
_DONE = re.compile(r"\b(?:is|are|has been|have been) (?!not\b)[a-z]+(?:ed|en|ft|t)\b")
_BEHIND_IT = re.compile(r"(?:to|in|at|on|as|into|from|back|again)\b")
_IN_ANOTHER_WAY = re.compile(r"(?P<do>(?:enter|apply|redeem|add) the (?P<what>[a-z]+)) in ", re.IGNORECASE)


class Restoring:
    """Words them."""

    orders: Orders
    reader: Reader

    def restoring(self, text: str) -> tuple[str, str]:
        """Recipe aborted -> abort the recipe; the report shows two tickets -> check that it does."""
        text, orders = _MUST.sub(_so, text.strip(" .,;")), self.orders
        if orders.commands(text):
            return text, ""
        ordered = orders.imperative(text)
        if self._is_base(text) and not _CLAUSE.search(flat(text)):
            return text, ""
        if not ordered and (back := self._restored(text)):
            return back, text
        if re.search(r"\s(?:shows|lists|contains|has|have)\s", flat(text)):
            return f"check that {orders.named(text)}", text
        if " and " in text and self.reader.finite(text) and not ordered:
            return f"make sure that {orders.named(text)}", text
        so = self.reader.finite(text) and not _DONE.search(text)
        sure = f"make sure that {orders.named(text)}" if so else ""
        return (ordered, "") if ordered else (orders.acting(text) or sure, text)

    def _restored(self, text: str) -> str:
        """Rate back to 0, log exported -> set the rate back to 0, then export the log; what is no order is made sure of at the end."""
        clauses = [text[start:end] for start, end in spans(_CLAUSE, flat(text)) if re.search(r"\w", text[start:end])]
        done = [self._put_back(clause) for clause in clauses]
        if ";" in flat(text) and not all(done):
            return ""  # a remark on what stands before
        left = ", ".join(self.orders.named(clause) for clause, order in zip(clauses, done, strict=True) if not order)
        whole = self._put_back(text) if left and len(clauses) == 1 else ""
        if whole or not any(done):
            return whole
        sure = [self.orders.lexicon.phrase("bring_back", condition=left)] if left else []
        return ", then ".join((*filter(None, done), *sure))

    def _is_base(self, clause: str) -> bool:
        """Unblock the bin, and not Book returned: a verb in its base form, with nothing done behind it."""
        first, *rest = clause.split() or [""]
        entry = self.orders.verbs.entry(first)
        return bool(entry and rest and entry[1] == "base" and not any(map(self.orders.verbs.is_participle, rest)))

    def _put_back(self, clause: str) -> str:
        """A clause as an order, or as two where both halves are."""
        if self.orders.third_in(clause):
            return ""
        if self.reader.finite(clause):
            is_so = re.search(r"\s(?:is|are)\s", clause)
            return self.orders.handled(clause, anything=True) or (
                brings(clause, self.orders.named(clause)) if is_so else ""
            )
        if back := self._set_back(clause):
            return back
        first, _, rest = clause.partition(" ")
        entry = self.orders.verbs.entry(first)
        if entry and _BEHIND_IT.match(rest) and self.orders.verbs.lemma_of_past(first):
            return f"{entry[0].lemma} it {rest}"  # set to Available
        if self._is_base(clause):
            return f"{first[:1].lower()}{first[1:]} {rest}"
        one, _, other = clause.partition(" and ")
        both = [self._put_back(half) for half in (one, other)] if other else []
        if all(both) and both:
            return ", then ".join(both)
        many = re.match(r"(?:all|both|the) ", clause, re.IGNORECASE)
        bare = clause[many.end() :] if many else clause
        order = restores(bare, self.orders.named(bare)) or self.orders.handled(clause, anything=True)
        order = order or self.orders.imperative(clause) or brings(bare, self.orders.named(bare))
        return re.sub(r"^(\w+) the ", rf"\1 {many.group().lower()}", order) if many and order else order

    def _set_back(self, clause: str) -> str:
        """Price set back to £10.00 -> set the price back to £10.00; what is done is no part of the thing's name."""
        found = _BACK.match(clause)
        lemma = self.orders.done(found["done"], first=False, anything=True) if found else None
        return f"{lemma} {self.orders.thing(found['what'])} back{found['rest']}" if found and lemma else ""

    def undone_first(self, order: str, done: list[str]) -> str:
        """Remove the code, before it is entered in lower case: it is still there, and the case speaks of its removal."""
        first = _IN_ANOTHER_WAY.match(order)
        told = "\n".join((self.orders.case.specification or "", *self.orders.case.expected_results))
        there = first and any(act.lower() == first["do"].lower() for act in done)
        removed = there and re.search(rf"\b[Rr]emov\w+ (?:the|an?) {first['what']}\b", told) if first else None
        return f"remove the {first['what']}" if first and removed else ""


def _so(must: re.Match[str]) -> str:
    """The sample must be discarded -> the sample is discarded."""
    return f"{must['last']}{'are' if must['last'].startswith('s') else 'is'} "
