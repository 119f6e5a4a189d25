"""What `pulumi up` runs: `main: src/stacks` in Pulumi.yaml."""

from stacks.program import deploy

deploy()
