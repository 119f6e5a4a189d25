"""Cases and procedures as plain data, for tests that attack."""

from typing import Any


def case(**fields: Any) -> dict[str, Any]:
    return {"id": "T-1", "title": "Sign in", "expected_results": ["The home page is shown"], **fields}


def step(number: int = 1, action: str = "Click", **fields: Any) -> dict[str, Any]:
    return {"number": number, "kind": "action", "action": action, "expected_result": "Shown", **fields}


def procedure(*steps: dict[str, Any], **fields: Any) -> dict[str, Any]:
    made = {"origin": "imported", "created_at": "2026-01-01T00:00:00Z", "testgen_version": "0"}
    return {
        "test_case_id": "T-1",
        "title": "Sign in",
        "language": "en",
        "steps": list(steps) or [step()],
        "provenance": made,
        **fields,
    }


def many(*texts: str) -> list[dict[str, Any]]:
    """Sixty steps of these texts."""
    return [step(number, texts[0], expected_result=texts[-1]) for number in range(1, 61)]
