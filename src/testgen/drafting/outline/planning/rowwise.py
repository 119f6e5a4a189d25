"""The rows of a table, each of which is tried once, whatever results speak of them."""

from dataclasses import replace

from testgen.domain.test_case import TestCase
from testgen.drafting.outline.model import Act, Planned, Reading
from testgen.drafting.outline.planning.called import Called
from testgen.drafting.outline.scripting import Script
from testgen.drafting.outline.tongue import Tongue
from testgen.text.normal import normalise


class Rowwise:
    """Tries them."""

    case: TestCase
    reading: Reading
    tongue: Tongue
    script: Script
    called: Called
    steps: list[Planned]
    rows: list[Planned]

    def _try(self, number: int, rows: list[Planned]) -> None:
        if [row.sentence for row in self.rows] == [row.sentence for row in rows]:
            rows = []  # they have been tried
        for step in rows or self.rows:
            step.verifies.append(number)
            step.told.append(self.case.expected_results[number - 1])
        for step in rows:
            step.act = replace(step.act, text=self._changed(step.act))
            step.data = self.called.in_step(step.act.text)
        self.rows = self.rows or rows
        self.steps += rows

    def _changed(self, act: Act) -> str:
        """Change to base request: weight_g = 0 -> send the base request with weight_g = 0."""
        told = normalise(act.text)
        name = next((datum.name for datum in self.reading.data if f" {normalise(datum.name)}:" in told), "")
        made = [order for order in self.script.made_of_data() if order.endswith(normalise(name))] if name else []
        use = made[0] if made else self.tongue.lexicon.phrase("use", what=f"the {name}")
        fits = name and len(act.objects) == 1 and told.split(":")[0].endswith(f"to {normalise(name)}")
        return self.tongue.sentence(f"{use} with {act.objects[0]}") if fits else act.text
