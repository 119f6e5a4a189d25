"""`testgen knowledge check` and `learn`, and what `--knowledge` does for a draft, a review and a team's settings."""

import json
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from testgen.cli import app
from testgen.cli.team import reviewing
from testgen.domain.errors import InvalidInputError
from testgen.interchange import read_knowledge

RUNNER = CliRunner()
KNOWLEDGE = """
screens:
  - {name: Orders page, open: Menu Sales > Orders, shows: [Order table], fields: [Customer no.]}
  - {name: Archive page}
shared_steps: {Sign in as a clerk: [Open the console, {action: Sign in, expected_result: The console is shown}]}
accounts: [{name: clerk.mori, role: Clerk, note: ""}]
data: {Shipping fee: "500"}
terms: [{term: press, instead_of: [hit]}]
examples: [liked.json]
"""
LIKED = {"title": "Cancel", "steps": [{"action": "Open the Orders page", "expected_result": "It is shown"}]}
CASE = {"id": "T", "title": "Orders", "specification": 'On the Orders page, the user clicks "Ship".',
        "expected_results": ['After clicking "Ship", "Shipped" is shown']}  # fmt: skip


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "team").mkdir()
    monkeypatch.chdir(tmp_path / "team")
    Path("k.yaml").write_text(KNOWLEDGE, encoding="utf-8")
    Path("liked.json").write_text(json.dumps(LIKED), encoding="utf-8")
    Path("case.json").write_text(json.dumps(CASE), encoding="utf-8")


def run(*arguments: str) -> Result:
    done = RUNNER.invoke(app, [*arguments])
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done


def test_check_counts_what_a_file_tells_and_names_what_nobody_can_reach() -> None:
    done = run("knowledge", "check", "k.yaml")
    assert done.stdout == "k.yaml: 2 screens, 1 shared steps, 1 accounts, 1 data, 1 terms, 1 examples\n"
    assert "nothing says how to open Archive page" in done.stderr


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("accounts: [{name: a, password: x}]", "'password' looks like a secret"),
        ("accounts: [{name: a, ログインパスワード: x}]", "say in a note where testers find it"),
        ('data: {API key: "0123"}', "/data"),
        ('accounts: [{name: a, note: "パスワード: hunter2"}]', "looks like a secret"),
        ("shared_steps: {Sign in: [{action: Enter it, test_data: password=hunter2}]}", "looks like a secret"),
        ("screens: [{name: Orders, url: /orders}]", "/screens/0/url"),
        ("screens: [{open: Menu}]", "/screens/0/name: is missing"),
        ("screens: [{name: Orders}, {name: Orders}]", "has 'Orders' twice"),
        ("data: {fee: 500}", "put it in quotes"),
        ("shared_steps: {Sign in: []}", "/shared_steps/Sign in: is empty"),
        ("examples: [gone.json]", "/examples/0 (gone.json): is not there: put it there, or leave it out"),
        ("examples: [../out.json]", "is outside the folder"),
        ("", "there is no knowledge in it"),
        ("screens: [", "is not YAML"),
        ("screens:\n\t- name: Orders", "line 2, column 1: it is indented with a tab: use spaces"),
        ("screens:\n  - name: Orders: all", "put text that contains a colon and a space in quotes"),
        ("screen: [{name: Orders}]", "/screen: no such field: remove it, or correct its name"),
        ("- Orders\n- Users", "there is no knowledge in it: write `screens:`"),
        ("screens：\n  - name： Orders", "there is no knowledge in it: write `screens:`"),
        ("screens: [{name: A}]\n---\nscreens: [{name: B}]", "contains 2 objects, as a list or between `---`"),
        ("data: {a: " + "b" * (4 << 20) + "}", "is larger than 4 MB: leave out what no test case needs"),
    ],
)
def test_a_wrong_file_is_refused_with_key_and_remedy(written: str, told: str) -> None:
    Path("../out.json").write_text(json.dumps(LIKED), encoding="utf-8")
    Path("k.yaml").write_text(written, encoding="utf-8")
    with pytest.raises(InvalidInputError) as refused:
        run("knowledge", "check", "k.yaml")
    assert told in str(refused.value)
    assert "hunter2" not in str(refused.value), "what is refused for being secret is not shown"


@pytest.mark.parametrize("name", ["password length", "パスワードの桁数", "token table", "キー"])
def test_what_only_speaks_of_a_secret_is_allowed(name: str) -> None:
    assert read_knowledge(json.dumps({"data": {name: "8"}}).encode(), name="k.json").data


@pytest.mark.parametrize(
    "note",
    [
        "The password is kept in the vault",
        "パスワードはVaultにあります",
        "Password: 金庫",
        "パスワードは社内金庫の「検証環境」",
    ],
)
def test_a_note_may_say_where_a_password_is(note: str) -> None:
    told = json.dumps({"accounts": [{"name": "a", "note": note}]}).encode()
    assert read_knowledge(told, name="k.json").accounts[0].note == note


@pytest.mark.parametrize("note", ["The password is hunter2", "パスワードはP@ssword", "pw=abc", "API key: abcdef"])
def test_a_note_may_not_say_it(note: str) -> None:
    with pytest.raises(InvalidInputError, match="/accounts/0: note looks like a secret"):
        read_knowledge(json.dumps({"accounts": [{"name": "a", "note": note}]}).encode(), name="k.json")


def test_a_glossary_is_knowledge_and_knowledge_may_have_one_beside_it() -> None:
    Path("words.yaml").write_text(
        "terms: [{term: pick, instead_of: [choose]}]\nstyle: {ending: する}", encoding="utf-8"
    )
    both = reviewing(Path("words.yaml"), Path("k.yaml")).background.knowledge
    assert [term.term for term in both.terms] == ["pick", "press"]
    assert both.style.ending == "する"
    assert reviewing(None, Path("words.yaml")).background.knowledge.terms[0].term == "pick"


def test_the_settings_may_name_it() -> None:
    Path(".testgen.toml").write_text('knowledge = "k.yaml"', encoding="utf-8")
    assert [one.title for one in reviewing().background.knowledge.procedures()] == ["Cancel"]


def test_settings_of_a_stranger_show_nothing_of_what_an_example_names() -> None:
    Path(".testgen.toml").write_text('knowledge = "k.yaml"', encoding="utf-8")
    Path("liked.json").write_text('{"token": "hunter2"}', encoding="utf-8")
    with pytest.raises(InvalidInputError, match="/knowledge: .*k.yaml has wrong fields: `--knowledge") as refused:
        reviewing()
    assert "hunter2" not in str(refused.value)


def test_generate_goes_the_way_that_the_team_tells() -> None:
    made = json.loads(
        run("generate", "case.json", "--engine", "outline", "--format", "json", "--knowledge", "k.yaml").stdout
    )
    assert [step["action"] for step in made["steps"]] == ["Open the Orders page (Menu Sales > Orders)", 'Click "Ship"']


def test_a_label_that_the_team_tells_is_no_invention() -> None:
    steps = [{"action": 'Click "Order table"', "expected_result": "It is shown"}]
    Path("p.json").write_text(json.dumps({"title": "x", "test_case_id": "T", "steps": steps}), encoding="utf-8")
    assert "ungrounded-value" in run("review", "p.json", "--case", "case.json").stdout
    assert "ungrounded-value" not in run("review", "p.json", "--case", "case.json", "--knowledge", "k.yaml").stdout


def test_what_is_learned_can_be_used_as_it_is() -> None:
    steps = [
        {"action": "Open the Sign-in page", "expected_result": "The Sign-in page is shown"},
        {"action": 'Click "Go"', "expected_result": "The Orders page is shown"},
    ]
    for name in ("a", "b\u0085evil: true"):
        Path("p.json").write_text(
            json.dumps([{"title": "x", "test_case_id": f"{name}{n}", "steps": steps} for n in (1, 2)]), encoding="utf-8"
        )
        done = run("knowledge", "learn", "p.json", "-o", "learned.yaml")
        assert "from 2 procedures: 2 screens, 0 terms, 1 groups of shared steps" in done.stderr
        text = Path("learned.yaml").read_text(encoding="utf-8")
        assert f"# from {name.split(chr(133))[0]}" in text
        told = read_knowledge(text.encode(), name="learned.yaml")
        assert [screen.name for screen in told.screens] == ["Sign-in page", "Orders page"]
