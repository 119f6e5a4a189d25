"""Requests that cost the service as much as a request can: bodies, and files to be read."""

from typing import Any

from support.hostile import case, many, procedure, step

WORDS = [{"term": f"t{n}", "instead_of": [f"w{n}x{m}" for m in range(30)]} for n in range(160)]
TOO_MANY_WORDS = [{"term": f"t{n}", "instead_of": [f"w{n}x{m}" for m in range(20)]} for n in range(2_000)]
GENERATE, REVIEW, REWRITE = "/v1/procedures", "/v1/reviews", "/v1/procedures/rewrite"
BODIES: dict[str, tuple[str, Any]] = {
    "a specification of blanks": (GENERATE, case(specification="a" + " " * 19_998 + "b")),
    "one letter": (GENERATE, case(specification="a" * 20_000)),
    "one kana": (GENERATE, case(specification="あ" * 20_000)),
    "joined clauses": (GENERATE, case(specification="click a and " * 1_600)),
    "fifty long results": (GENERATE, case(expected_results=["The page shows x " + "word " * 390] * 50)),
    "fifty long results in Japanese": (GENERATE, case(expected_results=["画面が表示される。" * 200] * 50)),
    "a glossary of 40,000 words": (GENERATE, case(glossary={"terms": TOO_MANY_WORDS})),
    "a glossary as large as may be": (
        REVIEW,
        {"procedure": procedure(*many("w1x1 " * 800)), "glossary": {"terms": WORDS}},
    ),
    "steps as long as they are read": (
        REVIEW,
        {
            "procedure": procedure(*many("画面を開き、" * 400, "表示される。" * 400)[:30], language="ja"),
            "test_case": case(expected_results=["表示でも、される" * 100] * 50),
        },
    ),
    "a step of 900,000 characters": (REWRITE, {"procedure": procedure(step(action="a" * 900_000)), "steps": [1]}),
    "quotes that open": (REVIEW, {"procedure": procedure(*many('"' * 4_000)), "test_case": case()}),
    "values without end": (REVIEW, {"procedure": procedure(*many("1 s " * 1_000)), "test_case": case()}),
    "commas": (REVIEW, {"procedure": procedure(*many("a," * 2_000)), "test_case": case()}),
    "marks of ends": (REVIEW, {"procedure": procedure(*many("!?" * 2_000 + "x")), "test_case": case()}),
    "unknown fields": (GENERATE, {f"k{number}": 1 for number in range(80_000)}),
    "wrong entries": (GENERATE, case(tags=[1] * 300_000)),
    "own columns": (GENERATE, case(custom={f"k{number}": [number] for number in range(40_000)})),
    "depth": (GENERATE, b"[" * 500_000),
}  # fmt: skip
FILES: dict[str, tuple[str, bytes]] = {
    "half a million headings": ("csv", ",".join(["Title", "Action", *["a"] * 500_000]).encode() + b"\n1,2\n"),
    "headers only": ("csv", b"Title,Action,Expected\n" * 45_000),
    "equal titles": ("csv", b"Title,Action\n" + b"a,b\n" * 200_000),
    "nested YAML": ("yaml", b"[" * 5_000 + b"]" * 5_000),
    "numbers in sixties": ("yaml", b"a: " + b"1:" * 100_000 + b"1"),
    "a long list": ("yaml", b"- a\n" * 250_000),
}
