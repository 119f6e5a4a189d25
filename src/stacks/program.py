"""The stack: survey the account, then one component after the other, then the outputs. `deploy` is the whole of it on one screen; below it
stand its parts, from the ground to what runs on it."""

from dataclasses import dataclass

import pulumi

from stacks.account import Account, survey
from stacks.components.backup import Backup, BackupArgs
from stacks.components.cluster import Cluster, ClusterArgs
from stacks.components.delivery import Delivery, DeliveryArgs
from stacks.components.edge import Edge, EdgeArgs
from stacks.components.encryption import Encryption, EncryptionArgs
from stacks.components.firewall import Firewall, FirewallArgs
from stacks.components.identity import Identity, IdentityArgs
from stacks.components.images import Images, ImagesArgs
from stacks.components.logs import Logs, LogsArgs
from stacks.components.monitoring import Monitoring, MonitoringArgs
from stacks.components.network import Network, NetworkArgs
from stacks.components.scaling import ServiceScaling, ServiceScalingArgs
from stacks.components.security import Security, SecurityArgs
from stacks.components.service import Service, ServiceArgs
from stacks.components.settings import Settings, SettingsArgs
from stacks.components.storage import Storage, StorageArgs
from stacks.config import StackConfig, load, load_secrets
from stacks.dns import require_zone_of_the_name
from stacks.naming import Names
from stacks.roles import Roles
from stacks.rule_groups import require_known_body_rules
from testgen.config import ServiceSecrets


@dataclass(frozen=True)
class _Plan:
    """What is known before anything is made."""

    config: StackConfig
    account: Account
    names: Names

    @property
    def name(self) -> str:
        return self.names.prefix

    @property
    def roles(self) -> Roles:
        return Roles(self.config.identity)


@dataclass(frozen=True)
class _Ground:
    """What everything else stands on."""

    key: Encryption
    logs: Logs
    network: Network
    security: Security


@dataclass(frozen=True)
class _Supplies:
    """What the containers are made from and may use."""

    images: Images
    settings: Settings
    identity: Identity


def deploy() -> None:
    """Declares every resource of the stack that Pulumi is running.

    Raises:
        ConfigRefusedError: the configuration makes no sense, or the account cannot run it.
    """
    config = load()
    secrets = load_secrets(config.service)
    plan = _Plan(config, survey(config), Names(config.stack, config.logs.shared_account))
    require_zone_of_the_name(config)
    if config.firewall:
        require_known_body_rules(config.firewall)
    name, account, names = plan.name, plan.account, plan.names

    ground = _ground(plan)
    edge = _edge(plan, ground)
    supplies = _supplies(plan, ground, edge, secrets)
    cluster = _cluster(plan, ground, supplies)
    service = _service(plan, ground, edge, supplies, cluster)
    scaling = ServiceScaling(name, ServiceScalingArgs(config.scaling, config.stack, config.region, service.running))
    Backup(name, BackupArgs(names, account, plan.roles, config.storage.snapshots_kept))
    watched = MonitoringArgs(config, names, account.id, ground.key.key_arn, ground.logs, service.running)
    monitoring = Monitoring(name, watched)

    pulumi.export("url", edge.url)
    pulumi.export("cluster", cluster.cluster_name)
    pulumi.export("service", service.running.service_name)
    pulumi.export("repositories", supplies.images.repository_urls)
    pulumi.export("log_groups", ground.logs.groups)
    pulumi.export("config_path", names.config_path)
    pulumi.export("secret_name", names.secret)
    pulumi.export("dashboard_url", monitoring.dashboard_url)
    pulumi.export("availability_zones", list(account.zones))
    if config.scaling.sleep:
        pulumi.export("wake", scaling.command(config.scaling.min_tasks, config.scaling.max_tasks))
        pulumi.export("sleep", scaling.command(0, 0))


def _ground(plan: _Plan) -> _Ground:
    config, account, name = plan.config, plan.account, plan.name
    key = Encryption(name, EncryptionArgs(account.id, account.region, keep=config.secrets.recovery_days > 0))
    retained = LogsArgs(
        plan.names,
        config.logs.retention_days,
        key.key_arn,
        flows=account.network is None,
        firewall=config.firewall is not None,
    )
    logs = Logs(name, retained)
    network = Network(name, NetworkArgs(account, plan.roles, config.network, config.corporate_network, logs.flows))
    corporate = config.corporate_network
    sources = corporate.ranges if corporate else ("0.0.0.0/0",)
    security = Security(name, SecurityArgs(network.vpc_id, sources=sources, port=80 if config.internal else 443))
    return _Ground(key, logs, network, security)


def _edge(plan: _Plan, ground: _Ground) -> Edge:
    """The load balancer, with its logs and the firewall before it."""
    config, account, logs, network = plan.config, plan.account, ground.logs, ground.network
    entered = EdgeArgs(config, network.vpc_id, network.public_subnet_ids, ground.security.load_balancer_id)
    edge = Edge(plan.name, entered)
    balancer = edge.load_balancer
    Delivery(plan.name, DeliveryArgs(account.id, account.region, balancer.arn, logs.load_balancer))
    if config.firewall and logs.firewall:
        Firewall(plan.name, FirewallArgs(config.firewall, balancer.arn, logs.firewall.arn))
    return edge


def _supplies(plan: _Plan, ground: _Ground, edge: Edge, secrets: pulumi.Output[ServiceSecrets]) -> _Supplies:
    config, names, key_arn = plan.config, plan.names, ground.key.key_arn
    images = Images(plan.name, ImagesArgs(config.images))
    told = SettingsArgs(names, config.service, edge.host, secrets, key_arn, config.secrets.recovery_days)
    settings = Settings(plan.name, told)
    groups = [ground.logs.api.arn, ground.logs.ollama.arn]
    permitted = IdentityArgs(
        names, plan.account, plan.roles, images.repository_arns, groups, settings.secret_arn, key_arn
    )
    return _Supplies(images, settings, Identity(plan.name, permitted))


def _cluster(plan: _Plan, ground: _Ground, supplies: _Supplies) -> Cluster:
    """The instances, with the volumes that they attach."""
    config, account, identity = plan.config, plan.account, supplies.identity
    kept = StorageArgs(plan.names, config.storage, account.compute_zones, config.group_size, account.volume_key_arn)
    storage = Storage(plan.name, kept)
    return Cluster(
        plan.name,
        ClusterArgs(
            config,
            plan.names,
            account,
            ground.network.private_subnet_ids,
            ground.security.instances_id,
            identity.instance_profile_arn,
            ready=[ground.network, *storage.volumes, identity.instance_policy],
        ),
    )


def _service(plan: _Plan, ground: _Ground, edge: Edge, supplies: _Supplies, cluster: Cluster) -> Service:
    return Service(
        plan.name,
        ServiceArgs(
            plan.config,
            plan.names,
            cluster,
            edge,
            supplies.identity,
            supplies.images,
            ground.logs,
            supplies.settings,
            ground.network.private_subnet_ids,
            ground.security.tasks_id,
        ),
    )
