"""Which data belong to a step that is told in the case's own words: by name, by value, by number; and where the others go."""

import re
from dataclasses import replace

from testgen.domain.test_case import TestCase
from testgen.drafting.outline.japanese.api_calls import ApiCalls
from testgen.drafting.outline.japanese.handling import Handling
from testgen.drafting.outline.japanese.referring import referred
from testgen.drafting.outline.japanese.topics import Topics
from testgen.drafting.outline.japanese.workbook import Workbook
from testgen.drafting.outline.lexicon import overlap
from testgen.drafting.outline.model import Act, Datum, Planned, Portion, Reading, Wanted
from testgen.drafting.outline.planning.contradicting import goes_against, goes_with
from testgen.drafting.outline.planning.data import LETTERED, Data, spelt_out
from testgen.drafting.outline.planning.matching import Chains
from testgen.drafting.outline.planning.taking import stands_in
from testgen.drafting.outline.planning.units import Units
from testgen.drafting.outline.tongue import Tongue
from testgen.text.normal import normalise

_WHOLE = re.compile(
    r"を(?:行う|実行する|送る|押す)$|[一-龠ァ-ヶー]{2}げ?する$|(?:読み|取り)(?:込む|取る)$|がかざす$"
)  # 申請を行う: with all the data
_DATED = re.compile(r"\d{1,4}[/:]\d{1,2}(?:[/:]\d{1,2})?")  # no name of one of several
_BARE = re.compile(r"^[^を]{2,20}(?:する|を行う)$")
_TURN = re.compile(r"\d+回目?")  # no number of a datum
_VALUED = re.compile(r"\D{0,8}[-+]?\d[\d:,.]*\D{0,4}")
_ASIDE = re.compile(r"[（(](?P<what>[^（()）]{2,8})[)）]$")
_DONE = re.compile(
    r"(?P<noun>再?[一-龠]{2})し?(?:[（(][^（()）]{1,40}[)）])?を行う$|(?:^|[をにで、])(?P<verb>[一-龠]{2,4})[ぁ-ん]{1,2}$"
)
_ACCOUNT = re.compile(r"(?P<who>[^\s:：、。「]{1,20})\s?[:：]\s?(?=\S)")
_LOGIN = re.compile(r"[a-z][a-z_.]{1,20}\d{1,4}|[\w.-]+@[\w.-]+", re.ASCII)
_TURNS = {"1回目": False, "初回": False, "2回目": True}  # whether it is for what is done again
_BY_HAND = ("do", "told", "press", "quoted", "set")


class Belonging:
    """Gives them to the steps."""

    def __init__(self, case: TestCase, reading: Reading, tongue: Tongue, chains: Chains, data: Data) -> None:
        self.case, self.reading, self.tongue, self.chains, self.data = case, reading, tongue, chains, data
        self.units = Units(case, reading, tongue)
        self.handling = Handling(case)
        self.calls = ApiCalls(reading.request, case.specification or "", tongue.lexicon)
        self.workbook = Workbook(case, reading.data)
        self.topics = Topics(case, reading.data, tongue, self.handling.of)
        self._with_data = (self.calls, self.workbook, self.topics)
        self.parts: dict[int, list[Portion]] = {
            number: self._parts(text) for number, text in enumerate(case.expected_results, 1)
        }
        self.handling.tell(part.do for parts in self.parts.values() for part in parts if part.act.kind in _BY_HAND)
        self.wanted: dict[int, Wanted] = {result.number: result for result in reversed(reading.wanted)}
        self.steps: list[Planned] = []
        self.done: set[int] = set()  # sentences of the specification
        self.block = (0, 0)  # the first and the last of the steps that a further case goes through again
        self.led = False  # whether they are those that lead to a result that tells no trigger

    def _parts(self, text: str) -> list[Portion]:
        """A result in parts; the labels of the case that it names are pressed, the requirements that it points to gone through."""
        if gone := self._referred(text):
            return gone
        if account := _ACCOUNT.match(text):
            signed = self._signed_in(account["who"], self._parts(text[account.end() :]))
            return signed or self._read(text)
        return self._read(text)

    def _read(self, text: str) -> list[Portion]:
        told = next(filter(None, (reader.portions(text) for reader in self._with_data)), None)
        return told or self._retold(text)

    def _signed_in(self, who: str, parts: list[Portion]) -> list[Portion]:
        """viewer1: …, where the preconditions give the account a role: as whom it is done."""
        value = self.case.test_data.get(who, "")
        role = _LOGIN.fullmatch(value) if value else _LOGIN.fullmatch(who)
        known = value or re.search(rf"(?<![\w.]){re.escape(who)}(?![\w.])", "\n".join(self.case.preconditions))
        if not role or not known:
            return []
        act = Act(self.tongue.lexicon.phrase("sign_in", who=who), "login", (who,))
        return [Portion(act), *parts] if parts[0].do else [replace(parts[0], act=act), *parts[1:]]

    def _retold(self, text: str) -> list[Portion]:
        parts = self.tongue.retold(self.handling.labelled(text))
        parts = [replace(part, seen=self.handling.plain(part.seen, text)) for part in parts]
        return [self._as_value(parts[0], text), *parts[1:]]

    def _referred(self, text: str) -> list[Portion]:
        """The requirements that a result points to, the last with the result's own words; a rule of which no act is told is looked at."""
        parts: list[Portion] = []
        for each in referred(text, self.case.specification or ""):
            told = self._parts(each)
            parts += told if all(part.seen and part.act.kind != "case" for part in told) else [Portion(seen=each)]
        return [*parts[:-1], *(replace(part, seen=f"{part.seen}（{text}）") for part in parts[-1:])]

    def _as_value(self, part: Portion, text: str) -> Portion:
        """実働：月8:00、火10:15: a noun of an act that names values here, and that the case does nowhere."""
        named = re.match(r"(?P<what>[^:：、。]{2,8})\s?[:：]", text)
        what = named["what"] if named else ""
        if not what or part.act.kind != "told" or part.act.text != f"{what}を行う":
            return part
        values = all(map(_VALUED.fullmatch, part.seen.split("、")))
        return Portion(seen=f"{what}:{part.seen}", topic=what) if values and not self.handling.acts(what) else part

    def _acted(self) -> bool:
        """Whether anything has been done."""
        return any(step.kind == "action" for step in self.steps)

    def _quoted(self, text: str, data: list[Datum]) -> None:
        """A step in the case's own words, of which nothing is said that it shows."""
        expected = self.tongue.lexicon.phrases["observed"]["do"]
        self._add(Planned("action", Act(text, "quoted"), expected, data, as_told=True))

    def _add(self, step: Planned) -> None:
        """With the data that it names."""
        plain = normalise(f"{LETTERED.sub(spelt_out, step.act.text)} {step.given}")
        step.data = [
            datum
            for datum in self.reading.data
            if (datum in step.data or self._names(step.act, plain, datum))
            and not (stands_in(datum, step.act.text) or goes_against(step.act, datum, self.tongue))
        ]
        self.steps.append(step)

    def _names(self, act: Act, plain: str, datum: Datum) -> bool:
        if act.kind == "again":
            case = act.objects[0]
            if case in self.case.test_data:
                return datum.name == case
            return self.data.speaks_of(case, datum) or (datum.name in case and not re.search(r"\d", case))
        name = normalise(datum.name)
        if f"誤った{name}" in plain or _is_part(act, datum):
            return False  # what is entered is another value, or one of its own
        if goes_against(act, datum, self.tongue):
            return False
        short = re.search(r"[(（]([A-Za-z]{1,4}\d{1,2})[)）]$", datum.name)  # Idempotency-Key (K1)
        if short and re.search(rf"(?<![a-z0-9]){short[1].lower()}(?![a-z0-9])", plain):
            return True
        longer = [other.name for other in self.reading.data if datum.name in other.name and other.name != datum.name]
        for other in longer:
            plain = plain.replace(normalise(other), " ")  # 経理部長 is no 部長
        if any(
            other.name == datum.name and other != datum and stands_in(other, act.text) for other in self.reading.data
        ):
            return False  # another of its values is told
        if re.search(rf"{re.escape(name)}(?:\s?=)?\s?[0-9a-z]", plain) and not re.search(r"[0-9a-z]$", name):
            plain = plain.replace(name, " ")  # 観測所 00000, with a value of its own
        plain = re.sub(rf"(?<!\w){re.escape(name)}\s?=\s?[^\s&、]+", " ", plain)  # to=5/30, with a value of its own
        about = plain.partition("について、")[0] if "について、" in plain else ""
        return (
            (len(name) > 1 and name in plain)
            or act.actor == datum.name
            or goes_with(act, datum, self.tongue)
            or (act.kind == "call" and datum.name in act.objects)
            or self.calls.takes_body(act, datum.name)
            or self.calls.takes_key(act, datum)
            or self.calls.takes_field(act, datum)
            or _is_called(datum.value, plain)
            or (len(about) > 1 and name.startswith(about))
            or self._by_letter(act, datum)
            or self._is_for(act, datum)
            or self._by_value(plain, datum)
            or self._by_count(plain, datum)
        )

    def _is_for(self, act: Act, datum: Datum) -> bool:
        """Whether a datum is named after an act, and is no limit."""
        other = act.kind == "turn" and len(self.data.slots[self.data.slot(datum)]) > 1
        return not (other or self.tongue.given(datum)) and _named_after(act, datum)

    def _by_letter(self, act: Act, datum: Datum) -> bool:
        """商品A, of Aを読んで置く: the only datum that ends in the letter."""
        letter = re.search(r"[一-龠ァ-ヶー]([A-Z])$", datum.name)
        alone = letter and sum(other.name.endswith(letter[1]) for other in self.reading.data) == 1
        return bool(alone and letter and re.search(rf"(?<![A-Za-z0-9]){letter[1]}(?=[をとにのも×])", act.text))

    def _by_value(self, plain: str, datum: Datum) -> bool:
        """By what its value begins with: INF-5502 of INF-5502 KCL注20mEq; of a list, by two of its values."""
        parts = [re.split(r"[\s(（]", normalise(part))[0] for part in re.split("、|, ", datum.value)]
        named = [
            part
            for part in parts
            if len(part) > 2
            and not _DATED.fullmatch(part)
            and re.search(rf"(?<![a-z0-9.]){re.escape(part)}(?![a-z0-9.])", plain)
        ]
        return len(named) >= min(2, len(parts)) and normalise(datum.value) not in plain

    def _by_count(self, plain: str, datum: Datum) -> bool:
        """4ファイルを置く: all four."""
        slot = self.data.slot(datum)
        head = normalise(re.sub(r"\s?\d+$", "", datum.name))
        return len(self.data.slots[slot]) > 1 and f"{len(self.data.slots[slot])}{head}" in plain

    def _place_idle(self) -> None:
        """A datum that no step names goes to the act that has most of its words, else to the first one, if that leaves open with what it is done."""
        acts = [step for step in self.steps if step.kind == "action"]
        acts = [step for step in acts if step.act.kind != "again" or step.act.objects[0] not in self.case.test_data]
        seen = "\n".join(f"{step.act.text} {' '.join(step.told)}" for step in self.steps)
        doing = "\n".join(step.act.text for step in self.steps)
        for datum in self.reading.data if acts else ():
            other = re.search(rf"{re.escape(datum.name)}(?:\s?[=＝])?\s?[0-9a-zA-Z]", seen)  # a value of its own
            several = len(self.data.slots[self.data.slot(datum)]) > 1
            told = stands_in(datum, seen if stands_in(datum, self.case.specification or "") else doing)
            taken = any(datum in step.data or _is_part(step.act, datum) for step in acts) or told or other
            if taken or f"{datum.name}なし" in doing or self.tongue.given(datum) or self.tongue.person(datum.name):
                continue
            words = self.tongue.terms(f"{datum.name} {datum.value}")
            sent = [step for step in acts if self.reading.request and self.reading.request in step.act.text]
            if sent and datum.value.startswith("{"):
                sent[0].data.append(datum)
                continue
            mine = f"{datum.name} {datum.value}"
            shown = next(
                (number for number, step in enumerate(self.steps) if stands_in(datum, " ".join(step.told))), -1
            )
            ahead = [step for step in acts if shown < 0 or step in self.steps[: shown + 1]] or acts[:1]
            if shown >= 0:  # what is seen at the end is entered where the whole is done
                ahead = [step for step in ahead if _BARE.search(step.act.text)][:1] or ahead
            ahead = [step for step in ahead if not goes_against(step.act, datum, self.tongue)]
            fitting = [step for step in ahead if not _of_another(mine, step.act.text)] or ahead or acts[:1]
            best = max(fitting, key=lambda step: overlap(words, self._words_of(step)))
            if not _of_another(mine, best.act.text) and overlap(words, self._words_of(best)):
                best.data.append(datum)
            elif of_unit := [step for step in fitting if _range_units(datum.value) & _units(step.act.text)]:
                of_unit[0].data.append(datum)
            elif any(_of_another(mine, step.act.text) for step in acts[1:]):
                acts[0].data.append(datum)  # 資料1, where a later step is about 資料2
            elif not several and _WHOLE.search((whole := fitting[0] if shown >= 0 else acts[0]).act.text):
                whole.data.append(datum)

    def _words_of(self, step: Planned) -> frozenset[str]:
        return self.tongue.terms(_TURN.sub("", step.act.text))


def _is_part(act: Act, datum: Datum) -> bool:
    """停電を5分続ける, of 停電 = 短 5分／長 15分."""
    return act.kind == "part" and datum.name in act.objects


def _named_after(act: Act, datum: Datum) -> bool:
    """差戻しコメント of 差戻す, 時刻(再申請) of 再申請する: named after what is done."""
    done = _DONE.search(act.text)
    stem = (done["noun"] or done["verb"]) if done else ""
    aside = _ASIDE.search(datum.name)
    if aside and (turn := _TURNS.get(aside["what"])) is not None:
        return bool(stem) and stem.removeprefix("再") in datum.name[: aside.start()] and stem.startswith("再") == turn
    return bool(stem) and (aside["what"] == stem if aside else bool(re.match(rf"{stem}し?[一-龠ァ-ヶー]", datum.name)))


def _is_called(value: str, plain: str) -> bool:
    """森 美咲(…), of 森様の予約."""
    person = re.match(r"(?P<name>[一-龠]{1,4})\s[一-龠ぁ-んァ-ヶ]", value)
    return bool(person and re.search(rf"(?<![一-龠]){person['name']}(?:様|さん|氏)", plain))


def _range_units(value: str) -> set[str]:
    """℃ of つまみで 10〜35℃."""
    return _units(value) if re.search(r"\d\s?[〜～~]\s?\d", value) else set()


def _units(text: str) -> set[str]:
    return set(re.findall(r"\d\s?(℃|°C|[A-Za-z%％]{1,3}/[a-z]|[A-Za-zμΩ]{1,3}(?![A-Za-z0-9])|[%％])", text))


def _of_another(value: str, act: str) -> bool:
    """ユニット2 …, where an act is about ユニット1."""
    numbered = re.compile(r"(?P<what>[一-龠ァ-ヶー]{2,})(?P<number>\d+)(?![\d,.:])")
    told = {found["what"]: found["number"] for found in numbered.finditer(act)}
    return any(told.get(found["what"], found["number"]) != found["number"] for found in numbered.finditer(value))
