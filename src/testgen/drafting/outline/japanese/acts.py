"""Finds the act of a Japanese clause: whether a person does it, where, and to what."""

import re
from dataclasses import replace

from testgen.drafting.outline.japanese.actors import Actors
from testgen.drafting.outline.japanese.morphemes import END, TRIGGER, Clause
from testgen.drafting.outline.lexicon import Verb
from testgen.drafting.outline.model import Act
from testgen.text.marks import mask

_COUNT = re.compile(r"(\d{1,3}|[二三四五六七八九十])\s*回(?!目|まで|以内|以上|分|答|線|復|数)")
_DIGITS = {kanji: number for number, kanji in enumerate("二三四五六七八九十", 2)}

GOES_ON = {"続ける", "つづける", "続く", "引き続く"}  # words of order, no acts
_BY_ITSELF = {
    "外れる": "外す",
    "閉まる": "閉める",
    "開く": "開ける",
}  # what happens, and the tester's act that brings it
_BY_EITHER = {"入れる", "開く", "取り込む", "読み込む"}  # a sentence of its own says it of the product
_OF_A_THING = re.compile("ドア|扉|フタ|ふた|蓋|窓|カバー|弁|バルブ|栓|トレイ|引き出し|ケーブル|プラグ|コネクタ")
_CAN_BE_DONE = {
    "失敗",
    "成功",
    "停止",
    "開始",
    "スキップ",
}  # by the product as a rule, by the tester where a result says so without a subject
_TOPIC = re.compile(r"[^、がはを「]{1,30}は")
_TIMES = re.compile(r"(?:途中|中|前|後|間|中旬|末)の$")
_ENDS_ITSELF = re.compile("完了|終了|経過|発生|超過|到達|変化|エラー")


class Acts(Actors):
    """Finds the act of a Japanese clause: whether a person does it, where, and to what."""

    _verbs: dict[str, Verb]
    _connective: re.Pattern[str]
    _intransitive: set[str]

    def verb(self, clause: Clause) -> Verb | None:
        """The word list's entry for a predicate; compounds are looked up by their end: 新規登録 -> 登録."""
        stem = clause.stem
        for start in range(min(len(stem), 12)):
            if found := self._verbs.get(stem[start:]):
                return found
        return None

    def act(self, clause: Clause, *, leads: bool, told: bool, chained: bool, own: bool = False) -> Act | None:
        """The clause as something to do, where its predicate is an action that a person performs."""
        thing = re.fullmatch(r"([^、をはが]{1,20})が", clause.before.strip("、， "))
        if (
            clause.link == TRIGGER
            and clause.verb in _BY_ITSELF
            and thing
            and (clause.verb != "開く" or _OF_A_THING.search(thing[1]))
        ):
            return Act(f"{thing[1]}を{_BY_ITSELF[clause.verb]}", "do", (thing[1],))
        return self._act_of(clause, leads=leads, told=told, chained=chained, own=own)

    def _act_of(self, clause: Clause, *, leads: bool, told: bool, chained: bool, own: bool) -> Act | None:
        verb = self.verb(clause)
        if leads and self._is_left_out(clause, verb):
            return self._left_out(clause, verb) if verb else None
        if self._is_no_act(clause, verb, own=own):
            return self._ability(clause) if clause.potential and not clause.negative else None
        place, text = self.leading_place(self.bare(clause.before))
        actor, text, person = self.split_actor(text)
        text = place + text
        if clause.potential:
            return self._ability(clause, actor) if person is not False or "「" in clause.before else None
        if clause.passive and (clause.link != TRIGGER or not (verb and verb.kind == "action") or person):
            return None
        if verb and verb.group == "open" and self._opens_itself(clause, text, person=bool(person), own=own):
            return None
        topic = None
        if clause.passive:
            text = re.sub(r"[がは](?=[^がは]*$)", "を", text)
        elif person is False and (topic := _TOPIC.match(mask(text)) if "を" in mask(text) or "「" in text else None):
            text = text[topic.end() :]
        led = leads or told or chained
        by_topic = own and topic is not None and not clause.joint.startswith("後")
        subject = (
            clause.passive or person is not False or self._spoken_of(clause, verb, text, led=led, by_topic=by_topic)
        )
        if not subject or not self._done_by_tester(clause, verb, bool(person), led=led, own=own):
            return None
        alone = not own and not (person and told) and self._stands_without(clause, verb, text)
        limited = clause.link == END and re.search(r"のみ|だけ", mask(text))
        if alone or limited or re.match(r"[をにでとがはへの]", text) or (not text.strip() and clause.verb == "する"):
            return None
        return self.build(text, clause, verb, actor)

    def _is_left_out(self, clause: Clause, verb: Verb | None) -> bool:
        """氏名を入力せずに: what is done without."""
        undone = clause.negative and clause.text.endswith(("ず", "ずに", "ないで")) and "を" in mask(clause.before)
        return undone and verb is not None and verb.kind == "action"

    def _is_no_act(self, clause: Clause, verb: Verb | None, *, own: bool) -> bool:
        """A state, a denial, a word of order; a check or a rule that no person carries out."""
        told = own and clause.link == TRIGGER
        checks = verb is not None and verb.kind in ("check", "rule") and not (told and self._by_person(clause))
        goes_on = clause.stem in GOES_ON and "を" not in clause.before
        asked = clause.causative and clause.joint.startswith("こと")  # 画面で選択させること
        return not clause.verb or goes_on or clause.state or clause.negative or checks or asked

    def _opens_itself(self, clause: Clause, text: str, *, person: bool, own: bool) -> bool:
        """ダイアログが開くと, 画面を開くと: which one is not said."""
        appears = not person and re.search(r"が\s*$", clause.before)
        return bool(appears or (not own and re.fullmatch(r"(?:この|その|本|当)?(?:画面|ページ)を", text)))

    def _spoken_of(self, clause: Clause, verb: Verb | None, text: str, *, led: bool, by_topic: bool) -> bool:
        """申請は「補正する」から開き: what is spoken of is handled, not the one who acts."""
        ui = verb is not None and (verb.ui or by_topic)
        return ui and bool(clause.link == TRIGGER or (led and re.match("「[^」]+」[かでをに]", text)))

    def _stands_without(self, clause: Clause, verb: Verb | None, text: str) -> bool:
        """Whether a verb stands without any object that it needs."""
        needs = verb is not None and verb.group not in ("login", "logout", "search")
        return not text.strip("、， ") and not clause.joint.startswith(("後", "時", "直後")) and needs

    def _by_person(self, clause: Clause) -> bool:
        return self.split_actor(self.bare(clause.before))[2] is True

    def _left_out(self, clause: Clause, verb: Verb) -> Act:
        """氏名を入力せずに: the field is left empty."""
        actor, text, _ = self.split_actor(self.bare(clause.before))
        screen, text = self.split_screen(text, verb.group)
        text = text.strip("、， ")
        how = (
            self.lexicon.phrase("leave").removeprefix("を")
            if verb.group == "input"
            else self.lexicon.phrase("leave_out").removeprefix("を")
        )
        return Act(text + how, "leave", _objects(text), screen, actor)

    def _done_by_tester(self, clause: Clause, verb: Verb | None, person: bool, *, led: bool, own: bool) -> bool:
        """Whether a person does it: by the verb, by who is named, by what the clause leads to (`led`), by whose words they are."""
        triggers, before = clause.link == TRIGGER, clause.before.strip()
        after = clause.joint.startswith(("後", "時"))
        if (own and before and not after and clause.stem in _CAN_BE_DONE) or (clause.causative and led):
            return True
        goes = re.search(r"(?:へ|に|まで)$", clause.before) and clause.stem in ("進む", "移動", "戻る")
        if goes and (triggers or not verb or verb.kind != "system") and not re.search("[がは]", mask(clause.before)):
            return True
        if verb and verb.kind == "system":
            handled = own and triggers and "を" in mask(clause.before) and "が" not in mask(clause.before)
            shows = clause.stem == "表示" and triggers and bool(self.screen_spans(clause.before))
            handled |= shows and "を" in mask(clause.before) and not re.search("[がは]", mask(clause.before))
            return (person or handled) and clause.stem not in self._intransitive
        asks = re.search(r"\b(?:GET|POST|PUT|PATCH|DELETE)\s*$", clause.before) and clause.verb == "する"
        if asks:
            return True
        if (clause.joint.startswith("後") and not before and not own) or (clause.verb == "する" and not triggers):
            return False  # 解除後も: of what was done before, or by the product
        if verb is None:
            return self._unknown(clause, person, led=led, own=own)
        begun = clause.joint.startswith("から")  # シフトをRに入れてから2秒以内に
        return (verb.ui and clause.stem not in _BY_EITHER) or person or led or triggers or begun

    def _unknown(self, clause: Clause, person: bool, *, led: bool, own: bool) -> bool:
        """A verb of no list: an act where it has an object, and in a result's own words where it stands alone."""
        triggers, before = clause.link == TRIGGER, clause.before.strip()
        if own and triggers and person and not _ENDS_ITSELF.search(clause.stem):
            return clause.stem not in self._intransitive
        if clause.joint.startswith(("場合", "とき", "の場合")) and not person:
            return False  # 閉塞を検出した場合: what the product meets
        if own and led and not before and re.fullmatch(r"(?:[一-龠]{2,4}|[ァ-ヶー]{3,8})する", clause.verb):
            return not _ENDS_ITSELF.search(clause.stem) and clause.stem not in self._intransitive
        again = own and led and (clause.verb.endswith("直す") or re.search(r"(?:一度|再度)$", before))
        alone = own and triggers and not _ENDS_ITSELF.search(clause.stem)
        if again or (alone and self._stands_alone(clause)):
            return True
        handled = (
            "を" in mask(clause.before)
            or re.search(r"[」』]と$", clause.before) is not None
            or (clause.verb == "する" and "に" in clause.before)
        )
        turned = own and triggers and before.endswith("へ") and clause.stem not in self._intransitive
        return (person or led or triggers) and (handled or turned)

    def _stands_alone(self, clause: Clause) -> bool:
        """3に設定し, 3回連続で挟むと, 端末からログアウトすると, リラン後: an act without an object."""
        before = clause.before.strip()
        measured = clause.verb.endswith("する") and re.search(r"\d\s?[^\s\d]{0,3}\s?(?:に|で)?$", clause.before)
        counted = re.search(r"\d\s?回(?:連続で|続けて)?$", before)
        foreign = before and re.fullmatch(r"[ァ-ヶー]{3,}する", clause.verb)
        after = clause.joint.startswith("後") and re.fullmatch(r"[ァ-ヶー]{3,}|再.+", clause.stem)
        return bool(measured or counted or foreign or after)

    def build(self, text: str, clause: Clause, verb: Verb | None, actor: str) -> Act:
        """The act in dictionary form, with its screen taken out."""
        screen, text = self.split_screen(text, verb.group if verb else "do")
        text = re.sub(r"(?:は|を|も)?(?:何回|何度|いくら)$", "を繰り返し", text)
        text, word = re.sub(r"^[^、。をにで]{1,20}[:：]$", "", text.strip("、， ")), clause.verb
        if clause.causative and word.endswith("する"):
            word = word.removesuffix("する") + "させる"
        if re.fullmatch(r"(?:ON|OFF|オン|オフ)する", word):
            word = word.removesuffix("する") + "にする"
        if word == "する" and text[-1:].isascii() and text[-1:].isalpha():
            return Act(f"{text} する", "send", (), screen, actor)
        compound = re.match(r"^(?P<what>[A-Za-z0-9_ァ-ヶー一-龠]{2,})(?P<how>[一-龠]{2}|[ァ-ヶー]{3,})する$", word)
        if (
            compound
            and not text
            and clause.joint
            and compound["how"] in self._verbs
            and compound["what"]
            not in ("手動", "自動", "新規", "一括", "再度", "強制", "緊急", "同時", "個別", "即時", "事前", "仮", "本")
        ):
            text, word = compound["what"] + "を", compound["how"] + "する"
        elif re.search(r"[をに].*\d+[回度秒分]$|(?:一度|再度|再び|直接|素早く|繰り返し|\d回)$", mask(text)):
            pass
        elif text.endswith(("間", "中", "前", "時", "以内")):
            text += "に"
        elif text and "を" not in mask(text) and not re.search(r"[をにでとへがはもらりてく]$", mask(text)):
            text = (text.removesuffix("の") if text.endswith("の") else text) + ("に" if _TIMES.search(text) else "を")
        ticks = re.search(r"チェックを$", text) and word in ("入れる", "付ける", "つける")
        objects = () if ticks else _objects(text)
        kind = "select" if ticks else verb.group if verb else "do"
        return Act(text + word, kind, objects, screen, actor, self.times(clause.text))

    def _ability(self, clause: Clause, actor: str = "") -> Act | None:
        """「数量」は直接入力できる: what can be done will be done, in its place."""
        verb = self.verb(clause)
        text = self.bare(clause.before)
        if verb is None or verb.kind != "action" or verb.group in ("login", "logout"):
            return None
        _, text, person = self.split_actor(text)
        text = re.sub(r"^[^、をがは]{1,30}(?<=で)(?:は|も)[、，]?", "", text)
        topic = re.match(r"^(?P<what>[^、。はが]{1,60}?)(?:は|が|も)(?P<rest>.*)$", mask(text))
        if topic and not person:
            what, rest = text[: topic.end("what")], text[topic.start("rest") :]
            if re.search(r"で$|だけ|のみ", what):
                return None
            screen, what = self.split_screen(what, verb.group)
            rest = (
                re.sub(r"^.*、|[^、]*(?:以上|以下|以内|まで|のみ)の?[^、を]*を|直接$|から$", "", rest)
                if "を" in rest
                else ""
            )
            return Act(
                f"{what}を{rest}{clause.stem}する" if clause.verb.endswith("する") else f"{what}を{clause.verb}",
                verb.group,
                (what,),
                screen,
                actor,
            )
        return self.build(text, replace(clause, potential=False), verb, actor) if "を" in mask(text) else None

    def bare(self, text: str) -> str:
        """Without connectives and commas before it."""
        previous = None
        while previous != text:
            previous, text = text, self._connective.sub("", text.strip("、， 　"))
        return text

    def times(self, text: str) -> int | None:
        """5回 -> 5, where something is done more than once."""
        match = _COUNT.search(mask(text))
        if not match:
            return None
        count = _DIGITS.get(match.group(1)) or int(match.group(1))
        return count if 2 <= count <= 100 else None


def _objects(text: str) -> tuple[str, ...]:
    """What an act is done to: the names before を, taken apart at と and 、."""
    masked = mask(text)
    end = masked.rfind("を")
    if end < 0:
        end = masked.rfind("に")
    if end < 0:
        return ()
    begin = max(
        (match.end() for match in re.finditer(r"[にではへ](?!ー)|から|より|まで|として", masked[:end])), default=0
    )
    names, start = [], begin
    for match in re.finditer(r"(?<=[^ぁ-ん])(?:と|、|，|や|および|及び|ならびに)(?=[^ぁ-ん])", masked[:end]):
        if match.start() >= begin:
            names.append(text[start : match.start()])
            start = match.end()
    return tuple(name.strip("、， ") for name in (*names, text[start:end]) if name.strip("、， "))
