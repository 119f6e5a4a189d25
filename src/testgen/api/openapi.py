"""The OpenAPI document as clients need it: what FastAPI derives from the routes, and what it cannot know."""

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from testgen.api.problems import Problem

TAGS = [
    {"name": "procedures", "description": "Test procedures, written from test cases, whole or step by step."},
    {"name": "batches", "description": "Many test cases in one request, answered as each is ready."},
    {"name": "reviews", "description": "Findings in a procedure, by the rules of the catalog. No model is asked."},
    {"name": "imports", "description": "Files of other tools, read as procedures."},
    {"name": "knowledge", "description": "What a team tells once of its product."},
    {"name": "documents", "description": "Specifications around test cases, read as passages."},
    {"name": "exports", "description": "Procedures, written as files of other tools."},
    {"name": "service", "description": "Health, readiness, versions and limits."},
]


def document(app: FastAPI) -> dict[str, Any]:
    """The document, made once."""
    if app.openapi_schema is None:
        made = get_openapi(
            title=app.title, version=app.version, summary=app.summary, routes=app.routes, tags=app.openapi_tags
        )
        made["components"]["schemas"]["Problem"] = Problem.model_json_schema()
        app.openapi_schema = made
    return app.openapi_schema


def answer(shown: dict[str, Any], description: str, more: dict[str, Any] | None = None) -> dict[str, Any]:
    """A JSON answer with its examples; `more` has other media types of the same answer."""
    return {"description": description, "content": {"application/json": {"examples": shown}, **(more or {})}}
