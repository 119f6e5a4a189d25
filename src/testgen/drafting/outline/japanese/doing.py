"""Japanese clauses that lead to something, as acts in their dictionary form and in the words of the case."""

import re
from collections.abc import Iterator
from dataclasses import replace

from testgen.drafting.outline.japanese.clauses import split_clauses
from testgen.drafting.outline.japanese.inflection import is_ichidan, passive_stem
from testgen.drafting.outline.japanese.morphemes import Clause, tokens
from testgen.drafting.outline.japanese.naming import VALUE, Naming
from testgen.drafting.outline.japanese.opaque import opaque
from testgen.drafting.outline.model import Act
from testgen.text.marks import mask

# What is waited for, and what comes about by itself.
_UNTIL = frozenset(
    re.findall(r"\S+", "経過する 経つ たつ 過ぎる 明ける 終わる 完了する 終了する 切れる 切る 到達する 達する 超過する")
)
_UNTIL |= frozenset(re.findall(r"\S+", "超える 迎える 継続する 下がる 上がる"))
HAPPENS = frozenset(
    re.findall(r"\S+", "続く なる ある 発生する 出る 消える 届く 変わる 止まる 落ちる 下がる 上がる 入る 切り替わる")
)
HAPPENS |= frozenset(re.findall(r"\S+", "動く 鳴る 表示する 超える 下回る 上回る 一致する なくなる 無くなる"))
_IS_SO = {"含む", "異なる", "存在する", "満たす", "重複する", "違う"}
_WHEN = re.compile(r"(?P<until>[^、。がを]{1,20}まで)は?|(?P<when>[^、。を「\[]{1,30}?(?:間|中|前|後|以降))に?は、?")
_TOPIC = re.compile(r"^(?P<what>[^、。がはを]{1,20})は、?")
_LASTS = re.compile(r"(?:\d\s?(?:秒|分|時間|日|時)(?:間)?|\d\s?[%％℃円件個人]|\d:\d\d|期限|時刻|時間)を$")
_BEFORE_VERB = re.compile(
    r"[をにでへとがはらてもり]\s?$|\d\s?[回度秒分]?$|^$|[、中→]$|(?:再度|一度|全件|直接|順次|[一二三四]度|同時)$"
)  # no を is missing
_LASTING = re.compile(rf"^(?P<what>{VALUE.pattern})(?:[がの])(?P<long>\d+(?:\.\d+)?\s?(?:秒|分|時間|日)間?)$")
_ANOTHER = re.compile(r"[、に](?P<who>[^、。はがをに]{1,8})が")
_EXCEEDS = ("超える", "超過する", "上回る", "下回る")
_LEVEL = re.compile(r"\d\s?(?:[%％]|kg|g|円|件|個|人|名|枚|文字|MB|GB|KB)を$")
_COUNTED = re.compile(r"\d\s?(?:枚|個|件|人|名|本|冊|点|円|回|文字|行|桁|[A-Za-z%％]{1,3})まで$")
_BECOMES = re.compile(
    r"(?P<when>(?:[^、。をはが]{2,12}に)?)(?P<what>[^、。をはがに]{1,12}[^、。をはがに時刻日])が(?P<value>\d[\d,.]*[^\d、。:]{0,3})に"
)
_CONTROL = re.compile("(?:ボタン|キー|レバー|スイッチ)$")  # what is spoken of, and not what is handled then
_ABLE_BUT = re.compile(r"(?P<what>[^、。はが]{1,20})は[^、。は]{1,20}(?:でき|[えけせてねべめれ])るが、?")
_LOOKS = re.compile(
    r"[がは][^、。をがは]{0,6}(?:色|グレー|非活性|非表示|無効|不活性)(?:で|のまま|になり|となり|に?なって)(?=$|[「『\[])"
)
_AFTER = ("後", "時", "直後", "の後")
_SPAN = re.compile(r"(?P<since>.*?)(?P<long>(?:約)?\d+(?:\.\d+)?\s?(?:秒|分|時間|日)(?:間)?)")


class Doing(Naming):
    """Tells them."""

    def led_by(self, before: str, clause: Clause, text: str) -> Act:
        """What a clause tells; `before` stands before its verb, `text` is the whole of it."""
        before, text = (
            re.sub(r"(?:は|を|も)?(?:何回|何度|いくら)$", "を繰り返し", before.lstrip("、， ")),
            text.strip("、， "),
        )
        if topic := _TOPIC.match(opaque(before)):
            what = before[: topic.end("what")]
            made = self.led_by(before[topic.end() :], clause, text[topic.end() :])
            if self.is_role(what):
                return replace(made, actor=made.actor or what)
            alone = _CONTROL.search(what) and clause.joint.startswith(_AFTER)
            return made if alone else replace(made, text=told_of(what, made.text))
        if not clause.verb:
            return self._moment(text, clause)
        before = re.sub(r"の(?:どれ|いずれ|どちら)を$", "をそれぞれ", before)
        return next(self._states(before, clause, text), None) or self._by_hand(before, clause, text)

    def _states(self, before: str, clause: Clause, text: str) -> Iterator[Act]:
        """What nobody does: it is brought about, or waited for."""
        if re.match(r"の?(?:とき|場合|時|際)", clause.joint) and not re.search("[ぁ-ん]$", text):
            yield self.state_of(text)
        if clause.negative and clause.joint.startswith(("状態", "まま")):
            yield Act(f"{text}状態にする", "state")
        if clause.negative:
            yield Act(f"{text}まま待つ" if text.endswith("ない") else f"{text}ないまま待つ", "leave")
        if clause.potential or clause.state or clause.verb in _IS_SO:
            yield Act(f"{text}状態にする", "state")
        own = mask(before)
        if clause.verb in _EXCEEDS and _LEVEL.search(own):
            yield Act(f"{before}{clause.verb}状態にする", "state")
        if (
            clause.verb in _UNTIL
            and ("を" not in own or _LASTS.search(own))
            and not clause.passive
            and not re.search("て$|^[^がは]*(?<!ま)で$", own)
            and (own or clause.verb != "切る")
        ):
            yield Act(f"{before}{clause.verb}まで待つ", "wait")
        if clause.verb == "なる" and (level := _BECOMES.fullmatch(before)):
            yield Act(f"{level['when']}{level['what']}を{level['value']}にする", "state")
        if clause.verb == "なる" and "を" not in own:
            yield Act(f"{before}なるまで待つ", "wait")
        if clause.verb in ("続く", "継続する") and (lasts := _LASTING.match(before)):
            yield Act(f"{before[: lasts.end('what')]}を{lasts['long']}続ける", "wait")
        if clause.verb in ("続く", "継続する") and own.endswith("まま"):
            yield Act(f"{before}にする", "state")
        person = self.reader.split_actor(self.reader.bare(before))[2]
        happens = {clause.verb, clause.stem} & {*HAPPENS, *self.lexicon.data["intransitive"]}
        if re.search(r"(?:が|も(?!う))(?:[^がをも]|もう)*$", own) and happens and not (person or clause.passive):
            yield Act(f"{before}{clause.verb}状態にする", "state")

    def _by_hand(self, before: str, clause: Clause, text: str) -> Act:
        verb = clause.verb
        if clause.causative:
            verb = f"{verb[:-1]}させる" if is_ichidan(verb) else f"{passive_stem(verb)[:-1]}せる"
        if verb == "する" and (tried := _volitional(before)):
            return self._said(tried)
        known = self.reader.verb(clause)
        if clause.passive and "を" not in mask(before) and (known is None or known.kind != "action"):
            if re.search(
                r"\d(?:時|分|:\d\d)に[^、。をはが]{0,8}$", before
            ):  # 23:10にいいねされる: by somebody, at that time
                return Act(f"{before}{passive_stem(verb)}るようにする", "wait")
            return Act(f"{before}{passive_stem(verb)}るまで待つ", "wait")  # 1通目が排出されたあと
        if clause.passive:
            before = re.sub(r"[がは](?=[^がはを]*$)", "を", before) if "を" not in mask(before) else before
            return Act(before + verb, "do")
        if clause.joint.startswith(_AFTER) and verb.endswith("する") and text.endswith(clause.stem):
            done = re.sub("(?<=..)(?:完了|終了)$", "", clause.stem)  # 届出完了後
            stem = done if self.is_named_act(done) else clause.stem
            return replace(self._named_done(before, stem), past=True)
        torn = len(clause.stem) == 1 and before[-1:] >= "一"  # 復|電する
        if known and known.ui and "を" not in mask(before) and re.search("[一-龠ァ-ヶーA-Za-z]$", before):
            before += "" if _BEFORE_VERB.search(before) else "を"  # クエスト出発押したら
        torn |= bool(before) and tokens(before)[-1].part_of_speech()[0] == "副詞"  # 再びログインする
        if verb.endswith("する") and "を" not in mask(before) and not (torn or _BEFORE_VERB.search(before)):
            before += "を"
        return self._said(before + verb)

    def _named_done(self, before: str, stem: str) -> Act:
        """所得金額の修正後 -> 所得金額を修正する, 店長承認後 -> 店長が承認する."""
        whose = re.match(r"^(?P<who>.+?)(?P<what>[一-龠]{2})$", stem)
        if whose and self.is_role(whose["who"]) and not re.search(r"[をにのが]$", before):
            return Act(f"{before}{whose['what']}する", "told", (), "", whose["who"])
        if before.endswith("の"):
            owner = before[:-1]
            who = re.search(r"[^、。]{1,12}$", owner)
            if who and self.is_role(who.group()):
                return Act(f"{stem}する", "told", (), "", who.group())
            return Act(f"{owner}を{stem}する", "do", (owner,))
        if re.search("[をに]$", before):
            return Act(f"{before}{stem}する", "told", (stem,))
        named = self.named(f"{before}{stem}")
        if (
            not before
            and re.fullmatch("[一-龠]+", stem)
            and tokens(stem)[-1].part_of_speech()[2] == "一般"
            and named.kind == "case"
        ):
            return Act(f"{stem}後になるまで待つ", "wait")  # 締切後
        return Act(f"{before}{stem}を行う", "told", (stem,)) if named.kind == "case" else named

    def _said(self, text: str) -> Act:
        """An act with the person who is named as doing it."""
        who, rest, person = self.reader.split_actor(text)
        another = _ANOTHER.search(rest) if person else None
        if another and self.is_role(another["who"]):
            return Act(text, "do")  # 三浦が開始した後、堀が押す
        return Act(rest.strip("、 "), "do", (), "", who) if person and who and rest.strip() else Act(text, "do")

    def _moment(self, text: str, clause: Clause) -> Act:
        """15秒後, 未入力の場合: a name before a word of time or condition."""
        if re.search(r"^(?:の)?(?:場合|とき|時)", clause.joint):
            return self.state_of(text)
        if clause.joint.startswith(_AFTER) and re.fullmatch(r"\d+回目|初回", text):
            return Act("", "wait", past=True)
        if lapse := _SPAN.fullmatch(text):
            since = re.sub(r"(?<=[A-Za-z0-9一-龠])で$", "にしてから", lapse["since"])
            since = re.sub(r"([てで])$", r"\1から", since)
            return Act(f"{since}{lapse['long']}待つ", "wait")
        return self.doing(text)

    def doing(self, what: str) -> Act:
        """A text that tells an act without a verb at its end, or a name that stands for one."""
        bare = re.sub(r"\s*[（(][^（）()]{1,80}[)）]$", "", what.strip()) or what
        if re.search(r"[たるうくすつぬむぐぶだい](?:場合|とき|時|後|直後)$", bare):
            last = split_clauses(bare + "、")[-1]
            at = bare.rfind(last.text)
            if last.verb and at >= 0:
                return self.led_by(bare[: at + len(last.before)], last, bare[: at + len(last.text)])
        return self.named(what)

    def attempt(self, clause: Clause) -> Act | None:
        """注文書を発行できない -> 注文書を発行する."""
        verb = self.reader.verb(clause)
        if clause.verb == "できる" or (verb is not None and verb.kind != "action"):
            return None
        if re.search("する[一-龠]", clause.verb):  # 入稿する押せない: the first is the label of a button
            return None
        text = self.reader.bare(re.sub(r"^その後は?、?", "", clause.before))
        if but := _ABLE_BUT.fullmatch(text):
            text = f"{but['what']}を"  # 1.0は参照できるが編集できない
        if _LOOKS.search(text):
            return None  # 確定ボタンがグレーで押せない is seen
        when = _WHEN.match(text)
        counted = when and when["until"] and _COUNTED.search(when["until"])  # 99枚まで指定する
        lead = (f"{when['until']}{'' if counted else 'に'}" if when["until"] else f"{when['when']}に、") if when else ""
        text = text[when.end() :] if when else text
        text = re.sub(r"^([^、。はが]{1,20}で)は", r"\1", re.sub(r"(?<=[でに])は$", "", text))
        who, rest, person = self.reader.split_actor(text)
        rest = rest.strip() if person else text
        if "を" not in opaque(rest) and not re.fullmatch(r"[A-Z]{1,3}\d{1,4}が", rest):
            rest = re.sub(r"(?<=[でに])[はも]$", "", rest)
            rest = re.sub(r"(?<![でに])[がはも](?=[^がはも]*$)", "を", rest)
        rest = re.sub(r"^([^、。はが]{2,30})は、?(?=[^は]{2,20}を$)", r"\1について、", rest)
        return Act(lead + rest.strip("、 ") + clause.verb, "do", (), "", who if person else "")


def about_of(topic: str) -> str:
    """8時には, 走行中は, 伝票は: how what is spoken of leads to an act."""
    if topic.endswith(("で", "に", "まで")):
        return topic
    return f"{topic}に、" if topic.endswith(("中", "間", "時", "前", "後", "内")) else f"{topic}について、"


def told_of(topic: str, order: str) -> str:
    """伝票2, 承認する -> 伝票2を承認する: what is spoken of is what an act without an object is done to."""
    plain = not topic.endswith(("で", "に", "まで", "中", "間", "時", "前", "後", "内"))
    if plain and re.fullmatch("[一-龠]{2,4}する", order):
        return f"{topic}を{order}"
    if plain and re.fullmatch("[一-龠]{2,4}(?:だけ|のみ)?を行う", order):
        return f"{topic}の{order}"
    return about_of(topic) + order


def _volitional(before: str) -> str:
    """差し戻そうと -> 差し戻す."""
    if not re.search("(?:[おこそとのぼもろご]う|よう)と$", before):
        return ""
    words = tokens(before[:-1])
    last = next((word for word in reversed(words) if word.part_of_speech()[0] == "動詞"), None)
    if last is None:
        return ""
    verb = "する" if last.dictionary_form() in ("する", "為る") else str(last.dictionary_form())
    return before[: last.begin()] + verb
