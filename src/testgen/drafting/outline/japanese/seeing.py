"""What a Japanese result shows, and what that says is done: by what it comes about, what can or cannot be done, what is tried."""

import re
from dataclasses import replace

from testgen.drafting.outline.japanese.clauses import split_clauses
from testgen.drafting.outline.japanese.doing import Doing, told_of
from testgen.drafting.outline.japanese.morphemes import CHAIN, Clause
from testgen.drafting.outline.japanese.naming import VALUE
from testgen.drafting.outline.japanese.opaque import ASIDE, opaque
from testgen.drafting.outline.model import Act, Portion

_BY = re.compile(
    r"^(?P<topic>[^、。はがをに]{1,20}は、?)?(?P<what>[^。はが]{1,80}?)(?:の時点)?(?P<mark>であれば|では|でも|で|だと|なら(?:ば)?)[、，]?(?![すきあもはの、])"
)
_IF = re.compile(r"^(?P<what>[^。]{2,80}?)(?:であれば|だったら|なら(?:ば)?(?![なび]))[、，]?")
_IN_CASE = re.compile(r"^(?P<what>[^、。はがを]{2,15})の(?:場合|とき)は?、?")  # 差戻しの場合は
_DURING = re.compile(r"^(?P<what>[^、。はを]{1,40})の間(?:は|に|、)+")
_COMPLETED = re.compile(
    r"(?P<what>(?!受付|処理)[一-龠ァ-ヶー]{2,10})完了(?:画面|ページ|メッセージ|メール|通知|ダイアログ|の)"
)
_EVEN_IN = re.compile(r"^(?P<when>[^、。はがを「\[]{1,20}中)でも、?")
_TOPIC = re.compile(r"^(?P<what>[^、。はが]{2,50}?)(?:は|が|も)(?P<said>.+)$")
_REFUSED = re.compile(
    r"(?P<verb>登録|送信|申請|予約|承認|変更|保存|更新|取込|削除|操作|発行|実施|確定)(?=が(?:拒否|却下|拒まれ|受け付けられ|できな|行えな|不可))"
)
_REFUSED_LABEL = re.compile(
    r"^(?P<when>[^、。はが「\[]{1,20}(?:中|の間)(?:は|に|、)+)?(?P<what>[^。はが]{0,30}(?:[」』\]]|キー|ボタン|スイッチ|レバー))(?:は|が)(?:拒|受け付けられ|無効|効|押せ|反応し)"
)
_UNABLE = re.compile(
    r"^(?P<what>[^、。はが]{1,30}?)(?:では|でも|で|は)(?P<verb>[一-龠ァ-ヶー]{2,8}?)\s?(?:不可|可能|できず|OK|NG|可)$"
)
_ABLE = re.compile(r"^(?P<what>[^、。はがを]{2,20})(?:は|が|も)(?:可能|可|不可|できる|できない|できず)$")  # 閲覧は可能
_LAPSE = re.compile(r"(?P<long>(?<!\d)\d+(?:\.\d+)?\s?(?:秒|分|時間|日)(?:間)?)(?:が|を)?\s?(?:経って|経つと|過ぎて)")
_EITHER = re.compile(r"^(?P<what>[^。はが]{2,40}?)の(?:いずれ|どちら|どれ)(?:でも|も)")
_CASE_BY = re.compile(
    r"^(?P<what>[^、。はが]{1,30}?)(?:のいずれ)?(?P<mark>(?<!ま)では|でも|だと|(?<!ま)で(?!す|き|あ|、)|は(?=拒|エラー|印なし|不可|受け付け|[「『]))"
)
_CUT = re.compile(
    r"(?:間|まで|から|だけ|(?<!な)し|[まいっきんの])$|^[^\]］」』]*[\[［「『][^\]］」』]*$"
)  # no whole name
_JUDGED = re.compile("受け付け|受付|完了|成功|失敗|拒否|拒ま|却下|エラー|承認|許可|でき|行え|必要|不要|効か|無効|求め")
_AMONG_BY = re.compile(rf"^(?P<topic>(?!))?(?P<what>[^。、はが]{{1,30}}で{VALUE.pattern})(?P<mark>では|だと)")
_MADE_OF = re.compile(r"(?P<verb>[一-龠]{2,4})した(?P<what>[^、。はがの]{1,12})(?=[のがは])")
_TELLS = re.compile("通知|知らせ|警告|案内|報")
_DEICTIC = re.compile(
    r"(?:[こそあ](?:の|れ|こ)|同じ状態|上記|いずれ|どの|どちら|どれ|すべて|全て|各)"
)  # この時点: no case of its own
_NEXT = re.compile(r"(?P<when>翌(?:日|朝|週|月|年|営業日)(?:の?[^、。はがをに]{1,8})?)に(?:は)?、?")  # 翌日0時に増える
_ON_IT = re.compile(r"(?P<what>[^、。はがを]{2,12})(?:当日|時点)(?:では|は)")  # 購入当日は
_OF_AGAIN = re.compile(
    r"(?P<what>再[一-龠]{2})の(?=[^、。はが]{0,12}(?:コード|結果|応答|ステータス|件数|レスポンス)[はが])"
)
_OF_AFTER = re.compile(r"^(?P<what>[^、。はが]{2,30}?)後の(?=[^、。はが]{1,20}[はが])")  # 精算機でチャージ後の残額が
_JOINED_ACT = re.compile(r"[でにを]\s?[一-龠ァ-ヶー]{2,}$")
_UNFINISHED = re.compile(r"[^はがを]{1,12}を[一-龠ァ-ヶー]{2,8}")
_IS_SO = re.compile("未[一-龠]+$|済み?$|・")
_BRIEF = 12  # characters of an act that a moment names: 承認を行う
_IF_SO = ("であれば", "なら", "ならば")
_LASTS = re.compile(r"^(?:約)?\d+(?:\.\d+)?\s?(?:秒|分|時間|日)(?:間)?$")


class Seeing(Doing):
    """Reads it."""

    def see(self, found: list[Portion], seen: str, *, fresh: bool = False) -> list[Portion]:
        """What is seen after the last act; a name before で begins a part of its own."""
        if fresh and (led := self._if_so(seen) or self._refused_whole(seen)):
            return [*found, *led]
        pieces = _pieces(seen)
        for number, piece in enumerate(pieces):
            part = self.because(piece)
            if part and part.act.kind == "wait" and found and found[-1].do.startswith("残り"):
                part = replace(part, act=replace(part.act, text=f"残り{part.topic}になるまで待つ"))
            by_label = piece[:1] in "「『" and found and found[-1].act.kind == "told"  # 補充後「再開」で
            done = piece[:1] in "[［" or by_label or (part and part.topic.endswith("放置"))
            if not (number or not found or found[-1].seen or fresh or done):
                part = None  # 押すと3秒で消える
            if part and part.seen and self.is_named_act(part.topic) and (tried := self._attempt_in(part.seen)):
                found += [Portion(part.act), tried]
            elif part and (not _LASTS.match(part.topic) or not found or found[-1].act.kind == "wait"):
                found.append(replace(part, topic=""))
            elif number == 0 and found and not found[-1].seen:
                tried = self._attempt_in(piece) if not fresh else None
                moment = found[-1].act.past and len(found[-1].do) < _BRIEF
                plain = len(pieces) == 1 or re.search("[でをにへ][^をにへ]*でき$", opaque(piece))
                waited = plain and (moment or found[-1].act.kind == "wait")  # 30分後にログインできる
                if tried and (waited or tried.act.actor not in ("", found[-1].act.actor)):
                    found.append(tried)  # 解除すると、担任が保存できる
                else:
                    found[-1] = replace(found[-1], seen=piece)
            elif found and (again := once_more(found[-1].act.text, piece)):
                found.append(replace(found[-1], act=replace(found[-1].act, text=again), seen=piece))
            elif found and (tried := self._attempt_in(piece)):
                found.append(tried)
            elif found:
                found[-1] = replace(found[-1], seen="、".join(filter(None, (found[-1].seen, piece))))
            else:
                found.append(self._attempt_in(piece) or Portion(seen=piece))
        return found

    def _refused_whole(self, seen: str) -> list[Portion]:
        refused = self._refused(seen)
        return [refused] if refused else []

    def _if_so(self, seen: str) -> list[Portion]:
        """…で戻り、雨ONなら閉じる: what comes before the state, and the state."""
        if (led := _IN_CASE.match(opaque(seen))) and self.is_named_act(led["what"]):
            return self.see([Portion(self.named(led["what"]))], seen[led.end() :])
        state = _IF.match(opaque(seen))
        if not state:
            return []
        what, rest = seen[: state.end("what")].strip(), seen[state.end() :].strip("、， ")
        first, comma, last = what.rpartition("、")
        ahead = self.see([], first, fresh=True) if comma and self.because(first) else []
        return [*ahead, *self._in_state(last if ahead else what, rest)]

    def _in_state(self, what: str, rest: str) -> list[Portion]:
        """庫内が空であれば灯が消える, 番号ありなら取消でき: the state is brought about, or what can be done in it is tried."""
        if tried := self._attempt_in(_pieces(rest)[0]) if rest else None:
            return [replace(tried, act=replace(tried.act, text=f"{what}の状態で、{tried.do}"), seen=rest)]
        return self.see([Portion(self.state_of(what))], rest)

    def because(self, piece: str) -> Portion | None:
        """部長承認で…, [やめる]だと…, 34.9%では…: a name stands for what is done."""
        plain = opaque(piece)
        if during := _DURING.match(plain):
            during_it = self._attempt_in(piece[during.end() :])
            where = piece[: during.end("what")]
            if during_it:
                return replace(during_it, act=replace(during_it.act, text=f"{where}の間に、{during_it.do}"))
        if (even := _EVEN_IN.match(plain)) and (part := self.because(piece[even.end() :])):
            return replace(part, act=replace(part.act, text=f"{even['when']}に{part.do}"))
        found = _BY.match(plain)
        if found and found["mark"] == "で" and (further := _AMONG_BY.match(plain)):
            found = further
        what = piece[found.start("what") : found.end("what")].strip() if found else ""
        if not found or not self._leads_by(found, piece, what):
            return None
        about = piece[: found.end("topic")].rstrip("は、") if found["topic"] else ""
        state = found["mark"] in _IF_SO
        named, rest = re.sub(r"(?:だけ|のみ)$", "", what), piece[found.end() :].strip("、， ")
        made_of = _MADE_OF.match(rest)  # LP-2で印刷したラベルが…
        if made_of and self.is_named_act(made_of["verb"]):
            return Portion(Act(f"{what}で{made_of['what']}を{made_of['verb']}する", "do"), piece, topic=named)
        if not (state or self.is_named_act(named)) and (tried := self._attempt_in(rest)) and "、" not in rest:
            return Portion(replace(tried.act, text=f"{what}で{tried.do}"), piece)
        made = self.state_of(what) if state else self.doing(what)
        if about and made.kind == "wait":  # A002は保留から10分で先頭に戻る
            return Portion(made, f"{about}は{rest}", topic=named)
        text = told_of(about, made.text) if about else made.text
        return Portion(replace(made, text=text), rest, topic=named)

    def _leads_by(self, found: re.Match[str], piece: str, what: str) -> bool:
        """Whether a name before a mark stands for what is done; not 領収書は400円で1枚, 警告音と振動で通知される."""
        named = ASIDE.sub("", re.sub(r"(?:だけ|のみ)$", "", what))
        values = "、" not in what or all(map(VALUE.fullmatch, what.split("、")))
        causes = found["mark"] in _IF_SO or self.causes(named, found["mark"])
        told = found["mark"] == "で" and _TELLS.match(piece, found.end())
        about = (found["topic"] or "").rstrip("は、")
        marked = (
            about and not self.is_role(about) and found["mark"] == "で" and named[-1:] in "」』"
        )  # 木は「要確認」で赤くなる
        return bool(values and causes and not (told or marked or (about and VALUE.fullmatch(named))))

    def _attempt_in(self, piece: str) -> Portion | None:
        """注文書を発行できない, その後は転てつ器を転換できる: whether something can be done is seen by doing it."""
        *ahead, clause = split_clauses(piece) or [Clause("")]
        if clause.potential and clause.verb and (act := self.attempt(clause)):
            if ahead and all(map(self._leads_by_hand, ahead)):
                act = self._said(piece[: piece.rfind(clause.text)] + act.text)
            elif ahead and ahead[-1].joint.startswith("前"):  # 同意前は押せない
                act = replace(act, text=f"{ahead[-1].text}前に、{act.text}")
            by = _CASE_BY.match(opaque(piece))
            led = by and by["mark"] == "では" and not act.text.startswith(by["what"])
            return Portion(replace(act, text=f"{piece[: by.end('what')]}で{act.text}") if by and led else act, piece)
        if found := _UNABLE.match(opaque(piece)):
            what = piece[: found.end("what")]
            return Portion(Act(f"{what}で{found['verb']}を行う", "told"), piece)
        able = _ABLE.match(opaque(piece))
        if able and self.is_named_act(piece[: able.end("what")]):
            return Portion(Act(f"{able['what']}を行う", "told", (able["what"],)), piece)
        return self._refused(piece)

    def _leads_by_hand(self, clause: Clause) -> bool:
        """フォルダを開き…: what somebody does before the act that is tried."""
        verb = self.reader.verb(clause)
        by_hand = verb is not None and verb.kind == "action" and bool(re.search("を[^がは]*$", opaque(clause.before)))
        undone = clause.negative and not clause.text.endswith(("ず", "ずに"))
        return clause.link == CHAIN and by_hand and not (clause.passive or clause.potential or undone)

    def _refused(self, text: str) -> Portion | None:
        """…を含む献立は、…とともに登録が拒否される: it is tried."""
        plain = opaque(text)
        if label := _REFUSED_LABEL.match(text):
            when = f"{label['when'].rstrip('はに、')}に、" if label["when"] else ""
            return Portion(Act(f"{when}{label['what']}を押す", "press"), text)
        found = _REFUSED.search(plain)
        if not found:
            return None
        during, verb = _DURING.match(plain), found["verb"]
        start = during.end() if during else 0
        topic = re.match(r"(?P<what>[^、。は]{2,60}?)は", plain[start : found.start()])
        what = text[start : start + topic.end("what")] if topic else text[start : found.start()].rstrip("のはが、")
        before = f"{text[: during.end('what')]}の間に、" if during else ""
        if verb == "操作":
            return Portion(
                Act(f"{before}{what}{'の' if text[found.start() - 1] == 'の' else ''}操作を行う", "told"), text
            )
        return Portion(Act(f"{before}{what}を{verb}する" if what else f"{before}{verb}する", "told"), text)

    def attempted(self, part: Portion) -> Portion:
        """1回目の振込が受け付けられる: an act as what is spoken of."""
        if (completed := _COMPLETED.match(part.seen)) and self.is_named_act(completed["what"]):
            return replace(part, act=Act(f"{completed['what']}を行う", "completes", (completed["what"],)))
        found = _TOPIC.match(opaque(part.seen))
        what = part.seen[: found.end("what")] if found else ""
        if found and _JUDGED.search(found["said"]) and self.is_named_act(ASIDE.sub("", what)):
            return replace(part, act=Act(f"{what}を行う", "told", (what,)))
        if timed := self._timed(part):
            return timed
        by = _EITHER.match(opaque(part.seen)) or _CASE_BY.match(opaque(part.seen))
        what = part.seen[: by.end("what")].strip() if by else ""
        places = "|".join(map(re.escape, self.lexicon.data["places"]))
        named = self.named(what) if what and not part.topic else Act("", "case")
        plain = what and not _DEICTIC.match(what) and not _IS_SO.search(what)
        if by and plain and named.kind not in ("case", "state", "set"):
            return Portion(named, part.seen[by.end() :].lstrip("、 "))
        place = re.search(f"(?:{places})(?:に|$)|^{_DEICTIC.pattern}", what)
        if by and not place and not part.topic and not _CUT.search(what):
            return replace(part, act=Act(self.lexicon.phrase("own_words", what=what), "case", (what,)))
        return part

    def _timed(self, part: Portion) -> Portion | None:
        """When something is seen: after a time, the next day, after or on the day of an act, of a rerun."""
        if lapse := _LAPSE.search(opaque(part.seen)):
            return replace(part, act=Act(self.lexicon.phrase("wait", value=lapse["long"]), "wait", (lapse["long"],)))
        if (later := _NEXT.match(part.seen)) and not part.topic:
            return replace(part, act=Act(f"{later['when']}になるまで待つ", "wait"), seen=part.seen[later.end() :])
        for moment in filter(None, (pattern.match(opaque(part.seen)) for pattern in (_ON_IT, _OF_AGAIN, _OF_AFTER))):
            what = part.seen[: moment.end("what")]
            if self.is_named_act(what) or (moment.re is _OF_AFTER and _JOINED_ACT.search(what)):
                return replace(part, act=self.doing(what))
        return None


_ANOTHER = re.compile(
    r"^(?P<what>[\w.-]+(?P<file>\.[A-Za-z]{2,5})|\d{1,2}[/:]\d{1,2}|(?P<value>[\d,.]+\s?(?P<unit>[A-Za-z%％℃円個枚点本人秒分回]{1,3}))|(?P<id>[A-Za-z]+)\d+)"
    r"(?:は|では|だと|で(?![すきあ])|なら)"
)


def once_more(act: str, piece: str) -> str:
    """big.pdfは「大きすぎます」, behind small.pdfを添付する: the same with another file, day, value or number; empty where it is none."""
    found = _ANOTHER.match(piece)
    if not found:
        return ""
    what = found["what"]
    if found["file"]:
        same = rf"[\w.-]+{re.escape(found['file'])}"
    elif found["value"]:
        same = rf"(?<![\d.,])[\d,.]+\s?{re.escape(found['unit'])}"
    else:
        same = rf"(?<![A-Za-z0-9]){found['id']}\d+(?!\d)" if found["id"] else r"(?<!\d)\d{1,2}[/:]\d{1,2}(?!\d)"
    others = re.findall(same, act)
    waits = act.endswith(("待つ", "放置する"))
    return act.replace(others[0], what) if len(others) == 1 and others[0] != what and not waits else ""


def _pieces(text: str) -> list[str]:
    """The stretches between commas."""
    plain, found, start = opaque(text), [], 0
    for comma in re.finditer("[、，]", plain):
        found.append(text[start : comma.start()].strip())
        start = comma.end()
    pieces = [piece for piece in (*found, text[start:].strip()) if piece]
    while len(pieces) > 1 and all(map(VALUE.fullmatch, pieces[0].split("、"))) and VALUE.match(pieces[1]):
        pieces[:2] = [f"{pieces[0]}、{pieces[1]}"]
    for number, piece in enumerate(pieces[:-1]):
        if _UNFINISHED.fullmatch(opaque(piece)) and "を" in pieces[number + 1]:  # Aを売掛、Bをクレジットで精算でき
            return [*pieces[:number], f"{piece}、{pieces[number + 1]}", *pieces[number + 2 :]]
        if piece.endswith(("の間", "の間は")):
            return [*pieces[:number], f"{piece.removesuffix('は')}、{pieces[number + 1]}", *pieces[number + 2 :]]
    return pieces
