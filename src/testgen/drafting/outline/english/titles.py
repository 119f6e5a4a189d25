"""What a title or an objective tells as the tester's act: what is verified that somebody can do, or the event that it names."""

import re
from dataclasses import replace

from testgen.drafting.outline.english.acts import NOUNS, definite
from testgen.drafting.outline.english.reader import Reader
from testgen.drafting.outline.lexicon import Lexicon
from testgen.drafting.outline.model import Act, Fact
from testgen.text.marks import mask

_VERIFIES = re.compile(
    r"(?:(?:this|the) test(?: case)?\s+)?(?:verif(?:y|ies)|checks?|tests?|ensures?|make sure|confirms?|validates?|proves?|shows?)\s+(?:(?:that|whether|if|how)\s+|(?=(?:the |an? )?[a-z]))",
    re.IGNORECASE,
)
_MAY = re.compile(
    r"(?P<who>[^,;:]{1,60}?)\s+(?:(?:can|may|must|should|is able to|are able to|is allowed to|are allowed to)(?:\s?not|'t|\s+only|\s+also|\s+still|\s+no longer)?|cannot)\s+(?:(?P<be>be)\s+)?(?:\w+ly\s+)?(?P<do>[a-z].+)$"
)
_DENIED = re.compile(r"\b(?:cannot|can't|may not|must not|not (?:able|allowed)|no longer)\b")
_BY = re.compile(r"\s+by\s+(?P<who>(?:the |an? )?[\w-]+(?: [\w-]+)?)$")
_PREPOSITION = re.compile(
    r"\s(?=(?:of|to|from|into|in|on|at|with|without|for|by|via|as|over|under|through|between|during|after|while|across|when|before)\s)"
)
_COLON = re.compile(r"\s+[-–—]\s+|:\s+|;\s+")
_ING = re.compile(r"[A-Z][a-z]{2,18}ing\s(?:an?|the|one|two|more|several|to|\d+|[a-z]+(?<!s)s)\b")
_ING_OF = re.compile(r"(?P<do>[A-Z][a-z]{2,18}ing)(?: and [a-z]{2,18}ing)? of (?P<what>(?:the |an? )?[\w -]{3,60})$")
_GOES = re.compile(r"\w+(?: (?:away|off|out|in|back|up|down|on|home))?$")  # walks away: nothing is done to anything
_UNKNOWN = re.compile(r"\b(?:an?|the|this|one) [a-z-]+(?= [a-z]{3,}(?<!s)s\b)")  # a customer | tolerates
_ALONE = re.compile(r"(?P<do>[A-Z][a-z]{2,18}ing) (?:goes on|continues|stops|resumes|restarts|fails|works)\b")
_THIRD = re.compile(r"\s[a-z]{3,}s(?=\s(?:the|an?|to|in|on|all|no)\b)")
_ORDERS = re.compile(r"[A-Z][a-z]+(?<!ing) (?:to|in|from|with|without|the|an?|into|as|\d|[A-Z])")
_HEADLINE = re.compile(r"(?P<verb>[A-Z][a-z]+) (?P<what>[a-z].+)$")
_COUNTED = re.compile(r"(?:one|two|three|several|more|all|an?|the|its?|\d+)\b")
_IS = re.compile(r"\s(?:is|are|was|were|can|cannot|must|may|has|have|does|do|will)\s")
_AND_THAT = re.compile(r",? and that\b")
_DONE_BY = re.compile(
    r"(?P<what>[^,]{1,80}?)\s+(?:is|are)\s+(?P<do>[a-z]+\b.*?\bby\s+(?P<who>(?:the |an? )?[\w-]+(?: [\w-]+)?))$"
)
_AFTER = re.compile(r"(?P<do>[^,;:]{2,80}?)\s+after\s+(?P<first>.{3,})$")
_DONE = re.compile(r"(?P<verb>[a-z]+)(?: (?P<particle>back|up|down|off|on|in|out))?\b")
_WISH = re.compile(r"\b(?:must|shall|should)\b")
_SUFFERED = re.compile(
    r"(?:no|nothing|only|two|several|all|failed|successful|missing|duplicate|late|invalid|automatic)\b", re.IGNORECASE
)
_NO_ORDER = re.compile(r"[,;/]|\s(?:and|of|after|before|while|when)\s")
_LONGEST = 160  # characters of a title that are read
_WORDS = 4  # of a compound that names one event
_COMPOUND = 3  # words of an object without an article


class Titles:
    """Reads titles."""

    lexicon: Lexicon
    reader: Reader

    def heading(self, text: str) -> Fact:
        """See `Tongue.heading`."""
        plain = _AND_THAT.split(_VERIFIES.sub("", text.strip(" ."), count=1)[:_LONGEST])[0]
        cut = _COLON.search(mask(plain))
        parts = (plain[: cut.start()], plain[cut.end() :]) if cut else (plain,)
        told = (
            self._then(parts[0])
            or self._imperative(parts[0])
            or self._told(plain)
            or self._headline(parts[0])
            or next(filter(None, map(self._event, parts)), ())
            or (self._behind_topic(parts[1]) if len(parts) > 1 else ())
        )
        return Fact(told)

    def _told(self, text: str) -> tuple[Act, ...]:
        """The first form that a title has; an event is the last that is looked for."""
        after = _AFTER.match(mask(text))
        if after and (first := self._before(text[after.start("first") :])):
            do = text[: after.end("do")]
            if _ALONE.match(do + " "):
                return self._adding(do + " ")
            if self.predicate(do):  # the download is resumed after a break: it has begun before
                return (*self._event(do), *first)
            return (*first, *(self._imperative(do) or self._event(do) or self._alone(do)))
        if after:
            return ()
        trigger, rest = self.reader.halves(text)
        acts = self.reader.trigger(trigger).acts if trigger and not after else ()
        if rest and rest != text and (main := self._imperative(rest) or self._event(rest)):
            return main
        acts = tuple(act for act in acts if not _GOES.match(act.text))
        found = self.reader.by_gerund(text)
        return (
            acts
            or (found.acts if found else ())
            or self._possible(text)
            or self._imperative(text)
            or self._adding(text)
            or self._by_person(text)
        )

    def _before(self, text: str) -> tuple[Act, ...]:
        """Undo after find and replace, after "Replace All": what comes first."""
        end = self.predicate(text)
        label = text[:end].strip() if end else text
        if re.fullmatch(r"\"[^\"]{1,40}\"", label):
            return (Act(self.lexicon.phrase("press_label", label=label), "press", (label,)),)
        return self.reader.acts(text, told=False, led=True) or self.reader.passive(text)

    def _alone(self, text: str) -> tuple[Act, ...]:
        """Undo, as a word of its own."""
        verb = self.reader.verbs.entry(text)
        known = verb and verb[1] == "base" and verb[0].lemma in self.lexicon.data["verbs"]["alone"]
        return (Act(text.lower(), "do"),) if known else ()

    def _possible(self, text: str) -> tuple[Act, ...]:
        """A user can cancel an order; a flag can be rolled back by an admin; a nurse may not change the dose."""
        found = _MAY.match(mask(text))
        if not found:
            return ()
        who, do = text[: found.end("who")], text[found.start("do") : found.end("do")]
        attempt = self.lexicon.phrase("try_to") if _DENIED.search(mask(text)) else ""
        if found["be"]:
            return self._undergoes(who, do, attempt)
        person, actor, _ = self.reader.split_actor(f"{who} does it")
        if not person:
            return ()
        acts = self.reader.acts(do, told=True, led=True) or (Act(definite(do), "do", (do.partition(" ")[2],)),)
        first = replace(acts[0], text=attempt + acts[0].text)
        return tuple(replace(act, actor=actor) for act in (first, *acts[1:]))

    def _undergoes(self, what: str, do: str, attempt: str) -> tuple[Act, ...]:
        """The flag (can be) rolled back by an admin -> as the admin, roll back the flag."""
        found = _DONE.match(mask(do))
        lemma = (
            (self._lemma(f"{found['verb']} {found['particle'] or ''}") or self._lemma(found["verb"])) if found else None
        )
        if not found or not lemma:
            return ()
        by = _BY.search(do)
        rest = do[found.end("verb") : by.start() if by else len(do)]
        rest = rest.removeprefix(f" {found['particle']}") if " " in lemma else rest
        article = "" if re.match(r"(?:an?|the|every|each|all|\d+)\s|[A-Z]\w*\d", what) else "the "
        actor = re.sub(r"^(?:an?|the) ", "the ", by["who"]) if by else ""
        text = f"{attempt}{lemma} {article}{_lower(what)}{rest}"
        return (Act(definite(text), "do", (_lower(what),), "", actor),)

    def _lemma(self, word: str) -> str | None:
        return self.reader.verbs.lemma_of_past(word.strip())

    def _imperative(self, text: str) -> tuple[Act, ...]:
        """Renew a borrowed book; a noun with a finite verb behind it is none."""
        if self.reader.finite(text) or not _ORDERS.match(text):
            return ()
        plain = _lower(text)
        verb, _, rest = plain.partition(" ")
        sure = re.match(r"(?:an?|the)\s", rest) and verb.isalpha() and verb not in self.lexicon.stop_terms
        unknown = sure and verb not in self.lexicon.data["leading"]
        return self.reader.acts(plain, told=True, led=True) or ((Act(plain, "do", (rest,)),) if unknown else ())

    def _headline(self, text: str) -> tuple[Act, ...]:
        """Export audit log to CSV, Upload profile photo: an order without an article, and no compound that begins with a noun."""
        found = _HEADLINE.match(mask(text))
        entry = self.reader.verbs.entry(found["verb"]) if found else None
        if not found or not entry or entry[1] != "base" or entry[0].kind not in ("action", "told") or _IS.search(text):
            return ()
        what = text[found.start("what") :].partition(",")[0]
        cut = _PREPOSITION.search(mask(what))
        words = (what[: cut.start()] if cut else what).split()
        told = any(word in self.lexicon.stop_terms or self._lemma(word) for word in words if not _COUNTED.match(word))
        sure = cut or (len(words) > 1 and entry[0].lemma not in NOUNS)
        if (
            told
            or not sure
            or len(words) > _COMPOUND
            or words[-1] in self.lexicon.data["deeds"]
            or self.reader.finite(f"{found['verb']} {' '.join(words)}")
        ):
            return ()
        article = "" if _COUNTED.match(what) else "the "
        return self.reader.acts(f"{entry[0].lemma} {article}{what}", told=True, led=True)

    def _then(self, text: str) -> tuple[Act, ...]:
        """Freeze top row then sort: one act after the other."""
        parts = re.split(r",? then ", text)
        told = [self._headline(part) or self._verb_first(part) for part in parts] if len(parts) > 1 else []
        new = [not self.reader.verbs.entry(part.split(" ", 1)[0].lower()) and " " in part for part in parts]
        if not any(told) or not all(acts or word for acts, word in zip(told, new, strict=True)):
            return ()
        return tuple(
            act for part, acts in zip(parts, told, strict=True) for act in acts or (Act(_lower(part), "do", (part,)),)
        )

    def _behind_topic(self, text: str) -> tuple[Act, ...]:
        """Gradebook: drop lowest quiz: an order behind the topic, in small letters."""
        plain = text[:1].islower() and " " in text and not _NO_ORDER.search(text)
        return self._verb_first(text) if plain else ()

    def _verb_first(self, text: str) -> tuple[Act, ...]:
        """A known verb of an act, alone or with its object."""
        entry = self.reader.verbs.entry(text.split(" ", 1)[0].lower())
        known = entry and entry[1] == "base" and entry[0].kind in ("action", "told")
        known = known and (" " not in text or (entry and entry[0].lemma not in NOUNS))
        if not known or self.reader.finite(text):
            return ()
        return (Act(_lower(text), "do", (text.partition(" ")[2],)),)

    def _adding(self, text: str) -> tuple[Act, ...]:
        """Adding a stop to a bus route; with what comes of it, where that has a verb."""
        if of := _ING_OF.match(text):
            return self.reader.acts(f"{of['do'].lower()} {of['what']}", told=False, led=True)
        if alone := _ALONE.match(text):
            return (Act(f"start {alone['do'].lower()}", "do", (alone["do"].lower(),)),)
        adding = _ING.match(text)
        if not adding:
            return ()
        effect = self.predicate(text) or next(
            (found.start() for found in _THIRD.finditer(mask(text)) if found.start() > adding.end()), 0
        )
        told = re.sub(r"\s+(?:that|which|who)$", "", text[:effect].rstrip()) if effect else text
        return self.reader.acts(_lower(told), told=False, led=True)

    def _by_person(self, text: str) -> tuple[Act, ...]:
        """Teacher publishes grades; an order is cancelled by the customer."""
        told = self.reader.facts(_lower(text), told=False)[0]
        if (
            told.plain
            and told.acts[0].actor
            and told.acts[0].objects
            and self.reader.verbs.entry(told.acts[0].text.split(" ", 1)[0])
        ):
            return told.acts
        found = _DONE_BY.match(mask(text))
        if not found or not self._is_person(found["who"]):
            return ()
        return self._undergoes(text[: found.end("what")], text[found.start("do") :], "")

    def _event(self, text: str) -> tuple[Act, ...]:
        """Export to CSV opens correctly; change of tariff; message to a blocked user: the event is carried out."""
        if _WISH.search(text) or re.search(r" and |, ", text):
            return ()  # two things at once are a topic, and no act
        verb = self.predicate(text)
        noun = re.sub(
            r"\s+(?:while|after|before|when|for which|which|that|whose|where)\s.*$",
            "",
            text[:verb].strip(" ,") if verb else text,
        )
        cut = _PREPOSITION.search(mask(noun))
        compound, rest = (noun[: cut.start()], noun[cut.start() :]) if cut else (noun, "")
        words = compound.split()
        head = words[-1].lower() if words else ""
        deed, sent = self.lexicon.data["deeds"].get(head), self.lexicon.data["handled"].get(head)
        if unknown := _UNKNOWN.search(noun) if not verb else None:
            rest, noun = rest[: len(rest) - len(noun) + unknown.end()], noun[: unknown.end()]
        if not deed and not (sent and (rest or verb)):
            return ()
        if len(words) > _WORDS or (len(words) == 1 and not rest and not (deed and verb)) or _SUFFERED.match(compound):
            return ()
        if deed and len(words) == 1 and rest.startswith(" of "):
            what = rest.removeprefix(" of ")
            article = "" if re.match(r"(?:an?|the|\d)\b|[A-Z]", what) else "the "
            return (Act(f"{deed} {article}{what}", "do", (f"{article}{what}",)),)
        named = ("" if re.match(r"(?:the|an?|\d+)\s", compound, re.IGNORECASE) else "the ") + _lower(noun)
        how = "trigger" if named.startswith("the incoming ") else "carry out" if deed else sent
        return (Act(f"{how} {named}", "do", (named,)),)

    def _is_person(self, who: str) -> bool:
        return self.reader.split_actor(f"{who} does it")[0]

    def predicate(self, text: str) -> int:
        """Where the finite verb of a text begins; 0 for none."""
        raise NotImplementedError


def _lower(text: str) -> str:
    """Without the capital of a sentence; an abbreviation keeps its letters."""
    return text if re.match(r"[A-Z]{2}|[A-Z]\w*[A-Z\d]", text) else text[:1].lower() + text[1:]
