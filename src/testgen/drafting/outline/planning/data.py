"""Test data: which of them are variants of one thing, which a result speaks of, and which act takes them."""

import re

from testgen.drafting.outline.model import Datum, Wanted
from testgen.drafting.outline.planning.taking import KINDS, LEADS, Taking
from testgen.drafting.outline.tongue import Tongue
from testgen.text.marks import mask
from testgen.text.normal import normalise

_LONGEST = 600  # characters of a result that are compared


_NUMBERS = {"first": "1", "second": "2", "third": "3", "fourth": "4", "一": "1", "二": "2", "三": "3"}
_ORDINAL = re.compile(r"([\d一二三])\s*(?:枚|つ|件|個|人|度|通|番|台|本|社)目|\b(first|second|third|fourth)\b")


_RINGED = re.compile("[①-⑳]$")
_RINGED_TOPIC = re.compile("[①-⑳](?:は|で|の|が|を|：|:|[（(])")
_ARTICLE_A = re.compile(r"\bA (?!and\b|or\b|is\b|was\b|only\b|has\b|in\b)(?=[a-z])")  # the word, not the letter
_DATE = re.compile(r"^\d{4}[-/]0?(\d{1,2})[-/]0?(\d{1,2})(?!\d)")
LETTERED = re.compile(r"(?P<what>[一-龠ァ-ヶー]{2,8})(?P<letters>[A-Z0-9](?:[、・,と][A-Z0-9])+)(?=[はがをでのにも])")


def spelt_out(found: re.Match[str]) -> str:
    """検体B、C -> 検体B、検体C."""
    return "、".join(found["what"] + letter for letter in re.split("[、・,と]", found["letters"]))


_TOPIC = re.compile(r"^[^。に]{1,80}?(?:は|で(?!き)|が|を|の|生|だと|なら|[（(：]|:(?!\d))")


def short_date(text: str) -> str:
    """2024/08/01 12:00 -> 8/1 12:00."""
    return _DATE.sub(r"\1/\2", text)


class Data(Taking):
    """The case's data as a plan uses them."""

    def __init__(self, data: list[Datum], wanted: list[Wanted], tongue: Tongue) -> None:
        self.data, self.tongue = data, tongue
        self._takes: dict[tuple[str, Datum], bool] = {}
        self.slots: dict[str, list[Datum]] = {}
        for datum in data:
            self.slots.setdefault(self.slot(datum), []).append(datum)
        listed = [datum for datum in data if sum(other.name == datum.name for other in data) > 1]
        self.named = {
            result.text: self._named(result.text) or (listed if tongue.each_value(result.text) else [])
            for result in wanted
        }

    def _named(self, text: str) -> list[Datum]:
        """The data that a result speaks of; of variants the one that it begins with: Mey finds Meyer."""
        named = [datum for datum in self.data if self.speaks_of(text, datum)]
        nth = {self.slot(datum) for datum in named if self.is_nth(text, datum)}
        named = [datum for datum in named if self.slot(datum) not in nth or self.is_nth(text, datum)]
        several = [datum for datum in self.data if len(self.slots[self.slot(datum)]) > 1]
        first = [
            datum for datum in several if re.match(rf"{re.escape(datum.value)}(?::| (?!and\b|or\b|nor\b)[a-z])", text)
        ]
        return first if len(first) == 1 else named

    def slot(self, datum: Datum) -> str:
        """What a datum is one of: file A, file B -> file; three dates -> date. The lines of a file stand together."""
        if re.fullmatch(r"(?:line|row|record) \d+", datum.name, re.IGNORECASE):
            return normalise(datum.name)
        for kind, pattern in KINDS:
            if pattern.match(datum.value) and sum(bool(pattern.match(other.value)) for other in self.data) > 1:
                heads = {normalise(self.tongue.head(other.name)) for other in self.data if pattern.match(other.value)}
                if (
                    kind == "file"
                    or len(heads) == 1
                    or len({re.sub(r"(?:直前|直後|前|後|前日|翌日|当日)$", "", head) for head in heads}) == 1
                ):
                    return kind
        return normalise(self.tongue.head(datum.name))

    def speaks_of(self, text: str, datum: Datum) -> bool:
        """Whether a text names a datum: by its name, its value, or what stands behind the value in brackets."""
        wanted = normalise(LETTERED.sub(spelt_out, text[:_LONGEST]))
        name, value = normalise(datum.name).replace("_", " "), normalise(datum.value)
        lettered = re.fullmatch(r"[a-z ]{2,20} ([A-Z])", datum.name)
        if lettered and re.search(rf"(?<![\w'’-]){lettered[1]}(?![\w'’-])", _ARTICLE_A.sub("", text)):
            return True
        if f"{name}なし" in wanted:
            return False
        if self._points_to(text, wanted, datum):
            return True
        if counted := re.fullmatch(r"(\d+) ([a-z]+)", name):  # 8 and 64 characters
            number = rf"(?<![\d.,]){counted[1]}(?![\d.,])[^.;]{{0,20}}\b{counted[2]}\b"
            return bool(re.search(number, normalise(mask(text[:_LONGEST]))))
        bare = normalise(re.split(r"[（(]", datum.value)[0])
        inside = re.search(r"[（(]([^（()）]{2,})[)）]", datum.value)
        parts = [normalise(part) for part in re.split(r"の", inside.group(1)) if len(part) >= 4] if inside else []
        head = normalise(self.tongue.head(datum.name))
        if len(bare) <= 2 or bare.isdigit():
            return (
                bool(bare)
                and bare in wanted
                and head in wanted
                and bool(
                    re.search(
                        rf"{re.escape(head)}(?:を|が|に|は|of|is|to|:|=|\s)*{re.escape(bare)}(?![\d.,]|:\d)|(?<![\d.,:]){re.escape(bare)}\s*{re.escape(head)}",
                        wanted,
                    )
                )
            )
        if self._unspaced(wanted, datum, bare):
            return True
        if value in wanted or bare in wanted or any(part in wanted for part in parts):
            return True
        return (
            name in wanted and bool(re.search(rf"(?<![a-z0-9]){re.escape(name)}(?![a-z0-9])", wanted))
            if name != head or re.search(r"^[0-9]|[0-9]$", name)
            else False
        )

    def is_nth(self, text: str, datum: Datum) -> bool:
        """2回目の振込額, where the result begins with 2回目."""
        ordinal = re.match(r"\d回目", text)
        return ordinal is not None and datum.name.startswith(ordinal.group())

    def _unspaced(self, wanted: str, datum: Datum, bare: str) -> bool:
        """0 km/h as 0km/h; 帽子 2,000円 as 帽子, where it is one of several."""
        if " " not in bare or self.tongue.language != "ja":
            return False
        first = bare.split(" ", 1)[0]
        several = len(self.slots.get(self.slot(datum), ())) > 1
        whole = rf"(?<![\d.,]){re.escape(bare.replace(' ', ''))}"
        return bool(re.search(whole, wanted.replace(" ", ""))) or (
            several and len(first) > 1 and not re.search(r"\d", first) and first in wanted
        )

    def _points_to(self, text: str, wanted: str, datum: Datum) -> bool:
        """By its date without the year, what stands in brackets behind its name, its mark ①, its number, or as one of all."""
        name, value = normalise(datum.name).replace("_", " "), normalise(datum.value)
        dated = short_date(value)
        aside = re.search(r"[（(]([^（()）]{2,})[)）]\s*$", datum.name)
        ringed = _RINGED.search(datum.name)
        ordinal = _ORDINAL.search(wanted)
        nth = _NUMBERS.get(ordinal.group(1) or ordinal.group(2), ordinal.group(1)) if ordinal else ""
        return bool(
            (dated != value and re.search(rf"(?<!\d){re.escape(dated)}(?!\d)", wanted))
            or (aside and normalise(aside.group(1)) in normalise(mask(text)))
            or (ringed and _RINGED_TOPIC.match(text) and text[0] == ringed.group())
            or (ordinal and re.search(rf"(?<!\d){nth}$", name))
        )

    def variants(self, text: str) -> dict[str, Datum]:
        """The data that a result is about, where others of their kind exist: slot -> datum."""
        return {self.slot(datum): datum for datum in self.named.get(text, ()) if len(self.slots[self.slot(datum)]) > 1}

    def topic(self, text: str, datum: Datum) -> bool:
        """Whether a text begins with a datum, alone or in a list: 検体Aの…, 在庫4個:…, 出勤8:46と9:00は…"""
        if self.tongue.each_value(text) or text.startswith(datum.name):
            return True
        zone = _TOPIC.match(LETTERED.sub(spelt_out, text))
        called = datum.name[-1:] if _RINGED.search(datum.name) else datum.name
        names = [called, datum.value, datum.value.replace(" ", ""), re.split(r"[（(]", datum.value)[0]]
        pieces = re.split("[、・と]", zone.group()) if zone else []
        if aside := re.search(r"[（(]([^（()）]{2,})[)）]\s*$", datum.name):
            names += [aside.group(1)]
        return any(0 <= piece.find(name) <= LEADS for piece in pieces for name in names if name)

    def named_anywhere(self, datum: Datum) -> bool:
        """Whether some result speaks of a datum."""
        return any(datum in named for named in self.named.values())
