"""Finds the acts of an English clause: who does them, where, and to what."""

import re
from dataclasses import replace

from testgen.drafting.outline.english.passives import Passives
from testgen.drafting.outline.english.verbs import EnglishVerbs
from testgen.drafting.outline.lexicon import Lexicon, Verb
from testgen.drafting.outline.model import Act
from testgen.text.marks import MASK, mask
from testgen.text.normal import normalise

_LONGEST = 600  # characters; what is longer is no sentence
_ARTICLE = re.compile(r"^(?:the|an?|each|another|any|every|some)\s+", re.IGNORECASE)
_BE = r"(?:is|are|was|were|has been|have been|gets?|being|be|remains?|stays?)"
_JOINT = re.compile(
    r"\s*,\s*and then\s+|\s*,\s*then\s+|\s+and then\s+|\s*,\s*and\s+|\s+and\s+|\s*,\s*|\s+then\s+|\s*->\s*|\s*→\s*",
    re.IGNORECASE,
)
_IS_THEN = re.compile(r",?\s+and\s+(?:is|are|was|were|has|have|gets|sees)\b")  # presses Cancel and is back
_SIGNS = {"login": ("log in", "login"), "logout": ("log out", "logout")}  # as they are written where a verb is meant
_PLURAL = re.compile(r"[a-z]+s (?:stay|remain|go|get|become|keep|appear|contain|need|have|come)\b")  # open tasks stay
_HOW = frozenset(("incoming", "outgoing", "ongoing", "upcoming", "existing", "missing", "pending", "remaining"))
NOUNS = frozenset(
    [
        "check",
        "order",
        "book",
        "place",
        "post",
        "request",
        "record",
        "filter",
        "search",
        "sort",
        "issue",
        "report",
        "change",
        "update",
        "start",
        "stop",
        "access",
        "use",
        "return",
        "print",
        "copy",
        "scan",
        "log",
        "name",
        "point",
        "answer",
        "mark",
        "call",
        "back",
        "review",
        "display",
        "list",
        "cut",
        "power",
    ]
)  # verbs that are nouns as well: an imperative only with an object that is surely one


class Acts(Passives):
    """Finds the acts of an English clause: who does them, where, and to what."""

    lexicon: Lexicon
    verbs: EnglishVerbs
    _generic: set[str]
    _actor: re.Pattern[str]
    _person: re.Pattern[str]
    _verb: re.Pattern[str]
    _bare_verb: re.Pattern[str]
    _passive: re.Pattern[str]
    _openings: re.Pattern[str]
    _finite: re.Pattern[str]
    _screen: re.Pattern[str]

    def acts(self, text: str, *, told: bool, led: bool = False, actor: str | None = None) -> tuple[Act, ...]:
        """The acts of a clause, split only where both sides have a predicate of their own."""
        found, who, body = self.split_actor(text)
        if effect := _IS_THEN.search(mask(body)):
            body = body[: effect.start()]
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
                or verb.lemma in self.verb_set("undergone")
                or (
                    verb.kind == "system"
                    and not (person and form in ("third", "base"))
                    and not (led and form == "gerund")
                )
            ):
                return None
            if form == "gerund" and self.verbs.is_third(match["rest"].split(" ", 1)[0]):
                return None
            if re.match(rf"(?:{_BE}|of|successful|failure)\b", match["rest"]) or re.search(
                r"\b(?:never|not|cannot)\b|n['’]t\b", text[: match.start("verb")], re.IGNORECASE
            ):
                return None
            if form == "base" and self.verbs.is_participle(match["rest"].strip()):
                return None  # Save pressed
            fits = (
                (form == "base" and (person or led or self._imperative(text)))
                or (form == "third" and person)
                or (form == "gerund" and led)
                or (form in ("past", "participle") and person and led)
            )
            alone = (
                (not match["rest"].strip(" .") or match["rest"].startswith(","))  # period and format, click Export
                and verb.group not in ("login", "logout")
                and verb.lemma not in self.verb_set("alone")
            )
            return self.build(verb, match["rest"]) if fits and not alone else None
        match = self._bare_verb.match(text)
        if match and person and re.search(r"s$", match["verb"]) and self.verbs.is_third(match["verb"]):
            return self.build(self.verbs.guess(match["verb"], "third"), match["rest"])
        if match and led and re.fullmatch(r"[a-z-]{3,}ing", match["verb"]) and match["verb"] not in _HOW:
            known = self.verbs.entry(match["verb"])
            return self.build(known[0] if known else self.verbs.guess(match["verb"], "gerund"), match["rest"])
        return None

    def _imperative(self, text: str) -> bool:
        """A verb in its base form with an object behind it, and no finite verb behind that."""
        match = self._verb.match(text)
        entry = self.verbs.entry(match["verb"]) if match else None
        if (
            not match
            or not entry
            or entry[1] != "base"
            or match.start("verb")
            or (match["verb"].isupper() and len(match["verb"]) > 1)
            or match["rest"][:1] in ("=", ":")
            or " = " in match["rest"]
        ):
            return False
        rest = mask(match["rest"])
        if entry[0].lemma == "use" and re.match(r"\S+ to [a-z]", rest):
            return True
        clause = re.split(
            r",|\s(?:and|then|so that|until|while|when|if|after|before|which|that|to see|where)\s", rest, maxsplit=1
        )[0]
        if self._finite.search(" " + clause) or _PLURAL.match(rest):
            return False
        if entry[0].lemma in NOUNS and not re.match(rf"(?:the|an?|this|your|all|to|with|[A-Z\d{MASK}\"'“])", rest):
            return False
        obvious = rf"(?:the|an?|this|that|it|its|your|all|any|one|two|\d|{MASK}|to|in|on|as|into|up|down|for|with|again|by|from|out|off|/)"
        return (
            not rest
            or bool(re.match(obvious, rest, re.IGNORECASE))
            or entry[0].ui
            or text[:1].isupper()
            or rest[:1].isupper()
            or entry[0].kind == "action"
        )

    def build(self, verb: Verb, rest: str) -> Act:
        """The act of a verb and what follows it."""
        rest = re.sub(r"\s*\([^()]*>[^()]*\)", "", rest)
        rest = re.sub(r", default(?:s to| is|:)? \w+$", "", rest.strip(" .,"))
        rest = re.sub(r"\s(?:also|too|as well|always|that|which|who)$", "", rest.strip(" .,"))
        filled = (
            re.match(r"(.+?)\s+with\s+(.+)$", mask(rest)) if verb.lemma in ("fill in", "fill out", "complete") else None
        )
        if filled:  # fill in the form with a password: what is entered is the password
            form = next(iter(self.screens(rest[: filled.end(1)])), "")
            return replace(
                self.build(Verb("enter", "input", "action", "regular", ui=True), rest[filled.start(2) :]), screen=form
            )
        if verb.lemma in _SIGNS:
            verb = Verb(*_SIGNS[verb.lemma], "action", "regular", ui=False)
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
        rest = rest.replace("**", "") if rest.count("**") % 2 else rest
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
            led = re.match(r"\w+\s", text[match.end() :]) and not text[match.end() :].lower().startswith(
                match["verb"].lower()
            )
            short = not re.fullmatch(
                r"[A-Z][a-z]+(?: [A-Z])?", match["who"]
            )  # A, ap.clerk: nothing of the product is called so
            done = verb and (verb.ui or verb.group in ("login", "logout", "send", "create", "delete", "change"))
            if (
                verb
                and (
                    form in (("third", "past", "participle") if short else ("third",))
                    or (short and form == "base" and led)
                )
                and not (known and not short)
                and (verb.kind == "action" if short else done and verb.group != "open")
            ):
                return True, match["who"], text[match.end() :]
        return False, "", text

    def _is_verb(self, word: str) -> bool:
        return self.verbs.entry(word) is not None or self.verbs.is_third(word)

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
