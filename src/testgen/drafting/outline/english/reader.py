"""Reads English: who acts, trigger and outcome, and the acts of a clause."""

import re
from dataclasses import replace

from testgen.drafting.outline.english.verbs import EnglishVerbs
from testgen.drafting.outline.lexicon import Lexicon, Verb
from testgen.drafting.outline.model import Act, Fact
from testgen.text.marks import MASK, mask
from testgen.text.normal import normalise

_LONGEST = 600  # characters; what is longer is no sentence
_ARTICLE = re.compile(r"^(?:the|an?|each|another|any|every|some)\s+", re.IGNORECASE)
_BE = r"(?:is|are|was|were|has been|have been|gets?|being|be|remains?|stays?)"
_JOINT = re.compile(
    r"\s*,\s*and then\s+|\s*,\s*then\s+|\s+and then\s+|\s*,\s*and\s+|\s+and\s+|\s*,\s*|\s+then\s+|\s*->\s*|\s*→\s*",
    re.IGNORECASE,
)
_KEY = r"(?:(?:Ctrl|Cmd|Shift|Alt|Option|Command|Control)\s?\+\s?)*(?:Esc|Escape|Enter|Return|Tab|Space|Delete|Backspace|F\d{1,2}|Home|End|PgUp|PgDn|(?:Ctrl|Cmd|Shift|Alt)\s?\+\s?[A-Z]\w*|(?:Up|Down|Left|Right)(?: arrow)?|(?:the browser.s )?Back(?: button)?)"
_METHOD = r"(?:GET|POST|PUT|PATCH|DELETE)\s+/\S*"
_MODAL = r"(?:can|may|must|should|shall|will|could|would|has to|have to|needs to|need to|wants to|tries to|try to|attempts to|attempt to|is able to|has|have|had|then|also|again|now|first|successfully|immediately|simply|just|do not|does not|never|always|only|still)"
_ALONE = {
    "save",
    "submit",
    "reload",
    "refresh",
    "restart",
    "undo",
    "redo",
    "retry",
    "search",
    "confirm",
    "reconnect",
    "reboot",
    "wait",
    "approve",
    "pay",
    "log out",
}  # verbs that need no object
_THIRD = re.compile(r"\s[a-z]{3,}s(?=\s(?:up|down|off|on|out|in|back|the|an?|to|with|from|about|\())")
_UNDERGONE = {
    "get",
    "receive",
    "find",
    "lose",
    "keep",
    "stay",
    "join",
    "grant",
    "give",
}  # what happens to a person, or between persons
_NP_START = re.compile(
    r"(?:the|an?|it|its|they|their|this|that|no|all|each|every|both|nothing|one|his|her)\s", re.IGNORECASE
)


class Reader:
    """Sentences into facts."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.verbs = EnglishVerbs(lexicon)
        words, patterns = lexicon.data, lexicon.data["patterns"]
        self._generic = {*words["generic_actors"], *words["pronouns"], "i"}
        nouns = "|".join(
            sorted(
                (*map(re.escape, words["actor_nouns"]), "i", "they", "he", "she", "you", words["actor_pattern"]),
                key=len,
                reverse=True,
            )
        )
        named = rf"(?:(?:the|an?|each|another|any|every|another|second|first|other|same)\s+){{0,2}}(?:[\w-]+\s+){{0,2}}?(?:{nouns})(?-i:\s+(?:[A-Z0-9]|[A-Z][a-z]+)(?=\s))?"
        self._actor = re.compile(
            rf"(?P<who>{named}(?:\s+and\s+{named})?)(?:\s+who\s+[^,]{{1,80}}?)?\s+(?=(?:{_MODAL}\s+){{0,3}}(?P<verb>[A-Za-z-]+))",
            re.IGNORECASE,
        )
        self._person = re.compile(rf"(?P<who>[A-Z][a-z]+(?: [A-Z])?)\s+(?=(?:{_MODAL}\s+){{0,2}}(?P<verb>[a-z-]+))")
        self._verb = re.compile(
            rf"(?:{_MODAL}\s+){{0,3}}(?P<verb>{self.verbs.pattern})\b(?!['’-])\s*(?P<rest>.*)$",
            re.IGNORECASE | re.DOTALL,
        )
        self._bare_verb = re.compile(
            rf"(?:{_MODAL}\s+){{0,3}}(?P<verb>[A-Za-z-]+)\s*(?P<rest>.*)$", re.IGNORECASE | re.DOTALL
        )
        self._passive = re.compile(
            rf"(?P<np>[^,]{{1,120}}?)\s+{_BE}\s+(?:\w+ly\s+)?(?P<verb>{self.verbs.pattern})\b(?P<rest>[^,]*)$",
            re.IGNORECASE,
        )
        when = (
            rf"(?:(?:{'|'.join(patterns['before_when'])}|on)\s+)?(?:{'|'.join(patterns['when'])}|whenever|as long as)"
        )
        self._front = re.compile(rf"(?:(?:{'|'.join(patterns['openings'])}),?\s+)*{when}\s+", re.IGNORECASE)
        self._back = re.compile(rf",?\s+(?P<word>{when})\s+(?=\S+\s)", re.IGNORECASE)
        self._openings = re.compile(rf"(?:{'|'.join(patterns['openings'])})[, ]\s*", re.IGNORECASE)
        finite = "|".join(
            map(
                re.escape,
                (
                    *self.verbs.thirds,
                    "is",
                    "are",
                    "was",
                    "were",
                    "has",
                    "have",
                    "can",
                    "cannot",
                    "can't",
                    "must",
                    "may",
                    "will",
                    "shall",
                    "isn't",
                    "aren't",
                    "doesn't",
                    "don't",
                    "won't",
                    "wasn't",
                    "should",
                    "does",
                    "do",
                    "never",
                    "leads",
                    "goes",
                    "moves",
                    "cycles",
                ),
            )
        )
        self._finite = re.compile(rf"\s(?:{finite})\b", re.IGNORECASE)
        self._subject = re.compile(
            rf"(?P<what>(?:pressing|clicking|tapping|hitting)?\s*(?:the\s+)?(?:{_KEY}(?:\s+and\s+{_KEY})*|{MASK}+(?:\s+(?:button|link|icon|key|tab|menu item))?)(?:\s+(?:on|in|at)\s+(?:the\s+)?[\w{MASK} -]{{1,40}}?)?)\s+(?P<verb>never|must|is|are|cycle|will|shall|should|[a-z]{{2,}}s)\b(?P<rest>.*)$",
            re.DOTALL,
        )
        self._method = re.compile(
            rf"(?:an?\s+|the\s+)?(?P<what>{_METHOD}(?:\s+(?:with|without|for|from)\s+[^,]{{1,80}}?)?)\s+(?P<verb>[a-z]+)\b(?P<rest>.*)$",
            re.DOTALL,
        )
        self._gerund = re.compile(
            rf"(?:by\s+)?(?P<act>(?P<ing>[A-Za-z-]{{3,20}}ing)\s+.{{1,160}}?)\s+(?P<effect>(?:(?:{_MODAL})\s+)?(?:{finite})\b.*)$",
            re.IGNORECASE | re.DOTALL,
        )
        self._means = re.compile(
            rf"(?P<what>.{{1,100}}?)\s+(?:can|may) be (?P<done>\w+)\s+(?P<how>(?:by|in|from|on|with|via|under|through)\s+.+)$",
            re.IGNORECASE | re.DOTALL,
        )
        self._screen = re.compile(
            rf"\b(?:the\s+)?((?:(?!(?:{'|'.join(patterns['not_in_a_name'])}|any|every|each|its|next|previous|leads?|opens?|shows?)\b)[\w{MASK}'&-]+\s+){{1,3}}(?:{'|'.join(words['screen_nouns'])}))\b",
            re.IGNORECASE,
        )

    def facts(self, sentence: str, *, told: bool) -> list[Fact]:
        """See `Tongue.facts`."""
        text = self.bare(sentence)
        if len(text) > _LONGEST:
            return [Fact(outcome=text)]
        body, place = self._leading_place(text)
        fact = self._read(body, told=told)
        if place and fact.acts:
            first = fact.acts[0]
            fact = replace(fact, acts=(replace(first, screen=first.screen or place), *fact.acts[1:]))
        return [replace(fact, times=fact.times or self.times(sentence))]

    def _read(self, body: str, *, told: bool) -> Fact:
        if (
            (bare_gerund := re.match(r"(?P<ing>[A-Za-z-]{3,20}ing)\s(?P<next>\S+)", body))
            and (
                re.match(
                    rf"(?:the|an?|this|any|all|it|one|two|in|on|to|up|out|off|[\d\"'“A-Z/{MASK}])", bare_gerund["next"]
                )
                or (self.verbs.entry(bare_gerund["ing"]) or (Verb("", "", "", "", ui=False), ""))[0].ui
            )
            and (found := self._by_gerund(body))
        ):
            return found
        trigger, consequent = self.halves(body)
        if trigger:
            return self._triggered(trigger, consequent)
        if story := re.match(r"as an?\s+[^,]{1,60},\s*i want\b", body, re.IGNORECASE):
            return Fact(outcome=body[story.end() :])
        if found := self.means(body):
            return found
        if path := re.match(
            rf"(?P<what>[\w{MASK} ]{{2,40}}(?:\s>\s[\w{MASK} ]{{2,40}})+?)\s+(?P<verb>opens|shows|displays|leads to)\s+(?P<rest>.+)$",
            mask(body),
        ):
            where = body[: path.end("what")]
            return Fact((Act(f"go to {where}", "open", (where,)),), outcome=body[path.start("verb") :])
        for pattern, verb in ((self._method, "Send"), (self._subject, "")):
            if found := self._by_subject(body, pattern, verb):
                return found
        if found := self._by_gerund(body):
            return found
        if re.match(r"[A-Z]\w+(?:\s[A-Z]\w+)+\s[a-z]+s\b", body):
            return Fact(outcome=body)  # "Replace All counts as one step": a label and what it does
        if re.search(r"\b(?:can|may)\b[^,]*\b(?:at most|up to|no more than|maximum|only)\b", mask(body)):
            return Fact(outcome=body)
        head, effect = self._cut_effect(body)
        acts = self.acts(head, told=told)
        return Fact(acts, outcome=effect) if acts else Fact(outcome=body)

    def _triggered(self, trigger: str, consequent: str) -> Fact:
        fact = self.trigger(trigger)
        consequent = re.sub(r"^then\s+", "", consequent, flags=re.IGNORECASE)
        led = self._by_subject(consequent, self._subject, "") or self._by_gerund(consequent) if consequent else None
        if led:
            return replace(
                fact, acts=(*fact.acts, *led.acts), conditions=(*fact.conditions, *led.conditions), outcome=led.outcome
            )
        head, effect = self._cut_effect(consequent)
        more = self.acts(head, told=False) if head else ()
        return replace(fact, acts=(*fact.acts, *more), outcome=effect if more else consequent)

    def _cut_effect(self, text: str) -> tuple[str, str]:
        """ "presses Start and the infusion continues": the act, and what the product then does."""
        masked = mask(text)
        for joint in re.finditer(r",?\s+(?:and|so)\s+|,\s+", masked):
            rest = masked[joint.end() :]
            first = self._finite.search(rest, 0, 80)
            if (
                _NP_START.match(rest)
                and first
                and not re.search(r",|\sand\b", rest[: first.start()])
                and not self.split_actor(text[joint.end() :])[0]
            ):
                return text[: joint.start()], text[joint.end() :]
        return text, ""

    def trigger(self, text: str) -> Fact:
        """A trigger clause: the tester's acts, or a condition."""
        acts: tuple[Act, ...] = ()
        inner = re.search(r"\s+(?:after|once)\s+", mask(text))
        earlier = self.trigger(text[inner.end() :]) if inner else Fact()
        head = text[: inner.start()] if inner else text
        acts = (
            self.acts(head, told=False, led=True)
            or self.passive(head)
            or self.acts(re.split(r",\s", head)[0], told=False, led=True)
        )
        if inner and not acts:
            return replace(earlier, conditions=(*earlier.conditions, head))
        return Fact((*earlier.acts, *acts), (*earlier.conditions, *(() if acts else (text,))), times=self.times(text))

    def halves(self, sentence: str) -> tuple[str, str]:
        """Trigger and consequent; an empty trigger where there is none."""
        masked = mask(sentence)
        if front := self._front.match(masked):
            start = front.end()
            for comma in re.finditer(r",\s*", masked[start:]):
                rest = masked[start + comma.end() :]
                if not self._goes_on(rest):
                    return sentence[start : start + comma.start()], sentence[start + comma.end() :]
            boundary = self._second_clause(masked, start)
            return (
                (sentence[start:boundary].strip(), sentence[boundary:].strip()) if boundary else (sentence[start:], "")
            )
        back = self._back.search(masked)
        if back and not (
            back["word"].lower() in ("after", "once")
            and not self._finite.search(" " + masked[back.end() :])
            and not self.acts(sentence[back.end() :], told=False, led=True)
        ):
            return sentence[back.end() :], sentence[: back.start()]
        return "", sentence

    def _goes_on(self, rest: str) -> bool:
        """Whether after a comma the trigger goes on: with another act, or another item of a list."""
        rest = re.sub(r"^(?:and|or|then)\s+", "", rest, flags=re.IGNORECASE)
        first = re.split(r",\s*", rest, maxsplit=1)[0]
        if re.match(r"(?:we|it|they|he|she|i|nothing|no|this|that)\s", rest, re.IGNORECASE):
            return False
        verb = self._verb.match(first)
        entry = self.verbs.entry(verb["verb"]) if verb else None
        if verb and entry and entry[1] == "third":
            return "," in rest
        return "," in rest and not self._finite.search(" " + first) and not self._imperative(first)

    def _second_clause(self, masked: str, start: int) -> int:
        """Where a consequent begins without a comma: after the door is closed | the printer warms up."""
        led = self._verb.match(masked, start)
        entry = self.verbs.entry(led["verb"]) if led else None
        gerund = led.end("verb") if led and entry and entry[1] == "gerund" else 0
        first = self._finite.search(masked, start)
        if not first:
            return 0
        position = gerund or first.end()
        for match in re.finditer(r"\s(?=\S)", masked[position:]):
            at = position + match.end()
            if (
                _NP_START.match(masked, at)
                and self._predicate(masked, at)
                and not re.search(
                    r"(?:\bto|\bof|\bin|\bon|\bthan|\bthat|\bwith|\bfor|\bfrom|\band|\bat)\s$",
                    masked[max(position, at - 6) : at],
                )
            ):
                first_verb = self._predicate(masked, at)
                between = masked[at : first_verb.start()] if first_verb else ""
                nested = any(
                    not re.search(
                        r"\b(?:to|of|in|on|with|for|from|and|at|by|under|over)\s$", between[: inner.start() + 1]
                    )
                    for inner in re.finditer(r"\s(?=(?:the|an?|it|they|no|all)\s)", between)
                )
                if (masked[position:at].split() or gerund) and not nested:
                    return at
        return 0

    def _predicate(self, masked: str, at: int) -> re.Match[str] | None:
        """The finite verb of the clause that begins here, known or told by its ending."""
        return self._finite.search(masked, at, at + 80) or _THIRD.search(masked, at, at + 60)

    def acts(self, text: str, *, told: bool, led: bool = False, actor: str | None = None) -> tuple[Act, ...]:
        """The acts of a clause, split only where both sides have a predicate of their own."""
        found, who, body = self.split_actor(text)
        inherited = who if found else actor or ""
        first = self.one(body, person=found or actor is not None, led=led, told=told)
        if first is None:
            return ()
        for joint in _JOINT.finditer(mask(body)):
            rest = body[joint.end() :]
            tail = self.acts(rest, told=told, led=led, actor=inherited)
            left = (
                self.one(body[: joint.start()], person=found or actor is not None, led=led, told=told) if tail else None
            )
            if left and tail:
                return (replace(left, actor=left.actor or inherited), *tail)
        return (replace(first, actor=inherited),)

    def one(self, text: str, *, person: bool, led: bool, told: bool) -> Act | None:
        """The clause as one act, where its verb is one that a person performs here."""
        text = self.bare(text)
        match = self._verb.match(text)
        entry = self.verbs.entry(match["verb"]) if match else None
        if match and entry:
            verb, form = entry
            if (
                verb.kind == "check"
                or verb.lemma in _UNDERGONE
                or (verb.kind == "system" and not (person and form in ("third", "base")))
            ):
                return None
            if re.match(rf"(?:{_BE}|of|successful|failure)\b", match["rest"]) or re.search(
                r"\b(?:never|do not|does not|cannot|must not)\s+$", text[: match.start("verb")], re.IGNORECASE
            ):
                return None
            fits = (
                (form == "base" and (person or led or self._imperative(text)))
                or (form == "third" and person)
                or (form == "gerund" and led)
                or (form in ("past", "participle") and person and led)
            )
            alone = not match["rest"].strip(" .") and verb.group not in ("login", "logout") and verb.lemma not in _ALONE
            return self.build(verb, match["rest"]) if fits and not alone else None
        match = self._bare_verb.match(text)
        if match and person and re.search(r"s$", match["verb"]) and self.verbs.is_third(match["verb"]):
            return self.build(self.verbs.guess(match["verb"], "third"), match["rest"])
        if match and led and re.fullmatch(r"[a-z-]{3,}ing", match["verb"]):
            return self.build(self.verbs.guess(match["verb"], "gerund"), match["rest"])
        return None

    def _imperative(self, text: str) -> bool:
        """A verb in its base form with an object behind it, and no finite verb behind that."""
        match = self._verb.match(text)
        entry = self.verbs.entry(match["verb"]) if match else None
        if not match or not entry or entry[1] != "base" or match.start("verb"):
            return False
        rest = mask(match["rest"])
        clause = re.split(
            r",|\s(?:and|then|so that|until|while|when|if|after|before|which|that|to see|where)\s", rest, maxsplit=1
        )[0]
        if self._finite.search(" " + clause):
            return False
        obvious = rf"(?:the|an?|this|that|it|its|your|all|any|one|two|\d|{MASK}|to|in|on|as|into|up|down|for|with|again|by|from|out|off|/)"
        return (
            not rest
            or bool(re.match(obvious, rest, re.IGNORECASE))
            or entry[0].ui
            or text[:1].isupper()
            or entry[0].kind == "action"
        )

    def passive(self, text: str) -> tuple[Act, ...]:
        """The door is closed -> Close the door; a product's verb gives none."""
        parts = re.split(r"\s+and\s+", mask(text))
        if len(parts) == 2 and all(self._passive.match(part) for part in parts):
            cut = len(parts[0])
            return (*self.passive(text[:cut]), *self.passive(text[cut:].removeprefix(" and ").strip()))
        match = self._passive.match(mask(text))
        entry = self.verbs.entry(match["verb"]) if match else None
        if not match or not entry or entry[0].kind != "action" or entry[1] not in ("past", "participle", "base"):
            return ()
        if re.search(r"\b(?:not|no|never|nothing)\b|n't", mask(text)) or " by the system" in text:
            return ()
        end = match.end("np")
        subject = re.sub(r"^(?:an|a)\s+", "the ", text[:end], flags=re.IGNORECASE)
        return (self.build(entry[0], subject + text[match.start("rest") :]),)

    def build(self, verb: Verb, rest: str) -> Act:
        """The act of a verb and what follows it."""
        rest = rest.strip(" .,")
        filled = (
            re.match(r"(.+?)\s+with\s+(.+)$", mask(rest)) if verb.lemma in ("fill in", "fill out", "complete") else None
        )
        if filled:  # fill in the form with a password: what is entered is the password
            form = next(iter(self.screens(rest[: filled.end(1)])), "")
            return replace(
                self.build(Verb("enter", "input", "action", "regular", ui=True), rest[filled.start(2) :]), screen=form
            )
        screen, rest = self._split_place(rest, verb)
        cut = re.search(
            rf"\s(?:{'|'.join(self.lexicon.data['patterns']['end_of_object'])})\b", mask(" " + rest), re.IGNORECASE
        )
        end = max(cut.start() - 1, 0) if cut else len(rest)
        names = [name.strip() for name in re.split(r"\s*,\s*(?:and\s+)?|\s+and\s+", mask(rest)[:end])]
        objects, start = [], 0
        for name in names:
            if name:
                at = mask(rest).find(name, start)
                objects.append(rest[at : at + len(name)])
                start = at + len(name)
        text = definite(f"{verb.lemma} {rest}".strip())
        return Act(text, verb.group if verb.kind == "action" else "do", tuple(map(definite, objects)), screen, "", None)

    def split_actor(self, text: str) -> tuple[bool, str, str]:
        """Whether a person is the subject, who it is where that matters, and the rest."""
        text = self.bare(text)
        masked = mask(text)
        match = self._actor.match(masked)
        if match and self._is_verb(match["verb"]):
            who = text[: match.end("who")]
            plain = _ARTICLE.sub("", who)
            if normalise(plain) in self._generic or normalise(plain.split()[-1]) in self._generic:
                return True, "", text[match.end() :]
            named = bool(re.search(r"\s[A-Z0-9]$|\s[A-Z][a-z]+$|^[A-Z][a-z]+$", plain))
            return True, plain if named else f"the {plain}", text[match.end() :]
        match = self._person.match(masked)
        if match and self._is_verb(match["verb"]):
            verb, form = self.verbs.entry(match["verb"]) or (None, "")
            known = (
                match["who"].lower() in self.lexicon.stop_terms
                or match["who"].lower() in self.lexicon.data["system_actors"]
                or self.verbs.entry(match["who"])
            )
            if (
                verb
                and form == "third"
                and not known
                and (verb.ui or verb.group in ("login", "logout", "send", "create", "delete", "change"))
                and verb.group != "open"
            ):
                return True, match["who"], text[match.end() :]
        return False, "", text

    def _is_verb(self, word: str) -> bool:
        return self.verbs.entry(word) is not None or self.verbs.is_third(word)

    def _by_subject(self, body: str, pattern: re.Pattern[str], verb: str) -> Fact | None:
        """ "Esc closes the dialog", '"Place order" creates the order', "POST /x returns": the subject is what one acts on."""
        match = pattern.match(mask(body))
        if not match or not (
            self.verbs.is_third(match["verb"])
            or match["verb"] in ("never", "must", "is", "are", "cycle", "will", "shall", "should")
        ):
            return None
        if match["verb"] in ("is", "are") and not re.match(
            rf"\s+{MASK}*\s*(?:answered|rejected|refused|accepted|confirmed)", match["rest"]
        ):
            return None
        what = body[: match.end("what")].strip()
        if not verb and MASK in match["what"] and not re.search(r"[\"“'`\[]", what):
            return None  # a file or an address, not a label
        key = re.match(rf"(?:the\s+)?{_KEY}\b", what)
        lemma = verb or ("Press" if key else "Click")
        what = re.sub(r"^(?:pressing|clicking|tapping|hitting)\s+", "", what, flags=re.IGNORECASE)
        screen, rest = self._split_place(what, Verb("click", "press", "action", "regular", ui=True))
        act = Act(f"{lemma.lower()} {rest}", "press" if not verb else "send", (rest,), screen)
        return Fact((act,), outcome=body[match.start("verb") :])

    def _by_gerund(self, body: str) -> Fact | None:
        """ "Clicking X shows Y": an act as the subject of what comes of it."""
        masked = mask(body)
        if not self._gerund.match(masked):
            return None
        for effect in self._finite.finditer(masked):
            head = masked[: effect.start()]
            if re.search(
                r"\b(?:after|when|while|once|if|until|that|which|who)\s+[^,]*$", head
            ) and not self._finite.search(re.split(r"\b(?:after|when|while|once|if|until|that|which|who)\s", head)[-1]):
                continue
            trigger, first = self.halves(body[: effect.start()])
            acts = self.acts(first or body[: effect.start()], told=False, led=True)
            before = self.trigger(trigger) if trigger else Fact()
            return (
                Fact((*before.acts, *acts), before.conditions, body[effect.start() :].strip(), self.times(body))
                if acts
                else None
            )
        return None

    def means(self, body: str) -> Fact | None:
        """ "A jam can be provoked by holding X", "The clock can be set in Y": how to bring something about."""
        match = self._means.match(mask(body))
        if not match:
            return None
        how, what = body[match.start("how") :], body[: match.end("what")]
        by = re.match(r"by\s+", how, re.IGNORECASE)
        if by:
            acts = self.acts(how[by.end() :], told=False, led=True)
        else:
            lemma = self.verbs.lemma_of_past(match["done"])
            acts = (
                (
                    Act(
                        f"{lemma} {definite(what[:1].lower() + what[1:])} {how.rstrip('. ')}",
                        (self.verbs.entry(lemma) or (Verb("", "change", "", "", ui=False), ""))[0].group,
                        (definite(what),),
                    ),
                )
                if lemma
                else ()
            )
        return Fact(acts, outcome=what, role="means") if acts else None

    def _leading_place(self, sentence: str) -> tuple[str, str]:
        masked = mask(sentence)
        place = re.match(r"(?:on|in|at|from)\s+", masked, re.IGNORECASE)
        screen = self._screen.match(masked, place.end()) if place else None
        if not screen or not (masked[screen.end() :].lstrip().startswith(",") or self.split_actor(sentence[screen.end() :])[0]):
            return sentence, ""
        return sentence[screen.end() :].lstrip(" ,"), sentence[screen.start(1) : screen.end(1)]

    def _split_place(self, rest: str, verb: Verb) -> tuple[str, str]:
        masked = mask(rest)
        match = self._screen.search(masked)
        if not match:
            return "", rest
        screen = rest[match.start(1) : match.end(1)]
        place = re.search(r"(?:^|,?\s*)\b(?:on|in|at|from)\s+$", masked[: match.start()], re.IGNORECASE)
        if verb.group != "open" and place and place.start():
            return screen, f"{rest[: place.start()].rstrip()} {rest[match.end() :].lstrip()}".rstrip(" ,")
        return (screen if verb.group == "open" and not place else ""), rest

    def screens(self, text: str) -> list[str]:
        """Named screens, as spelt, without the article."""
        return [text[match.start(1) : match.end(1)] for match in self._screen.finditer(mask(text[:_LONGEST]))]

    def bare(self, text: str) -> str:
        """A clause without "then", "next" and the like before it."""
        return (
            self._openings.sub("", text.strip(" ,"), count=1)
            if self._openings.match(text.strip(" ,"))
            else text.strip(" ,")
        )

    def times(self, text: str) -> int | None:
        """Five times -> 5, twice -> 2, where something is done more than once."""
        numbers: dict[str, int] = self.lexicon.data["numbers"]
        plain = normalise(mask(text))
        match = re.search(
            rf"\b(?:(\d{{1,3}}|{'|'.join(numbers)})\s+(?:(?:consecutive|failed|wrong)\s+|times\b)|(twice)\b)", plain
        )
        if not match or re.search(r"(?:up to|at most|within|maximum of|no more than|only)\s+$", plain[: match.start()]):
            return None
        word = match.group(1) or match.group(2)
        count = numbers.get(word) or int(word)
        return count if 2 <= count <= 100 else None


def definite(name: str) -> str:
    """The case has spoken of it: an expired link -> the expired link."""
    return re.sub(r"^((?:\S+\s)?)(?:an?)\s+(?=\S)", r"\1the ", name.strip(), count=1)
