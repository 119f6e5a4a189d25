"""Stand-ins of the AWS providers: they make each resource in a moto server. Pulumi finds them on PATH, under `bin/`."""
