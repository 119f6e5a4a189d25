"""Writes results completely or not at all, never over an input, and never loses them."""

import os
import stat
import sys
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from testgen.cli.language import tell
from testgen.domain.errors import InvalidInputError
from testgen.messages import joined, reason, say


def require_writable(written: Iterable[tuple[str, Path | None]], read: Iterable[str | Path | None]) -> None:
    """Checks, before the work, every file that a command will write, each with the option that names it. The file must be writable, and
    must not be an input under any name (`-` is standard input), one of the team's settings, or another output.

    Raises:
        InvalidInputError: the file cannot be written, or is one of these.
    """
    from testgen.cli.team import own_files

    sources = [Path("/dev/stdin" if name == "-" else name) for name in read if name is not None]
    before: dict[Path, str] = {}
    for option, path in written:
        if path is None:
            continue
        if not path.parent.is_dir():
            raise _refused(say("there is no such folder: create it first"), path.parent, option)
        if any(_same(path, source) for source in (*sources, *(own_files() if path.exists() else ()))):
            raise _refused(say("is also an input, and would be lost: give another name"), path, option)
        if other := next((before[other] for other in before if _same(path, other)), None):
            raise _refused(say("is also the output of {other}: give another name", other=other), path, option)
        if not os.access(path if path.exists() else path.parent, os.W_OK):
            raise _refused(
                say("cannot be written: the file or its folder is read-only; give another place"), path, option
            )
        before[path] = option


def write(content: bytes, output: Path | None) -> None:
    """Writes to a file or to standard output. What cannot be written there is printed or, failing that, saved elsewhere.

    Raises:
        InvalidInputError: it could not be written; the message says where the result is.
    """
    if output is None:
        try:
            _print(content)
        except BrokenPipeError:
            raise
        except OSError as error:
            problem = say("standard output cannot be written: {reason}", reason=reason(error))
            raise InvalidInputError.of("", joined("; ", (problem, _kept(content)))) from None
        return
    try:
        _save(content, output)
    except OSError as error:
        problem = joined("; ", (say("cannot be written: {reason}", reason=reason(error)), _rescue(content)))
        raise InvalidInputError.of("", problem, source=str(output)) from None
    tell(say("wrote {file}", file=str(output)))


def _refused(why: str, place: Path, option: str) -> InvalidInputError:
    return InvalidInputError.of(option, why, str(place))


def _same(one: Path, other: Path) -> bool:
    """Whether two names refer to the same file, whether or not it exists. A device or a pipe has nothing to lose."""
    try:
        return one.samefile(other) and one.is_file()
    except OSError:
        return os.path.realpath(one) == os.path.realpath(other)


def _save(content: bytes, output: Path) -> None:
    """Writes to a device, a pipe, or a file with several names in place; replaces any other file as a whole, except links."""
    target = Path(os.path.realpath(output))
    before = output.stat() if output.exists() else None
    if before and (not stat.S_ISREG(before.st_mode) or before.st_nlink > 1 or target.is_relative_to("/proc")):
        output.write_bytes(content)
        return
    try:
        _replace(content, target, before)
    except PermissionError:  # of the folder; the file may allow it
        if not before:
            raise
        output.write_bytes(content)


def _replace(content: bytes, target: Path, before: os.stat_result | None) -> None:
    descriptor, name = tempfile.mkstemp(prefix=".testgen-", suffix=".part", dir=target.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(stat.S_IMODE(before.st_mode) if before else 0o666 & ~_umask())
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def _rescue(content: bytes) -> str:
    """Prints the result, or saves what a terminal cannot show; returns which it did."""
    from testgen.interchange.workbooks import is_workbook

    if not (sys.stdout.isatty() and is_workbook(content)):
        with suppress(OSError):
            _print(content)
            return say("the result was printed instead")
    return _kept(content)


def _kept(content: bytes) -> str:
    return say("the result is in {file}", file=keep(content))


def keep(content: bytes) -> str:
    """The path of a new temporary file that only its owner can read."""
    try:
        descriptor, name = tempfile.mkstemp(prefix="testgen-")
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
    except OSError:
        return say("nowhere: that disk is full, too")
    return name


def _print(content: bytes) -> None:
    """Prints to a pipe byte for byte; a terminal gets text, and no workbook."""
    from testgen.interchange.workbooks import is_workbook

    if not sys.stdout.isatty():
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
    elif is_workbook(content):
        raise InvalidInputError.of("--output", say("a workbook cannot be printed on a terminal: give an output file"))
    else:
        sys.stdout.write(content.decode(errors="replace").removeprefix("\ufeff"))
        sys.stdout.flush()
