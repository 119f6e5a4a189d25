"""The page's files as they are served: named after their content, compressed once, held in memory.

A module's imports are rewritten to the hashed names when the service starts, since the page's Content-Security-Policy admits no
import map within the page. A name changes with its own content and with that of everything it imports, so a browser may keep
each file for ever. The browser is told of all modules of the first look at once; those that a module asks for later, by `import()`,
wait until then. The style sheets go out as one.
"""

import gzip
import hashlib
import posixpath
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

PREFIX = "/page/"
INDEX = "index.html"
_TYPES = {
    "js": "text/javascript; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "svg": "image/svg+xml",
    "html": "text/html; charset=utf-8",
}
_BARE = {"preact": "vendor/preact.mjs", "preact/hooks": "vendor/hooks.mjs", "htm": "vendor/htm.mjs"}
_IMPORT = re.compile(
    r"""((?:^|[\s;}])(?:import|export)\s*(?:[\w*${}\s,]{1,2000}?\bfrom\s*)?)(["'])([^"'\n]+)\2""", re.MULTILINE
)
_IMPORT_LATER = re.compile(r"""((?:=|=>|\breturn|\bawait)\s*import\()(["'])([^"'\n]+)\2""")  # not the types in comments
_STYLE = re.compile(r'<link rel="stylesheet" href="([\w/.-]+)"(?: media="(\w+)")? />')
_STYLES = "style/page.css"
_LINKED = re.compile(r'(href|src)="([\w/.-]+\.(?:js|css|svg))"')
_SOURCE_MAP = re.compile(r"\n//# sourceMappingURL=\S+\s*\Z")


@dataclass(frozen=True)
class Asset:
    """One file: its type, its bytes, and the same compressed."""

    media_type: str
    content: bytes
    compressed: bytes

    @property
    def tag(self) -> str:
        """What tells whether a browser's copy is still good (`ETag`)."""
        return f'"{_hash(self.content)}"'


@dataclass(frozen=True)
class Page:
    """The page itself, and its files by hashed name."""

    index: Asset
    assets: Mapping[str, Asset]


@cache
def load() -> Page:
    """The page of this package; read once."""
    return assemble(dict(_read(files("testgen.api") / "page", "")))


def assemble(sources: Mapping[str, str]) -> Page:
    """The page made of these files, path -> text.

    Raises:
        ValueError: an import leads nowhere, or in a circle.
    """
    index, styles = _one_style(sources)
    named = _Named({**sources, _STYLES: styles})
    first = {found[2]: named(found[2]) for found in _LINKED.finditer(index)}
    index = _LINKED.sub(lambda found: f'{found[1]}="{PREFIX}{first[found[2]]}"', index)
    modules = sorted(named.needed_by(name for name in first.values() if name.endswith(".js")))
    preloads = "".join(f'    <link rel="modulepreload" href="{PREFIX}{name}" />\n' for name in modules)
    return Page(_asset(INDEX, index.replace("  </head>", f"{preloads}  </head>")), named.assets)


def _one_style(sources: Mapping[str, str]) -> tuple[str, str]:
    """The index with one link in the place of several, and the style that it links to."""
    index, texts = sources[INDEX], list[str]()

    def taken(found: re.Match[str]) -> str:
        path, medium = found.groups()
        texts.append(f"@media {medium} {{\n{sources[path]}}}\n" if medium else sources[path])
        return f'<link rel="stylesheet" href="{_STYLES}" />' if len(texts) == 1 else ""

    return _STYLE.sub(taken, index), "".join(texts)


class _Named:
    """Path -> hashed name; a file's imports are named before the file itself."""

    def __init__(self, sources: Mapping[str, str]) -> None:
        self._sources = sources
        self._names: dict[str, str] = {}
        self._underway: list[str] = []
        self._needs: dict[str, set[str]] = {}
        self.assets: dict[str, Asset] = {}

    def __call__(self, path: str) -> str:
        if path in self._names:
            return self._names[path]
        if path in self._underway or path not in self._sources:
            trail = " -> ".join([*self._underway, path])
            raise ValueError(
                f"the page imports {'in a circle' if path in self._underway else 'what is not there'}: {trail}"
            )
        self._underway.append(path)
        text, needs = self._sources[path], set[str]()
        if path.endswith((".js", ".mjs")):
            text = _IMPORT.sub(self._renamed_in(path, needs), _SOURCE_MAP.sub("\n", text))
            text = _IMPORT_LATER.sub(self._renamed_in(path, set()), text)
        self._underway.pop()
        stem, _, kind = posixpath.basename(path).rpartition(".")
        kind = "js" if kind == "mjs" else kind
        name = f"{stem}.{_hash(text.encode())}.{kind}"
        self._names[path], self._needs[name], self.assets[name] = name, needs, _asset(name, text)
        return name

    def needed_by(self, names: Iterable[str]) -> set[str]:
        """These modules, and what they cannot run without."""
        found, left = set[str](), list(names)
        while left:
            name = left.pop()
            if name not in found:
                found.add(name)
                left += self._needs[name]
        return found

    def _renamed_in(self, path: str, needs: set[str]) -> Callable[[re.Match[str]], str]:
        folder = posixpath.dirname(path)

        def renamed(found: re.Match[str]) -> str:
            wanted = found[3]
            name = self(_BARE.get(wanted) or posixpath.normpath(posixpath.join(folder, wanted)))
            needs.add(name)
            return f"{found[1]}{found[2]}./{name}{found[2]}"

        return renamed


def _read(folder: Traversable, prefix: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        path = prefix + entry.name
        if entry.is_dir():
            found += _read(entry, f"{path}/")
        elif path.rpartition(".")[2] in ("js", "mjs", "css", "svg", "html"):
            found.append((path, entry.read_text(encoding="utf-8")))
    return found


def _asset(name: str, text: str) -> Asset:
    content = text.encode()
    return Asset(_TYPES[name.rpartition(".")[2]], content, gzip.compress(content, 9, mtime=0))


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:16]
