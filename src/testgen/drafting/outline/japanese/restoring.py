"""Japanese clean-up: each act of a postcondition as an order, and what is seen then."""

import re

from testgen.drafting.outline.japanese.clauses import split_clauses
from testgen.drafting.outline.japanese.inflection import is_ichidan, passive_stem
from testgen.drafting.outline.japanese.morphemes import CHAIN, NAMED, Clause, tokens
from testgen.drafting.outline.japanese.naming import Naming
from testgen.text.marks import mask

_ASIDE = re.compile(r"\s*[（(][^（）()]{1,80}[)）]$")
_NOUN = re.compile(r"^(?P<what>[^、。をはが]{2,40}?(?<!で))の?(?P<act>削除|解除|取消|初期化|復元|リセット)$")
_OF_NOUN = re.compile(r"^(?P<what>.+)の(?P<act>[一-龠]{2,4})$")
_CUT_SHORT = {"を閉": "を閉じる", "を切": "を切る", "を開": "を開ける"}
_CHECKED = re.compile(r"^(?:.+(?:、|し、))?(?P<state>[^、]+)ことを確認(?P<verb>する)?$")
_IS_SO = re.compile(r"^(?P<state>.+(?:である|(?<!れ)ている|がある|がない|のまま))(?:こと)?$")
_NAMED_STATE = re.compile(r"[」』%％℃]$|(?:ON|OFF|オン|オフ|中|済み?)$|は[^をがは]*、|\d$")  # 開度0%、切替「自動」
_BY_ITSELF = re.compile("により|によって|自動")  # 夜間復元により消去される
_APART = ("、", "，", "", "から", "から、")  # joints between two acts


class Restoring(Naming):
    """Tells it."""

    def well_formed(self, action: str) -> bool:
        """See `Tongue.well_formed`."""
        raise NotImplementedError

    def each_clean_up(self, postcondition: str) -> list[str]:
        """取引を中止し、待機画面に戻す: two acts; センサを戻し安定したことを確認してから荷を戻す: three."""
        text = postcondition.strip().rstrip("。")
        plain, found, start = mask(text), [], 0
        for stop in (*(match.end() for match in re.finditer("。", plain)), len(text)):
            found += self._orders(text[start:stop].rstrip("。"))
            start = stop
        return found or [postcondition]

    def _orders(self, sentence: str) -> list[str]:
        """A sentence cut behind each clause that is an act of its own; what is not done with anything belongs to the next."""
        found, start, position = [], 0, 0
        for clause in split_clauses(_ASIDE.sub("", sentence))[:-1]:
            position = sentence.find(clause.text, position) + len(clause.text)
            own = bool(re.search("[をにへが]$|は", mask(clause.before)))
            active = not (clause.passive or clause.negative or clause.state or clause.potential)
            noun = clause.text.endswith(clause.stem) and self.reader.verb(clause) is None  # 全てこを定位、…
            rest = sentence[position + len(clause.joint) :]
            apart = clause.link == CHAIN and clause.joint in _APART and re.search("[をにへ]", mask(rest))
            if own and active and apart and clause.verb and not noun:
                found.append(sentence[start : position - len(clause.text)] + clause.before + clause.verb)
                start = position + len(clause.joint)
        return [text for part in (*found, sentence[start:]) if (text := part.strip("、， "))]

    def clean_up(self, postcondition: str) -> tuple[str, str]:
        """ロックを解除する -> ロックが解除されている."""
        text = postcondition.strip().rstrip("。")
        aside = _ASIDE.search(text)
        body = _as_order(text[: aside.start()] if aside else text)
        told = aside.group() if aside and not body.endswith("こと") else ""
        if checked := _CHECKED.match(body):
            return f"{body}{'' if checked['verb'] else 'する'}{told}", checked["state"]
        if state := _IS_SO.match(body):
            so = f"{state['state']}である" if state["state"].endswith("のまま") else state["state"]
            return f"{so}ことを確認する{told}", so
        last = (split_clauses(body) or [Clause("")])[-1]
        if not last.verb or last.potential:
            return self._unread(body, told)
        before = body[: body.rfind(last.text) + len(last.before)]
        if last.negative and last.verb == "残す":
            seen = re.sub("は|を", "が", before, count=1) + "残っていない"
            return f"{seen}ことを確認する{told}", seen
        if last.negative:
            seen = re.sub("は|を", "が", before, count=1) + passive_stem(last.verb) + "ていない"
            return f"{before}{_undone(last.verb)}おく{told}", seen
        if last.passive and _BY_ITSELF.search(body):
            seen = f"{before}{passive_stem(last.verb)}ている"
            return f"{seen}ことを確認する{told}", seen
        before = _with_object(before, last)
        verb = body[body.rfind(last.text) + len(last.before) :] if last.causative else last.verb
        return before + verb + told, _all_done(body, last) or self._seen(body, before, last)

    def _unread(self, text: str, aside: str) -> tuple[str, str]:
        """What tells no act: a state that is restored, or a thing."""
        if self.well_formed(text):
            return text + aside, text
        if act := self._as_act(text):
            return self.clean_up(f"{act}{aside}")
        if _NAMED_STATE.search(text):
            return f"{text}の状態に戻す{aside}", f"{text}になっている"
        return f"{text}を元に戻す{aside}", f"{text}が元に戻っている"

    def _as_act(self, text: str) -> str:
        """ログアウト, …を削除して再起動 -> …する; a noun that may be the thing that was made, as 予約, is none."""
        last = re.split("[をとやて、]", text)[-1]
        if not re.fullmatch("[一-龠ァ-ヶー]{2,12}", last) or not self.is_named_act(last):
            return ""
        if last.endswith(tuple(self.lexicon.data["bring_about"])):
            return ""
        joined = text.removesuffix(last).endswith(("と", "や"))
        return (
            f"{text}を行う" if joined else f"{text}する" if text == last or text[: -len(last)][-1] in "てを、" else ""
        )

    def _seen(self, text: str, before: str, last: Clause) -> str:
        """What an act has left behind."""
        several = re.search("を[^を、]*、[^を、]*を", mask(before)) and len(split_clauses(text)) == 1
        seen = re.sub("を" if several else r"を(?=[^を]*$)", "が", before)
        verb = self.reader.verb(last)
        if text.endswith(("元に戻す", "元に戻しておく")):
            return seen + "戻っている"
        if re.search(r"[にへ]する$", before + last.verb):
            return (re.sub("を", "は", before, count=1) if before.endswith("ままに") else seen) + "なっている"
        if verb is not None and verb.lemma in self.lexicon.data["intransitive"] and "を" not in before:
            return before + (last.stem + "している" if last.verb.endswith("する") else last.verb)
        by_itself = "を" not in mask(before) and "が" in mask(before)
        if last.verb.endswith("する") and (by_itself or before.endswith("ずに")):
            return f"{before}{last.stem}している"
        return seen + passive_stem(last.verb) + "ている"


def _all_done(text: str, last: Clause) -> str:
    """照明を消して施錠する -> 照明が消され、施錠されている: what several acts have left behind; empty for one."""
    clauses = split_clauses(text)
    passed = [clause.past or clause.passive or clause.negative or clause.state for clause in clauses]
    own = [clause for clause, done in zip(clauses, passed, strict=True) if clause.verb and not done]
    if len(clauses) < 2 or own != clauses or clauses[-1].text != last.text or last.before:
        return ""
    done = [re.sub("を(?=[^を]*$)", "が", clause.before) + passive_stem(clause.verb) for clause in clauses]
    return "、".join(done) + "ている"


def _as_order(text: str) -> str:
    """商品の削除 -> 商品を削除する, 弁を閉 -> 弁を閉じる."""
    of = _OF_NOUN.match(text)
    if of and tokens(of["act"])[-1].part_of_speech()[2] == "サ変可能" and "元" not in of["what"]:
        return f"{of['what']}を{of['act']}する"
    if named := _NOUN.match(text):
        return f"{named['what']}を{named['act']}する"
    return text[:-2] + _CUT_SHORT.get(text[-2:], text[-2:])


def _with_object(before: str, last: Clause) -> str:
    """テスト予約はすべて -> テスト予約をすべて: what is undone is the object."""
    if "を" not in mask(before) and not re.search("が", mask(before)):
        before = re.sub("は、?", "を", before, count=1)
    ends = tokens(before)[-1].part_of_speech()[0] if before else ""
    if ends in NAMED and "を" not in mask(before):
        before = before.removesuffix("の") + "を"
    if last.passive or last.state:
        before = re.sub(r"[がは](?=[^がは]*$)", "を", before)
    return before


def _undone(verb: str) -> str:
    """送信する -> 送信せずに, 戻す -> 戻さずに."""
    if verb.endswith("する"):
        return verb[:-2] + "せずに"
    return (verb[:-1] if is_ichidan(verb) else passive_stem(verb)[:-1]) + "ずに"
