#!/usr/bin/env bash
# The tasks of build.ps1 for a machine that may have no PowerShell yet: installs what a task needs, finds or makes
# a PowerShell in .engine/ (docs/design/engine.md), then runs build.ps1 in it.
set -euo pipefail

# Debian packages a task needs beyond the .NET 10 SDK. A task also gets those of the tasks named first.
packages_build="gcc make musl-tools"
packages_test="$packages_build debootstrap rpm sqlite3 tmux attr acl libcap2-bin e2fsprogs btrfs-progs xfsprogs strace bubblewrap clang libclang-rt-dev iproute2 nftables busybox-static qemu-system-x86"
packages_demo="$packages_build"
packages_bench="$packages_build debootstrap btrfs-progs xfsprogs duperemove jdupes rdfind rmlint rsync bubblewrap runc crun hyperfine"
packages_pack="$packages_build"
packages_engine="npm"

root=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
engine=$root/.engine/pwsh

fail() { echo "build.sh: $*" >&2; exit 1; }

usage() {
    cat >&2 <<'END'
usage: ./build.sh build | test | demo | bench [NAME] [-Runs N] [-All] [-Check] | pack | clean
       ./build.sh pwsh [ARGUMENT...]     PowerShell with the built module importable by name
END
    exit 2
}

# Installs those of the named Debian packages that are missing. On another system the user sees to what they hold.
install() {
    command -v dpkg-query >/dev/null || return 0
    local found missing=() package
    found=" $(dpkg-query -W -f '${Package}:${db:Status-Status} ' "$@" 2>/dev/null || true)"
    for package; do
        [[ $found == *" $package:installed "* ]] || missing+=("$package")
    done
    [ ${#missing[@]} -gt 0 ] || return 0
    [ "$(id -u)" -eq 0 ] || fail "these packages are missing and only root can install them: apt-get install ${missing[*]}"
    echo "Installing ${missing[*]}..." >&2
    { apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends "${missing[@]}"; } >&2 </dev/null ||
        fail "apt-get could not install ${missing[*]}"
}

require_dotnet() {
    command -v dotnet >/dev/null || fail "the .NET 10 SDK is needed and there is no dotnet on PATH"
    # Programs look for the runtime in a few fixed places only.
    export DOTNET_ROOT=${DOTNET_ROOT:-$(dirname "$(readlink -f "$(command -v dotnet)")")}
    export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 HOME=${HOME:-$(getent passwd "$(id -u)" | cut -d: -f6)}
}

# What the engine was made from: the tool's sources and the user's choice.
engine_key() {
    { find "$root/tools/provision" -type f -print0 | sort -z | xargs -0 cat; echo "${VSERVER_PWSH:-}"; } | sha256sum
}

# Makes .engine/pwsh unless it was made from the same.
provision() {
    local key
    key=$(engine_key)
    [ -x "$engine" ] && [ "$(cat "$root/.engine/stamp" 2>/dev/null)" = "$key" ] && return
    if ! command -v npm >/dev/null && ! command -v pwsh >/dev/null && [ -z "${VSERVER_PWSH:-}" ]; then
        install $packages_engine
    fi
    dotnet run --project "$root/tools/provision/VServer.Provision.csproj" -- "$root" "$key" >&2 </dev/null ||
        fail "there is no PowerShell to run build.ps1 with"
}

run_task() {
    local task=$1
    shift
    exec "$engine" -NoProfile -NonInteractive -File "$root/build.ps1" -Task "${task^}" "$@"
}

[ $# -gt 0 ] || usage
task=$1
shift
case $task in
    build | test | demo | bench | pack)
        wanted=packages_$task
        require_dotnet
        install ${!wanted}
        provision
        run_task "$task" "$@"
        ;;
    pwsh)
        require_dotnet
        install $packages_build
        provision
        # Only what the user asked for goes to standard output.
        log=$(run_task build 2>&1 </dev/null) || { echo "$log" >&2; exit 1; }
        PSModulePath=$root/out${PSModulePath:+:$PSModulePath} exec "$engine" "$@"
        ;;
    clean)
        rm -rf "$root/out"
        ;;
    *)
        usage
        ;;
esac
