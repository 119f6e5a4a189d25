"""Which of the specification's triggers the case needs."""

from dataclasses import dataclass, replace

from testgen.domain.test_case import TestCase
from testgen.drafting.outline.grammar import Grammar
from testgen.drafting.outline.lexicon import overlap
from testgen.drafting.outline.matching import fits
from testgen.drafting.outline.model import Action, Reaction
from testgen.text.normal import normalise
from testgen.text.sentences import split_sentences


@dataclass(frozen=True)
class Chosen:
    """Reactions in the order in which they are carried out, and the sentences that were left out."""

    reactions: tuple[Reaction, ...]
    left_out: tuple[str, ...] = ()


def choose(case: TestCase, grammar: Grammar) -> Chosen:
    """Takes the relevant triggers of the specification; without any, those of objective, expected results and title."""
    parsed = [
        reaction for sentence in split_sentences(case.specification or "") for reaction in grammar.parse(sentence)
    ]
    if any(reaction.actions for reaction in parsed):
        return _relevant(_complete_variants(parsed, grammar), case, grammar)
    for text in (case.objective or "", "\n".join(case.expected_results), case.title):
        reactions = [reaction for sentence in split_sentences(text) for reaction in grammar.parse(sentence)]
        if any(reaction.actions for reaction in reactions):
            return Chosen(tuple(reactions + parsed))
    return Chosen(tuple(parsed))


def _complete_variants(reactions: list[Reaction], grammar: Grammar) -> list[Reaction]:
    """ "When an expired code is entered, …" after "enter the code and press OK" means: enter an expired one, press OK."""
    complete: list[Reaction] = []
    for reaction in reactions:
        earlier = next((other for other in reversed(complete) if _is_variant(reaction, other, grammar)), None)
        if earlier is not None:
            (variant,) = reaction.actions
            actions = tuple(
                replace(action, objects=variant.objects) if _same_thing(action, variant, grammar) else action
                for action in earlier.actions
            )
            reaction = replace(reaction, actions=actions)  # noqa: PLW2901 - the same reaction, said in full
        complete.append(reaction)
    return complete


def _is_variant(reaction: Reaction, earlier: Reaction, grammar: Grammar) -> bool:
    if len(reaction.actions) != 1 or len(earlier.actions) < 2 or not reaction.outcome:
        return False
    return any(_same_thing(action, reaction.actions[0], grammar) for action in earlier.actions[:-1])


def _same_thing(one: Action, other: Action, grammar: Grammar) -> bool:
    heads = [[normalise(grammar.wording.head(name)) for name in action.objects] for action in (one, other)]
    return one.verb == other.verb and one.group == "input" and heads[0] == heads[1]


def _relevant(parsed: list[Reaction], case: TestCase, grammar: Grammar) -> Chosen:
    goal = grammar.terms("\n".join((case.title, case.objective or "", *case.expected_results)))
    given = grammar.terms("\n".join(case.test_data))
    shares = [
        bool(overlap(terms, goal) or (reaction.actions and overlap(terms, given)))
        for reaction, terms in ((reaction, grammar.terms(reaction.sentence)) for reaction in parsed)
    ]
    # What another outcome of the same action leads up to is needed too, whatever words it shares.
    wanted = {_signature(reaction, grammar) for reaction, relevant in zip(parsed, shares, strict=True) if relevant} - {
        ""
    }
    kept, left_out = [], []
    for reaction, relevant in zip(parsed, shares, strict=True):
        if relevant or _signature(reaction, grammar) in wanted:
            kept.append(reaction)
        elif reaction.actions or reaction.conditions:
            left_out.append(reaction.sentence)
    if not any(reaction.actions for reaction in kept):
        kept, left_out = parsed, []
    chosen, dropped = _one_of_alternatives(kept, case, grammar)
    used = {reaction.sentence for reaction in chosen}
    ordered = (sentence for sentence in (*left_out, *dropped) if sentence not in used)
    return Chosen(tuple(chosen), tuple(dict.fromkeys(ordered)))


def _one_of_alternatives(
    reactions: list[Reaction], case: TestCase, grammar: Grammar
) -> tuple[list[Reaction], list[str]]:
    """Where one action has several outcomes (a valid link, an expired link), keeps those that the case expects."""
    expected = case.expected_results
    title = grammar.terms(f"{case.title}\n{case.objective or ''}\n" + "\n".join([*case.preconditions, *case.test_data]))
    groups: dict[str, list[Reaction]] = {}
    for reaction in reactions:
        groups.setdefault(_signature(reaction, grammar), []).append(reaction)
    kept, dropped = list(reactions), []
    for signature, group in groups.items():
        if not signature or len(group) < 2:
            continue
        scores = [_score(reaction, expected, title, grammar) for reaction in group]
        wanted = [reaction for reaction, score in zip(group, scores, strict=True) if score[0] > 0]
        if not wanted or len(case.expected_results) < len(wanted):
            wanted = [group[scores.index(max(scores))]]
        unwanted = [reaction for reaction in group if all(reaction is not other for other in wanted)]
        for reaction in unwanted:
            _drop(kept, reaction, wanted, grammar)
            dropped.append(reaction.sentence)
    return kept, dropped


def _drop(kept: list[Reaction], reaction: Reaction, wanted: list[Reaction], grammar: Grammar) -> None:
    """Removes an alternative; what leads up to its trigger still has to be done before the one that is wanted."""
    place = next(index for index, other in enumerate(kept) if other is reaction)
    heir = next((index for index, other in enumerate(kept) if any(other is one for one in wanted)), None)
    if heir is not None and heir > place:
        old = kept[heir]
        kept[heir] = _inherit(old, reaction, grammar)
        wanted[:] = [kept[heir] if one is old else one for one in wanted]
    del kept[place]


def _inherit(heir: Reaction, other: Reaction, grammar: Grammar) -> Reaction:
    """The heir's actions after those of `other` that it does not replace: the fields that it fills in another way."""
    done = {normalise(grammar.wording.head(name)) for action in heir.actions for name in action.objects}
    before = []
    for action in other.actions[:-1]:
        objects = tuple(name for name in action.objects if normalise(grammar.wording.head(name)) not in done)
        if objects or not action.objects:
            before.append(replace(action, objects=objects))
    screen = next((action.screen for action in other.actions if action.screen), None)
    first = heir.actions[0]
    actions = [*before, replace(first, screen=first.screen or screen), *heir.actions[1:]]
    actions[0] = replace(actions[0], screen=actions[0].screen or screen)
    return replace(heir, actions=tuple(actions))


def _signature(reaction: Reaction, grammar: Grammar) -> str:
    if not reaction.actions or not reaction.outcome:
        return ""
    last = reaction.actions[-1]
    return f"{last.verb} {' '.join(normalise(grammar.wording.head(name)) for name in last.objects)} {last.actor or ''}"


def _score(reaction: Reaction, expected: tuple[str, ...], title: frozenset[str], grammar: Grammar) -> tuple[int, int]:
    """How well the outcome fits an expected result, then how well the trigger fits the case."""
    trigger = grammar.terms(" ".join((*reaction.conditions, *(grammar.render(action) for action in reaction.actions))))
    return max(fits(text, reaction.outcome, grammar) for text in expected), overlap(trigger, title)
