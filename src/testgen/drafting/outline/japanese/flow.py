"""What a Japanese case does as a whole, where neither its results nor its specification tell an act."""

import re

from testgen.domain.test_case import TestCase
from testgen.drafting.outline.japanese.jobs import job_of
from testgen.drafting.outline.model import Act, Move, Reading
from testgen.drafting.outline.tongue import Tongue
from testgen.text.normal import normalise

_FIELD = re.compile(
    r"(?:番号|数|額|量|名|日|コード|住所|氏名|電話|メール|キーワード|文字列|時刻|時間|期限|年月日|単価|ID|金|率|件名|本文|内容|理由|区分|種別)$"
    r"|\b(?:number|name|date|code|amount|address|quantity|e-?mail|phone|reading|value)$",
    re.IGNORECASE,
)
GIVEN = re.compile(
    r"^(?:既存|期待|現在|許容|想定|上限|下限|所持|合計|変更前|元の|現)"
    r"|(?:残高|残額|報酬|結果|件数|問題数|試験数|上限|下限|限度|限度額|閾値|しきい値|(?:手数|取消|延滞|解約)料|料金|運賃|税率|レート|単位)$"
)
NO_DEEDS = (
    "確認",
    "チェック",
    "表示",
    "検証",
    "制限",
    "管理",
    "停止",
)  # of a title: what is looked at, what the product does
_LOOKED_UP = re.compile("検索|照会|抽出|試算|絞り込み")  # what values are entered for
_FILE = re.compile(r"[\w.-]+\.(?:csv|tsv|xlsx?|pdf|xml|json|txt|zip|dat)\b", re.IGNORECASE)
_DONE = re.compile(r"^(?P<verb>[^、。をはが]{1,8}?)した(?P<what>[^、。をはが]{1,20})(?:を|は|の)")


def implied(case: TestCase, reading: Reading, tongue: Tongue, event: tuple[Act, ...]) -> list[Move]:
    """A job is run; else the values are entered, and what the title or the clean-up names is done."""
    phrase = tongue.lexicon.phrase
    if job := job_of(case, reading, tongue):
        return [job]
    if reading.request:
        return [Move(Act(phrase("call", request=reading.request), "send", (reading.request,)))]
    acts = _titled(case, reading) or _filed(case, reading, tongue) or _undone_later(case, tongue) or list(event)
    entries = _entries(case, reading, tongue, acts)
    if entries and not acts and (looked := _LOOKED_UP.search(f"{case.title}\n{case.specification or ''}")):
        acts = [Act(f"{looked.group()}を実行する", "search", ())]
    elif entries and not acts and tongue.sends(deed := tongue.deed(case.title)) and not deed.endswith(NO_DEEDS):
        acts = [Act(f"{deed}する", "told", (deed,))]
    return [*entries, *(Move(act) for act in acts)]


def _titled(case: TestCase, reading: Reading) -> list[Act]:
    """The title's acts, unless the preconditions have them done: 勤怠の締め後は…, where it is closed."""
    given = "\n".join(case.preconditions)
    verbs = {id(act): act.text[act.text.rfind("を") + 1 :].removesuffix("する") for act in reading.title.acts}
    return [act for act in reading.title.acts if not re.search(re.escape(verbs[id(act)]) + "(?:済|後|し|され)", given)]


def _entries(case: TestCase, reading: Reading, tongue: Tongue, acts: list[Act]) -> list[Move]:
    """Values of fields are entered, unless the acts take them, or the preconditions have them already."""
    phrase = tongue.lexicon.phrase
    told = normalise(" ".join(act.text for act in acts))
    names = dict.fromkeys(
        datum.name
        for datum in reading.data
        if _FIELD.search(re.sub(r"[（(].*$|[\d①-⑨]+$", "", datum.name))
        and len(datum.name) > 1
        and not GIVEN.search(datum.name)
        and normalise(datum.name) not in told
        and not ((file := _FILE.match(datum.value)) and normalise(file.group()) in told)
    )
    kinds = {normalise(tongue.head(name)) for name in names}
    if len(kinds) == 1 and not any(kind in told for kind in kinds):
        name = tongue.head(next(iter(names)))
        return [Move(Act(phrase("enter_value", what=name), "input", (name,)))]
    return [Move(Act(phrase("enter_all"), "enter_all"))] if names else []


def _filed(case: TestCase, reading: Reading, tongue: Tongue) -> list[Act]:
    """The one file of a case is handed in, where its title says how: …CSVの一括取込."""
    files = [found.group() for datum in reading.data if (found := _FILE.match(datum.value))]
    verb = tongue.filing(case) if len(files) == 1 else ""
    return [Act(f"{files[0]} を{verb}", "upload", (files[0],))] if verb else []


def _undone_later(case: TestCase, tongue: Tongue) -> list[Act]:
    """登録した打刻を削除する: what the clean-up undoes has been done."""
    for text in case.postconditions:
        found = _DONE.match(text)
        if found and not re.search(r"\d", found["what"]):  # 印刷した証明書3枚: as many as there are in the end
            act = f"{found['what']}を{found['verb']}する"
            return [act for fact in tongue.facts(act, told=True) for act in fact.acts][:1]
    return []
