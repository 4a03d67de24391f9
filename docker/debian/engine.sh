#!/bin/sh
# Runs a command with a Docker engine of its own, which ends with the command: for root on a machine where none runs, or
# where none may touch the network.
#   engine.sh host DIRECTORY COMMAND…     containers have the machine's network (docker build --network=host), or none
#   engine.sh apart DIRECTORY COMMAND…    in a network namespace: all networks of compose, and no way out
# Images, containers and volumes are kept in the directory, for the next engine there.
set -eu
network=$1
directory=$2
shift 2
mkdir -p "$directory"
export DOCKER_HOST="unix://$directory/docker.sock"

# Without rules of a firewall, which belongs to the machine.
engine="dockerd --data-root $directory/data --exec-root $directory/exec --host $DOCKER_HOST"
engine="$engine --pidfile $directory/docker.pid --iptables=false --ip6tables=false"
case $network in
  host) $engine --bridge=none > "$directory/log" 2>&1 & ;;
  apart) unshare --net sh -c 'ip link set lo up; exec "$@"' sh $engine > "$directory/log" 2>&1 & ;;
  *) echo "engine.sh: $network is neither host nor apart" >&2; exit 2 ;;
esac
daemon=$!
trap 'kill $daemon; wait $daemon || true; umount "$directory/exec/netns/default" 2> /dev/null || true' EXIT
trap 'exit 1' INT TERM

until docker version > /dev/null 2>&1; do
  kill -0 $daemon 2> /dev/null || { tail "$directory/log" >&2; exit 1; }
  sleep 0.5
done
"$@"
