"""The stack on one screen: survey the account, then one component after the other, then the outputs."""

import pulumi

from stacks.account import survey
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
from stacks.config import load, load_secrets
from stacks.dns import require_zone_of_the_name
from stacks.naming import Names
from stacks.rule_groups import require_known_body_rules


def deploy() -> None:
    """Declares every resource of the stack that Pulumi is running.

    Raises:
        ConfigRefusedError: the configuration makes no sense, or the account cannot run it.
    """
    config = load()
    secrets = load_secrets(config.service)
    account = survey(config)
    require_zone_of_the_name(config)
    if config.firewall:
        require_known_body_rules(config.firewall)
    names = Names(config.stack, config.logs.shared_account)
    name = names.prefix

    key = Encryption(name, EncryptionArgs(account.id, account.region, keep=config.secrets.recovery_days > 0))
    logs = Logs(name, LogsArgs(names, config.logs.retention_days, key.key_arn, firewall=config.firewall is not None))
    network = Network(name, NetworkArgs(account, config.network, config.corporate_network, logs.flows))
    corporate = config.corporate_network
    security = Security(
        name,
        SecurityArgs(
            network.vpc_id,
            sources=corporate.ranges if corporate else ("0.0.0.0/0",),
            port=80 if config.internal else 443,
        ),
    )
    edge = Edge(name, EdgeArgs(config, network.vpc_id, network.public_subnet_ids, security.load_balancer_id))
    balancer = edge.load_balancer
    Delivery(name, DeliveryArgs(account.id, account.region, balancer.arn, logs.load_balancer))
    if config.firewall and logs.firewall:
        Firewall(name, FirewallArgs(config.firewall, balancer.arn, logs.firewall.arn))

    images = Images(name, ImagesArgs(config.images))
    settings = Settings(
        name, SettingsArgs(names, config.service, edge.host, secrets, key.key_arn, config.secrets.recovery_days)
    )
    groups = [logs.api.arn, logs.ollama.arn]
    identity = Identity(
        name, IdentityArgs(names, account, images.repository_arns, groups, settings.secret_arn, key.key_arn)
    )
    storage = Storage(
        name, StorageArgs(names, config.storage, account.compute_zones, config.group_size, account.volume_key_arn)
    )
    cluster = Cluster(
        name,
        ClusterArgs(
            config,
            names,
            account,
            network.private_subnet_ids,
            security.instances_id,
            identity.instance_profile_arn,
            ready=[network, *storage.volumes, identity.instance_policy],
        ),
    )
    service = Service(
        name,
        ServiceArgs(
            config,
            names,
            cluster,
            edge,
            identity,
            images,
            logs,
            settings,
            network.private_subnet_ids,
            security.tasks_id,
        ),
    )
    ServiceScaling(name, ServiceScalingArgs(config.scaling, config.stack, service.running))
    Backup(name, BackupArgs(names, account, config.storage.snapshots_kept))
    monitoring = Monitoring(name, MonitoringArgs(config, names, account.id, key.key_arn, logs, service.running))

    pulumi.export("url", edge.url)
    pulumi.export("cluster", cluster.cluster_name)
    pulumi.export("service", service.running.service_name)
    pulumi.export("repositories", images.repository_urls)
    pulumi.export("log_groups", logs.groups)
    pulumi.export("config_path", names.config_path)
    pulumi.export("secret_name", names.secret)
    pulumi.export("dashboard_url", monitoring.dashboard_url)
    pulumi.export("availability_zones", list(account.zones))
