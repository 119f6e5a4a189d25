"""The tools. Each describes itself in words that a model reads, and its schema is that of testgen's own types."""

import base64
from collections.abc import AsyncGenerator
from contextlib import aclosing
from functools import partial
from typing import Annotated, Any

from mcp.server.mcpserver import Context, MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from pydantic import BaseModel, Field

from testgen.config import EngineChoice
from testgen.domain.errors import TestgenError
from testgen.domain.events import ErrorEvent, Event, ProcedureEvent, RepairEvent, ResetEvent, StepEvent
from testgen.domain.procedure import MAX_STEPS, Finding, Procedure, Readiness
from testgen.domain.test_case import TestCase
from testgen.interchange.bounds import READ, WRITE
from testgen.interchange.registry import CASES, FORMATS, READABLE, WRITABLE
from testgen.jobs import Imported, exported, imported
from testgen.mcp.aids import MOST_CHARACTERS, Documents, KnowledgeText, content_of, told
from testgen.mcp.apart import apart
from testgen.mcp.worker import Worker
from testgen.rewriting import RewriteOrder

MOST_PROCEDURES = 200
EXAMPLE: dict[str, Any] = {
    "id": "AUTH-019",
    "title": "An expired password-reset link is refused",
    "preconditions": ["a reset link was issued to mori"],
    "test_data": {"link_age": "61 minutes"},
    "specification": 'Links expire after 60 minutes. Opening an expired link shows "This link has expired".',
    "expected_results": ['"This link has expired" is shown'],
}
Case = Annotated[
    TestCase,
    Field(
        description="The test case. Put the relevant part of the specification into `specification`: what it does not say is marked "
        "in the procedure as an open point, never invented. Values of test_data are strings.",
        examples=[EXAMPLE],
    ),
]
Given = Annotated[Procedure, Field(description="A whole procedure, as another tool of this server returned it.")]
OptionalCase = Annotated[
    TestCase | None, Field(description="The test case that the procedure is for, if there is one.")
]
Engine = Annotated[
    EngineChoice | None, Field(description="Leave out for the configured one. outline: rules only, no model, at once.")
]
FormatName = Annotated[str, Field(description=f"One of: {', '.join(dict.fromkeys([*WRITABLE, *READABLE, *CASES]))}.")]


class ReviewResult(BaseModel):
    """The readiness of a procedure, and the findings in it."""

    readiness: Readiness
    findings: tuple[Finding, ...]
    skipped: tuple[str, ...] = Field((), description="Rules that need the test case, where there was none.")


class File(BaseModel):
    """A file: its text, or its bytes in base64."""

    file_name: str
    media_type: str
    text: str | None = None
    base64: str | None = None


class Tools:
    """The tools, one method each."""

    def __init__(self, worker: Worker) -> None:
        self._worker = worker

    async def write_procedure(
        self,
        test_case: Case,
        ctx: Context,
        engine: Engine = None,
        knowledge: KnowledgeText = None,
        documents: Documents = (),
    ) -> Procedure:
        """Write the executable manual test procedure (テスト手順) of one test case, in the language of the case. Show `readiness` first:
        `ready` can be run, `open_points` has places to fill in, `skeleton` must be completed by a person."""
        reviewing = await told(self._worker, None, knowledge, documents)
        return await self._followed(self._worker.draft(test_case, reviewing, engine), ctx)

    async def improve_procedure(
        self,
        procedure: Given,
        ctx: Context,
        test_case: OptionalCase = None,
        engine: Engine = None,
        knowledge: KnowledgeText = None,
        documents: Documents = (),
    ) -> Procedure:
        """Improve an existing procedure: steps with findings are rewritten, empty expected results are filled in, and the expected
        results of the test case are linked to steps. All other steps stay exactly as they are."""
        reviewing = await told(self._worker, test_case, knowledge, documents)
        return await self._followed(self._worker.improve(procedure, reviewing, engine), ctx)

    async def rewrite_steps(
        self,
        procedure: Given,
        steps: Annotated[list[int], Field(min_length=1, max_length=MAX_STEPS, description="Numbers of the steps.")],
        ctx: Context,
        instruction: Annotated[str, Field(max_length=2000, description="What is wanted instead.")] = "",
        test_case: OptionalCase = None,
        engine: Engine = None,
        knowledge: KnowledgeText = None,
        documents: Documents = (),
    ) -> Procedure:
        """Rewrite the named steps of a procedure; all others stay exactly as they are."""
        reviewing = await told(self._worker, test_case, knowledge, documents)
        order = RewriteOrder(tuple(dict.fromkeys(steps)), instruction, reviewing=reviewing)
        return await self._followed(self._worker.rewrite(procedure, order, engine), ctx)

    async def review_procedure(
        self,
        procedure: Given,
        test_case: OptionalCase = None,
        knowledge: KnowledgeText = None,
        documents: Documents = (),
    ) -> ReviewResult:
        """Check a procedure against a published catalog of rules, without a model: vague wording, several actions in one step, missing
        expected results and more. Each finding has a location and a suggestion."""
        reviewing = await told(self._worker, test_case, knowledge, documents)
        try:
            found = await self._worker.review(procedure, reviewing)
        except TestgenError as error:
            raise ToolError(str(error)) from None
        return ReviewResult(readiness=found.readiness, findings=found.findings, skipped=found.skipped)

    async def convert_procedures(
        self,
        procedures: Annotated[list[Procedure], Field(min_length=1, max_length=MOST_PROCEDURES)],
        format_name: FormatName,
    ) -> File:
        """Create a file with procedures for a spreadsheet or a test management tool, such as xlsx, csv, markdown, gherkin,
        testrail-csv."""
        _require(format_name, WRITABLE)
        content = await self._done(self._worker.run(WRITE, exported, procedures, format_name, None))
        entry = FORMATS[format_name]
        name = f"procedures{entry.suffix}"
        try:
            return File(file_name=name, media_type=entry.media_type, text=content.decode("utf-8-sig"))
        except UnicodeDecodeError:
            return File(file_name=name, media_type=entry.media_type, base64=base64.b64encode(content).decode())

    async def read_file(
        self,
        content: Annotated[
            str, Field(max_length=MOST_CHARACTERS, description="The file's text, or base64 of its bytes.")
        ],
        format_name: FormatName,
        is_base64: Annotated[bool, Field(description="True for workbooks and other files that are no text.")] = False,
    ) -> Imported:
        """Read test cases and procedures from the content of a file: spreadsheets, Markdown, Gherkin, exports of test management tools.
        The result names what could not be used."""
        _require(format_name, list(dict.fromkeys([*READABLE, *CASES])))
        data = content_of(content, is_base64=is_base64)
        return Imported.model_validate_json(
            await self._done(self._worker.run(READ, partial(imported), data, format_name))
        )

    async def _done(self, work: Any) -> bytes:
        try:
            done: bytes = await work
        except TestgenError as error:
            raise ToolError(str(error)) from None
        return done

    async def _followed(self, events: AsyncGenerator[Event, None], ctx: Context) -> Procedure:
        """The procedure at the end of the events; each event is reported as progress."""
        told = 0
        try:
            async with aclosing(apart(events)) as following:
                async for event in following:
                    if isinstance(event, ProcedureEvent):
                        return event.procedure
                    if isinstance(event, ErrorEvent):
                        raise ToolError(_told(event.error))
                    if line := _line(event):
                        told += 1
                        await ctx.report_progress(told, message=line)
        except TestgenError as error:  # all places are taken
            raise ToolError(_told(error)) from None
        raise ToolError("the engine ended without a procedure: try again")


def add_tools(server: MCPServer, worker: Worker) -> None:
    """Adds all tools."""
    tools = Tools(worker)
    for function in (
        tools.write_procedure,
        tools.improve_procedure,
        tools.rewrite_steps,
        tools.review_procedure,
        tools.convert_procedures,
        tools.read_file,
    ):
        server.add_tool(function, description=" ".join((function.__doc__ or "").split()))


def _line(event: Event) -> str:
    match event:
        case StepEvent(_, step):
            return f"step {step.number}: {step.action[:200]}"
        case ResetEvent(attempt, _, reason, _):
            return f"attempt {attempt}, because {reason}"
        case RepairEvent(number, before, _):
            return f"step {number} {'written again' if before else 'added'} after review"
    return ""


def _told(error: TestgenError) -> str:
    """What went wrong, and the steps that were complete by then."""
    steps = getattr(error, "steps", ())
    kept = "".join(f"\n{step.number}. {step.action} -> {step.expected_result}" for step in steps)
    return f"{error} ({error.code})" + (f"\nThe steps complete by then:{kept}" if kept else "")


def _require(name: str, known: list[str]) -> None:
    if name not in known:
        raise ToolError(f"there is no format {name!r} here: use {', '.join(known)}")
