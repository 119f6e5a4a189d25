"""What makes a flaw of an action good: a value in the test data, a limit in the row, nothing that has to be done with it."""

import re

from testgen.reviewer.covered import of_other_fields
from testgen.reviewer.japanese_knowledge import ends_in_a_vague_deed
from testgen.reviewer.reading import Reading, Span
from testgen.reviewer.subject import Field, Subject

_ABOUT_VALUES = frozenset({"missing-test-data", "unspecified-value"})
# A wait that has an end, and a limit beside it: 記帳が終わるまで待つ with 「60秒以内に出る」, or "10 min" in the data.
_UNTIL = re.compile(r"まで|のを|を待|放置|\b(?:until|till|for)\b", re.IGNORECASE)
_TIME = r"\d\s?(?:秒|分|時間|(?:s|sec(?:ond)?s?|min(?:ute)?s?|hours?)\b)"
_A_TIME = re.compile(_TIME, re.IGNORECASE)
_WITHIN = re.compile(rf"within[^.\n]{{1,12}}{_TIME}|{_TIME}(?:以内|まで|後|で)|[（(±]\s?\d*{_TIME}", re.IGNORECASE)
# Who signs in, and where that was said.
_SIGNS_IN = re.compile(r"ログイン|サインイン|サインオン|ログオン")
_ACCOUNT = re.compile(r"(?<![A-Za-z])ID(?![A-Za-z])|アカウント|パスワード|ユーザー?(?:名|ID)")
# How many, and what says how many: of one of several things, or a list of them.
_AN_AMOUNT = re.compile(r"何[^\s何]{1,2}[かも]|数(?![量値字式列表日])[一-龠ァ-ヶー]|(?:いく|幾)つか|複数")
# What has a number, data that have none, and data that are those of another step.
_MEASURED = re.compile(
    r"(?:数量|個数|人数|枚数|件数|金額|体重|体温|血圧|重量|気温|温度|指針|残高|単価)を?[入変打登修記設]"
)
_WORDS = re.compile(r"[ぁ-んァ-ヶー一-龠、。・　 ]{6,40}")
_AS_ABOVE = re.compile(r"(?:上記|前[項述]|手順\s?\d{1,3})(?:と|に)同(?:じ|様の?)\w{1,10}")
_NUMBERED = re.compile(r"\d\s*[件個枚本回度点箱台冊人名社店頁行桁ヶケか]|[×✕]\s*\d|(?<!\d)x\s*\d|[、,／/・\n]")
_BY_MEANS_OF = re.compile(r"[一-龠ァ-ヶー]{0,8}で(?![あはも])")
_BRIEF = re.compile(r"[^。、をにで]{1,30}|[^。、を]{1,30}も同(?:様|じ)[^。、を]{0,10}。?")
_SUPPOSED = re.compile("はず|筈")
_NEXT = re.compile(r"[をは、]?")


def made_good(rule: str, field: Field, span: Span, subject: Subject, reading: Reading, *, is_open: bool) -> bool:
    """Whether what stands beside a place in an action answers it; `is_open` says that the test data are themselves no values."""
    if rule == "undefined-wait":
        return bool(_UNTIL.search(field.text, *span)) and _limited(field)
    if rule == "low-information":
        return _named_by_its_data(field, subject)
    if rule == "ambiguous-wording":
        return bool(_SUPPOSED.match(field.text, *span)) and _is_asserted(span, reading)
    if rule not in _ABOUT_VALUES:
        return False
    return _given(rule, field, span, subject, is_open=is_open) or _unused(field, span, reading)


def _is_asserted(span: Span, reading: Reading) -> bool:
    """もう一回読ませる。通らないはず: what is seen then stands in the wrong cell, and that is what is reported."""
    return bool(reading.actions and reading.state and reading.state[0] <= span[0] < reading.state[1])


def _named_by_its_data(field: Field, subject: Subject) -> bool:
    """滞納会員 with its number, テストピースも同様に with its size: the data say what it is done with."""
    if subject.language != "ja" or Field.of(field.step, "test_data").is_none or not _BRIEF.fullmatch(field.text):
        return False
    return not ends_in_a_vague_deed(field.masked)  # テストする, 各機能の確認: the data do not say what is done


def _limited(field: Field) -> bool:
    """Whether the row of an action says how long something may take."""
    return bool(_A_TIME.search(field.step.test_data or "") or _WITHIN.search(field.step.expected_result))


def _an_account(field: Field, subject: Subject) -> bool:
    """Whether the preconditions, or an earlier step, can have said who signs in."""
    before = [f"{step.action} {step.test_data or ''}" for step in subject.procedure.steps[: field.step.number - 1]]
    given = subject.case.preconditions if subject.case else subject.procedure.preconditions
    return bool(given) or any(_ACCOUNT.search(text) for text in before)


def _given(rule: str, field: Field, span: Span, subject: Subject, *, is_open: bool) -> bool:
    """Whether the step has test data, or, for a value to be entered, whether the case has data that the step mentions."""
    named = subject.procedure.test_data if rule == "missing-test-data" else ()
    data = Field.of(field.step, "test_data")
    if rule == "missing-test-data" and _SIGNS_IN.search(field.text, *span) and _an_account(field, subject):
        return True
    if _AN_AMOUNT.match(field.text, *span) and not _NUMBERED.search(data.text):
        return False
    if rule == "missing-test-data" and _MEASURED.search(field.text, *span) and _WORDS.fullmatch(data.text):
        return False  # 数量を入れて確定, with 「伝票は机の上のやつ」
    elsewhere = data.is_none or of_other_fields(data.text, field.masked, span) or _AS_ABOVE.fullmatch(data.text.strip())
    told = not elsewhere and (rule == "missing-test-data" or not is_open)
    return told or any(name.casefold() in field.text.casefold() for name in named)


def _unused(field: Field, span: Span, reading: Reading) -> bool:
    """If nothing is to be done, or after the word that asks for a check, no value is needed; but 何件か見る leaves open what is checked."""
    if reading.check and _AN_AMOUNT.match(field.text, *span) and _NEXT.fullmatch(field.text, span[1], reading.check[0]):
        return False
    if reading.only_checks and _BY_MEANS_OF.match(field.text, span[1]):
        return False  # 他の端末で確認する
    if reading.precondition and reading.actions and span[0] >= reading.precondition[0] > reading.actions[-1]:
        return True
    if reading.only_checks or (reading.precondition and not reading.actions):
        return True
    looked_at = reading.check if reading.ends_in_a_check else None
    return looked_at is not None and span[0] >= looked_at[0]
