"""The least that does the same as testgen: `bench.bare` with the same request and answer, in process, and nothing else.

The request is validated as a test case, the model is asked with testgen's prompt and schema, and the answer is parsed into steps, reviewed
and returned as a procedure. It has no queue, no deadline, no limits, no log, no retry, no stream of steps, and its review runs on the event
loop, so nobody would run it; it shows what is left of a limit that testgen misses.

python -m bench.least MODEL_SERVER PORT        serves until it is ended
"""

import sys
from datetime import UTC, datetime

import uvicorn
from fastapi import FastAPI, Response
from langchain_ollama import ChatOllama

from bench.upstream import MODEL
from testgen.domain.procedure import Procedure, Provenance
from testgen.domain.test_case import TestCase
from testgen.drafting.prompt import draft_messages
from testgen.drafting.wire import SCHEMA, RowReader, to_step
from testgen.reviewer import review, warm_up


def app_of(url: str) -> FastAPI:
    """One route, from a test case to a procedure."""
    app = FastAPI()
    chat = ChatOllama(model=MODEL, base_url=url, format=SCHEMA)

    @app.post("/v1/procedures")
    async def answer(case: TestCase) -> Response:
        asked = [(message.role, message.content) for message in draft_messages(case, "en")]
        reader, rows = RowReader(), []
        async for chunk in chat.astream(asked):
            rows += reader.feed(str(chunk.text))
        rows += reader.finish()
        steps = tuple(to_step(row, number, len(case.expected_results)) for number, row in enumerate(rows, 1))
        made = Provenance(origin="generated", created_at=datetime.now(UTC), testgen_version="0", model=MODEL)
        procedure = Procedure(test_case_id=case.id, title=case.title, language="en", steps=steps, provenance=made)
        found = review(procedure, case)
        reviewed = procedure.model_copy(update={"findings": found.findings, "readiness": found.readiness})
        return Response(reviewed.model_dump_json(), media_type="application/json")

    @app.get("/healthz")
    async def alive() -> str:
        return "ok"

    return app


if __name__ == "__main__":
    warm_up()
    uvicorn.run(app_of(sys.argv[1]), port=int(sys.argv[2]), log_level="error", access_log=False)
