"""Requests and answers that the OpenAPI document shows, one Japanese and one English; tests check them against the schemas."""

import json
from typing import Any

LOCKOUT: dict[str, Any] = {
    "id": "LOGIN-007",
    "title": "ログインに連続で失敗するとアカウントがロックされる",
    "type": "異常系",
    "preconditions": ["会員 tanaka が登録済み"],
    "test_data": {"ID": "tanaka", "誤パスワード": "wrong-1"},
    "specification": "ログイン画面でIDとパスワードを入力し「ログイン」を押すと認証する。5回連続で失敗した場合、ロックする。",
    "expected_results": ["「ロックされました」と表示される", "正しいパスワードでもログインできない"],
}
RESET: dict[str, Any] = {
    "id": "AUTH-019",
    "title": "An expired password-reset link is refused",
    "preconditions": ["a reset link was issued to mori"],
    "test_data": {"link_age": "61 minutes"},
    "specification": 'Links expire after 60 minutes. Opening an expired link shows "This link has expired".',
    "expected_results": ['"This link has expired" is shown'],
}


def _step(number: int, kind: str, action: str, data: str | None, result: str, *verifies: int) -> dict[str, Any]:
    return {
        "number": number,
        "kind": kind,
        "action": action,
        "test_data": data,
        "expected_result": result,
        "verifies": list(verifies),
    }


def _procedure(case: dict[str, Any], language: str, readiness: str, *steps: dict[str, Any]) -> dict[str, Any]:
    carried = {name: case[name] for name in ("title", "test_data", "preconditions", "expected_results")}
    made = {
        "origin": "generated",
        "engine": "outline",
        "created_at": "2026-01-15T01:30:00Z",
        "testgen_version": "0.1.0",
    }
    return {
        "test_case_id": case["id"],
        **carried,
        "language": language,
        "readiness": readiness,
        "steps": list(steps),
        "provenance": made,
    }


LOCKOUT_PROCEDURE = _procedure(
    LOCKOUT,
    "ja",
    "open_points",
    _step(1, "action", "ログイン画面を開く", None, "ログイン画面が表示される"),
    _step(2, "action", "IDと誤パスワードを入力する", "tanaka / wrong-1", "入力した値が表示される"),
    _step(3, "action", "「ログイン」を押す。手順2〜3を合計5回行う", "5回", "「ロックされました」と表示される", 1),
    _step(4, "check", "正しいパスワードでログインする", "【要記入: 正しいパスワード】", "ログインできない", 2),
)
RESET_PROCEDURE = _procedure(
    RESET,
    "en",
    "ready",
    _step(1, "setup", "Prepare the reset link issued to mori", "61 minutes", "The link is 61 minutes old"),
    _step(2, "action", "Open the expired link", None, '"This link has expired" is shown', 1),
)
FINDING: dict[str, Any] = {
    "rule": "eager-action",
    "severity": "warning",
    "step": 2,
    "field": "/steps/1/action",
    "message": "The step has more than one action.",
    "suggestion": "Make one step of each action.",
}
PROBLEM: dict[str, Any] = {
    "type": "urn:testgen:problem:overloaded",
    "title": "Too many requests are waiting",
    "status": 503,
    "detail": "2 procedures are being written and 8 wait; try again in 30 s",
    "errors": [],
}


def named(ja: object, en: object) -> dict[str, Any]:
    """Both as `examples` of OpenAPI."""
    return {"ja": {"summary": "日本語", "value": ja}, "en": {"summary": "English", "value": en}}


def lines(*values: object) -> str:
    """NDJSON."""
    return "".join(json.dumps(value, ensure_ascii=False) + "\n" for value in values)


CASES = named(LOCKOUT, RESET)
FOUND = named(
    {"readiness": "ready", "findings": [], "skipped": []},
    {"readiness": "ready", "findings": [FINDING], "skipped": ["expected-result-not-covered"]},
)
PROCEDURES = named(LOCKOUT_PROCEDURE, RESET_PROCEDURE)
FILES = named([LOCKOUT_PROCEDURE], [RESET_PROCEDURE])
IMPORTED = named(
    {"procedures": [LOCKOUT_PROCEDURE], "test_cases": [], "skipped": [], "left_behind": ["Estimate"]},
    {
        "procedures": [RESET_PROCEDURE],
        "test_cases": [],
        "skipped": [{"row": 5, "title": "Idea", "sheet": "", "reason": "has no step for 'Idea'"}],
        "left_behind": [],
    },
)
DOCUMENTS = named(
    {
        "name": "基本設計書.docx",
        "passages": [{"place": "3.2 ロック条件", "text": "5回連続でログインに失敗すると、その会員をロックする。"}],
    },
    {
        "name": "manual.pdf",
        "passages": [{"place": "p. 4, 2.1 Reset links", "text": "A link expires 60 minutes after it was issued."}],
    },
)
KNOWLEDGE = named(
    {
        "knowledge": {
            "screens": [
                {"name": "受注一覧画面", "open": "メニュー「販売」から「受注一覧」を選ぶ", "shows": ["受注の表"]}
            ]
        }
    },
    {"knowledge": {"screens": [{"name": "Orders page", "open": "Menu Sales > Orders", "shows": ["Order table"]}]}},
)
REVIEWS = named({"procedure": LOCKOUT_PROCEDURE, "test_case": LOCKOUT}, {"procedure": RESET_PROCEDURE})
REWRITES = named(
    {"procedure": LOCKOUT_PROCEDURE, "steps": [4], "instruction": "入力とボタンを分ける", "locked": [3]},
    {"procedure": RESET_PROCEDURE, "steps": [2], "instruction": "Name the browser"},
)
IMPROVEMENTS = named({"procedure": LOCKOUT_PROCEDURE, "test_case": LOCKOUT}, {"procedure": RESET_PROCEDURE})
EVENTS = named(
    *(
        f"event: step\ndata: {json.dumps({'attempt': 1, 'step': made['steps'][0]}, ensure_ascii=False)}\n\n"
        f": heartbeat\n\nevent: procedure\ndata: {json.dumps(made, ensure_ascii=False)}\n\n"
        for made in (LOCKOUT_PROCEDURE, RESET_PROCEDURE)
    )
)
BATCHES = named(lines(LOCKOUT, RESET), lines(RESET))
RESULTS = named(
    lines({"index": 0, "id": LOCKOUT["id"], "readiness": "open_points", "procedure": LOCKOUT_PROCEDURE}),
    lines({"index": 0, "id": RESET["id"], "error": PROBLEM}),
)
