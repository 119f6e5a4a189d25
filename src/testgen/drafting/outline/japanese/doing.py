"""Japanese acts in the words of a case, in their dictionary form; what cannot be told so stays whole."""

import re
from dataclasses import replace

from testgen.drafting.outline.japanese.clauses import split_clauses
from testgen.drafting.outline.japanese.given import Given
from testgen.drafting.outline.japanese.morphemes import TRIGGER, Clause, tokens
from testgen.drafting.outline.model import Act, Part
from testgen.text.marks import mask

_LABEL = re.compile(r"(?:[「『\[［][^」』\]］]{1,40}[」』\]］](?:ボタン|キー)?(?:→|⇒)?)+")
_LABELS_END = re.compile(r"[「『\[［][^」』\]］]{1,40}[」』\]］](?:ボタン|キー)?$")
VALUE = re.compile(r"[A-Za-z]{0,4}\s?[-+]?\d[\d,.]*\s?[A-Za-z%％℃°㎥㎏円個枚点㎜/]{0,6}")
_BY_HAND = re.compile("(?:押し|引き|打ち|回し|抜き|差し|読み|渡し|戻し|入れ|替え|直し|切り|外し|放置)$")
_CLOCK = re.compile(r"\d{1,2}:\d{2}(?::\d{2})?")
_LAPSE = re.compile(
    r"(?P<since>.*?から|そのまま|さらに)?\s?(?P<long>(?:合計|約)?\d+(?:\.\d+)?\s?(?:秒|分|時間|日)(?:間)?)(?:ほど|程度)?(?:が?経過)?$"
)
_STATE = re.compile(r"(?:中|済み?|未[一-龠]{1,4}|状態|あり|なし|オフライン|圏外|定位|反位|ON|OFF)$")
_UNTIL = {
    "経過する",
    "経つ",
    "過ぎる",
    "明ける",
    "終わる",
    "完了する",
    "終了する",
    "切れる",
    "到達する",
    "達する",
    "超過する",
    "超える",
    "迎える",
}
HAPPENS = {
    "続く",
    "なる",
    "ある",
    "発生する",
    "出る",
    "消える",
    "届く",
    "変わる",
    "止まる",
    "落ちる",
    "下がる",
    "上がる",
    "入る",
    "切り替わる",
    "動く",
    "鳴る",
    "表示する",
    "超える",
    "下回る",
    "上回る",
    "一致する",
}


class Doing(Given):
    """Tells them."""

    def is_done(self, what: str) -> bool:
        """Whether a text without a finite verb tells an act: 同名ファイルをもう一度置いて手動起動."""
        bare = re.sub(r"[（(][^（）()]*[)）]$", "", what).strip()
        clauses = split_clauses(bare)
        named = re.search(r"[をにでてへ]\s?[一-龠ァ-ヶー]{2,}$", mask(bare))
        if named and tokens(bare)[-1].part_of_speech()[2] == "サ変可能":
            return True
        led = any(clause.verb and clause.link != "end" for clause in clauses) or "→" in mask(bare)
        return led or self.is_named_act(bare) or ("を" in mask(bare) and bool(clauses and clauses[-1].verb))

    def is_named_act(self, what: str) -> bool:
        """振込, 再起動: a noun that is an act of a person."""
        return bool(what) and (bool(_BY_HAND.search(what)) or self._is_act(what))

    def causes(self, what: str, mark: str) -> bool:
        """Whether a name before で stands for something that is done."""
        if re.match("いずれ|どの|どれ|すべて|全て|それぞれ|各|遅くとも", what) or what.endswith(
            ("ほど", "程度", "以内", "自動", "まで")
        ):
            return False
        whole = (
            _LABEL.fullmatch(what)
            or all(map(VALUE.fullmatch, what.split("、")))
            or "→" in mask(what)
            or _LAPSE.fullmatch(what)
        )
        place = what.endswith(tuple(self.lexicon.data["places"]))
        return (
            bool(whole)
            or self.is_named_act(what)
            or (mark in ("では", "だと") and not place and bool(_STATE.search(what)))
        )

    def doing(self, what: str, *, state: bool = False) -> Part:
        """A text that tells an act without a verb at its end, or a name that stands for one."""
        bare = re.sub(r"\s*[（(][^（）()]{1,80}[)）]$", "", what.strip()) or what
        aside = what.strip()[len(bare) :]
        ended = re.sub(r"(?:た|の|る|い)?(?:場合|とき|時|後|直後)$", "", bare) or bare
        clauses = split_clauses(ended)
        last = clauses[-1] if clauses else Clause("")
        if state:
            return Part(Act(f"{what}の状態にする", "state"))
        if ended != bare and last.verb and split_clauses(bare + "、")[-1:]:
            past = split_clauses(bare + "、")
            last = past[-1]
            at = bare.rfind(last.text) + len(last.before)
            return self._led_by(bare[:at], last, bare[: bare.rfind(last.text) + len(last.text)])
        if _LABEL.fullmatch(bare) or _LABELS_END.search(bare):
            return Part(Act(f"{bare}を押す", "press"))
        if bare.endswith("放置"):
            return Part(Act(f"{bare}する", "wait"))
        if lapse := _LAPSE.fullmatch(bare):
            return Part(Act(f"{lapse['since'] or ''}{lapse['long']}待つ", "wait"))
        only = re.sub(r"(?:だけ|のみ)$", "", bare)
        whose = re.fullmatch(r"(?P<who>[一-龠]{1,4}[長員者師])(?P<what>[一-龠]{2})", bare)
        if whose and self.is_named_act(whose["what"]) and self.reader.is_person(whose["who"]):
            return Part(Act(f"{whose['what']}する", "told", (), "", whose["who"]))
        if self.is_named_act(only):
            joined = re.search(r"[をでにへからてと]$|\d\s?(?:秒|分|回|時間)(?:間)?$", only[: _noun(only)])
            who = re.match(r"^(?P<who>[^のをがは]{1,12})の(?P<what>[^の]{2,10})$", bare)
            if who and self.reader.is_person(who["who"]):
                only_this = bare[len(only) :]
                verb = f"{re.sub('(?:だけ|のみ)$', '', who['what'])}"
                return Part(Act(f"{verb}{only_this}を行う" if only_this else f"{verb}する", "told", (), "", who["who"]))
            return Part(Act(bare + ("する" if joined else "を行う") + aside, "told", (bare,)))
        if bare.endswith(last.verb or "\n") and not last.passive:
            return Part(Act(bare, "do"))
        if "→" in mask(bare) and re.fullmatch(r"[\d.,a-zA-Z%\s→]+", bare):
            return Part(Act(f"「{bare}」の順に試す", "case", (bare,)))
        if all(map(VALUE.fullmatch, bare.split("、"))):
            return Part(Act(f"{bare} にする" if bare[-1:].isascii() else f"{bare}にする", "set", (bare,)))
        if _STATE.search(bare):
            return Part(Act(f"{bare}の状態にする{aside}", "state", (bare,)))
        if self.is_done(what):
            joined = re.search(r"[をにでてへ]\s?[A-Za-z0-9]{0,4}[一-龠ァ-ヶー]{2,}$", mask(bare))
            value = re.search(r"[てで、]\s?[\d.,]+\s?[A-Za-z%％℃°円個枚点]{0,4}$", bare)
            return Part(Act(f"{what}{'する' if joined else 'にする' if value else 'を行う'}", "told"))
        return Part(Act(self.lexicon.phrase("own_words", what=what), "case", (what,)))

    def _led_by(self, before: str, clause: Clause, text: str) -> Part:
        """What leads to something, in its dictionary form."""
        before, text = before.lstrip("、， "), text.strip("、， ")
        if topic := re.match(r"^(?P<what>[^、。がはを]{1,20})は、?", mask(before)):
            what = before[: topic.end("what")]
            about = "" if self.reader.is_person(what) else f"{what}について、"
            made = self._led_by(before[topic.end() :], clause, text[topic.end() :])
            return Part(replace(made.act, text=about + made.do))
        if not clause.verb:
            return self._moment(text, clause)
        before = re.sub(r"の(?:どれ|いずれ|どちら)を$", "をそれぞれ", before)
        own, verb = mask(before), clause.verb
        if clause.causative and verb.endswith("する"):
            verb = verb.removesuffix("する") + "させる"
        if re.match(r"の?(?:とき|場合|時|際)", clause.joint) and not re.search("[ぁ-ん]$", text):
            return Part(Act(f"{text}の状態にする", "state"))
        if clause.negative and clause.joint.startswith(("状態", "まま")):
            return Part(Act(f"{text}状態にする", "state"))
        if clause.negative:
            return Part(Act(f"{text}まま待つ" if text.endswith("ない") else f"{text}ないまま待つ", "leave"))
        if clause.potential or clause.state:
            return Part(Act(f"{text}状態にする", "state"))
        if verb == "する" and (tried := _volitional(before)):
            return self._said(tried)
        if clause.passive:
            before = re.sub(r"[がは](?=[^がはを]*$)", "を", before) if "を" not in own else before
            return Part(Act(before + verb, "do"))
        if (
            clause.joint.startswith(("後", "時", "直後", "の後"))
            and verb.endswith("する")
            and text.endswith(clause.stem)
        ):
            return self._nominal_done(before, clause)
        by_itself = re.search(r"[がも][^がをも]*$", own) and not self.reader.split_actor(self.reader.bare(before))[2]
        lasts = re.search(r"(?:\d\s?(?:秒|分|時間|日|時)(?:間)?|\d:\d\d|期限|時刻|時間)を$", own)
        if verb in _UNTIL and ("を" not in own or lasts):
            return Part(Act(f"{before}{verb}まで待つ", "wait"))
        if by_itself and {verb, clause.stem} & {*HAPPENS, *self.lexicon.data["intransitive"]}:
            return Part(Act(f"{before}{verb}状態にする", "state"))
        if verb.endswith("する") and not re.search(
            r"[をにでへとがはらてもり]\s?$|\d\s?[回度秒分]?$|^$|[、中→]$", before
        ):
            before += "を" if before else ""
        return self._said(before + verb)

    def _nominal_done(self, before: str, clause: Clause) -> Part:
        """所得金額の修正後 -> 所得金額を修正する, 店長承認後 -> 店長承認を行う."""
        stem = clause.stem
        whose = re.match(r"^(?P<who>.+?)(?P<what>[一-龠]{2})$", stem)
        if whose and self.reader.is_person(whose["who"]) and not re.search(r"[をにのが]$", before):
            return Part(Act(f"{before}{whose['what']}する", "told", (), "", whose["who"]))
        if before.endswith("の"):
            owner = before[:-1]
            who = re.search(r"[^、。]{1,12}$", owner)
            if who and self.reader.is_person(who.group()):
                return Part(Act(f"{stem}する", "told", (), "", who.group()))
            return Part(Act(f"{owner}を{stem}する", "do", (owner,)))
        return Part(
            Act(f"{before}{stem}を行う" if not re.search("[をに]$", before) else f"{before}{stem}する", "told", (stem,))
        )

    def _said(self, text: str) -> Part:
        who, rest, person = self.reader.split_actor(text)
        if person and who and rest.strip():
            return Part(Act(rest.strip("、 "), "do", (), "", who))
        return Part(Act(text, "do"))

    def _moment(self, text: str, clause: Clause) -> Part:
        """15秒後, 翌日以降, 未入力の場合: a name before a word of time or condition."""
        if re.search(r"^(?:の)?(?:場合|とき|時)", clause.joint):
            return Part(Act(f"{text}の状態にする", "state", (text,)))
        if lapse := re.fullmatch(r"(?P<since>.*?)(?P<long>(?:約)?\d+(?:\.\d+)?\s?(?:秒|分|時間|日)(?:間)?)", text):
            since = re.sub(r"([てで])$", r"\1から", lapse["since"])
            return Part(Act(f"{since}{lapse['long']}待つ", "wait"))
        words = tokens(text)
        past = len(words) > 1 and words[-1].surface() in ("た", "だ") and words[-2].part_of_speech()[0] == "動詞"
        if past:  # 呼んだ直後
            return self._said(text[: words[-2].begin()] + words[-2].dictionary_form())
        return self.doing(text)

    def attempt(self, clause: Clause) -> Act | None:
        """注文書を発行できない -> 注文書を発行する."""
        verb = self.reader.verb(clause)
        if clause.verb == "できる" or (verb is not None and verb.kind != "action"):
            return None
        text = self.reader.bare(re.sub(r"^その後は?、?", "", clause.before))
        until = re.match(r"^[^、。がを]{1,20}までは?", text)
        lead, text = (until.group().removesuffix("は") + "に", text[until.end() :]) if until else ("", text)
        text = re.sub(r"(?<=[でに])は$", "", text)
        if "を" not in mask(text) and not self.reader.split_actor(text)[2]:
            text = re.sub(r"[がはも](?=[^がはも]*$)", "を", text)
        made = self._said(text + clause.verb).act
        return replace(made, text=lead + made.text)


def _volitional(before: str) -> str:
    """差し戻そうと -> 差し戻す."""
    if not before.endswith("と"):
        return ""
    words = tokens(before[:-1])
    last = next((index for index in range(len(words) - 1, -1, -1) if words[index].part_of_speech()[0] == "動詞"), -1)
    if last < 0 or not re.search("[おこそとのぼもろご]う$|よう$", before[:-1]):
        return ""
    word = words[last]
    begin = before[: word.begin()]
    if word.dictionary_form() in ("する", "為る"):
        return begin + "する"
    return begin + word.dictionary_form()


def _noun(text: str) -> int:
    """Where the last noun of a text begins."""
    words = tokens(text)
    return words[-1].begin() if words else 0
