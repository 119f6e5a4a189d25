"""Reads a whole case into facts: what each sentence of it says, and what each expected result wants."""

import re
from dataclasses import replace

from testgen.domain.test_case import TestCase
from testgen.drafting.outline.lexicon import overlap
from testgen.drafting.outline.model import (
    BACKGROUND,
    BEHAVIOUR,
    FLOW,
    MEANS,
    NOTE,
    RULE,
    Act,
    Datum,
    Fact,
    Reading,
    Row,
    Sentence,
    Wanted,
)
from testgen.drafting.outline.reading.blocks import Line, lines
from testgen.drafting.outline.reading.spoken import spoken_of
from testgen.drafting.outline.tongue import Tongue
from testgen.text.marks import mask, quotes

_RESULT = re.compile(
    r"結果|期待|表示|メッセージ|判定|動作|応答|出力|ステータス|挙動|result|expected|message|response|outcome|status|shown|output|behaviou?r|answer|returns",
    re.IGNORECASE,
)
_ACTION = re.compile(r"操作|手順|アクション|イベント|action|step|operation|event|command", re.IGNORECASE)
_INDEX = re.compile(r"^(?:No\.?|#|番号|項番|ID|.{0,10}ID|id|code|コード|.{0,8}No\.?)$")
_ARROW = re.compile(r"\s*(?:→|⇒|->|=>|⟶)\s*")
_MENU = re.compile(r"(?<=[」』\]])\s*(?:→|⇒|->)\s*(?=[「『\[])")  # from entry to entry of a menu
_CHOSEN = re.compile(r"[」』\]]を(?:選|押|タップ|クリック)")
_NOTE = re.compile(
    r"対象外|対応予定|参照(?:のこと|$|してください)|別紙|別途|未定|TBD|\bTODO\b|要確認|検討中|out of scope|not part of|ignore\b|see (?:chapter|section|appendix)|described in|is planned|future release|^note:|^marketing note|open question|to be decided",
    re.IGNORECASE,
)
_STORY = re.compile(
    r"^as an?\s[^,]{1,60},\s*i (?:want|would like|need)\b|として、?.{1,80}(?:したい|できるようにしたい)$", re.IGNORECASE
)
_MARK = re.compile(r"^(?:yes|no|x$|[○×◯✕△✓✗-])", re.IGNORECASE)
_CALL = re.compile(r"\b(?:GET|POST|PUT|PATCH|DELETE) /[\w/{}.-]{1,80}", re.ASCII)
_LISTED = re.compile(r"、|，|, | / |／")
_MOST_LISTED = 12  # values of a list that are tried one by one
_PAIR = 2  # trigger and outcome; a longer chain is a way
_SHORT = 40  # characters of a part of a key sequence
_KEYS = re.compile(r"\[[^\[\]\n]{1,30}\]|「[^「」\n]{1,30}」|［[^］\n]{1,30}］|\*\*[^*\n]{1,30}\*\*")
_MESSAGE = re.compile(r"(?:ください|ました|ません|です|ます|ね|[。！!?？.])[」』\]］*]*$")
_SEEN = re.compile(r"確認$|完了$|結果$|中$|[」』]$|\b(?:done|result|shown)$")
_COLON = re.compile(r"^(?P<left>[^：:]{1,80}?)\s?(?:：|:(?=\s))\s*(?P<right>\S.*)$")
_COMMAND = re.compile(
    r"^(?:\$|[\w.@~/\\:-]{1,40}(?:\([\w-]{1,20}\))?[#>$])\s+(?P<command>[A-Za-z./\\]\S*.*)$"
)  # behind a prompt
PATH = re.compile(r"\**[A-Z(][\w'&/-]*(?: [\w'&/-]+){0,3}(?:\s(?:>|→)\s\**[A-Z(][\w'&()/ -]{0,30}\**){1,6}")
_HAS_DONE = re.compile(r"\b(?:has|have) (?!no\b|not\b|the\b|an?\b)\w+ed\b")
_RUNS = re.compile(r"実行|起動|コマンド|\b(?:run|start|execute|command|launch|usage|invoke)", re.IGNORECASE)

_NAMED_FLOW = re.compile(r"(?P<name>[A-Z][\w -]{1,30}):\s+(?P<flow>[a-z].*?(?:→|->).*)$")
_NAMED_LABEL = re.compile(
    r"\b(?!The |An? |This |Each )([A-Z][A-Za-z]*(?: [A-Za-z][a-z]+)?) (?:key|button|icon|link)\b"
    r"|\b(?:[Pp]ress|[Tt]ap|[Cc]lick|[Hh]it|[Cc]hoose)(?:es|s|ing|ed)? (?:on )?([A-Z][A-Za-z]+(?: [A-Z][a-z]+)?)\b"
    r"|(?:^|\n)\W*([A-Z][a-z]+) on [^\n→]{1,40} (?:→|->)"
)
_SUBJECT = re.compile(r"(?P<who>[A-Z]{2,4}|(?:[Tt]he |[Aa]n? )?[a-z]+(?: [a-z]+)?) (?P<do>[a-z]+s .+)$")
_BATCH = re.compile(r"バッチ|ジョブ|夜間処理|定期処理|日次|月次")
_HANDS = re.compile(r"手動|コマンド|\.sh|画面|ボタン|押|担当者|運用者|オペレータ")
_BY_HAND = ("press", "input", "select", "open", "upload", "login", "send", "search")
_SIGNS = re.compile(r"(?:log|sign)s? (?:in|out|on|off)")
_INSERTED = re.compile(r"[A-Z][a-z]+(?: [a-z]+){0,2} [a-z]+ed")
_DEVICE = re.compile(r"^[A-Z][a-z]+: (?=[A-Z])")
_PAIRS = (("「", "」"), ("『", "』"), ("（", "）"), ("(", ")"), ("[", "]"), ("【", "】"), ("“", "”"))


def read(case: TestCase, tongue: Tongue) -> Reading:
    """The first stage."""
    named = [(name, value) for name, value in case.test_data.items() if name.strip()]  # no step can speak of another
    data = [Datum(name, part) for name, value in named for part in _alternatives(name, value, case, tongue)]
    reading = Reading(data=data, request=_request(case))
    reading.title = tongue.heading(case.title)
    if not reading.title.acts and case.objective:
        reading.title = tongue.heading(case.objective)
    _Specification(reading, tongue, case.title).read(case.specification or "")
    reading.facts += filter(None, map(tongue.means, case.preconditions))
    labels = _labels(case.specification or "")
    words = tongue.lexicon.data
    nouns = re.compile(
        "|".join((*words.get("actor_nouns", ()), words.get("actor_pattern", "-"), "and", "users?", "then", "when"))
    )
    for number, text in enumerate(case.expected_results, 1):
        for part, fact in tongue.results(text, labels):
            told = _whole(_by_persons(fact, case, nouns))
            apart = tongue.language == "ja" or part.endswith(": " + fact.outcome)
            seen = fact.outcome if apart else part
            reading.wanted.append(Wanted(number, part, told, tongue.place(seen if apart else part), seen))
    reading.wanted = spoken_of(reading.wanted, case)
    return reading


def _labels(text: str) -> frozenset[str]:
    """The labels that a specification quotes, or names as a key or a button."""
    named = {next(filter(None, found.groups())) for found in _NAMED_LABEL.finditer(text)}
    asked = {label for label in ("Yes", "No") if re.search(r"\?[\"”]|\bYes\b", text)}
    return frozenset(label for label in (*quotes(text), *named, *asked) if len(label) <= _SHORT)


def _request(case: TestCase) -> str:
    """The call that the title, the data or the specification names, where it names one."""
    for text in (case.title, "\n".join(case.test_data.values()), case.specification or ""):
        if len(found := {call.group() for call in _CALL.finditer(text)}) == 1:
            return found.pop()
    return ""


def _alternatives(name: str, value: str, case: TestCase, tongue: Tongue) -> list[str]:
    """2009/10/02、2009/10/01: values of one form in a list of which the results speak one by one are tried one by one."""
    parts = list(dict.fromkeys(part.strip() for part in _LISTED.split(value)))
    squeezed = "\n".join(case.expected_results).replace(" ", "")
    forms = {re.sub(r"\d+", "0", part) for part in parts}
    alike = len(forms) == 1 and any(char.isdigit() for char in parts[0])
    results = "\n".join(case.expected_results)
    named_before = any(told in results for part in parts for told in (name + part, f"{name} {part}"))
    spoken = sum(part in results or part.replace(" ", "") in squeezed for part in parts)
    named = any(told in results for part in parts for told in (part + name, f"{part}の{name}"))
    each = any(map(tongue.each_value, case.expected_results)) or f"各{name}" in results
    tried = each or (named_before and alike) or (spoken > 1 and (alike or " / " in value)) or (named and " / " in value)
    return parts if 1 < len(parts) <= _MOST_LISTED and tried and value not in results else [value]


class _Specification:
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
            self.reading.sentences.append(Sentence(line.text, role))
            if line.form == "row":
                self.reading.rows.append(Row(line.cells, sentence))
            if role in (BACKGROUND, NOTE):
                continue
            if self.runs and not line.told:
                facts = [self._of_the_job(fact, line.text) for fact in facts]
            for fact in map(self._resolved, map(_whole, facts)):
                after = self.fact_of_line.get(line.parent, -1) if not fact.acts else -1
                before = -1 if line.item and self.tongue.language == "en" else self.last_acting
                after = after if after >= 0 else before if not fact.acts or fact.acts[-1].kind == "same" else -1
                self.reading.facts.append(
                    replace(fact, sentence=sentence, after=after, role=role, listed=line.told, part=self.part)
                )
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
        """When HR saves a change: in a scenario the subject acts, whoever it is, unless it is the product."""
        found = _SUBJECT.match(text)
        if not found or found["who"].lower() in self.tongue.lexicon.data.get("system_actors", ()):
            return ()
        acts = tuple(act for fact in self.tongue.facts(f"the user {found['do']}", told=True) for act in fact.acts)
        who = "" if found["who"].lower() in ("somebody", "someone", "anyone") else found["who"]
        return tuple(replace(act, actor=who) for act in acts)

    def _prose(self, line: Line) -> list[Fact]:
        command = _COMMAND.match(line.text)
        if command:
            return [Fact((self._command(command["command"]),))]
        named = _NAMED_FLOW.match(line.text)
        if named:  # Blind: press Transfer -> dial C
            facts = self._arrow([part for part in _ARROW.split(named["flow"]) if part.strip()])
            return [replace(fact, conditions=(named["name"], *fact.conditions)) for fact in facts]
        text = _MENU.sub("＞", line.text) if _CHOSEN.search(line.text) else line.text
        parts = [part for part in _ARROW.split(text) if part.strip()]
        if len(parts) > _PAIR:  # Handheld: Task list -> …: the device is told with each of its steps
            parts[0] = _DEVICE.sub("", parts[0])
        if len(parts) > 1 and not re.search(
            r"→|->|=>|⇒", "".join(re.findall(r"「[^」]*」|\"[^\"]*\"|`[^`]*`", line.text))
        ):
            return self._arrow(parts)
        if text != line.text:
            return self.tongue.facts(text, told=line.told)
        colon = _COLON.match(mask(line.text)) if not line.told else None
        if colon:
            left, right = line.text[: colon.end("left")], line.text[colon.start("right") :]
            command = re.match(r"^`([^`]{2,200})`$", right.strip())
            if command and len(left) < _SHORT // 2 and _RUNS.search(left):
                return [Fact((self._command(command.group(1)),))]
            if PATH.fullmatch(right.rstrip(".")):
                return [
                    Fact(
                        (
                            Act(
                                self.tongue.lexicon.phrase("go_to", path=right.rstrip(".")),
                                "open",
                                (right.rstrip("."),),
                            ),
                        ),
                        plain=True,
                    )
                ]
            read = self.tongue.result(right)
            left_facts = self.tongue.facts(left)
            acts = tuple(act for fact in left_facts for act in fact.acts)
            if (
                line.parent >= 0
                or acts
                or any(fact.conditions for fact in left_facts)
                or re.search(r"[≦≧＜＞<>=≤≥]|\d", left)
            ):
                return [Fact((*acts, *read.acts), () if acts else (left,), read.outcome)]
        return self.tongue.facts(line.text, told=line.told)

    def _arrow(self, parts: list[str]) -> list[Fact]:
        """A → B: the trigger and its outcome; in a longer chain each is the trigger of the next."""
        keys = [
            part
            for part in parts
            if len(part) <= _SHORT and (label := _key(part)) and len(label.group()) * 2 >= len(part)
        ]
        if len(keys) >= min(2, len(parts) - 1) and len(parts) > 2:
            return [self._sequence(parts)]
        acts: list[Act] = []
        conditions: list[str] = []
        facts: list[Fact] = []
        for part in parts[:-1]:
            found = [act for fact in self.tongue.facts(part, told=True) for act in fact.acts]
            if not found and not acts and len(parts) == _PAIR and _INSERTED.fullmatch(part.strip()):
                found = [act for act in self.tongue.result(f"After {part}, it is shown").acts if act.kind == "told"]
            if not found and (acts or self.tongue.language == "en") and (named := self.tongue.named_act(part)):
                found = [named]
            if found and not acts and (_is_path(conditions) or _is_place(conditions, parts)):
                acts, conditions = [self._path(conditions)], []
            if not found and acts:
                facts.append(Fact(tuple(acts), tuple(conditions), part))
                acts, conditions = [], []
            elif found:
                acts += found
            else:
                conditions.append(part)
        told = self.tongue.facts(parts[-1], told=True)
        last = [act for fact in told for act in fact.acts] if (acts and len(parts) > 2) or _is_path(conditions) else []
        if not last and len(acts) > _PAIR and (named := self.tongue.named_act(parts[-1])):
            last = [named]
        if last and not acts and _is_path(conditions):
            acts, conditions = [self._path(conditions)], []
        chain = len(acts) + len(last) > _PAIR and not facts and not conditions
        return [*facts, Fact((*acts, *last), tuple(conditions), told[-1].outcome if last else parts[-1], plain=chain)]

    def _path(self, names: list[str]) -> Act:
        """設定 → 通知 → …: names before the first act are the way to its screen."""
        path = " → ".join(names)
        return Act(self.tongue.lexicon.phrase("open_screen", screen=path), "open", (path,), path)

    def _sequence(self, parts: list[str]) -> Fact:
        """[小計]→金額→[現計]: labels are pressed, what stands between them is entered, what comes last is seen."""
        phrase = self.tongue.lexicon.phrase
        acts: list[Act] = []
        seen = ""
        for position, part in enumerate(parts):
            named = _key(part)
            plain = re.sub(r"^[^:：]{1,8}[:：]\s*|[（(].*$|^[①-⑳]", "", part).strip()
            told = [act for fact in self.tongue.facts(plain, told=True) for act in fact.acts]
            if told:
                acts += told
            elif named:
                label = named.group() if re.search(r"\s(?:or|または)\s", plain) else plain
                acts.append(Act(phrase("press_label", label=label), "press", (label,)))
            elif _SEEN.search(plain) and position:
                continue
            elif position == 0:
                acts.append(Act(phrase("open_screen", screen=plain), "open", (plain,), plain))
            elif named_act := self.tongue.named_act(plain):
                acts.append(named_act)
            elif any(_key(later) for later in parts[position + 1 :]):
                acts.append(Act(phrase("enter_value", what=plain), "input", (plain,)))
            else:
                seen = seen or plain
        return Fact(tuple(acts), (), seen)

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

    def _command(self, command: str) -> Act:
        phrase = self.tongue.lexicon.phrase("run_command", command=command)
        return Act(phrase, "send", (command,))

    def _role(self, line: Line, facts: list[Fact]) -> str:
        if line.form in ("heading", "scenario", "given", "code") and not facts:
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


def _key(part: str) -> re.Match[str] | None:
    """The label of a key in a part of a flow; a message is none."""
    found = _KEYS.search(part)
    return found if found and not _MESSAGE.search(found.group()) else None


def _is_place(names: list[str], parts: list[str]) -> bool:
    """Task list → scan bin → …: a name at the head of a chain is where it is done."""
    return len(names) == 1 and len(parts) > _PAIR and bool(re.fullmatch(r"[A-Z][a-z]+(?: [a-z]+)?", names[0]))


def _is_path(names: list[str]) -> bool:
    return len(names) > 1 and all(len(name) <= _SHORT // 2 for name in names)


def _whole(fact: Fact) -> Fact:
    """An act with half a pair of brackets or quotes was cut at the wrong place: it is none."""
    torn = any(act.text.count(opening) != act.text.count(closing) for act in fact.acts for opening, closing in _PAIRS)
    return replace(fact, acts=(), conditions=()) if torn else fact


def _by_persons(fact: Fact, case: TestCase, nouns: re.Pattern[str]) -> Fact:
    """ "Premium changes to 525.00" is nobody's act: a name of one word is a person's where the case speaks of them before."""
    known = "\n".join((case.title, *case.preconditions, *case.test_data.values()))
    names = {
        act.actor
        for act in fact.acts
        if re.fullmatch(r"[A-Z][a-z]+", act.actor) and re.match(r"\w+ (?:to|by|from|into|in|on|up|down)\b", act.text)
    }
    said = "\n".join((known, case.specification or ""))
    if any(_is_thing(name, said, nouns) for name in {act.actor for act in fact.acts}):
        return replace(fact, acts=())
    alone = [
        act
        for act in fact.acts
        if re.match(r"\w+ (?:at|on|in|below|above|under|over|after|within|to|by|from)\b|\w+$", act.text)
    ]
    things = {act.actor for act in alone if re.fullmatch(r"[A-Z][a-z]+", act.actor)}
    if not _SIGNS.match(" ".join(act.text for act in alone)) and any(
        re.search(rf"\b(?:the|an?) {name.lower()}\b", said) for name in things
    ):
        return replace(fact, acts=())  # Compressor starts below 2 °C
    return fact if all(name in known for name in names) else replace(fact, acts=())


def _is_thing(name: str, text: str, nouns: re.Pattern[str]) -> bool:
    """Conveyor C3: what stands in front of a short name says that it is no person's."""
    if not re.fullmatch(r"[A-Z]\w?\d?", name):
        return False
    before = [found.group(1).lower().removesuffix("s") for found in re.finditer(rf"([A-Za-z]{{3,20}}) {name}\b", text)]
    return bool(before) and not any(nouns.fullmatch(word) for word in before)


def _when(text: str, tongue: Tongue) -> str:
    return f"{text}と" if tongue.language == "ja" else f"When {text}, then"
