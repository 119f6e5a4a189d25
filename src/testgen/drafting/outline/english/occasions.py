"""English: results that name what brings them in their subject: a time of the data, a field and its value, acts that are possible or not."""

import re

from testgen.drafting.outline.english.orders import Orders
from testgen.drafting.outline.english.reader import Reader
from testgen.text.marks import MASK
from testgen.text.normal import normalise

_CLOCK = re.compile(r"(?<![\d:.])\d{1,2}:\d\d(?![\d:])")
_NEXT_DAY = re.compile(r"(?:On )?(?:the )?(?P<day>next (?:day|morning|week|month))\b:? (?=[a-z])", re.IGNORECASE)
_POSSIBLE = re.compile(
    r"(?P<acts>[A-Za-z]+(?:(?:, | and |, and | or )[a-z]+)*) (?:is|are) (?P<denied>not |no longer |still not )?(?:still |again |also )?(?:possible|allowed|permitted)(?: for (?P<who>[^,;.]{2,40}))?(?=$|[,;. ])"
)
_RUN_ON = re.compile(
    r"(?:The )?(?P<job>(?:[a-z-]+ ){0,3}(?:batch|job|run|import|export)) (?:of|on|for) (?P<day>(?:\d{1,2} [A-Z][a-z]{2,8}(?: \d{4})?|\d{4}-\d\d-\d\d))(?= [a-z]+s\b)"
)
_AT_THE_TIME = re.compile(r"^[^,;:]{3,60} (?:at|by) (?P<what>the (?:\"[^\"]+\"|[A-Z][a-z]+) time)\b")
_NO_PUSH = re.compile(
    r"No (?P<what>[\w/ -]{1,40}?(?:push(?:es)?|notifications?|alerts?|messages?)) (?:arrives?|comes?|(?:is|are) (?:sent|shown)) (?P<when>(?:between|during|while|before) .+)$"
)
_ALERT = re.compile(
    r"(?P<event>[A-Za-z]+ [a-z]+(?: [a-z]+)?) (?:alert|notification|warning) (?:arrives|comes|is sent|is pushed)\b"
)
_DIALLED = re.compile(r"(?:^|\b(?:check(?:ed)? (?:with|by|via)|under|with|by|via|on) )(?P<code>[*#][\w*<>]*#)(?=\W|$)")
_AND = re.compile(r", and |, | and | or ")
_VALUE = re.compile(
    rf"(?:to |of |at |= ?)?(?P<value>[-+]?[£$€]?\d[\w.,%]*(?: (?!is|are|has)[a-zA-Z%]{{1,3}}(?= ))?|{MASK}+)(?= [a-z])"
)


class Occasions:
    """Reads them."""

    orders: Orders
    reader: Reader

    def _next_day(self, piece: str, masked: str) -> str:
        """Next day shows day 1: it is waited for."""
        del masked
        found = _NEXT_DAY.match(piece)
        return self.orders.timed(f"the {found['day'].lower()}") if found else ""

    def _happened(self, piece: str, masked: str) -> str:
        """21:58 push arrives, where the data tell what happens at 21:58: each time of the data comes, and what it stands for happens."""
        del masked
        data = self.orders.case.test_data
        times = [found.group() for found in _CLOCK.finditer(piece) if data.get(found.group(), "").strip()]
        events = (f"{self.orders.timed(time)}, then let this happen: {data[time]}" for time in dict.fromkeys(times))
        return ", then ".join(events)

    def _alerted(self, piece: str, masked: str) -> str:
        """New login alert arrives: what it is an alert of is brought about, where the specification speaks of that."""
        if held := _NO_PUSH.match(piece):
            return f"cause {held['what']} {held['when']}"
        found = _ALERT.match(masked)
        event = piece[: found.end("event")] if found else ""
        told = event and re.search(
            rf"\b{re.escape(event)}\b(?! (?:alert|notif|warn))", self.orders.case.specification or "", re.IGNORECASE
        )
        return self.orders.lexicon.phrase("bring_about", what=self.orders.named(event)) if told else ""

    def _run_on(self, piece: str, masked: str) -> str:
        """The batch of 25 Aug produces no payment: its day comes, and it is run; one summary arrives at the To time."""
        del masked
        orders = self.orders
        if moment := _AT_THE_TIME.search(piece):
            return orders.lexicon.phrase("wait_until", value=moment["what"])
        found = _RUN_ON.match(piece)
        day = orders.timed(found["day"]) if found else ""
        return f"{day}, then run the {found['job']}" if found and day else ""

    def _dialled(self, piece: str, masked: str) -> str:
        """*100# shows 4.50; balance is 4.50 (check with *100#): what a phone is asked by is dialled."""
        del masked
        found = _DIALLED.search(piece)
        return f"dial {found['code']}" if found else ""

    def _possible_acts(self, piece: str, masked: str) -> str:
        """Drag, edit and delete are not possible for the assistant -> as the assistant, try to drag, edit and delete it."""
        found = _POSSIBLE.match(masked)
        verbs = [self.reader.verbs.entry(word) for word in _AND.split(found["acts"])] if found else []
        known = [verb for verb in verbs if verb and verb[1] in ("base", "gerund") and verb[0].kind != "system"]
        if not found or not known or len(known) < len(verbs):
            return ""
        *first, last = (verb.lemma for verb, _ in known)
        listed = f"{', '.join(first)} and {last}" if first else last
        order = f"{'try to ' if found['denied'] else ''}{listed} it"
        who = piece[found.start("who") : found.end("who")] if found["who"] else ""
        return self.orders.by(who, order) if who and self.orders.is_person(who) else order

    def _given_value(self, piece: str, masked: str) -> str:
        """Max rent £100 gives the no-results text: a datum's name with another value is set to it."""
        plain = normalise(masked)
        for name, own in self.orders.case.test_data.items():
            key = normalise(name).replace("_", " ")
            found = _VALUE.match(masked, len(key) + 1) if len(key) > 1 and plain.startswith(f"{key} ") else None
            value = piece[found.start("value") : found.end("value")] if found else ""
            if value and normalise(value) not in normalise(own) and not re.search(r"\d$", key):
                return f"set the {name.replace('_', ' ')} to {value}"
        return ""
