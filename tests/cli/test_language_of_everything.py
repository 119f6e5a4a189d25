"""On a Japanese terminal no English sentence is told, and on an English one no Japanese, whatever a command meets.

Every command goes through its flows in each language, on files in that language; what it says is scanned. Texts of the files, names,
paths, options and quoted words are no sentences of ours.
"""

import json
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from support.cases import EXAMPLES
from support.procedures import procedure
from typer import Context
from typer.core import TyperGroup
from typer.main import get_command

from testgen.cli import app, main
from testgen.cli.spoken import Command, Group
from testgen.domain.language import Language

ENGLISH = re.compile(r"(?<![\w./=-])[A-Za-z]?[a-z]+(?: [a-z]+){2,}(?![\w/=])")
JAPANESE = re.compile(r"[ぁ-んァ-ヶ一-龠]+")
QUOTED = re.compile(
    r"`[^`]*`|「[^」]*」|testgen [a-z-]+ [a-z-]+|テスト手順|^  (?:pulumi|TESTGEN_).*$|手順, 操作手順|テスト項目|前提条件|期待結果|et al",
    re.MULTILINE,
)

Run = Callable[..., str]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Run:
    """What a command says, and what it prints; a code that is not 0, 1, 2 or 3 is a fault."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "200")

    def run(*arguments: str) -> str:
        monkeypatch.setattr("sys.argv", ["testgen", *arguments])
        monkeypatch.setattr("sys.stderr", sys.stderr)  # which `main` guards
        with pytest.raises(SystemExit) as ended:
            main()
        assert ended.value.code in (None, 0, 1, 2, 3)
        told = capsys.readouterr()
        return told.out + told.err

    return run


def files(language: Language) -> None:
    """What the flows are given, in the current folder."""
    ja = language == "ja"
    case = next(path for path in EXAMPLES if path.name.endswith(f"{language}.yaml"))
    Path("case.yaml").write_text(case.read_text(encoding="utf-8"), encoding="utf-8")
    title, action, result = (
        ("ログイン", "ログインする", "ホーム画面が表示される") if ja else ("Login", "Sign in", "Home is shown")
    )
    vague = ("任意の商品を選んでしばらく待つ", "") if ja else ("Select some item and wait a while", "")
    made = procedure((action, result), vague, language=language).model_copy(update={"title": title})
    Path("p.json").write_text(made.model_dump_json(), encoding="utf-8")
    Path("two.json").write_text(
        f"[{made.model_dump_json()},{made.model_dump_json().replace('T-1', 'T-9')}]", encoding="utf-8"
    )
    Path("same.json").write_text(f"[{made.model_dump_json()},{made.model_dump_json()}]", encoding="utf-8")
    Path("sheet.csv").write_text(
        f"ID,Title,Action,Expected\n1,{title},{action},{result}\n2,{title},,\n3,,,{result}\n", encoding="utf-8"
    )
    Path("cases.csv").write_text(
        f"ID,Title,Expected Result,Note\n1,{title},{result},\n1,{title},{result},\n", encoding="utf-8"
    )
    Path("wrong.yaml").write_text("id: 7\ntitle: ''\nexpected_results: x\nlanguage: fr\ntags: [1]\nstepz: []\n")
    Path("broken.yaml").write_text("a: [")
    Path("twice.yaml").write_text("id: a\nid: b\n")
    Path("broken.json").write_text('{"id": 1,}')
    Path("broken.xml").write_text("<sections>")
    Path("broken.feature").write_text("Feature: x\nnothing\n")
    Path("broken.xlsx").write_bytes(b"PK no workbook")
    Path("nul.csv").write_bytes(b"a\0b")
    Path("empty.csv").write_text("")
    Path("text.md").write_text("# A\n")
    Path("words.yaml").write_text("terms: 5\n")
    Path("columns.yaml").write_text("columns: {x: nothing}\n")
    Path("known.json").write_text("{}")
    Path("know.yaml").write_text(json.dumps({"screens": [{"name": "A", "shows": ["B"]}]}))
    Path("folder").mkdir()


# Each is a command line, as it would be typed.
FLOWS = """
generate case.yaml --engine outline --format table
generate case.yaml --engine outline -o out.xlsx
generate case.yaml -o out.md
generate case.yaml --engine ollama
generate case.yaml --engine openai -o out.json
generate p.json --engine outline --format table
generate p.json --anew --engine outline --format yaml --strict
generate sheet.csv --engine outline -o out.json
generate sheet.csv --strict
generate wrong.yaml
generate broken.yaml
generate twice.yaml
generate broken.json
generate broken.xml
generate broken.feature
generate broken.xlsx
generate nul.csv
generate empty.csv
generate text.md
generate none.yaml
generate folder
generate cases.csv --format table
convert same.json out.csv
generate case.yaml --format nope
generate case.yaml --from nope
generate case.yaml --from testrail-csv
generate case.yaml -o out.nope
generate case.yaml -o none/out.json
generate case.yaml -o case.yaml
generate case.yaml -o out.json --encoding cp932
generate sheet.csv --delimiter xx
generate sheet.csv --columns columns.yaml
generate case.yaml --glossary words.yaml
generate case.yaml --knowledge words.yaml
generate case.yaml --document none.docx
generate case.yaml --document folder
generate case.yaml --template sheet.csv -o out.csv
generate case.yaml --template broken.xlsx -o out.xlsx
generate case.yaml --only-stale
batch case.yaml -o out.json --resume
batch case.yaml -o out.json --engine outline
batch case.yaml -o out.json --engine outline --resume
batch two.json -o both.json --engine outline --mask
batch case.yaml -o failed.json --engine ollama
batch case.yaml -o failed.json --engine ollama --retry-failed
convert p.json out.csv
convert p.json out.testrail.csv --to testrail-csv
convert p.json out.feature
convert p.json --dry-run
convert p.json
convert p.json folder --to csv
convert p.json folder
convert p.json out.csv --mapping m.json
convert p.json out.csv --area-path A
convert case.yaml out.csv
convert sheet.csv out.json
convert cases.csv out.json
template -o t.xlsx
template -o t.xlsx
template -o t.csv
review p.json
review two.json p.json --format github
review two.json
review sheet.csv --fail-on info
review folder
review p.json --case case.yaml
review p.json --write-baseline base.json
review p.json --baseline base.json
review p.json --baseline known.json
review --rules
review --explain eager-action
review --explain nope
review
improve p.json --engine outline --diff
improve p.json --engine outline --case case.yaml
improve p.json --engine ollama
rewrite p.json --step 2 --engine outline
rewrite p.json --step 9 --engine outline
rewrite p.json --step 2 --engine outline --instruction x
rewrite two.json --step 1
evaluate case.yaml --model outline
evaluate case.yaml --model nope
capacity --engineers 3 --tokens-per-second 40
stale p.json
steps p.json
steps p.json --at-least 0
stale p.json --knowledge know.yaml
knowledge check know.yaml
knowledge check words.yaml
knowledge learn p.json
doctor
api-key yamada
api-key a/b
nope
generate --nope
serve --port x
rewrite p.json --step 0
review --format x
"""


@pytest.mark.parametrize(("language", "foreign"), [("ja", ENGLISH), ("en", JAPANESE)])
def test_every_flow_speaks_the_users_language(
    language: Language, foreign: re.Pattern[str], run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANG", {"ja": "ja_JP.UTF-8", "en": "en_US.UTF-8"}[language])
    files(language)
    heard = {line: run(*line.split()) for line in FLOWS.strip().splitlines()}
    wrong = [f"{line}: {found}" for line, said in heard.items() if (found := foreign.findall(QUOTED.sub("", said)))]
    assert not wrong, "\n".join(wrong)
    assert all(heard.values()), "a flow says something"


@pytest.mark.parametrize(("language", "foreign"), [("ja", ENGLISH), ("en", JAPANESE)])
def test_every_help_speaks_the_users_language(language: str, foreign: re.Pattern[str], run: Run) -> None:
    root = get_command(app)
    for path in _paths(root, Context(root, info_name="testgen")):
        assert foreign.findall(QUOTED.sub("", run("--language", language, *path, "--help"))) == [], path


def _paths(command: object, context: Context) -> Iterator[tuple[str, ...]]:
    assert isinstance(command, Command | Group), "it is made by testgen.cli.spoken.App"
    yield ()
    if isinstance(command, TyperGroup):
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            for path in _paths(below, Context(below, info_name=name, parent=context)):  # type: ignore[arg-type]
                yield (name, *path)
