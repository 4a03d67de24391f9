#!/bin/sh
# Makes up the passwords of compose.yaml that docker/secrets/ does not have yet.
set -eu
cd "$(dirname "$0")"
mkdir -p secrets
# The directory keeps other users out; in the containers the files are read by users other than yours.
chmod 700 secrets
for name in source_root_password source_password target_root_password target_password; do
  if [ ! -s "secrets/$name" ]; then
    od -An -N16 -tx1 /dev/urandom | tr -d ' \n' > "secrets/$name"
    chmod 644 "secrets/$name"
  fi
done
