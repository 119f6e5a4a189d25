"""Reads a specification into facts: what each line of it says, and which acts come before it."""

import re
from dataclasses import replace

from testgen.drafting.outline.lexicon import overlap
from testgen.drafting.outline.model import (
    BACKGROUND,
    BEHAVIOUR,
    FLOW,
    MEANS,
    NOTE,
    RULE,
    Act,
    Fact,
    Reading,
    Row,
    Sentence,
)
from testgen.drafting.outline.reading.blocks import Line, lines
from testgen.drafting.outline.reading.flows import Flows
from testgen.drafting.outline.tongue import Tongue
from testgen.text.marks import mask

_RESULT = re.compile(
    r"結果|期待|表示|メッセージ|判定|動作|応答|出力|ステータス|挙動|result|expected|message|response|outcome|status|shown|output|behaviou?r|answer|returns",
    re.IGNORECASE,
)
_ACTION = re.compile(r"操作|手順|アクション|イベント|action|step|operation|event|command", re.IGNORECASE)
_INDEX = re.compile(r"^(?:No\.?|#|番号|項番|ID|.{0,10}ID|id|code|コード|.{0,8}No\.?)$")
_NOTE = re.compile(
    r"対象外|対応予定|参照(?:のこと|$|してください)|別紙|別途|未定|TBD|\bTODO\b|要確認|検討中|out of scope|not part of|ignore\b|see (?:chapter|section|appendix)|described in|is planned|future release|^note:|^marketing note|open question|to be decided",
    re.IGNORECASE,
)
_STORY = re.compile(
    r"^as an?\s[^,]{1,60},\s*i (?:want|would like|need)\b|として、?.{1,80}(?:したい|できるようにしたい)$", re.IGNORECASE
)
_MARK = re.compile(r"^(?:yes|no|x$|[○×◯✕△✓✗-])", re.IGNORECASE)
_COMMAND = re.compile(
    r"^(?:\$|[\w.@~/\\:-]{1,40}(?:\([\w-]{1,20}\))?[#>$])\s+(?P<command>[A-Za-z./\\]\S*.*)$"
)  # behind a prompt
_HAS_DONE = re.compile(r"\b(?:has|have) (?!no\b|not\b|the\b|an?\b)\w+ed\b")
_SUBJECT = re.compile(
    r"(?P<who>[A-Z]{2,4}|[A-Z][a-z]+(?: [A-Z][a-z]+)?|(?:[Tt]he |[Aa]n? )?[a-z]+(?: [a-z]+)?) (?P<do>[a-z]+s .+)$"
)
_ELIDED = re.compile(r"(?!(?:is|was|has|does|this|its)\b)[a-z]+(?<!s)s (?:the |an? |\d|all |every |on |in )")
_BATCH = re.compile(r"バッチ|ジョブ|夜間処理|定期処理|日次|月次")
_HANDS = re.compile(r"手動|コマンド|\.sh|画面|ボタン|押|担当者|運用者|オペレータ")
_BY_HAND = ("press", "input", "select", "open", "upload", "login", "send", "search")
_PAIRS = (("「", "」"), ("『", "』"), ("（", "）"), ("(", ")"), ("[", "]"), ("【", "】"), ("“", "”"))


class Specification(Flows):
    """Reads the specification line by line into facts."""

    def __init__(self, reading: Reading, tongue: Tongue, title: str) -> None:
        self.reading, self.tongue = reading, tongue
        self.fact_of_line: dict[int, int] = {}
        self.last_acting = -1
        self.arranged: list[Act] = []
        self.given: list[str] = []  # of the scenario that is being read
        self.about = tongue.terms(title)
        self.part = 0  # the scenario that is being read
        self.runs = bool(_BATCH.search(title))
        self.ending: dict[tuple[str, str], list[Fact]] = {}  # facts by their last act

    def read(self, specification: str) -> None:
        """Each line becomes a sentence with its facts."""
        for index, line in enumerate(lines(specification)):
            sentence = len(self.reading.sentences)
            facts = self._facts(line)
            role = self._role(line, facts)
            self.reading.sentences.append(Sentence(line.text, role, first=line.first))
            if line.form == "row":
                self.reading.rows.append(Row(line.cells, sentence))
            if role in (BACKGROUND, NOTE):
                continue
            if self.runs and not line.told:
                facts = [self._of_the_job(fact, line.text) for fact in facts]
            for fact in map(self._resolved, map(whole, facts)):
                after = self.fact_of_line.get(line.parent, -1) if not fact.acts else -1
                before = -1 if line.item and self.tongue.language == "en" else self.last_acting
                after = after if after >= 0 else before if not fact.acts or fact.acts[-1].kind == "same" else -1
                at = replace(fact, sentence=sentence, after=after, role=role, listed=line.told, part=self.part)
                self.reading.facts.append(replace(at, scenario=line.form in ("given", "when", "then")))
                if fact.acts and role != MEANS:
                    self.ending.setdefault((fact.acts[-1].actor, fact.acts[-1].text), []).append(self.reading.facts[-1])
                    self.last_acting = len(self.reading.facts) - 1
            if facts:
                acting = [
                    number
                    for number in range(len(self.reading.facts) - len(facts), len(self.reading.facts))
                    if self.reading.facts[number].acts
                ]
                self.fact_of_line[index] = acting[-1] if acting else self.fact_of_line.get(line.parent, -1)

    def _of_the_job(self, fact: Fact, text: str) -> Fact:
        """A batch removes and moves things by itself: nobody does it who is not named."""
        by_hand = any(act.actor or act.kind in _BY_HAND for act in fact.acts) or _HANDS.search(text)
        return fact if by_hand or not fact.acts or fact.role == MEANS else Fact((), fact.conditions, text)

    def _arranges(self, text: str) -> list[Act]:
        """Given an employee has submitted a request: what somebody has done is done first."""
        acts = self.tongue.result(_when(text, self.tongue)).acts if _HAS_DONE.search(text) else ()
        return [*self.arranged, *acts]

    def _resolved(self, fact: Fact) -> Fact:
        """ "the button", ボタン: the act that was told before, done once more."""
        things = self.tongue.lexicon.data["patterns"]["things_of_a_screen"]
        same = self.ending.get((fact.acts[-1].actor, fact.acts[-1].text), []) if fact.acts else []
        screen = next((act.screen for other in same[:1] for act in other.acts if act.screen), "")
        if len(fact.acts) > 1 and screen and not any(act.screen for act in fact.acts):
            return replace(fact, acts=(replace(fact.acts[0], screen=screen), *fact.acts[1:]))
        if len(fact.acts) == 1 and same and self.last_acting >= 0 and same[-1] is self.reading.facts[self.last_acting]:
            return replace(fact, acts=(replace(fact.acts[-1], kind="same"),))
        if not fact.acts or self.last_acting < 0 or not fact.acts[-1].objects or len(fact.acts) > 1:
            return fact
        before = self.reading.facts[self.last_acting].acts
        thing = re.sub(r"^(?:the|any|an?)\s+", "", fact.acts[-1].objects[0])
        pronoun = thing == "it" and before[-1].text.split(" ", 1)[0] == fact.acts[-1].text.split(" ", 1)[0]
        if (
            pronoun
            or (thing in things and any(thing in act.text for act in before))
            or self.tongue.says(fact.acts[-1], before[-1])
        ):
            return replace(fact, acts=(*fact.acts[:-1], replace(fact.acts[-1], kind="same")))
        return fact

    def _facts(self, line: Line) -> list[Fact]:
        tongue = self.tongue
        match line.form:
            case "frame":
                return []
            case "heading" | "scenario" | "given":
                self.part += line.form == "scenario"
                self.last_acting = -1 if line.form == "scenario" else self.last_acting
                self.given = [*self.given, line.text] if line.form == "given" else []
                self.arranged = self._arranges(line.text) if line.form == "given" else []
                return []
            case "code":
                command = _COMMAND.match(line.text)
                return [Fact((self._command(command["command"]),))] if command else []
            case "when":
                facts = tongue.facts(line.text, told=True)
                acts = tuple(act for fact in facts for act in fact.acts) or tongue.result(_when(line.text, tongue)).acts
                acts = (*self.arranged, *(acts or self._by_anyone(line.text)))
                given, self.given = tuple(text for text in self.given if overlap(tongue.terms(text), self.about)), []
                return [Fact(acts, given if acts else (line.text,))]
            case "then":
                return [Fact(outcome=line.text)]
            case "row":
                return [self._row(line.cells)]
        return self._prose(line)

    def _by_anyone(self, text: str) -> tuple[Act, ...]:
        """When HR saves a change: in a scenario the subject acts, whoever it is, unless it is the product. Without a subject, "And takes 3
        photos", it is the one who acted before."""
        if self.last_acting >= 0 and _ELIDED.match(text):
            text = f"{self.reading.facts[self.last_acting].acts[-1].actor or 'the user'} {text}"
        found = _SUBJECT.match(text)
        if not found or found["who"].lower() in self.tongue.lexicon.data.get("system_actors", ()):
            return ()
        acts = tuple(act for fact in self.tongue.facts(f"the user {found['do']}", told=True) for act in fact.acts)
        who = "" if found["who"].lower() in ("somebody", "someone", "anyone") else found["who"]
        return tuple(replace(act, actor=who) for act in acts)

    def _row(self, cells: dict[str, str]) -> Fact:
        acts: list[Act] = []
        conditions, outcomes = [], []
        named = [(name, cell) for name, cell in cells.items() if cell and cell not in ("-", "–", "—")]
        last = named[-1][0] if named else ""
        marked = [bool(_MARK.match(cell)) for _, cell in named[1:]]
        matrix = sum(marked) >= 2 or (marked and all(marked))
        for name, cell in named:
            if _ACTION.search(name) and not matrix and not _RESULT.search(name):
                found = [act for fact in self.tongue.facts(cell, told=True) for act in fact.acts]
                acts += found
                conditions += [] if found else [cell]
            elif _RESULT.search(name) or (name == last and not any(_RESULT.search(other) for other in cells)):
                outcomes.append(cell)
            elif _INDEX.match(name):
                outcomes += [cell] if re.search(r"[A-Za-z]", cell) else []
            else:
                conditions.append(cell)
        values = tuple((name, cell) for name, cell in named if not _INDEX.match(name))
        return Fact(tuple(acts), tuple(conditions), " ".join(outcomes), values=values)

    def _role(self, line: Line, facts: list[Fact]) -> str:
        if line.form in ("heading", "scenario", "given", "code", "frame") and not facts:
            return BACKGROUND
        if not line.told and self.tongue.is_label(line.text) and not any(fact.acts for fact in facts):
            return BACKGROUND
        if _NOTE.search(line.text) and not any(fact.acts for fact in facts):
            return NOTE
        if any(fact.role == MEANS for fact in facts):
            return MEANS
        if not facts or _STORY.search(line.text):
            return BACKGROUND
        if any(fact.acts for fact in facts):
            return FLOW
        return RULE if any(fact.conditions for fact in facts) else BEHAVIOUR


def whole(fact: Fact) -> Fact:
    """An act with half a pair of brackets or quotes was cut at the wrong place: it is none."""
    texts = [mask(act.text) for act in fact.acts]  # what is left of quotes there is half a pair
    torn = any(text.count(opening) != text.count(closing) for text in texts for opening, closing in _PAIRS)
    return replace(fact, acts=(), conditions=()) if torn else fact


def _when(text: str, tongue: Tongue) -> str:
    return f"{text}と" if tongue.language == "ja" else f"When {text}, then"
