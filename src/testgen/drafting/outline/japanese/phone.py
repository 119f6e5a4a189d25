"""Results of a case about a voice dialogue: the call, the keys that are pressed, what is said, and what is then heard."""

import re
from collections.abc import Iterator

from testgen.domain.test_case import TestCase
from testgen.drafting.outline.model import ARROW, Act, Datum, Portion
from testgen.drafting.outline.tongue import Tongue
from testgen.text.marks import MASK, mask

_DIALOGUE = re.compile("IVR|自動音声|音声応答|自動応答|音声ガイダンス|ボイスボット|音声対話")
_CALLS_WITH = re.compile(r"^発信(?:元|者)?(?:番号|端末)?$|^架電")
_MENU = re.compile(r"(?P<key>[0-9#＃*＊])\s?[:：]\s?(?P<label>[一-龠ァ-ヶー]{2,8})")
_KEY = re.compile(
    r"(?:(?P<at>[^、。はが「」]{1,12}?)で)?「?(?P<key>\d|[#＃*＊])」?(?:キー)?(?:を(?:押す|押下|選択|選ぶ|入力))?"
)
_SAID = re.compile(r"(?:(?P<at>[^、。はが「」]{1,12})で)?(?P<said>「[^「」]{1,20}」)と(?:言う|発話|答える|話す)")
_SILENT = re.compile(r"無(?:入力|音|応答|言|発話|回答)(?:のまま)?(?P<long>\d+秒)?")
_REPEATED = re.compile(r"(?P<what>[^、。はが×x]{2,12}?)\s?[×x]\s?(?P<times>\d)")
_NOT_THERE = re.compile("存在しない|該当|無効|未登録|不正|誤")
_UTTERED = re.compile(
    r"(?P<what>発話|発声|音声|セリフ)(?P<numbers>\d(?:[・、]\d)*)(?:の(?:あと|後)(?:に|で)?|で|に対し|→|[:：])、?"
)
_ASIDE = re.compile(r"[（(][^（）()]{1,80}[)）]")


class Phone:
    """Reads them."""

    def __init__(self, case: TestCase, data: list[Datum], tongue: Tongue) -> None:
        specification = case.specification or ""
        self._dialogue = bool(_DIALOGUE.search(f"{case.title}\n{specification}"))
        self._data, self._tongue = data, tongue
        self._with = tuple(datum.name for datum in data if _CALLS_WITH.search(datum.name))
        chosen = (found["key"] for found in _MENU.finditer(specification) if found["label"] in case.title)
        self._first_key = next(chosen, "")

    def portions(self, text: str) -> list[Portion]:
        """What is dialled, pressed and said, each with what is heard then; none where a result tells none of it."""
        told = self._dialogue and not re.search("の順(?:に|で)", text)
        parts = list(_parts(text)) if told else []
        if uttered := self._uttered(text):
            return uttered
        found: list[Portion] = []
        heard: list[str] = []
        for part in parts:
            acts = self._acts(part, begins=not found)
            if acts and found:
                found[-1] = Portion(found[-1].act, " → ".join(heard))
            found += map(Portion, acts)
            heard = [] if acts else [*heard, part]
            if not found:
                return []
        return self._heard(found, " → ".join(heard)) if found and heard else []

    def _uttered(self, text: str) -> list[Portion]:
        """発話1・2のあと「…」の応答がある、発話3で止まる: data that are spoken, and what is answered to them."""
        spoken = list(_UTTERED.finditer(mask(text)))
        if not spoken or spoken[0].start() or not any(datum.name.startswith(spoken[0]["what"]) for datum in self._data):
            return []
        found: list[Portion] = []
        for said, following in zip(spoken, [*spoken[1:], None], strict=True):
            names = [f"{said['what']}{number}" for number in re.split("[・、]", said["numbers"])]
            heard = text[said.end() : following.start() if following else len(text)].strip("、。 ")
            found += [Portion(Act(f"{name}を話す", "do", (name,))) for name in names[:-1]]
            found.append(Portion(Act(f"{names[-1]}を話す", "do", (names[-1],)), heard))
        return found

    def _heard(self, found: list[Portion], heard: str) -> list[Portion]:
        """What is heard last; a further sentence may tell an act of its own."""
        stop = _bare(heard).find("。")
        first, rest = (heard[:stop], heard[stop + 1 :]) if stop >= 0 else (heard, "")
        behind = self._tongue.retold(rest) if rest else []
        if not behind or not behind[0].do:
            return [*found[:-1], Portion(found[-1].act, heard)]
        return [*found[:-1], Portion(found[-1].act, first), *behind]

    def _acts(self, part: str, *, begins: bool) -> list[Act]:
        bare = _ASIDE.sub("", part).strip()
        if key := _KEY.fullmatch(bare):
            call = self._call()[:1] if begins and not key["at"] else []
            return [*call, Act(f"{key['at'] + 'で' if key['at'] else ''}「{key['key']}」を押す", "press")]
        if said := _SAID.fullmatch(bare):
            return [Act(f"{said['at'] + 'で' if said['at'] else ''}{said['said']}と言う")]
        named = next((datum.name for datum in self._data if datum.name == bare), "")
        if not begins:
            return [Act(f"{_number(named)}を入力する", "input", (named,))] if named else []
        if silent := _SILENT.fullmatch(bare):
            lasts = silent["long"] or ""
            return [*self._call(), Act(f"何も入力せずに{lasts}待つ", "leave")]
        if repeated := None if named else _REPEATED.fullmatch(bare):
            wrong = [datum.name for datum in self._data if _NOT_THERE.search(datum.name)]
            named = next((name for name in (repeated["what"], *wrong) if name in {d.name for d in self._data}), "")
        if not named:
            return []
        times = f"{repeated['times']}回" if repeated else ""
        return [*self._call(), Act(f"{_number(named)}を{times}入力する", "input", (named,))]

    def _call(self) -> list[Act]:
        """A call, up to what the title is about."""
        pressed = [Act(f"「{self._first_key}」を押す", "press")] if self._first_key else []
        return [Act("電話をかける", "call", self._with), *pressed]


def _number(name: str) -> str:
    """What is entered for a datum on a keypad."""
    return name if name.endswith(("番号", "ID", "コード")) else f"{name}の番号"


def _bare(text: str) -> str:
    """The text with quotes and asides replaced by a filler of the same length."""
    return _ASIDE.sub(lambda found: MASK * len(found.group()), mask(text))


def _parts(text: str) -> Iterator[str]:
    """The parts between arrows, not those in quotes or asides."""
    plain, begin = _bare(text), 0
    for arrow in ARROW.finditer(plain):
        yield text[begin : arrow.start()].strip()
        begin = arrow.end()
    yield text[begin:].strip()
