"""English: what is tried, waited for, set or named, as an order: data, values, times, labels, deeds."""

import re

from testgen.drafting.outline.english.acts import NOUNS
from testgen.drafting.outline.english.controls import Controls
from testgen.drafting.outline.english.deeds import BEHIND, ENTERED, ORDINAL, TRY, VALUE, Deeds
from testgen.drafting.outline.english.events import Events, flat
from testgen.drafting.outline.english.triggers import Triggers
from testgen.drafting.outline.english.usual import Usual
from testgen.text.normal import normalise

_UNIT = r"(?:s|sec|seconds?|min|minutes?|h|hours?|days?|weeks?|months?)\b"
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*"
_CLOCK = re.compile(
    rf"(?:at |on |from )?(?P<value>(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]* )?(?:\d{{1,2}}:\d\d(?::\d\d)?|\d{{1,2}}\.? {_MONTH}(?: \d{{4}})?(?: \d{{1,2}}:\d\d)?|\d{{4}}-\d\d-\d\d|(?:working |business )?day \d{{1,3}}$|T ?\+ ?\d+|the next (?:day|morning|week|month)$)(?:,? (?:on|the|of|in|\d|am|pm|(?-i:[A-Z])|\(|local|tomorrow|today|next|one|or)[^:;]*)?)$",
    re.IGNORECASE,
)
_DURATION = re.compile(
    rf"(?:for |within |about |another |a further |exactly |just |~|less than |more than |max\. |at most ){{0,2}}\d[\d.,]*\s?(?:(?!skipped |missed )[a-z]+ )?{_UNIT}(?!/| (?!idle|inactive)[a-z]+$| on (?:Mon|Tue|Wed|Thu|Fri|Sat|Sun))",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"\S+ (?!(?:simulated|further|more|and|in|of|with|for|kg|kg/h|mm|cm|ml|hPa|bar|ppm|rpm)\b)[a-z]{3,}"
)  # 5 wrong in a row: no value
_WITH = re.compile(r"(?:with(?:out)?|w/o|using|via)\s", re.IGNORECASE)
_NONE = re.compile(r"(?:no|missing|empty|blank|invalid|unknown|expired|wrong)\s", re.IGNORECASE)
_SO = re.compile(r"(?P<what>[A-Za-z]+(?: [a-z]+)?) (?P<how>unknown|missing|empty|invalid|expired|wrong|blank)")
_SAME_WITH = re.compile(r"(?:the )?same (?:again )?(?P<how>with(?:out)? )", re.IGNORECASE)
_SAME = re.compile(r"(?:the )?same\b", re.IGNORECASE)
_MODE = re.compile(r"(?:the )?(?P<mode>[\w-]+(?: [\w-]+)? mode)$", re.IGNORECASE)
_BACK = re.compile(r"back (?:online|on|in|up|at|to|again)\b", re.IGNORECASE)
_LABEL = re.compile(r"[A-Z]{3,}(?: [A-Z]{2,})?|\"[^\"]+\"|'[^']+'")
_CODES = re.compile(
    r"(?:\d+|two|three|four|five|the|a|an) (?:\w+ ){0,2}(?:codes?|PINs?|pins?|TANs?|passwords?)(?: in a row| again)?"
)
# What such a datum tells is so, and nothing to enter.
GIVEN_LIMIT = re.compile(
    r"^\W*\d|\b(?:current|existing|previous) (?!password|pin)|\b(?:max|min|maximum|minimum|limit|threshold(?: \w+)?|warning|critical|expected|count|records?|rows?|lines?|duplicates|number of|remaining|change|time to|holidays?|deadline|timeout|expiry|station|device|version|size|checkpoint|[a-z]+[ _]age|(?:idle|waiting|elapsed|inactivity)[ _]time)\b",
    re.IGNORECASE,
)
_WEEKDAY = r"(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]* )?"
_CLOCK_THEN = re.compile(
    rf"(?:(?P<done>[A-Z][a-z]+ed) (?:at |on )?)?(?P<clock>{_WEEKDAY}\d{{1,2}}:\d\d(?::\d\d)?)(?: (?P<state>(?!on|at|of|in|am|pm|local|tomorrow|today|next)[a-z]{{4,}}))?$"
)
_AT_RUN = re.compile(rf"(?:[Aa]t |[Tt]he ){{0,2}}(?P<event>{_WEEKDAY}\d{{1,2}}:\d\d [a-z]{{3,12}})$")
_AT = re.compile(r"(?P<clock>\d{1,2}:\d\d) (?=[a-z])")
CLOCK_THING = re.compile(rf"(?:[Aa]t )?(?P<clock>{_WEEKDAY}\d{{1,2}}:\d\d) (?P<thing>(?:an?|one|two|three|no) .+)$")
_KEY = re.compile(r"(?P<key>[A-Z]|[a-z]+)(?: x ?(?P<n>\d+))?")  # of several data: voucher_A, voucher_bad
_MONEY = re.compile(r"[€$£]\d|(?:EUR|USD|GBP) \d")
_GONE = {"back": "come back", "away": "stay away", "gone": "leave", "offline": "go offline", "online": "go online"}
_SHORT = 6  # words of a value
_PARAMETER = 4
_TIME_ALONE = re.compile(r"\d{1,2}:\d\d(?::\d\d)?")


class Trials(Deeds):
    """Words them."""

    triggers: Triggers
    events: Events
    controls: Controls
    settable: bool
    usual: Usual
    counted_by: str  # the verb of a quantity
    done_by_all: str  # what each run does, where the case is no call

    def datum(self, cue: str) -> str:
        """Quote B; 5 wrong codes: data by their names."""
        plain = normalise(cue)
        for name in sorted(self.case.test_data, key=len, reverse=True):
            key = re.escape(normalise(name).replace("_", " "))
            lasts = re.fullmatch(r"(?P<what>.+) (?:time|period|delay|timeout)", normalise(name))
            if lasts and plain == lasts["what"] and _DURATION.match(self.case.test_data[name]):
                return f"wait {self.case.test_data[name]}"
            named = len(name) > 1 and re.match(rf"(?:the |an? |\d+ )?{key}s?(?!\w)", plain)
            if named and normalise(name) not in self.persons and not self._told(cue):
                if re.search(r"\bfilters?$", name):
                    return f"set {self.thing(name)}"  # with the filter on
                return self.operated(cue) or f"{'enter' if ENTERED.search(name) else 'use'} {self.thing(cue)}"
        if one := _KEY.fullmatch(cue):
            family = [name for name in self.case.test_data if re.fullmatch(rf"\w+[_ ]{one['key']}", name)]
            times = f" {one['n']} times" if one["n"] else ""
            if len(family) == 1:
                name = family[0].replace("_", " ")
                return f"{f'{self.operation} with' if self.operation else 'use'} {name}{times}"
        holding = [
            name for name, value in self.case.test_data.items() if plain in re.split(r"[,;:] ", normalise(value))
        ]
        return f"use {holding[0]} ({cue})" if len(holding) == 1 and re.fullmatch(r"[A-Z][a-z]{2,}", cue) else ""

    def counted(self, cue: str) -> str:
        """5 wrong in a row, where a datum is the wrong code: 5 wrong codes are entered."""
        many = re.fullmatch(r"(?P<n>\d+|two|three|four|five) (?P<deed>[a-z]+?)s", cue)
        entry = self.reader.verbs.entry(many["deed"]) if many else None
        if (
            many
            and entry
            and entry[1] == "base"
            and entry[0].kind in ("action", "told")
            and entry[0].lemma not in NOUNS
        ):
            return f"{entry[0].lemma} {many['n']} times"
        in_a_row = re.fullmatch(r"(?:\d+|two|three) (?P<noun>[a-z]+)s in a row", cue, re.IGNORECASE)
        if in_a_row and in_a_row["noun"] in {*self.lexicon.data["deeds"], *self.lexicon.data["handled"]}:
            verb = self.lexicon.data["handled"].get(in_a_row["noun"], "make")
            return f"{verb} {cue[:1].lower()}{cue[1:]}"
        if _CODES.fullmatch(cue):
            return f"enter {cue}"
        if re.fullmatch(r"(?:the )?[\w ]*number of (?:failures|attempts|tries|failed \w+)", cue):
            return f"make {cue}"
        found = re.match(r"(?P<n>\d+|two|three|five)(?:x| x)? (?P<how>[a-z]+)(?P<rest>(?: in a row| again)?)$", cue)
        for name in self.case.test_data if found else ():
            how, _, thing = normalise(name).partition(" ")
            if found and how == found["how"] and ENTERED.search(thing):
                return f"enter {found['n']} {how} {thing}{'s' * (found['n'] != '1')}{found['rest']}"
        return ""

    def _told(self, cue: str) -> bool:
        """Whether there is a verb in it."""
        return bool(self.handled(cue) or self.acting(cue) or self.reader.finite(cue))

    def operated(self, cue: str) -> str:
        """What is tried is tried with what the case is about: send POST /orders with no key."""
        if self.operation and (who := re.fullmatch(r"as (?:an? |the )?(?P<who>[\w -]{2,30})", cue, re.IGNORECASE)):
            return self.lexicon.phrase("as_actor", actor=f"the {who['who']}", action=self.operation)
        return (
            f"{self.operation} with {re.sub(r'(?<!together) with ', ' and ', self.thing(cue))}"
            if self.operation
            else ""
        )

    def timed(self, cue: str) -> str:
        """At 14:29; 15 minutes idle on the page."""
        if self.reader.finite(cue):
            return ""
        times = re.split(r", (?:and )?| and ", cue)
        if len(times) > 1 and all(re.fullmatch(r"\d{1,2}:\d\d", time) for time in times):
            return ", then ".join(f"{self.timed(time)}{self._triggered()}" for time in times)
        if (then := _CLOCK_THEN.match(cue)) and self.settable:
            first = self.lexicon.phrase("set_clock", value=then["clock"])
            done = self.reader.verbs.lemma_of_past(then["done"]) if then["done"] else None
            state = f"set it to {then['state']}" if then["state"] else ""
            return f"{first}, then {done} it" if done else f"{first}, then {state}" if state else first
        if clock := _CLOCK.match(cue):
            return self.lexicon.phrase("set_clock" if self.settable else "wait_until", value=clock["value"])
        if event := _AT_RUN.match(cue):
            return self.lexicon.phrase("wait_until", value=f"the {event['event']}")
        if (at := _AT.match(cue)) and (done := self.deed(cue[at.end() :])):
            return f"{done} at {at['clock']}"  # 22:30 msg from B
        if (seen := CLOCK_THING.match(cue)) and not self._told(seen["thing"]) and not self.deed(seen["thing"]):
            # 07:00 a single push: nothing is done but to wait for it
            return self.lexicon.phrase("set_clock" if self.settable else "wait_until", value=seen["clock"])
        ends = re.fullmatch(r"(?:at )?0(?::00)?", cue, re.IGNORECASE)  # of a countdown
        held = self.controls.held(re.sub(r"\s\([^()]*\)$", "", cue))
        return "wait until it is 0" if ends else held or (f"wait {cue}" if _DURATION.match(cue) else "")

    def _triggered(self) -> str:
        """What the data tell that is done at each of several times."""
        told = next(
            (value for name, value in self.case.test_data.items() if normalise(name) in ("trigger", "event")), ""
        )
        done = self.acting(told) if told else ""
        return f", then {done or f'let this happen: {told}'}" if told else ""

    def parameters(self, cue: str) -> str:
        """Classic, 11:16: what everybody does in the case, for such a one, at that time."""
        parts = cue.split(", ")
        given = (
            self.done_by_all
            and re.search(r"(?:^|, )\d", cue)
            and all(len(part.split()) <= _PARAMETER for part in parts)
        )
        if not given or self._told(cue) or all(map(_TIME_ALONE.fullmatch, parts)):
            return ""
        hows = (f"at {part}" if re.match(r"\d{1,2}:\d\d\b", part) else f"for {part}" for part in parts)
        return " ".join((self.done_by_all, *hows))

    def valued(self, cue: str) -> str:
        """6.1 °P, for the density values to feed."""
        bare = re.sub(r"^[Aa]t\s+(?=\d)", "", cue)
        each = all(VALUE.match(flat(part)) for part in bare.split(", "))
        value = VALUE.match(flat(bare)) and (each or len(bare.split()) <= _SHORT) and bare[:1] not in "\"'“‘`[("
        counted = _COUNTED.match(bare) and not ORDINAL.match(bare)
        if not value or counted or self.reader.finite(bare) or self.handled(bare):
            return ""
        pressed = f", then {self.done_by_all}" if '"' in self.done_by_all and not self.counted_by else ""
        return self.operated(bare) or f"{self._applied(bare)}{pressed}"

    def _applied(self, value: str) -> str:
        """A value under the name of the one datum that lists it."""
        number = re.search(r"\d[\d.,:]*\d|\d", value)
        exact = re.compile(rf"(?<![\d.,]){re.escape(number.group())}(?![\d]|[.,]\d)") if number else None
        data = self.case.test_data.items() if exact else ()
        listed = [name for name, text in data if not GIVEN_LIMIT.search(name.replace("_", " ")) and exact.search(text)]  # type: ignore[union-attr]
        if self.counted_by and re.fullmatch(r"\d[\d.,]*(?: \w{1,4})?(?: (?:with|without) .+)?", value):
            return f"{self.counted_by} {value}"
        if _MONEY.match(value):
            return f"enter {value}"
        alike = [name for name, text in data if value.endswith("%") and re.fullmatch(r"[\d.,]+ ?%", text)]
        if len(alike) == 1 and re.fullmatch(r"[a-z]+", alike[0]):
            return f"set {alike[0]} to {value}"
        if len(listed) != 1 or normalise(listed[0]) in normalise(value):
            return f"apply {value}"
        name = (listed[0] if re.search(r"[A-Z]", listed[0][1:]) else listed[0].lower()).replace("_", " ")
        made = self.lexicon.data["handled"].get(normalise(name).split(" ")[-1].removesuffix("s"))
        return f"{made or ('enter' if ENTERED.search(name) else 'apply')} {name}: {value}"

    def tried(self, cue: str) -> str:
        """With, without and no; the same again."""
        small = f"{cue[:1].lower()}{cue[1:]}"
        with_ = _WITH.match(cue)
        so = cue[with_.end() :] if with_ else ""
        if so and (field := self.usual.in_field(so, offered=True)) and not re.match("without|w/o", cue, re.IGNORECASE):
            return field
        if so and (done := self._brought(so)):
            return done
        if with_:
            return f"{self.operation or TRY} {small}"
        if self._told(cue):
            return ""
        if lacking := self._lacking(cue):
            return lacking
        if (other := _SAME_WITH.match(cue)) and not self.operation:
            return f"{TRY} again {cue[other.start('how') :]}"
        same = small if small.startswith("the ") else f"the {small}"
        return (self.operated(same) or f"use {same}") if _SAME.match(cue) else ""

    def _lacking(self, cue: str) -> str:
        """Empty postcode, surname missing -> it is left empty; PIN wrong -> a wrong PIN; no reply -> nobody replies."""
        if so := _SO.fullmatch(cue):
            cue = f"{so['how']} {self.named(so['what'])}"
        elif not _NONE.match(cue):
            return ""
        first, _, what = cue.partition(" ")
        first = first.lower()
        deed = self.reader.verbs.entry(what) if first == "no" else None
        if deed and deed[1] == "base":
            return f"do not {deed[0].lemma}"
        gone = first in ("no", "missing", "empty", "blank")
        if self.operation:
            return f"{self.operation} without {what}" if first == "missing" else self.operated(f"{first} {what}")
        entered = ENTERED.search(cue) and not BEHIND.search(cue)
        if gone and (so or entered):
            return f"leave the {what} empty"
        return (
            f"enter {'an' if first[0] in 'aeiou' else 'a'} {first} {what}" if entered else f"{TRY} with {first} {what}"
        )

    def _brought(self, so: str) -> str:
        """With the closing time set to 18:00 -> set it; with a reply sent in between; with searching switched off."""
        told = "\n".join((*self.case.preconditions, self.case.specification or "", *self.case.expected_results))
        state = re.fullmatch(r"(?P<who>.+) (?P<state>[A-Z][a-z]+)", so)
        if state and re.search(rf"\b(?:marked|(?i:set (?:[\w ]+ )?to)|status:?|goes) {state['state']}\b", told):
            return f"set {state['who']} to {state['state']}"
        doing = re.match(r"[a-z]+ing (?:the|an?|all|it)\b", so)
        done = [] if doing else [self.handled(part) for part in so.split(" and ")]
        return ", then ".join(done) if done and all(done) else self.continuing(so)

    def labelled(self, cue: str) -> str:
        """WEIGH, "Send", 'Void'."""
        return f"press {cue}" if _LABEL.fullmatch(cue) and cue not in self.case.test_data else ""

    def answered(self, cue: str) -> str:
        """On yes, one SMS is sent: somebody is asked."""
        return f"answer {cue.lower()}" if cue.lower() in ("yes", "no") else ""

    def switched(self, cue: str) -> str:
        """Airplane mode, signal off, Ctrl+Z, `check`."""
        if mode := _MODE.match(cue):
            return f"switch to {mode['mode'][:1].lower()}{mode['mode'][1:]}"
        if self.reader.finite(cue):
            return ""
        touched = self.events._touched(cue)
        return f"go {cue[:1].lower()}{cue[1:]}" if _BACK.match(cue) else touched.text if touched else ""

    def gone(self, cue: str) -> str:
        """Host back before 60 s -> as Host, come back before 60 s."""
        found = re.match(rf"(?P<who>[^,;:]{{2,40}}?) (?P<where>{'|'.join(_GONE)})\b(?P<rest>.*)$", cue)
        if not found or not self.is_person(found["who"]):
            return ""
        return self.by(found["who"], f"{_GONE[found['where']]}{found['rest']}")
