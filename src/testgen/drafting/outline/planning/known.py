"""What the team's knowledge adds to a plan: how a screen is opened, where a result is seen, values, and shared steps by name."""

import re
from collections.abc import Iterable

from testgen.domain.knowledge import Knowledge, Screen, SharedStep
from testgen.domain.procedure import StepKind
from testgen.domain.secrets import names_a_secret
from testgen.drafting.outline.model import Act, Datum, Planned
from testgen.drafting.outline.tongue import Tongue
from testgen.knowledge.keys import keys
from testgen.knowledge.lookup import Lookup
from testgen.text.marks import mask
from testgen.text.normal import normalise

_ACCOUNT = re.compile(
    r"(?:ログイン|ユーザー?|アカウント)(?:ID|名)?$|^ID$|担当者ID$|\b(?:user ?(?:name|id)?|login(?: ?(?:name|id))?|account|sign-in name)$",
    re.IGNORECASE,
)
_SECRET = re.compile(r"パスワード|暗証番号|\b(?:password|passcode|pin)\b", re.IGNORECASE)
_SENTENCES = re.compile(r"[。；;]\s*\S|[.]\s+[A-Z]|→|->|[>＞»]")
_ADDRESS = re.compile(r"[\w.+-]{1,64}@[\w.-]{1,200}")
_ASIDE = re.compile(r"\s*[（(][^（()）]{1,40}[)）]\s*$")
_IDENTIFIER = re.compile(r"の?(?:コード|番号|ID|id|名|No\.?)|\s(?:code|number|id|name|no\.?)")
_ADDRESSED = re.compile(r"メール|アドレス|宛先|\bmail|e-?mail", re.IGNORECASE)
_OF_THE_CASE = 0.5  # how much the rest of the case says beside the text itself
_CLEAR = 1.25  # times the next one's rating
# Ratings of a screen that suffice where the case says that something is seen, where nothing leads to it, and for the first screen of all: a
# word that one screen alone has is worth about five among ten screens, eight among fifty.
_LEAST, _SURE, _FIRST = 2.0, 4.0, 6.0
_RECORDED = re.compile(r"記録され|(?:こと|か)が残|ログに|\b(?:recorded|logged)\b")
_LOG = re.compile(r"ログ(?!イン|アウト|オン|オフ)|監査|\blog\b|\baudit\b", re.IGNORECASE)
_WRONG = re.compile(r"誤|間違|不正|無効な|(?:すぎ|過ぎ)る|\b(?:wrong|invalid|bad|incorrect)\b", re.IGNORECASE)
_MODIFIER = re.compile(r"^(?:.*?(?:った|ている|すぎる|過ぎる|しい|な)|\w+\s)(?=\S)")
_RIGHT = re.compile(r"正しい|正規|有効な|[(（]正[)）]|\b(?:right|valid|correct)\b", re.IGNORECASE)
_LONGEST_WAY = 4  # screens, one opened from the other
_WORKS_ON = ("press", "select", "input", "enter_all", "upload", "search", "change", "do", "create", "delete")


class Known:
    """Knowledge as a plan asks for it; without any, every answer is that nothing is known."""

    def __init__(self, knowledge: Knowledge, tongue: Tongue) -> None:
        self.tongue = tongue
        self._lookup = Lookup(knowledge)
        self._screens = knowledge.screens
        self._fields = [
            (screen.name, field, normalise(_ASIDE.sub("", field.strip("「」\"'"))))
            for screen in knowledge.screens
            for field in screen.fields
        ]
        self._fitting: dict[Datum, dict[str, tuple[int, str]]] = {}
        self._stands = re.compile("|".join(tongue.lexicon.data["patterns"]["stands"]), re.IGNORECASE)
        self.told = bool(knowledge.screens or knowledge.shared_steps or knowledge.accounts or knowledge.data)
        self.at: Screen | None = None  # where the steps have come to, as far as is known

    def screen(self, act: Act) -> Screen | None:
        """The screen that an act is done on, where the act names one that the team has told of."""
        if not self.told:
            return None
        named = self._lookup.screen(act.screen) if act.screen else None
        return named or next(iter(self._lookup.screens_in(f"{act.screen} {act.text}")), None)

    def works_on(self, act: Act) -> bool:
        """Whether an act needs the screen that it is done on."""
        return self.told and act.kind in _WORKS_ON

    def first_screen(self, act: Act, names: str, said: str) -> Screen | None:
        """Where a procedure begins whose first act names no screen: the one that has what is pressed or entered, else the one that
        the case speaks of."""
        if not self.works_on(act):
            return None
        holding = self._lookup.screen_with(f"{act.text} {names}")
        named = self._lookup.screens_in(said)
        if holding and (holding in named or not named):
            return holding
        if named:
            return named[0] if holding is None or named[0] == holding else holding
        return self._clearest(said, said, least=_FIRST)

    def sure_place(self, text: str, told: str, said: str) -> Screen | None:
        """Where a result is seen that nothing leads to: only a screen that shows what it speaks of and few others do; where something
        cannot be done, it would have to be tried."""
        if not self.told or self.tongue.negative(text) or not self._stands.search(text):
            return None
        named = self._lookup.screens_in(f"{told} {text}")
        return named[-1] if named else self._clearest(f"{told} {text}", said, least=_SURE)

    def place(self, text: str, told: str, said: str) -> Screen | None:
        """Where a result is seen: the screen that it names, or that shows what it speaks of; of several that do, the one that the
        rest of the case (`said`) is about. What appears at once is seen where the tester is."""
        if not self.told:
            return None
        if named := self._lookup.screens_in(f"{told} {text}"):
            return named[-1]
        if not told and self.on_it(text):
            return self.at
        if self.recorded(text):
            return self._log()
        if told or self.tongue.at_once(text):
            return None
        subject = self.tongue.subject(text) or text
        if names_a_secret(subject):
            return None  # it is shown nowhere
        return self._lookup.screen_with(text, seen=True) or self._clearest(subject, said)

    def recorded(self, text: str) -> bool:
        """Whether a result is a record, and the team tells of the log where records are."""
        return self.told and bool(_RECORDED.search(text)) and self._log() is not None

    def _log(self) -> Screen | None:
        """The one screen that is a log by its name: who did what is recorded there."""
        logs = [screen for screen in self._screens if _LOG.search(screen.name)]
        return logs[0] if len(logs) == 1 else None

    def _clearest(self, text: str, said: str, *, least: float = _LEAST) -> Screen | None:
        """The screen that has more of a text's words than every other: the last one, which says what the thing is, counts twice, the
        case's other words a little."""
        about = {screen.name: rating for rating, screen in self._lookup.rated(said)}
        most = max(about.values(), default=1.0)
        head = {screen.name: rating for rating, screen in self._lookup.rated(" ".join(keys(text)[-1:]), seen=True)}
        rated = [
            (rating + head.get(screen.name, 0.0) + _OF_THE_CASE * about.get(screen.name, 0.0) / most * rating, screen)
            for rating, screen in self._lookup.rated(text, seen=True)
        ]
        rated.sort(key=lambda pair: -pair[0])
        clear = bool(rated) and (len(rated) == 1 or rated[0][0] >= _CLEAR * rated[1][0])
        return rated[0][1] if clear and rated[0][0] >= least else None

    def taking(self, data: Iterable[Datum]) -> Screen | None:
        """The one screen whose fields take the data best, where one does."""
        points: dict[str, int] = {}
        for datum in data:
            for name, (fit, _) in self._fits(datum).items():
                points[name] = points.get(name, 0) + fit
        best = sorted(points, key=lambda name: -points[name])[:2]
        clear = bool(best) and (len(best) == 1 or points[best[0]] > points[best[1]])
        return next((screen for screen in self._screens if clear and screen.name == best[0]), None)

    def field(self, screen: Screen, datum: Datum) -> str:
        """The field of a screen that a datum goes into; empty where it has none."""
        return self._fits(datum).get(screen.name, (0, ""))[1]

    def _fits(self, datum: Datum) -> dict[str, tuple[int, str]]:
        """For each screen with a field for a datum, how well it fits and which one it is."""
        if datum not in self._fitting:
            name = re.sub(r"[\s_]*\d+$", "", normalise(_ASIDE.sub("", datum.name)).replace("_", " "))
            addressed = bool(_ADDRESS.fullmatch(datum.value))
            found: dict[str, tuple[int, str]] = {}
            for screen, field, label in self._fields:
                fit = _fit(label, name, addressed=addressed)
                if fit > found.get(screen, (0, ""))[0]:
                    found[screen] = (fit, field)
            self._fitting[datum] = found
        return self._fitting[datum]

    def meant(self, text: str, data: Iterable[Datum]) -> Datum | None:
        """Of two data of one name, one marked as right and one as wrong, the one that a text means: 長すぎる期間 -> 期間(誤り)."""
        wrong, right = bool(_WRONG.search(text)), bool(_RIGHT.search(text))
        if wrong == right:
            return None
        marked = [datum for datum in data if (_WRONG if wrong else _RIGHT).search(datum.name)]
        fitting = [datum for datum in marked if normalise(text).endswith(normalise(_ASIDE.sub("", datum.name)))]
        fitting = fitting or [
            datum
            for datum in marked
            if normalise(_ASIDE.sub("", datum.name)).endswith(_MODIFIER.sub("", normalise(text)))
        ]
        return fitting[0] if len(fitting) == 1 else None

    def field_called(self, text: str) -> tuple[Screen, str] | None:
        """The field that a text ends in the name of, where one screen alone has such a one: 正しいパスワード."""
        head = normalise(self.tongue.head(text))
        found = [
            (screen, name)
            for screen in self._screens
            for name in screen.fields
            if len(head) > 1 and normalise(self.tongue.head(name)).endswith(head)
        ]
        if self.at and (here := [entry for entry in found if entry[0] == self.at]):
            found = here
        exact = [entry for entry in found if normalise(entry[1]) == head]
        found = exact or found
        return found[0] if len({screen.name for screen, _ in found}) == 1 else None

    def on_it(self, text: str) -> bool:
        """Whether what a result speaks of is on the screen where one is."""
        return self.at is not None and self._lookup.holds(self.at, text)

    def come_to(self, text: str) -> Screen | None:
        """What a step brings up is where the next one begins."""
        named = self._lookup.screens_in(text) if self.told else []
        if named:
            self.at = named[-1]
        return named[-1] if named else None

    def way_to(self, screen: Screen, actor: str = "") -> list[tuple[Screen, Planned]]:
        """The steps that open a screen from where one is: a way that begins on another screen opens that one first."""
        way: list[Screen] = [screen]
        while len(way) < _LONGEST_WAY:
            before = next(iter(self._lookup.screens_in(way[0].open or "")), None)
            if before is None or before in way or before == self.at or not before.open:
                break
            way.insert(0, before)
        self.at = screen
        return [(one, self._opening(one, actor)) for one in way]

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
        shown = self.tongue.imperative(Act(self.tongue.sentence(phrase("screen_shown", screen=name))))
        return Planned("action", act, shown, as_told=True)

    def name(self, screen: Screen) -> str:
        """A screen's name as it stands in a sentence."""
        if self.tongue.language == "ja":
            nouns = (*self.tongue.lexicon.data["screen_nouns"], *self.tongue.lexicon.data["places"])
            name = screen.name if screen.name.endswith(nouns) else f"{screen.name}画面"
            return re.sub(r"(?<=[A-Za-z0-9])(?=画面$)", " ", name)
        bare = re.sub(r"^the\s+", "", screen.name, flags=re.IGNORECASE)
        nouns = (*self.tongue.lexicon.data["screen_nouns"], *self.tongue.lexicon.data["places"])
        return bare if re.search(rf"\b(?:{'|'.join(nouns)})$", normalise(bare)) else f"{bare} screen"

    def _is_one_act(self, told: str) -> bool:
        if _SENTENCES.search(mask(told)):
            return False
        facts = self.tongue.facts(told, told=True)
        acts = [act for fact in facts for act in fact.acts]
        happens = any(fact.outcome for fact in facts)  # opens after sign-in: nothing that a tester does
        return len(acts) == 1 and not happens and self.tongue.well_formed(self.tongue.sentence(told))

    def value(self, name: str, said: str) -> str:
        """What is entered under a name that the case gives no value for: a datum of the test environment, or an account that the
        case speaks of; for a password what the team says of where it is kept."""
        bare = re.sub(r"^(?:the|an?|his|her|their|your)\s+", "", name.strip("「」\"'"), flags=re.IGNORECASE)
        if not self.told:
            return ""
        if found := self._lookup.value(bare):
            return found
        account = self._lookup.account(said) if _ACCOUNT.search(bare) or _SECRET.search(bare) else None
        if account and _SECRET.search(bare):
            return account.note if account.note and _SECRET.search(account.note) else ""
        return account.name if account else ""

    def account_in(self, text: str) -> str:
        """The account that a text names."""
        found = self._lookup.account(text) if self.told else None
        return found.name if found and found.name in text else ""

    def steps(self, text: str) -> tuple[SharedStep, ...]:
        """The shared steps that a text names."""
        return self._lookup.steps(text) if self.told else ()


def _fit(label: str, name: str, *, addressed: bool) -> int:
    """How well a datum goes into a field: by its very name; as one of a kind (誤ったパスワード, new role); by an identifier of the thing
    (クーポン1 into クーポンコード); an address by its form."""
    if name == label:
        return 3
    before = name[-len(label) - 1 : -len(label)]
    if label and name.endswith(label) and not (label.isascii() and before.isalnum()):
        return 2
    if name and label.startswith(name) and _IDENTIFIER.fullmatch(label[len(name) :]):
        return 2
    return 2 if addressed and _ADDRESSED.search(label) else 0


def planned(steps: tuple[SharedStep, ...], kind: StepKind, tongue: Tongue, account: str = "") -> list[Planned]:
    """Shared steps as steps of a plan, in the team's words; the account that they are done with goes where one signs in."""
    acts = [_read(step, tongue) for step in steps]
    made = [
        Planned(
            kind,
            Act(step.action.rstrip("。."), "shared"),
            step.expected_result or tongue.shown(act, following),
            given=step.test_data or "",
            as_told=True,
        )
        for step, act, following in zip(steps, acts, [*acts[1:], None], strict=True)
    ]
    signing = [step for step, act in zip(made, acts, strict=True) if act.kind in ("login", "input")]
    if account and signing and not any(account in step.given or account in step.act.text for step in made):
        signing[0].given = " / ".join(filter(None, (account, signing[0].given)))
    return made


def _read(step: SharedStep, tongue: Tongue) -> Act:
    acts = [act for fact in tongue.facts(step.action.rstrip("。."), told=True) for act in fact.acts]
    return acts[-1] if acts else Act(step.action)
