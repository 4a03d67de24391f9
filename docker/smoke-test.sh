#!/bin/sh
# Builds the image, brings source, target and loader up, and checks the image's size, that the loader becomes healthy,
# that rows and a change arrive, that it may and does write to no file, that it is nobody with no capability and gets
# none, that it listens to itself only, shows no password and reads UTF-8, that compose.own.yaml does what its users are
# shown, that progress is drawn on a terminal only, that the loader says when the target is away, that other containers see
# the status page and Prometheus raises an alert if they may, and that it stops in time. Needs a Docker engine with compose;
# takes down all that it started. Other base images: BUILD_IMAGE, BASE_IMAGE, MARIADB_IMAGE, POSTGRES_IMAGE,
# PROMETHEUS_IMAGE; debian/smoke-test.sh makes such, and the engine, where none are to be had.
set -eu
cd "$(dirname "$0")"

# Next to a project that is already up: other names, and any free ports.
export COMPOSE_PROJECT_NAME=postgres-loader-smoke SOURCE_PORT=0 TARGET_PORT=0 PROMETHEUS_PORT=0
PATIENCE=${PATIENCE:-90}
STOP_SECONDS=8
MOST_MEGABYTES=300

if docker compose version > /dev/null 2>&1; then
  any_compose() { docker compose "$@"; }
else
  any_compose() { docker-compose "$@"; }
fi
compose() { any_compose -f compose.yaml "$@"; }
own() { any_compose -f "$copy/docker/compose.own.yaml" -f "$copy/docker/network.yaml" "$@"; }

source_sql() {
  compose exec -T source sh -c \
    'MYSQL_PWD=$(cat /run/secrets/source_root_password) mariadb -u root -N opendental -e "$1"' sql "$1"
}

target_sql() {
  compose exec -T target sh -c '
    export PGPASSWORD="$(cat /run/secrets/target_password)"
    psql -h 127.0.0.1 -U postgres_loader -d opendental_analytics -qAtc "$1"' sql "$1" 2> /dev/null || true
}

say() { echo "smoke-test: $*"; }

fail() {
  say "FAILED: $*" >&2
  compose logs --tail 50 >&2
  exit 1
}

# await WHAT SQL EXPECTED: asks the target until it answers as expected
await() {
  begun=$(date +%s)
  until [ "$(target_sql "$2")" = "$3" ]; do
    [ $(($(date +%s) - begun)) -lt "$PATIENCE" ] || fail "$1: not there after $PATIENCE s (found: $(target_sql "$2"))"
    sleep 1
  done
  say "$1: there after $(($(date +%s) - begun)) s"
}

# page HOST: the first line of what the status page answers to another container that calls the loader by this name
page() {
  compose exec -T target bash -c '
    exec 3<> /dev/tcp/loader/9876
    printf "GET / HTTP/1.0\r\nHost: %s\r\n\r\n" "$1" >&3
    head -n 1 <&3 | tr -d "\r"' page "$1" 2> /dev/null || true
}

# await_query QUERY: until Prometheus has a sample for it
await_query() {
  begun=$(date +%s)
  until compose exec -T prometheus promtool query instant http://127.0.0.1:9090 "$1" 2> /dev/null | grep -q '=>'; do
    [ $(($(date +%s) - begun)) -lt "$PATIENCE" ] || fail "Prometheus has no $1 after $PATIENCE s"
    sleep 1
  done
  say "Prometheus has $1 after $(($(date +%s) - begun)) s"
}

# control_characters: those of the input but line feeds
control_characters() { tr -d '\n' | LC_ALL=C tr -cd '\000-\037\177' | od -An -c; }

# await_health CONTAINER STATE: until the engine's own health check says so
await_health() {
  begun=$(date +%s)
  until [ "$(docker inspect -f '{{.State.Health.Status}}' "$1")" = "$2" ]; do
    [ $(($(date +%s) - begun)) -lt "$PATIENCE" ] || fail "the loader is not $2 after $PATIENCE s"
    sleep 1
  done
  say "the loader is $2 after $(($(date +%s) - begun)) s"
}

# A copy of what compose.own.yaml needs, since own.env and the table list are yours. The sample's databases take the
# place of yours; for that the sample's network is added.
copy_own() {
  mkdir "$copy/docker"
  cp -rp ../config ../routes "$copy"
  cp -rp .env loader.yaml compose.own.yaml observe secrets "$copy/docker"
  sed -e 's/practice-db.example/source/' -e 's/warehouse.example/target/' -e 's/=loader$/=postgres_loader/' \
    own.env.example > "$copy/docker/own.env"
  echo 'services: {own-loader: {networks: [default]}}' > "$copy/docker/network.yaml"
}

clean_up() {
  set +e
  own rm --stop --force
  compose down --volumes
  own down --volumes
  rm -rf "$copy"
}

./make-secrets.sh
copy=$(mktemp -d)
copy_own
trap 'clean_up > /dev/null 2>&1' EXIT
trap 'exit 1' INT TERM

compose build
megabytes=$(($(docker image inspect -f '{{.Size}}' postgres-loader) / 1000000))
[ "$megabytes" -lt "$MOST_MEGABYTES" ] || fail "the image has $megabytes MB, more than $MOST_MEGABYTES"
say "the image has $megabytes MB"

compose up -d
loader=$(compose ps -q loader)
await_health "$loader" healthy

rows=$(source_sql 'SELECT count(*) FROM adjustment')
await "the sample's $rows rows" 'SELECT count(*) FROM raw.adjustment' "$rows"

source_sql 'UPDATE adjustment SET AdjAmt = 4711.25 WHERE AdjNum = 7'
await 'a changed row' 'SELECT "AdjAmt" FROM raw.adjustment WHERE "AdjNum" = 7' 4711.25

source_sql "INSERT INTO adjustment (PatNum, AdjType, AdjNote) VALUES (1, 1, 'new')"
await 'a new row' 'SELECT count(*) FROM raw.adjustment' $((rows + 1))

docker exec -e JAVA_HOME=/no/java "$loader" postgres-loader health | grep -q UP || fail 'the health check needs Java'
docker exec -e LOADER_JAVA_OPTIONS=-Xshare:on "$loader" postgres-loader --version > /dev/null ||
  fail 'the class-data archive does not fit the image'

user=$(docker exec "$loader" id -u)
[ "$user" != 0 ] || fail 'the loader runs as root'
capabilities=$(docker exec "$loader" sed -n 's/^Cap\(Eff\|Prm\|Bnd\):[[:space:]]*//p' /proc/1/status | sort -u)
[ "$capabilities" = 0000000000000000 ] || fail "the loader has capabilities: $capabilities"
docker exec "$loader" grep -q '^NoNewPrivs:[[:space:]]*1$' /proc/1/status || fail 'the loader may gain privileges'
# Any user could write to /var/tmp, if the root file system were not read-only.
for directory in / /app /app/routes /app/config /opt/java /var/tmp; do
  docker exec "$loader" touch "$directory/written" 2> /dev/null && fail "the loader can write to $directory"
done
mounts='/run|/run/secrets|/run/secrets/(source|target)_password|/app|/app/sample|/app/sample/tables\.yml'
written=$(docker diff "$loader" | grep -Ev "^[AC] ($mounts)$" || true)
[ -z "$written" ] || fail "the loader wrote to its root file system: $written"

# Listening sockets (state 0A) with another address than 127.*, which is written in reverse: 0100007F:2694.
listening=$(docker exec "$loader" cat /proc/net/tcp /proc/net/tcp6 | awk '$4 == "0A" && $2 !~ /7F:/ { print $2 }')
[ -z "$listening" ] || fail "the loader listens beyond loopback: $listening"
shown="$(docker inspect "$loader") $(docker logs "$loader" 2>&1) $(docker top "$loader" -ef)"
for secret in secrets/*; do
  case $shown in *"$(cat "$secret")"*) fail "the loader shows ${secret#secrets/}" ;; esac
done
docker exec -e TABLES_FILE=/größe.yml "$loader" postgres-loader plan 2>&1 | grep -q größe ||
  fail 'the loader does not read its environment as UTF-8'

own run --rm -T own-loader analyze --output - > "$copy/config/tables.new" || fail 'compose.own.yaml: no analysis'
head -n 1 "$copy/config/tables.new" | grep -q '^#' && grep -q '^adjustment:$' "$copy/config/tables.new" ||
  fail 'compose.own.yaml: the analysis is not the list alone'
mv "$copy/config/tables.new" "$copy/config/tables.yml"
own run --rm -T own-loader init > /dev/null || fail 'compose.own.yaml: no tracking rows'
own run --rm -T own-loader plan > /dev/null || fail 'compose.own.yaml: no plan'
own up -d
say 'compose.own.yaml: analyzed, planned and started'
await_health "$(own ps -q own-loader)" healthy
own run --rm -T own-loader verify --allow-dead-letters || fail 'compose.own.yaml: source and target differ'
own rm --stop --force > /dev/null 2>&1

compose stop target > /dev/null 2>&1
await_health "$loader" unhealthy
compose start target > /dev/null 2>&1
await_health "$loader" healthy

# A terminal of 80 columns: what draws there must not do so in a file.
drawn=$(docker exec -t -e COLUMNS=80 -e LINES=24 "$loader" postgres-loader verify --allow-dead-letters | control_characters)
case $drawn in *033*) ;; *) fail 'no progress is drawn on a terminal' ;; esac
drawn=$(docker exec "$loader" postgres-loader verify --allow-dead-letters 2>&1 | control_characters)
[ -z "$drawn" ] || fail "control characters without a terminal: $drawn"
drawn=$(docker logs "$loader" 2>&1 | control_characters)
[ -z "$drawn" ] || fail "control characters in the log: $drawn"

export MANAGEMENT_HOST=0.0.0.0
compose up -d loader prometheus
loader=$(compose ps -q loader)
await_health "$loader" healthy
[ "$(page loader:9876)" = 'HTTP/1.1 200 OK' ] || fail "no status page for other containers: $(page loader:9876)"
await_query 'up{job="postgres-loader"} == 1'
source_sql "INSERT INTO adjustment (PatNum, AdjType, AdjNote) VALUES (1, 1, concat('NUL ', char(0)))"
await_query 'ALERTS{alertname="PostgresLoaderDeadLetters"}'

begun=$(date +%s)
docker stop -t "$STOP_SECONDS" "$loader" > /dev/null
seconds=$(($(date +%s) - begun))
# 143 is the end by SIGTERM; 137 would be SIGKILL, after which nothing was in order.
code=$(docker inspect -f '{{.State.ExitCode}}' "$loader")
[ "$code" = 143 ] || fail "the loader ended with $code after SIGTERM instead of 143"
say "the loader stopped in $seconds s"
say 'passed'
