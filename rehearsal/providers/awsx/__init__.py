"""The stand-in of pulumi-resource-awsx: builds the children of the components in use, as awsx documents them."""
