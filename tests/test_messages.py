"""What testgen says to people, and its catalogs. The text that is said is English, and the key of each catalog."""

import ast
import pickle
import re
from functools import cache
from pathlib import Path
from string import Formatter

import pytest

from testgen.domain.errors import EngineError, FieldProblem, InvalidInputError
from testgen.domain.language import SPOKEN
from testgen.messages import Within, in_language, say
from tools import messages as catalogs

OTHERS = [language for language in SPOKEN if language != "en"]


@pytest.fixture(scope="module")
def said() -> set[str]:
    return set(catalogs.said())


@pytest.mark.parametrize("language", OTHERS)
def test_every_text_is_translated_and_nothing_else_is(language: str, said: set[str]) -> None:
    translated = {message.id for message in catalogs.read(language) if message.id and message.string}
    assert translated == said, "`make docs` collects the texts; translate the new ones in src/testgen/locale"


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
    assert (
        in_language(str(error), "ja") == "テストケースが正しくありません: /id: この項目がありません。追加してください"
    )


def test_a_workers_error_can_be_told_in_japanese_too() -> None:
    """It comes back pickled."""
    error = pickle.loads(pickle.dumps(EngineError(say("must be at most {most}", most=3), remedy=say("is not JSON"))))
    assert in_language(str(error), "ja") == "3 以下にしてください。JSON ではありません"


def test_a_value_is_never_taken_for_a_template() -> None:
    told = say("{option} needs a value", option="{names}")
    assert (str(told), in_language(told, "ja")) == ("{names} needs a value", "{names} に値を指定してください")


def test_what_is_no_message_stays_as_it_is() -> None:
    assert in_language("is not JSON", "ja") == "is not JSON"


def test_what_people_are_told_goes_through_say() -> None:
    """Else no catalog has it: what errors, remedies and lines on a terminal are made of, where it is more than a word or two."""
    bare = [place for path in sorted(catalogs.SOURCE.rglob("*.py")) for place in bare_texts(path)]
    assert bare == [], "write say('… {name} …', name=value), see docs/contributing.md"


def test_a_text_names_the_values_that_it_is_given() -> None:
    for path in catalogs.SOURCE.rglob("*.py"):
        for call in calls(path, {"say"}):
            given = {keyword.arg for keyword in call.keywords}
            if given and None not in given:
                named = {name for _, name, _, _ in Formatter().parse(ast.literal_eval(call.args[0])) if name}
                assert named == given, f"{path}:{call.lineno}"


TELLING = re.compile(r"(Error|FieldProblem|Skipped|Job|Check)$|^(_?refused?|tell|echo|print|cannot|document)$")
ABOUT = {"remedy", "subject", "what", "nothing", "problem", "reason"}
# These are for developers, for logs, for a shell, for an assistant, or are rich's markup around texts of others.
OURS = tuple(
    f"{place}.py"
    for place in [
        "api/assets",
        "api/auth",
        "cli/api_key",
        "cli/table",
        "cli/doctor_service",
        "mcp/aids",
        "mcp/reading",
        "mcp/tools",
        "workers/worker",
    ]
)
OUR_WORDS = ("an engine of rules waits", " has no attribute ")


def bare_texts(path: Path) -> list[str]:
    """Sentences of a module that would be told in English only."""
    if str(path).endswith(OURS):
        return []
    said = {id(node) for call in calls(path, {"say", "Original"}) for node in ast.walk(call)}
    found = []
    for call in calls(path, None):
        parts = call.args if TELLING.search(name_of(call)) or name_of(call) == "of" else []
        parts = [*parts, *(keyword.value for keyword in call.keywords if keyword.arg in ABOUT)]
        for node in (node for part in parts for node in ast.walk(part) if id(node) not in said):
            text = node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""
            if len(re.findall("[a-z]{2,}", text)) > 1 and " " in text and not any(word in text for word in OUR_WORDS):
                found.append(f"{path}:{node.lineno}: {text}")
    return found


def calls(path: Path, names: set[str] | None) -> list[ast.Call]:
    return [
        node
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Call) and (names is None or name_of(node) in names)
    ]


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def name_of(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")


def test_a_sentence_within_another_begins_small_and_is_translated_whole() -> None:
    told = pickle.loads(pickle.dumps(Within(say("The service does not answer"))))
    assert (in_language(told, "en"), in_language(told, "ja")) == (
        "the service does not answer",
        "サービスから応答がありません",
    )
