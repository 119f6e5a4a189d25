"""What a manipulated model lets out is found: the prompt, marks of the chat, invented addresses, characters that hide."""

import pytest
from support.procedures import procedure

from testgen.domain.language import LANGUAGES, Language
from testgen.domain.test_case import TestCase
from testgen.drafting.prompt import instructions
from testgen.reviewer import review
from testgen.text.hidden import DECEIVING

RESULT: dict[Language, str] = {"en": "The page is shown", "ja": "画面が表示される"}
CASES: dict[Language, TestCase] = {
    "en": TestCase(
        id="T",
        title="Sign in",
        specification='Open https://shop.example.com/login and click "Save". Mail goes to mori@shop.example.com.',
        expected_results=("The page is shown",),
    ),
    "ja": TestCase(
        id="T",
        title="ログイン",
        specification="https://shop.example.com/login を開き「保存」を押す。",
        expected_results=("画面が表示される",),
    ),
}


def found(rule: str, action: str, language: Language, *, case: TestCase | None = None) -> list[str]:
    """The excerpts that a rule finds in an action; `case` is that of the language unless another is given."""
    made = procedure((action, RESULT[language]), language=language)
    return [f.excerpt for f in review(made, case or CASES[language]).findings if f.rule == rule]


def sentences(language: Language) -> list[str]:
    """The sentences of the prompt that say something."""
    whole = "\n".join(instructions(language)).replace("。", "。\n").replace(". ", ".\n")
    longest = {"en": 60, "ja": 25}[language]
    return [line for line in whole.split("\n") if len(line) >= longest]


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_sentence_of_the_prompt_is_known_when_it_comes_out(language: Language) -> None:
    missed = [sentence for sentence in sentences(language) if not found("prompt-leak", sentence, language)]
    assert missed == []
    assert len(sentences(language)) > 5


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("other", LANGUAGES)
def test_a_part_of_it_in_other_letters_and_another_language_is_known_too(language: Language, other: Language) -> None:
    sentence = max(sentences(language), key=len)
    part = sentence[len(sentence) // 4 :].upper().replace(" ", "  \n")
    excerpts = found("prompt-leak", f"{RESULT[other]}: {part}", other)
    assert any(len(excerpt) > len(part) / 2 and excerpt in part for excerpt in excerpts)


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_found_in_every_field_of_a_step_and_without_a_case(language: Language) -> None:
    leak = max(sentences(language), key=len)
    made = procedure((RESULT[language], leak, leak), language=language)
    findings = [f for f in review(made).findings if f.rule == "prompt-leak"]
    assert {f.field for f in findings} == {"/steps/0/test_data", "/steps/0/expected_result"}


def test_a_case_about_the_prompt_may_quote_it() -> None:
    sentence = max(sentences("en"), key=len)
    case = CASES["en"].model_copy(update={"specification": f"The page shows: {sentence}"})
    assert found("prompt-leak", f"Read: {sentence}", "en", case=case) == []


@pytest.mark.parametrize(
    "mark", ["</glossary>", "<instruction>", "</test_case>", "<|im_end|>", "<end_of_turn>", "[/INST]", "<<SYS>>"]
)
def test_a_mark_of_the_chat_is_a_leak_unless_the_case_is_about_it(mark: str) -> None:
    assert found("prompt-leak", f"Enter {mark}", "en") == [mark]
    about = CASES["en"].model_copy(update={"test_data": {"text": f"a {mark} b"}})
    assert found("prompt-leak", f"Enter {mark}", "en", case=about) == []


ADDRESSES = [
    "https://evil.example/x", "evil.example/login", "www.evil.example", "ftp://evil.example/a", "javascript:alert(1)", "10.1.2.3:8080",
    "ssh://evil.example", "//evil.example/x", r"\\evil\share", "a@evil.example", "https://shop.example.co", "HTTPS://EVIL.EXAMPLE/",
    "https://shop.example.com.evil.example/login", "https://shop.example.com/login?next=//evil.example", "data:text/html,abc", "http://悪.example/a",
]  # fmt: skip


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize(("language", "words"), [("en", "Open {}."), ("ja", "{} を開く")])
def test_an_address_that_stands_nowhere_in_the_case_is_told(address: str, language: Language, words: str) -> None:
    assert found("ungrounded-value", words.format(address), language) == [address]


@pytest.mark.parametrize(
    ("language", "action"),
    [
        ("en", "Open https://shop.example.com/login."),
        ("en", "Open https://shop.example.com"),
        ("en", "Write to mori@shop.example.com."),
        ("en", "Open shop.example.com/login"),
        ("en", "Start Node.js 20 and open Program.cs"),
        ("ja", "https://shop.example.com/loginを開く"),
        ("ja", "（https://shop.example.com/login）を開く"),
    ],
)
def test_an_address_of_the_case_is_none_however_it_is_written(language: Language, action: str) -> None:
    assert found("ungrounded-value", action, language) == []


@pytest.mark.parametrize("written", ["設定 > ユーザー > 追加", "設定→ユーザー→追加", "設定＞ユーザー＞追加"])
def test_a_path_of_labels_is_the_same_whatever_stands_between_them(written: str) -> None:
    about = CASES["ja"].model_copy(update={"specification": f"{written}を開く。"})
    assert found("ungrounded-value", "「設定 → ユーザー → 追加」の順に進む", "ja", case=about) == []
    assert found("ungrounded-value", "「設定 → 権限」の順に進む", "ja", case=about) == ["設定 → 権限"]


@pytest.mark.parametrize(
    "label",
    ["〈送金〉", "《送金》", "［送金］", "[送金]", "＜送金＞", "『送金』", "【送金】", "**送金**", "«送金»", "“送金”"],
)
def test_a_label_that_stands_nowhere_in_the_case_is_told_in_any_brackets(label: str) -> None:
    assert found("ungrounded-value", f"{label}を押す", "ja") == ["送金"]
    assert found("ungrounded-value", f"{label.replace('送金', '保存')}を押す", "ja") == []


@pytest.mark.parametrize(
    "character",
    ["\u202e", "\u2066", "\u200b", "\u200e", "\U000e0041", "\x1b", "\x08", "\x9b", "\ufeff", "\u00ad", "\u2028"],
)
def test_a_character_that_nobody_sees_is_told_by_its_number(character: str) -> None:
    made = procedure((f'Click "Sa{character}ve"', "The page is shown"))
    [finding] = [f for f in review(made, CASES["en"]).findings if f.rule == "hidden-character"]
    assert finding.message == f"The field contains an invisible character (U+{ord(character):04X})."
    assert finding.severity == ("error" if DECEIVING.match(character) else "info")
    assert finding.excerpt == character


@pytest.mark.parametrize("text", ["👨‍👩‍👧", "葛󠄀城市", "☀️", "a\nb", "a\tb"])
def test_joined_emoji_variants_and_line_breaks_are_no_hidden_characters(text: str) -> None:
    assert found("hidden-character", text, "en") == []


def test_a_case_about_hidden_characters_may_have_them() -> None:
    case = CASES["en"].model_copy(update={"test_data": {"name": "mo\u200bri"}})
    assert found("hidden-character", "Enter mo\u200bri", "en", case=case) == []
