"""The tools for assistants, asked by the SDK's own client."""

import base64
import json
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from jsonschema import validate
from mcp import Client, MCPError, StdioServerParameters
from mcp.server import MCPServer
from mcp.types import TextContent
from support.cases import EN, EN_ROWS, ROOT
from support.chat import ScriptedChat, says
from support.documents import paragraph, word
from support.procedures import procedure

from testgen.bootstrap import Application
from testgen.config import ServiceConfig
from testgen.domain.background import Background
from testgen.domain.errors import EngineTimeoutError
from testgen.domain.glossary import Glossary
from testgen.domain.procedure import Procedure
from testgen.domain.test_case import TestCase
from testgen.drafting.model_engine import ModelEngine
from testgen.engines import ENGINES
from testgen.mcp.aids import told
from testgen.mcp.server import server_of
from testgen.mcp.tools import EXAMPLE
from testgen.mcp.worker import Here
from testgen.repair import Reviewing
from testgen.reviewer import ReviewSettings
from testgen.settings import Settings

BAD = procedure(("Open the page", "It is shown"), ('Enter the name and click "Save"', "")).model_dump(mode="json")

SPECIFICATION = base64.b64encode(
    word(paragraph("3.2 Lock", "Heading1") + paragraph('A lock is lifted with "Unlock now".'))
).decode()


class Assistant:
    """Connects for each question: the SDK wants to leave in the task that it came in, which fixtures do not."""

    def __init__(self, server: MCPServer) -> None:
        self._server = server

    def __getattr__(self, name: str) -> Callable[..., Awaitable[Any]]:
        async def ask(*arguments: Any, **named: Any) -> Any:
            failed: MCPError | None = None
            async with Client(self._server) as client:
                try:
                    return await getattr(client, name)(*arguments, **named)
                except MCPError as error:  # else it comes out as a group
                    failed = error
            raise failed

        return ask


@pytest.fixture(scope="module")
def client() -> Assistant:
    settings = ReviewSettings(rules={"eager-action": "error"})
    worker = Here(Application(Settings(ServiceConfig(engine="outline"))), Reviewing(settings=settings))
    return Assistant(server_of(worker))


def text_of(result: Any) -> str:
    return "".join(part.text for part in result.content if isinstance(part, TextContent))


async def test_each_tool_has_a_schema_and_says_what_it_does(client: Assistant) -> None:
    tools = {tool.name: tool for tool in (await client.list_tools()).tools}
    assert list(tools) == [
        "write_procedure",
        "improve_procedure",
        "rewrite_steps",
        "review_procedure",
        "convert_procedures",
        "read_file",
    ]
    assert all(tool.description and tool.output_schema for tool in tools.values())
    schema = tools["write_procedure"].input_schema
    assert schema["properties"]["test_case"]["examples"] == [EXAMPLE]
    validate({"test_case": EXAMPLE}, schema)
    TestCase.parse(EXAMPLE)


async def test_a_case_is_written_and_its_steps_come_as_progress(client: Assistant) -> None:
    told: list[tuple[float, str | None]] = []

    async def progress(done: float, total: float | None, message: str | None) -> None:
        told.append((done, message))

    result = await client.call_tool("write_procedure", {"test_case": EXAMPLE}, progress_callback=progress)
    made = Procedure.model_validate(result.structured_content)
    assert told == [(step.number, f"step {step.number}: {step.action}") for step in made.steps]
    assert json.loads(text_of(result))["readiness"] == made.readiness


async def test_a_procedure_is_improved_rewritten_and_reviewed_under_the_teams_rules(client: Assistant) -> None:
    found = await client.call_tool("review_procedure", {"procedure": BAD})
    assert {entry["rule"]: entry["severity"] for entry in found.structured_content["findings"]}[
        "eager-action"
    ] == "error"
    for name, more in (("improve_procedure", {}), ("rewrite_steps", {"steps": [2]})):
        made = Procedure.model_validate((await client.call_tool(name, {"procedure": BAD, **more})).structured_content)
        assert made.steps[0].action == "Open the page"
        assert len(made.steps) == 3, "the second step held two actions"


async def test_knowledge_and_documents_come_with_a_call(client: Assistant) -> None:
    case = {"id": "T", "title": "Lock", "expected_results": ["The lock is listed in the audit log"]}
    knowledge = "screens: [{name: Audit log, open: Choose Admin > Audit log, shows: [locks]}]"
    document = {"name": "spec.docx", "content": SPECIFICATION, "is_base64": True}
    result = await client.call_tool(
        "write_procedure", {"test_case": case, "knowledge": knowledge, "documents": [document]}
    )
    made = Procedure.model_validate(result.structured_content)
    assert "Open the Audit log (Choose Admin > Audit log)" in {step.action for step in made.steps}
    assert [(used.document, used.place) for used in made.provenance.passages] == [("spec.docx", "3.2 Lock")]


async def test_terms_and_house_style_of_the_server_hold_for_knowledge_of_a_call() -> None:
    words = Glossary.parse(
        {"terms": [{"term": "checkbox", "instead_of": ["tick box"]}], "style": {"granularity": "free"}}
    )
    worker = Here(
        Application(Settings(ServiceConfig(engine="outline"))), Reviewing(background=Background.of(glossary=words))
    )
    own = "terms: [{term: button, instead_of: [knob]}]\nstyle: {granularity: single, brackets: '[]'}\ndata: {a: b}"
    known = (await told(worker, None, own, ())).background.knowledge
    assert known.replacements() == {"tick box": "checkbox", "knob": "button"}
    assert (known.style.granularity, known.style.brackets, known.data) == ("free", "[]", {"a": "b"})


async def test_files_are_made_and_read(client: Assistant) -> None:
    text = await client.call_tool("convert_procedures", {"procedures": [BAD], "format_name": "testrail-csv"})
    assert "Enter the name" in text.structured_content["text"]
    book = (
        await client.call_tool("convert_procedures", {"procedures": [BAD], "format_name": "xlsx"})
    ).structured_content
    assert base64.b64decode(book["base64"]).startswith(b"PK")
    back = await client.call_tool("read_file", {"content": book["base64"], "format_name": "xlsx", "is_base64": True})
    assert back.structured_content["procedures"][0]["steps"][0]["action"] == "Open the page"


@pytest.mark.parametrize(
    ("tool", "arguments", "said"),
    [
        ("write_procedure", {"test_case": {**EXAMPLE, "titel": "x"}}, "titel"),
        ("write_procedure", {"test_case": {**EXAMPLE, "title": "x" * 301}}, "title"),
        ("rewrite_steps", {"procedure": BAD, "steps": [9]}, "there is no such step: give 1 to 2"),
        ("convert_procedures", {"procedures": [BAD], "format_name": "docx"}, "there is no format 'docx' here: use"),
        ("read_file", {"content": "§", "format_name": "xlsx", "is_base64": True}, "is not base64"),
        ("read_file", {"content": "no workbook", "format_name": "xlsx"}, "xlsx"),
        ("write_procedure", {"test_case": EXAMPLE, "knowledge": "screens: [{open: x}]"}, "/knowledge/screens/0/name"),
        ("review_procedure", {"procedure": BAD, "knowledge": "data: {password: x}"}, "/knowledge/data"),
        ("review_procedure", {"procedure": BAD, "documents": [{"name": "a.md", "content": " "}]}, "a.md"),
        ("write_procedure", {"test_case": EXAMPLE, "documents": [{"name": "a.md"}]}, "content"),
    ],
)
async def test_what_is_wrong_is_said_to_the_assistant(
    client: Assistant, tool: str, arguments: dict[str, Any], said: str
) -> None:
    result = await client.call_tool(tool, arguments)
    assert result.is_error
    assert said in text_of(result)


async def test_an_engine_that_fails_leaves_the_steps_complete_by_then() -> None:
    answer = says(*EN_ROWS)
    chat = ScriptedChat([*answer[: len(answer) // 2], EngineTimeoutError("too slow", remedy="try again")])
    engines = {**ENGINES, "ollama": lambda config: ModelEngine("ollama", chat, config)}
    worker = Here(Application(Settings(ServiceConfig(engine="ollama", model="tiny")), engines), Reviewing())
    async with Client(server_of(worker)) as client:
        result = await client.call_tool("write_procedure", {"test_case": EN.model_dump(mode="json")})
    assert result.is_error
    assert "too slow; try again (engine-timeout)" in text_of(result)
    assert "1. Open the Sign-in page -> The Sign-in page is shown" in text_of(result)


async def test_rules_examples_and_formats_can_be_read(client: Assistant) -> None:
    async def read(uri: str) -> str:
        return str((await client.read_resource(uri)).contents[0].text)  # type: ignore[union-attr]

    assert "`eager-action`" in await read("testgen://rules")
    assert "(ja)" in await read("testgen://rules/eager-action")
    listed = json.loads(await read("testgen://examples"))
    TestCase.parse(json.loads(await read(f"testgen://examples/{listed[0]['id']}")))
    assert "`testrail-csv`" in await read("testgen://formats")
    with pytest.raises(MCPError, match="testgen://rules lists them"):
        await read("testgen://rules/none")


async def test_prompts_lead_to_the_tools(client: Assistant) -> None:
    prompts = {prompt.name for prompt in (await client.list_prompts()).prompts}
    assert prompts == {"write_test_procedure", "review_test_procedure"}
    made = await client.get_prompt("write_test_procedure", {"test_case": "Log in"})
    assert "write_procedure" in str(made.messages[0].content)


async def test_the_command_serves_them_on_standard_input_and_output(tmp_path: Path) -> None:
    (tmp_path / ".testgen.toml").write_text('[review.rules]\neager-action = "off"\n')
    (tmp_path / "spec.md").write_text(f"# Reset\n\n{EXAMPLE['specification']}")
    command = StdioServerParameters(
        command=str(Path(sys.executable).parent / "testgen"),
        args=["mcp", "--document", "spec.md"],
        cwd=tmp_path,
        env={"TESTGEN_ENGINE": "outline", "SSL_CERT_DIR": str(ROOT / "tests")},
    )
    async with Client(command) as client:
        made = await client.call_tool("write_procedure", {"test_case": EXAMPLE})
        found = await client.call_tool("review_procedure", {"procedure": BAD})
    assert made.structured_content["provenance"]["engine"] == "outline"
    assert made.structured_content["provenance"]["passages"][0]["document"] == "spec.md"
    assert "eager-action" not in {entry["rule"] for entry in found.structured_content["findings"]}
