"""`python -m stacks.preflight mvp`: one line per check. Exits with 1 if something is missing, otherwise with 0."""

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from stacks.config import ConfigRefusedError, StackConfig, load
from stacks.preflight.account_checks import AccountChecks
from stacks.preflight.aws import Aws
from stacks.preflight.findings import Check, Finding, MissingError, State, run
from stacks.preflight.machine import MachineChecks
from stacks.preflight.program import StackFile, asked_directly, read_stack_file

ROOT = Path(__file__).resolve().parents[3]
DEFAULT_REGION = "ap-northeast-1"
WIDTH = max(map(len, State))


def checks(root: Path, stack: str, aws: Aws, file: StackFile) -> Iterator[Check]:
    """The configuration first, since every other question follows from it; then the machine, then the account."""
    try:
        with asked_directly(file, aws):
            config: StackConfig | None = load()
    except ConfigRefusedError as error:
        config, problems = None, str(error)
    if config is None:
        yield Check("configuration", lambda: refuse(problems))
        yield from MachineChecks(root, file, None, aws).all()
        return
    said = f"Pulumi.{stack}.yaml, {config.phase} in {config.region}"
    yield Check("configuration", lambda: said)
    yield from MachineChecks(root, file, config, aws).all()
    yield from AccountChecks(file, config, aws).all()


def refuse(problems: str) -> str:
    """Checks of the account depend on the configuration, so there are none yet."""
    raise MissingError(f"{problems} (the account is asked when this is correct)")


def findings(root: Path, stack: str) -> Iterator[Finding]:
    """All checks, one after the other."""
    try:
        file = read_stack_file(root, stack)
    except ConfigRefusedError as error:
        yield Finding("configuration", State.MISSING, str(error))
        return
    aws = Aws(file.region or DEFAULT_REGION)
    yield from run(checks(root, stack, aws, file), aws)


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints each finding as it comes, and how many are missing."""
    parser = argparse.ArgumentParser(prog="preflight", description=__doc__)
    parser.add_argument("stack", help="the stack's name, as in Pulumi.<stack>.yaml")
    parser.add_argument("--root", type=Path, default=ROOT, help="the project's folder")
    options = parser.parse_args(arguments)
    found = []
    for finding in findings(options.root, options.stack):
        found.append(finding.state)
        print(f"{finding.state:<{WIDTH}}  {finding.check}: {finding.said}", flush=True)
    missing, unasked = found.count(State.MISSING), found.count(State.UNASKED)
    print(f"{len(found)} checks: {missing} missing, {unasked} could not be asked")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
