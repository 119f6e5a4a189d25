"""The Pulumi program that runs testgen on AWS. It shares `testgen.config` with the service, and nothing else."""
