"""Which language a text is in, and what a language needs."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

from testgen.config import LanguageChoice
from testgen.domain.language import LANGUAGES, Language, detect_language

ROOT = Path(__file__).parents[2]
BILINGUAL = {"src/testgen/api/examples.py"}  # OpenAPI shows one example in each of these two languages


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Open the page", "en"),
        ("ページを開く", "ja"),
        ("ﾛｸﾞｲﾝ", "ja"),
        ("認証成功", "ja"),
        ("Click 「保存」", "ja"),
        ("", "en"),
        ("123", "en"),
    ],
)
def test_any_kana_or_han_is_japanese(text: str, language: Language) -> None:
    assert detect_language(text) == language


def test_a_case_may_name_each_language() -> None:
    assert {*get_args(LanguageChoice)} == {"auto", *LANGUAGES}


def test_every_table_by_language_has_each_language() -> None:
    """Whoever adds a language to `Language` reads here where it is missing: `docs/contributing.md`, "Add a language"."""
    missing = [f"{place} lacks {code}" for place, codes in tables() for code in LANGUAGES if code not in codes]
    assert not missing, "\n".join(missing)


def tables() -> Iterator[tuple[str, set[str]]]:
    """File and line of each table with an entry for both of the first languages, and the keys of the table."""
    for file in sorted((*ROOT.glob("src/testgen/**/*.py"), *ROOT.glob("tools/*.py"))):
        place, text = file.relative_to(ROOT).as_posix(), file.read_text("utf-8")
        if '"ja":' in text and place not in BILINGUAL:
            for node in (node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Dict)):
                codes = {key.value for key in node.keys if isinstance(key, ast.Constant)}
                if {"en", "ja"} <= codes:
                    yield f"{place}:{node.lineno}", {str(code) for code in codes}


def test_the_tables_are_found() -> None:
    assert any(place.startswith("src/testgen/reviewer/grammar.py") for place, _ in tables())
