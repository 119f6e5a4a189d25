"""English: what a thing does in a result that somebody has to cause: a gate refuses a pass, a link opens, GET on it returns; an option
is told by its value; what the product has done is not done again."""

import re

from testgen.drafting.outline.english.orders import Orders
from testgen.text.normal import normalise

_CALL_ON = re.compile(
    r"(?P<verb>GET|HEAD|DELETE|POST|PUT|PATCH) on (?P<what>[^,;]{2,60}?) (?:returns|gives|answers|shows)\b"
)
_JUDGES = re.compile(
    r"(?P<who>(?:[Tt]he )?(?:[A-Z]?[\w-]+ ){0,2}(?i:reader|scanner|terminal|turnstile|gate|validator|kiosk)) (?:now |still )?(?:rejects|refuses|accepts|declines) (?P<what>(?:the |an? )?[\w -]{2,40}?)(?= with\b| by\b| and\b|[,;]|$)"
)
_OPENS = re.compile(
    r"(?P<what>(?:[Tt]he |[Aa]n? )?(?:[\w-]+[_ ])?(?:url|URL|link|Link|address)(?: (?:of|to|for|in) [\w -]{1,30}?)?) (?:now |still )?opens\b(?P<rest>.*)$"
)
_HEADER = re.compile(r"(?:The )?(?P<name>[A-Z][\w-]* header)\b")
_ON_IT = re.compile(r"^(GET|HEAD|DELETE) on it\b")
_DOES = re.compile(r"(?:^|: |[-–—] |\b[Tt]he )(?P<who>[a-z]+) (?P<verbs>[a-z]+s(?:, [a-z]+s)*,? and [a-z]+s)$")
_STEM = 4  # letters that a noun and its verb have in common


class Things:
    """Reads them."""

    orders: Orders

    def _option(self, piece: str, masked: str) -> str:
        """Auto detects comma, where an option can be auto: it is set to that."""
        del masked
        return self.orders.options.begins(piece) or self.orders.controls.offers(piece)

    def _at_device(self, piece: str, masked: str) -> str:
        """Gate reader rejects the old pass: the pass is presented there; GET on the URL returns: it is sent."""
        del masked
        if call := _CALL_ON.match(piece):
            return f"send {call['verb']} to {call['what']}"
        found = _JUDGES.match(piece)
        if not found or normalise(found["who"].removeprefix("The ").lower()) in self.orders.persons:
            return ""
        who = re.sub("^The ", "the ", found["who"])
        who = who if who.startswith("the ") else f"the {who[:1].lower()}{who[1:]}"
        return f"present {self.orders.thing(found['what'])} at {who}"

    def _opened(self, piece: str, masked: str) -> str:
        """Label_url opens as a PDF without the token: somebody opens it, in that way."""
        del masked
        found = _OPENS.match(piece)
        how = re.search(r"\s(?:without|with) (?:the |an? )?[\w -]{2,30}$", found["rest"]) if found else None
        return f"open {self.orders.thing(found['what'])}{how.group()}" if found and how else ""

    def _fleshed(self, order: str) -> str:
        """Each act of an order with what the case tells of it elsewhere, and by whom."""
        first, *more = (self._by_title(self.orders.usual.fleshed(part)) for part in order.split(", then "))
        return ", then ".join((first, *(re.sub("^As ", "as ", part) for part in more)))

    def _by_title(self, order: str) -> str:
        """Remove G2, of a title by which the host admits, removes and locks: as the host."""
        found = _DOES.search(self.orders.case.title)
        if not found or not order or not self.orders.is_person(found["who"]):
            return order
        verbs = {self.orders.verbs.guess(verb, "third").lemma for verb in re.findall(r"\b[a-z]+s\b", found["verbs"])}
        first, _, rest = order.partition(" ")
        label = rest.lower() if first in ("choose", "press") else first.lower()
        does = label.removeprefix("un") in verbs
        return self.orders.by(f"the {found['who']}", f"{order[:1].lower()}{order[1:]}") if does else order

    def _on_what(self, piece: str, before: str) -> str:
        """GET on it, behind the Location header: on the URL that stands there."""
        header = _HEADER.match(before)
        return _ON_IT.sub(rf"\1 on the URL in the {header['name']}", piece) if header else piece

    def _has_come(self, cue: str) -> bool:
        """After the block, where another result is that something is blocked: what the product has done."""
        noun = re.sub(r"^(?:the|an?) ", "", cue.lower())
        stem = re.sub(r"(?:al|ion|ment|e)$", "", noun) if noun.isalpha() else ""
        outcome = rf"(?:->|→|=>|: )\s?(?:is |are |gets )?{stem}\w*ed\b"
        return len(stem) >= _STEM and bool(re.search(outcome, "\n".join(self.orders.case.expected_results)))
