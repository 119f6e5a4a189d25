"""The OpenAPI document: valid, complete for a client generator, true of the service."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from openapi_spec_validator import validate

from testgen.api import examples
from testgen.api.app import create_app
from testgen.api.openapi import TAGS
from testgen.api.problems import Problem, document
from testgen.bootstrap import Application
from testgen.domain.procedure import Finding, Procedure
from testgen.domain.test_case import TestCase
from testgen.settings import Settings

ROOT = Path(__file__).parents[2]
DOCUMENT: dict[str, Any] = create_app(Application(Settings())).openapi()
OPERATIONS = {
    f"{method} {path}": operation for path, item in DOCUMENT["paths"].items() for method, operation in item.items()
}
KEYED = {name: operation for name, operation in OPERATIONS.items() if " /v1/" in name}


def test_a_validator_finds_nothing_wrong() -> None:
    validate(DOCUMENT)


def test_the_file_is_what_make_docs_writes() -> None:
    command = [sys.executable, "-m", "tools.openapi", "--check"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("name", KEYED)
def test_either_key_opens_every_route_under_v1(name: str) -> None:
    schemes = DOCUMENT["components"]["securitySchemes"]
    offered = [schemes[scheme] for wanted in KEYED[name]["security"] for scheme in wanted]
    assert {(entry["type"], entry.get("scheme") or entry.get("name")) for entry in offered} == {
        ("http", "bearer"),
        ("apiKey", "X-API-Key"),
    }


@pytest.mark.parametrize("name", OPERATIONS)
def test_every_error_is_a_problem_document(name: str) -> None:
    errors = {status: answer for status, answer in OPERATIONS[name]["responses"].items() if status >= "400"}
    assert ("401" in errors) == (name in KEYED)
    for answer in errors.values():
        [(media_type, content)] = answer["content"].items()
        assert media_type == "application/problem+json"
        assert content["schema"] == {"$ref": "#/components/schemas/Problem"}


def test_what_is_answered_is_the_problem_that_is_promised() -> None:
    made = document(503, "not-ready", "Not ready", "wait", [{"pointer": "", "message": "x"}])
    assert Problem.model_validate(made).model_dump(exclude_none=True) == made


@pytest.mark.parametrize("name", OPERATIONS)
def test_every_operation_has_one_tag_that_is_described(name: str) -> None:
    [tag] = OPERATIONS[name]["tags"]
    assert tag in {entry["name"] for entry in TAGS}


@pytest.mark.parametrize("name", [name for name in KEYED if name.startswith("post")])
def test_every_body_and_answer_is_described_and_the_json_ones_have_examples_in_both_languages(name: str) -> None:
    contents = [KEYED[name]["requestBody"]["content"], KEYED[name]["responses"]["200"]["content"]]
    for content in contents:
        for media_type, entry in content.items():
            assert entry.get("schema") or "examples" in entry, media_type
    assert any(set(entry.get("examples", ())) >= {"ja", "en"} for content in contents for entry in content.values())


def test_bodies_and_streams_are_what_they_really_are() -> None:
    def sent(path: str) -> set[str]:
        return set(OPERATIONS[f"post {path}"]["requestBody"]["content"])

    def got(path: str) -> set[str]:
        return set(OPERATIONS[f"post {path}"]["responses"]["200"]["content"])

    assert sent("/v1/imports/{format_name}") == {"application/octet-stream"}
    assert sent("/v1/exports/{format_name}") == {"application/json"}
    assert sent("/v1/batches") == {"application/x-ndjson", "multipart/form-data"}
    assert got("/v1/batches") == {"application/x-ndjson"}
    assert got("/v1/procedures") == {"application/json", "text/event-stream"}


def test_the_examples_are_cases_procedures_and_findings() -> None:
    for case in (examples.LOCKOUT, examples.RESET):
        TestCase.parse(case)
    for made in (examples.LOCKOUT_PROCEDURE, examples.RESET_PROCEDURE):
        assert Procedure.model_validate(made).steps
    Finding.model_validate(examples.FINDING)
    Problem.model_validate(examples.PROBLEM)


def test_the_text_for_users_names_no_paper_of_ours() -> None:
    assert not re.search(r"DESIGN|\b(?:section|rule) \d", json.dumps(DOCUMENT), re.IGNORECASE)
