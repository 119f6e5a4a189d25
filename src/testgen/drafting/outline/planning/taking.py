"""Which act takes which data."""

import re
from collections.abc import Iterable

from testgen.drafting.outline.model import Act, Datum
from testgen.drafting.outline.tongue import Tongue
from testgen.text.marks import quotes
from testgen.text.normal import normalise

LEADS = 4  # characters before a topic: what it is a value of
KINDS = (
    ("date", re.compile(r"^\d{4}[-/]\d{1,2}[-/]\d{1,2}")),
    ("file", re.compile(r"^[\w.-]+\.[A-Za-z]{2,5}\b")),
)
_TAKES = {"input", "select", "upload", "search", "change", "open", "send", "create", "do", "press", "delete"}
WITHOUT = re.compile("省略|空欄|未入力|指定せず|付けず|なしで|」と(?:入力|回答|記入|送信)")


class Taking:
    """Which act takes which data."""

    data: list[Datum]
    tongue: Tongue
    slots: dict[str, list[Datum]]
    _takes: dict[tuple[str, Datum], bool]

    def slot(self, datum: Datum) -> str:
        """See `Data.slot`."""
        raise NotImplementedError

    def take(
        self, act: Act, variant: dict[str, Datum], taken: set[Datum], *, own: bool = False
    ) -> tuple[list[Datum], tuple[str, ...]]:
        """The data that an act consumes, and its objects under the data's own names."""
        found: list[Datum] = []
        names: list[str] = []
        if WITHOUT.search(act.text):
            return [], act.objects
        labels = [f"「{label}」" for label in quotes(act.text)] if act.kind in ("input", "select") else []
        things = [*act.objects, *(label for label in labels if not any(label[1:-1] in thing for thing in act.objects))]
        for thing in things if act.kind in _TAKES and " > " not in act.text else ():
            datum = self._fitting(thing, act, {} if own and self._is_named(thing) else variant, taken)
            if thing in act.objects:
                article = (
                    "the "
                    if thing.lower().startswith("the ") and datum and not re.search(r"\b(?:[A-Z]|\d+)$", datum.name)
                    else ""
                )
                names.append(
                    article + datum.name.replace("_", " ")
                    if datum and act.kind != "open" and self._renames(thing, datum)
                    else thing
                )
            if datum and datum not in found and not stands_in(datum, act.text):
                found.append(datum)
        return found, tuple(names)

    def _fitting(self, thing: str, act: Act, variant: dict[str, Datum], taken: set[Datum]) -> Datum | None:
        fits = [datum for datum in self.data if self.takes(thing, datum)]
        if not fits:
            return None
        told = [datum for datum in fits if stands_in(datum, act.text)]
        if told:
            return told[0]
        bare = re.sub(r"^(?:the|an?|his|her|their)\s+", "", thing).strip("「」\"'[] ")
        exact = [datum for datum in fits if self.tongue.lexicon.same_thing(bare, datum.name)]
        chosen = [datum for datum in reversed(variant.values()) if datum in fits]
        letter = act.actor[-1:] if re.search(r"[A-Z0-9]$", act.actor) else ""
        owned = [datum for datum in fits if letter and datum.name.endswith(letter)]
        free = [datum for datum in fits if datum not in taken]
        pool = owned or chosen or exact or free or fits
        if (act.kind == "press" or (act.kind == "open" and thing.startswith("「"))) and not exact:
            return None
        return pool[0]

    def _is_named(self, thing: str) -> bool:
        """Whether a thing is one of several by its own name: 資料B, programme 1."""
        bare = normalise(re.sub(r"^(?:the|an?)\s+", "", thing))
        return bare != normalise(self.tongue.head(thing)) and any(normalise(datum.name) == bare for datum in self.data)

    def takes(self, thing: str, datum: Datum) -> bool:
        """Whether what an act is done to is called by a datum's name, or by what it is."""
        key = (thing, datum)
        if key not in self._takes:
            self._takes[key] = self._is_called(thing, datum)
        return self._takes[key]

    def _is_called(self, thing: str, datum: Datum) -> bool:
        lexicon, head = self.tongue.lexicon, self.tongue.head
        if self.tongue.language == "ja" and any(len(label) > len(datum.name) + LEADS for label in quotes(thing)):
            return False  # a message, not the name of a field
        bare = normalise(re.sub(r"^(?:the|an?|his|her|their)\s+", "", thing)).strip('" ')
        mine, its = (
            bare.removesuffix(normalise(head(thing))),
            normalise(datum.name).replace("_", " ").removesuffix(normalise(head(datum.name))),
        )
        apart = mine and its and mine not in (its, bare) and not (mine in its or its in mine)  # 古い, 新しい
        if apart and len(its) < len(datum.name) and not re.search(r"\d", its):
            return False
        if (
            lexicon.same_thing(bare, datum.name)
            or lexicon.same_thing(thing.strip("「」\"'[]"), datum.name)
            or lexicon.same_thing(head(thing), head(datum.name))
        ):
            return True
        one, other = (
            normalise(re.sub(r"^(?:the|an?)\s+", "", thing)).strip('"'),
            normalise(datum.name).replace("_", " "),
        )
        if _within(other, one) or (len(one) > 2 and _within(one, other)) or (other.endswith(one) and not one.isascii()):
            return True
        for sign, words in (("正", r"^正(?:しい|規の)"), ("誤", r"^(?:誤った|間違った|違う|不正な)")):
            if re.search(rf"[（(]{sign}[)）]$", other) and re.search(words, one):
                return re.sub(r"[（(].*$", "", other).endswith(re.sub(words, "", one))
        is_file = (
            not thing.count(">")
            and (KINDS[1][1].match(datum.value) or KINDS[1][1].fullmatch(datum.name))
            and re.search(r"ファイル|csv|file|attachment|document|画像|image|添付", one)
        )
        return bool(is_file)

    def _renames(self, thing: str, datum: Datum) -> bool:
        """Whether the datum's name says more than the specification's: パスワード -> 誤パスワード."""
        plain = re.sub(r"^(?:the|an?)\s+", "", thing)
        return (
            (len(self.slots[self.slot(datum)]) > 1 or (datum.name != plain and datum.name.endswith(plain)))
            and plain[:1] not in '「"['
            and normalise(self.tongue.head(plain)) == normalise(self.tongue.head(datum.name))
        )


def _within(short: str, long: str) -> bool:
    """Whether a name stands in another: of Latin letters as a word of its own."""
    at = long.find(short)
    edges = long[max(at - 1, 0) : at] + long[at + len(short) : at + len(short) + 1]
    return at >= 0 and not (short.isascii() and any(edge.isascii() and edge.isalnum() for edge in edges))


def contained(data: Iterable[Datum], text: str) -> list[Datum]:
    """The data whose values stand in a text."""
    return [datum for datum in data if stands_in(datum, text)]


def stands_in(datum: Datum, text: str) -> bool:
    """Whether a datum's value stands in a text, as a word of its own."""
    value, plain = normalise(datum.value), normalise(text)
    at = plain.find(value) if value else -1
    while at >= 0:
        edges = (plain[at - 1 : at] if at else "") + plain[at + len(value) : at + len(value) + 1]
        if not (value.isascii() and any(edge.isascii() and edge.isalnum() for edge in edges)):
            return True
        at = plain.find(value, at + 1)
    return False
