"""What testgen says to people, and its catalogs. The text that is said is English, and the key of each catalog."""

import pickle
import re

import pytest

from testgen.domain.errors import EngineError, FieldProblem, InvalidInputError
from testgen.domain.language import LANGUAGES
from testgen.messages import in_language, say
from tools import messages as catalogs

OTHERS = [language for language in LANGUAGES if language != "en"]


@pytest.mark.parametrize("language", OTHERS)
def test_a_translation_has_the_placeholders_of_its_text(language: str) -> None:
    def names(text: str) -> set[str]:
        return set(re.findall(r"\{(\w*)(?:![rs])?(?::[^{}]*)?\}", text))

    differing = [m.id for m in catalogs.read(language) if m.id and names(m.id) != names(m.string)]
    assert not differing


def test_a_translation_is_written_as_japanese_is() -> None:
    """No full stop of ASCII, no blank behind a Japanese one, words that engineers use."""
    wrong = re.compile(r"[ぁ-んァ-ヶ一-龠]\.|。 |[ぁ-んァ-ヶ一-龠][,!?]|配備|(?<!\w)終了コード\d")
    assert [message.string for message in catalogs.read("ja") if wrong.search(str(message.string))] == []


@pytest.mark.parametrize("language", OTHERS)
def test_the_compiled_catalog_is_that_of_the_source(language: str) -> None:
    """It is what users get, and is not made when testgen is installed."""
    for message in catalogs.read(language):
        if message.id:
            assert in_language(say(message.id), language) == message.string


def test_a_message_is_its_english_text_and_can_be_told_in_japanese() -> None:
    error = InvalidInputError([FieldProblem("/id", say("is missing: add it"))], subject=say("the test case"))
    assert str(error) == "the test case is not valid: /id: is missing: add it"
    assert in_language(str(error), "ja") == "テストケースが正しくありません: /id: ありません。追加してください"


def test_a_workers_error_can_be_told_in_japanese_too() -> None:
    """It comes back pickled."""
    error = pickle.loads(pickle.dumps(EngineError(say("must be at most {most}", most=3), remedy=say("is not JSON"))))
    assert in_language(str(error), "ja") == "3 以下にしてください。JSON ではありません"


def test_a_value_is_never_taken_for_a_template() -> None:
    told = say("{option} needs a value", option="{names}")
    assert (str(told), in_language(told, "ja")) == ("{names} needs a value", "{names} に値を指定してください")


def test_what_is_no_message_stays_as_it_is() -> None:
    assert in_language("is not JSON", "ja") == "is not JSON"
