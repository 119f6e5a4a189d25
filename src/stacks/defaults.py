"""What a stack is where its file says nothing: the defaults of each phase, and those of the service on AWS."""

from typing import Any

from testgen.config import NONE
from testgen.contract import OLLAMA_URL

# What a phase adds to or changes in the defaults of the sections. A value in the stack file goes before these.
PHASE_DEFAULTS: dict[str, dict[str, dict[str, Any]]] = {
    "mvp": {
        "network": {"cidr": "172.28.0.0/16", "nat_gateways": "one"},
        "compute": {"zones": 1},
        "scaling": {"min_tasks": 1, "max_tasks": 2},
        "service": {"require_api_key": False, "trusted_proxies": 1},
    },
    "phase2": {
        "network": {"cidr": "172.29.0.0/16", "nat_gateways": "one_per_zone"},
        "edge": {"deletion_protection": True},
        "firewall": {},
        "compute": {"zones": 2},
        "scaling": {"min_tasks": 2, "max_tasks": 4},
        "storage": {"snapshots_kept": 30},
        "secrets": {"recovery_days": 30},
        "monitoring": {"latency_p95_s": 90, "errors_5xx": 1, "queued": 3},
        "service": {"require_api_key": True, "trusted_proxies": 1},
    },
}
# A notice leaves two minutes for draining and for the stop; an instance that stays may take longer.
SPOT_STOP_TIMEOUT_S, SPOT_DRAINING_S = 60, 45
# Settings of the service on AWS in every phase: the model is beside it and stays loaded, because the health check needs it.
SERVICE_DEFAULTS = {"engine": "ollama", "ollama_base_url": OLLAMA_URL, "ollama_proxy": NONE, "keep_alive": "-1"}
