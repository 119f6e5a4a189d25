"""The output: ordered steps that a tester carries out (ISO/IEC/IEEE 29119-3, test procedure specification)."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from testgen.domain.custom import Custom
from testgen.domain.language import Language
from testgen.domain.test_case import TestData

StepKind = Literal["setup", "action", "check", "cleanup"]
Severity = Literal["error", "warning", "info"]
# `ready`: a tester can carry it out. `open_points`: once the marked places are filled in. `skeleton`: actions are missing
# or errors remain, so a person must write on.
Readiness = Literal["ready", "open_points", "skeleton"]

MAX_STEPS = 60


class _Contract(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Step(_Contract):
    """One action, its test data and its expected result."""

    number: Annotated[int, Field(ge=1, le=MAX_STEPS)]
    kind: StepKind
    action: Annotated[str, Field(min_length=1)]
    test_data: str | None = None
    expected_result: str = Field("", description="Empty only in a procedure that was imported or edited.")
    verifies: tuple[Annotated[int, Field(ge=1)], ...] = Field(
        (), description="Numbers of the case's expected results that this step verifies, 1-based."
    )


class Finding(_Contract):
    """A place in a procedure that a rule reports; message and suggestion are in the procedure's language."""

    rule: str
    severity: Severity
    step: int | None = None
    field: str = Field(description="JSON Pointer into the procedure.")
    span: tuple[int, int] | None = Field(None, description="[start, end) in Unicode code points of the field.")
    excerpt: str = ""
    message: str
    suggestion: str | None = None


class Provenance(_Contract):
    """What made a procedure, so that a reader can judge it and a team can make it again."""

    origin: Literal["generated", "imported", "edited"]
    engine: str | None = None
    fallback_reason: str | None = None
    model: str | None = None
    model_digest: str | None = None
    prompt_version: str | None = None
    seed: int | None = None
    attempts: int | None = None
    input_tokens: int | None = None
    output_tokens: int | None = None
    duration_ms: int | None = None
    created_at: datetime
    testgen_version: str
    test_case_sha256: str | None = None
    config_sha256: str | None = None


class Procedure(_Contract):
    """A test procedure: the case's own facts, the steps, what the review found, and who made it."""

    test_case_id: str
    title: str
    language: Language
    test_data: TestData = Field(default_factory=dict, description="The test case's own data, also what no step uses.")
    readiness: Readiness | None = Field(None, description="Set by the review; null before the first one.")
    section: tuple[str, ...] = ()
    type: str | None = None
    priority: str | None = None
    tags: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    custom: Custom = Field(default_factory=dict)
    preconditions: tuple[str, ...] = ()
    expected_results: tuple[str, ...] = ()
    steps: Annotated[tuple[Step, ...], Field(min_length=1, max_length=MAX_STEPS)]
    postconditions: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    provenance: Provenance
