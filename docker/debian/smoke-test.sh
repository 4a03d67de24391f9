#!/bin/sh
# The smoke test on a machine that can pull no image: makes the images out of Debian's packages, builds the loader's
# image on them, and brings all up. As root on Debian 12:
#   apt-get install --no-install-recommends docker.io docker-compose debootstrap iproute2
#   docker/debian/smoke-test.sh [DIRECTORY]
# The engine is one of its own and ends with the test. What it made stays in the directory (some 3 GB), so that the next
# time takes three to five minutes; without a directory nothing stays.
set -eu
cd "$(dirname "$0")"
directory=${1:-}
if [ -z "$directory" ]; then
  directory=$(mktemp -d)
  trap 'rm -rf "$directory"' EXIT
  trap 'exit 1' INT TERM
fi
export BUILD_IMAGE=local/build BASE_IMAGE=local/debian MARIADB_IMAGE=local/mariadb POSTGRES_IMAGE=local/postgres
export PROMETHEUS_IMAGE=local/prometheus
export DOCKER_BUILDKIT=0

# Building needs the machine's network, and compose's networks one where nothing is in their way.
./engine.sh host "$directory" sh -euc '
  docker image inspect local/prometheus > /dev/null 2>&1 || ./images.sh
  docker build --network=host --build-arg BUILD_IMAGE --build-arg BASE_IMAGE \
    -f ../Dockerfile -t postgres-loader ../..'
./engine.sh apart "$directory" ../smoke-test.sh
