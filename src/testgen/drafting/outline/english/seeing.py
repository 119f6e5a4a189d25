"""English: where somebody sees what reaches him, and what has to be noted before an act, so that it can be compared behind it."""

import re

from testgen.domain.secrets import names_a_secret
from testgen.drafting.outline.english.events import flat
from testgen.drafting.outline.english.orders import Orders
from testgen.text.normal import normalise

_RECEIVED = re.compile(
    r"(?:the |an? )?(?P<what>(?P<kind>(?:[\w-]+ ){0,2}?)"
    r"(?:(?P<mail>e-?mail|mail)|(?P<phone>sms|text message|push notification|(?P<short>text|push))|notification))"
    r"(?P<sent> (?:received|sent))?(?: (?:to|for) (?P<who>.+))?",
    re.IGNORECASE,
)
_SENT = re.compile(r"(?:ion|reminder|welcome|alert|first|second|new|one)$", re.IGNORECASE)
_NOT_HIS = re.compile(r"\s(?:or|with|about)\s|,")
_EACH = re.compile(r"(?:each|every|all|both|no)\s", re.IGNORECASE)
_BE = r"(?:is|are|was|were|has|have|stays?|remains?|left|still)"
_COMPARED = re.compile(
    rf"\s(?:{_BE} )*(?:not changed|unchanged|untouched|(?:the )?same as before\b|as (?:it|they) (?:was|were)\b|as before\b|(?:the )?same before\b"
    r"|(?:later|earlier|higher|lower|more|less|fewer|greater|larger|smaller|longer|shorter) than before\b)"
    r"|\s(?:goe?s? (?:up|down)(?: by)?\b|(?:increase|decrease|drop|fall|rise|grow|shrink)s? by\b)"
)
_MOVES = re.compile(r"\s\w+ (?:up|down)$")  # a number does, or a barrier
_NUMBER = re.compile(
    r"(?:count|counter|number|total|balance|stock|badge|points?|score|quantity|level)\b", re.IGNORECASE
)
_CLAUSE = re.compile(r"[,;]\s(?:and |but )?|\sand (?=(?:the|its?|both|no)\b)|:\s")
_LEAVES = re.compile(r"^.*\s(?:leaves|keeps)\s")
_LEADING = re.compile(r"(?:after|when|once|with|without|if|on|in|during|no|nothing)\b", re.IGNORECASE)
_IDENTIFIER = re.compile(r"#|\w+[._/]\w")
_LONGEST = 6  # words of what is noted


def received(subject: str) -> tuple[str, str]:
    """The e-mail to Mia -> the e-mail, in Mia's mailbox; both empty for what nobody receives."""
    found = _RECEIVED.fullmatch(subject)
    who = (found["who"] or "the recipient") if found else ""
    sent = found and (found["sent"] or found["who"])
    if not found or _NOT_HIS.search(who) or not (sent or _is_message(found)):
        return "", ""
    kind = "in {}'s mailbox" if found["mail"] else "on {}'s phone" if found["phone"] else "among {}'s notifications"
    if " and " in who:
        kind = (
            "in the mailboxes of {}"
            if found["mail"]
            else "on the phones of {}"
            if found["phone"]
            else "among those of {}"
        )
    small = f"{found['what'][:1].lower()}{found['what'][1:]}"
    what = small if small[1:2].islower() or "-" in small[:2] else found["what"]
    return what if _EACH.match(what) else f"the {what}", kind.format(who)


def _is_message(found: re.Match[str]) -> bool:
    """Whether a name is that of what is sent, and not of a field: the confirmation e-mail, each SMS; but not the billing e-mail."""
    kind = (found["kind"] or "").strip()
    return not found["short"] and (
        not found["mail"] or not kind or bool(_EACH.match(found["kind"]) or _SENT.search(kind))
    )


def noted(text: str, orders: Orders) -> str:
    """The order to note what a result compares with what it was before: balance unchanged -> note the balance. Empty where it is none."""
    masked = flat(text)
    found = _COMPARED.search(masked)
    starts = [joint.end() for joint in _CLAUSE.finditer(masked, 0, found.start())] if found else []
    what = _LEAVES.sub("", text[starts[-1] if starts else 0 : found.start()]).strip() if found else ""
    what = re.sub(r"^its (?:own )?", "the ", what, flags=re.IGNORECASE)
    head = orders.verbs.entry(what.split(" ")[-1])
    adverb = what.lower() in orders.lexicon.data["patterns"]["openings"]
    state = head and head[1] in ("past", "participle")
    if found and _MOVES.fullmatch(found.group()) and not _NUMBER.search(what):
        return ""
    if (
        not what
        or adverb
        or state
        or what.endswith((" the", " a", " an"))
        or len(what.split()) > _LONGEST
        or _LEADING.match(what)
        or names_a_secret(what)
    ):
        return ""
    thing = what if _IDENTIFIER.match(what) else orders.thing(what)
    if _is_told(thing.removeprefix("the "), orders):
        return ""
    place = what.split(" of ")[0].split(" ")[-1].lower() in orders.lexicon.data["places"]
    return f"note what {thing} shows" if place else f"note {thing}"


def _is_told(thing: str, orders: Orders) -> bool:
    """Whether the case says the value of a thing at the start: stock is 12."""
    value = re.compile(rf"\b{re.escape(thing)}\b[^.;,\n]{{0,12}}\d", re.IGNORECASE)
    named = any(normalise(name).replace("_", " ") == normalise(thing) for name in orders.case.test_data)
    return named or any(map(value.search, orders.case.preconditions))
