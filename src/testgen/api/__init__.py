"""The HTTP service: app factory, routes by resource, problem documents, admission, logs and metrics."""
