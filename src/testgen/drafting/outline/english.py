"""Rules 3 to 6 for English: clauses, their class, trigger and consequent, actions and screens."""

import re
from dataclasses import replace

from testgen.domain.language import Language
from testgen.drafting.outline.grammar import Wording
from testgen.drafting.outline.lexicon import Lexicon, Verb, load_lexicon, quoted_terms
from testgen.drafting.outline.model import Action, Reaction
from testgen.drafting.outline.sentences import MASK, mask, normalise

_WHEN = r"(?:immediately |only |even )?(?:when(?:ever)?|if|after|once|as soon as|upon|each time|every time|in case)"
_FRONT = re.compile(
    rf"^(?:then |and |but |however, |otherwise, |in this case, |next, |finally, )*{_WHEN}\s+", re.IGNORECASE
)
_BACK = re.compile(rf",?\s+{_WHEN}\s+(?=\S+\s)", re.IGNORECASE)
_THEN = re.compile(r"^(?:then|and then|also|next|finally|first|afterwards|otherwise|however)[, ]\s*", re.IGNORECASE)
_JOINT = re.compile(
    r"(?:\s*,\s*and then\s+|\s*,\s*then\s+|\s+and then\s+|\s*,\s*and\s+|\s+and\s+|\s*,\s*|\s+then\s+)", re.IGNORECASE
)
_NAMES = re.compile(r"\s*,\s*and\s+|\s+and\s+|\s*,\s*", re.IGNORECASE)
_MODAL = r"(?:(?:can|may|must|should|will|could|has to|have to|needs to|need to|wants to|tries to|try to|attempts to|is able to|has|have|had|then|also|again|now|first|successfully|immediately|simply)\s+)*"
_BE = r"(?:is|are|was|were|has been|have been|gets?|being|be)"
_PREPOSITION = re.compile(
    r"\s+(?:in|into|on|onto|at|from|to|for|with|as|of|under|by|via|through|between|more|less|within|without|twice|again|once|\d+ times|\w+ times|that|which|while|until|before|after|using)\b",
    re.IGNORECASE,
)
_NUMBERS = {
    "twice": 2,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
}
_TIMES = re.compile(
    r"\b(?:(\d+|" + "|".join(_NUMBERS) + r")\s+(?:consecutive\s+|failed\s+|times\b)|(twice)\b)", re.IGNORECASE
)
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}
_ORDINAL = re.compile(r"\b(" + "|".join(_ORDINALS) + r")\b", re.IGNORECASE)
_PRESERVES = re.compile(
    r"\b(?:not|no|never|nothing|nobody|none|cannot|unchanged|still|remains?|keeps?|stays?)\b|n't\b", re.IGNORECASE
)
_WORD = re.compile(r"[a-z0-9][a-z0-9_-]*")
_SCREEN_VERBS = r"(?:on|in|at|from|to|via)"


class English:
    """What the planner asks of English."""

    language: Language = "en"
    separator = ". "
    wording: Wording

    def __init__(self) -> None:
        self.lexicon: Lexicon = load_lexicon("en")
        words = self.lexicon.data
        self._lemma: dict[str, tuple[Verb, str]] = {}
        for verb in sorted(self.lexicon.verbs, key=lambda verb: verb.kind != "system"):
            for surface, form in _inflect(verb, words["verbs"][verb.group]).items():
                known = self._lemma.get(surface)
                self._lemma[surface] = (verb, known[1] if known and known[0] is verb else form)
        verbs = "|".join(re.escape(form) for form in sorted(self._lemma, key=len, reverse=True))
        actors = "|".join(sorted(map(re.escape, words["actor_nouns"] + words["pronouns"]), key=len, reverse=True))
        named = rf"(?:(?:the|a|an|each|another|any|every)\s+)?(?:\w+\s+)?(?:{actors})(?:\s+[A-Z0-9]\b)?"
        self._actor = re.compile(
            rf"^({named}(?:\s+and\s+{named})?)(?:\s+who\s+[^,]+?)?\s+(?={_MODAL}(?:{verbs})\b)", re.IGNORECASE
        )
        self._active = re.compile(rf"^{_MODAL}(?P<verb>{verbs})\b\s*(?P<rest>.*)$", re.IGNORECASE | re.DOTALL)
        self._passive = re.compile(
            rf"^(?P<np>[^,]+?)\s+{_BE}\s+(?:\w+ly\s+|not\s+)?(?P<verb>{verbs})\b(?P<rest>.*)$",
            re.IGNORECASE | re.DOTALL,
        )
        screens = "|".join(words["screen_nouns"])
        self._screen = re.compile(
            rf"\bthe\s+((?:(?!the\b|a\b|an\b|to\b|on\b|in\b|of\b|same\b|this\b|and\b)[\w{MASK}'-]+\s+){{1,3}}(?:{screens}))\b",
            re.IGNORECASE,
        )
        self._place = re.compile(rf"(?:^|,?\s*)\b{_SCREEN_VERBS}\s+$", re.IGNORECASE)

    def parse(self, sentence: str) -> list[Reaction]:
        """Rules 3 to 5: what the tester does in this sentence, and what comes of it."""
        body, place = self._leading_place(sentence)
        trigger, consequent = self._halves(body)
        reactions = [Reaction(sentence=sentence)]
        if trigger:
            reactions[0] = self._trigger(trigger, sentence)
            more = self._actions(consequent, need_ui=True) if not self._is_system(consequent) else ()
            if more:
                reactions[0] = replace(reactions[0], actions=reactions[0].actions + more)
            else:
                reactions[0] = replace(reactions[0], outcome=consequent)
        elif reaction := self._gerund(body, sentence) or self._who(body, sentence):
            reactions[0] = reaction
        elif actions := self._actions(body, need_ui=True):
            reactions[0] = replace(reactions[0], actions=actions, times=self.times(body))
        else:
            reactions[0] = Reaction(outcome=body, sentence=sentence)
        if place:
            reactions[0] = _in_place(reactions[0], place)
        return reactions

    def times(self, text: str) -> int | None:
        """ "5 times", "twice", "three consecutive" -> the number, where something is done more than once."""
        match = _TIMES.search(normalise(mask(text)))
        if not match or re.search(
            r"(up to|at most|within|maximum of|no more than)\s+$", normalise(text)[: match.start()]
        ):
            return None
        word = match.group(1) or match.group(2)
        count = _NUMBERS.get(word) or int(word)
        return count if 2 <= count <= 100 else None

    def terms(self, text: str) -> frozenset[str]:
        """Content terms, stemmed, with quoted labels apart."""
        words = {_stem(word) for word in _WORD.findall(normalise(text)) if word not in self.lexicon.stop_terms}
        return frozenset({word for word in words if len(word) > 1} | quoted_terms(text))

    def ordinal(self, text: str) -> int | None:
        """The second -> 2."""
        match = _ORDINAL.search(mask(text))
        return _ORDINALS[match.group(1).lower()] if match else None

    def preserves(self, text: str) -> bool:
        """Is unchanged, is not sent."""
        return bool(_PRESERVES.search(mask(text)))

    def sentence(self, text: str) -> str:
        """With a capital."""
        return text[:1].upper() + text[1:]

    def screens(self, text: str) -> list[str]:
        """Named screens, as spelt, without the article."""
        return [text[match.start(1) : match.end(1)] for match in self._screen.finditer(mask(text))]

    def render(self, action: Action, objects: tuple[str, ...] | None = None) -> str:
        """The action as one imperative sentence."""
        names = action.objects if objects is None else objects
        joined = ", ".join(names[:-1]) + " and " + names[-1] if len(names) > 1 else "".join(names)
        text = f"{action.head}{joined}{action.tail}".strip()
        if action.actor:
            return self.lexicon.phrase("as_actor", actor=action.actor, action=text[0].lower() + text[1:])
        return text[0].upper() + text[1:]

    def observe(self, outcome: str) -> str:
        """A consequent as a tester sees it: "the system shows X" -> "X is shown"."""
        text = _THEN.sub("", outcome.strip(" ,"))
        match = re.match(
            rf"^(?:the |a )?(?:{'|'.join(self.lexicon.data['system_actors'])})\s+(?:then\s+|also\s+)?(shows|displays|returns|reports)\s+(?P<np>.+)$",
            text,
            re.IGNORECASE | re.DOTALL,
        )
        if match and " and " not in mask(match.group("np")):
            participle = {"shows": "shown", "displays": "displayed", "returns": "returned", "reports": "reported"}[
                match.group(1).lower()
            ]
            text = f"{match.group('np')} is {participle}"
        return text[:1].upper() + text[1:]

    def lemma_of(self, word: str, form: str) -> str | None:
        """The base of a verb form, where the word list has it in that form."""
        verb, found = self._lemma.get(normalise(word), (None, ""))
        same = (
            found == form
            or (form == "past" and found == "participle")
            or (form == "base" and found == "past" and verb and verb.lemma == word)
        )
        return verb.lemma if verb and (same or verb.lemma == normalise(word)) else None

    def participle_of(self, lemma: str) -> str | None:
        """delete -> deleted, reset -> reset; regular verbs that the list does not know as well."""
        word = normalise(lemma)
        known = self._lemma.get(word)
        forms = _inflect(known[0], self.lexicon.data["verbs"][known[0].group]) if known else {}
        listed = next((surface for surface, form in reversed(forms.items()) if form in ("participle", "past")), None)
        return listed or (word + ("d" if word.endswith("e") else "ed") if word.isalpha() else None)

    def _leading_place(self, sentence: str) -> tuple[str, str | None]:
        """Takes "On the Cart page, …" off."""
        match = re.match(rf"^{_SCREEN_VERBS}\s+the\s+[^,]+,\s*", mask(sentence), re.IGNORECASE)
        screens = self.screens(sentence[: match.end()]) if match else []
        return (sentence[match.end() :], screens[0]) if match and screens else (sentence, None)

    def _halves(self, sentence: str) -> tuple[str, str]:
        """Trigger and consequent; an empty trigger where there is none."""
        masked = mask(sentence)
        if front := _FRONT.match(masked):
            for comma in re.finditer(r",\s*(?:then\s+)?", masked[front.end() :]):
                begin, end = front.end() + comma.start(), front.end() + comma.end()
                if not self._continues(sentence[end:]):
                    return sentence[front.end() : begin], sentence[end:]
            return sentence[front.end() :], ""
        if back := _BACK.search(masked):
            return sentence[back.end() :], sentence[: back.start()]
        if then := re.search(r"(?:,\s*|\s+and\s+)then\s+", masked):
            left, right = sentence[: then.start()], sentence[then.end() :]
            if self._actions(left, need_ui=False) and self._is_system(right):
                return left, right
        return "", sentence

    def _continues(self, rest: str) -> bool:
        """Whether the text after a comma goes on with the trigger: another action, or another item of a list."""
        rest = re.sub(r"^and\s+", "", rest, flags=re.IGNORECASE)
        first = re.split(r",\s*", mask(rest), maxsplit=1)[0]
        has_more = "," in mask(rest)
        return has_more and (
            bool(self._one_action(rest[: len(first)]))
            or not re.search(r"\s(?:is|are|shows?|displays?|\w+s|cannot|can|will|must)\s", first)
        )

    def _trigger(self, text: str, sentence: str) -> Reaction:
        earlier: tuple[Action, ...] = ()
        if (inner := re.search(r"\s+(?:after|once)\s+", mask(text))) and (
            earlier := self._actions(text[inner.end() :], need_ui=False)
        ):
            text = text[: inner.start()]
        actions = self._actions(text, need_ui=False)
        if not actions and (passive := self._passive_action(text)):
            actions = (passive,)
        if actions and earlier:
            named = actions[0].objects
            actions = (
                *(replace(action, objects=named) if action.objects == ("it",) else action for action in earlier),
                *actions,
            )
        return Reaction(actions, conditions=() if actions else (text,), times=self.times(text), sentence=sentence)

    def _actions(self, text: str, *, need_ui: bool) -> tuple[Action, ...]:
        """Rule 5: the actions of a clause, split only where both sides have a predicate of their own."""
        actor, body = self._split_actor(text)
        first = self._one_action(body)
        if first is None or (need_ui and actor is None and not (first.ui or self._imperative(body) or first.screen)):
            return ()
        masked = mask(body)
        for joint in _JOINT.finditer(masked):
            other, rest = self._split_actor(body[joint.end() :])
            if self._one_action(rest):
                left = self._one_action(body[: joint.start()])
                if left:
                    tail = self._actions(body[joint.end() :], need_ui=False)
                    inherited = tuple(replace(a, actor=actor) if a.actor is None and other is None else a for a in tail)
                    return (replace(left, actor=actor), *inherited)
        return (replace(first, actor=actor),)

    def _imperative(self, text: str) -> bool:
        match = self._active.match(text)
        return bool(match) and text[:1].isupper() and self._lemma[normalise(match.group("verb"))][1] == "base"  # type: ignore[union-attr]

    def _one_action(self, text: str) -> Action | None:
        match = self._active.match(_THEN.sub("", text.strip(" ,")))
        if not match:
            return None
        verb, form = self._lemma[normalise(match.group("verb"))]
        if (
            verb.kind != "action"
            or form == "participle"
            or (form == "gerund" and text[:1].isupper())
            or re.match(_BE + r"\b|(?:successful|failure|of)\b", match.group("rest"))
        ):
            return None
        return self._build(verb, match.group("rest"))

    def _passive_action(self, text: str) -> Action | None:
        match = self._passive.match(text.strip())
        if not match or re.search(r"\b(not|no)\b", match.group(0)):
            return None
        verb, form = self._lemma[normalise(match.group("verb"))]
        if verb.kind != "action" or form not in ("past", "participle"):
            return None
        return self._build(verb, match.group("np") + match.group("rest"))

    def _build(self, verb: Verb, rest: str) -> Action:
        rest = rest.rstrip(" .,")
        screen, rest = self._split_place(rest, verb)
        cut = _PREPOSITION.search(mask(" " + rest))
        end = cut.start() - 1 if cut else len(rest)
        names, start = [], 0
        for joint in _NAMES.finditer(mask(rest)[: max(end, 0)]):
            names.append(rest[start : joint.start()])
            start = joint.end()
        names.append(rest[start : max(end, 0)])
        objects = tuple(_definite(name) for name in names if name.strip())
        return Action(verb.lemma + " ", objects, rest[max(end, 0) :], verb.lemma, verb.group, screen, None, verb.ui)

    def _split_place(self, rest: str, verb: Verb) -> tuple[str | None, str]:
        masked = mask(rest)
        match = self._screen.search(masked)
        if not match:
            return None, rest
        screen = rest[match.start(1) : match.end(1)]
        if verb.group != "open" and (place := self._place.search(masked[: match.start()])):
            before = rest[: place.start()].rstrip()
            if before:
                return screen, (before + " " + rest[match.end() :].lstrip()).rstrip(" ,")
        return (screen if verb.group == "open" else None), rest

    def _split_actor(self, text: str) -> tuple[str | None, str]:
        text = _THEN.sub("", text.strip(" ,"))
        match = self._actor.match(text)
        if not match:
            return None, text
        bare = re.sub(r"^(?:the|a|an|each|another|any|every)\s+", "", match.group(1), flags=re.IGNORECASE)
        generic = normalise(bare) in {*self.lexicon.data["generic_actors"], *self.lexicon.data["pronouns"]}
        actor = None if generic else bare if re.search(r"\b[A-Z0-9]$", bare) else f"the {bare}"
        return actor, text[match.end() :]

    def _is_system(self, text: str) -> bool:
        return not self._actions(text, need_ui=True)

    def _who(self, body: str, sentence: str) -> Reaction | None:
        """ "A viewer who opens X gets Y": the relative clause is the trigger."""
        match = re.match(
            r"^((?:an?|the|any|each)\s+[\w ]+?)\s+who\s+(.+?)\s+((?:gets|sees|receives|is\s+shown|is\s+redirected|is\s+asked|cannot)\b.*)$",
            body,
            re.IGNORECASE | re.DOTALL,
        )
        actions = self._actions(f"{match.group(1)} {match.group(2)}", need_ui=False) if match else ()
        return (
            Reaction(actions, outcome=f"{match.group(1)} {match.group(3)}", sentence=sentence)
            if match and actions
            else None
        )

    def _gerund(self, body: str, sentence: str) -> Reaction | None:
        """ "Clicking X shows Y": an action as the subject of what comes of it."""
        match = re.match(
            r"^(?:by\s+)?(\w+ing)\s+(.+?)\s+((?:shows|displays|opens|removes|deletes|saves|sends|adds|starts|returns|creates|closes|triggers|locks|logs)\b.*)$",
            body,
            re.IGNORECASE | re.DOTALL,
        )
        known = self._lemma.get(normalise(match.group(1))) if match else None
        if not match or not known or known[0].kind != "action":
            return None
        return Reaction((self._build(known[0], match.group(2)),), outcome="it " + match.group(3), sentence=sentence)


def _inflect(verb: Verb, entry: dict[str, object]) -> dict[str, str]:
    """Surface form -> base, third, past, participle or gerund."""
    irregular = entry.get("irregular") or {}
    assert isinstance(irregular, dict)
    if verb.conjugation == "irregular":
        third, past, participle, gerund = irregular[verb.lemma]
        forms = {gerund: "gerund", participle: "participle", past: "past", third: "third", verb.lemma: "base"}
        return forms
    head, _, particle = verb.lemma.partition(" ")
    after = f" {particle}" if particle else ""
    stem = head[:-1] if head.endswith("e") else head
    double = head + head[-1] if re.fullmatch(r"(?:drop|drag|tap|submit|stop|log|hit|swap|scan|skip|run)", head) else ""
    third = head + ("es" if re.search(r"(s|x|ch|sh)$", head) else "s")
    past = (double or stem) + "ed"
    if re.search(r"[^aeiou]y$", head):
        third, past = head[:-1] + "ies", head[:-1] + "ied"
    return {
        (double or stem) + "ing" + after: "gerund",
        past + after: "past",
        third + after: "third",
        head + after: "base",
    }


def _definite(name: str) -> str:
    """The case has spoken of it: an expired link -> the expired link; their password -> the password."""
    return re.sub(r"^(?:an?|his|her|their|your|its|one's)\s+(?=\S)", "the ", name.strip(), flags=re.IGNORECASE)


def _stem(word: str) -> str:
    for ending, put in (("ies", "y"), ("sses", "ss"), ("ied", "y"), ("ing", ""), ("ed", ""), ("es", "e"), ("s", "")):
        if word.endswith(ending) and len(word) - len(ending) >= 3 and not word.endswith("ss"):
            word = word[: -len(ending)] + put
            break
    return word.rstrip("e") if len(word) > 3 else word


def _in_place(reaction: Reaction, screen: str) -> Reaction:
    if not reaction.actions:
        return reaction
    first = reaction.actions[0]
    return replace(reaction, actions=(replace(first, screen=first.screen or screen), *reaction.actions[1:]))
