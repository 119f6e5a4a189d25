"""What an assistant can read, and the prompts that its user can choose."""

import json

from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ResourceNotFoundError

from testgen.evaluation import bundled_cases
from testgen.interchange.registry import FORMATS
from testgen.reviewer import RULES

_WRITE = """Write the manual test procedure of this test case with the tool write_procedure.
Take title, preconditions, test data, specification and expected results from the text as they stand; make up an id where there is none.
Add nothing that the text does not say. Then show the readiness, the steps as a table, and every open point as a question.

{text}"""
_REVIEW = """Review this manual test procedure: read it with read_file, or take it as it is, call review_procedure, and show each finding
with its step, what is wrong and the suggestion. Change nothing before I have agreed; then use improve_procedure or rewrite_steps.

{text}"""


def add_reading(server: MCPServer) -> None:
    """Adds resources and prompts."""
    _add_rules(server)
    _add_examples(server)
    _add_formats(server)
    _add_prompts(server)


def _add_rules(server: MCPServer) -> None:
    @server.resource("testgen://rules", title="The rules of the review", mime_type="text/markdown")
    def rules() -> str:
        """Lists every rule: severity, name, and what it is about."""
        return "\n".join(f"- {rule.severity} `{name}`: {rule.words['en'].what}" for name, rule in RULES.items())

    @server.resource("testgen://rules/{name}", title="One rule", mime_type="text/markdown")
    def rule(name: str) -> str:
        """Describes a rule, why it matters, and an example, in every language."""
        if name not in RULES:
            raise ResourceNotFoundError(f"there is no rule {name!r}: testgen://rules lists them")
        parts = [
            f"## {words.name} ({language})\n\n{words.what}\n\n{words.why}\n\n- Bad: {words.bad}\n- Good: {words.good}"
            for language, words in RULES[name].words.items()
        ]
        return f"# {name}\n\nDefault: {RULES[name].severity}. Source: {RULES[name].source}\n\n" + "\n\n".join(parts)


def _add_examples(server: MCPServer) -> None:
    @server.resource("testgen://examples", title="Example test cases", mime_type="application/json")
    def examples() -> str:
        """Lists the ids and titles of complete test cases, half of them Japanese."""
        return json.dumps([{"id": case.id, "title": case.title} for case in bundled_cases()], ensure_ascii=False)

    @server.resource("testgen://examples/{id}", title="One example test case", mime_type="application/json")
    def example(id: str) -> str:
        """Returns a complete test case, in the form that write_procedure takes."""
        found = next((case for case in bundled_cases() if case.id == id), None)
        if found is None:
            raise ResourceNotFoundError(f"there is no example {id!r}: testgen://examples lists them")
        return found.model_dump_json(indent=2, exclude_defaults=True)


def _add_formats(server: MCPServer) -> None:
    @server.resource("testgen://formats", title="Formats of files", mime_type="text/markdown")
    def formats() -> str:
        """Lists the formats that can be read and written."""
        return "\n".join(f"- `{name}`: {entry.title}" for name, entry in FORMATS.items())


def _add_prompts(server: MCPServer) -> None:
    @server.prompt(title="Write a test procedure")
    def write_test_procedure(test_case: str) -> str:
        """Write the procedure of a test case that is given as text."""
        return _WRITE.format(text=test_case)

    @server.prompt(title="Review a test procedure")
    def review_test_procedure(procedure: str) -> str:
        """Find out what is wrong in a procedure, and how to fix it."""
        return _REVIEW.format(text=procedure)
