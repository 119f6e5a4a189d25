"""The parts of a workbook's package (Office Open XML, ECMA-376), where its library cannot say what is wanted."""

import io
import re
import zipfile
from collections.abc import Mapping

_FORMULA = re.compile(
    rb'(<c r="([A-Z]+[0-9]+)"[^>]*><f>[^<]*</f>)<v ?/>|(<c r="([A-Z]+[0-9]+)"[^>]*><f>[^<]*</f>)<v></v>'
)


def with_values(content: bytes, part: str, values: Mapping[str, float]) -> bytes:
    """The workbook with a value for each formula of a sheet, by its cell: not every program that shows it calculates."""
    parts = parts_of(content)
    parts[part] = _FORMULA.sub(
        lambda found: b"%s<v>%g</v>" % (found[1] or found[3], values[(found[2] or found[4]).decode()]), parts[part]
    )
    return packed(parts)


def parts_of(content: bytes) -> dict[str, bytes]:
    """The parts by name, in their order."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist() if not name.endswith("/")}


def packed(parts: Mapping[str, bytes]) -> bytes:
    """The package of these parts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in parts.items():
            package.writestr(name, part)
    return buffer.getvalue()
