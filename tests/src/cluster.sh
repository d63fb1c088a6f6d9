#!/bin/sh
# A private PostgreSQL server for tests: this one process makes it, watches it and removes it.
#
#   cluster.sh STATE BIN
#
# STATE/lock   every user of the server holds it shared; ten seconds after the last one it stops
# STATE/url    where the server answers; there only while it does
# STATE/home   the server's folder, so that the next one removes what a killed one left
set -eu
state=$1
bin=$2
umask 077

# PostgreSQL refuses to run as root.
identity=
if [ "$(id -u)" = 0 ]; then
    user=postgres
    id -u "$user" >/dev/null 2>&1 || user=nobody
    identity="--reuid=$(id -u "$user") --regid=$(id -g "$user") --clear-groups"
fi

# The signal reaches the server even when this process is killed and can clean up nothing.
serve() {
    # shellcheck disable=SC2086
    exec setpriv $identity --pdeathsig QUIT -- "$@"
}

stop() {
    rm -f "$state/url"
    if [ -n "$server" ]; then
        kill -QUIT "$server" 2>/dev/null || true
        wait "$server" || true
    fi
    rm -rf "$home" "$state/home"
}

if [ -s "$state/home" ]; then
    rm -rf "$(cat "$state/home")"
fi
server=
home=$(mktemp -d /tmp/umbel-tests.XXXXXXXX)
trap stop EXIT
trap 'exit 1' HUP INT TERM
echo "$home" >"$state/home"
cd "$home"

# A language whose messages no test can read: it is there without being installed. What the machine has stays.
mkdir locales
localedef -i de_DE -f UTF-8 --no-archive locales/de_DE.UTF-8 ||
    echo "no German locale: Debian has it in the package locales" >&2
chmod -R go+rX locales
export LOCPATH="$home/locales:/usr/lib/locale"

password=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
echo "$password" >password
[ -z "$identity" ] || chown -R "$user" "$home"

# A subshell, because `serve` replaces the process.
(serve "$bin/initdb" --pgdata=data --username=postgres --auth=scram-sha-256 --pwfile=password \
    --encoding=UTF8 --locale=C.UTF-8 --no-sync --no-instructions)

# Succeeds once the server answers, fails when its port is taken.
start() {
    # Below the range that the kernel gives to outgoing connections.
    port=$(shuf -i 20000-32000 -n 1)
    serve "$bin/postgres" -D data -p "$port" \
        -c listen_addresses=127.0.0.1 -c unix_socket_directories= \
        -c fsync=off -c synchronous_commit=off -c full_page_writes=off \
        -c max_connections=300 -c autovacuum=off -c timezone=UTC &
    server=$!
    until grep -qs '^ready' data/postmaster.pid; do
        kill -0 "$server" 2>/dev/null || return 1
        sleep 0.05
    done
}

tries=1
until start; do
    [ "$tries" -lt 5 ] || exit 1
    tries=$((tries + 1))
done
echo "postgres://postgres:$password@127.0.0.1:$port/postgres" >"$state/url.new"
mv "$state/url.new" "$state/url"

exec 9>>"$state/lock"
idle=0
while [ "$idle" -lt 10 ] && kill -0 "$server" 2>/dev/null; do
    sleep 1
    if flock --exclusive --nonblock 9; then
        idle=$((idle + 1))
        # The last time it is kept: whoever comes now waits until the server is gone, and starts another.
        [ "$idle" -eq 10 ] || flock --unlock 9
    else
        idle=0
    fi
done
