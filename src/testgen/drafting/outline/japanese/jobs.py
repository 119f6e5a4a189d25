"""The job that a Japanese case is about: how it is run, and which acts of its specification are the job's own."""

import re
import unicodedata
from dataclasses import replace

from testgen.domain.test_case import TestCase
from testgen.drafting.outline.japanese.inflection import polite
from testgen.drafting.outline.model import MEANS, Act, Fact, Move, Reading
from testgen.drafting.outline.tongue import Tongue

_JOB = re.compile(
    r"^(?:(?:実行|起動)?(?:ジョブ|バッチ|コマンド|スクリプト|プログラム|シェル)(?:名|ID)?|起動|実行)$|^(?:job|batch|command|script)\b",
    re.IGNORECASE,
)
_NAMED_JOB = re.compile(r"(?:バッチ|ジョブ|JOB|スクリプト)\s?[(]?(?P<name>[A-Z][A-Z0-9_]{3,}|[a-z_]+\.sh)")
_STARTED = re.compile(
    r"(?P<how>[^、。はがを]{2,20}から)?(?P<name>[A-Z][A-Z0-9_]{3,}|[a-z_]+\.sh)を(?:手動で?)?(?:起動|実行)(?:でき|可能)"
)
_MANUALLY = re.compile(r"手動(?:での?)?(?:実行|起動|投入)(?:は|時は|の場合は)")
_TITLED_JOB = re.compile(r"[一-龠ァ-ヶー]{0,12}(?:バッチ|ジョブ)(?=$|[\s　：:・（(_])")
_CODE = re.compile(r"[A-Z]{2,}[A-Z_-]{0,8}\d{2,8}(?![\dA-Za-z])")  # JB0312
_COMMAND = re.compile(r"`|\.sh\b")  # which the specification has somebody run
_STARTS = re.compile("(?:実行|起動|投入|リラン)する$")
ON_A_SCREEN = (
    "enter_all",
    "input",
    "leave",
    "select",
    "press",
    "open",
    "upload",
    "search",
    "login",
    "logout",
    "change",
    "call",
)  # what nobody but a person does


def by_hand(case: TestCase, reading: Reading, tongue: Tongue) -> list[Fact]:
    """See `Tongue.by_hand`: of a job's specification only what somebody does on a screen, or to start it, is an act."""
    if not job_of(case, reading, tongue):
        return reading.facts
    return [
        fact
        if fact.role == MEANS or fact.scenario or _is_started(fact, reading)
        else replace(fact, acts=(), outcome=fact.outcome or " ".join(act.text for act in fact.acts))
        for fact in reading.facts
    ]


def _is_started(fact: Fact, reading: Reading) -> bool:
    """Whether the acts are those of a screen, or start the job."""
    manual = fact.sentence >= 0 and bool(_MANUALLY.match(reading.sentences[fact.sentence].text))
    return manual or any(act.kind in ON_A_SCREEN or _STARTS.search(act.text) for act in fact.acts)


def job_of(case: TestCase, reading: Reading, tongue: Tongue) -> Move | None:
    """How the job that a case is about is run, where it is about one."""
    phrase = tongue.lexicon.phrase
    for datum in reading.data:
        if _JOB.search(datum.name):
            named = re.sub(r"\s*[（(][^（）()]*[)）]$", "", datum.value) or datum.value
            run = phrase("perform", job=named)
            return _started_by_hand(reading, run) or Move(Act(run, "job", (datum.name,)))
    if started := _STARTED.search("\n".join(case.preconditions)):
        how, name = started["how"] or "", started["name"]
        return Move(Act(f"{how}{phrase('perform', job=name).lstrip()}", "job", (name,)))
    texts = (case.title, *case.preconditions, case.specification or "")
    if job := _NAMED_JOB.search(unicodedata.normalize("NFKC", "\n".join(texts))):
        return Move(Act(phrase("perform", job=job["name"]), "job", (job["name"],)))
    titled = None if _COMMAND.search(case.specification or "") else _TITLED_JOB.search(case.title)
    if not titled:
        return None
    coded = _CODE.search(unicodedata.normalize("NFKC", case.title))
    name = coded.group() if coded else titled.group()
    run = phrase("perform", job=name)
    return Move(Act(run if coded else run.replace(" ", ""), "job", (name,)))


def _started_by_hand(reading: Reading, run: str) -> Move | None:
    """手動実行は run_job.sh にジョブ名を渡す: how a job that a schedule starts is run now."""
    for fact in reading.facts:
        if fact.acts and fact.sentence >= 0 and _MANUALLY.match(reading.sentences[fact.sentence].text):
            act = fact.acts[-1]
            place = f"{act.screen}で" if act.screen and act.screen not in act.text else ""
            text = f"{place}{polite(act.text).removesuffix('ます')}、{run}"
            return Move(Act(text, "job", act.objects), fact.sentence)
    return None
