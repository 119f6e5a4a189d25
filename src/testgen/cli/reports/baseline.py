"""A team's known findings in a file, so that a review of old procedures shows only new ones.

A finding is identified by its rule, the title of its procedure, the name of its field, the text of that field and the words in question.
The numbers of steps and rows do not count, so steps can be inserted, removed and moved. Of equal findings, as many are known as were
recorded.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from testgen.cli.reports.reviewed import Reviewed, text_of
from testgen.domain.errors import InvalidInputError
from testgen.domain.procedure import Finding, Procedure
from testgen.messages import say
from testgen.text.normal import normalise

_VERSION = 1


def fingerprint(procedure: Procedure, finding: Finding) -> str:
    """Distinguishes a finding from others, whatever the number of its step: 32 hexadecimal digits."""
    name = finding.field.rstrip("0123456789/").rpartition("/")[2]
    texts = (procedure.title, text_of(procedure, finding), finding.excerpt)
    told = "\x1f".join((finding.rule, name, *map(normalise, texts)))
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def written(results: Sequence[Reviewed]) -> str:
    """The content of the file: one entry per fingerprint, with words for people who read a diff of two such files."""
    counts: Counter[str] = Counter()
    told: dict[str, dict[str, str]] = {}
    for result in results:
        for finding in result.procedure.findings:
            key = fingerprint(result.procedure, finding)
            counts[key] += 1
            about = {"rule": finding.rule, "procedure": result.procedure.title, "text": finding.excerpt}
            told.setdefault(key, about)
    entries = [{"fingerprint": key, "count": counts[key], **told[key]} for key in sorted(told)]
    return json.dumps({"version": _VERSION, "findings": entries}, ensure_ascii=False, indent=1) + "\n"


def load(content: bytes, *, name: str) -> Counter[str]:
    """How often each fingerprint is known.

    Raises:
        InvalidInputError: the file is not a baseline of this version.
    """
    try:
        data = json.loads(content)
        version = data["version"]
        counts = Counter({str(entry["fingerprint"]): int(entry["count"]) for entry in data["findings"]})
    except (ValueError, TypeError, KeyError, RecursionError):
        version, counts = None, Counter()
    if version != _VERSION:
        problem = say("is not a baseline of this version: create one with `testgen review … --write-baseline FILE`")
        raise InvalidInputError.of("--baseline", problem, name)
    return counts


def without_known(results: Sequence[Reviewed], known: Counter[str]) -> tuple[list[Reviewed], int]:
    """The results without the known findings, and the number of known findings that no longer occur."""
    left, new = Counter(known), []
    for result in results:
        kept = []
        for finding in result.procedure.findings:
            key = fingerprint(result.procedure, finding)
            left[key] -= 1
            if left[key] < 0:
                kept.append(finding)
        procedure = result.procedure.model_copy(update={"findings": tuple(kept)})
        new.append(replace(result, procedure=procedure, known=len(result.procedure.findings) - len(kept)))
    return new, sum(count for count in left.values() if count > 0)
