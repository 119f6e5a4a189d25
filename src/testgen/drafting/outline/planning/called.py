"""By which words a step speaks of a datum: its whole name, its key (P2, delay 1), the name in its value, its number beside another's."""

import re
from functools import cached_property

from testgen.drafting.outline.model import Datum
from testgen.drafting.outline.planning.taking import stands_in
from testgen.text.normal import normalise

_KEY = re.compile(r"(?P<head>.*?)(?:^|[ _])(?P<key>[a-z]{1,5}-?\d{1,4}|[a-z]{2,}[ _](?:\d{1,2}|[a-z]))$")
_FAMILY = re.compile(r"(?P<head>[a-z][\w ]*?)(?:[ _]|(?<=[a-z]{3})(?=\d))(?P<number>\d{1,2}|[a-z])$")
_PREFIX = re.compile(r"(?P<key>[a-z]{1,4}-?\d{1,4}) [a-z]+$")  # P100 token
_OTHER = re.compile(
    r"\s+(?:(?:to|at|is|as)\s+)?(?:[\"'“‘]|[£$€]?\d(?!\d* times\b)|[A-Z]{2,}[\w-]* ?\d)"
)  # a value behind the name, which is not the datum's
_REQUEST = re.compile(r"[Ss]end (?:an? |the )?(?:\w+ )?(?:request|`)")  # it holds all that belongs together
_LEFT_OUT = r"\b(?:without|no|missing|another|other|different|fresh|wrong|invalid|incorrect) (?:the |an? )?"
_BEHIND = re.compile(r"\s(?:for|of|at|from|on|in)\s")
_ACTING = re.compile(r"as (?:the )?(?P<who>[^,]{2,40}),")
_NAME = re.compile(r"[A-Z][a-z]{2,}")
_PART = re.compile(
    r"[A-Z][a-z]{2,}|(?=[\w-]*\d)(?=[\w-]*[A-Z])[A-Z\d-]{4,}|[\w-]+\.[a-z]{2,5}"
)  # a name, a code, a file
_LEADING = re.compile(r"[A-Z]{2,5} ?\d{3,}\b(?=[ ,])")  # UN 1263 Paint
_WHICH = re.compile(r"\((?P<how>[^()]+)\)$")
_FIRST = 2  # parts of a value that it is called by
_ENTERED = re.compile(r"(?:enter|apply|type|scan|redeem) the (?P<what>[a-z]+)(?=$| in | with | again)", re.IGNORECASE)
_MEASURED = re.compile(r"(\d[\d.,]*\d)\s?[a-zA-Z°%]{1,3}")


class Called:
    """Knows it of one case's data."""

    def __init__(self, data: list[Datum]) -> None:
        self.data = data

    def in_step(self, text: str) -> list[Datum]:
        """The data that an action speaks of and whose values it does not hold."""
        named = _longest([datum for datum in self.data if names(text, datum)], text)
        free = [datum for datum in self.data if datum not in named and not stands_in(datum, text)]
        named += [datum for datum in free if self._by_key(text, datum) or self._by_actor(text, datum)]
        named += [datum for datum in free if datum not in named and self._beside(text, datum, named)]
        named += [] if named else self._by_entry(text)
        by_deed = [datum for datum in free if not named and self._by_deed(text, datum)]
        named += [*by_deed, *(datum for datum in free if datum not in named and self._by_part(text, datum))]
        named += [] if named else self._all_of(text)
        return [datum for datum in self.data if datum in named]

    def _by_key(self, text: str, datum: Datum) -> bool:
        """Payment P2 as P2, sandbox delay 1 as delay 1, the reason for return as the reason, where no other datum is called so."""
        words = _words(text)
        which = _WHICH.search(datum.name)  # start (taken), with the taken slot
        told = which is not None and " send " in words and f" with the {_words(which['how']).strip()} " in words
        return told or any(f" {alias} " in words for alias in self._aliases.get(datum, ()))

    def _by_entry(self, text: str) -> list[Datum]:
        """The promo code, where the code is entered: the one datum that is some code."""
        entered = _ENTERED.match(text)
        what = re.escape(entered["what"]) if entered else ""
        form = rf"(?:[\w ]+[ _])?{what}|{what}[ _](?:code|number|id)"
        alike = [datum for datum in self.data if what and re.fullmatch(form, normalise(datum.name))]
        return alike if len(alike) == 1 and not stands_in(alike[0], text) else []

    def _by_deed(self, text: str, datum: Datum) -> bool:
        """The kill command, where it is killed: the first word of one name alone is the verb, and no other object stands behind it."""
        first, _, rest = normalise(datum.name).replace("_", " ").partition(" ")
        alone = sum(normalise(other.name).startswith(first) for other in self.data) == 1
        verb = rf"(?:^|, |then |and ){re.escape(first)}(?: it)?(?=$|,| (?:during|while|after|before|at)\b)"
        return bool(rest) and alone and bool(re.search(verb, text, re.IGNORECASE))

    def _by_part(self, text: str, datum: Datum) -> bool:
        """Obi, of the booking KP3T9A, Obi, room 305: a name or a code that one value alone lists."""
        parts = [part for part in datum.value.split(", ")[:_FIRST] if _PART.fullmatch(part)]
        parts += [code.group()] if (code := _LEADING.match(datum.value)) else []
        words = _words(text)
        return "," in datum.value and any(
            f" {_words(part).strip()} " in words and sum(part in other.value for other in self.data) == 1
            for part in parts
        )

    def _all_of(self, text: str) -> list[Datum]:
        """Answer, enter the answers: each of the data that are answers."""
        words = _words(text)
        heads = [normalise(datum.name).replace("_", " ").split(" ")[-1] for datum in self.data]
        return [
            datum
            for datum, head in zip(self.data, heads, strict=True)
            if heads.count(head) > 1 and (words.strip() == head or f" the {head}s " in words)
        ]

    def _by_actor(self, text: str, datum: Datum) -> bool:
        """As Amira, …, of the reader Amira Solberg, card 2900417."""
        who = _ACTING.match(f"{text[:1].lower()}{text[1:]}")
        first = _NAME.match(datum.value)
        return bool(who and first and " " in datum.value and first.group() in who["who"].split(" "))

    def _beside(self, text: str, datum: Datum, named: list[Datum]) -> bool:
        """PIN 2, of container 2 with the right PIN: the one of a family that has the number of what is named."""
        mine = _FAMILY.fullmatch(normalise(datum.name))
        said = mine and re.search(
            rf" (?:the|right|correct|valid|its|and|with) {re.escape(mine['head'])} (?!\d)", _words(text)
        )
        if not mine or not (said or _REQUEST.match(text)):
            return False
        others = [_FAMILY.fullmatch(normalise(other.name)) for other in named]
        return any(other and other["number"] == mine["number"] and other["head"] != mine["head"] for other in others)

    @cached_property
    def _aliases(self) -> dict[Datum, list[str]]:
        """Shorter names that one datum alone has."""
        found: dict[Datum, list[str]] = {}
        for datum in self.data:
            name = normalise(datum.name).replace("_", " ")
            key, before = _KEY.fullmatch(name), _BEHIND.split(name, maxsplit=1)
            short = [_words(key["key"]).strip()] if key and key["head"] else []
            short += [_words(front["key"]).strip()] if (front := _PREFIX.fullmatch(name)) else []
            short += [f"the {before[0]}", f"with {before[0]}"] if len(before) > 1 else []
            found[datum] = short
        told = [alias for aliases in found.values() for alias in set(aliases)]
        names_ = [f" {_words(normalise(datum.name)).strip()} " for datum in self.data]
        return {
            datum: [
                alias
                for alias in aliases
                if told.count(alias) == 1
                and sum(f" {alias.removeprefix('the ').removeprefix('with ')} " in name for name in names_) == 1
            ]
            for datum, aliases in found.items()
        }


def _longest(named: list[Datum], text: str) -> list[Datum]:
    """Without a datum whose name stands only in the longer name of another one: password, in the wrong password."""
    plain = _words(text)
    said = {datum: _words(datum.name).strip() for datum in named}

    def inside(name: str) -> bool:
        longer = (other for other in said.values() if other != name and f" {name} " in f" {other} ")
        return any(plain.count(f" {other}") >= plain.count(f" {name}") for other in longer)

    return [datum for datum in named if not inside(said[datum])]


def names(text: str, datum: Datum) -> bool:
    """Whether a text speaks of a datum by its whole name, and does not hold its value."""
    name, plain = normalise(datum.name).replace("_", " "), normalise(text).replace("_", " ")
    measured = _MEASURED.fullmatch(datum.value)
    if (
        measured
        and re.search(rf"(?<![\d.,]){re.escape(measured[1])}(?!\d|[.,]\d|\s?[a-zA-Z°%])", text)
        and not stands_in(datum, text)
    ):
        return True
    if len(name) < 2 or f"{name}: " in plain or f"set {name} to " in plain or stands_in(datum, text):
        return False
    words, called = _words(plain), _words(name).strip()
    one = rf" (?:\d+(?:st|nd|rd|th)|a new) {re.escape(called.removesuffix('s'))} "  # of the tickets
    return (f" {called} " in words or f" {called}s " in words or bool(re.search(one, words))) and not leaves_out(
        text, datum.name
    )


def leaves_out(text: str, name: str) -> bool:
    """Whether a name stands with another value behind it, or is left out: truck HH-TR 4472, without the key."""
    spelt = "[_ -]".join(map(re.escape, re.split(r"[_ -]", name)))
    found = re.search(rf"(?P<not>{_LEFT_OUT})?(?<!\w){spelt}(?!\w)", text, re.IGNORECASE)
    other = found and not re.search(r"\d", name) and _OTHER.match(text, found.end())
    return bool(found and (found["not"] or other))


def _words(text: str) -> str:
    """Letters and digits alone, each word between blanks."""
    plain = normalise(text).replace("_", " ")
    return f" {' '.join(''.join(char if char.isalnum() else ' ' for char in plain).split())} "
