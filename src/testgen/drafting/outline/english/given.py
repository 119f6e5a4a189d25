"""English: what a scenario gives that has to come about before it begins."""

import re

from testgen.drafting.outline.english.orders import Orders

_PASSED = re.compile(
    r"(?P<time>\d+ (?:min|minutes?|h|hours?|days?|weeks?|months?|years?)) (?:have|has) (?:passed|elapsed|gone by)\b(?P<rest>.*)$"
)
_ENDED = re.compile(
    r"\b(?:an?|the) (?P<what>(?:[\w-]+ ){0,2}[\w-]+) (?:which|that) (?:has )?(?P<done>ended|expired|lapsed)\b"
)
_DONE_IN_TIME = re.compile(r"\s(?:is|are) [a-z]+(?:ed|en|t) (?:within|in time|again|before|after)\b")


def given_act(sentence: str, orders: Orders) -> str:
    """Given the plan is renewed within 30 days; 30 days have passed; a plan which ended yesterday: what happens, or is done, first."""
    if passed := _PASSED.match(sentence):
        return f"let {passed['time']} pass{passed['rest']}"
    if ended := _ENDED.search(sentence):
        return f"let the {ended['what']} {orders.verbs.lemma_of_past(ended['done']) or 'end'}"
    done = orders.handled(sentence) if _DONE_IN_TIME.search(sentence) else ""
    return "" if re.match(r"bring about|let |apply ", done) else done
