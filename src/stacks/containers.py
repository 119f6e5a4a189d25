"""The container definitions of the task: pure data, the Ollama sidecar first, then the API that waits for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pulumi

from stacks.config import StackConfig
from stacks.naming import Names
from testgen.contract import ALIVE_PATH, API_PORT, CONFIG_PATH, REGION, SECRET_ID

API, OLLAMA = "api", "ollama"
MODELS = "models"  # the task's volume
MODELS_ON_HOST = "/var/lib/testgen/ollama"  # where the boot script mounts the data volume
MODELS_IN_CONTAINER = "/root/.ollama"
CERTIFICATES = "/opt/testgen/certificates.pem"  # in Dockerfile.api, where certificates of a proxy were given
API_USER = "10001:10001"  # as in Dockerfile.api

Definition = dict[str, Any]


@dataclass(frozen=True)
class Runtime:
    """What is known only when the rest exists: images by digest, log groups, the settings' fingerprint, the version of the
    secret."""

    api_image: pulumi.Input[str]
    ollama_image: pulumi.Input[str]
    api_log_group: pulumi.Input[str]
    ollama_log_group: pulumi.Input[str]
    config_sha256: pulumi.Input[str]
    secret_version: pulumi.Input[str]


def definitions(config: StackConfig, names: Names, runtime: Runtime) -> list[Definition]:
    """Both containers, in the order in which they start."""
    return [_ollama(config, runtime), _api(config, names, runtime)]


def _ollama(config: StackConfig, runtime: Runtime) -> Definition:
    """Gets, loads and keeps the model. It asks AWS for nothing, so its settings come as environment."""
    service, compute = config.service, config.compute
    environment = {
        "MODEL": service.model,
        "OLLAMA_CONTEXT_LENGTH": str(service.num_ctx),
        "OLLAMA_NUM_PARALLEL": str(service.max_concurrency),
        "OLLAMA_KEEP_ALIVE": service.keep_alive,
        "STACK": config.stack,
        **({"MODEL_FILE": compute.model_file} if compute.model_file else {}),
        **_proxy(config),
    }
    return {
        **_common(OLLAMA, runtime.ollama_image, runtime.ollama_log_group, config),
        "memory": compute.ollama_memory_mib,
        "environment": _environment(environment),
        "resourceRequirements": [{"type": "GPU", "value": "1"}],
        "mountPoints": [{"sourceVolume": MODELS, "containerPath": MODELS_IN_CONTAINER, "readOnly": False}],
        # A first pull takes longer than any health check allows: startTimeout bounds the API's wait for HEALTHY, and the
        # service's grace period keeps ECS from stopping the task meanwhile.
        "startTimeout": compute.model_start_timeout_s,
        "healthCheck": {
            "command": ["CMD", "/usr/local/bin/ollama-entrypoint.sh", "health"],
            "interval": 15,
            "timeout": 10,
            "retries": 10,
            "startPeriod": 300,
        },
    }


def _api(config: StackConfig, names: Names, runtime: Runtime) -> Definition:
    """Serves users. It gets the way to its settings and reads them itself."""
    environment = {
        CONFIG_PATH: names.config_path,
        SECRET_ID: names.secret,
        REGION: config.region,
        **_proxy(config),
        **({"AWS_CA_BUNDLE": CERTIFICATES} if config.proxy and config.proxy.extra_ca else {}),
    }
    probe = f"import urllib.request; urllib.request.urlopen('http://127.0.0.1:{API_PORT}{ALIVE_PATH}', timeout=3)"
    return {
        **_common(API, runtime.api_image, runtime.api_log_group, config),
        "memory": config.compute.api_memory_mib,
        "user": API_USER,
        "environment": _environment(environment),
        "portMappings": [{"containerPort": API_PORT, "hostPort": API_PORT, "protocol": "tcp"}],
        "dependsOn": [{"containerName": OLLAMA, "condition": "HEALTHY"}],
        "healthCheck": {
            "command": ["CMD", "python3", "-c", probe],
            "interval": 15,
            "timeout": 5,
            "retries": 3,
            "startPeriod": 30,
        },
        # Settings are read at the start, so a change of them alone has to make a new task definition.
        "dockerLabels": {
            "testgen.config_sha256": runtime.config_sha256,
            "testgen.secret_version": runtime.secret_version,
        },
    }


def _common(name: str, image: pulumi.Input[str], log_group: pulumi.Input[str], config: StackConfig) -> Definition:
    return {
        "name": name,
        "image": image,
        "essential": True,
        "privileged": False,
        "readonlyRootFilesystem": True,
        "stopTimeout": config.compute.stop_timeout_s,
        "linuxParameters": {
            "initProcessEnabled": True,
            "tmpfs": [{"containerPath": "/tmp", "size": 256, "mountOptions": ["rw", "nosuid", "nodev"]}],  # noqa: S108
        },
        "logConfiguration": {
            "logDriver": "awslogs",
            "options": {
                "awslogs-group": log_group,
                "awslogs-region": config.region,
                "awslogs-stream-prefix": name,
                "mode": "non-blocking",
                "max-buffer-size": "25m",
            },
        },
    }


def _proxy(config: StackConfig) -> Mapping[str, str]:
    return config.proxy.environment if config.proxy else {}


def _environment(values: Mapping[str, str]) -> list[dict[str, str]]:
    return [{"name": name, "value": value} for name, value in values.items()]
