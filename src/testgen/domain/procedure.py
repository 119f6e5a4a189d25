"""The output: ordered steps that a tester performs (ISO/IEC/IEEE 29119-3, test procedure specification)."""

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidatorFunctionWrapHandler, WrapValidator, field_validator

from testgen.domain.custom import Custom
from testgen.domain.language import Language
from testgen.domain.test_case import TestData
from testgen.messages import Message, say

StepKind = Literal["setup", "action", "check", "cleanup"]
Severity = Literal["error", "warning", "info"]
# `ready`: a tester can carry it out. `open_points`: once the marked places are filled in. `skeleton`: actions are missing
# or errors remain, so a person must write on.
Readiness = Literal["ready", "open_points", "skeleton"]

MAX_STEPS = 60
MAX_TEXT = 32_767  # characters, what a cell of a workbook holds ("Excel specifications and limits", Microsoft)
MAX_TOGETHER = 120_000  # characters: all the data, or all the expected results, that a case can have, in one step
MAX_LIST = 1_000

Text = Annotated[str, Field(max_length=MAX_TEXT)]
Texts = Annotated[tuple[Text, ...], Field(max_length=MAX_LIST)]


class _Contract(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Step(_Contract):
    """One action, its test data and its expected result."""

    number: Annotated[int, Field(ge=1, le=MAX_STEPS)]
    kind: StepKind
    action: Annotated[str, Field(min_length=1, max_length=MAX_TEXT)]
    test_data: Annotated[str, Field(max_length=MAX_TOGETHER)] | None = None
    expected_result: Annotated[str, Field(max_length=MAX_TOGETHER)] = Field(
        "", description="Empty only in a procedure that was imported or edited."
    )
    verifies: tuple[Annotated[int, Field(ge=1)], ...] = Field(
        (), max_length=MAX_LIST, description="Numbers of the case's expected results that this step verifies, 1-based."
    )


class Finding(_Contract):
    """A place in a procedure that a rule reports; message and suggestion are in the language of the procedure."""

    rule: Text
    severity: Severity
    step: int | None = None
    field: Text = Field(description="JSON Pointer into the procedure.")
    span: tuple[int, int] | None = Field(None, description="[start, end) in Unicode code points of the field.")
    excerpt: Text = ""
    message: Annotated[str, Field(max_length=2 * MAX_TEXT)]  # it may quote the excerpt
    suggestion: Annotated[str, Field(max_length=2 * MAX_TEXT)] | None = None


def _as_said(value: Any, check: ValidatorFunctionWrapHandler) -> Any:
    """Keeps a message as a message, so that it can be shown in the language of the terminal; in files it is English."""
    checked = check(value)
    return value if isinstance(value, Message) else checked


class PassageUsed(_Contract):
    """A passage of a document that a procedure was written from: its location, and a fingerprint of its text."""

    document: Text
    place: Text = ""
    sha256: Text


class Provenance(_Contract):
    """How a procedure was written, so that a reader can judge it and a team can reproduce it."""

    origin: Literal["generated", "imported", "edited"]
    engine: Text | None = None
    fallback_reason: Annotated[Text, WrapValidator(_as_said)] | None = None
    model: Text | None = None
    model_digest: Text | None = None
    prompt_version: Text | None = None
    seed: int | None = None
    attempts: int | None = None
    input_tokens: int | None = None
    output_tokens: int | None = None
    duration_ms: int | None = None
    created_at: datetime
    testgen_version: Text
    test_case_sha256: Text | None = None
    knowledge_sha256: Text | None = Field(
        None, description="Of what the case touches of all that the team tells of its product."
    )
    passages: Annotated[tuple[PassageUsed, ...], Field(max_length=MAX_LIST)] = Field(
        (),
        description="Those that the case is about: a model was given them, and a person finds there what is open. "
        "`testgen stale` says which have changed since.",
    )
    config_sha256: Text | None = None


class Procedure(_Contract):
    """A test procedure: the facts of the case, the steps, the findings of the review, and who wrote it."""

    test_case_id: Text
    title: Text
    language: Language
    test_data: TestData = Field(default_factory=dict, description="The test case's own data, also what no step uses.")
    readiness: Readiness | None = Field(None, description="Set by the review; null before the first one.")
    section: Texts = ()
    type: Text | None = None
    priority: Text | None = None
    tags: Texts = ()
    references: Texts = ()
    custom: Custom = Field(default_factory=dict)
    preconditions: Texts = ()
    expected_results: Texts = ()
    steps: Annotated[tuple[Step, ...], Field(min_length=1, max_length=MAX_STEPS)]
    postconditions: Texts = ()
    findings: Annotated[tuple[Finding, ...], Field(max_length=MAX_LIST)] = ()
    provenance: Provenance

    @field_validator("steps")
    @classmethod
    def _numbered(cls, steps: tuple[Step, ...]) -> tuple[Step, ...]:
        wrong = next((step.number for place, step in enumerate(steps, 1) if step.number != place), None)
        if wrong is not None:
            raise ValueError(
                say(
                    "are not numbered 1 to {count} in order (there is a {wrong}): renumber them",
                    count=len(steps),
                    wrong=wrong,
                )
            )
        return steps
