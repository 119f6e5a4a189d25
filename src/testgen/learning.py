"""Learns screens, terms and shared steps from existing procedures of a team, for a person to accept."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from testgen.domain.glossary import Term
from testgen.domain.knowledge import Screen, SharedStep
from testgen.domain.language import Language
from testgen.domain.procedure import Procedure, Step
from testgen.domain.secrets import speaks_of_a_secret, tells_a_secret
from testgen.drafting.outline.engine import load_tongue
from testgen.drafting.outline.model import Act
from testgen.drafting.outline.tongue import Tongue
from testgen.reviewer import compare
from testgen.text.marks import OPEN_POINT, quotes
from testgen.text.normal import normalise

MOST_SHOWN = 20  # of what is on a screen: a person reads it all
MOST_SHARED = 20
LONGEST_SHARED, SHORTEST_SHARED = 10, 2  # steps
LEAST_OFTEN = 2  # procedures that have the same steps
_LONGEST_TEXT, _LONGEST_NAME = 1_000, 200
_TELLS_MORE = re.compile(
    r"から|より|メニュー|[>＞→»]|://|[「『\"“]|\b(?:from|menu|link|tab|via|using)\b", re.IGNORECASE
)
_ASIDE = re.compile(r"[(（]([^()（）]{3,300})[)）]$")  # Open the Orders page (Sales > Orders)
_FIELD = ("input", "select", "enter_all", "upload")


@dataclass(frozen=True)
class Source:
    """Where an entry was found: the id of the procedure, and the step."""

    procedure: str
    step: int


@dataclass(frozen=True)
class Learned:
    """What was found, with its sources; the most frequent entries come first."""

    screens: tuple[tuple[Screen, tuple[Source, ...]], ...] = ()
    terms: tuple[tuple[Term, tuple[Source, ...]], ...] = ()
    shared_steps: tuple[tuple[str, tuple[SharedStep, ...], tuple[Source, ...]], ...] = ()


@dataclass
class _Seen:
    """One screen as the procedures describe it."""

    names: Counter[str] = field(default_factory=Counter)
    ways: Counter[str] = field(default_factory=Counter)
    shows: dict[str, None] = field(default_factory=dict)
    fields: dict[str, None] = field(default_factory=dict)
    sources: list[Source] = field(default_factory=list)


def learn(procedures: Sequence[Procedure]) -> Learned:
    """Reads the procedures by the rules of the engine `outline` and of the review. It guesses nothing that no step states."""
    return Learned(tuple(_screens(procedures)), tuple(_terms(procedures)), tuple(_shared(procedures)))


def _screens(procedures: Sequence[Procedure]) -> Iterator[tuple[Screen, tuple[Source, ...]]]:
    found: dict[str, _Seen] = defaultdict(_Seen)
    for procedure in procedures:
        _follow(procedure, found)
    for seen in sorted(found.values(), key=lambda one: -len(one.sources)):
        fields = tuple(seen.fields)[:MOST_SHOWN]
        shows = tuple(text for text in seen.shows if text not in seen.fields)[:MOST_SHOWN]
        way = seen.ways.most_common(1)[0][0] if seen.ways else None
        yield Screen(name=seen.names.most_common(1)[0][0], open=way, shows=shows, fields=fields), tuple(seen.sources)


def _follow(procedure: Procedure, found: dict[str, _Seen]) -> None:
    """Goes through the steps from screen to screen: what opens a screen, what is entered there and what is seen."""
    tongue, at = load_tongue(procedure.language), ""
    for step in procedure.steps:
        action = OPEN_POINT.sub("", step.action).strip().rstrip("。.")
        acts = _acts(action, tongue)
        named = next((act.screen for act in acts if act.screen), "") or next(iter(tongue.screens(action)), "")
        if named and named != at:
            at = named
            _note(found, named, procedure, step, _way(action, acts))
        come_up = next((name for name in tongue.screens(step.expected_result) if name != at), "")
        if at:
            entered = (label for act in acts if act.kind in _FIELD and not come_up for label in _labels(act))
            _put(found[_key(at)].fields, entered)
            pressed = (label for act in acts if act.kind == "press" for label in quotes(act.text))
            _put(found[_key(at)].shows, pressed)
        if come_up and acts and not any(act.kind in ("input", "check", "wait") for act in acts):
            way = action if not at or at in action else _from(at, action, procedure.language)
            at = come_up
            _note(found, come_up, procedure, step, way if len(way) <= _LONGEST_TEXT else "")
        if at:
            _put(found[_key(at)].shows, quotes(step.expected_result))


def _acts(action: str, tongue: Tongue) -> list[Act]:
    return [act for fact in tongue.facts(action, told=True) for act in fact.acts]


def _way(action: str, acts: list[Act]) -> str:
    """How the screen is reached that an action names, where it says more than that it is opened."""
    if (aside := _ASIDE.search(action)) and _TELLS_MORE.search(aside[1]):
        return aside[1]
    return action if any(act.kind == "open" for act in acts) and _TELLS_MORE.search(action) else ""


def _from(screen: str, action: str, language: Language) -> str:
    return f"{screen}で{action}" if language == "ja" else f"On the {screen}, {action[:1].lower()}{action[1:]}"


def _labels(act: Act) -> Iterator[str]:
    yield from quotes(act.text) or (re.sub(r"^(?:the|an?|his|her)\s+", "", thing) for thing in act.objects)


def _note(found: dict[str, _Seen], name: str, procedure: Procedure, step: Step, way: str) -> None:
    seen = found[_key(name)]
    seen.names[name[:_LONGEST_NAME]] += 1
    seen.sources.append(Source(procedure.test_case_id, step.number))
    if way and not tells_a_secret(way):
        seen.ways[way] += 1


def _put(place: dict[str, None], texts: Iterator[str] | list[str]) -> None:
    for text in texts:
        if text.strip() and len(text) <= _LONGEST_NAME and not tells_a_secret(text):
            place[text.strip()] = None


def _key(screen: str) -> str:
    return re.sub(r"(?:画面|ページ| (?:page|screen))$", "", normalise(screen))


def _terms(procedures: Sequence[Procedure]) -> Iterator[tuple[Term, tuple[Source, ...]]]:
    """Words that the procedures spell in two ways: the usual spelling, and the others."""
    others: dict[str, dict[str, list[Source]]] = defaultdict(lambda: defaultdict(list))
    for procedure, hits in zip(procedures, compare(procedures), strict=True):
        for hit in hits:
            usual = dict(hit.values).get("other")
            if hit.rule == "inconsistent-term" and hit.span and hit.step and usual:
                text = getattr(procedure.steps[hit.step - 1], hit.pointer.rsplit("/", 1)[1]) or ""
                others[usual][text[slice(*hit.span)]].append(Source(procedure.test_case_id, hit.step))
    for usual, words in sorted(others.items(), key=lambda entry: -sum(map(len, entry[1].values()))):
        if len(usual) <= _LONGEST_NAME:
            yield Term(term=usual, instead_of=tuple(words)), tuple(one for found in words.values() for one in found)


def _shared(procedures: Sequence[Procedure]) -> Iterator[tuple[str, tuple[SharedStep, ...], tuple[Source, ...]]]:
    """The longest sequences of actions that several procedures share, starting with those that save the most steps."""
    runs: dict[tuple[str, ...], dict[int, int]] = defaultdict(dict)  # run -> procedure -> first step
    for number, procedure in enumerate(procedures):
        actions = [normalise(step.action).rstrip("。.") for step in procedure.steps]
        for start in range(len(actions)):
            for end in range(start + SHORTEST_SHARED, min(start + LONGEST_SHARED, len(actions)) + 1):
                runs[tuple(actions[start:end])].setdefault(number, start)
    often = {run: where for run, where in runs.items() if len(where) >= LEAST_OFTEN}
    taken: list[tuple[str, ...]] = []
    for run, where in sorted(often.items(), key=lambda entry: (-(len(entry[0]) - 1) * len(entry[1]), -len(entry[0]))):
        if len(taken) == MOST_SHARED or any(_share(run, other) for other in taken):
            continue
        taken.append(run)
        first, start = next(iter(where.items()))
        steps = procedures[first].steps[start : start + len(run)]
        if all(len(step.action) <= _LONGEST_TEXT for step in steps):
            sources = tuple(Source(procedures[number].test_case_id, at + 1) for number, at in where.items())
            yield _named(steps), tuple(map(_without_secrets, steps)), sources


def _share(run: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two sequences overlap; if so, the better one is enough."""
    return not set(pairwise(run)).isdisjoint(pairwise(other))


def _named(steps: Sequence[Step]) -> str:
    """A name for a person to replace: the first and the last action."""
    parts = (step.action.strip().rstrip("。.") for step in (steps[0], steps[-1]))
    return " … ".join(part[: _LONGEST_NAME // 2 - 2] for part in parts)


def _without_secrets(step: Step) -> SharedStep:
    data, expected = step.test_data, step.expected_result
    secret = data and (tells_a_secret(data) or speaks_of_a_secret(step.action))
    return SharedStep(
        action=step.action,
        test_data=None if secret or not data or len(data) > _LONGEST_TEXT else data,
        expected_result=expected if len(expected) <= _LONGEST_TEXT and not tells_a_secret(expected) else "",
    )
