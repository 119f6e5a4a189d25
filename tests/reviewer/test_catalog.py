"""The catalog: something finds each rule, and its prose says what really happens."""

import re

import pytest
from support.procedures import procedure

from testgen.domain.background import Background
from testgen.domain.glossary import Glossary
from testgen.domain.hit import Hit
from testgen.domain.language import LANGUAGES, Language
from testgen.domain.procedure import StepKind
from testgen.domain.test_case import TestCase
from testgen.reviewer import RULES, Rule, compare, review
from testgen.reviewer.checks import CHECKS, SUITE_CHECKS
from testgen.reviewer.wording import KINDS
from testgen.text.marks import quotes

# What is around an example of the prose, whatever rule it is of.
ACTION: dict[Language, str] = {"en": "Open the page", "ja": "画面を開く"}
RESULT: dict[Language, str] = {"en": "The page is shown", "ja": "画面が表示される"}
CASES: dict[Language, TestCase] = {
    "en": TestCase(id="T", title="T", specification='Click "Buy".', expected_results=("the password is unchanged",)),
    "ja": TestCase(id="T", title="T", specification="「購入」を押す。", expected_results=("パスワードは変わらない",)),
}
GLOSSARIES: dict[Language, Glossary] = {
    "en": Glossary.parse({"terms": [{"term": "click", "instead_of": ["push"]}], "style": {"brackets": '""'}}),
    "ja": Glossary.parse(
        {"terms": [{"term": "押す", "verb_forms": {"押下する": "押す"}}], "style": {"ending": "する"}}
    ),
}
ABOUT_RESULTS = {"ambiguous-wording", "misplaced-action"}
CLEANUP = re.compile(r"[(（](?:clean-up|後始末)[)）]\s*")
ASIDE = re.compile(r"^[(（].*?[)）]\s*|\s*[(（][^()（）]*[)）]$")


def rules_in(rule: str, language: Language, example: str) -> set[str]:
    """The rules that find an example, its asides not counted: steps behind a slash, an expected result behind an arrow.
    An aside about expected results is about one step that verifies all of them."""
    if re.match(r"[(（].*(?:\bresults? 1|期待結果1)", example):
        return rules_on_one_step(language, quotes(example))
    steps: list[tuple[str, str]] = []
    kinds: list[StepKind] = []
    for text in re.split(r" / |／", ASIDE.sub("", CLEANUP.sub("~", example))):
        kinds.append("cleanup" if text.startswith("~") else "action")
        action, _, result = re.sub(" → ", " -> ", text.removeprefix("~")).partition(" -> ")
        if rule in ABOUT_RESULTS:
            action, result = ACTION[language], action
        silent = rule == "unverified-action"
        steps.append((action or ACTION[language], result or ("" if silent else RESULT[language])))
    left_out = re.match(r"[(（].*使っていない|\(no step uses", example)
    hits = [Hit(rule, "/steps", excerpt="x")] if left_out else []
    made = procedure(*steps, language=language, kinds=kinds)
    twice = re.search(r"[(（](?:in two procedures|2つの手順書に)[)）]$", example)
    among = compare([made, made])[1] if twice else ()
    found = review(
        made, CASES[language], background=Background.of(GLOSSARIES[language]), hits=hits, among=among
    ).findings
    return {finding.rule for finding in found}


def rules_on_one_step(language: Language, results: list[str]) -> set[str]:
    made = procedure((ACTION[language], " ".join(results)), language=language)
    step = made.steps[0].model_copy(update={"verifies": tuple(range(1, len(results) + 1))})
    made = made.model_copy(update={"steps": (step,), "expected_results": tuple(results)})
    return {finding.rule for finding in review(made).findings}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("rule", RULES)
def test_the_examples_of_the_prose_are_true(rule: str, language: Language) -> None:
    words = RULES[rule].words[language]
    assert rule in rules_in(rule, language, words.bad)
    assert rule not in rules_in(rule, language, words.good)


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_each_rule_has_a_pattern_a_check_or_an_engine(rule: Rule) -> None:
    patterns = [rule.words[language].patterns for language in LANGUAGES]
    assert all(patterns) or rule.id in {**CHECKS, **SUITE_CHECKS} or rule.id in KINDS or rule.by_engine


def test_no_check_is_without_a_rule() -> None:
    assert set(CHECKS) | set(SUITE_CHECKS) <= set(RULES)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("rule", RULES)
def test_each_entry_is_complete(rule: str, language: Language) -> None:
    words = RULES[rule].words[language]
    assert all((words.name, words.what, words.why, words.message, words.suggestion, RULES[rule].source))
