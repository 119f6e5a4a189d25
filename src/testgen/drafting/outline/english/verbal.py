"""English: a clause with a verb as an order: who does what, what has been done, what goes on."""

import re

from testgen.drafting.outline.english.events import NEGATED, flat
from testgen.drafting.outline.english.imperatives import Imperatives
from testgen.drafting.outline.english.passives import CRITERION
from testgen.drafting.outline.english.reader import Reader
from testgen.drafting.outline.english.states import brings
from testgen.drafting.outline.english.verbs import EnglishVerbs
from testgen.text.marks import MASK

_NAME = re.compile(r"[A-Z][a-z]{2,}")
_AGENT = re.compile(r"(?:the|an?|each|either|one) [a-z]+(?:er|or|ee|ist|ant|ent|man|woman|staff)", re.IGNORECASE)
_OBJECT = re.compile(r" (?:the|an?|his|her|their|all|[A-Z\"'“])")
_BE = re.compile(r"\s+(?:is|are|was|were|has been|have been|being)$")
_GOES_ON = re.compile(
    rf"$|[,;(]|(?:open|closed|shut|at|on|in|by|with|without|for|before|after|from|to|into|during|twice|once|again|wrong(?:ly)?|a (?:second|third) time|mid-?\w+|while|as|only|the same way|[a-z]+ly\b|inside|within|until|too|right|[a-z]{{2,}}ing|half|up|down|off|out|back|over|via|and|or|[~\d{MASK}])"
)
_NO_NOUN = re.compile(r"^(?:no|already) |^already$|\b(?:not|no|stay|remain|keep|are)$", re.IGNORECASE)
_MANY_ACT = re.compile(
    r"(?P<who>(?:[Tt]wo|[Tt]hree|[Bb]oth) [a-z]+s) (?P<verb>[a-z]+)(?P<rest> (?:the|an?|at|to|in) .+)$"
)
_SETTING = re.compile(r"[Ss]etting (?=\d\S*(?: \S{1,3})? (?:from|via|in|on|with|by)\b)")
_OPEN_END = re.compile(r"\b(?:during|of|on|in|at|with|for|from|to|by)$")
_AUXILIARY = ("is", "are", "was", "were", "has", "have", "does", "do", "can", "will", "must", "may")
_NOT_IN_FRONT = re.compile(r"of|in|on|for|to|and|or|with|the|a|by|two|three|all", re.IGNORECASE)  # of a verb
_GERUND = re.compile(r"(?P<verb>[A-Za-z-]{2,20}ing)\b(?P<rest>.*)$")
_NO_GERUND = re.compile(
    r"(?:any|every|no|some)?thing\b|warning\b|(?:even|morn|build|sett(?=ing\b(?! [^,;]{1,40} to\b))|str|spr|k|r|w)ing\b"
    r"|during\b|(?:reading|setting|rating|heading|building|meeting|booking|listing|filing|drawing) \d|(?!switching|turning)\w+ing \w+ (?:on|off|open|closed|is|are|has)\b",
    re.IGNORECASE,
)  # landing switch OFF
_JOINING = re.compile(r"(?P<who>[A-Z][\w-]*|[a-z]+[._]?[a-z]*\d*) (?P<do>[a-z]+ing .+)$")
_STANDS = ("stand", "stay", "sit", "lie", "go")  # what a tester does, where it is told as done
_BY_HAND = ("drop", "return", "report", "lock", "stop")  # by a person as well as by a thing
_MANY = re.compile(r"(?:after )?(?:\d+|two|three|four|five|several|many)\s", re.IGNORECASE)
_IN_PLACE = re.compile(r"(?:moves|goes|comes|drops) (?:up|down|ahead|forward)\b")  # in a queue
_INTO_STATE = re.compile(r"goes (?:(?-i:[A-Z])|on\b|off)")  # an agent goes Ready
_PRONOUN = re.compile(r"he|she|they|it|one", re.IGNORECASE)
_FEW = 6  # words in front of a verb


class Verbal(Imperatives):
    """Words them; every form keeps the author's words: only the verb's form and its place change."""

    reader: Reader
    verbs: EnglishVerbs
    operation: str

    def undone(self, cue: str) -> str:
        """Dana never opens the mail: nobody does it, so that it is brought about in its own words."""
        left = re.match(r"(?P<who>[\w. -]{2,30}?) (?:does not|doesn['’]t|do not|never) (?P<do>.+)$", cue)
        if left and self.is_person(left["who"]):
            lemma = self._done_by(left["who"], left["do"].split(" ", 1)[0]) if " never " in cue else None
            rest = left["do"].partition(" ")[2]
            return self.by(left["who"], f"do not {lemma} {rest}".strip() if lemma else f"do not {left['do']}")
        if not NEGATED.search(flat(cue)):
            return ""
        if not self.reader.finite(cue):
            return self.lexicon.phrase("bring_about", what=self.named(cue))
        sure = self.lexicon.phrase("state", condition=self.named(cue))
        return f"{sure[:1].lower()}{sure[1:]}"

    def acting(self, cue: str) -> str:
        """Host pulls the cable -> as Host, pull the cable; both have pressed Accept -> as both, press Accept."""
        if NEGATED.search(flat(cue)):
            return ""
        if (many := _MANY_ACT.match(cue)) and (entry := self.verbs.entry(many["verb"])) and entry[1] == "base":
            return f"As {many['who'].lower()}, {many['verb']}{many['rest']}"
        words = list(re.finditer(r"\S+", flat(cue)))
        for at, word in enumerate(words[1 : _FEW + 1], 1):
            who, plain = cue[: word.start()].strip(), word.group().rstrip(",")
            if "," in who or not (plain.isalpha() and plain.islower()):
                continue
            perfect = plain in ("has", "have") and at + 1 < len(words)
            if self.is_person(cue[: word.end()]) or (who.lower() in ("both", "either") and not perfect):
                continue
            done = self.verbs.lemma_of_past(words[at + 1].group().rstrip(",")) if perfect else None
            who = re.sub(r"\s+(?:still|also|then|now|again|only)$", "", who)
            lemma = done or self._done_by(who, plain)
            if _IN_PLACE.match(cue[word.start() :]):
                return ""
            end = words[at + 1].end() if done else word.start() + len(plain)
            if (
                lemma
                and (
                    _INTO_STATE.match(cue[word.start() :])
                    or not self._happens(
                        lemma, to_product=not perfect and not (lemma in _BY_HAND and self.is_person(who))
                    )
                )
                and self._acts(who, plain, cue[word.end() :])
            ):
                return self.by(who, lemma + self.coordinated(cue[end:]))
            if (entry := self.verbs.entry(plain)) and entry[1] == "third":
                return ""
        return ""

    def verb_set(self, name: str) -> set[str]:
        """Verbs that the word list sets apart."""
        return set(self.lexicon.data["verbs"][name])

    def _happens(self, lemma: str, *, to_product: bool = False) -> bool:
        """Whether a verb tells what happens and nobody does, or what a thing does as well as a person."""
        return lemma in self.verb_set("happens") or (to_product and lemma in self.verb_set("things_do"))

    def _done_by(self, who: str, verb: str) -> str | None:
        """The verb of somebody who does something, known or told by its ending."""
        entry = self.verbs.entry(verb)
        if entry:
            return entry[0].lemma if entry[1] == "third" else None
        known = self.is_person(who) and self.verbs.is_third(verb) and verb not in _AUXILIARY
        return self.verbs.guess(verb, "third").lemma if known else None

    def _acts(self, who: str, verb: str, behind: str) -> bool:
        """Whether it is a person: by name or role, or by what only a person does."""
        entry = self.verbs.entry(verb)
        if behind.strip() in ("on", "off") and not (entry and entry[0].lemma in ("log", "sign", "go")):
            return False  # track changes on
        if re.search(r"\s(?:when|once|as soon as)\s", behind) and not self.is_person(who):
            return False  # chart updates when B2 changes
        by_hand = entry and entry[0].kind == "action" and entry[0].group != "do"
        by_hand = by_hand and (entry is None or entry[0].group != "open" or bool(_OBJECT.match(behind)))  # a gate opens
        named = (
            not who.endswith("ing")
            and (_NAME.fullmatch(who) or _AGENT.fullmatch(who))
            and who.lower() not in self.lexicon.data["system_actors"]
        )
        return self.is_person(who) or bool(by_hand and named)

    def handled(self, cue: str, *, anything: bool = False) -> str:
        """RESET held 10 s -> hold RESET 10 s; parcel 1 delivered with a photo; killed during merge -> kill it during merge."""
        if NEGATED.search(flat(cue)):
            return ""
        for word in list(re.finditer(r"\S+", flat(cue)))[: _FEW + 1]:
            plain = word.group().rstrip(",").lower()
            if plain in self.verb_set("states") and not word.group().isupper():
                return ""
            noun, rest = cue[: word.start()].strip(), cue[word.start() + len(plain) :]
            noun = "" if noun.lower() in ("a", "an", "the") else noun
            if self._in_two_words(noun, plain) and not rest:
                return f"{noun}-{plain} the product"
            lemma = self.done(plain, first=not noun, anything=anything)
            made = lemma == "make" and noun.endswith((" is", " are"))  # made Billing Admin
            if not lemma or not (made or _GOES_ON.match(rest.strip())):
                continue
            noun, whole = _BE.sub("", noun), noun
            sure = noun.rpartition(" ")[0] if noun != whole else noun  # filters are: no verb
            if _OPEN_END.search(noun):
                return ""  # cancel during import
            if "," in noun or _NO_NOUN.search(noun) or self.reader.finite(sure):
                return ""
            by = re.match(r" by (?P<who>(?:the |an? )?[\w.'-]+(?: [A-Z]\w*)?)", rest)
            by = by if by and lemma not in CRITERION and self.is_person(by["who"]) else None
            rest = rest if lemma in CRITERION else self.coordinated(rest[by.end() :] if by else rest)
            label = self.verbs.entry(noun) if lemma in ("press", "click", "tap") else None  # Save pressed
            thing = noun if label and label[1] == "base" else self.thing(noun) if noun else "it"
            if not noun and re.match(r"\s\d", rest):
                return f"{lemma}{rest}"  # paid 3.00
            text = f"{lemma} {thing}{rest}"
            text = f"{self.operation}, {text}" if self.operation and not noun else text
            return self.by(by["who"], text) if by else text
        return ""

    def _in_two_words(self, noun: str, verb: str) -> bool:
        """Whether a verb that is written as it is when it is done has a word in front of it that names nothing of the case."""
        case = self.case
        told = " ".join((case.title, case.specification or "", *case.preconditions, *case.expected_results))
        alone = noun.isalpha() and noun.islower() and self.verbs.lemma_of_past(verb) == verb
        return alone and not re.search(rf"\b{noun}\b(?! {verb}\b)", told, re.IGNORECASE)

    def done(self, word: str, *, first: bool, anything: bool) -> str | None:
        """The verb of a participle: what somebody has done to something; with `anything` what the product may have done as well."""
        known = self.verbs.entry(word)
        lemma = "pay" if word == "paid" else self.verbs.lemma_of_past(word) if word.isalpha() else None
        if not known and re.fullmatch(r"[a-z]{3,}(?<!e)ed", word):
            lemma = self._undone(word)
        same = first and (lemma == word or (known and known[1] == "base"))  # cut, set: an order, or a noun
        product = known and known[0].kind == "system" and not anything
        return None if same or product or not lemma or self._happens(lemma) else lemma

    def _undone(self, word: str) -> str:
        """voided -> void, emptied -> empty, for verbs that no list has."""
        if re.search(r"[aeiou][^aeiou]+[aeiou]lled$", word):
            return word[:-3]  # enrolled
        if word.endswith("lled"):
            return word[:-2]  # rolled
        return word[:-3] + "y" if word.endswith("ied") else self.verbs.guess(word[:-2] + "ing", "gerund").lemma

    def coordinated(self, rest: str) -> str:
        """… and voided by rowan with reason -> … and void it as rowan with reason; and clicks -> and click."""

        def put(found: re.Match[str]) -> str:
            word, behind = found["verb"], found.string[found.end() :].strip()
            it = " it" if _GOES_ON.match(behind) else ""
            entry, past = self.verbs.entry(word), self.verbs.lemma_of_past(word)
            if not entry and re.fullmatch(r"[a-z]{3,}ed", word):
                return f"{found['joint']}{self._undone(word)}{it}"
            if past and entry and entry[1] != "base":
                return f"{found['joint']}{past}{it}"
            return f"{found['joint']}{entry[0].lemma}" if entry and entry[1] == "third" else found.group()

        def other(found: re.Match[str]) -> str:
            entry = self.verbs.entry(found["verb"])
            acts = entry and entry[1] == "third" and self.is_person(found["who"])
            return f", then, as {found['who']}, {entry[0].lemma}" if entry and acts else found.group()

        def person(found: re.Match[str]) -> str:
            return f"as {found['who']}" if self.is_person(found["who"]) else found.group()

        joint = r"(?:,? and (?:then )?|, then |, )"
        rest = re.sub(rf"{joint}(?P<who>(?:the )?[\w.-]+(?: [\w-]+)?) (?P<verb>[a-z]+s)\b", other, rest)
        rest = re.sub(r"(?P<joint>(?:,? and (?:then )?|, then |, ))(?P<verb>[a-z]+(?:-[a-z]+)?)\b", put, rest)
        return re.sub(r"\bby (?P<who>[\w.]+)", person, rest)

    def continuing(self, cue: str) -> str:
        """Starting the recipe -> start the recipe; what a person does not do on purpose is brought about: losing the microphone."""
        cue = cue.rstrip(" ,")
        if value := _SETTING.match(cue):
            return f"set {cue[value.end() :]}"
        found = None if _NO_GERUND.match(cue) else _GERUND.match(cue)
        entry = self.verbs.entry(found["verb"]) if found else None
        alone = entry and entry[0].kind == "action" and entry[0].lemma != "wait"
        if found and not found["rest"] and not alone:
            return "" if entry and entry[0].kind == "system" else self._lemma(found["verb"])  # continue
        if not found or not (found["rest"] or alone) or (entry and entry[1] != "gerund"):
            return ""
        lemma = self._lemma(found["verb"])
        if not entry and not re.match(
            r" (?:(?:the|an?|all|both|still|up|down|past|into|through)\b|['\"“]|[\w.-]+['’]s )|[^;]* and (?:not )?(?!during)[a-z]+ing\b",
            found["rest"],
        ):
            return ""
        if lemma not in (*_STANDS, "find") and (self._happens(lemma) or self._happens(f"{lemma}e")):
            small = cue[:1].lower() + cue[1:]
            return brings(cue, small) or self.lexicon.phrase("bring_about", what=small)
        rest = re.sub(
            r" and (not )?(?!during\b)([a-z]{2,}ing)\b(?= |$)",
            lambda more: f" and {'do not ' if more[1] else ''}{self._lemma(more[2])}",
            found["rest"],
        )
        return f"{lemma}{self.coordinated(rest) or ' it'}"

    def _lemma(self, gerund: str) -> str:
        entry = self.verbs.entry(gerund)
        return entry[0].lemma if entry else self.verbs.guess(gerund, "gerund").lemma

    def joining(self, cue: str) -> str:
        """Guest joining from the phone -> as Guest, join from the phone."""
        found = _JOINING.match(cue)
        do = self.continuing(found["do"]) if found and self.is_person(found["who"]) else ""
        return self.by(found["who"], do) if found and do else ""

    def let(self, cue: str) -> str:
        """The simulator swings by 40 kg -> let the simulator swing by 40 kg; but not 30 s, which is how long something takes."""
        at = self.third_in(cue)
        word = re.match(r"[a-z]+", cue[at:]) if at else None
        if (
            not word
            or re.match(r"\d", cue)
            or "," in flat(cue)[:at]
            or re.search(r"\s(?!this|its|was|has)[a-z]{3,}s\s", cue[:at])
        ):
            return ""
        entry = self.verbs.entry(word.group())
        lemma = entry[0].lemma if entry else self.verbs.guess(word.group(), "third").lemma
        if lemma in self.verb_set("says"):
            return ""
        who, rest = cue[:at].strip(), self.coordinated(cue[at + word.end() :])
        if _PRONOUN.fullmatch(who):
            return f"{lemma}{rest}"
        if not rest and lemma in ("open", "close", "start", "restart"):
            return f"{lemma} {self.thing(who)}"  # the dialog opens
        return f"let {self.thing(who)} {lemma}{rest}"

    def third_in(self, text: str) -> int:
        """Where a verb in the third person stands; 0 for none."""
        for word in re.finditer(r"(?<=\s)[a-z]{3,}s\b", flat(text)[:80]):
            entry, before = self.verbs.entry(word.group()), text[: word.start()].split()[-1:]
            verb = entry and entry[1] == "third" and word.group() not in _AUXILIARY
            plural = _MANY.match(text) and not text[word.end() :].strip(" ,.")  # 3 failed logins
            if verb and not plural and before and not _NOT_IN_FRONT.fullmatch(before[0]):
                return word.start()
        return 0
