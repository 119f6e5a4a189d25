"""Japanese verb forms: which verb of the word list stands here, and in which form and voice."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from testgen.drafting.outline.lexicon import Lexicon, Verb

# Row of the dictionary ending: negative (a), continuative (i), conditional (e), te, ta.
_GODAN = {
    "す": ("さ", "し", "せ", "して", "した"),
    "く": ("か", "き", "け", "いて", "いた"),
    "ぐ": ("が", "ぎ", "げ", "いで", "いだ"),
    "む": ("ま", "み", "め", "んで", "んだ"),
    "ぶ": ("ば", "び", "べ", "んで", "んだ"),
    "ぬ": ("な", "に", "ね", "んで", "んだ"),
    "る": ("ら", "り", "れ", "って", "った"),
    "う": ("わ", "い", "え", "って", "った"),
    "つ": ("た", "ち", "て", "って", "った"),
}


@dataclass(frozen=True)
class Form:
    """An ending: `form` is dict, ren, te, ta, tara, ba, neg, zu, naked; `voice` active, passive or potential."""

    suffix: str
    form: str
    voice: str


@dataclass(frozen=True)
class Predicate:
    """A verb form in a text: [start, stem_end, end)."""

    verb: Verb
    form: str
    voice: str
    start: int
    end: int


def _ichidan(prefix: str, voice: str) -> list[Form]:
    endings = {
        "る": "dict", "ます": "dict", "": "ren", "て": "te", "た": "ta", "ました": "ta", "たら": "tara", "れば": "ba",
        "ない": "neg", "ません": "neg", "なかった": "neg", "ず": "zu", "ずに": "zu", "ないで": "zu", "ないまま": "zu",
    }  # fmt: skip
    return [Form(prefix + ending, form, voice) for ending, form in endings.items()]


def _forms(verb: Verb) -> tuple[str, list[Form]]:
    """The stem and its endings."""
    if verb.conjugation == "suru":
        plain = {
            "する": "dict", "します": "dict", "し": "ren", "して": "te", "した": "ta", "しました": "ta", "したら": "tara", "すれば": "ba",
            "しない": "neg", "しません": "neg", "しなかった": "neg",
            "せず": "zu", "せずに": "zu", "しないで": "zu", "しないまま": "zu", "": "naked",
        }  # fmt: skip
        forms = [Form(ending, form, "active") for ending, form in plain.items()]
        return verb.lemma, forms + _ichidan("され", "passive") + _ichidan("でき", "potential")
    if verb.conjugation == "ichidan":
        return verb.lemma[:-1], _ichidan("", "active") + _ichidan("られ", "passive")
    last = verb.lemma[-1]
    a, i, e, te, ta = _GODAN[last]
    endings = {
        last: "dict", i + "ます": "dict", i: "ren", te: "te", ta: "ta", i + "ました": "ta", ta + "ら": "tara", e + "ば": "ba",
        a + "ない": "neg", i + "ません": "neg", a + "なかった": "neg", a + "ず": "zu", a + "ずに": "zu", a + "ないで": "zu",
    }  # fmt: skip
    forms = [Form(ending, form, "active") for ending, form in endings.items()]
    potential = [
        Form(e + ending, form, "potential") for ending, form in {"る": "dict", "ない": "neg", "ません": "neg"}.items()
    ]
    return verb.lemma[:-1], forms + _ichidan(a + "れ", "passive") + potential


class Inflection:
    """Finds the verbs of a lexicon in text."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._forms: dict[str, list[tuple[Form, Verb]]] = {}
        for verb in lexicon.verbs:
            stem, forms = _forms(verb)
            self._forms.setdefault(stem, []).extend((form, verb) for form in forms)
        for entries in self._forms.values():
            entries.sort(key=lambda entry: -len(entry[0].suffix))
        stems = sorted(self._forms, key=len, reverse=True)
        self._stem = re.compile("|".join(map(re.escape, stems)))

    def find(self, masked: str, start: int = 0) -> Iterator[Predicate]:
        """Verb forms from `start` on, in order; the longest ending that fits wins."""
        position = start
        while match := self._stem.search(masked, position):
            entry = next(
                (entry for entry in self._forms[match.group()] if masked.startswith(entry[0].suffix, match.end())), None
            )
            if entry:
                form, verb = entry
                yield Predicate(verb, form.form, form.voice, match.start(), match.end() + len(form.suffix))
            position = match.end()


def dictionary_form(verb: Verb) -> str:
    """入力 -> 入力する, 押す -> 押す."""
    return verb.lemma + "する" if verb.conjugation == "suru" else verb.lemma


def passive_stem(verb: Verb) -> str:
    """What る, ている, ない follow in the passive: 表示 -> 表示され, 戻す -> 戻され."""
    if verb.conjugation == "suru":
        return verb.lemma + "され"
    if verb.conjugation == "ichidan":
        return verb.lemma[:-1] + "られ"
    return verb.lemma[:-1] + _GODAN[verb.lemma[-1]][0] + "れ"


def negative_form(verb: Verb) -> str:
    """入力 -> 入力しない, 押す -> 押さない."""
    if verb.conjugation == "suru":
        return verb.lemma + "しない"
    if verb.conjugation == "ichidan":
        return verb.lemma[:-1] + "ない"
    return verb.lemma[:-1] + _GODAN[verb.lemma[-1]][0] + "ない"
