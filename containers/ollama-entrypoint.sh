#!/bin/sh
# Starts the Ollama server on 127.0.0.1, gets the configured model if it is not there, loads it and keeps it loaded.
#
# Environment: MODEL (Ollama's name of the model), OLLAMA_CONTEXT_LENGTH, OLLAMA_NUM_PARALLEL, OLLAMA_KEEP_ALIVE;
# MODEL_FILE, a GGUF file to import in networks without internet; STACK, the metrics' dimension;
# REPORT_EVERY_S, seconds between two lines of GPU use.
# Files under /root/.ollama, the volume that persists: models/, logs/, config.json.
#   ollama-entrypoint.sh          serve
#   ollama-entrypoint.sh health   exit 0 only while the model is loaded
set -u

: "${MODEL:?set MODEL to the name of the model, such as gemma3:12b}"
data=${OLLAMA_HOME:-/root/.ollama}
export OLLAMA_HOST="${OLLAMA_HOST:-127.0.0.1:11434}"
export OLLAMA_MODELS="$data/models"
export OLLAMA_NO_CLOUD=1 # nothing leaves the network
export OLLAMA_KEEP_ALIVE="${OLLAMA_KEEP_ALIVE:--1}"

# One JSON object a line; $2 holds further members, each with a comma before it.
say() { printf '{"timestamp":"%s","level":"%s","event":"%s","stack":"%s"%s}\n' "$(date -u +%Y-%m-%dT%H:%M:%SZ)" "${3:-info}" "$1" "${STACK:-local}" "${2:-}"; }

# The name as `ollama list` and `ollama ps` print it in their first column.
listed() { ollama "$1" 2>/dev/null | awk -v name="$MODEL" 'NR > 1 && ($1 == name || $1 == name ":latest") { found = 1 } END { exit !found }'; }

if [ "${1:-serve}" = health ]; then
  listed ps
  exit
fi

use_of_gpu() { # used percent of the fullest GPU's memory, "" without a GPU
  command -v nvidia-smi >/dev/null 2>&1 || return 0
  nvidia-smi --query-gpu=memory.used,memory.total,utilization.gpu --format=csv,noheader,nounits 2>/dev/null |
    awk -F', *' '$2 > 0 { used = 100 * $1 / $2; if (used >= most) { most = used; busy = $3 } n++ } END { if (n) printf "%.1f %d", most, busy }'
}

report() {
  while :; do
    disk=$(df -P "$data" | awk 'NR == 2 { sub("%", "", $5); print $5 }')
    # shellcheck disable=SC2046 # two numbers, or none
    set -- $(use_of_gpu)
    names='{"Name":"DiskUsedPercent","Unit":"Percent"}'
    values=",\"DiskUsedPercent\":$disk"
    if [ $# -eq 2 ]; then
      names="$names,{\"Name\":\"GpuMemoryUsedPercent\",\"Unit\":\"Percent\"}"
      values="$values,\"GpuMemoryUsedPercent\":$1,\"gpu_utilization_percent\":$2"
    fi
    say gpu ",\"_aws\":{\"Timestamp\":$(date +%s)000,\"CloudWatchMetrics\":[{\"Namespace\":\"testgen\",\"Dimensions\":[[\"Stack\"]],\"Metrics\":[$names]}]},\"Stack\":\"${STACK:-local}\"$values"
    sleep "${REPORT_EVERY_S:-60}" &
    wait $!
  done
}

get_model() {
  if listed list; then
    say model_present ",\"model\":\"$MODEL\""
  elif [ -n "${MODEL_FILE:-}" ]; then
    say model_import ",\"model\":\"$MODEL\",\"file\":\"$MODEL_FILE\""
    [ -r "$MODEL_FILE" ] || { say model_failed ",\"reason\":\"MODEL_FILE cannot be read\"" error; return 1; }
    printf 'FROM %s\n' "$MODEL_FILE" >"$data/Modelfile"
    ollama create "$MODEL" -f "$data/Modelfile" >"$data/logs/import.log" 2>&1
  else
    say model_pull ",\"model\":\"$MODEL\""
    ollama pull "$MODEL" >"$data/logs/pull.log" 2>&1
  fi
}

# An empty prompt loads the model without writing anything.
load_model() { ollama run "$MODEL" "" --keepalive "$(duration)" </dev/null >"$data/logs/load.log" 2>&1; }
duration() { case $OLLAMA_KEEP_ALIVE in *[a-z]) echo "$OLLAMA_KEEP_ALIVE" ;; *) echo "${OLLAMA_KEEP_ALIVE}s" ;; esac; }

stop() {
  say shutdown
  kill -TERM "$server" 2>/dev/null
  kill "$reporter" 2>/dev/null
  wait "$server"
  code=$?
  rm -f "$pipe"
  exit "$code"
}

mkdir -p "$OLLAMA_MODELS" "$data/logs"
printf '{"model":"%s","context_length":"%s","parallel":"%s","keep_alive":"%s"}\n' \
  "$MODEL" "${OLLAMA_CONTEXT_LENGTH:-}" "${OLLAMA_NUM_PARALLEL:-}" "$OLLAMA_KEEP_ALIVE" >"$data/config.json"

# The server's log goes to the container's and, for the last start and the one before, to the volume.
[ -f "$data/logs/server.log" ] && mv -f "$data/logs/server.log" "$data/logs/server.1.log"
pipe=${TMPDIR:-/tmp}/ollama-log.$$
mkfifo "$pipe"
tee "$data/logs/server.log" <"$pipe" &
ollama serve >"$pipe" 2>&1 &
server=$!
report &
reporter=$!
trap stop TERM INT

attempts=0
until ollama list >/dev/null 2>&1; do
  kill -0 "$server" 2>/dev/null || { say server_failed "" error; exit 1; }
  attempts=$((attempts + 1))
  [ "$attempts" -lt 120 ] || { say server_failed ",\"reason\":\"no answer in 60 s\"" error; kill "$server"; exit 1; }
  sleep 0.5 & wait $!
done

delay=5
until get_model && load_model && listed ps; do # a registry may be away for a while: the container stays and tries again
  kill -0 "$server" 2>/dev/null || exit 1
  say model_failed ",\"model\":\"$MODEL\",\"retry_in_s\":$delay,\"log\":\"$data/logs\"" error
  sleep "$delay" & wait $!
  [ "$delay" -ge 60 ] || delay=$((delay * 2))
done
say model_loaded ",\"model\":\"$MODEL\""

wait "$server"
code=$?
kill "$reporter" 2>/dev/null
rm -f "$pipe"
exit "$code"
