"""What a result leaves out because it was spoken of before: which button, which act is done the second time, which screen."""

import re
from dataclasses import replace

from testgen.domain.test_case import TestCase
from testgen.drafting.outline.model import Act, Wanted

_PRESSED = re.compile(r"(?:もう一度|再度)?(?:押す|押下する)$")
_LABEL = re.compile(r"\[[^\[\]\n]{1,30}\]|「[^」\n]{1,20}」(?=を(?:押|選|タップ|クリック)|ボタン)")
_NTH = re.compile(r"^(?P<nth>\d)回目(?![^（(はがでも、]{0,3}の[^（(はがでも、])")
_CALL = re.compile(r"\b(?:GET|POST|PUT|PATCH|DELETE) /[\w/{}.-]{1,80}", re.ASCII)
_SENT = re.compile(r"(?:make|send|carry out) (?:the |a )?(?:(?:first|second|third|next) )?(?:call|request)(?: again)?")
_DATED = re.compile(r"(?P<date>(?:\d{4}/)?\d{1,2}/\d{1,2}|\d{1,2}月\d{1,2}日)\s?に(?:操作|実施|実行|処理)する")
_HEAD = re.compile(r"^(?P<head>[^：:\s　（()をがは]{2,15})[：:\s　（(]")


def spoken_of(wanted: list[Wanted], case: TestCase) -> list[Wanted]:
    """The results with what they leave out."""
    label, before, made = "", tuple[Act, ...](), list[Wanted]()
    head = _HEAD.match(case.title)
    call = _CALL.search(f"{case.title}\n{case.specification or ''}")
    for result in wanted:
        acts = tuple(_named(act, label, head["head"] if head else "") for act in result.fact.acts)
        if len(acts) > 1:  # 釣銭不足中でも: so it is already
            acts = tuple(act for act in acts if not (act.kind == "nominal" and act.objects[0].endswith("中"))) or acts
        if call:
            acts = tuple(_called(act, call.group()) for act in acts)
        if not acts and before and _NTH.match(result.text):
            acts = before
        if labels := _LABEL.findall(result.text):
            label = labels[-1]
        before = acts if acts and acts[-1].kind in ("told", "judged") else before
        made.append(replace(result, fact=replace(result.fact, acts=acts)))
    return made


def _called(act: Act, call: str) -> Act:
    """The first call, of a case about POST /token."""
    return replace(act, text=f"send {call}", kind="send", objects=(call,)) if _SENT.fullmatch(act.text) else act


def _named(act: Act, label: str, head: str) -> Act:
    if label and _PRESSED.fullmatch(act.text):
        return replace(act, text=f"{label}を{act.text}", objects=(label,))
    if dated := _DATED.fullmatch(act.text):
        return replace(act, text=f"日付を {dated['date']} にする", kind="change", objects=(dated["date"],))
    if head and act.text == "画面を開く":
        return replace(act, text=f"{head}の画面を開く", objects=(f"{head}の画面",))
    return act
