#!/bin/bash
# Boots a GPU instance: finds its data volume, mounts it, and only then joins the cluster.
#
# Variables, written in front of this script: CLUSTER, STACK, AWS_DEFAULT_REGION, DATA_TAG (the tag key of data volumes),
# MOUNT_POINT, STOP_TIMEOUT_S. Tests replace the paths and the commands that touch devices.
#
# An instance that gets no further within 10 minutes (metadata, the CLI's mirror, a free volume) reports itself unhealthy, or
# shuts down where it cannot, and never joins: better no instance than one without models, or one that is paid for and forgotten. AttachVolume is the lock: of two instances that want one volume, the loser is refused and tries the next.
set -eEuo pipefail

ETC=${ETC:-/etc}
BY_ID=${BY_ID:-/dev/disk/by-id}
RETRY_FOR_S=${RETRY_FOR_S:-600}
RETRY_EVERY_S=${RETRY_EVERY_S:-10}
IMDS=${IMDS:-http://169.254.169.254}

say() { echo "boot: $*"; }

metadata() {
  local token
  token=$(curl -sSf --retry 5 -X PUT "$IMDS/latest/api/token" -H 'X-aws-ec2-metadata-token-ttl-seconds: 300') || return 1
  curl -sSf --retry 5 -H "X-aws-ec2-metadata-token: $token" "$IMDS/latest/meta-data/$1"
}

# Without a cluster's name the agent would join the cluster `default`: it stays masked until there is one.
hold_the_agent() { systemctl mask --now ecs.service; }

give_up() { # Auto Scaling replaces an instance that says it is unhealthy, and one that has stopped
  trap - ERR
  say "gave up: $1"
  if [ -n "${INSTANCE:-}" ] && command -v aws >/dev/null && aws autoscaling set-instance-health --instance-id "$INSTANCE" \
    --health-status Unhealthy --no-should-respect-grace-period; then exit 1; fi
  say "cannot report it: shutting down instead"
  shutdown -h now
  exit 1
}
trap 'give_up "line $LINENO failed"' ERR

# What leaves the instance goes through the company's proxy, where there is one: the mirror's packages, images, the agent's calls
# ("HTTP proxy configuration for Amazon ECS Linux container instances"). EXTRA_CA, HTTPS_PROXY and NO_PROXY stand in front of this script.
use_the_proxy() {
  local unit
  if [ -n "${EXTRA_CA:-}" ]; then
    mkdir -p "$ETC/pki/ca-trust/source/anchors"
    printf '%s' "$EXTRA_CA" >"$ETC/pki/ca-trust/source/anchors/company.pem"
    update-ca-trust
    export AWS_CA_BUNDLE="$ETC/pki/tls/certs/ca-bundle.crt"
  fi
  if [ -n "${HTTPS_PROXY:-}" ]; then
    mkdir -p "$ETC/dnf" "$ETC/ecs"
    echo "proxy=$HTTPS_PROXY" >>"$ETC/dnf/dnf.conf"
    for unit in docker ecs; do
      mkdir -p "$ETC/systemd/system/$unit.service.d"
      printf '[Service]\nEnvironment="HTTP_PROXY=%s" "HTTPS_PROXY=%s" "NO_PROXY=%s"\n' \
        "$HTTPS_PROXY" "$HTTPS_PROXY" "$NO_PROXY,/var/run/docker.sock" >"$ETC/systemd/system/$unit.service.d/http-proxy.conf"
    done
  fi
  if [ -n "${EXTRA_CA:-}${HTTPS_PROXY:-}" ]; then
    systemctl daemon-reload
    systemctl restart docker.service # it has read neither yet
  fi
}

retry() { # a command until it succeeds, for RETRY_FOR_S seconds
  local deadline=$((SECONDS + RETRY_FOR_S))
  until "$@"; do
    [ $SECONDS -lt "$deadline" ] || return 1
    sleep "$RETRY_EVERY_S"
  done
}

volumes() { # volumes of this stack with one more filter, one id a line
  aws ec2 describe-volumes --query 'Volumes[].VolumeId' --output text \
    --filters "Name=tag:$DATA_TAG,Values=$STACK" "$@" | tr '\t' '\n' | grep '^vol-' || true
}

attached() { volumes "Name=attachment.instance-id,Values=$INSTANCE" "Name=attachment.status,Values=attaching,attached" | head -1; }

attach() { # the volume of this instance: the one it has, else a free one of its zone that nobody else takes first
  local volume deadline=$((SECONDS + RETRY_FOR_S))
  while :; do
    volume=$(attached)
    [ -z "$volume" ] || { echo "$volume"; return; }
    for volume in $(volumes "Name=status,Values=available" "Name=availability-zone,Values=$ZONE" | shuf); do
      if aws ec2 attach-volume --volume-id "$volume" --instance-id "$INSTANCE" --device /dev/sdf >/dev/null; then
        echo "$volume"
        return
      fi
    done
    [ $SECONDS -lt "$deadline" ] || return 1
    sleep "$RETRY_EVERY_S"
  done
}

# By volume id: the instance store of a GPU instance is an NVMe device too, and device names are not to be relied on.
device_of() {
  local link=$BY_ID/nvme-Amazon_Elastic_Block_Store_${1/-/} deadline=$((SECONDS + RETRY_FOR_S))
  until [ -e "$link" ]; do
    [ $SECONDS -lt "$deadline" ] || return 1
    sleep 1
  done
  readlink -f "$link"
}

format_if_blank() { # blkid's 2 means that it found nothing; anything else is somebody's data
  local code=0
  blkid --probe "$1" >/dev/null 2>&1 || code=$?
  if [ "$code" -eq 2 ]; then
    say "formatting the blank volume"
    mkfs.xfs -q -L testgen "$1"
  fi
}

mount_for_good() { # now and at every boot; ECS starts no task before the mount
  local uuid
  uuid=$(blkid -s UUID -o value "$1")
  mkdir -p "$MOUNT_POINT"
  grep -q " $MOUNT_POINT " "$ETC/fstab" || echo "UUID=$uuid $MOUNT_POINT xfs defaults,nofail,x-systemd.device-timeout=120 0 2" >>"$ETC/fstab"
  mountpoint -q "$MOUNT_POINT" || mount "$MOUNT_POINT"
  xfs_growfs "$MOUNT_POINT" >/dev/null # a volume may have been made larger
  mkdir -p "$ETC/systemd/system/ecs.service.d"
  printf '[Unit]\nRequiresMountsFor=%s\n' "$MOUNT_POINT" >"$ETC/systemd/system/ecs.service.d/models.conf"
}

join_cluster() {
  mkdir -p "$ETC/ecs"
  cat >"$ETC/ecs/ecs.config" <<CONFIG
ECS_CLUSTER=$CLUSTER
ECS_ENABLE_GPU_SUPPORT=true
ECS_AWSVPC_BLOCK_IMDS=true
ECS_ENABLE_SPOT_INSTANCE_DRAINING=true
ECS_CONTAINER_STOP_TIMEOUT=${STOP_TIMEOUT_S}s
ECS_AVAILABLE_LOGGING_DRIVERS=["json-file","awslogs"]
CONFIG
  if [ -n "${HTTPS_PROXY:-}" ]; then
    printf 'HTTP_PROXY=%s\nHTTPS_PROXY=%s\nNO_PROXY=%s\n' "$HTTPS_PROXY" "$HTTPS_PROXY" "$NO_PROXY,/var/run/docker.sock" >>"$ETC/ecs/ecs.config"
  fi
  systemctl daemon-reload
  systemctl unmask ecs.service
  systemctl enable --now --no-block ecs.service
}

hold_the_agent
use_the_proxy
INSTANCE=$(retry metadata instance-id) || give_up "the metadata service does not answer"
ZONE=$(retry metadata placement/availability-zone) || give_up "the metadata service does not tell the zone"
command -v aws >/dev/null || retry dnf install -y -q awscli-2 || give_up "no mirror gives the AWS CLI" # the ECS image has none

VOLUME=$(attach) || give_up "no free data volume of stack $STACK in $ZONE"
say "volume $VOLUME"
DEVICE=$(device_of "$VOLUME") || give_up "volume $VOLUME did not appear as a device"
format_if_blank "$DEVICE"
mount_for_good "$DEVICE"
join_cluster
say "joined $CLUSTER"
