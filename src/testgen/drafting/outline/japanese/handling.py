"""How the things of a Japanese case are handled: by the label that they carry, or as the case handles another thing of their kind."""

import re
from collections.abc import Iterable, Iterator
from functools import partial
from itertools import pairwise

from testgen.domain.test_case import TestCase
from testgen.drafting.outline.japanese.clauses import split_clauses
from testgen.drafting.outline.japanese.morphemes import Clause, tokens
from testgen.text.marks import LABEL, mask

_LABEL = re.compile(
    r"[\[［](?P<key>[^\]］\n、。]{1,12})[\]］]"
    r"|[「『](?P<quoted>[^」』\n、。]{1,12})[」』](?=ボタン|キー|を(?:押|選|タップ|クリック)|なら|のみ|[、/・][「『])"
)
_BARE = r"(?<![「『\[［A-Za-z0-9一-龠ァ-ヶー]){label}"
_PRESSED = r"(?=で(?![すきもの]|は(?:な|あ))|の?(?:長|短)?押し|押下|\+|を(?:押|長|短|選|タップ)|キー|ボタン|で?[はも](?=効|押|反応))"
_SHOWN = re.compile(r"^(?:は|が)[^、。]*(?:表示|点灯|点滅|消灯|非活性|活性|グレー|出|ない|ある|なる|なり|残(?!り))")
_VALUE = re.compile(
    r"(?<![\d.,])[-+]?\d[\d,.]*\s?(?P<unit>[A-Za-z%％℃°㎥㎏円個枚点本人秒分回㎜]{1,4})(?:\s?[(（][^()（）]*[)）])?"
)
_HAND = re.compile(
    "押|選|入力|入れる|打|かざす|通す|読|スキャン|タッチ|タップ|開[くけ]|閉[じめ]|載せ|置く|引く|回す|抜く|挿す|差し|外す|渡す|送|申請|登録|投入|起動|実行|操作|切る|申し?込|予約|注文|振り?替|振り?込|検索|照会|ログイン"
)
_LEAD = re.compile(r"^(?:続けて|さらに|再度|再び|もう一度|そのまま|その後|次に|同じ)、?")
_PHRASES = re.compile(r"[\s、:：・/()（）]|と(?=[一-龠])")
_JUDGED = re.compile("の?(?:判定|確認|チェック|検証|表示|制限)$")  # by the product, or the tester
_SEARCH = re.compile("検索|照会|絞り込み")
_AGAIN = re.compile(r"(?:もう一度|もう1度|再度|再び|また)、?")
_CIRCUMSTANCE = re.compile(r"^[^をへ]*(?:中|間|時|後|前)に、?")
_OBJECT = re.compile(r"(?P<what>[^、。をにではがも]*[^、。をにではがもし])を")
_POSITION = r"(?P<what>[一-龠ァ-ヶー]{{2,12}}(?:スイッチ|切替|ツマミ|モード|レバー))[がをは](?P<position>[「『]{position}[」』])"
_TIMES = re.compile(r"(?:連続)?\d+回(?:連続で|続けて)?")
_NTH = re.compile(r"\d+(?P<unit>[個件回枚人本通])目を?(?P<verb>[^をがは、。]{2,12}[うくすつぬむるぐぶ])$")
_MOST = 200  # clauses that are looked at


class Handling:
    """Looks it up, in what the results do first and in the specification then."""

    def __init__(self, case: TestCase) -> None:
        texts = (case.specification or "", *case.preconditions, *case.test_data.values(), *case.expected_results)
        self._text, self._results = case.specification or "", "\n".join(case.expected_results)
        self.labels = dict(_labels_of("\n".join(texts)))
        self._title = case.title
        self._given = "\n".join((case.title, self._text, *case.preconditions))
        searched = _SEARCH.search(case.title)
        self._search = searched.group() if searched else ""
        self._sentences = [text for text in re.split(r"[。\n→⇒|]", case.specification or "") if text.strip()]
        self._names = tuple(case.test_data)
        self._told: list[str] = []
        self._clauses: list[Clause] | None = None

    def tell(self, acts: Iterable[str]) -> None:
        """What the results say that is done."""
        self._told = list(dict.fromkeys(acts))

    def labelled(self, text: str) -> str:
        """GOでQ2へ -> [GO]でQ2へ: a label of the case that a result names without its brackets, where it is pressed."""
        for name, label in self.labels.items():
            if name in text:
                text = re.sub(_BARE.format(label=re.escape(name)) + _PRESSED, label, text)
                topic = re.compile(rf"(?<=の){re.escape(name)}(?=は)|\+{re.escape(name)}(?=[はで])")
                text = topic.sub(partial(_as_pressed, name=name, label=label), text)
        return re.sub(r"(?<=[\]］])は(?=[^、。]*(?:で|即時|\d秒))", "で", text)

    def plain(self, text: str, told: str) -> str:
        """What is seen, with the labels as the result spells them."""
        for name, label in self.labels.items():
            if label not in told:
                text = text.replace(label, name)
        return text

    def of(self, what: str) -> str:
        """What is done with a thing, as an order; empty where the case does not say."""
        what = re.sub(r"(?:だけ|のみ)$", "", what.strip())
        bare = re.sub(r"\s*[（(][^（）()]*[)）]$", "", what)
        for name, label in self.labels.items():
            if bare == name or bare.endswith((f"の{name}", f"{name}キー", f"{name}ボタン")):
                return f"{bare[: bare.rfind(name)]}{label}を押す"
        if held := re.fullmatch(r"(?P<what>.*[\]」])(?P<how>(?:\d+秒)?[長短]押し|押下)", bare):
            return f"{held['what']}を{'押す' if held['how'] == '押下' else held['how'] + 'する'}"
        if at := re.search(_POSITION.format(position=re.escape(bare)), self._text):
            return f"{at['what']}を{at['position']}にする"
        return next(self._like_another(what), "") or next(self._as_specified(bare), "")

    def beginning(self, text: str) -> str:
        """ロック中に…: what is done with the label of that name, in the specification's words."""
        state = re.match(r"(?P<what>[^、。はをがに「\[の]{2,10})中(?=[はにの、で])", text)
        label = self.labels.get(state["what"], "") if state else ""
        if state and not label:
            return next(filter(None, map(self.of, self._switching(state["what"]))), "")
        held = (
            re.search(
                rf"{re.escape(label)}を(?P<how>[^、。をはが]{{0,8}}?(?:長押し|押|オン|ON))", "。".join(self._sentences)
            )
            if label
            else None
        )
        if not held:
            return f"{label}を押す" if label else ""
        return f"{label}を{held['how']}{'す' if held['how'].endswith('押') else 'する'}"

    def _switching(self, state: str) -> list[str]:
        """[メニュー]3秒長押し, of …でロックON/OFF: what the specification says that switches a state on."""
        return re.findall(
            rf"(?:^|[、。\n])([^、。\n]{{2,30}}?)で{re.escape(state)}の?(?:ON|オン|に|を|が|開始)", self._text
        )

    def held(self, how: str, done: list[str]) -> str:
        """What is held down where a result says 長押し alone: as the specification names it, else what was pressed last."""
        texts = ("。".join(self._sentences), *reversed(done))
        kinds = (re.sub(r"^\d+秒", "", how), "[長短]押し", "[^を、。]*押")
        for kind in kinds:
            for text in texts[:1] if kind == kinds[0] else texts:
                found = re.search(rf"(?P<what>[^、。をにではが（(]{{1,16}}[^、。をにではが（(\d秒])を?{kind}", text)
                if found and (found["what"].endswith(("]", "ボタン", "キー")) or text is not texts[0]):
                    return found["what"].strip()
        return ""

    def are_alternatives(self, one: str, other: str) -> bool:
        """Whether two acts press labels that stand side by side in the specification: [YES]/[NO]."""
        labels = [next((label for label in self.labels.values() if label in act), "") for act in (one, other)]
        if not all(labels) or labels[0] == labels[1]:
            return False
        one, other = map(re.escape, labels)
        between = r"\s?(?:[/・、か]|または|と)?\s?"
        return bool(re.search(f"{one}{between}{other}|{other}{between}{one}", self._text))

    def verb(self, text: str) -> str:
        """読み取ること -> 読み取る: the verb of a clause in its dictionary form."""
        return next((clause.verb for clause in split_clauses(text) if clause.verb), "")

    def acts(self, noun: str) -> bool:
        """Whether the case does what a noun names: [試算], 試算する, 試算を実行."""
        done = rf"{re.escape(noun)}(?:し|する|を実行|を行|ボタン|後|時)"
        compound = len(tokens(noun)) > 1  # 在庫照会
        return compound or noun in self.labels or bool(re.search(done, f"{self._text}\n{self._results}"))

    def counted(self, unit: str) -> str:
        """What is done with each of the things that are counted: スキャンする, of 25個目をスキャンする; empty where no result tells it."""
        counted = (found for act in self._told if (found := _NTH.match(act)) and unit in ("", found["unit"]))
        return next((found["verb"] for found in counted), "")

    def does(self, noun: str) -> bool:
        """Whether a result tells an act of that name: 申請."""
        return any(re.search(rf"{re.escape(noun)}(?:し|する)", act) for act in self._told)

    def looked_up(self, label: str) -> str:
        """「出張 旅費」で検索する, of a case about a search in which no such label stands; empty otherwise."""
        named = LABEL.fullmatch(label) and label[1:-1] not in self._given
        return f"{label}で{self._search}する" if named and self._search else ""

    def failing(self) -> str:
        """ログイン, of a title ログイン失敗による…: what fails there."""
        found = re.search(r"(?P<deed>[一-龠]{2}|[ァ-ヶー]{3,6})の?(?:失敗|誤り|間違い|エラー)", self._title)
        return found["deed"] if found and _HAND.match(found["deed"]) else ""

    def repeated(self) -> str:
        """引く, of 99回引く: what a result tells to do so many times; empty where none does."""
        told = (
            re.match(r"[^、。]{0,12}?\d+回(?:連続で|続けて)?(?P<verb>[^、。をはが\d]{2,8})$", act) for act in self._told
        )
        return next((found["verb"] for found in told if found), "")

    def searches(self, deed: str) -> bool:
        """Whether an act looks something up."""
        return bool(_SEARCH.fullmatch(deed))

    def deed(self) -> str:
        """振込, of a title 振込限度額の判定: the act by hand that it names; empty where that is what another act is about: 予約の取消."""
        for phrase in _PHRASES.split(self._title):
            words = tokens(_JUDGED.sub("", phrase))
            kinds = [word.part_of_speech() for word in words]
            things = {n for n, (_, after) in enumerate(pairwise(kinds)) if after[0] == "接尾辞"}  # 印刷機
            named = (n for n, kind in enumerate(kinds) if kind[0] == "名詞" and n not in things)
            deed = next((n for n in named if _HAND.match(words[n].surface())), None)
            if deed is not None:
                acted_on = any("動詞" in kind or "サ変可能" in kind for kind in kinds[deed + 1 :])
                return "" if acted_on else str(words[deed].surface())
        return ""

    def is_control(self, name: str) -> bool:
        """Whether a name is one of a label, a key or a switch, which is in sight."""
        return name.endswith((*self.labels.values(), "キー", "スイッチ"))

    def alike(self, one: str, other: str) -> bool:
        """Whether two names are of things of one kind: 999円 and 1,000円, 会員カード and 無効なカード."""
        if (unit := unit_of(one)) or unit_of(other):
            return unit == unit_of(other)
        if (file := re.search(r"\.[A-Za-z]{2,5}$", one)) and other.endswith(file.group()):
            return True
        head = self.head(one)
        return (len(head) > 1 or head in (one, other)) and head == self.head(other)

    def head(self, name: str) -> str:
        """残高160円のカード -> カード, 管A -> 管."""
        bare = re.sub(r"\s*[（(][^（）()]*[)）]$|\s?[A-Za-z0-9①-⑳]{1,2}$|\d+[枚個本冊件台通人]$", "", name.strip())
        words = [word for word in tokens(bare[-30:]) if word.surface().strip()]
        return str(words[-1].surface()) if words and words[-1].part_of_speech()[0] in ("名詞", "接尾辞") else ""

    def _like_another(self, what: str) -> Iterator[str]:
        for act in self._told:
            if another := self.with_name(act, what) or (with_value(act, what) if unit_of(what) and act != what else ""):
                yield _CIRCUMSTANCE.sub("", _AGAIN.sub("", _LEAD.sub("", another)))
            for found in _OBJECT.finditer(mask(act)):
                begin, end = found.span("what")
                thing = _LEAD.sub("", act[begin:end])
                if self.alike(thing, what):
                    before = _CIRCUMSTANCE.sub("", _LEAD.sub("", act[: end - len(thing)]))
                    order = _AGAIN.sub("", f"{before}{what}{_TIMES.sub('', act[end:])}")
                    yield order if unit_of(what) else _first_act(order)

    def with_name(self, act: str, what: str) -> str:
        """T01で1回加工する, T02 -> T02で1回加工する: with another datum of the case, or another one of such numbers."""
        if number := re.fullmatch(r"(?P<kind>[A-Za-z]+[-_]?)\d+", what):
            other = re.search(rf"(?<![A-Za-z]){re.escape(number['kind'])}\d+", act)
            return act.replace(other.group(), what) if other else ""
        names = [name for name in self._names if what in self._names and name != what and len(name) > 1 and name in act]
        return act.replace(names[0], what) if len(names) == 1 else ""

    def _as_specified(self, what: str) -> Iterator[str]:
        head = self.head(what)
        if len(head) < 1 or unit_of(what):
            return
        object_of = re.compile(rf"{re.escape(head)}(?P<part>の[^、。をはが]{{1,8}})?を?$")
        if self._clauses is None:
            self._clauses = [clause for text in self._sentences for clause in split_clauses(text)][:_MOST]
        for clause in self._clauses:
            found = object_of.search(mask(clause.before))
            if not (found and _HAND.match(clause.verb)) or clause.passive or clause.causative:
                continue
            if re.search("(?:システム|サーバー?|装置|本機)[がは]|自動", clause.before):
                continue
            yield f"{what}{found['part'] or ''}を{clause.verb}"


def _first_act(order: str) -> str:
    """カードをかざして[開始]を押す -> カードをかざす: what is done with the thing itself."""
    clauses = split_clauses(order)
    return clauses[0].before + clauses[0].verb if len(clauses) > 1 and clauses[0].verb else order


def unit_of(name: str) -> str:
    """円, of 1,000円; empty for what is no value alone."""
    found = _VALUE.fullmatch(name.strip())
    return found["unit"] if found else ""


def with_value(act: str, value: str) -> str:
    """通信を2秒切る, 4秒 -> 通信を4秒切る; empty where an act has not one value of that unit."""
    if value.isdigit():
        alike = re.findall(rf"(?<![\d.,]){'[0-9]' * len(value)}(?![\d.,])", act)
        return act.replace(alike[0], value) if len(alike) == 1 else ""
    unit = unit_of(value)
    found = [match for match in _VALUE.finditer(act) if match["unit"].startswith(unit)] if unit else []
    if len(found) != 1:
        return ""
    end = found[0].start("unit") + len(unit)
    return act[: found[0].start()] + value + act[end:]


def _labels_of(text: str) -> Iterator[tuple[str, str]]:
    for found in _LABEL.finditer(text):
        name = (found["key"] or found["quoted"]).strip()
        if re.search(r"[^\W\d_]", name) and not re.search(r"[ですます。]$|\d$", name) and len(name) > 1:
            yield name, found.group()


def _as_pressed(found: re.Match[str], name: str, label: str) -> str:
    shown = _SHOWN.match(found.string[found.end() :])
    return found.group() if shown else found.group().replace(name, label)
