"""The stand-in of pulumi-resource-docker-build: pushes manifests to moto instead of building images."""
