"""What a Japanese case tells beside its sentences: in preconditions and data."""

import re

from testgen.drafting.outline.japanese.clauses import split_clauses
from testgen.drafting.outline.japanese.flow import GIVEN
from testgen.drafting.outline.japanese.inflection import passive_stem
from testgen.drafting.outline.japanese.morphemes import Clause
from testgen.drafting.outline.japanese.results import Results
from testgen.drafting.outline.model import MEANS, Act, Datum, Fact
from testgen.text.marks import mask

_ANYTHING = (
    "操作",
    "実行",
    "使用",
    "利用",
    "指定",
    "選択",
    "入力",
    "設定",
    "変更",
    "検索",
    "登録",
)  # said of any datum
_COMPARED = re.compile(
    r"(?:実行|操作|変更|更新|処理|開始|登録|送信|取込|申請|承認|導入)前(?:と|から|の(?:値|状態|件数|金額|残高|残数|在庫))|元の(?:値|件数|金額)(?:の|と)|\d[\d,.]{0,12}[一-龠ァ-ヶA-Za-z]{0,4}(?:だけ)?(?:増え|増加|減っ|減る|減少)"
)


UNCHANGED = re.compile(
    r"(?:^|、)(?P<what>(?:(?!から|より)[^、。はが\d]){1,20}(?:数|額|残高|時刻|日時|在庫|合計|残量|ポイント|カウント))[はがも](?P<since>(?:前回|初回|以前|直前)(?:から|と|より)、?)?(?:変わら|変化し|増え|減ら)(?:ない|ず|ません)"
)
_SINCE = re.compile(
    r"(?P<what>[^、。はが]{1,20})[はが](?P<moment>[^、。はが]{2,30}?(?:後|とき|時点))の[^、。はが]{0,10}?(?:から|と|より)(?:変わ|変化|同じ|同額|一致|増え|減)"
)
_SHOWS = re.compile(
    r"(?:^|、)(?P<place>[^、。はがを]{2,20})に(?P<what>[^。はがをに]{2,60})を(?P<verb>表示|印字|出力|記載)(?:する|し)"
)
_SET_CLOCK = re.compile(
    r"^(?P<what>[^。、]*(?:日付|日時|時刻|時計)を[^。、]*\d[^。、]*に)(?P<verb>設定|変更|合わせ|セット)(?:でき|られ|(?:が|も)?可能)"
)


class Given(Results):
    """What a case tells beside its sentences."""

    def facts(self, sentence: str, *, told: bool = False) -> list[Fact]:
        """See `Tongue.facts`."""
        raise NotImplementedError

    def terms(self, text: str) -> frozenset[str]:
        """See `Tongue.terms`."""
        raise NotImplementedError

    def means(self, precondition: str) -> Fact | None:
        """See `Tongue.means`."""
        able = re.match(r"^(?P<what>[^。]{2,60}(?:変更|設定|指定|操作))(?:できる|(?:が|も)?可能)", precondition)
        acts = [act for fact in self.facts(f"{able['what']}できる") for act in fact.acts] if able else []
        return Fact(tuple(acts), (), " ".join(acts[-1].objects), role=MEANS) if acts else None

    def named_act(self, part: str) -> Act | None:
        """See `Tongue.named_act`."""
        what = re.sub(r"[（(].*$", "", part).strip()
        by_hand = re.fullmatch(r"[A-Za-z0-9一-龠ァ-ヶー]{2,20}", what) and (self._is_act(what) or what.endswith("認証"))
        return Act(f"{what}を行う", "told", (what,)) if by_hand else None

    def done_with(self, datum: Datum) -> Act | None:
        """See `Tongue.done_with`."""
        verb = self.reader.verb(Clause(datum.name, verb=f"{datum.name}する"))
        if (
            datum.name in _ANYTHING
            or verb is None
            or verb.lemma != datum.name
            or verb.kind != "action"
            or verb.conjugation != "suru"
        ):
            return None
        mark = " に" if re.search(r"\d:\d\d$", datum.value) else " を" if datum.value[-1:].isascii() else "を"
        return Act(f"{datum.value}{mark}{datum.name}する", verb.group, (datum.value,))

    def given(self, datum: Datum) -> bool:
        """See `Tongue.given`."""
        return bool(GIVEN.search(datum.name))

    def noted(self, text: str, place: str) -> tuple[str, str] | None:
        """See `Tongue.noted`."""
        compared = next((part for part in re.split("[、。]", text) if _COMPARED.search(mask(part))), "")
        subject = re.sub("^[^、。]{1,12}(?:前(?:から|より|と)|後の)", "", self.subject(compared))
        if not subject:
            return None
        where = "" if not place or subject.startswith(place) else f"{apart(place)}で"
        return f"{where}操作前の{apart(subject)}を控える", f"操作前の{apart(subject)}を控えてある"

    def since(self, text: str) -> tuple[str, str, str] | None:
        """合計は1枚目を適用した後の金額から変わらない; see `Tongue.since`."""
        found = _SINCE.search(mask(text))
        what = text[found.start("what") : found.end("what")] if found else ""
        return (
            (text[found.start("moment") : found.end("moment")], f"{what}を控える", f"{what}を控えてある")
            if found
            else None
        )

    def shown_beside(self, wanted: str, outcome: str, results: str) -> list[str]:
        """See `Tongue.shown_beside`: the 件数 of 結果画面に件数と行番号を表示する, where only the 行番号 is a result."""
        found = _SHOWS.search(outcome)
        if not found or found["place"] not in wanted:
            return []
        parts = [(part, self.terms(part)) for part in re.split("と|、|および|及び", found["what"])]
        further = [part for part, terms in parts if not terms <= self.terms(results)]
        looked_for = any(terms <= self.terms(wanted) for _, terms in parts)
        return [f"{found['place']}に{'と'.join(further)}が{found['verb']}される"] if looked_for and further else []

    def bring_about(self, precondition: str) -> tuple[str, str] | None:
        """〜を設定しておく, 〜を発行する: what someone must bring about; a state is none."""
        text = precondition.strip().rstrip("。")
        if clock := _SET_CLOCK.match(text):
            act = clock["what"] + ("合わせる" if clock["verb"] == "合わせ" else f"{clock['verb']}する")
            return act, re.sub("を", "が", clock["what"], count=1) + (
                "合っている" if clock["verb"] == "合わせ" else f"{clock['verb']}されている"
            )
        clauses = split_clauses(text)
        last = clauses[-1] if clauses else None
        if last is None or not last.verb or last.state or last.past or last.passive or last.negative or last.potential:
            return None
        verb = self.reader.verb(last)
        if (
            verb is None
            or verb.kind != "action"
            or verb.group in ("login", "logout")
            or "が" in mask(last.before)
            or ("は" in last.before and "を" not in mask(last.before).rpartition("は")[2])
        ):
            return None
        start = text.rfind(last.before) if last.before else 0
        action = text[:start] + last.before + last.verb
        return action, re.sub(r"を(?=[^を]*$)", "が", text[:start] + last.before) + passive_stem(last.verb) + "ている"


def apart(name: str) -> str:
    """A name in Latin letters stands apart from the particle behind it."""
    return name + " " if name[-1:].isascii() and name[-1:].isalnum() else name
