# What a test must not set on the machine that it runs on, on Debian's kernel: how cores are taken, what of a process that
# has changed its ids may be looked into, how many namespaces there may be. Beside the helper: tree/, with attempts and watch_joining.
. /vm/lib.sh

# attempt GUEST KEY=VALUE...
attempt() {
    name=$1
    shift
    ask exec run="/run/vserver/vm/$name" "$@" arg=/bin/attempts arg=4711 arg="$bait" >/tmp/attempts
    grep ESCAPED /tmp/attempts
    [ "$(grep -c denied /tmp/attempts)" -ge 45 ] && ! grep -q ESCAPED /tmp/attempts
}

echo "# attempts"
mkdir -p /var/tmp /dev/shm
mkfifo /tmp/silence
/mnt/tree/bin/attempts bait 4711 </tmp/silence >/tmp/bait &
exec 9>/tmp/silence
bait=$!
until grep -q ready /tmp/bait; do kill -0 $bait || exit 1; done
guest g1
start g1
expect 'by root' attempt g1
expect 'by a user' attempt g1 user=1000
guest g2
start g2 privileged=1
expect 'by root of a privileged guest' attempt g2
expect 'by a user of it' attempt g2 user=1000
expect 'what the host has of its null device is as it was' [ "$(stat -c %a /dev/null)" = 666 ]

echo "# cores"
printf '#!/bin/sh\necho "$1" >>/mnt/cores\nexec cat >/dev/null\n' >/mnt/take
chmod +x /mnt/take
echo '|/mnt/take %p' >/proc/sys/kernel/core_pattern
sh -c 'kill -SEGV $$'
expect 'that of a process of the host is taken' [ "$(wc -l </mnt/cores)" = 1 ]
for name in g1 g2; do
    inside $name /bin/sh -c 'kill -SEGV $$'
    expect 'a guest has crashed' grep -q '"signaled","signal":11' /tmp/report
done
expect 'nothing of it was taken' [ "$(wc -l </mnt/cores)" = 1 ]
echo core >/proc/sys/kernel/core_pattern

echo "# looking into what enters, where the host lets cores be made of everything"
echo 1 >/proc/sys/fs/suid_dumpable
printf '%s\0' run=/run/vserver/vm/g1 arg=/bin/watch_joining >/tmp/watch-request
$helper exec 3</tmp/watch-request 4>/tmp/watch-report >/tmp/watch &
until grep -q watching /tmp/watch; do :; done
for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do inside g1 /bin/echo >/tmp/out; done
inside g1 /bin/busybox killall watch_joining
wait $!
expect 'it has met some' grep -q 'seen [1-9]' /tmp/watch
expect 'and looked into none' [ "$(grep -c ESCAPED /tmp/watch)" = 0 ]
echo 0 >/proc/sys/fs/suid_dumpable
stop g1
stop g2

echo "# a caller that is spared when memory runs out"
echo -500 >/proc/$$/oom_score_adj
start g1
echo 0 >/proc/$$/oom_score_adj
expect 'spares no guest' [ "$(inside g1 /bin/cat /proc/self/oom_score_adj)" = 0 ]
expect 'not its process 1' [ "$(inside g1 /bin/cat /proc/1/oom_score_adj)" = 0 ]
inside g1 /bin/sh -c 'echo -1 >/proc/self/oom_score_adj' 2>/tmp/out
expect 'which cannot spare itself' grep -q '"exited","code":[1-9]' /tmp/report
stop g1

echo "# no user namespaces"
echo 0 >/proc/sys/user/max_user_namespaces
start g1
expect 'it is refused' refused NamespaceFailed ''
start g2 privileged=1
expect 'a privileged one runs' [ "$(inside g2 /bin/echo on)" = on ]
stop g2
echo 1000 >/proc/sys/user/max_user_namespaces
start g1
expect 'with some it runs again' [ "$(inside g1 /bin/echo on)" = on ]
stop g1
exec 9>&-
[ $failures = 0 ]
