"""The stack: survey the account, then one component after the other, then the outputs. `deploy` is the whole of it on one screen; below it
stand its parts, from the ground to what runs on it."""

from dataclasses import dataclass

import pulumi

from stacks.account import Account, survey
from stacks.certificates import extra_ca
from stacks.components.backup import Backup, BackupArgs
from stacks.components.blue_green import BlueGreen, BlueGreenArgs
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
from stacks.components.rollback import Rollback, RollbackArgs
from stacks.components.scaling import ServiceScaling, ServiceScalingArgs
from stacks.components.security import Security, SecurityArgs
from stacks.components.service import Gate, Service, ServiceArgs
from stacks.components.settings import Settings, SettingsArgs
from stacks.components.smoke import SmokeTest, SmokeTestArgs
from stacks.components.storage import Storage, StorageArgs
from stacks.config import StackConfig, load, load_oidc_secret, load_secrets, load_smoke_key
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
    extra_ca: str | None

    @property
    def name(self) -> str:
        return self.names.prefix

    @property
    def roles(self) -> Roles:
        return Roles(self.config.identity)


@dataclass(frozen=True)
class _Ground:
    """What everything else depends on."""

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
    plan = _Plan(config, survey(config), Names(config.stack, config.logs.shared_account), extra_ca(config))
    require_zone_of_the_name(config)
    if config.firewall:
        require_known_body_rules(config.firewall)
    name, account, names = plan.name, plan.account, plan.names

    ground = _ground(plan)
    edge = _edge(plan, ground)
    supplies = _supplies(plan, ground, edge, secrets)
    cluster = _cluster(plan, ground, supplies)
    smoke = _smoke_test(plan, ground, edge, load_smoke_key(config))
    service = _service(plan, ground, edge, supplies, cluster, smoke)
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
    port, logs_in = 80 if config.internal else 443, config.edge.oidc is not None
    reached = SecurityArgs(network.vpc_id, sources=sources, port=port, logs_people_in=logs_in, proxy=config.proxy)
    security = Security(name, reached)
    return _Ground(key, logs, network, security)


def _edge(plan: _Plan, ground: _Ground) -> Edge:
    """The load balancer, with its logs and the firewall before it."""
    config, account, logs, network = plan.config, plan.account, ground.logs, ground.network
    group, secret = ground.security.load_balancer_id, load_oidc_secret(config)
    edge = Edge(plan.name, EdgeArgs(config, network.vpc_id, network.public_subnet_ids, group, secret))
    balancer = edge.load_balancer
    Delivery(plan.name, DeliveryArgs(account.id, account.region, balancer.arn, logs.load_balancer))
    if config.firewall and logs.firewall:
        Firewall(plan.name, FirewallArgs(config.firewall, balancer.arn, logs.firewall.arn))
    return edge


def _supplies(plan: _Plan, ground: _Ground, edge: Edge, secrets: pulumi.Output[ServiceSecrets]) -> _Supplies:
    config, names, key_arn = plan.config, plan.names, ground.key.key_arn
    images = Images(plan.name, ImagesArgs(config.images, config.proxy, plan.extra_ca))
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
            plan.extra_ca,
            ready=[ground.network, *storage.volumes, identity.instance_policy],
        ),
    )


def _smoke_test(plan: _Plan, ground: _Ground, edge: Edge, key: "pulumi.Output[str] | None") -> SmokeTest | None:
    config = plan.config
    if not config.scaling.smoke_test:
        return None
    return SmokeTest(
        plan.name,
        SmokeTestArgs(
            config,
            plan.names,
            plan.account,
            plan.roles,
            ground.network,
            ground.security,
            edge,
            ground.key.key_arn,
            key,
            config.scaling.smoke_test.timeout_s,
        ),
    )


def _gate(plan: _Plan, edge: Edge, smoke: SmokeTest | None) -> Gate:
    if not edge.green:
        return Gate()
    return BlueGreen(plan.name, BlueGreenArgs(plan.account, plan.roles, edge, edge.green, smoke)).gate


def _service(
    plan: _Plan, ground: _Ground, edge: Edge, supplies: _Supplies, cluster: Cluster, smoke: SmokeTest | None
) -> Service:
    """The service, and what takes a deployment of it back; ECS tests blue/green ones itself."""
    config = plan.config
    watched = RollbackArgs(config, edge.load_balancer.arn_suffix, edge.target_group.arn_suffix)
    service = Service(
        plan.name,
        ServiceArgs(
            config,
            plan.names,
            cluster,
            edge,
            supplies.identity,
            supplies.images,
            ground.logs,
            supplies.settings,
            Rollback(plan.name, watched) if config.monitoring.rollback else None,
            _gate(plan, edge, smoke),
            ground.network.private_subnet_ids,
            ground.security.tasks_id,
        ),
    )
    if smoke and not edge.green:
        smoke.run_after(plan.name, service.service)
    return service
