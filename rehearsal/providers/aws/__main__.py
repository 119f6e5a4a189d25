"""Starts the stand-in; Pulumi gives the address of its engine as an argument, which is not needed."""

from rehearsal.providers.aws.plugin import main
from rehearsal.providers.aws.table import KINDS

main(KINDS)
