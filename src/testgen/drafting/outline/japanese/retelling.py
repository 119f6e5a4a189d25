"""A Japanese result taken apart in its own words: what is done, in its dictionary form, and what is then to be seen."""

import re
from dataclasses import replace

from testgen.drafting.outline.japanese.clauses import split_clauses
from testgen.drafting.outline.japanese.doing import told_of
from testgen.drafting.outline.japanese.morphemes import TRIGGER, Clause
from testgen.drafting.outline.japanese.naming import VALUE
from testgen.drafting.outline.japanese.opaque import opaque
from testgen.drafting.outline.japanese.parting import BECOMES, placed
from testgen.drafting.outline.japanese.scenario import Scenario
from testgen.drafting.outline.model import Act, Portion
from testgen.text.marks import MASK

_ID = re.compile(r"^[A-Z]{1,6}-?\d{1,5}\s?[:：](?!\s*[1-5]\d\d(?!\d)|[A-Z]{1,2}\d)\s*")  # the number of a requirement
_COLON = re.compile(r"(?<!\d)\s?[:：]\s?|\s?[:：]\s?(?!\d)")
_ARROW = re.compile(r"\s*(?:→|⇒|->|=>)\s*")
_CHAIN_BY = re.compile(
    r"^(?P<what>(?!\s?約?\d+\s?(?:秒|分|時間))[^、。はがをに→⇒]{1,20}?)\s?(?<!ま)(?P<mark>では|でも|で(?!す|き|あ)|だと|の順|という順)"
)


_WHEN_DONE = re.compile(r"[しいっん][てただ]ら(?!\s*$)|[うくすつぬむるぐぶ]と(?=[^もかいのし])")
_NAMED_LABEL = re.compile(r"([「\[［][^「」\[\]［］]{1,20}[」\]］](?:ボタン)?)(?=[がは])")
_PRESSED = re.compile(r"(?:押す|押下する|タップする|クリックする)")
_DURATION = re.compile(r"\d+(?:\.\d+)?\s?(?:秒|分|時間)(?:間)?$")
_WAITED = re.compile(_DURATION.pattern[:-1] + "(?:以上)?待つ")
_TORN = re.compile("にの|なければ(?:ない|まま)")  # エラーになら|ない, 出席しなければ|ならない日数: no clause ends there
_SCRAP = re.compile("(?:ない|なる|なった)$|ならない")


_LISTED = re.compile(
    r"[^、。はがを]{1,12}\s?の(?:\d+\s?[行件つ回段]|順(?![にで])|履歴|記録|遷移)"
)  # 申請→承認 の2行が並ぶ
_UNDERGONE = re.compile(  # いいねした商品が値下げされたら知らせる
    r"(?:^|[:：\s])(?P<what>[^:：、。\s]{2,40})が(?P<deed>[一-龠]{2,4}[ぁ-ん]?)された(?:ら|とき|場合)"
)
_ONE_NAME = re.compile(  # A2:C10, and 68→86 of 変更履歴に 68→86
    r"(?<![A-Za-z])[A-Z]{1,2}\d{1,3}:[A-Z]{1,2}\d|(?<=[にがをは、])\s?[-+]?\d[\d,.]*[円個点人件本枚%％]?\s?(?:→|⇒|->)(?=\s?[-+]?\d)"
)
_EITHER = re.compile(
    r"(?P<first>[^/／]{1,60})[/／](?P<how>ON|OFF|オン|オフ|あり|なし)(?:だと|では|なら)、?(?P<then>.+)"
)
_OPPOSITE = {"ON": "OFF", "OFF": "ON", "オン": "オフ", "オフ": "オン", "あり": "なし", "なし": "あり"}
_THEN = re.compile(r"(?P<first>[^、。をはが]{2,20}?)の?後[のに](?P<then>[^、。をはが]{2,20})")
_CYCLE = re.compile(r"を切\s?(?:→|⇒|、)\s?入(?:[、で]|$)")  # 主電源を切→入


_MOST_COLONS = 8  # one within the other; more is a list that nobody wrote as one sentence


class Retelling(Scenario):
    """Takes it apart."""

    def retold(self, text: str) -> list[Portion]:
        """See `Tongue.retold`."""
        body = _ID.sub("", text.strip()).rstrip("。 ")
        if told := self.scenario(body):
            return told
        if self.since(body):
            return [Portion(seen=body)]  # what it is compared with has been done
        body = _CYCLE.sub("を切って入れ直すと、", re.sub(r"こと$", "", self.without_key(body)))
        found: list[Portion] = []
        for sentence in re.finditer(r"[^。]+", opaque(body)):
            piece = body[sentence.start() : sentence.end()].strip("、， \n")
            found += self._sentence(piece, bool(found)) if piece else []
        found = _otherwise(_with_labels(_lasting(_joined(found))))
        if any(_TORN.search(part.do) or _SCRAP.match(part.seen) for part in found):
            return [Portion(seen=text)]
        if found and not found[0].do and len(found) == 1:
            found = [self.attempted(found[0])]
        elif found and not found[0].do and re.search("は(?:拒|エラー)|^[^、。はが]{1,30}では", opaque(found[0].seen)):
            found[0] = self.attempted(found[0])
        return found or [Portion(seen=text)]

    def finished(self, seen: str) -> str:
        """See `Tongue.finished`."""
        return self._finished(seen)

    def maker(self, name: str) -> str:
        """See `Tongue.maker`."""
        made = re.fullmatch(r"(?P<verb>[一-龠]{2,4})者", name)
        return (
            made["verb"]
            if made and self.is_named_act(made["verb"]) and not re.search("承認|照合|確認|実施|実行|操作", name)
            else ""
        )

    def titled(self, title: str) -> Act | None:
        """CSVを取り込んだときの…: what a title says that is done."""
        if (undergone := _UNDERGONE.search(title)) and self.is_named_act(undergone["deed"]):
            return Act(f"{undergone['what']}を{undergone['deed']}する", "do")
        found = re.match(r"^(?P<what>.{3,60}?[るたうくすつぬむぐぶだ])(?:とき|時|場合|際)の", title)
        clause = (split_clauses(found["what"] + "とき、") or [Clause("")])[-1] if found else Clause("")
        if not found or not clause.verb or clause.passive or clause.state or clause.negative:
            return None
        text = re.sub(r"^[^、。をにがは]{1,12}[:：]", "", found["what"])
        at = text.rfind(clause.before) + len(clause.before) if clause.before else 0
        made = self.led_by(text[:at], clause, text)
        return made if made.kind == "do" else None

    def first_time(self, act: Act) -> Act | None:
        """もう一度読み込んで…を押す, 再度同じファイルを取り込む: what has been done before."""
        found = re.match(r"^(?:再度|再び|もう一度|もう1度|もう1回)、?(?:同じ)?", act.text)
        clauses = split_clauses(act.text[found.end() :] + "と、") if found else []
        if not clauses or not clauses[0].verb:
            return None
        return replace(act, text=clauses[0].before.removeprefix("同じ") + clauses[0].verb)

    def _sentence(self, text: str, acted: bool) -> list[Portion]:
        """What stands before a colon or an arrow is done, or is what the rest is about."""
        plain = _ONE_NAME.sub(lambda found: MASK * len(found.group()), opaque(text))
        colon, arrow = _COLON.search(plain), _ARROW.search(plain)
        led = colon and arrow and "、" in plain[arrow.end() : colon.start()]  # A → 201、x: true
        if colon and not led and len(_COLON.findall(plain)) <= _MOST_COLONS:
            left, right = text[: colon.start()].strip(), text[colon.end() :].strip()
            if left and right:
                return self._behind_colon(left, right)
        if chained := self._answered(text, plain):
            return chained
        if (cuts := self._arrows(text, plain)) is not None:
            return [part for begin, at, behind, end in cuts for part in self._arrow_part(text, begin, at, behind, end)]
        return self.parts_of(text, acted)

    def _answered(self, text: str, plain: str) -> list[Portion]:
        """Aを押す→Bが出る→「確認」で消える: the last one of a chain says itself what is pressed."""
        arrows = list(_ARROW.finditer(plain))
        last = self.because(text[arrows[-1].end() :]) if len(arrows) > 1 else None
        if last is None or last.act.kind != "press" or "、" in plain[: arrows[-1].start()]:
            return []
        seen = text[arrows[0].end() : arrows[-1].start()]
        return [Portion(self.doing(text[: arrows[0].start()]), seen), replace(last, topic="")]

    def _behind_colon(self, left: str, right: str) -> list[Portion]:
        if then := self._then(left):
            return [then[0], replace(then[1], seen=right)]
        if self.is_done(left) and not ("、" in opaque(left) and "を" not in opaque(left)):
            rest = self.parts_of(right, acted=True) or [Portion(seen="")]
            return [Portion(self.doing(left), rest[0].seen if not rest[0].do else ""), *rest[not rest[0].do :]]
        rest = self._sentence(right, acted=False) or [Portion(seen=right)]
        if VALUE.fullmatch(left) and right.endswith(rest[0].seen):
            return [Portion(seen=f"{left}:{right}", topic=left)]  # 999円: what is tried with it, another result tells
        if rest[0].do and not rest[0].act.actor:
            told = f"{left}の状態で、{rest[0].do}" if rest[0].act.kind == "wait" else told_of(left, rest[0].do)
            about = replace(rest[0].act, text=told)
            return [replace(rest[0], act=about), *rest[1:]]
        if "を" in opaque(left) and not rest[0].do:  # a thing that is made for this: 金額を9円にしたファイル
            return [replace(rest[0], act=Act(self.lexicon.phrase("own_words", what=left), "case", (left,))), *rest[1:]]
        return [
            replace(rest[0], topic=left, seen=f"{left}:{rest[0].seen}" if not rest[0].do else rest[0].seen),
            *rest[1:],
        ]

    def _arrows(self, text: str, plain: str) -> list[tuple[int, int, int, int]] | None:
        """Where arrows part what is done from what is seen; None where there is none, or where they are one chain."""
        arrows = list(_ARROW.finditer(plain))
        at = arrows[-1].end() if arrows else 0
        if arrows and _LISTED.match(plain, at):
            return None
        by = _CHAIN_BY.match(plain[at:])
        if not arrows or (by and self._leads_on(text[at + by.start("what") : at + by.end("what")].strip(), by["mark"])):
            return None
        led = [
            at.end for at in placed(plain) if at.clause.joint.startswith(("と", "も")) and at.end <= arrows[0].start()
        ]
        if led and not re.search("[を、]", plain[led[-1] : arrows[0].start()]):
            return None  # 押すと青点滅→緑
        behind = plain[arrows[-1].end() :].split("、", maxsplit=1)[0]
        if any(
            at.clause.link == TRIGGER
            and not BECOMES.match(plain, at.end)
            and at.clause.verb
            and at.clause.verb[:1] in behind
            and plain.find(at.clause.text[-3:], arrows[-1].end()) < arrows[-1].end() + len(behind)
            for at in placed(plain)
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

    def _leads_on(self, what: str, mark: str) -> bool:
        """Whether a chain of arrows goes on to what is behind its last で: 緑→[確認]で消灯, not →全開で停止, →G21で読む."""
        verb = self.reader.verb(Clause(what, verb=f"{what}する"))
        named = self.is_named_act(what) and (verb is None or verb.kind != "action")
        return mark != "で" or not (named or not self.causes(what, mark))

    def _then(self, what: str) -> list[Portion]:
        """データ修正後のリラン: one act behind the other."""
        found = _THEN.fullmatch(what)
        told = [self.named(part) for part in found.groups()] if found and self.is_named_act(found["then"]) else []
        return [Portion(act) for act in told] if all(act.kind == "told" for act in told) else []

    def _arrow_part(self, text: str, begin: int, at: int, behind: int, end: int) -> list[Portion]:
        rest = self.parts_of(text[behind:end].strip("、 "), acted=True) or [Portion(seen="")]
        what = text[begin:at].strip("、 ")
        inner = self.parts_of(what, acted=True) if _WHEN_DONE.search(opaque(what)) else []
        if inner and inner[-1].do and inner[-1].seen:  # 押したらダイアログ→タイトル
            seen = f"{inner[-1].seen}→{text[behind:end].strip('、 ')}"
            return [*inner[:-1], replace(inner[-1], seen=seen)]
        act = self.doing(what)
        first = Portion(self.noun_done(what) or act if act.kind == "case" else act)
        if first.act.kind == "case" and rest[0].do and "を" not in rest[0].do:  # a.pdf → 添付できる
            return [replace(rest[0], act=replace(rest[0].act, text=f"{what}を{rest[0].do}")), *rest[1:]]
        return [replace(first, seen=rest[0].seen if not rest[0].do else ""), *rest[not rest[0].do :]]


def _with_labels(parts: list[Portion]) -> list[Portion]:
    """[開始]が活性になり、押下すると: what is pressed is the label that was seen last."""
    found: list[Portion] = []
    for part in parts:
        before = _NAMED_LABEL.findall(found[-1].seen) if found and _PRESSED.fullmatch(part.do) else []
        found.append(replace(part, act=replace(part.act, text=f"{before[-1]}を押す")) if before else part)
    return found


def _otherwise(parts: list[Portion]) -> list[Portion]:
    """ONで受けると通知が来る/OFFだと来ない: the same with the other position."""
    found: list[Portion] = []
    for part in parts:
        other = _EITHER.fullmatch(part.seen)
        how = other["how"] if other else ""
        before = _OPPOSITE.get(how, "")
        if other and before and part.do.count(before) == 1:
            found.append(replace(part, seen=other["first"]))
            found.append(Portion(replace(part.act, text=part.do.replace(before, how)), other["then"]))
        else:
            found.append(part)
    return found


def _lasting(parts: list[Portion]) -> list[Portion]:
    """4.50mを9秒保持して戻すと出ない。10秒以上で鳴る: it is held so long."""
    found: list[Portion] = []
    for part in parts:
        clauses = split_clauses(found[-1].do) if found and _WAITED.fullmatch(part.do) else []
        lasts = _DURATION.search(clauses[0].before) if len(clauses) > 1 and clauses[0].verb else None
        text = f"{clauses[0].before[: lasts.start()]}{part.do[:-2]}{clauses[0].verb}" if lasts else part.do
        found.append(replace(part, act=replace(part.act, text=text)))
    return found


def _joined(parts: list[Portion]) -> list[Portion]:
    """What is only seen belongs to what was done before."""
    found: list[Portion] = []
    for part in parts:
        if found and not part.do and not part.topic:
            found[-1] = replace(found[-1], seen="。".join(filter(None, (found[-1].seen, part.seen))))
        else:
            found.append(part)
    return found
