"""English: trigger and consequent; terms, numbers and wording of actions."""

import re
from dataclasses import replace

from testgen.domain.language import Language
from testgen.drafting.outline.english_clauses import EnglishClauses
from testgen.drafting.outline.english_verbs import EnglishVerbs
from testgen.drafting.outline.grammar import Wording
from testgen.drafting.outline.lexicon import load_lexicon, quoted_terms
from testgen.drafting.outline.model import Action, Reaction
from testgen.text.marks import mask
from testgen.text.normal import normalise

_WORD = re.compile(r"[a-z0-9][a-z0-9_-]*")


class English:
    """What the planner asks of English."""

    language: Language = "en"
    separator = ". "
    wording: Wording

    def __init__(self) -> None:
        self.lexicon = load_lexicon("en")
        self.verbs = EnglishVerbs(self.lexicon)
        self.clauses = EnglishClauses(self.lexicon, self.verbs)
        patterns = self.lexicon.data["patterns"]
        when = rf"(?:(?:{'|'.join(patterns['before_when'])})\s+)?(?:{'|'.join(patterns['when'])})"
        self._front = re.compile(rf"^(?:(?:{'|'.join(patterns['openings'])}),?\s+)*{when}\s+", re.IGNORECASE)
        self._back = re.compile(rf",?\s+{when}\s+(?=\S+\s)", re.IGNORECASE)
        self._numbers: dict[str, int] = self.lexicon.data["numbers"]
        number = rf"(\d+|{'|'.join(self._numbers)})"
        self._times = re.compile(
            rf"\b(?:{number}\s+(?:{'|'.join(patterns['after_a_count'])})|(twice)\b)", re.IGNORECASE
        )
        self._at_most = re.compile(rf"(?:{'|'.join(patterns['at_most'])})\s+$")
        self._ordinals: dict[str, int] = self.lexicon.data["ordinals"]
        self._ordinal = re.compile(rf"\b({'|'.join(self._ordinals)})\b", re.IGNORECASE)
        self._preserves = re.compile(rf"\b(?:{'|'.join(patterns['preserves'])})\b|n't\b", re.IGNORECASE)
        self._rule = re.compile(rf"\b(?:{'|'.join(self.lexicon.data['rule_marks'])})\b", re.IGNORECASE)
        self._shows = re.compile(
            rf"^(?:the |a )?(?:{'|'.join(self.lexicon.data['system_actors'])})\s+(?:then\s+|also\s+)?"
            rf"(?P<verb>{'|'.join(patterns['shows'])})\s+(?P<np>.+)$",
            re.IGNORECASE | re.DOTALL,
        )
        self._gerund_subject = re.compile(
            rf"^(?:by\s+)?(\w+ing)\s+(.+?)\s+((?:{'|'.join(patterns['effects'])})\b.*)$", re.IGNORECASE | re.DOTALL
        )
        self._relative = re.compile(
            rf"^((?:an?|the|any|each)\s+[\w ]+?)\s+who\s+(.+?)\s+((?:{'|'.join(patterns['meets'])})\b.*)$",
            re.IGNORECASE | re.DOTALL,
        )

    def parse(self, sentence: str) -> list[Reaction]:
        """Rules 3 to 5: what the tester does in this sentence, and what comes of it."""
        body, place = self.clauses.leading_place(sentence)
        trigger, consequent = self._halves(body)
        if trigger:
            reaction = self._trigger(trigger, sentence)
            more = self.clauses.actions(consequent, plain=True)
            reaction = replace(reaction, actions=reaction.actions + more, outcome="" if more else consequent)
        elif found := self._gerund(body, sentence) or self._who(body, sentence) or self._by_means(body, sentence):
            reaction = found
        elif actions := self.clauses.actions(body, plain=True):
            reaction = Reaction(actions, times=self.times(body), sentence=sentence)
        else:
            reaction = Reaction(outcome=body, sentence=sentence)
        rule = bool(self._rule.search(mask(sentence)))
        return [replace(_in_place(reaction, place), rule=rule)]

    def times(self, text: str) -> int | None:
        """Five times -> 5, twice -> 2, where something is done more than once."""
        plain = normalise(mask(text))
        match = self._times.search(plain)
        if not match or self._at_most.search(plain[: match.start()]):
            return None
        word = match.group(1) or match.group(2)
        count = self._numbers.get(word) or int(word)
        return count if 2 <= count <= 100 else None

    def terms(self, text: str) -> frozenset[str]:
        """Content terms, stemmed, with quoted labels apart."""
        words = {_stem(word) for word in _WORD.findall(normalise(text)) if word not in self.lexicon.stop_terms}
        return frozenset({word for word in words if len(word) > 1} | quoted_terms(text))

    def ordinal(self, text: str) -> int | None:
        """The second -> 2."""
        match = self._ordinal.search(mask(text))
        return self._ordinals[match.group(1).lower()] if match else None

    def preserves(self, text: str) -> bool:
        """Is unchanged, is not sent."""
        return bool(self._preserves.search(mask(text)))

    def sentence(self, text: str) -> str:
        """With a capital."""
        return text[:1].upper() + text[1:]

    def screens(self, text: str) -> list[str]:
        """Named screens, as spelt, without the article."""
        return self.clauses.screens(text)

    def render(self, action: Action, objects: tuple[str, ...] | None = None) -> str:
        """The action as one imperative sentence."""
        names = action.objects if objects is None else objects
        joined = ", ".join(names[:-1]) + " and " + names[-1] if len(names) > 1 else "".join(names)
        text = f"{action.head}{joined}{action.tail}".strip()
        if action.actor:
            return self.lexicon.phrase("as_actor", actor=action.actor, action=text[0].lower() + text[1:])
        return self.sentence(text)

    def observe(self, outcome: str) -> str:
        """A consequent as a tester sees it: "the system shows X" -> "X is shown"."""
        text = self.clauses.bare(outcome)
        match = self._shows.match(text)
        if match and " and " not in mask(match.group("np")):
            text = f"{match.group('np')} is {self.lexicon.data['patterns']['shows'][match.group('verb').lower()]}"
        return self.sentence(text)

    def _halves(self, sentence: str) -> tuple[str, str]:
        """Trigger and consequent; an empty trigger where there is none."""
        masked = mask(sentence)
        if front := self._front.match(masked):
            for comma in re.finditer(r",\s*(?:then\s+)?", masked[front.end() :]):
                begin, end = front.end() + comma.start(), front.end() + comma.end()
                if not self._continues(sentence[end:]):
                    return sentence[front.end() : begin], sentence[end:]
            return sentence[front.end() :], ""
        if back := self._back.search(masked):
            return sentence[back.end() :], sentence[: back.start()]
        if then := re.search(r"(?:,\s*|\s+and\s+)then\s+", masked):
            left, right = sentence[: then.start()], sentence[then.end() :]
            if self.clauses.actions(left, plain=False) and not self.clauses.actions(right, plain=True):
                return left, right
        return "", sentence

    def _continues(self, rest: str) -> bool:
        """Whether the text after a comma goes on with the trigger: another action, or another item of a list."""
        rest = re.sub(r"^and\s+", "", rest, flags=re.IGNORECASE)
        first = re.split(r",\s*", mask(rest), maxsplit=1)[0]
        statement = re.search(r"\s(?:is|are|shows?|displays?|\w+s|cannot|can|will|must)\s", first)
        return "," in mask(rest) and (self.clauses.one(rest[: len(first)]) is not None or not statement)

    def _trigger(self, text: str, sentence: str) -> Reaction:
        """The first half. "X after Y" inside it is Y, then X; a passive is turned round."""
        earlier: tuple[Action, ...] = ()
        inner = re.search(r"\s+(?:after|once)\s+", mask(text))
        if inner and (earlier := self.clauses.actions(text[inner.end() :], plain=False)):
            text = text[: inner.start()]
        actions = self.clauses.actions(text, plain=False)
        if not actions and (passive := self.clauses.passive(text)):
            actions = (passive,)
        if actions and earlier:
            named = actions[0].objects
            told = (replace(action, objects=named) if action.objects == ("it",) else action for action in earlier)
            actions = (*told, *actions)
        return Reaction(actions, conditions=() if actions else (text,), times=self.times(text), sentence=sentence)

    def _who(self, body: str, sentence: str) -> Reaction | None:
        """ "A viewer who opens X gets Y": the relative clause is the trigger."""
        match = self._relative.match(body)
        actions = self.clauses.actions(f"{match.group(1)} {match.group(2)}", plain=False) if match else ()
        if not match or not actions:
            return None
        return Reaction(actions, outcome=f"{match.group(1)} {match.group(3)}", sentence=sentence)

    def _by_means(self, body: str, sentence: str) -> Reaction | None:
        """ "Users attach files by clicking X and choosing Y": how it is done is what is done."""
        match = re.match(r"^.+?\s+by\s+(\w+ing\s+.+)$", mask(body), re.DOTALL)
        actions = self.clauses.actions(body[match.start(1) :], plain=False) if match else ()
        return Reaction(actions, sentence=sentence) if actions else None

    def _gerund(self, body: str, sentence: str) -> Reaction | None:
        """ "Clicking X shows Y": an action as the subject of what comes of it."""
        match = self._gerund_subject.match(body)
        entry = self.verbs.entry(match.group(1)) if match else None
        if not match or not entry or entry[0].kind != "action":
            return None
        action = self.clauses.build(entry[0], match.group(2))
        return Reaction((action,), outcome="it " + match.group(3), sentence=sentence)


def _stem(word: str) -> str:
    for ending, put in (("ies", "y"), ("sses", "ss"), ("ied", "y"), ("ing", ""), ("ed", ""), ("es", "e"), ("s", "")):
        if word.endswith(ending) and len(word) - len(ending) >= 3 and not word.endswith("ss"):
            word = word[: -len(ending)] + put
            break
    return word.rstrip("e") if len(word) > 3 else word


def _in_place(reaction: Reaction, screen: str | None) -> Reaction:
    if screen is None or not reaction.actions:
        return reaction
    first = reaction.actions[0]
    return replace(reaction, actions=(replace(first, screen=first.screen or screen), *reaction.actions[1:]))
