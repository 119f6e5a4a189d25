"""Rules 3, 5 and 6 for English: the actions of a clause, who does them, and on which screen."""

import re
from dataclasses import replace

from testgen.drafting.outline.english_verbs import EnglishVerbs
from testgen.drafting.outline.lexicon import Lexicon, Verb
from testgen.drafting.outline.model import Action
from testgen.text.marks import MASK, mask
from testgen.text.normal import normalise

_NAMES = re.compile(r"\s*,\s*and\s+|\s+and\s+|\s*,\s*", re.IGNORECASE)
_JOINT = re.compile(
    r"\s*,\s*and then\s+|\s*,\s*then\s+|\s+and then\s+|\s*,\s*and\s+|\s+and\s+|\s*,\s*|\s+then\s+", re.IGNORECASE
)
_ARTICLE = re.compile(r"^(?:the|a|an|each|another|any|every)\s+", re.IGNORECASE)
_BE = r"(?:is|are|was|were|has been|have been|gets?|being|be)"
_PLACE = r"(?:on|in|at|from|to|via)"


class EnglishClauses:
    """Finds actions in clauses."""

    def __init__(self, lexicon: Lexicon, verbs: EnglishVerbs) -> None:
        words, patterns = lexicon.data, lexicon.data["patterns"]
        self._verbs = verbs
        self._generic = {*words["generic_actors"], *words["pronouns"]}
        nouns = [*map(re.escape, words["actor_nouns"] + words["pronouns"]), words["actor_pattern"]]
        actors = "|".join(sorted(nouns, key=len, reverse=True))
        modal = rf"(?:(?:{'|'.join(patterns['modals'])})\s+)*"
        named = rf"(?:(?:the|a|an|each|another|any|every)\s+)?(?:\w+\s+)?(?:{actors})(?:\s+[A-Z0-9]\b)?"
        self._actor = re.compile(
            rf"^({named}(?:\s+and\s+{named})?)(?:\s+who\s+[^,]+?)?\s+(?={modal}(?:{verbs.pattern})\b)", re.IGNORECASE
        )
        self._active = re.compile(rf"^{modal}(?P<verb>{verbs.pattern})\b\s*(?P<rest>.*)$", re.IGNORECASE | re.DOTALL)
        self._passive = re.compile(
            rf"^(?P<np>[^,]+?)\s+{_BE}\s+(?:\w+ly\s+)?(?P<verb>{verbs.pattern})\b(?P<rest>.*)$",
            re.IGNORECASE | re.DOTALL,
        )
        self._fills = set(patterns["fills"])
        self._ends_object = re.compile(rf"\s+(?:{'|'.join(patterns['end_of_object'])})\b", re.IGNORECASE)
        self._then = re.compile(rf"^(?:{'|'.join(patterns['openings'])})[, ]\s*", re.IGNORECASE)
        not_in_name = "|".join(patterns["not_in_a_name"])
        screens = "|".join(words["screen_nouns"])
        self._screen = re.compile(
            rf"\bthe\s+((?:(?!(?:{not_in_name})\b)[\w{MASK}'-]+\s+){{1,3}}(?:{screens}))\b", re.IGNORECASE
        )

    def bare(self, text: str) -> str:
        """A clause without "then", "next" and the like before it."""
        return self._then.sub("", text.strip(" ,"))

    def screens(self, text: str) -> list[str]:
        """Named screens, as spelt, without the article."""
        return [text[match.start(1) : match.end(1)] for match in self._screen.finditer(mask(text))]

    def leading_place(self, sentence: str) -> tuple[str, str | None]:
        """Takes "On the Cart page, …" off."""
        masked = mask(sentence)
        place = re.match(rf"^{_PLACE}\s+", masked, re.IGNORECASE)
        screen = self._screen.match(masked, place.end()) if place else None
        if not screen:
            return sentence, None
        return sentence[screen.end() :].lstrip(" ,"), sentence[screen.start(1) : screen.end(1)]

    def actions(self, text: str, *, plain: bool) -> tuple[Action, ...]:
        """The actions of a clause, split only where both sides have a predicate of their own (rule 5).

        A `plain` clause, one that triggers nothing, has to say that a person acts: by its subject, by the imperative,
        or by a verb that only a user interface takes.
        """
        found, actor, body = self.split_actor(text)
        first = self.one(body)
        if first is None or (plain and not (found or first.ui or first.screen or self._imperative(body))):
            return ()
        for joint in _JOINT.finditer(mask(body)):
            other, _, rest = self.split_actor(body[joint.end() :])
            left = self.one(body[: joint.start()]) if self.one(rest) else None
            if left:
                tail = self.actions(body[joint.end() :], plain=False)
                inherited = (replace(a, actor=actor) if a.actor is None and not other else a for a in tail)
                return (replace(left, actor=actor), *inherited)
        return (replace(first, actor=actor),)

    def one(self, text: str) -> Action | None:
        """The clause as one action, where it begins with a verb that a person performs."""
        match = self._active.match(self.bare(text))
        if not match:
            return None
        verb, form = self._verbs.entry(match.group("verb")) or (None, "")
        subject = form == "gerund" and text[:1].isupper()
        noun = re.match(rf"{_BE}\b|(?:successful|failure|of)\b", match.group("rest"))
        if verb is None or verb.kind != "action" or form == "participle" or subject or noun:
            return None
        return self.build(verb, match.group("rest"))

    def passive(self, text: str) -> Action | None:
        """ "A wrong password is entered" as "Enter the wrong password"."""
        match = self._passive.match(text.strip())
        verb, form = (self._verbs.entry(match.group("verb")) or (None, "")) if match else (None, "")
        if not match or verb is None or verb.kind != "action" or form not in ("past", "participle", "base"):
            return None
        if re.search(r"\b(?:not|no)\b", match.group("np")):
            return None
        return self.build(verb, match.group("np") + match.group("rest"))

    def build(self, verb: Verb, rest: str) -> Action:
        """The action of a verb and what follows it: objects up to the first preposition, then the tail."""
        rest, form = rest.rstrip(" .,"), None
        filled = re.match(r"(.+?)\s+with\s+(.+)$", mask(rest)) if verb.lemma in self._fills else None
        if filled:  # fill in the sign-up form with a password: what is entered is the password
            form = next(iter(self.screens(rest[: filled.end(1)])), None)
            rest, verb = rest[filled.start(2) :], replace(verb, lemma="enter")
        screen, rest = self._split_place(rest, verb)
        screen = screen or form
        cut = self._ends_object.search(mask(" " + rest))
        end = max(cut.start() - 1, 0) if cut else len(rest)
        names, start = [], 0
        for joint in _NAMES.finditer(mask(rest)[:end]):
            names.append(rest[start : joint.start()])
            start = joint.end()
        names.append(rest[start:end])
        objects = tuple(definite(name) for name in names if name.strip())
        return Action(verb.lemma + " ", objects, rest[end:], verb.lemma, verb.group, screen, None, verb.ui)

    def split_actor(self, text: str) -> tuple[bool, str | None, str]:
        """Whether a person is the subject, who it is where that matters, and the rest."""
        text = self.bare(text)
        match = self._actor.match(text)
        if not match:
            return False, None, text
        bare = _ARTICLE.sub("", match.group(1))
        if normalise(bare) in self._generic:
            return True, None, text[match.end() :]
        named = bool(re.search(r"\b[A-Z0-9]$", bare))
        return True, bare if named else f"the {bare}", text[match.end() :]

    def _imperative(self, text: str) -> bool:
        match = self._active.match(text)
        entry = self._verbs.entry(match.group("verb")) if match else None
        return entry is not None and entry[1] == "base" and text[:1].isupper()

    def _split_place(self, rest: str, verb: Verb) -> tuple[str | None, str]:
        masked = mask(rest)
        match = self._screen.search(masked)
        if not match:
            return None, rest
        screen = rest[match.start(1) : match.end(1)]
        place = re.search(rf"(?:^|,?\s*)\b{_PLACE}\s+$", masked[: match.start()], re.IGNORECASE)
        before = rest[: place.start()].rstrip() if place else ""
        if verb.group != "open" and before:
            return screen, f"{before} {rest[match.end() :].lstrip()}".rstrip(" ,")
        return (screen if verb.group == "open" else None), rest


def definite(name: str) -> str:
    """The case has spoken of it: an expired link -> the expired link; their password -> the password."""
    return re.sub(r"^(?:an?|his|her|their|your|its|one's)\s+(?=\S)", "the ", name.strip(), flags=re.IGNORECASE)
