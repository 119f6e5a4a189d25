"""Files and whole folders as arguments. In a folder, every file that a reader knows is read; anything else is reported and skipped."""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from testgen.cli.files import loaded, told
from testgen.cli.language import tell
from testgen.cli.source import content_of
from testgen.domain.errors import InvalidInputError
from testgen.messages import say

if TYPE_CHECKING:
    from testgen.interchange import Loaded

T = TypeVar("T")
MOST_FILES = 2_000  # of a folder; more are no suite that somebody reads the findings of
_MOST_LOOKED_AT = 100_000  # entries of a folder and those below


def contents_of(
    names: Sequence[str], reader: Callable[..., "Loaded[T]"], *, what: str, without: Iterable[Path | None] = ()
) -> Iterator[tuple[str, bytes, "Loaded[T]"]]:
    """Name, content and entries of each file. What was skipped is reported on stderr. A file in a folder that contains nothing usable is
    skipped as a whole; a file that was named is an error. `without` are the command's own files, wherever they are.

    Raises:
        InvalidInputError: a named file cannot be used; a folder contains too many files, or none.
    """
    own = {path.absolute() for path in without if path}
    for name in names:
        if name == "-" or not Path(name).is_dir():
            content = content_of(name, what=what, dash=True)
            yield name, content, told(name, loaded(name, content, reader))
        else:
            files = [file for file in files_in(name) if Path(file).absolute() not in own]
            yield from _of_a_folder(name, files, reader, what)


def _of_a_folder(
    folder: str, files: Sequence[str], reader: Callable[..., "Loaded[T]"], what: str
) -> Iterator[tuple[str, bytes, "Loaded[T]"]]:
    used = 0
    for name in files:
        try:
            content = content_of(name, what=what)
            found = loaded(name, content, reader)
        except InvalidInputError as error:
            tell(say("skipped: {reason}", reason=str(error)))
            continue
        used += 1
        yield name, content, told(name, found)
    if not used:
        raise InvalidInputError.of(
            "", say("contains no file with {what}: give another folder, or a file", what=what), source=folder
        )


def files_in(folder: str, wanted: Callable[[str], object] | None = None) -> list[str]:
    """The files in a folder, at any depth, that are `wanted` by their names or whose extension names a format, sorted by path. Hidden
    files and links are left out.

    Raises:
        InvalidInputError: there are more files than anybody reviews at once.
    """
    from testgen.interchange.registry import format_of

    wanted = wanted or format_of
    found, looked_at = [], 0
    for place, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        looked_at += len(files) + len(folders)
        paths = [Path(place, name) for name in files if not name.startswith((".", "~$")) and wanted(name)]
        found += [str(path) for path in paths if path.is_file() and not path.is_symlink()]
        if looked_at > _MOST_LOOKED_AT or len(found) > MOST_FILES:
            raise InvalidInputError.of(
                "",
                say("contains more than {most:,} files: give its folders one by one", most=MOST_FILES),
                source=folder,
            )
    return sorted(found)
