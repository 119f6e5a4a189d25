"""Allows only one run at a time to use a journal, because two would draft every case twice."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from testgen.domain.errors import InvalidInputError
from testgen.messages import reason, say


@contextmanager
def alone(journal: Path) -> Iterator[None]:
    """Locks a journal against other runs. A lock left behind by a killed run blocks nobody.

    The lock is a file next to the journal. The system holds it (flock, also on NFS; msvcrt on Windows); on a disk without locks, it is a
    marker with the process of the holder.

    Raises:
        InvalidInputError: another run is using the journal, or its folder allows no lock.
    """
    from filelock import FileLock, Timeout

    lock = FileLock(lock_of(journal), mode=0o600, timeout=0)
    for path in (journal, Path(lock.lock_file)):
        if path.is_symlink():
            raise _refused(say("is a link to another file: remove it"), path)
    try:
        lock.acquire()
    except Timeout:
        raise _refused(
            say("another run is using it: wait until that run has ended, or give another OUTPUT"), journal
        ) from None
    except OSError as error:
        why = say("cannot be locked: {reason}; give an OUTPUT in another folder", reason=reason(error))
        raise _refused(why, journal) from None
    try:
        yield
    finally:
        with suppress(OSError):  # while it is held: who opened it meanwhile finds it gone, and asks anew
            Path(lock.lock_file).unlink()
        lock.release()


def lock_of(journal: Path) -> Path:
    """The file that exists while a run is using the journal."""
    return journal.with_name(journal.name + ".lock")


def _refused(why: str, journal: Path) -> InvalidInputError:
    return InvalidInputError.of("--output", why, str(journal))
