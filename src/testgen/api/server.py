"""Runs the service: uvicorn with our logs and a shutdown that lets running generations finish."""

import uvicorn

from testgen.api.app import create_app
from testgen.api.telemetry import configure
from testgen.bootstrap import Application


def serve(application: Application, host: str, port: int) -> None:
    """Serves until SIGTERM or SIGINT; then accepts nothing new and finishes what runs, within the request's time limit."""
    config = application.config
    configure(config.log_level, application.settings.stack)
    uvicorn.run(
        create_app(application),
        host=host,
        port=port,
        log_config=None,
        access_log=False,
        server_header=False,
        # A load balancer keeps idle connections open longer than its longest request; who closes first must not be us.
        timeout_keep_alive=int(config.request_timeout_s) + 120,
        timeout_graceful_shutdown=int(config.request_timeout_s) + 5,
    )
