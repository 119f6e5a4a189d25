"""One run at a time on one journal: two would draft every case twice."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from testgen.domain.errors import InvalidInputError
from testgen.messages import reason, say


@contextmanager
def alone(journal: Path) -> Iterator[None]:
    """Keeps other runs off a journal; a lock that a killed run left holds nobody up.

    The lock is a file beside the journal and is held by the system (flock, on NFS too; msvcrt on Windows), or is a marker with
    the holder's process where the disk knows no locks.

    Raises:
        InvalidInputError: another run is at work on it, or the folder takes no lock.
    """
    from filelock import FileLock, Timeout

    lock = FileLock(lock_of(journal), mode=0o600, timeout=0)
    for path in (journal, Path(lock.lock_file)):
        if path.is_symlink():
            raise _refused(say("is a link, and would lead elsewhere: remove it"), path)
    try:
        lock.acquire()
    except Timeout:
        raise _refused(
            say("another run is at work on it: wait until it has ended, or give another OUTPUT"), journal
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
    """The file that is there as long as a run is at work."""
    return journal.with_name(journal.name + ".lock")


def _refused(why: str, journal: Path) -> InvalidInputError:
    return InvalidInputError.of("--output", why, str(journal))
