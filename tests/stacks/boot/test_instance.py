"""The boot script against moto with the real AWS CLI; only what touches devices and systemd is replaced."""

import os
import subprocess
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import boto3
import pytest
from moto.ec2.models.elastic_block_store import EBSBackend
from support.aws import aws_account
from support.tools import tool_folder

from rehearsal.instance import write_stand_ins
from rehearsal.moto import attach_as_aws_does
from stacks.components.cluster import BOOT_SCRIPT

ZONE, OTHER_ZONE = "ap-northeast-1a", "ap-northeast-1c"
AMI = "ami-12c6146b"


@pytest.fixture
def endpoint(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setattr(EBSBackend, "attach_volume", attach_as_aws_does)
    with aws_account() as url:
        monkeypatch.setenv("AWS_ENDPOINT_URL", url)
        yield url


@dataclass
class Machine:
    """One instance: its own file system, its own boots."""

    folder: Path
    instance: str
    zone: str
    environment: dict[str, str] = field(default_factory=dict)

    def boot(self, **more: str) -> subprocess.CompletedProcess[str]:
        environment = {**self.environment, "WORLD": str(self.folder), **more}
        return subprocess.run(
            [str(BOOT_SCRIPT)], env=environment, capture_output=True, text=True, timeout=60, check=False
        )

    @property
    def calls(self) -> list[str]:
        return (self.folder / "calls").read_text().splitlines()

    def file(self, name: str) -> str:
        path = self.folder / "etc" / name
        return path.read_text() if path.exists() else ""

    @property
    def joined(self) -> bool:
        return "ECS_CLUSTER=testgen-mvp" in self.file("ecs/ecs.config")


@pytest.fixture
def machine(endpoint: str, tmp_path: Path) -> Any:
    """Makes instances in an Auto Scaling group of one zone."""
    aws_cli = tool_folder("awscli")
    fakes = write_stand_ins(tmp_path / "fakes")
    (tmp_path / "disks").mkdir()
    (tmp_path / "by-id").mkdir()

    def make(zone: str = ZONE) -> Machine:
        instance = launch(zone)
        folder = tmp_path / instance
        (folder / "etc").mkdir(parents=True)
        (folder / "bin").mkdir()
        environment = {
            "PATH": f"{fakes}:{folder}/bin:{aws_cli}/bin:/usr/bin:/bin",
            "AWS_CLI": f"{aws_cli}/bin",
            "HOME": str(folder),
            "ETC": str(folder / "etc"),
            "BY_ID": str(tmp_path / "by-id"),
            "RETRY_FOR_S": "3",
            "RETRY_EVERY_S": "1",
            "INSTANCE_ID": instance,
            "INSTANCE_ZONE": zone,
            "CLUSTER": "testgen-mvp",
            "STACK": "mvp",
            "DATA_TAG": "testgen:data-volume",
            "MOUNT_POINT": str(folder / "models"),
            "STOP_TIMEOUT_S": "330",
            **{name: value for name, value in os.environ.items() if name.startswith("AWS_")},
        }
        return Machine(folder, instance, zone, environment)

    return make


def launch(zone: str) -> str:
    """An instance of a group, so that its health can be set."""
    ec2, scaling = boto3.client("ec2"), boto3.client("autoscaling")
    name = f"group-{zone}"
    if not scaling.describe_auto_scaling_groups(AutoScalingGroupNames=[name])["AutoScalingGroups"]:
        template = ec2.create_launch_template(
            LaunchTemplateName=name, LaunchTemplateData={"ImageId": AMI, "InstanceType": "g4dn.xlarge"}
        )
        scaling.create_auto_scaling_group(
            AutoScalingGroupName=name, MinSize=0, MaxSize=5, DesiredCapacity=0, AvailabilityZones=[zone],
            LaunchTemplate={"LaunchTemplateId": template["LaunchTemplate"]["LaunchTemplateId"], "Version": "1"},
        )  # fmt: skip
    before = instances(name)
    scaling.set_desired_capacity(AutoScalingGroupName=name, DesiredCapacity=len(before) + 1)
    [new] = set(instances(name)) - set(before)
    return new


def instances(group: str) -> dict[str, str]:
    [found] = boto3.client("autoscaling").describe_auto_scaling_groups(AutoScalingGroupNames=[group])[
        "AutoScalingGroups"
    ]
    return {entry["InstanceId"]: entry["HealthStatus"] for entry in found["Instances"]}


@pytest.fixture
def volume(machine: Any, tmp_path: Path) -> Any:
    """Makes data volumes; each has a device of its own, blank unless `content` is given."""

    def make(zone: str = ZONE, content: str = "", stack: str = "mvp") -> str:
        tags = [{"Key": "testgen:data-volume", "Value": stack}, {"Key": "Stack", "Value": stack}]
        specification = [{"ResourceType": "volume", "Tags": tags}]
        created = boto3.client("ec2").create_volume(AvailabilityZone=zone, Size=100, TagSpecifications=specification)
        identifier: str = created["VolumeId"]
        disk = tmp_path / "disks" / identifier
        disk.write_text(content)
        (tmp_path / "by-id" / f"nvme-Amazon_Elastic_Block_Store_{identifier.replace('-', '', 1)}").symlink_to(disk)
        return identifier

    return make


def holder(volume_id: str) -> str | None:
    [found] = boto3.client("ec2").describe_volumes(VolumeIds=[volume_id])["Volumes"]
    return found["Attachments"][0]["InstanceId"] if found["Attachments"] else None


def test_a_blank_volume_is_attached_formatted_mounted_and_then_the_cluster_joined(
    machine: Any, volume: Any, tmp_path: Path
) -> None:
    here, disk = machine(), volume()
    done = here.boot()
    assert done.returncode == 0, done.stderr
    assert holder(disk) == here.instance
    assert (tmp_path / "disks" / disk).read_text() == "formatted\n"
    assert here.joined
    order = [call.split()[0] for call in here.calls if call.startswith(("systemctl", "mkfs", "mount "))]
    assert order[0] == "systemctl", "the agent is held first"
    assert here.calls[-1].startswith("systemctl enable --now --no-block ecs")
    assert order.index("mkfs.xfs") < order.index("mount") < len(order) - 1


def test_a_formatted_volume_keeps_its_models(machine: Any, volume: Any, tmp_path: Path) -> None:
    here, disk = machine(), volume(content="models")
    assert here.boot().returncode == 0
    assert (tmp_path / "disks" / disk).read_text() == "models"
    assert not [call for call in here.calls if call.startswith("mkfs")]
    assert here.joined


def test_a_second_boot_finds_its_own_volume_and_changes_nothing(machine: Any, volume: Any, tmp_path: Path) -> None:
    here, disk, _ = machine(), volume(), volume()
    here.boot()
    mine = [entry for entry in (disk, _) if holder(entry) == here.instance]
    fstab = here.file("fstab")
    (here.folder / "mounted").unlink()
    again = here.boot()
    assert again.returncode == 0, again.stderr
    assert [entry for entry in (disk, _) if holder(entry) == here.instance] == mine
    assert here.file("fstab") == fstab, "one line, not two"
    assert (tmp_path / "disks" / mine[0]).read_text() == "formatted\n", "formatted once"


def test_the_mount_survives_a_reboot_without_this_script(machine: Any, volume: Any) -> None:
    """User data runs at the first boot only: fstab mounts the volume by its UUID, and ECS waits for the mount."""
    here, disk = machine(), volume()
    here.boot()
    mount_point = here.environment["MOUNT_POINT"]
    [line] = here.file("fstab").splitlines()
    assert line.split()[:3] == [f"UUID={disk}", mount_point, "xfs"]
    assert "nofail" in line, "an instance must be reachable even where the volume is not"
    assert here.file("systemd/system/ecs.service.d/models.conf") == f"[Unit]\nRequiresMountsFor={mount_point}\n"


def test_two_instances_that_race_never_share_a_volume(machine: Any, volume: Any) -> None:
    one, other = machine(), machine()
    disks = [volume(), volume()]
    results: dict[str, int] = {}
    threads = [
        threading.Thread(
            target=lambda host=host: results.update({host.instance: host.boot(RETRY_FOR_S="20").returncode})
        )
        for host in (one, other)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == {one.instance: 0, other.instance: 0}
    assert {holder(disk) for disk in disks} == {one.instance, other.instance}


def test_the_loser_of_the_last_volume_reports_itself_unhealthy_and_does_not_join(machine: Any, volume: Any) -> None:
    winner, loser, disk = machine(), machine(), volume()
    assert winner.boot().returncode == 0
    done = loser.boot()
    assert done.returncode == 1
    assert holder(disk) == winner.instance
    assert instances(f"group-{ZONE}") == {winner.instance: "Healthy", loser.instance: "Unhealthy"}
    assert not loser.joined
    assert f"no free data volume of stack mvp in {ZONE}" in done.stdout
    assert not [call for call in loser.calls if "unmask" in call]


def test_a_volume_of_another_zone_is_none(machine: Any, volume: Any) -> None:
    here, elsewhere = machine(), volume(zone=OTHER_ZONE)
    assert here.boot().returncode == 1
    assert holder(elsewhere) is None
    assert instances(f"group-{ZONE}")[here.instance] == "Unhealthy"


def test_a_volume_of_another_stack_is_none(machine: Any, volume: Any) -> None:
    here, theirs = machine(), volume(stack="phase2")
    assert here.boot().returncode == 1
    assert holder(theirs) is None


def test_a_volume_that_is_freed_meanwhile_is_taken(machine: Any, volume: Any) -> None:
    """The instance that is being replaced gives its volume back while the new one waits."""
    before, after, disk = machine(), machine(), volume()
    before.boot()
    waiting = threading.Thread(target=lambda: after.boot(RETRY_FOR_S="30"))
    waiting.start()
    boto3.client("ec2").detach_volume(VolumeId=disk, InstanceId=before.instance)
    waiting.join()
    assert holder(disk) == after.instance
    assert after.joined


def test_a_volume_that_cannot_be_mounted_is_reported(machine: Any, volume: Any) -> None:
    here, _ = machine(), volume()
    (here.folder / "unmountable").touch()
    done = here.boot()
    assert done.returncode == 1
    assert "gave up" in done.stdout
    assert instances(f"group-{ZONE}")[here.instance] == "Unhealthy"
    assert not here.joined


def without_cli(machine: Machine) -> str:
    """The PATH of an image that has no AWS CLI yet."""
    return machine.environment["PATH"].replace(f"{machine.environment['AWS_CLI']}:", "")


def test_a_mirror_that_hiccups_is_asked_again(machine: Any, volume: Any) -> None:
    here, disk = machine(), volume()
    (here.folder / "mirror-fails").write_text("2")
    done = here.boot(PATH=without_cli(here), RETRY_FOR_S="20")
    assert done.returncode == 0, done.stdout + done.stderr
    assert len([call for call in here.calls if call.startswith("dnf")]) == 3
    assert holder(disk) == here.instance
    assert here.joined


@pytest.mark.parametrize(("file", "why"), [("mirror-fails", "no mirror"), ("no-metadata", "metadata service")])
def test_an_instance_that_cannot_even_report_itself_shuts_down(machine: Any, volume: Any, file: str, why: str) -> None:
    """Auto Scaling replaces what has stopped; one that went on would be paid for outside the cluster for ever."""
    here, _ = machine(), volume()
    (here.folder / file).write_text("99")
    done = here.boot(PATH=without_cli(here))
    assert done.returncode == 1
    assert why in done.stdout
    assert "shutdown -h now" in here.calls
    assert not here.joined


def test_the_agent_is_configured_for_gpu_tasks(machine: Any, volume: Any) -> None:
    here, _ = machine(), volume()
    here.boot()
    settings = dict(line.split("=", 1) for line in here.file("ecs/ecs.config").splitlines())
    assert settings["ECS_ENABLE_GPU_SUPPORT"] == "true"
    assert settings["ECS_AWSVPC_BLOCK_IMDS"] == "true"
    assert settings["ECS_ENABLE_SPOT_INSTANCE_DRAINING"] == "true"
    assert settings["ECS_CONTAINER_STOP_TIMEOUT"] == "330s"


def test_metadata_is_asked_with_a_session_token(machine: Any, volume: Any) -> None:
    here, _ = machine(), volume()
    here.boot()
    asked = [call for call in here.calls if "meta-data" in call]
    assert asked
    assert all("X-aws-ec2-metadata-token: token" in call for call in asked)


def test_the_script_is_sound_bash() -> None:
    done = subprocess.run(["bash", "-n", str(BOOT_SCRIPT)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_an_instance_behind_a_proxy_goes_through_it_and_trusts_it(machine: Any, volume: Any) -> None:
    volume()
    one = machine()
    proxy, around = "http://10.20.0.9:3128", "127.0.0.1,localhost,169.254.169.254,169.254.170.2"
    done = one.boot(HTTPS_PROXY=proxy, HTTP_PROXY=proxy, NO_PROXY=f"{around},*", EXTRA_CA="the certificates\n")
    assert done.returncode == 0, done.stdout + done.stderr
    assert one.file("pki/ca-trust/source/anchors/company.pem") == "the certificates\n"
    assert one.file("dnf/dnf.conf") == f"proxy={proxy}\n"
    for unit in ("docker", "ecs"):
        assert f'"HTTPS_PROXY={proxy}" "NO_PROXY={around},' in one.file(
            f"systemd/system/{unit}.service.d/http-proxy.conf"
        )
    assert f"HTTPS_PROXY={proxy}\nNO_PROXY={around}," in one.file("ecs/ecs.config")
    calls = [
        call for call in one.calls if call.startswith(("update-ca-trust", "systemctl restart", "systemctl enable"))
    ]
    assert calls[:2] == ["update-ca-trust", "systemctl restart docker.service"]
