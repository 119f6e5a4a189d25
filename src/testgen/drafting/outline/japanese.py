"""Rules 3 to 6 for Japanese: clauses, their class, trigger and consequent, actions and screens."""

import re
from dataclasses import replace

from testgen.domain.language import Language
from testgen.drafting.outline.grammar import Wording
from testgen.drafting.outline.inflection import Inflection, Predicate, dictionary_form, negative_form, passive_stem
from testgen.drafting.outline.japanese_clauses import END, TRIGGER, Clause, JapaneseClauses
from testgen.drafting.outline.lexicon import Lexicon, load_lexicon, quoted_terms
from testgen.drafting.outline.model import Action, Reaction
from testgen.text.marks import MASK, mask
from testgen.text.normal import normalise

_NOUN = rf"一-龠々ァ-ヶーA-Za-z0-9{MASK}"
_PLACE = re.compile(r"(?:上で|にて|では|で|から|の|上の)[、，]?")
_BOUNDARY = re.compile(r".*(?:[にではへ、，]|から|より|まで|として)(?=.)", re.DOTALL)
_AND = re.compile(r"(?<=[^ぁ-ん])(?:と|、|，|および|及び|ならびに)(?=[^ぁ-ん])")
_TERM = re.compile(r"[一-龠々]+|[ァ-ヶー]{2,}|[a-z][a-z0-9_-]*|\d+")
_TIMES = re.compile(r"(\d+|[二三四五六七八九十])\s*回")
_ORDINAL = re.compile(r"(\d{1,2}|[一二三四五六七八九十])\s*(?:枚|つ|件|回|個|人|度|通|番|台|本|社)目")
_DIGITS = {kanji: number for number, kanji in enumerate("二三四五六七八九十", 2)}


class Japanese:
    """What the planner asks of Japanese."""

    language: Language = "ja"
    separator = "。"
    wording: Wording

    def __init__(self) -> None:
        self.lexicon: Lexicon = load_lexicon("ja")
        self.inflection = Inflection(self.lexicon)
        self.clauses = JapaneseClauses(self.inflection)
        words = self.lexicon.data
        actors = "|".join(map(re.escape, sorted(words["actor_nouns"], key=len, reverse=True)))
        person = rf"(?:{actors})[A-Za-zＡ-Ｚ0-9]*(?:さん)?"
        self._actor = re.compile(rf"^({person}(?:と{person})*)(?:が|は|も)[、，]?")
        self._connective = re.compile("^(?:" + "|".join(map(re.escape, words["connectives"])) + ")")
        patterns = words["patterns"]
        self._preserves = re.compile("|".join(patterns["preserves"]))
        self._rule = re.compile(f"(?:{'|'.join(words['rule_marks'])}|とする$)")
        name = rf"[{_NOUN}]+(?:(?:{'|'.join(patterns['okurigana'])})[{_NOUN}]+)*(?:{'|'.join(patterns['okurigana'])})?"
        self._screen = re.compile(rf"(?:お|ご)?(?:{name}の)?(?:お|ご)?{name}?(?:{'|'.join(words['screen_nouns'])})")
        self._system = re.compile("^(?:" + "|".join(map(re.escape, words["system_actors"])) + ")(?:が|は|側で)")

    def parse(self, sentence: str) -> list[Reaction]:
        """Rules 3 to 5: what the tester does in this sentence, and what comes of it."""
        reactions: list[Reaction] = []
        current = Reaction(sentence=sentence)
        triggered = False
        for clause in self.clauses.split(sentence):
            consequent = triggered and clause.link != TRIGGER and not _is_ui(clause)
            action = None if consequent else self._action(clause, chained=bool(current.actions) and not triggered)
            if action:
                if current.outcome or (triggered and current.actions):
                    reactions.append(current)
                    current, triggered = Reaction(sentence=sentence), False
                current = replace(current, actions=(*current.actions, action))
            elif clause.link == TRIGGER:
                if current.outcome:
                    reactions.append(current)
                    current = Reaction(sentence=sentence)
                current = replace(current, conditions=(*current.conditions, self._bare(clause.text)))
            else:
                current = replace(current, outcome="、".join(filter(None, (current.outcome, self._bare(clause.text)))))
            triggered = triggered or clause.link == TRIGGER
        if re.search(r"同様", current.outcome):  # says that a trigger has the outcome of the one before
            current = replace(current, outcome="")
        reactions.append(current)
        times = self.times(sentence)
        rule = bool(self._rule.search(mask(sentence)))
        reactions = [replace(reaction, rule=rule) for reaction in reactions]
        return [
            replace(reaction, times=times if reaction.actions or reaction.conditions else None)
            for reaction in reactions
        ]

    def times(self, text: str) -> int | None:
        """「5回」 -> 5, where something is done more than once."""
        match = _TIMES.search(normalise(mask(text)))
        if (
            not match
            or text[match.end() : match.end() + 2] in ("まで", "以内", "目の", "のみ")
            or "1回" in match.group()
        ):
            return None
        count = _DIGITS.get(match.group(1)) or int(match.group(1))
        return count if 2 <= count <= 100 else None

    def terms(self, text: str) -> frozenset[str]:
        """Content terms, with quoted labels apart."""
        words = {term for term in _TERM.findall(normalise(text)) if len(term) > 1 or term.isdigit()}
        return frozenset((words - self.lexicon.stop_terms) | quoted_terms(text))

    def ordinal(self, text: str) -> int | None:
        """2枚目 -> 2."""
        match = _ORDINAL.search(normalise(mask(text)))
        return (_DIGITS.get(match.group(1)) or int(match.group(1).replace("一", "1"))) if match else None

    def preserves(self, text: str) -> bool:
        """変更されない, のままである."""
        return bool(self._preserves.search(mask(text)))

    def sentence(self, text: str) -> str:
        """Japanese has no capitals."""
        return text

    def screens(self, text: str) -> list[str]:
        """Named screens, as spelt."""
        found = (text[match.start() : match.end()] for match in self._screen.finditer(mask(text)))
        return [screen for screen in found if screen not in self.lexicon.data["screen_nouns"]]

    def render(self, action: Action, objects: tuple[str, ...] | None = None) -> str:
        """The action as one imperative sentence."""
        names = action.objects if objects is None else objects
        joined = ""
        for name in names:
            joined += (" と" if joined[-1:].isascii() and joined[-1:].isalnum() else "と" if joined else "") + name
        gap = " " if action.tail and joined[-1:].isascii() and joined[-1:].isalnum() else ""
        text = action.head + joined + gap + action.tail
        return self.lexicon.phrase("as_actor", actor=action.actor, action=text) if action.actor else text

    def _action(self, clause: Clause, *, chained: bool) -> Action | None:
        """The clause as something to do, where its predicate is an action that a person performs.

        A clause that triggers nothing has to say so: by its subject, a screen, a verb that only a user interface takes,
        or by going on with the actions before it (`chained`).
        """
        predicate = clause.predicate
        if (
            predicate is None
            or clause.state
            or predicate.verb.kind != "action"
            or self._system.match(self._bare(clause.text))
        ):
            return None
        passive = predicate.voice == "passive"
        if predicate.voice == "potential" or predicate.form == "neg" or (passive and clause.link != TRIGGER):
            return None
        text, verb = clause.text[: predicate.start], predicate.verb
        personal = verb.ui or chained or self._actor.match(self._bare(text)) or self._screen_place(text)
        if clause.link == END and not personal:
            return None
        actor, text = self._split_actor(text)
        if passive:
            text = re.sub(r"が(?=[^が]*$)", "を", text)
        return self._build(text, predicate, actor)

    def _build(self, text: str, predicate: Predicate, actor: str | None) -> Action:
        verb = predicate.verb
        screen, text = self._split_screen(text, verb.group)
        head, names, between = _split_objects(text)
        if predicate.form == "zu":
            tail = self.lexicon.phrase("leave") if names else negative_form(verb)
            return Action(head, tuple(names), tail, verb.lemma, "leave", screen, actor, verb.ui)
        word = dictionary_form(verb)
        tail = f"を{between}{word}" if names else word
        return Action(head, tuple(names), tail, verb.lemma, verb.group, screen, actor, verb.ui)

    def _split_actor(self, text: str) -> tuple[str | None, str]:
        text = self._bare(text)
        match = self._actor.match(text)
        if not match:
            return None, text
        actor = match.group(1)
        return (None if actor in self.lexicon.data["generic_actors"] else actor), text[match.end() :]

    def _split_screen(self, text: str, group: str) -> tuple[str | None, str]:
        place = self._screen_place(text)
        if place:
            screen, begin, end = place
            return screen, text[:begin] + text[end:]
        screens = self.screens(text)
        return (screens[-1] if screens and group == "open" else None), text

    def _screen_place(self, text: str) -> tuple[str, int, int] | None:
        """A screen that says where the action happens, and the stretch of text that says so."""
        masked = mask(text)
        for match in self._screen.finditer(masked):
            place = _PLACE.match(masked, match.end())
            if place and match.group() not in self.lexicon.data["screen_nouns"]:
                return text[match.start() : match.end()], match.start(), place.end()
        return None

    def _bare(self, text: str) -> str:
        previous = None
        while previous != text:
            previous, text = text, self._connective.sub("", text.strip("、， 　"))
        return text

    def observe(self, outcome: str) -> str:
        """A consequent as a tester sees it: active becomes passive, polite becomes plain."""
        clauses = self.clauses.split(outcome)
        return "、".join(self._observed(clause, last=clause is clauses[-1]) for clause in clauses)

    def _observed(self, clause: Clause, *, last: bool) -> str:
        text, predicate = self._bare(clause.text), clause.predicate
        if (
            predicate is None
            or clause.state
            or clause.link == TRIGGER
            or predicate.form not in ("dict", "ren", "te", "naked")
        ):
            return text
        verb, offset = predicate.verb, len(clause.text) - len(clause.text.lstrip("、， 　"))
        before, ending = self._system.sub("", text[: predicate.start - offset]), "る" if last else ""
        if predicate.voice == "passive":
            return before + passive_stem(verb) + ending
        if predicate.voice == "potential":
            return text
        if verb.lemma in self.lexicon.data["intransitive"]:
            return before + (dictionary_form(verb) if last else text[predicate.start - offset :])
        return re.sub(r"を(?=[^を]*$)", "が", before) + passive_stem(verb) + ending


def _is_ui(clause: Clause) -> bool:
    return clause.predicate is not None and clause.predicate.verb.ui


def _split_objects(text: str) -> tuple[str, list[str], str]:
    """Head, object names, and what stands between を and the verb."""
    masked = mask(text)
    wo = masked.rfind("を")
    if wo < 0:
        return text, [], ""
    boundary = _BOUNDARY.match(masked[:wo])
    begin = boundary.end() if boundary else 0
    if begin >= 1 and masked[begin - 1] in "、，" and _AND.search(masked, begin - 1, wo):
        begin = 0  # a list: A、BとC
    names, start = [], begin
    for match in _AND.finditer(masked, begin, wo):
        names.append(text[start : match.start()])
        start = match.end()
    names.append(text[start:wo])
    return text[:begin], [name.strip("、， ") for name in names], text[wo + 1 :]
