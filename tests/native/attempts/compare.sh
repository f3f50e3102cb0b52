#!/usr/bin/env bash
# compare.sh HELPER ATTEMPTS: runs the attempts in a guest, in a privileged guest, under "unshare --mount-proc chroot" and
# under bwrap, each as root and as an ordinary user, on a terminal as an interactive shell has one. Prints a table; fails
# when something has escaped from the guest, or from the privileged one.
set -euo pipefail
helper=$1 attempts=$2
tricks=(write append truncate chmod chown utime setxattr link rename)
number=$((0x10000000 + $$))
folder=$(mktemp -d /var/tmp/vserver-attempts.XXXXXX)

clean() {
    [ -z "${bait_input:-}" ] || { exec {bait_input}>&-; wait "$bait" || true; }
    rm -rf --one-file-system "$folder"
}
trap clean EXIT

tree_make() {
    mkdir -p "$1"/{bin,dev,etc,proc,root,run,sys,tmp,var/tmp}
    chmod 1777 "$1/tmp" "$1/var/tmp"
    cp "$attempts" "$1/bin/attempts"
    printf 'root:x:0:0:root:/root:/bin/sh\njoe:x:1000:1000::/tmp:/bin/sh\n' >"$1/etc/passwd"
    mkdir -m 777 "$1/shared"
    for trick in "${tricks[@]}"; do
        echo "shared" >"$1/shared/$trick"
        chmod 666 "$1/shared/$trick"
        chown 1000:1000 "$1/shared/$trick"
    done
}

# Another guest's names of the same files: whatever is done, this must not change.
shared_facts() { (cd "$folder/other/shared" && stat -c '%n %i %h %s %a %u %g %.Y %.Z' "${tricks[@]}"); }

guest() { # COLUMN USER KEY=VALUE...
    local column=$1 user=$2 base=2000000000
    shift 2
    printf '%s\0' "name=$column" "tree=$folder/$column" "upper=$folder/delta-$column/upper" "work=$folder/delta-$column/work" \
        "run=$folder/run/attempts/$column" "hostname=$column" "id-base=$base" ephemeral=1 discard=1 tty=1 "user=$user" \
        arg=/bin/attempts "arg=$number" "arg=$bait" "$@" >"$folder/request"
    on_terminal "$helper start 3<$folder/request 4>$folder/report"
    grep -q '"event":"exited"' "$folder/report" || { cat "$folder/report" >&2; return 1; }
}

chrooted() { # COLUMN USER
    on_terminal "unshare --mount --pid --fork --mount-proc=$folder/$1/proc chroot --userspec=$2:$2 $folder/$1 /bin/attempts $number $bait"
}

wrapped() { # COLUMN USER
    on_terminal "bwrap --unshare-all --uid $2 --gid $2 --bind $folder/$1 / --proc /proc --dev /dev /bin/attempts $number $bait"
}

# With a folder of the host left open, as careless callers do, and an input that never ends.
on_terminal() { script -qefc "$1" /dev/null 9</ 0<>"$folder/silence" >"$folder/output" || true; }

column_run() { # COLUMN COMMAND...
    local column=$1 before after trick
    cp -al "$folder/other" "$folder/$column"
    before=$(shared_facts)
    "${@:2:1}" "$column" "${@:3}"
    after=$(shared_facts)
    tr -d '\r' <"$folder/output" | grep -E '^(denied|ESCAPED) ' >"$folder/$column.out" || { cat "$folder/output" >&2; return 1; }
    for trick in "${tricks[@]}"; do
        if [ "$(grep "^$trick " <<<"$before")" = "$(grep "^$trick " <<<"$after")" ]; then echo "denied shared_$trick"; else echo "ESCAPED shared_$trick"; fi
    done | sed -i '/ shared_tricks$/ { r /dev/stdin
d }' "$folder/$column.out"
}

tree_make "$folder/other"
mkfifo "$folder/bait-input" "$folder/silence"
"$attempts" bait "$number" <"$folder/bait-input" >"$folder/bait-output" &
bait=$!
exec {bait_input}>"$folder/bait-input"
until grep -q ready "$folder/bait-output"; do kill -0 "$bait" || { echo "the bait could not be put up" >&2; exit 1; }; done

columns=(guest guest-user privileged privileged-user chroot chroot-user)
column_run guest guest 0
column_run guest-user guest 1000
column_run privileged guest 0 privileged=1
column_run privileged-user guest 1000 privileged=1
column_run chroot chrooted 0
column_run chroot-user chrooted 1000
if command -v bwrap >/dev/null; then
    columns+=(bwrap bwrap-user)
    column_run bwrap wrapped 0
    column_run bwrap-user wrapped 1000
else
    echo "There is no bwrap to compare with." >&2
fi

{
    echo "attempt ${columns[*]}"
    cut -d' ' -f2 "$folder/guest.out" | while read -r name; do
        echo "$name$(for column in "${columns[@]}"; do sed -n "s/ $name\$//p" "$folder/$column.out" | sed 's/^/ /'; done | tr -d '\n')"
    done
    echo "ESCAPED$(for column in "${columns[@]}"; do echo -n " $(grep -c ^ESCAPED "$folder/$column.out" || true)"; done)"
} | awk '{ printf "| %-24s |", $1; for (i = 2; i <= NF; i++) printf " %-15s |", $i; print "" } NR == 1 { printf "|---|"; for (i = 2; i <= NF; i++) printf "---|"; print "" }'
! grep -q '^ESCAPED' "$folder"/{guest,guest-user,privileged,privileged-user}.out
