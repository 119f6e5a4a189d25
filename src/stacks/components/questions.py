"""The saved questions to the logs, and where people meet them: in the console, in an alarm, on the dashboard."""

from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from stacks.components.logs import Logs
from stacks.queries import API, FIREWALL, OLLAMA, explaining, link, queries, widgets

RUNBOOK = "docs/operations.md"


@dataclass(frozen=True)
class QuestionsArgs:
    """Of which stack, and of which groups they are asked."""

    stack: str
    region: str
    logs: Logs


class Questions(pulumi.ComponentResource):
    """One saved query per question; those about the web ACL only if there is one."""

    def __init__(self, name: str, args: QuestionsArgs) -> None:
        super().__init__("testgen:questions:Questions", name)
        self._args = args
        parts = {API: args.logs.api, OLLAMA: args.logs.ollama, FIREWALL: args.logs.firewall}
        self._groups = {part: group.name for part, group in parts.items() if group}
        self._asked = queries(behind_a_firewall=args.logs.firewall is not None)
        for question in self._asked:
            aws.cloudwatch.QueryDefinition(
                f"{name}-{question.name}",
                name=question.saved_as(args.stack),
                query_string=question.text,
                log_group_names=[self._groups[part] for part in question.groups],
                opts=pulumi.ResourceOptions(parent=self),
            )
        self.register_outputs({})

    def told(self, action: str) -> pulumi.Input[str]:
        """What an alarm says: where to read what to do, and the question to the logs that tells more."""
        what = f"What to do: {RUNBOOK}#{action}"
        question, region = explaining(action), self._args.region
        if question is None:
            return what
        asked = f"Query {question.saved_as(self._args.stack)}"
        return pulumi.Output.all(**self._groups).apply(
            lambda groups: f"{what} {asked}: {link(question, region, groups)}"
        )

    def widgets(self, below: int) -> pulumi.Output[list[dict[str, object]]]:
        """Their answers, on the dashboard below the row `below`."""
        found: pulumi.Output[list[dict[str, object]]] = pulumi.Output.all(**self._groups).apply(
            lambda groups: widgets(self._asked, self._args.region, groups, below)
        )
        return found
