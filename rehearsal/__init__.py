"""The whole cloud, offline: the real Pulumi CLI against stand-ins of the AWS providers, then the service that it deployed."""
