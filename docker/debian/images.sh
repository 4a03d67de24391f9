#!/bin/sh
# Makes the images that ../Dockerfile and ../compose.yaml build on out of Debian's own packages, for a machine that can
# pull none: a base, Maven with a JDK, MariaDB, PostgreSQL, Prometheus; their names begin with local/. Run it as root on
# Debian with debootstrap and a Docker engine; it downloads some 500 MB from Debian's mirror.
set -eu
cd "$(dirname "$0")"
SUITE=${SUITE:-bookworm}
MIRROR=${MIRROR:-http://deb.debian.org/debian}
export DOCKER_BUILDKIT=0

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' INT TERM

# Documentation and locales are removed, as in Debian's own slim image; no package starts a server while it is installed.
debootstrap --variant=minbase "$SUITE" "$work/root" "$MIRROR" > "$work/log" || { tail "$work/log" >&2; exit 1; }
printf 'path-exclude /usr/share/%s/*\n' doc man locale info > "$work/root/etc/dpkg/dpkg.cfg.d/slim"
(cd "$work/root/usr/share" && rm -rf doc/* man/* locale/* info/*)
rm -rf "$work"/root/var/cache/apt/* "$work"/root/var/lib/apt/lists/* "$work"/root/var/log/*
printf '#!/bin/sh\nexit 101\n' > "$work/root/usr/sbin/policy-rc.d"
chmod +x "$work/root/usr/sbin/policy-rc.d"
tar -C "$work/root" -c . | docker import - local/debian

# The network is the machine's, so that it works without a bridge. The CAs that this machine trusts in addition to Debian's come
# along: where a proxy looks into TLS, Maven gets nothing otherwise.
for name in build mariadb postgres prometheus; do
  cp -r "$name" "$work/context"
  mkdir "$work/context/ca"
  cp /usr/local/share/ca-certificates/*.crt "$work/context/ca" 2> /dev/null || true
  docker build --network=host --tag "local/$name" "$work/context"
  rm -r "$work/context"
done
