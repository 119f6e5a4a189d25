"""The Pulumi program that runs testgen on AWS. It shares `testgen.config` and `testgen.contract` with the service, and nothing else."""
