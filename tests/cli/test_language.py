"""In which language a command speaks."""

import re
import sys

import pytest
from typer.testing import CliRunner

from testgen.cli import app, main
from testgen.cli.language import language_of

KANA = re.compile(r"[ぁ-んァ-ヶ]")


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "en"),
        ({"LANG": "ja_JP.UTF-8"}, "ja"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_MESSAGES": "ja_JP.UTF-8"}, "ja"),
        ({"LANG": "ja_JP.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANG": "ja_JP.UTF-8", "LC_ALL": ""}, "ja"),
    ],
)
def test_the_terminal_says_the_language(environment: dict[str, str], language: str) -> None:
    assert language_of(environment) == language


def helped(*arguments: str) -> str:
    return CliRunner().invoke(app, list(arguments)).output


def test_help_is_in_the_language_of_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "Write procedures for test cases" in helped("--help")
    monkeypatch.setenv("LANG", "ja_JP.UTF-8")
    assert "テストケースの手順書を作成します" in helped("--help")
    assert not KANA.search(helped("--language", "en", "convert", "--help"))


def test_the_option_decides_before_or_behind_the_command_and_in_any_place() -> None:
    for arguments in (["--language", "ja", "doctor", "--help"], ["doctor", "--help", "--language=ja"]):
        assert "このヘルプを表示して終了します" in helped(*arguments)


def test_a_command_that_has_such_an_option_keeps_its_own() -> None:
    assert "Language of the headings" in helped("template", "--language", "ja", "--help")


def test_long_japanese_is_not_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    assert "…" not in helped("--language", "ja", "template", "--help")


@pytest.mark.parametrize(
    ("arguments", "english", "japanese"),
    [
        (
            ["serve", "--prot", "1"],
            "there is no option --prot; did you mean --host, --port?",
            "オプション --prot はありません",
        ),
        (["serve", "--port", "x"], "--port (x): must be a whole number", "--port (x): 整数で書いてください"),
        (["serve", "--port", "70000"], "--port (70000): must be at most 65535", "65535 以下にしてください"),
        (["serve", "--port"], "--port needs a value", "--port に値を指定してください"),
        (["convert"], "INPUT is missing: give it", "INPUT を指定してください"),
        (["convert", "a", "b", "c"], "these arguments are too many: c", "引数が多すぎます: c"),
        (["convert", "--dry-run=1"], "--dry-run takes no value", "--dry-run に値は指定できません"),
        (["review", "--format", "x"], "must be one of table, json, github", "table、json、github"),
        (["reviw"], "there is no command reviw; did you mean review?", "コマンド reviw はありません"),
        (["rewrite", "p.json"], "--step is missing", "--step を指定してください"),
    ],
)
def test_a_wrong_command_line_is_told_in_both(
    arguments: list[str],
    english: str,
    japanese: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    for before, told in ((), english), (("--language", "ja"), japanese):
        monkeypatch.setattr("sys.argv", ["testgen", *before, *arguments])
        monkeypatch.setattr("sys.stderr", sys.stderr)  # which `main` guards
        with pytest.raises(SystemExit) as ended:
            main()
        said = capsys.readouterr().err
        assert (ended.value.code, said.count("\n")) == (2, 1)
        assert told in said
