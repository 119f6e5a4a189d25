"""Japanese names that stand for what is done: a label, a value, a time, an act; and texts that tell an act without a verb at the end."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from testgen.drafting.outline.japanese.clauses import split_clauses
from testgen.drafting.outline.japanese.given import Given
from testgen.drafting.outline.japanese.morphemes import Clause, tokens
from testgen.drafting.outline.model import Act
from testgen.text.marks import mask

if TYPE_CHECKING:
    from sudachipy import Morpheme

VALUE = re.compile(r"[A-Za-z]{0,4}\s?[-+]?\d[\d,.]*\s?[A-Za-z%％℃°㎥㎏円個枚点㎜/]{0,6}")
_NAMED_VALUE = re.compile(
    r"(?P<name>[昼夜朝夕]|[一-龠ァ-ヶー]{2,10})\s?(?P<value>[-+]?\d[\d,.]*\s?[A-Za-z%％℃°㎥㎏円個枚点㎜/]{1,6})"
)
_VALUE_LASTING = re.compile(
    r"(?P<what>[一-龠ァ-ヶー]{1,10})\s?(?P<value>[-+]?\d[\d,.]*\s?[A-Za-z%％℃°㎥㎏円個枚点㎜/]{1,6})\s(?P<long>\d+\s?(?:秒|分|時間)(?:間)?)"
)  # 風9m/s 30秒
_LASTING_VALUE = re.compile(rf"(?P<what>{VALUE.pattern})を(?P<long>\d+\s?(?:秒|分|時間)(?:間)?)")  # 8.0m/sを5秒
_UNTIL_CLOCK = re.compile(r"残り\s?\d+\s?(?:秒|分|時間)|\d{1,2}:\d\d(?::\d\d)?")
_CONTROL = re.compile(r"(?:ボタン|(?<=[A-Za-z0-9」\]+−])キー|レバー)$")
_AMONG = re.compile(
    rf"(?:再び|再度|続けて|さらに|次に|.+で)(?P<value>{VALUE.pattern})"
)  # 再び1.20mで, 予測20kgの牛で9kgだと
_OUTCOME = re.compile(
    "合計|小計|総計|残(?:高|り|数|枠|額)|件数|得点|点数|料金|請求|返金|差額"
)  # what comes of something: 合計183円
_LABEL = re.compile(r"(?:[「『\[［][^」』\]］]{1,40}[」』\]］](?:ボタン|キー)?(?:→|⇒|\+)?)+")
_LABEL_OF = re.compile(
    r"(?:同じく|[^、。「『\[［]{1,20}(?:中|後|前|時)の|[^。「『\[［]{1,40}[いきぎしちみりびえけげせてねめれべ]、?)(?=[「『\[［])"
)
_ENDS_IN_LABEL = re.compile(r"[「『\[［][^」』\]］]{1,40}[」』\]］](?:ボタン|キー)?$")
_BY_HAND = re.compile(
    "(?:押し|引き|打ち|回し|抜き|差し|読み|渡し|戻し|入れ|替え|直し|切り|外し|放置|(?:扉|弁|蓋|窓|戸|口|門|栓|ドア|カバー|バルブ|フタ)[開閉]|チェック(?:イン|アウト))$"
)
_SWITCHED = re.compile(r"(?P<what>[^、。を]*?[^、。をはがにで\s])(?P<mark>を)?\s?(?P<how>ON|OFF|オン|オフ)")
_LASTED = re.compile(r"[一-龠ァ-ヶー]{2,8}\s?\d+\s?(?:秒|分|時間|日)(?:間)?")  # 利用31分
_LAPSE = re.compile(
    r"(?P<since>.*?から|.*?て(?=\d)|そのまま|さらに|無音|無操作|静止|空転)?\s?(?P<long>(?:合計|約)?\d+(?:\.\d+)?(?:±\d+(?:\.\d+)?)?\s?(?:秒|分|時間|日|s(?![A-Za-z])|min)(?:間)?(?:以上)?)(?:ほど|程度)?(?:が?経過|後)?$"
)
_STATE = re.compile(r"(?:中|済み?|未[一-龠]{1,4}|状態|あり|なし|オフライン|圏外|定位|反位|ON|OFF)$")
_OFFICE = re.compile(
    r"(?:[一-龠]{0,6})(?:校|所|園|院|局|署|室|店|組|班|駅|機|隊|館|場|工場|部|課|係|社|団)長|係|主任|教諭"
)
_LIMIT = re.compile(r"[一-龠ァ-ヶー]{2,}(?:時間|期限)$")  # 最大運転時間で…
_ACCOUNT = re.compile(r"[a-z][a-z_.]{2,20}\d{1,4}", re.ASCII)
_MADE_THING = re.compile(r"を[^、。]{1,30}た[一-龠ァ-ヶー]{2,}$")
_MOMENT = re.compile(r"(?P<what>[^、。をはが]{1,30}?)の?(?:直?後|以降)")
_TERM_ENDS = re.compile("[時限切日刻末間]$")  # 期限, 締切, 終了時刻
_ONLY = re.compile(r"(?:だけ|のみ)$")
_WHOSE = re.compile(r"(?:(?P<who>[^のをがは]{1,12})の|(?P<role>[一-龠]{1,4}[長員者師]))(?P<what>[一-龠ァ-ヶー]{2,10})")
_JOINED = re.compile(r"[をでにへがからてと]\s?$|\d\s?(?:秒|分|回|度|時間)(?:間)?$")  # a verb may follow
_NOUN_JOINED = re.compile(r"(?:[をにでてへが]|\d[度回])\s?[A-Za-z0-9]{0,4}[一-龠ァ-ヶー]{2,}$")
_ENDS_IN_VALUE = re.compile(r"[てで、]\s?[\d.,]+\s?[A-Za-z%％℃°円個枚点]{0,4}$")
_SHOWN_AT = re.compile(r"(?:一覧|画面|欄|履歴|ログ|リスト)に[「『][^」』]{1,20}[」』]$")  # 一覧に「受付中」で1件
_TIMES_PRESSED = re.compile(r"(?P<label>[「『\[［][^」』\]］]{1,20}[」』\]］])を?(?P<times>\d+回)(?:押し)?")
_NO_CAUSE = re.compile(r"^(?:いずれ|どの|どれ|すべて|全て|それぞれ|各|遅くとも)|(?:ほど|程度|以内|自動|まで)$")


class Naming(Given):
    """Tells them as acts."""

    def state_of(self, what: str) -> Act:
        """雨ON -> 雨をONにする, 写真なし -> 写真がない状態にする, 利用31分 -> 利用31分になるまで待つ."""
        if switched := _SWITCHED.fullmatch(what):
            return Act(f"{switched['what']}{switched['mark'] or 'を'}{switched['how']}にする", "told", (what,))
        if lasted := _LASTED.fullmatch(what):
            return Act(f"{lasted.group()}になるまで待つ", "wait")
        if re.search("(?:以?内|以?外|以上|以下|未満)$", what):
            return Act(f"{what}にする", "state", (what,))
        if re.search("[無未][一-龠]{2}$", what):
            return Act(f"{what}のままにする", "state", (what,))
        there = re.fullmatch(r"(?P<what>[^、。をはが]+?)が?(?P<how>なし|あり)", what)
        if there:
            return Act(f"{there['what']}が{'ある' if there['how'] == 'あり' else 'ない'}状態にする", "state", (what,))
        return Act(f"{what}の状態にする", "state", (what,))

    def is_done(self, what: str) -> bool:
        """Whether a text without a finite verb tells an act: 同名ファイルをもう一度置いて手動起動."""
        bare = re.sub(r"[（(][^（）()]*[)）]$", "", what).strip()
        clauses = split_clauses(bare)
        if _NOUN_JOINED.search(mask(bare)) and "サ変" in tokens(bare)[-1].part_of_speech()[2]:
            return True
        led = any(clause.verb and clause.link != "end" for clause in clauses) or "→" in mask(bare)
        return led or self.is_named_act(bare) or ("を" in mask(bare) and bool(clauses and clauses[-1].verb))

    def is_named_act(self, what: str) -> bool:
        """振込, 再起動: a noun that is an act of a person."""
        if what.endswith(("スイッチ", "ボタン", "レバー", "センサ", "センサー", "カード", "キー", "ブレーカ", "タグ")):
            return False  # a thing
        if _MADE_THING.search(mask(what)):
            return False  # 件数を6に書き換えた入力
        return bool(what) and (bool(_BY_HAND.search(what)) or self._is_act(what))

    def is_role(self, who: str) -> bool:
        """係, 校長, 店長: a person by name or by office."""
        return bool(_OFFICE.fullmatch(who)) or self.reader.is_person(who)

    def causes(self, what: str, mark: str) -> bool:
        """Whether a name before で stands for something that is done."""
        if _NO_CAUSE.search(what) or _SHOWN_AT.search(what) or (mark == "で" and re.fullmatch(r"[A-Z]{1,3}\d+", what)):
            return False  # G21で…を読む: a place in a flow
        place = what.endswith(tuple(self.lexicon.data["places"]))
        state = mark in ("では", "だと") and not place and _STATE.search(what)
        whole = (
            _LABEL.fullmatch(_LABEL_OF.sub("", what))
            or _are_values(what)
            or (_NAMED_VALUE.fullmatch(what) and not _OUTCOME.match(what))
            or "→" in mask(what)
            or _CONTROL.search(what)
            or re.search("(?:ON|OFF|オン|オフ)$", what)
            or _UNTIL_CLOCK.fullmatch(what)
            or re.fullmatch(r"\d+文字目?", what)
            or _AMONG.fullmatch(what)
            or _LAPSE.fullmatch(what)
            or _VALUE_LASTING.fullmatch(what)
            or _LASTING_VALUE.fullmatch(what)
            or _TIMES_PRESSED.fullmatch(what)
        )
        limit = mark == "で" and _LIMIT.search(what)
        return bool(whole or state or limit) or self.is_named_act(what)

    def named(self, what: str) -> Act:
        """The act that a name stands for; a case of the test where nothing says what is done."""
        bare = re.sub(r"\s*[（(][^（）()]{1,80}[)）]$", "", what.strip()) or what
        aside = what.strip()[len(bare) :]
        last = tokens(bare)[-1] if bare else None
        if last and last.part_of_speech()[0] == "動詞" and last.surface() == last.dictionary_form():
            if bare[: last.begin()].endswith("の"):
                return Act(f"{what}を押す", "press")  # ブラウザの戻る
            return Act(what)  # Aを読んで置く is an order already
        bare = bare[:-1] if bare.endswith("時") and self.is_named_act(bare[:-1]) else bare
        act = next(self._readings(what, bare), None)
        if act is None:
            return Act(self.lexicon.phrase("own_words", what=what), "case", (what,))
        behind = re.search("(?:を[^を]*|の状態にする|にする)$", act.text)
        if not aside or not behind or aside in act.text:
            return act
        return replace(act, text=f"{act.text[: behind.start()]}{aside}{act.text[behind.start() :]}")

    def _readings(self, what: str, bare: str) -> Iterator[Act]:
        """What a name can be, the surest first."""
        if _ACCOUNT.fullmatch(bare):
            yield Act(self.lexicon.phrase("sign_in", who=bare), "login")
        yield from _waits(bare)
        if moment := _MOMENT.fullmatch(bare):
            yield self._after_it(moment["what"], bare)
        if typed := re.fullmatch(r"(?P<long>\d+文字)目?", bare):
            yield Act(f"{typed['long']}を入力する", "input")
        if pressed := _TIMES_PRESSED.fullmatch(bare):
            yield Act(f"{pressed['label']}を{pressed['times']}押す", "press")
        if _CONTROL.search(bare):
            yield Act(f"{bare}を{'操作する' if bare.endswith('レバー') else '押す'}", "press")
        if _LABEL.fullmatch(bare) or (_ENDS_IN_LABEL.search(bare) and not _SHOWN_AT.search(bare)):
            yield Act(f"{bare.removeprefix('同じく').replace('+', 'を押しながら')}を押す", "press")
        if re.search("[一-龠ァ-ヶー](?:OK|NG)$", bare):
            yield Act(f"{bare}にする", "told")
        if re.search("(?:ON|OFF|オン|オフ)$", bare):
            yield Act(self.state_of(bare).text if _SWITCHED.fullmatch(bare) else f"{bare}にする", "told")
        yield from self._act_of_noun(bare)
        last = (split_clauses(bare) or [Clause("")])[-1]
        if last.verb and bare.endswith(last.verb) and not last.passive:
            yield Act(bare, "do")
        yield from _cases(bare)
        if _STATE.search(bare):
            yield self.state_of(bare)
        if self.is_done(what):
            joined, value = _NOUN_JOINED.search(mask(bare)), _ENDS_IN_VALUE.search(bare)
            yield Act(f"{what}{'する' if joined else 'にする' if value else 'を行う'}", "told")

    def deed(self, name: str) -> str:
        """See `Tongue.deed`."""
        bare = re.sub(r"[（(].*$", "", name).strip()
        last = str(tokens(bare)[-1].surface()) if bare else ""
        return next((noun for noun in (last, bare) if noun and self._is_act(noun)), "")

    def sends(self, deed: str) -> bool:
        """See `Tongue.sends`."""
        verb = self.reader.verb(Clause(deed, verb=f"{deed}する"))
        return verb is not None and verb.lemma == deed and verb.group in ("do", "create", "send", "upload", "search")

    def noun_done(self, what: str) -> Act | None:
        """消費20のクエスト開始 -> …を開始する, さらに消費10 -> さらに10を消費する: an act whose noun stands at the end, or before a number."""
        words = tokens(what)
        tail = [
            word for word in words if word.part_of_speech()[1] in ("数詞", "助数詞可能") or word.surface().isdigit()
        ]
        noun = next((word for word in reversed(words) if word not in tail), None)
        if noun is None or noun.part_of_speech()[2] != "サ変可能":
            return None
        before, behind = what[: noun.begin()].strip(), what[noun.end() :].strip()
        verb = self.reader.verb(Clause(noun.surface(), verb=f"{noun.surface()}する"))
        by_hand = verb is None or verb.kind == "action" or noun.surface() == "開始"
        modified = re.search("[一-龠ァ-ヶー]$" if behind else "[ぁ-ん]$", before)  # 書き換えた入力 is a thing
        if not by_hand or modified:
            return None
        return Act(f"{before}{behind}{'を' if before + behind else ''}{noun.surface()}する", "do")

    def _after_it(self, what: str, bare: str) -> Act:
        """承認後: it is done, unless it has been; 締切後: it is waited for; 初回後: nothing."""
        if self.is_named_act(what):
            return replace(self.named(what), past=True)
        return Act(f"{bare}になるまで待つ" if _TERM_ENDS.search(what) else "", "wait", past=True)

    def _act_of_noun(self, bare: str) -> Iterator[Act]:
        """店長の承認, 店長承認, 手動起動, 承認だけ, 扉開, 登録押下."""
        if door := re.fullmatch(
            r"(?P<what>.*(?:扉|弁|蓋|窓|戸|口|門|栓|ドア|カバー|バルブ|フタ))(?P<how>[開閉])", bare
        ):
            yield Act(f"{door['what']}を{'開ける' if door['how'] == '開' else '閉じる'}")
        if pressed := re.fullmatch(r"(?P<what>.+?)を?押下", bare):
            yield Act(f"{pressed['what']}を押す", "press")
        if held := re.fullmatch(
            r"(?P<what>.*?[^、。をにで\d秒の])の?(?P<how>(?:\d+秒(?:以上|間)?)?)の?(?P<press>[長短]押し)", bare
        ):
            yield Act(f"{held['what']}を{held['how']}{held['press']}する", "press")
        plain = _ONLY.sub("", bare)
        whose = _WHOSE.fullmatch(plain)
        who = (whose["who"] or whose["role"]) if whose else ""
        if whose and self.is_named_act(whose["what"]) and self.is_role(who):
            only = bare[len(plain) :]
            yield Act(f"{whose['what']}{only}を行う" if only else f"{whose['what']}する", "told", (), "", who)
        if self.is_named_act(plain):
            yield Act(_ordered(bare, plain), "told", (bare,))


def _ordered(bare: str, plain: str) -> str:
    """キーを短押し -> キーを短押しする, カードを取り出し -> カードを取り出す, 用紙補充 -> 用紙補充を行う."""
    words = tokens(plain)
    joined = (
        (len(words) > 1 and _leads_on(words[-2]))
        or _JOINED.search(  # 02を選び確定
            re.sub("[再長短][^を]?$", "", plain[: words[-1].begin()])
        )
    )
    if joined and bare == plain and not plain.endswith("押し") and words[-1].part_of_speech()[0] == "動詞":
        return plain[: words[-1].begin()] + str(words[-1].dictionary_form())
    verbal = not plain.endswith("し") or plain.endswith("押し")
    return bare + ("する" if joined and verbal else "を行う")


def _leads_on(word: "Morpheme") -> bool:
    """選び, before 確定: a verb, and another act behind it."""
    return bool(word.part_of_speech()[0] == "動詞" and word.surface() != word.dictionary_form())


def _waits(bare: str) -> Iterator[Act]:
    """5分放置, てこ定位から90秒, 最大運転時間, 残り5分, 0:00."""
    if lasting := _LASTING_VALUE.fullmatch(bare):
        yield Act(f"{lasting['what']}を{lasting['long']}続ける", "wait")
    if lasting := _VALUE_LASTING.fullmatch(bare):
        yield Act(f"{lasting['what']}を{lasting['value']}にして{lasting['long']}待つ", "wait")
    if _UNTIL_CLOCK.fullmatch(bare):
        yield Act(f"{bare} になるまで待つ" if bare[-1].isdigit() else f"{bare}になるまで待つ", "wait")
    if re.search(r"\d\s?(?:秒|分|時間|日)間?[のが]?経過$", bare):
        yield Act(f"{bare}するまで待つ", "wait")
    if idle := re.fullmatch(r"(?P<long>\d+(?:秒|分|時間)(?:間)?)(?:何も)?(?:無?操作)(?:しない|せず|なし)?", bare):
        yield Act(f"何も操作せずに{idle['long']}待つ", "wait")
    if bare.endswith("放置"):
        yield Act(f"{bare}する", "wait")
    if lapse := _LAPSE.fullmatch(bare):
        since = re.sub("て$", "てから", lapse["since"] or "")
        yield Act(f"{since}{lapse['long']}待つ", "wait")
    if _LIMIT.search(bare):
        yield Act(f"{bare}が過ぎるまで待つ", "wait")


def _cases(bare: str) -> Iterator[Act]:
    """5→6→5, 35.0%, 圏外: values and states that are brought about."""
    if re.fullmatch(r"[\d.,a-zA-Z%\s→・]*[→・][\d.,a-zA-Z%\s→・]*", bare):
        yield Act(f"「{bare}」の順に試す", "case", (bare,))
    if re.fullmatch(r"[^、。をはが]{2,20}\d[^\s\d]{0,4}(?:以上|以下|未満)", bare):
        yield Act(f"{bare}にする", "state", (bare,))  # 電池残量20%以下
    if named := _NAMED_VALUE.fullmatch(bare):
        apart = " " if named["value"][-1].isascii() else ""
        mark = "に" if len(named["name"]) == 1 else "を"  # 夜11℃
        yield Act(f"{named['name']}{mark}{named['value']}{apart}にする", "do", (named["name"],))
    if among := _AMONG.fullmatch(bare):
        yield Act(f"{bare} にする" if bare[-1:].isascii() else f"{bare}にする", "told", (among["value"],))
    if _are_values(bare):
        yield Act(f"{bare} にする" if bare[-1:].isascii() else f"{bare}にする", "set", (bare,))


def _are_values(text: str) -> bool:
    return all(map(VALUE.fullmatch, text.split("、")))
