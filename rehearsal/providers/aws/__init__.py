"""The stand-in of pulumi-resource-aws. `table` says which creator makes which type; what moto lacks is in `table.IN_MEMORY`."""
