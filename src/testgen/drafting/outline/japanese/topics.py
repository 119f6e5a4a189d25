"""Results that begin with data: files that are put in, states that are brought about, one of a datum's values; and what a title says that happens."""

import re
from collections.abc import Callable

from testgen.domain.test_case import TestCase
from testgen.drafting.outline.japanese.given import apart
from testgen.drafting.outline.model import Act, Datum, Portion
from testgen.drafting.outline.tongue import Tongue
from testgen.text.normal import normalise

_FILE = re.compile(r"^(?P<stem>[\w-]{1,30})\.(?P<kind>[A-Za-z]{2,5})$")
_BEHIND = r"\s?(?:[:：]|→|⇒|->)\s?"
_LISTED = r"[、,・]\s?"
_STATE = re.compile(r"[開閉中止上下](?:[（(][^（）()]{1,20}[)）])?$|状態|付近")
_FOLDER = re.compile(
    r"(?P<folder>[ァ-ヶー一-龠]{0,10}(?:フォルダー?|ディレクトリ)\s?[A-Za-z0-9_./\\-]{0,60}|(?<![\w])/[\w./-]{2,60}/)"
)
_WATCHED = re.compile("監視|入力|入稿|取込|取り込|受信|ホット|投入|配置")
_UNDERGONE = re.compile(
    r"(?P<when>[^、。をはが]{1,12}[中時]に)?(?P<what>[A-Za-z0-9一-龠ァ-ヶー()（）]{0,16}?)(?P<verb>検知|検出|受信|着信)$"
)
_EVENTS = re.compile(
    r"(?P<first>[A-Za-z0-9一-龠ァ-ヶー()（）]{2,12}?)(?:のみ|だけ|の(?P<long>\d+(?:秒|分)間?)後に(?P<then>[A-Za-z0-9一-龠ァ-ヶー()（）]{2,12}?))?\s?(?:[:：]|→|⇒|->)\s?"
)
_SIGNALS = ("報", "波", "電文", "信号", "パルス")
_ORDER = re.compile(r"\d\S{0,12}に(?:合わせる|設定する|セットする|する)(?:[（(][^（）()]{1,40}[)）])?$")
_MEANWHILE = re.compile(r"(?:^|[\s　：:])(?P<what>[一-龠ァ-ヶー]{2,10})中(?:の|に)")
_GOING = re.compile(r"(?:^|[\n。、・])(?P<what>[一-龠ァ-ヶー]{2,10})中に(?=[^、。]{1,12}(?:場合|とき|時|と))")
_NOT_BEGUN = re.compile("停止|待機|休止|休業|営業|準備|入院|在籍|使用|契約|開発")
_RIGHT = re.compile(
    r"^(?P<name>[A-Za-z一-龠ァ-ヶー]{2,12}?)の?(?P<how>誤り|不正|不一致|間違い|相違|正しい|正|一致)(?:の場合は?、?|\s?(?:[:：]|→|⇒|->)\s?)"
)
_PRESSED_THEN = re.compile(r"入力(?:し(?:て|た後)?、?|後)[^。\n]{0,30}(?:押|クリック|タップ)")
_CLOCK = re.compile(r"\d{1,2}:\d{2}")
_LASTS = re.compile(r"\d+(?:\.\d+)?(?:秒|分|時間|日)(?:間)?")
_BY_HAND = ("press", "input", "do", "wait", "leave")
_MOST = 20  # data that one result lists


class Topics:
    """Reads them."""

    def __init__(self, case: TestCase, data: list[Datum], tongue: Tongue, handled: Callable[[str], str]) -> None:
        self._data, self._tongue, self._handled = data, tongue, handled
        self._texts = "\n".join((case.title, *case.preconditions, case.specification or ""))
        self._names = {name: datum for datum in data for name in _names_of(datum)}
        shared = [name for name in self._names if sum(name in _names_of(datum) for datum in data) > 1]
        self._names = {name: datum for name, datum in self._names.items() if name not in shared}
        self._undergone = ("", "")
        self.event = self._happens(case.title)
        self.orders = [f"{datum.name}を{datum.value}" for datum in data if _ORDER.search(datum.value)]
        self.orders += [f"{datum.name}に{apart(datum.value)}を選ぶ" for datum in data if self._is_chosen(datum)]
        self.meanwhile = self._goes_on(case.title, "\n".join(case.preconditions)) or self._goes_on_before(case)
        self._filed = tongue.filing(case)

    def portions(self, text: str) -> list[Portion]:
        """What is done with the data that a result begins with, and what is then seen; none where it begins otherwise."""
        if told := self._judged(text):
            return [told]
        if valued := self._valued(text):
            return [*([Portion(self.meanwhile)] if self.meanwhile else []), valued]
        if happens := self._of_event(text):
            return happens
        data, rest = self._begins_with(text)
        entered = self._entering(data) if data and rest else None
        if not entered:
            return []
        return self._then([entered, *([self.event] if entered.kind == "bring" and self.event else [])], rest)

    def _then(self, acts: list[Act], rest: str, by_hand: tuple[str, ...] = _BY_HAND) -> list[Portion]:
        """Acts, and what is seen then; what a person does behind them is done, what the product does is seen."""
        parts = self._tongue.retold(rest)
        if not all(part.act.kind in by_hand for part in parts if part.do):
            parts = [Portion(seen=rest)]
        if parts[0].do:
            return [*map(Portion, acts), *parts]
        return [*map(Portion, acts[:-1]), Portion(acts[-1], parts[0].seen), *parts[1:]]

    def _of_event(self, text: str) -> list[Portion]:
        """P波のみ：…, P波の30秒後にS波：…, 続報→…: what happens to the product, as the title calls it, or something of its kind."""
        found = _EVENTS.match(text) if self.event else None
        first, verb = self._undergone
        if not found or not (found["first"] == first or found["first"].endswith(_SIGNALS)):
            return []
        acts = [Act(f"{found['first']}を{verb}させる")]
        if found["then"]:
            acts += [Act(f"{found['long']}待つ", "wait"), Act(f"{found['then']}を{verb}させる")]
        return self._then(acts, text[found.end() :], by_hand=("press", "input", "wait"))

    def _judged(self, text: str) -> Portion | None:
        """PIN誤り→…, PIN正→…: a datum that is entered wrong or right."""
        found = _RIGHT.match(text)
        named = [datum for datum in self._data if found and datum.name.endswith(found["name"])]
        if not found or len(named) != 1 or self._tongue.given(named[0]) or _PRESSED_THEN.search(self._texts):
            return None  # with other data, and what is then pressed: more than one act
        how = "正しい" if found["how"].startswith(("正", "一致")) else "誤った"
        return Portion(Act(f"{how}{named[0].name}を入力する", "input", (named[0].name,)), text[found.end() :])

    def _valued(self, text: str) -> Portion | None:
        """5分：…, of 停電 = 短 5分／長 15分: one of a datum's values."""
        for datum in self._data:
            for value in _values_of(datum.value):
                behind = re.match(_BEHIND, text[len(value) :]) if text.startswith(value) else None
                if behind:
                    return Portion(self._with_value(datum.name, value), text[len(value) + behind.end() :])
        return None

    def _with_value(self, name: str, value: str) -> Act:
        if _CLOCK.fullmatch(value) and self._tongue.named_act(name):
            return Act(f"{value} に{name}を行う", "part", (name,))
        if _LASTS.fullmatch(value):
            return Act(f"{name}を{value}続ける", "part", (name,))
        return Act(f"{name}を{value}{' ' if value[-1].isascii() else ''}にする", "part", (name,))

    def _begins_with(self, text: str) -> tuple[list[Datum], str]:
        """The data, and what stands behind them: 位置1：10Fに停止; f2,f3 NG."""
        found: list[Datum] = []
        rest = text
        while len(found) < _MOST and (name := self._name_at(rest)):
            found.append(self._names[name])
            rest = rest[len(name) :]
            if behind := re.match(_BEHIND, rest):
                return found, rest[behind.end() :]
            if _FILE.match(self._names[name].name) and (behind := re.match(r"[\s　]+", rest)):
                return found, rest[behind.end() :]
            if not (listed := re.match(_LISTED, rest)):
                break
            rest = rest[listed.end() :]
        return [], ""

    def _name_at(self, text: str) -> str:
        return max((name for name in self._names if text.startswith(name)), key=len, default="")

    def _entering(self, data: list[Datum]) -> Act | None:
        """What a person does with them; None where the case does not say."""
        names = tuple(datum.name for datum in data)
        listed = "、".join(names)
        if all(map(_FILE.match, names)):
            order = self._given_in()
            return Act(f"{listed}{order}", "upload", names) if order else None
        several = sum(_kind(datum) == _kind(data[0]) for datum in self._data) > 1
        states = several and all(_STATE.search(datum.value) for datum in data) and not self._handled(names[0])
        return Act(f"{listed}の状態にする", "bring", names) if states else None

    def _given_in(self) -> str:
        """Where files go: into the folder that is watched, else as the case calls it."""
        for line in self._texts.split("\n"):
            found = _FOLDER.search(line) if _WATCHED.search(line) else None
            folder = found["folder"].strip() if found else ""
            if folder and not re.search("NG|エラー|出力|結果|OK", folder):
                return f"を{apart(folder)}に入れる"
        return f"を{self._filed}" if self._filed else ""

    def _happens(self, title: str) -> Act | None:
        """P波検知→…, CM中に受信: what the title says that happens to the product is made to happen."""
        found = _UNDERGONE.match(re.split(r"[\s　：:]", re.split(r"→|⇒|->", title)[0])[-1])
        things = [datum.name for datum in self._data if not self._tongue.given(datum)]
        if not found or not (found["what"] or things):
            return None
        when = f"{found['when']}、" if found["when"] else ""
        what = found["what"] or things[0]
        self._undergone = (found["what"], found["verb"])
        return Act(f"{when}{what}を{found['verb']}させる", "do", () if found["what"] else (what,))

    def _goes_on(self, title: str, given: str) -> Act | None:
        """予約炊飯中の停電, with a datum 予約1: what is going on meanwhile is begun first."""
        found = _MEANWHILE.search(title)
        if not found or _NOT_BEGUN.search(found["what"]) or found["what"] in given:
            return None
        stems = [re.sub(r"[\s\d]+$", "", datum.name) for datum in self._data]
        set_for_it = any(len(stem) > 1 and stem in found["what"] for stem in stems)
        return Act(f"{found['what']}を開始する", "do") if set_for_it else None

    def _is_chosen(self, datum: Datum) -> bool:
        """期限は24時間/7日/無期限から選ぶ: whether the specification has a datum chosen from a list."""
        offered = rf"(?P<what>[一-龠ァ-ヶー]{{2,10}})は[^。\n]{{0,40}}{re.escape(datum.value)}[^。\n]{{0,40}}から[^。\n]{{0,4}}選"
        found = re.search(offered, self._texts)
        return bool(found and datum.name.endswith(found["what"]))

    def _goes_on_before(self, case: TestCase) -> Act | None:
        """予約中に停電した場合, with a datum 予約時刻: what the specification says to be going on then is done first."""
        for found in _GOING.finditer(case.specification or ""):
            what, told = found["what"], "\n".join((*case.preconditions, *case.expected_results))
            named = any(datum.name.startswith(what) and datum.name != what for datum in self._data)
            if named and what in case.title and f"{what}中" not in told and self._tongue.named_act(what):
                return Act(f"{what}を行う", "do")
        return None


def _kind(datum: Datum) -> str:
    """かご位置, of かご位置1."""
    return re.sub(r"[0-9A-Z]+$", "", datum.name)


def _values_of(value: str) -> list[str]:
    """5分 and 15分, of 短 5分／長 15分; none where it is no list of values."""
    bare = re.sub(r"\s?の?\d回$", "", value)
    parts = [part.split()[-1] for part in re.split(r"[／/、]|と", bare) if part.split()]
    return parts if 1 < len(parts) <= _MOST and all(re.match(r"[-+]?\d", part) for part in parts) else []


def _names_of(datum: Datum) -> set[str]:
    """f1 for f1.pdf, 位置1 for かご位置1."""
    found = {datum.name}
    if file := _FILE.match(datum.name):
        found.add(file["stem"])
    tail = re.search(r"(?P<tail>[一-龠]{2}\s?\d{1,2})$", datum.name)
    if tail and len(normalise(tail["tail"])) < len(normalise(datum.name)):
        found.add(tail["tail"])
    return {name for name in found if len(name) > 1}
