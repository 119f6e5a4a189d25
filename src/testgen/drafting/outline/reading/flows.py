"""Reads what a line of prose tells: a command, a chain of arrows, a path, what stands before a colon and behind it."""

import re
from dataclasses import replace

from testgen.drafting.outline.model import Act, Fact
from testgen.drafting.outline.reading.blocks import Line
from testgen.drafting.outline.tongue import Tongue
from testgen.text.marks import mask

_ARROW = re.compile(r"\s*(?:→|⇒|->|=>|⟶)\s*")
_MENU = re.compile(r"(?<=[」』\]])\s*(?:→|⇒|->)\s*(?=[「『\[])")  # from entry to entry of a menu
_CHOSEN = re.compile(r"[」』\]]を(?:選|押|タップ|クリック)")
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
_RUNS = re.compile(r"実行|起動|コマンド|\b(?:run|start|execute|command|launch|usage|invoke)", re.IGNORECASE)
_NAMED_FLOW = re.compile(r"(?P<name>[A-Z][\w -]{1,30}):\s+(?P<flow>[a-z].*?(?:→|->).*)$")
_INSERTED = re.compile(r"[A-Z][a-z]+(?: [a-z]+){0,2} [a-z]+ed")
_DEVICE = re.compile(r"^[A-Z][a-z]+: (?=[A-Z])")


class Flows:
    """Reads them."""

    tongue: Tongue

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
        return self._colon(line) or self.tongue.facts(line.text, told=line.told)

    def _colon(self, line: Line) -> list[Fact]:
        """A: B: a command, a path, or what is done and what comes of it; none where the colon says nothing of that."""
        colon = _COLON.match(mask(line.text)) if not line.told else None
        if not colon:
            return []
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
        return []

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

    def _command(self, command: str) -> Act:
        phrase = self.tongue.lexicon.phrase("run_command", command=command)
        return Act(phrase, "send", (command,))


def _key(part: str) -> re.Match[str] | None:
    """The label of a key in a part of a flow; a message is none."""
    found = _KEYS.search(part)
    return found if found and not _MESSAGE.search(found.group()) else None


def _is_place(names: list[str], parts: list[str]) -> bool:
    """Task list → scan bin → …: a name at the head of a chain is where it is done."""
    return len(names) == 1 and len(parts) > _PAIR and bool(re.fullmatch(r"[A-Z][a-z]+(?: [a-z]+)?", names[0]))


def _is_path(names: list[str]) -> bool:
    return len(names) > 1 and all(len(name) <= _SHORT // 2 for name in names)
