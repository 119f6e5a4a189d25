"""What the team's knowledge adds to a plan: how a screen is opened, where a result is seen, values, and shared steps by name."""

import re

from testgen.domain.knowledge import Knowledge, Screen, SharedStep
from testgen.domain.procedure import StepKind
from testgen.drafting.outline.model import Act, Planned
from testgen.drafting.outline.tongue import Tongue
from testgen.knowledge.lookup import Lookup
from testgen.text.marks import mask
from testgen.text.normal import normalise

_ACCOUNT = re.compile(
    r"(?:ログイン|ユーザー?|アカウント)(?:ID|名)?$|^ID$|担当者ID$|\b(?:user ?(?:name|id)?|login(?: ?(?:name|id))?|account|sign-in name)$",
    re.IGNORECASE,
)
_SECRET = re.compile(r"パスワード|暗証番号|\b(?:password|passcode|pin)\b", re.IGNORECASE)
_SENTENCES = re.compile(r"[。；;]\s*\S|[.]\s+[A-Z]|→|->|[>＞»]")
_LONGEST_WAY = 4  # screens, one opened from the other
_WORKS_ON = ("press", "select", "input", "enter_all", "upload", "search", "change", "do", "create", "delete", "send")


class Known:
    """Knowledge as a plan asks for it; without any, every answer is that nothing is known."""

    def __init__(self, knowledge: Knowledge, tongue: Tongue) -> None:
        self.tongue = tongue
        self._lookup = Lookup(knowledge)
        self._any = bool(knowledge.screens or knowledge.shared_steps or knowledge.accounts or knowledge.data)
        self.at: Screen | None = None  # where the steps have come to, as far as is known

    def screen(self, act: Act) -> Screen | None:
        """The screen that an act is done on, where the act names one that the team has told of."""
        if not self._any:
            return None
        named = self._lookup.screen(act.screen) if act.screen else None
        return named or next(iter(self._lookup.screens_in(f"{act.screen} {act.text}")), None)

    def works_on(self, act: Act) -> bool:
        """Whether an act needs the screen that it is done on."""
        return self._any and act.kind in _WORKS_ON

    def first_screen(self, act: Act, said: str) -> Screen | None:
        """Where a procedure begins whose first act names no screen: the one that has what is pressed or entered, else the one that
        the case speaks of."""
        if not self.works_on(act):
            return None
        holding = self._lookup.screen_with(f"{act.text} {' '.join(act.objects)}")
        named = self._lookup.screens_in(said)
        if holding and (holding in named or not named):
            return holding
        return named[0] if named and (holding is None or named[0] == holding) else holding

    def place(self, text: str, told: str) -> Screen | None:
        """Where a result is seen: the screen that it names, or that shows what it speaks of. What appears at once is seen where
        the tester is."""
        if not self._any:
            return None
        if named := self._lookup.screens_in(f"{told} {text}"):
            return named[-1]
        if told or (self.at and self._lookup.holds(self.at, text)):
            return None
        return None if self.tongue.at_once(text) else self._lookup.screen_with(text, seen=True)

    def come_to(self, text: str) -> None:
        """What a step brings up is where the next one begins."""
        if self._any and (named := self._lookup.screens_in(text)):
            self.at = named[-1]

    def way_to(self, screen: Screen, actor: str = "") -> list[Planned]:
        """The steps that open a screen from where one is: a way that begins on another screen opens that one first."""
        way: list[Screen] = [screen]
        while len(way) < _LONGEST_WAY:
            before = next(iter(self._lookup.screens_in(way[0].open or "")), None)
            if before is None or before in way or before == self.at or not before.open:
                break
            way.insert(0, before)
        self.at = screen
        return [self._opening(one, actor) for one in way]

    def _opening(self, screen: Screen, actor: str) -> Planned:
        """The team's own words are the action where they are one; else they stand behind it."""
        name = self.name(screen)
        phrase = self.tongue.lexicon.phrase
        told = (screen.open or "").strip().rstrip("。.")
        action = phrase("open_screen", screen=name)
        if told and self._is_one_act(told):
            action = told[:1].lower() + told[1:] if self.tongue.language == "en" and actor else told
        elif told:
            action = phrase("open_by", action=action, how=told)
        act = Act(action, "open", (name,), name, actor)
        shown = self.tongue.sentence(phrase("screen_shown", screen=name))
        return Planned("action", act, shown, as_told=True)

    def name(self, screen: Screen) -> str:
        """A screen's name as it stands in a sentence."""
        if self.tongue.language == "ja":
            return screen.name
        bare = re.sub(r"^the\s+", "", screen.name, flags=re.IGNORECASE)
        nouns = (*self.tongue.lexicon.data["screen_nouns"], *self.tongue.lexicon.data["places"])
        return bare if re.search(rf"\b(?:{'|'.join(nouns)})$", normalise(bare)) else f"{bare} screen"

    def _is_one_act(self, told: str) -> bool:
        if _SENTENCES.search(mask(told)):
            return False
        acts = [act for fact in self.tongue.facts(told, told=True) for act in fact.acts]
        return len(acts) == 1 and self.tongue.well_formed(told)

    def value(self, name: str, said: str) -> str:
        """What is entered under a name that the case gives no value for: a datum of the test environment, or an account that the
        case speaks of; for a password what the team says of where it is kept."""
        bare = re.sub(r"^(?:the|an?|his|her|their|your)\s+", "", name.strip("「」\"'"), flags=re.IGNORECASE)
        if not self._any:
            return ""
        if found := self._lookup.value(bare):
            return found
        account = self._lookup.account(said) if _ACCOUNT.search(bare) or _SECRET.search(bare) else None
        if account and _SECRET.search(bare):
            return account.note if account.note and _SECRET.search(account.note) else ""
        return account.name if account else ""

    def steps(self, text: str) -> tuple[SharedStep, ...]:
        """The shared steps that a text names."""
        return self._lookup.steps(text) if self._any else ()


def planned(steps: tuple[SharedStep, ...], kind: StepKind, tongue: Tongue) -> list[Planned]:
    """Shared steps as steps of a plan, in the team's words."""
    acts = [_read(step, tongue) for step in steps]
    return [
        Planned(
            kind,
            Act(step.action.rstrip("。."), "shared"),
            step.expected_result or tongue.shown(act, following),
            given=step.test_data or "",
            as_told=True,
        )
        for step, act, following in zip(steps, acts, [*acts[1:], None], strict=True)
    ]


def _read(step: SharedStep, tongue: Tongue) -> Act:
    acts = [act for fact in tongue.facts(step.action.rstrip("。."), told=True) for act in fact.acts]
    return acts[-1] if acts else Act(step.action)
