"""Names of resources, in one place. Pulumi adds a suffix to most; those that people or policies type are exact."""

from dataclasses import dataclass

from testgen.contract import PROJECT, secret_name, settings_path

SLOT_TAG = "testgen:slot"  # the slot of a data volume, by which `pulumi up` finds a kept one
DATA_TAG = "testgen:data-volume"  # what instances attach and snapshots are taken of


@dataclass(frozen=True)
class Names:
    """Names of one stack. All start with `testgen-{stack}`."""

    stack: str
    shared_account: bool = False

    @property
    def prefix(self) -> str:
        """Also the exact name of the cluster and of the service."""
        return f"{PROJECT}-{self.stack}"

    def of(self, part: str) -> str:
        """The name of a part, such as `testgen-mvp-alb`."""
        return f"{self.prefix}-{part}"

    def log_group(self, name: str) -> str:
        """A log group's name; prefixed where both stacks share an account."""
        return f"/{self.prefix}{name}" if self.shared_account else name

    @property
    def log_groups(self) -> tuple[str, str, str]:
        """Of the API, Ollama and the load balancer, as people search for them."""
        fixed = ("/aws/ecs/fastapi-app", "/aws/ecs/ollama-server", "/aws/loadbalancer/app")
        api, ollama, balancer = (self.log_group(name) for name in fixed)
        return api, ollama, balancer

    @property
    def config_path(self) -> str:
        """Path of the service's settings in Parameter Store."""
        return settings_path(self.stack)

    @property
    def passed(self) -> str:
        """The parameter with the task definition that passed the smoke test last."""
        return f"/{PROJECT}/{self.stack}/deployment/passed"

    @property
    def secret(self) -> str:
        """The secret's name."""
        return secret_name(self.stack)

    @property
    def waf_log_group(self) -> str:
        """AWS WAF delivers only to groups whose names start with aws-waf-logs-."""
        return f"aws-waf-logs-{self.prefix}"
