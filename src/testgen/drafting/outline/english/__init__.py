"""English, as an object that the stages are given."""

import re
from dataclasses import replace

from testgen.domain.language import Language
from testgen.drafting.outline.english.reader import Reader
from testgen.drafting.outline.lexicon import load_lexicon, quoted_terms
from testgen.drafting.outline.model import Act, Fact
from testgen.text.marks import MASK, mask, quotes
from testgen.text.normal import normalise

_WORD = re.compile(r"[a-z0-9][a-z0-9_-]*")
_EVEN_FRONT = re.compile(r"^even with (?P<x>[^,]{1,80}),\s*(?P<y>.+)$", re.IGNORECASE)
_EVEN_BACK = re.compile(r"^(?P<y>.+?),?\s+even with (?P<x>[^,]{1,80})$", re.IGNORECASE)
_BE = re.compile(
    r"\s+(?:is|are|was|were|has|have|can|cannot|can't|does|do|will|must|remains?|stays?|becomes?|never)\b",
    re.IGNORECASE,
)
_RECEIVES = re.compile(
    r"^(?P<who>.{1,60}?)\s+(?:(?:does|do|did|will) not\s+)?(?:receives?|gets?)\s+(?:an?\s+|the\s+)?(?P<what>[\w-]+)",
    re.IGNORECASE,
)
_DURATION = re.compile(
    r"(?:\b(?:more than|over|at least|about)\s+)?\b(?:\d+(?:\.\d+)?|one|two|three|five|ten|thirty|a|an)[ -](?:second|sec|minute|min|hour|hr|day|week|month|year)s?\b",
    re.IGNORECASE,
)
_LAPSE = re.compile(
    r"\b(?:expire[sd]?|expiry|time[sd]? ?out|timeout|elapse[sd]?|pass(?:es|ed)?|idle|inactiv\w+|is over|are over|later|untouched|no activity|without activity)\b",
    re.IGNORECASE,
)
_NTH = re.compile(
    r"^(?:the|every|each|an?)\s+(?P<n>\d{1,3})(?:st|nd|rd|th)\s+(?:(?:consecutive|failed|wrong)\s+)?(?P<noun>[a-z-]+)(?P<rest>(?:\s+(?:within|in)\s+(?:\w+\s)?\w+)?)\s",
    re.IGNORECASE,
)
_NEXT = re.compile(
    r"^(?:on\s+)?(?:the\s+)?next\s+(?P<verb>launch|start|login|log-in|sign-in|restart|reload|refresh|boot)\b",
    re.IGNORECASE,
)
_OWNER = re.compile(
    r"\b(?:issued|assigned|sent|granted|belongs|belonging|registered)\s+(?:to|for)\s+(?:the\s+)?(?:user\s+|member\s+|customer\s+)?(?P<a>[A-Za-z][\w.@-]*)\s*$"
    r"|\b(?:user|member|customer|account|as)\s+(?!is\b|has\b|was\b|are\b|the\b|a\b|an\b|exists\b|with\b|and\b|on\b|in\b)(?P<b>[a-z][\w.@-]*|[A-Z][a-z]+)\b"
)
_NOMINAL = {
    "approval": "approve",
    "rejection": "reject",
    "cancellation": "cancel",
    "submission": "submit",
    "deletion": "delete",
    "registration": "register",
    "payment": "pay",
    "removal": "remove",
    "confirmation": "confirm",
    "reservation": "reserve",
    "booking": "book",
    "order": "order",
    "edit": "edit",
    "request": "send",
}
_EVERYTHING = re.compile(
    r"\b(?:in (?:all|no|any|every|both) cases?|at every step|at all times|always|at no time|every(?:where)?|each)\b",
    re.IGNORECASE,
)


class English:
    """See `testgen.drafting.outline.tongue.Tongue`."""

    language: Language = "en"
    separator = ". "

    def __init__(self) -> None:
        self.lexicon = load_lexicon("en")
        self.reader = Reader(self.lexicon)
        self.verbs = self.reader.verbs
        words, patterns = self.lexicon.data, self.lexicon.data["patterns"]
        self._preserves = re.compile(rf"\b(?:{'|'.join(patterns['preserves'])})\b|n't\b", re.IGNORECASE)
        self._at_once = re.compile(rf"\b(?:{'|'.join(patterns['seen_at_once'])})\b", re.IGNORECASE)
        self._attempt = re.compile(patterns["attempt"], re.IGNORECASE)
        self._bring = set(words["bring_about"])
        self._shows = re.compile(
            rf"^(?:the |a )?(?:{'|'.join(words['system_actors'])})\s+(?:then\s+|also\s+)?(?P<verb>{'|'.join(patterns['shows'])})\s+(?P<np>.+)$",
            re.IGNORECASE | re.DOTALL,
        )
        places = "|".join(map(re.escape, words["places"]))
        self._place = re.compile(
            rf"\b(?P<place>(?:in|on|at|under)\s+(?:(?:the|her|his|their|its)\s+)?(?:(?!(?:in|on|at|under|from|to|for|with|and|the|a|an|is|are)\b)[\w{MASK}'&/-]+\s+){{0,4}}?(?:{places}))\b|\b(?P<under>under\s+(?:{MASK}+|[A-Z][\w-]+))",
            re.IGNORECASE,
        )

    def facts(self, sentence: str, *, told: bool = False) -> list[Fact]:
        """See `Tongue.facts`."""
        return self.reader.facts(sentence, told=told)

    def result(self, text: str) -> Fact:
        """See `Tongue.result`."""
        text = text.rstrip(". ")
        if found := self._attempt.match(text):
            return Fact((Act(found["what"][:1].lower() + found["what"][1:], "do", (found["what"],)),), outcome=text)
        if nth := _NTH.match(text):
            act = Act(f"make {nth['n']} {nth['noun']}s{nth['rest']}", "made", (nth["noun"],))
            return Fact((act,), outcome=text)
        if found := _NEXT.match(text):
            lemma = {"login": "sign in", "log-in": "sign in", "sign-in": "sign in", "boot": "restart the product"}.get(
                found["verb"].lower(), f"{found['verb'].lower()} the product"
            )
            return Fact((Act(f"{lemma} again", "do", ()),), outcome=text)
        if told := self._told(text):
            return Fact(told, outcome=text)
        fact = self.reader.facts(re.split(r";\s", text)[0], told=False)[0]
        if fact.acts:
            fact = replace(fact, outcome=text)
        plain = fact.acts and not fact.outcome and not fact.conditions  # "the agent opens the order" is an observation
        return Fact(outcome=text) if plain or fact.role == "means" else fact

    def _told(self, text: str) -> tuple[Act, ...]:
        """Triggers that no sentence holds: "T0 + 10 s, gate 4: closed", "within 4 min of closing X", "Colin, who presses Y, is shown"."""
        text = re.sub(r"^(?:next|then|now|finally|after that|afterwards)[:,]\s+", "", text, flags=re.IGNORECASE)
        masked = mask(text)
        who = re.match(
            r"(?P<who>[A-Z][a-z]+), who (?P<do>.+?),\s+(?:is|are|was|sees|gets|receives|cannot|can)\b", masked
        )
        if who:
            acts = self.reader.acts(f"the user {text[who.start('do') : who.end('do')]}", told=False)
            return tuple(replace(act, actor=who["who"]) for act in acts)
        of = re.search(r"\b(?:within|after)\s+[^,;]{1,24}?\s+of\s+(?P<do>[a-z]+ing\s[^,;]+)", masked)
        if of:
            return self.reader.acts(text[of.start("do") : of.end("do")], told=False, led=True)
        did = re.match(r"(?P<who>[A-Z][a-z]+)['’]s (?P<noun>[a-z]+)\s+(?:is|was|are)\b", text)
        if did and did["noun"] in _NOMINAL:
            return (Act(f"{_NOMINAL[did['noun']]} {self.lexicon.phrase('it')}", "do", (), "", did["who"]),)
        after = re.match(r"(?:after|on|upon|following)\s+(?P<np>(?:(?!\b(?:the|it|they|all|its)\b|[,:]).){2,40}?)(?:[,:]\s|\s+(?=(?:the|it|they|all|its)\s))", masked, re.IGNORECASE)
        if after and not self.reader._finite.search(" " + after["np"]) and not re.search(r"ing\b|\d", after["np"]):
            name = text[after.start("np") : after.end("np")].strip()
            if re.fullmatch(r"[A-Z][A-Z0-9 /-]*", name):
                return (Act(f"press {name}", "press", (name,)),)
            return (Act(self.lexicon.phrase("own_words", what=name), "nominal", (name,)),)
        passed = re.match(r"(?:after|for)\s+(?P<np>\d[^,:]{1,40}?)(?:,\s|\s+(?=(?:the|it|they|all|its)\s))", masked, re.IGNORECASE)
        if passed and (lasts := self.duration(passed["np"])):
            return (Act(self.lexicon.phrase("wait", value=lasts), "wait"),)
        later = re.match(r"(?P<time>\d+\s?(?:s|sec|min|h|minutes?|seconds?|hours?)) after (?P<do>\w+ing[^,]{0,40}), (?P<rest>.+)$", masked)
        if later:
            did = text[later.start("do") : later.end("do")]
            first = self.reader.acts(did, told=False, led=True) or (Act(self.lexicon.phrase("own_words", what=did), "told", (did,)),)
            wait = Act(self.lexicon.phrase("wait", value=later["time"]), "wait")
            rest = self.reader.facts(text[later.start("rest") :], told=False)[0]
            return (*first, wait, *rest.acts)
        noun = re.match(r"(?P<np>(?:[A-Z][\w-]* )?(?:[\w-]+ )?(?:press|click|tap|attempt|swap|swipe|restart|log-?off|log-?in|sign-?in|sign-?out|retry|scan|entry|input|upload|download|call|refresh|reload)(?: (?:of|on|to|with|at|while|by|from) .{1,60}?)?)\s+(?:is|are|was|accepts|rejects|shows|opens|closes|leads|returns|fails|gives|has|does|starts|stops)\b", masked)
        if noun and not re.match(r"(?:the|a|an|no)\s", masked, re.IGNORECASE):
            name = text[: noun.end("np")]
            return (Act(self.lexicon.phrase("own_words", what=name), "nominal", (name,)),)
        colon = re.match(r"(?P<left>(?:[^:;]|(?<=\d):(?=\d)){1,80}?):\s+(?=\S)", masked)
        if not colon or re.match(r"(?:the )?\w+ (?:message|text|error|order)$", colon["left"]):
            return ()
        left = re.sub(r"^(?:after|when|once|on|if)\s+", "", text[: colon.end("left")], flags=re.IGNORECASE)
        acts = self.reader.acts(left, told=True, led=True) or self.reader.passive(left)
        done = re.match(r"(?P<np>[^,]{1,60}?)\s+(?P<verb>[a-z]+)\b(?P<rest>.*)$", mask(left))
        entry = self.verbs.entry(done["verb"]) if done else None
        if done and entry and not acts and entry[0].kind != "system" and self.verbs.lemma_of_past(done["verb"]):
            return (Act(f"{entry[0].lemma} {left[: done.end('np')]}{left[done.start('rest') :]}", "told", (left[: done.end("np")],)),)
        whole = (
            acts
            and len(left.split()) > 1
            and not self.reader._finite.search(" " + mask(left))
            or acts
            and self.reader.passive(left)
        )
        return (
            tuple(replace(act, kind="told") for act in acts)
            if whole
            else (Act(self.lexicon.phrase("own_words", what=left), "nominal", (left,)),)
        )

    def heading(self, text: str) -> Fact:
        """See `Tongue.heading`."""
        trigger, _ = self.reader.halves(text)
        fact = self.reader.trigger(trigger) if trigger else Fact()
        return Fact(fact.acts)

    def terms(self, text: str) -> frozenset[str]:
        """Content terms, stemmed, with quoted labels apart."""
        words = {_stem(word) for word in _WORD.findall(normalise(text)) if word not in self.lexicon.stop_terms}
        return frozenset({word for word in words if len(word) > 1 or word.isdigit()} | quoted_terms(text))

    def negative(self, text: str) -> bool:
        """Is unchanged, is not sent."""
        return bool(self._preserves.search(mask(text)))

    def everything(self, text: str) -> bool:
        """In no case."""
        return bool(_EVERYTHING.search(mask(text)))

    def screens(self, text: str) -> list[str]:
        """Named screens, as spelt, without the article."""
        return self.reader.screens(text)

    def place(self, text: str) -> str:
        """ "signature mismatch" is in the security log -> in the security log."""
        match = None
        for match in self._place.finditer(mask(text)):
            pass
        return text[match.start() : match.end()] if match else ""

    def subject(self, text: str) -> str:
        """The password is unchanged -> the password."""
        seen = self.result(text).outcome or text
        if received := _RECEIVES.match(mask(seen)):
            return f"the {received['what']} to {received['who']}"
        match = _BE.search(mask(seen)) or self.reader._finite.search(mask(seen))
        if not match or match.start() == 0:
            return ""
        noun = re.sub(r"\s+(?:still|also|only|now|then|always)$", "", seen[: match.start()])
        first = noun.split(" ", 1)[0]
        return noun[:1].lower() + noun[1:] if first.lower() in self.lexicon.stop_terms else noun

    def at_once(self, text: str) -> bool:
        """Display, transitions, and what the tester can or cannot do."""
        return bool(self._at_once.search(mask(text)))

    def is_state(self, condition: str) -> bool:
        """See `Tongue.is_state`."""
        return bool(self.reader._finite.search(" " + mask(condition)) or _DURATION.search(condition))

    def stored(self, text: str) -> bool:
        """See `Tongue.stored`."""
        return bool(re.search(r"\b(?:balance|history|log|report|e-?mail|record|count|database|stock|audit|inbox|ledger|totals?)\b", self.subject(text), re.IGNORECASE))

    def lapse(self, text: str) -> str | None:
        """See `Tongue.lapse`."""
        duration = self.duration(text)
        if re.match(
            r"^(?:after\s+)?(?:about\s+|more than\s+|at least\s+)?[\w.]+[ -](?:second|minute|hour|day|week|month|year)s?\b",
            text.strip(),
            re.IGNORECASE,
        ):
            return duration
        return duration if _LAPSE.search(mask(text)) else None

    def times(self, text: str) -> int | None:
        """See `Tongue.times`."""
        return self.reader.times(text)

    def duration(self, text: str) -> str:
        """The first duration of a text."""
        found = _DURATION.search(text)
        unit = re.search(r"\bthe (second|minute|hour|day|week|month)\b", text)
        return found.group() if found else f"one {unit.group(1)}" if unit else ""

    def head(self, name: str) -> str:
        """the correct password -> password, coupon_1 -> coupon, SKU of the item -> SKU."""
        plain = re.sub(r"\s+(?:button|field|box|input|checkbox|dropdown|option)$", "", name.strip("\"'“” "))
        plain = re.sub(r"[_\s-]*(?:[0-9]+|\b[A-Z])$", "", plain) or plain
        plain = re.sub(r"\s*\(.*\)$", "", plain)
        plain = re.sub(
            r"^(?:the|an?|this|that|his|her|their)\s+", "", plain.replace("_", " ").strip(), flags=re.IGNORECASE
        )
        return plain.split(" of ")[0].strip().split(" ")[-1]

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

    def even_with(self, text: str) -> tuple[str, str] | None:
        """Even with the correct password, X -> (the correct password, X)."""
        plain = text.rstrip(".")
        match = _EVEN_FRONT.match(mask(plain)) or _EVEN_BACK.match(mask(plain))
        return (plain[match.start("x") : match.end("x")], plain[match.start("y") : match.end("y")]) if match else None

    def imperative(self, act: Act, objects: tuple[str, ...] | None = None) -> str:
        """The act as an imperative, with who does it."""
        text = act.text
        if objects is not None and objects != act.objects:
            for old, new in zip(act.objects, objects, strict=False):
                text = text.replace(old, new, 1)
        return text

    def well_formed(self, action: str) -> bool:
        """An imperative, or "As X, …" with one."""
        text = re.sub(r"^As [^,]{1,60}, ", "", action)
        words = text.split()
        first = words[0].lower() if words else ""
        entry = self.verbs.entry(" ".join(words[:2]).lower()) or self.verbs.entry(first)
        return bool(entry and entry[1] == "base") or (
            first.isalpha() and not self.verbs.is_third(first) and not first.endswith("ing")
        )

    def sentence(self, text: str) -> str:
        """With a capital, but for names that are written small: setup.exe, sales_daily, iOS."""
        text = text.strip()
        first = text.split(" ", 1)[0]
        named = re.search(r"[./_\d\\@:]", first.rstrip(".,:")) or re.search(r"[A-Z]", first[1:])
        return text if named else text[:1].upper() + text[1:]

    def observe(self, outcome: str) -> str:
        """ "the system shows X" -> "X is shown"."""
        text = self.reader.bare(outcome)
        match = self._shows.match(text)
        if match and " and " not in mask(match["np"]):
            shown = self.lexicon.data["patterns"]["shows"][match["verb"].lower()]
            text = f"{match['np']} is {shown}"
        effect = re.match(r"^(?P<verb>opens|starts|closes|shows|displays)\s+(?P<np>(?:(?!\sand\s|,).)+)$", mask(text))
        if effect:
            thing = text[effect.start("np") :]
            text = f"{thing} {'is shown' if effect['verb'] in ('shows', 'displays') else effect['verb']}"
        elif self.verbs.is_third(text.split(" ", 1)[0]):
            text = f"The product {text}"
        return self.sentence(text)

    def bring_about(self, precondition: str) -> tuple[str, str] | None:
        """A reset link was issued to mori -> Prepare the reset link issued to mori; a state is none."""
        text = precondition.strip().rstrip(".")
        match = re.match(
            r"^(?P<np>.{1,120}?)\s+(?:was|were|has been|have been)\s+(?P<how>(?:\w+ly\s+)?(?P<verb>issued|created|generated)\b.*)$",
            mask(text),
            re.IGNORECASE | re.DOTALL,
        )
        if match:
            noun = re.sub(r"^(?:an?|the|one)\s+", "", text[: match.end("np")], flags=re.IGNORECASE)
            return self.lexicon.phrase("prepare", what=f"the {noun} {text[match.start('how') :]}"), self.sentence(text)
        entry = self.verbs.entry(text.split(" ", 1)[0])
        if (
            entry
            and entry[1] == "base"
            and entry[0].kind == "action"
            and re.match(r"\S+\s+(?:the|an?|all|any|\d)", text)
            and self.reader._imperative(text)
        ):
            return self.sentence(text), self.undone(text)
        return None

    def clean_up(self, postcondition: str) -> tuple[str, str]:
        """Unlock the account -> The account is unlocked."""
        text = postcondition.strip().rstrip(".")
        match = re.match(
            r"^(?P<np>.{1,120}?)\s+(?:is|are|has been|have been)\s+(?P<verb>\w+)\b(?P<rest>.*)$",
            mask(text),
            re.IGNORECASE | re.DOTALL,
        )
        lemma = self.verbs.lemma_of_past(match["verb"]) if match else None
        if match and lemma:
            noun = text[: match.end("np")]
            return self.sentence(f"{lemma} {noun[0].lower()}{noun[1:]}{text[match.start('rest') :]}"), self.sentence(
                text
            )
        entry = self.verbs.entry(text.split(" ", 1)[0])
        if (entry and entry[1] == "base") or re.match(r"[A-Za-z-]+\s+(?:the|all|an?|any|every)\s", text):
            return self.sentence(text), self.undone(text)
        bare = re.match(r"^(?P<np>[^,]{1,80}?)\s+(?P<verb>[a-z]+)\b(?P<rest>[^,]*)$", mask(text))
        lemma = self.verbs.lemma_of_past(bare["verb"]) if bare else None
        if bare and lemma:
            noun = text[: bare.end("np")]
            return self.sentence(f"{lemma} the {noun[0].lower()}{noun[1:]}{text[bare.start('rest') :]}"), self.sentence(
                text
            )
        if not re.search(r"\b\w+ed\b", mask(text)):
            return self.sentence(text), self.undone(text)
        return self.sentence(self.lexicon.phrase("bring_back", what=text)), self.sentence(text)

    def check(self, text: str, place: str, owner: str = "") -> str:
        """Check the refund in the audit log."""
        subject = self.subject(text) or self.lexicon.phrase("result")
        if owner and not place and subject.removeprefix("the ") in self.lexicon.data["owned"]:
            subject = self.lexicon.phrase("owner", owner=owner, subject=subject.removeprefix("the "))
        where = place or f"at {self.lexicon.fill_in(self.lexicon.phrase('where'))}"
        if (
            not place
            and re.search(rf"\b(?:{'|'.join(self.lexicon.data['places'])})$", subject, re.IGNORECASE)
            and " " in subject
        ):
            return self.lexicon.phrase("check", subject=subject, where="")
        where = "" if place and normalise(place) in normalise(subject) else " " + where
        if subject.lower().startswith("no "):
            return self.lexicon.phrase("look_for", subject=subject[3:], where=where)
        return self.lexicon.phrase("check", subject=subject, where=where)

    def shown(self, act: Act) -> str:
        """By group; what is opened is shown."""
        if (
            act.kind == "open"
            and act.objects
            and not (act.screen or self.screens("the " + act.objects[0]) or act.objects[0][:1] in "\"'“")
        ):
            return self.sentence(f"{' and '.join(act.objects)} {'are' if len(act.objects) > 1 else 'is'} open")
        template: str = self.lexicon.phrases["observed"].get(act.kind) or self.lexicon.phrases["observed"]["do"]
        noun = " and ".join(act.objects) or "the page"
        plural = len(act.objects) > 1 or (noun.endswith("s") and not noun.endswith(("ss", "us", "is")))
        return self.sentence(template.format(object=noun, be="are" if plural else "is"))

    def undone(self, text: str) -> str:
        """Delete the coupon -> The coupon is deleted."""
        verb, _, rest = text.partition(" ")
        participle = self.verbs.participle_of(verb)
        if not participle or not rest:
            return self.sentence(text)
        noun = re.split(r"\s(?=(?:to|from|in|on|at|for|with|after|so|again|back)\b)", rest, maxsplit=1)
        plural = noun[0].endswith("s") and not noun[0].endswith(("ss", "us", "is"))
        return self.sentence(
            f"{noun[0]} {'are' if plural else 'is'} {participle}" + (f" {noun[1]}" if len(noun) > 1 else "")
        )


def _stem(word: str) -> str:
    if match := re.fullmatch(r"(\w*[aeiou]([bdgmnprt]))\2(?:ed|ing)", word):
        return match.group(1)
    for ending, put in (("ies", "y"), ("sses", "ss"), ("ied", "y"), ("ing", ""), ("ed", ""), ("es", "e"), ("s", "")):
        if word.endswith(ending) and len(word) - len(ending) >= 3 and not word.endswith("ss"):
            word = word[: -len(ending)] + put
            break
    return word.rstrip("e") if len(word) > 3 else word
