"""What a team decides: rules off, other severities, whether warnings are repaired (`.testgen.toml`)."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

from testgen.domain.procedure import Severity
from testgen.messages import say
from testgen.reviewer.catalog import RULES

Choice = Severity | Literal["off"]


class ReviewSettings(BaseModel):
    """The table `[review]`: `rules` maps a rule to `error`, `warning`, `info` or `off`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    rules: dict[str, Choice] = Field(default_factory=dict)
    repair_warnings: bool = False

    @field_validator("rules")
    @classmethod
    def _known(cls, rules: dict[str, Choice]) -> dict[str, Choice]:
        unknown = sorted(set(rules) - set(RULES))
        if unknown:
            raise ValueError(
                say("there is no rule {unknown}: `testgen review --rules` lists them", unknown=list(unknown))
            )
        return rules

    def severity(self, rule: str, *, info: bool = False) -> Choice:
        """The severity of a rule in these settings; `info` is for a hit that is weaker than its rule."""
        chosen = self.rules.get(rule)
        return chosen or ("info" if info else RULES[rule].severity)
