"""English, as an object that the stages are given."""

import re
from functools import lru_cache

from testgen.domain.language import Language
from testgen.domain.test_case import TestCase
from testgen.drafting.outline.english import labels
from testgen.drafting.outline.english.events import flat
from testgen.drafting.outline.english.orders import Orders
from testgen.drafting.outline.english.reader import Reader
from testgen.drafting.outline.english.results import Results
from testgen.drafting.outline.english.script import Script
from testgen.drafting.outline.english.seeing import received
from testgen.drafting.outline.english.titles import Titles
from testgen.drafting.outline.english.trials import GIVEN_LIMIT
from testgen.drafting.outline.english.triggers import Triggers
from testgen.drafting.outline.english.way import core, like
from testgen.drafting.outline.english.wording import Wording
from testgen.drafting.outline.lexicon import load_lexicon, quoted_terms
from testgen.drafting.outline.model import Act, Datum, Fact, Move, Reading
from testgen.drafting.outline.tongue import Tongue
from testgen.text.marks import MASK, quotes
from testgen.text.normal import normalise

_WORD = re.compile(r"[a-z0-9][a-z0-9_-]*")
_OWNER = re.compile(
    r"\b(?:issued|assigned|sent|granted|belongs|belonging|registered)\s+(?:to|for)\s+(?:the\s+)?(?:user\s+|member\s+|customer\s+)?(?P<a>[A-Za-z][\w.@-]*)\s*$"
    r"|\b(?:user|member|customer|account|as)\s+(?!is\b|has\b|was\b|are\b|the\b|a\b|an\b|exists\b|with\b|and\b|on\b|in\b)(?P<b>[a-z][\w.@-]*|[A-Z][a-z]+)\b"
)

_SEES = re.compile(
    r"(?P<who>[a-z]+[._]\w+|[a-z]{3,}\d{1,3}|[A-Z]\d?|[A-Z][a-z]+ [A-Z]|(?:Dr\. |Nurse |[A-Z]\. )[A-Z][a-z]+) (?:can |still |also |only |now )?(?:sees?|gets|receives|has)\b"
)


_READABLE = 9  # words of a thing that is looked at


_READ_AT_ONCE = 14  # words
_COUNTED = re.compile(
    r"(?:nobody|no[ -]one|none|neither|only|both)\b", re.IGNORECASE
)  # no thing to look at: nobody's phone
_NOBODY = re.compile(r"^(?:nothing|nobody|no one|none)$", re.IGNORECASE)  # is no thing to look at
_CONTRAST = re.compile(r"(?:Unlike|In contrast to|Contrary to|Apart from|Besides|Instead of) [^,;:]{1,60}, ")
_THEY_SEE = re.compile(r"(?:(?:[Aa]ll|[Bb]oth) )?(?:[a-z]+|[A-Z][a-z]+)s (?:still |also |only )?(?:see|get|receive) ")


class English(Results, Titles, Wording, Tongue):
    """See `testgen.drafting.outline.tongue.Tongue`."""

    language: Language = "en"
    separator = ". "

    def __init__(self) -> None:
        self.lexicon = load_lexicon("en")
        self.reader = Reader(self.lexicon)
        self.verbs = self.reader.verbs
        self.triggers = Triggers(self.lexicon, self.reader, self.duration)
        words, patterns = self.lexicon.data, self.lexicon.data["patterns"]
        self._preserves = re.compile(rf"\b(?:{'|'.join(patterns['preserves'])})\b|n't\b", re.IGNORECASE)
        self._hidden = re.compile(rf"\b(?:{'|'.join(map(re.escape, words['hidden']))})\b", re.IGNORECASE)
        self._at_once = re.compile(rf"\b(?:{'|'.join(patterns['seen_at_once'])})\b", re.IGNORECASE)
        self._attempt = re.compile(patterns["attempt"], re.IGNORECASE)
        self._bring = set(words["bring_about"])
        self._shows = re.compile(
            rf"^(?:the |a )?(?:{'|'.join(words['system_actors'])})\s+(?:then\s+|also\s+)?(?P<verb>{'|'.join(patterns['shows'])})\s+(?P<np>.+)$",
            re.IGNORECASE | re.DOTALL,
        )
        places = "|".join(map(re.escape, words["places"]))
        self._place = re.compile(
            rf"(?<![\w-])(?P<place>(?:in|on|at|under)\s+(?:(?:the|her|his|their|its)\s+)?(?:(?!(?:in|on|at|under|from|to|for|with|and|the|a|an|is|are)\b)[\w{MASK}'&/-]+\s+){{0,4}}?(?:{places}))\b|\b(?P<under>under\s+(?:{MASK}+|[A-Z][\w-]+))",
            re.IGNORECASE,
        )

    def facts(self, sentence: str, *, told: bool = False) -> list[Fact]:
        """See `Tongue.facts`."""
        return self.reader.facts(sentence, told=told)

    def named_act(self, part: str) -> Act | None:
        """Scan bin: a bare verb with its object, as a part of a chain has it."""
        verb, _, what = part.strip().partition(" ")
        entry = self.verbs.entry(verb)
        if (
            not entry
            or entry[1] != "base"
            or entry[0].kind == "system"
            or not verb.islower()
            or not what
            or len(what.split()) > 2
            or self.reader.finite(what)
        ):
            return None
        return self.reader.build(entry[0], what)

    def is_label(self, sentence: str) -> bool:
        """See `Tongue.is_label`."""
        return labels.names(sentence, self.reader)

    def given(self, datum: Datum) -> bool:
        """See `Tongue.given`."""
        return bool(GIVEN_LIMIT.search(datum.name))

    def core(self, case: TestCase, reading: Reading, known: list[Act]) -> list[Move]:
        """See `Tongue.core`."""
        return core(case, reading, self, known)

    def like(self, act: Act, other: Act) -> bool:
        """See `Tongue.like`."""
        return like(act, other, self)

    def persons(self, case: TestCase) -> dict[str, str]:
        """See `Tongue.persons`."""
        given = "\n".join(case.preconditions)
        nouns = "|".join((*map(re.escape, self.lexicon.data["actor_nouns"]), self.lexicon.data["actor_pattern"]))
        name = r"(?-i:[A-Z][a-z]+ [A-Z][a-z]+|[a-z]+[._]\w+)"
        told = re.findall(rf"\b({nouns})\s+({name})\b", given, re.IGNORECASE)
        told += [(role, who) for who, role in re.findall(rf"\b({name}) (?:has|with) (?:the )?role (\w+)", given)]
        told += [(role, who) for who, role in re.findall(rf"\b({name}) (?:\(role |the role )(\w+)", given)]
        told += [
            (key, value)
            for key, value in case.test_data.items()
            if re.fullmatch(rf"{nouns}", key, re.IGNORECASE) and re.fullmatch(name, value)
        ]
        roles = {
            normalise(role): {who for other, who in told if normalise(other) == normalise(role)} for role, _ in told
        }
        return {role: next(iter(who)) for role, who in roles.items() if len(who) == 1 and role != "user"}

    def predicate(self, text: str) -> int:
        """Where the finite verb of a text begins; 0 for none."""
        return self.triggers.predicate(flat(text))

    def terms(self, text: str) -> frozenset[str]:
        """Content terms, stemmed, with quoted labels apart."""
        words = {_stem(word) for word in _WORD.findall(normalise(text)) if word not in self.lexicon.stop_terms}
        return frozenset({word for word in words if len(word) > 1 or word.isdigit()} | quoted_terms(text))

    def screens(self, text: str) -> list[str]:
        """Named screens, as spelt, without the article."""
        return self.reader.screens(text)

    def script(self, case: TestCase, reading: Reading) -> Script:
        """See `Scripted.script`."""
        return Script(Orders(case, reading, self.reader, self.triggers, self.lexicon))

    def head(self, name: str) -> str:
        """the correct password -> password, coupon_1 -> coupon, SKU of the item -> SKU."""
        return _head(name)

    def says(self, act: Act, other: Act) -> bool:
        """See `Tongue.says`."""
        verb = normalise(act.text.split(" ", 1)[0])
        return other.kind == "press" and any(normalise(label).split(" ")[0] == verb for label in quotes(other.text))

    def owner(self, preconditions: tuple[str, ...]) -> str:
        """A reset link was issued to mori -> mori."""
        for text in preconditions:
            if match := _OWNER.search(text.rstrip(". ")):
                return match["a"] or match["b"]
        return ""

    def check(self, text: str, place: str, owner: str = "") -> str:
        """Check the refund in the audit log."""
        text = _CONTRAST.sub("", text)
        noun = _NOBODY.sub("", self.subject(text)) or self._noun(text)
        first = re.split(r"[,;:]\s", text)[0]
        counted = _COUNTED.match(first) and self.predicate(first)
        told = counted or _THEY_SEE.match(first) or (not noun and not self.seer(text) and self.reader.finite(first))
        if told and not place and len(first.split()) < _READ_AT_ONCE:
            return self.lexicon.phrase("check", subject=f"that {first[:1].lower()}{first[1:]}", where="")
        subject = re.sub(r" [a-z]+ed until .*$", "", noun) or self.lexicon.phrase("result")
        if re.fullmatch(
            r"(?!The |A |An |Any|Every|Some|No|Never|Two|Three|Both|All)[A-Z][a-z]+(?: (?!that )[a-z]+)+", subject
        ) and not self.verbs.is_third(subject.split()[-1]):
            subject = f"the {subject[:1].lower()}{subject[1:]}"
        if owner and not place and subject.removeprefix("the ") in self.lexicon.data["owned"]:
            subject = self.lexicon.phrase("owner", owner=owner, subject=subject.removeprefix("the "))
        thing, its_place = received(subject) if not place else ("", "")
        subject, place = thing or subject, its_place or place
        if not place and self._hidden.search(subject):
            place = f"at {self.lexicon.fill_in(self.lexicon.phrase('where'))}"
        if place.startswith("to "):
            return self.lexicon.phrase("check", subject=place[3:], where="")
        where = "" if not place or normalise(place) in normalise(subject) else f" {place}"
        if who := self.seer(text):
            seen = self.lexicon.phrase("check", subject=self.lexicon.phrase("shown"), where=where)
            return self.lexicon.phrase("as_actor", actor=who, action=seen[:1].lower() + seen[1:])
        if subject.lower().startswith("no "):
            return self.lexicon.phrase("look_for", subject=subject[3:], where=where)
        return self.lexicon.phrase("check", subject=subject, where=where)

    def _noun(self, text: str) -> str:
        """What a result without a verb begins with: e-mails on 19 Aug, no clinical content."""
        text = re.sub(r"\s\([^()]*\)$", "", text)
        noun = self._undone_noun(text[: len(flat(text).split(", ", maxsplit=1)[0].split("; ", maxsplit=1)[0])])
        short = 1 < len(noun.split()) < _READABLE and re.match(r"[A-Za-z]", noun) and not self.predicate(noun)
        return noun if short and not re.search(r"\b(?:not|now|still|again)\b|[:'\"]", noun) else ""

    def _undone_noun(self, noun: str) -> str:
        """Line 1 Matched to INV-3041 -> Line 1: without what has been done to it."""
        words = noun.split(" ")
        at = next((n for n in (2, 3) if n < len(words) and self.verbs.is_participle(words[n].lower())), len(words))
        return " ".join(words[:at])

    def on_screen(self, screen: str) -> str:
        """Orders page -> on the Orders page; Event log -> in the Event log."""
        return f"{'in' if screen.lower().endswith('log') else 'on'} the {screen}"

    def seer(self, text: str) -> str:
        """See `Tongue.seer`."""
        match = _SEES.match(text)
        return match["who"] if match else ""


@lru_cache(maxsize=4096)
def _head(name: str) -> str:
    plain = re.sub(r"\s+(?:button|field|box|input|checkbox|dropdown|option)$", "", name.strip("\"'“” "))
    plain = re.sub(r"[_\s-]*(?:[0-9]+|\b[A-Z])$", "", plain) or plain
    plain = re.sub(r"\s*\(.*\)$", "", plain)
    plain = re.sub(r"^(?:the|an?|this|that|his|her|their)\s+", "", plain.replace("_", " ").strip(), flags=re.IGNORECASE)
    return plain.split(" of ")[0].strip().split(" ")[-1]


@lru_cache(maxsize=8192)
def _stem(word: str) -> str:
    if match := re.fullmatch(r"(\w*[aeiou]([bdgmnprt]))\2(?:ed|ing)", word):
        return match.group(1)
    for ending, put in (("ies", "y"), ("sses", "ss"), ("ied", "y"), ("ing", ""), ("ed", ""), ("es", "e"), ("s", "")):
        if word.endswith(ending) and len(word) - len(ending) >= 3 and not word.endswith("ss"):
            word = word[: -len(ending)] + put
            break
    return word.rstrip("e") if len(word) > 3 else word
