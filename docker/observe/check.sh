#!/bin/sh
# Checks Prometheus' configuration and rules, and runs the unit tests of the alerts. It needs promtool, which is part of
# Prometheus: apt-get install prometheus.
set -eu
cd "$(dirname "$0")"
promtool check config prometheus.yml
promtool test rules alerts.test.yml
