"""Results of a case about a workbook: its rows are entered first, and what its columns and cells show is then looked at."""

import re

from testgen.domain.test_case import TestCase
from testgen.drafting.outline.model import Act, Datum, Portion

_ROW = re.compile(r"[一-龠ァ-ヶー]{1,6}(?:[\s=＝:：][^\s、]{1,12}[\s、]{1,2}[一-龠ァ-ヶー]{1,6})[\s=＝:：は]")
_ROWS = 3  # data that make a sheet
_WORKBOOK = re.compile(r"Excel|エクセル|スプレッドシート|ワークシート|ワークブック|\.xls")
_FILE = re.compile(r"[A-Za-z0-9_一-龠ァ-ヶー-]{1,40}\.(?:xls[xm]?|ods|csv)(?![A-Za-z])")
_COLUMN = re.compile(r"(?P<what>[^、。はがを「：:]{1,12})[：:]")


class Workbook:
    """Reads them."""

    def __init__(self, case: TestCase, data: list[Datum]) -> None:
        about = "\n".join((case.title, case.objective or "", *case.preconditions, case.specification or ""))
        rows = [datum for datum in data if _ROW.match(datum.value)]
        each = any(text.startswith(datum.name) for text in case.expected_results for datum in rows)
        self.rows = rows if len(rows) >= _ROWS and not each and _WORKBOOK.search(about) else []
        file = _FILE.search(about) if self.rows else None
        self.file = file.group() if file else ""

    def filling(self) -> list[tuple[Act, list[Datum]]]:
        """What is done first: it is opened, and its rows are entered."""
        opened = [(Act(f"{self.file} を開く", "open", (self.file,)), list[Datum]())] if self.file else []
        return [*opened, (Act("次の各行に値を入力する", "enter_all"), self.rows)] if self.rows else []

    def portions(self, text: str) -> list[Portion]:
        """実働：月8:00、火10:15, 木は「要確認」で赤くなる: nothing is done for it; none where a result begins otherwise."""
        if not self.rows:
            return []
        if column := _COLUMN.match(text):
            return [Portion(seen=text, topic=column["what"])]
        names = [name for row in self.rows for name in (row.name, *re.findall(r"[（(]([^（()）]+)[)）]", row.name))]
        return [Portion(seen=text)] if any(re.match(rf"{re.escape(name)}[はの]", text) for name in names) else []
