"""Everything that a model's server can do, and how the request ends."""

from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from typing import Any

from support.cases import EN_ROWS
from support.protocol_server import Answer, ProtocolServer, rows

GOOD = rows(*EN_ROWS)


@dataclass(frozen=True)
class Fault:
    """What the server does, and how the request ends."""

    status: int
    code: str
    answer: Answer = field(default_factory=lambda: Answer(GOOD))
    away: str = ""
    engine: str = "ollama"
    case: dict[str, Any] | None = None

    def begun(self, server: ProtocolServer) -> AbstractContextManager[None]:
        server.script = [self.answer]
        return server.away(silent=self.away == "silent") if self.away else nullcontext()


FAULTS = {
    "refused": Fault(503, "engine-unavailable", away="refused"),
    "DNS": Fault(503, "engine-unavailable", engine="openai"),
    "black hole": Fault(503, "engine-unavailable", away="silent"),
    "slow first token": Fault(504, "engine-timeout", Answer(GOOD, stall_before=0)),
    "stall": Fault(504, "engine-timeout", Answer(GOOD, stall_before=9)),
    "cut": Fault(503, "engine-unavailable", Answer(GOOD, cut_before=9)),
    "garbage": Fault(502, "engine-protocol", Answer(GOOD, garbage_before=9)),
    "an error in the middle": Fault(502, "engine-protocol", Answer(GOOD, error_before=9)),
    "truncated, and so is the continuation": Fault(502, "incomplete-output", Answer(GOOD[:12], done_reason="length")),
    "a stream that just ends": Fault(502, "incomplete-output", Answer(GOOD[:12], done_reason=None)),
    "wrong language": Fault(502, "wrong-language", Answer(rows(("ページを開く", "", "開いた", "1")))),
    "nothing": Fault(502, "invalid-output", Answer([""])),
    "no row": Fault(502, "invalid-output", Answer(["[]"])),
    "too deep": Fault(502, "invalid-output", Answer(["[" * 50_000])),
    "too long a cell": Fault(502, "invalid-output", Answer(['[["' + "a" * 5_000 + '","","Shown","1"]]'])),
    "too many rows": Fault(502, "invalid-output", Answer(rows(*[(f"Click {'a' * number}", "", "Shown", "1") for number in range(1, 71)]))),
    "too long for the context": Fault(422, "case-too-long", case={"specification": "Save it. " * 2_200, "objective": "仕様" * 900, "preconditions": ["仕様を確認する。" * 200] * 50}),
    "the model was unloaded": Fault(502, "engine-protocol", Answer([], done_reason="load")),
    "the model is gone": Fault(503, "model-missing", Answer(status=404, error="model not found")),
    "500": Fault(502, "engine-protocol", Answer(status=500, error="cuda error: out of memory")),
    "429": Fault(503, "engine-busy", Answer(status=429, error="slow down")),
    "503": Fault(503, "engine-busy", Answer(status=503, error="server busy")),
    "white space without end": Fault(504, "engine-timeout", Answer(["[["], again=" ", delay_s=0.01)),
    "a cell without end": Fault(502, "invalid-output", Answer(['[["'], again="a" * 1_000)),
}  # fmt: skip
