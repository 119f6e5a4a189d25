"""English: where a tester looks at a result that nothing is done for: the thing that it is about, or all that it says."""

import re

from testgen.drafting.outline.english.events import flat
from testgen.drafting.outline.english.orders import Orders

_CHECK = re.compile(r"Check (?P<what>(?!that\b|what\b|the result\b).+)$")
_TORN = re.compile(
    r"(?:within|before|by|until|from|at|in|on|after|during|as|up|out|both of|also|still)\s|.*(?:,\s|:\s|\s(?:that|who|which|when|if|and)\s(?:the|an?)\s|\s(?:goes|comes|gets|moves|runs|takes|stays)\s)",
    re.IGNORECASE,
)
_VALUE = re.compile(
    r"\s(?:={1,2}\s.+|(?<!\bat )(?<!\bof )(?<!\bin )(?<!\bto )[-+]?[£€$]?\d[\d,]*\.\d+\s?(?:%|[a-z]{1,3})?|(?<=code )\d+)$",
    re.IGNORECASE,
)
_ALSO = re.compile(r"^(?:also|and|then|but|only)\s", re.IGNORECASE)
_FIRST_THING = re.compile(r"[,;:]\s|\s(?=[-+]?\d)")
_NOUN = r"[\w'’-]+(?: [\w'’-]+){0,2}"
_LIST = re.compile(rf"{_NOUN}(?:, {_NOUN})* and {_NOUN}")
_CORE = re.compile(r"\s(?:of|in|on|at|for|from|to|with|by|without|after)\s")
_ARTICLED = re.compile(r"(?:the|an?|both|all|each|every|no|any|some|same|its?|only|what|how)\b|\w+['’]s\b|\w+s['’] ")
_MANY = re.compile(r"(?:exactly |only |at least |at most )*(?:one|two|three|four|five|\d+)\s(?!of\b)", re.IGNORECASE)
_OFFERED = re.compile(
    r"(?P<label>[A-Z][a-z]+) (?:is|are) (?:not |still |now |also )*(?:greyed|disabled|enabled|offered|available|inactive|active|missing|hidden|visible)\b"
)
_FIRST = re.compile(r"[,;]\s|\.\s(?=[A-Z])")
_PLACE = re.compile(
    r"(?P<where>(?:before|during|while|under|within|at|in|on) (?!(?:\w+ing|total|order|time|case|place)\b)[^,:;]{2,40})$",
    re.IGNORECASE,
)
_NAMED = re.compile(r"(?P<noun>[A-Za-z]?[a-z]{2,}(?: [a-z]{2,})?) (?P<id>#?\d{1,6})$")
_DOES = re.compile(r"(?<!the)(?<!two)(?<!all)(?<!of)\s[a-z]{3,}s(?= (?:the|an?|no|its|his|her)\b)")
_LONGEST = 18  # words of a statement that is checked as such
_SUMMARY = {"final": "final state", "finally": "final state", "end": "state at the end", "overall": "overall result", "result": "result", "summary": "summary", "total": "total", "totals": "totals"}  # fmt: skip


class Looking:
    """Words it."""

    def __init__(self, orders: Orders) -> None:
        self.orders = orders

    def check(self, check: str, seen: str) -> str:
        """A check of a thing with its article, without its value; of what is no thing as what is said: check that …"""
        found = _CHECK.match(check)
        if not found:
            return (self._said(seen) if re.match("Check the result(?: [A-Z]|$)", check) else "") or check
        what = re.sub(r"^the (?=(?:within|between|among|during)\b)", "", _ALSO.sub("", found["what"]))
        offered = _OFFERED.match(seen)
        label = self.orders.verbs.entry(offered["label"].lower()) if offered else None
        if label and label[1] == "base":  # Deactivate is greyed out
            return f"Check that {_FIRST.split(seen)[0]}"
        if what.isdigit():
            return self._said(seen) or check  # 1010 exists
        if (
            (_TORN.match(flat(what)) and not _LIST.fullmatch(what))
            or self.orders.third_in(what)
            or _DOES.search(flat(what))
        ):
            return self._said(seen) or f"Check {self._thing(_FIRST_THING.split(what)[0])}"
        if _MANY.match(what):
            one = re.match(r"(?:exactly |only )?one ", what)
            return self._said(seen) or f"Check that there {'is' if one else 'are'} {what}"
        return f"Check {self._thing(_VALUE.sub('', what))}"

    def _thing(self, what: str) -> str:
        """With its article: the Long Outage log, the due date of SO-1; without one where it has a number or is an identifier: row 3."""
        if re.match(r"\S*[\d_/.]|[A-Z]+\b", what):
            return what
        named = what if re.match(r"[A-Z][a-z]+ [A-Z]", what) else self.orders.named(what)
        core = _CORE.split(named)[0]
        plain = not re.search(r"\d|\b[A-Z]+\b", core) and (
            core[:1].islower() or re.match(r"[A-Z][a-z]+ [A-Z].* [a-z]+$", core)
        )
        return f"the {named}" if plain and not _ARTICLED.match(named) else named

    def _said(self, seen: str) -> str:
        """The first statement of a result; empty where it is none, or a long one."""
        first = re.split(r":\s", _FIRST.split(seen)[0])[0]
        verb = self.orders.triggers.predicate(flat(first)) or _DOES.search(flat(first))
        whole = verb and len(first.split()) < _LONGEST and ": " not in first
        return f"Check that {self.orders.named(first)}" if whole else ""

    def place(self, cue: str) -> str:
        """Before the time, at level 3, store 118: what stands in front of a colon and is only looked at."""
        orders = self.orders
        if orders.datum(cue) or orders.timed(cue) or orders.valued(cue) or orders.reader.finite(cue):
            return ""
        places = orders.lexicon.data["places"]
        if cue.istitle() and (cue.lower() in places or f"{cue.lower()} log" in places):
            return f"check the {cue.lower()}"
        if (where := _PLACE.match(cue)) and not orders.handled(cue):
            return f"check what is shown {where['where'][:1].lower()}{where['where'][1:]}"
        if (
            (named := _NAMED.match(cue))
            and named["noun"].lower() not in ("row", "rows")
            and not orders.handled(cue)
            and not orders.imperative(cue)
        ):
            return f"check {named['noun'].lower()} {named['id']}"
        summary = _SUMMARY.get(cue.lower(), "")
        return f"check the {summary}" if summary else ""
