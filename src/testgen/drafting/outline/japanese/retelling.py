"""A Japanese result taken apart in its own words: what is done, in its dictionary form, and what is then to be seen."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from testgen.drafting.outline.japanese.clauses import split_clauses
from testgen.drafting.outline.japanese.doing import HAPPENS, VALUE, Doing
from testgen.drafting.outline.japanese.morphemes import CHAIN, TRIGGER, Clause
from testgen.drafting.outline.model import Act, Part
from testgen.text.marks import MASK, mask

_ASIDE = re.compile(r"[（(][^（）()]{1,120}[)）]")
_ID = re.compile(r"^[A-Z]{1,6}-?\d{1,5}\s?[:：]\s*")  # the number of a requirement
_COLON = re.compile(r"(?<!\d)\s?[:：]\s?|\s?[:：]\s?(?!\d)")
_ARROW = re.compile(r"\s*(?:→|⇒|->|=>)\s*")
_CHAIN_BY = re.compile(
    r"^(?!\s?\d+\s?(?:秒|分|時間))[^、。はがをに→⇒]{1,20}?\s?(?:では|でも|で(?!す|き|あ)|だと|の順|という順)"
)
_BY = re.compile(
    r"^(?P<topic>[^、。はがをに]{1,20}は、?)?(?P<what>[^。はが]{1,40}?)(?:の時点)?(?P<mark>であれば|では|でも|で|だと|なら(?:ば)?)[、，]?(?![すきあもはの、])"
)
_IF = re.compile(r"^(?P<what>[^。]{2,80}?)(?:であれば|だったら|なら(?:ば)?(?![なび]))[、，]?")
_DURING = re.compile(r"^(?P<what>[^、。はを]{1,40})の間(?:は|に|、)+")
_TOPIC = re.compile(r"^(?P<what>[^、。はが]{2,50}?)(?:は|が|も)(?P<said>.+)$")
_REFUSED = re.compile(
    r"(?P<verb>登録|送信|申請|予約|承認|変更|保存|更新|取込|削除|操作|発行|実施|確定)(?=が(?:拒否|却下|拒まれ|受け付けられ|できな|行えな|不可))"
)
_REFUSED_LABEL = re.compile(r"^(?P<what>[^、。は]{0,20}[」』\]])(?:は|が)(?:拒|受け付けられ|無効|効か|押せ|反応し)")
_UNABLE = re.compile(
    r"^(?P<what>[^、。はが]{1,30}?)(?:では|でも|で|は)(?P<verb>[一-龠ァ-ヶー]{2,8})(?:不可|可能|できず)$"
)
_LAPSE = re.compile(r"(?P<long>\d+(?:\.\d+)?\s?(?:秒|分|時間|日)(?:間)?)(?:が|を)?\s?(?:経って|経つと|過ぎて)")
_EITHER = re.compile(r"^(?P<what>[^。はが]{2,40}?)の(?:いずれ|どちら|どれ)(?:でも|も)")
_CASE_BY = re.compile(
    r"^(?P<what>[^、。はが]{1,30}?)(?:のいずれ)?(?P<mark>では|でも|だと|で(?!す|き|あ|、)|は(?=拒|エラー|印なし|不可|受け付け|[「『]))"
)
_JUDGED = re.compile("受け付け|受付|完了|成功|失敗|拒否|拒ま|却下|エラー|承認|許可|でき|行え|必要|不要|効か|無効|求め")
_SINCE = re.compile(r"から\s?[\d一-龠]+\s?(?:秒|分|時間|日)(?:間)?$")
_LASTS = re.compile(r"^(?:約)?\d+(?:\.\d+)?\s?(?:秒|分|時間|日)(?:間)?$")
_ENDS_SEEN = re.compile(r"[はが][^をがは]{0,40}[^ぁ-ん、]$")  # 表示は0


@dataclass(frozen=True)
class _At:
    clause: Clause
    begin: int
    end: int  # with its joint


def opaque(text: str) -> str:
    """The text with quotes and asides replaced by a filler of the same length."""
    return _ASIDE.sub(lambda found: MASK * len(found.group()), mask(text))


class Retelling(Doing):
    """Takes a result apart."""

    def retold(self, text: str) -> list[Part]:
        """See `Tongue.retold`."""
        body = _ID.sub("", text.strip()).rstrip("。 ")
        body = re.sub(r"こと$", "", body)
        found: list[Part] = []
        for sentence in re.finditer(r"[^。]+", opaque(body)):
            piece = body[sentence.start() : sentence.end()].strip("、， \n")
            found += self._sentence(piece, bool(found)) if piece else []
        found = _joined(found)
        if found and not found[0].do and len(found) == 1:
            found = [self._attempted(found[0])]
        elif found and not found[0].do and re.search("は(?:拒|エラー)", opaque(found[0].seen)):
            found[0] = self._attempted(found[0])
        return found or [Part(seen=text)]

    def finished(self, seen: str) -> str:
        """See `Tongue.finished`."""
        return self._finished(seen)

    def maker(self, name: str) -> str:
        """See `Tongue.maker`."""
        made = re.fullmatch(r"(?P<verb>[一-龠]{2,4})者", name)
        return (
            made["verb"] if made and self.is_named_act(made["verb"]) and not re.search("承認|照合|確認", name) else ""
        )

    def _sentence(self, text: str, acted: bool) -> list[Part]:
        """What stands before a colon or an arrow is done, or is what the rest is about."""
        plain = opaque(text)
        if colon := _COLON.search(plain):
            left, right = text[: colon.start()].strip(), text[colon.end() :].strip()
            if left and right:
                return self._behind_colon(left, right)
        if (cuts := self._arrows(plain)) is not None:
            return [part for begin, at, behind, end in cuts for part in self._arrow_part(text, begin, at, behind, end)]
        return self._parts_of(text, acted)

    def _behind_colon(self, left: str, right: str) -> list[Part]:
        if self.is_done(left):
            rest = self._parts_of(right, acted=True)
            return [replace(self.doing(left), seen=rest[0].seen if not rest[0].do else ""), *rest[not rest[0].do :]]
        rest = self._sentence(right, acted=False)
        if rest[0].do and not rest[0].act.actor:
            about = replace(rest[0].act, text=f"{left}について、{rest[0].do}")
            return [replace(rest[0], act=about), *rest[1:]]
        return [
            replace(rest[0], topic=left, seen=f"{left}:{rest[0].seen}" if not rest[0].do else rest[0].seen),
            *rest[1:],
        ]

    def _arrows(self, plain: str) -> list[tuple[int, int, int, int]] | None:
        """Where arrows part what is done from what is seen; None where there is none, or where they are one chain."""
        arrows = list(_ARROW.finditer(plain))
        if not arrows or _CHAIN_BY.match(plain[arrows[-1].end() :]):
            return None
        behind = plain[arrows[-1].end() :].split("、")[0]
        if any(
            at.clause.link == TRIGGER
            and at.clause.verb
            and at.clause.verb[:1] in behind
            and plain.find(at.clause.text[-3:], arrows[-1].end()) < arrows[-1].end() + len(behind)
            for at in _placed(plain)
            if at.end > arrows[-1].end()
        ):
            return None
        cuts, begin = [], 0
        pieces = [match for match in re.finditer(r"[^、]+", plain) if _ARROW.search(match.group())]
        if len(pieces) < 2:
            return [(0, arrows[-1].start(), arrows[-1].end(), len(plain))]
        for number, piece in enumerate(pieces):
            end = pieces[number + 1].start() if number + 1 < len(pieces) else len(plain)
            arrow = list(_ARROW.finditer(plain, piece.start(), piece.end()))[-1]
            cuts.append((begin, arrow.start(), arrow.end(), end))
            begin = end
        return cuts

    def _arrow_part(self, text: str, begin: int, at: int, behind: int, end: int) -> list[Part]:
        rest = self._parts_of(text[behind:end].strip("、 "), acted=True)
        first = self.doing(text[begin:at].strip("、 "))
        return [replace(first, seen=rest[0].seen if not rest[0].do else ""), *rest[not rest[0].do :]]

    # clause by clause

    def _parts_of(self, text: str, acted: bool) -> list[Part]:
        """Each clause that leads to another one ends something that is done; what lies between them is seen."""
        placed = _placed(text)
        found: list[Part] = []
        start = done_from = 0
        ahead = ""
        for number, at in enumerate(placed):
            if at.clause.joint.startswith(("前", "の前")):
                ahead = at.clause.text[-20:]  # 校長の承認前は…、承認後に…
            if not self._ends_act(at.clause):
                continue
            begin = self._begins(text, placed, number, start, first=not (found or acted))
            seen = text[start:begin].strip("、， ")
            if self._is_moment(text[begin : at.end], seen or found):
                continue
            if seen:
                found = self._see(found, seen)
            elif found and not found[-1].seen and found[-1].act.kind == "state":
                state = found.pop().do.removesuffix("にする")
                made = self._led_by(
                    text[begin : max(at.begin + len(at.clause.before), begin)],
                    at.clause,
                    text[begin : at.begin + len(at.clause.text)],
                )
                found.append(replace(made, act=replace(made.act, text=f"{state}で、{made.do}")))
                start = at.end
                continue
            elif found and not found[-1].seen:
                begin = done_from
                found.pop()
            verb_at = max(at.begin + len(at.clause.before), begin)
            told = text[begin : at.begin + len(at.clause.text)]
            same = ahead and ahead != told and ahead.endswith(told) and at.clause.joint.startswith(("後", "の後"))
            found.append(self.doing(ahead) if same else self._led_by(text[begin:verb_at], at.clause, told))
            start, done_from = at.end, begin
        rest = text[start:].strip("、， ")
        return self._see(found, rest, fresh=start == 0 and not acted) if rest or not found else found

    def _ends_act(self, clause: Clause) -> bool:
        unchanged = clause.negative and clause.joint.startswith("も")  # リンクを押さなくても
        if clause.stem in ("成功", "失敗", "完了", "終了") and not clause.before.strip():
            return False  # 成功した場合: what the product does
        if clause.joint.startswith("時") and re.search(r"\d$", clause.text):
            return False  # 15時を過ぎる
        return clause.link == TRIGGER and not unchanged and not clause.joint.startswith(("まで", "前", "の前"))

    def _is_moment(self, what: str, before: object) -> bool:
        """その3秒後に: when something is seen, where something was done before."""
        bare = re.sub(r"(?:の?[直]?後|以降)[にはも、，]*$", "", what.strip("、， "))
        return bool(before) and bool(_LASTS.match(re.sub(r"^(?:その|さらに|約)", "", bare)))

    def _begins(self, text: str, placed: list[_At], number: int, start: int, *, first: bool) -> int:
        """Where the words of what is done begin: behind what is only seen."""
        plain, end = opaque(text), placed[number].end
        ends = {at.end: at.clause for at in placed[:number]}
        begin = end
        cuts = [start, *(start + match.end() for match in re.finditer("[、，]", plain[start:end].rstrip("、， ")))]
        for cut, stop in reversed(list(zip(cuts, [*cuts[1:], end], strict=True))):
            if stop != end and self._is_seen(plain[cut:stop].strip("、， "), ends.get(stop), first=first):
                break
            begin = cut
        return begin

    def _is_seen(self, piece: str, clause: Clause | None, *, first: bool) -> bool:
        """Whether a stretch before a comma is something to be seen, and no act."""
        if clause:
            if clause.passive or clause.potential or clause.negative or clause.state:
                return True
            verb = self.reader.verb(clause)
            happens = {clause.verb, clause.stem} & {*HAPPENS, *self.lexicon.data["intransitive"]}
            by_itself = bool(happens) or (verb is not None and verb.kind == "system")
            person = self.reader.split_actor(self.reader.bare(clause.before))[2]
            subject = re.search("が[^を]*$", opaque(clause.before)) and not person
            return bool(subject or (by_itself and (not first or re.search("[がは]", clause.before))))
        if _ENDS_SEEN.search(piece):
            return True
        return not first and not re.search(r"[ぁ-んぁ-ん](?<!で)$|\d$", piece)

    def _see(self, found: list[Part], seen: str, *, fresh: bool = False) -> list[Part]:
        """What is seen after the last act; a name before で begins a part of its own."""
        if state := _IF.match(opaque(seen)) if fresh else None:
            what = seen[: state.end("what")].strip()
            return [*found, *self._see([self.doing(what, state=True)], seen[state.end() :].strip("、， "))]
        if fresh and (refused := self._refused(seen)):
            return [*found, refused]
        pieces = _pieces(seen)
        for number, piece in enumerate(pieces):
            part = self._because(piece) if number or not found or found[-1].seen or fresh else None
            if part and part.seen and self.is_named_act(part.topic) and (tried := self._attempt_in(part.seen)):
                found += [Part(part.act), tried]
            elif part and (not _LASTS.match(part.topic) or not found or found[-1].act.kind == "wait"):
                found.append(replace(part, topic=""))
            elif number == 0 and found and not found[-1].seen:
                found[-1] = replace(found[-1], seen=piece)
            elif found and (tried := self._attempt_in(piece)):
                found.append(tried)
            elif found:
                found[-1] = replace(found[-1], seen="、".join(filter(None, (found[-1].seen, piece))))
            else:
                found.append(self._attempt_in(piece) or Part(seen=piece))
        return found

    def _because(self, piece: str) -> Part | None:
        """部長承認で…, [やめる]だと…, 34.9%では…: a name stands for what is done."""
        plain = opaque(piece)
        if during := _DURING.match(plain):
            rest = self._attempt_in(piece[during.end() :])
            where = piece[: during.end("what")]
            if rest and rest.do:
                return replace(rest, act=replace(rest.act, text=f"{where}の間に、{rest.do}"), seen=rest.seen)
        found = _BY.match(plain)
        if not found:
            return None
        what = piece[found.start("what") : found.end("what")].strip()
        about = piece[: found.end("topic")].rstrip("は、") if found["topic"] else ""
        state = found["mark"] in ("であれば", "なら", "ならば")
        named = re.sub(r"(?:だけ|のみ)$", "", what)
        if "、" in what and not all(map(VALUE.fullmatch, what.split("、"))):
            return None
        if not (state or self.causes(named, found["mark"])):
            return None
        rest = piece[found.end() :].strip("、， ")
        if not (state or self.is_named_act(named)) and (tried := self._attempt_in(rest)) and "、" not in rest:
            return Part(replace(tried.act, text=f"{what}で{tried.do}"), piece)
        made = self.doing(what, state=state)
        text = f"{about}について、{made.do}" if about else made.do
        return Part(replace(made.act, text=text), rest, topic=named)

    def _attempt_in(self, piece: str) -> Part | None:
        """注文書を発行できない, その後は転てつ器を転換できる: whether something can be done is seen by doing it."""
        clause = (split_clauses(piece) or [Clause("")])[-1]
        if clause.potential and clause.verb and (act := self.attempt(clause)):
            by = _CASE_BY.match(opaque(piece))
            led = by and by["mark"] == "では" and not act.text.startswith(by["what"])
            return Part(replace(act, text=f"{piece[: by.end('what')]}で{act.text}") if by and led else act, piece)
        if found := _UNABLE.match(opaque(piece)):
            what = piece[: found.end("what")]
            return Part(Act(f"{what}で{found['verb']}を行う", "told"), piece)
        return self._refused(piece)

    def _refused(self, text: str) -> Part | None:
        """…を含む献立は、…とともに登録が拒否される: it is tried."""
        plain = opaque(text)
        if label := _REFUSED_LABEL.match(text):
            return Part(Act(f"{label['what']}を押す", "press"), text)
        found = _REFUSED.search(plain)
        if not found:
            return None
        during, verb = _DURING.match(plain), found["verb"]
        start = during.end() if during else 0
        topic = re.match(r"(?P<what>[^、。は]{2,60}?)は", plain[start : found.start()])
        what = text[start : start + topic.end("what")] if topic else text[start : found.start()].rstrip("のはが、")
        before = f"{text[: during.end('what')]}の間に、" if during else ""
        if verb == "操作":
            return Part(Act(f"{before}{what}{'の' if text[found.start() - 1] == 'の' else ''}操作を行う", "told"), text)
        return Part(Act(f"{before}{what}を{verb}する" if what else f"{before}{verb}する", "told"), text)

    def _attempted(self, part: Part) -> Part:
        """1回目の振込が受け付けられる: an act as what is spoken of."""
        found = _TOPIC.match(opaque(part.seen))
        what = part.seen[: found.end("what")] if found else ""
        if found and _JUDGED.search(found["said"]) and self.is_named_act(_ASIDE.sub("", what)):
            return replace(part, act=Act(f"{what}を行う", "told", (what,)))
        if lapse := _LAPSE.search(opaque(part.seen)):
            return replace(part, act=Act(self.lexicon.phrase("wait", value=lapse["long"]), "wait", (lapse["long"],)))
        by = _EITHER.match(opaque(part.seen)) or _CASE_BY.match(opaque(part.seen))
        what = part.seen[: by.end("what")].strip() if by else ""
        place = what.endswith(tuple(self.lexicon.data["places"])) or re.match("いずれ|どの|すべて|全て|各", what)
        if by and not place and not part.topic and not what.endswith(("まで", "から", "間", "だけ", "の")):
            return replace(part, act=Act(self.lexicon.phrase("own_words", what=what), "case", (what,)))
        return part

    def first_time(self, act: Act) -> Act | None:
        """もう一度読み込んで…を押す, 再度同じファイルを取り込む: what has been done before."""
        found = re.match(r"^(?:再度|再び|もう一度|もう1度|もう1回)、?(?:同じ)?", act.text)
        clauses = split_clauses(act.text[found.end() :] + "と、") if found else []
        if not clauses or not clauses[0].verb:
            return None
        return replace(act, text=clauses[0].before.removeprefix("同じ") + clauses[0].verb)

    def titled(self, title: str) -> Act | None:
        """CSVを取り込んだときの…: what a title says that is done."""
        found = re.match(r"^(?P<what>.{3,60}?[るたうくすつぬむぐぶだ])(?:とき|時|場合|際)の", title)
        clause = (split_clauses(found["what"] + "とき、") or [Clause("")])[-1] if found else Clause("")
        if not found or not clause.verb or clause.passive or clause.state or clause.negative:
            return None
        text = re.sub(r"^[^、。をにがは]{1,12}[:：]", "", found["what"])
        at = text.rfind(clause.before) + len(clause.before) if clause.before else 0
        made = self._led_by(text[:at], clause, text)
        return made.act if made.act.kind == "do" else None


def _joined(parts: list[Part]) -> list[Part]:
    """What is only seen belongs to what was done before."""
    found: list[Part] = []
    for part in parts:
        if found and not part.do and not part.topic:
            found[-1] = replace(found[-1], seen="。".join(filter(None, (found[-1].seen, part.seen))))
        else:
            found.append(part)
    return found


def _placed(text: str) -> list[_At]:
    """The clauses and where they stand."""
    found, position = [], 0
    for clause in split_clauses(text):
        begin = max(text.find(clause.text, position), position)
        position = begin + len(clause.text) + len(clause.joint)
        if clause.link == CHAIN and text[position : position + 1] in ("、", "，"):
            position += 1
        found.append(_At(clause, begin, position))
    return found


def _pieces(text: str) -> list[str]:
    """The stretches between commas."""
    plain, found, start = opaque(text), [], 0
    for comma in re.finditer("[、，]", plain):
        found.append(text[start : comma.start()].strip())
        start = comma.end()
    pieces = [piece for piece in (*found, text[start:].strip()) if piece]
    while len(pieces) > 1 and VALUE.fullmatch(pieces[0]) and VALUE.match(pieces[1]):
        pieces[:2] = [f"{pieces[0]}、{pieces[1]}"]
    for number, piece in enumerate(pieces[:-1]):
        if piece.endswith(("の間", "の間は")):
            return [*pieces[:number], f"{piece.removesuffix('は')}、{pieces[number + 1]}", *pieces[number + 2 :]]
    return pieces
