"""What a text speaks of, by the names and labels that a team has told."""

import re

import pytest
from support.cases import ROOT

from testgen.domain.knowledge import Knowledge
from testgen.interchange import read_knowledge
from testgen.knowledge.likeness import likeness
from testgen.knowledge.lookup import Lookup

KNOWN = Lookup(
    Knowledge.parse(
        {
            "screens": [
                {"name": "受注画面", "shows": ["出荷状態"]},
                {"name": "受注一覧", "open": "メニュー", "shows": ["受注の表"], "fields": ["「検索」ボタン"]},
                {"name": "Orders", "shows": ["Order table"], "fields": ["Search (F3)"]},
                {"name": "Order detail page", "shows": ["History tab", "Ship button"]},
                {"name": "保存ログ", "shows": ["操作者"]},
            ],
            "shared_steps": {
                "管理者でログインする": ["x"],
                "ログインする": ["y"],
                "Sign in as an Owner": ["z"],
            },
            "accounts": [{"name": "clerk.mori", "role": "Clerk"}, {"name": "owner.sato", "role": "Owner"}],
            "data": {"Shipping fee": "500"},
        }
    )
)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("受注一覧画面で検索する", ["受注一覧"]),
        ("受注一覧で検索する", ["受注一覧"]),
        ("受注画面を開く", ["受注画面"]),
        ("受注番号を入力する", []),
        ("受注一覧表を印刷する", []),
        ("新規受注一覧を開く", []),
        ("On the orders page, search", ["Orders"]),
        ("Open Orders", ["Orders"]),
        ("Two orders are there", []),
        ("the Order detail page", ["Order detail page"]),
        ("Preorders", []),
        ("受注画面から受注一覧ページに戻る", ["受注画面", "受注一覧"]),
    ],
)
def test_a_screen_is_known_by_its_name_as_a_whole(text: str, names: list[str]) -> None:
    assert [screen.name for screen in KNOWN.screens_in(text)] == names


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("「検索」を押す", "受注一覧"),
        ('Click "Search"', "Orders"),
        ('Click "Ship"', "Order detail page"),
        ("Check the history tab", "Order detail page"),
        ("Check the weather", None),
    ],
)
def test_a_screen_is_known_by_what_is_on_it(text: str, name: str | None) -> None:
    found = KNOWN.screen_with(text)
    assert (found.name if found else None) == name


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("管理者でログインしている", "x"),
        ("ログイン済みである", None),
        ("ログインする", "y"),
        ("An Owner is signed in", "z"),
        ("The user is signed in", None),
    ],
)
def test_shared_steps_are_known_by_their_name_in_other_forms_too(text: str, first: str | None) -> None:
    assert next((step.action for step in KNOWN.steps(text)), None) == first


def test_values_and_accounts_are_found_by_name_and_role() -> None:
    assert KNOWN.value("the shipping fee".removeprefix("the ")) == "500"
    assert KNOWN.value("fee") == ""
    assert KNOWN.account("as a Clerk") == KNOWN.knowledge.accounts[0]
    assert KNOWN.account("as somebody") is None, "there are two"


def test_tests_of_one_thing_are_more_alike() -> None:
    assert likeness("受注の取消", "受注の取消と返金") > likeness("受注の取消", "会員の登録") >= 0.0
    assert likeness("Cancel an order", "Cancel an order") == pytest.approx(1.0)


@pytest.mark.parametrize("page", ["knowledge.md", "knowledge.ja.md"])
def test_the_file_in_the_documentation_can_be_used(page: str) -> None:
    written = re.search(r"```yaml\n(.*?)```", (ROOT / "docs" / page).read_text(encoding="utf-8"), re.DOTALL)
    assert written
    assert len(read_knowledge(written[1].encode(), name="k.yaml").screens) == 2
