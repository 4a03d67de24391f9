#!/bin/sh
# Load, wait, build: for cron, without any other scheduler. A line for a crontab, at three in the morning:
#   0 3 * * * /opt/postgres-loader/nightly.sh >>/var/log/postgres-loader-nightly.log 2>&1
#
# LOADER  the command that runs the loader (default: docker compose with docker/compose.own.yaml)
# BUILD   the command that builds the models (default: dbt build)
#
# The exit code is that of the first step that failed: 1 a table failed or cannot be complete, 2 configuration, 3 a
# database cannot be used, 4 timed out, 75 the run of the night before is still at work. cron sends the output by mail; no output holds a value of a row.
set -u
cd "$(dirname "$0")/../.." || exit 2
LOADER=${LOADER:-docker compose -f docker/compose.own.yaml run --rm -T own-loader}
BUILD=${BUILD:-dbt build}

# The loader of the last night may still be at work: flock lets only one run at a time.
if [ "${NIGHTLY_LOCKED:-}" != yes ]; then
    exec env NIGHTLY_LOCKED=yes flock -E 75 -n "${TMPDIR:-/tmp}/postgres-loader-nightly.lock" "$0" "$@"
fi

step() {
    "$@"
    code=$?
    if [ "$code" -ne 0 ]; then
        echo "nightly: '$*' ended with exit code $code; the later steps were not run" >&2
        exit "$code"
    fi
}

# The variables hold commands with arguments.
# shellcheck disable=SC2086
step $LOADER once
# now is the source's clock when wait begins; the clock of this machine may differ from it.
# shellcheck disable=SC2086
step $LOADER wait --complete-up-to now --no-dead-letters --load --timeout 2h
# shellcheck disable=SC2086
step $BUILD
