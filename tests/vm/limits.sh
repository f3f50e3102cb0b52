# Limits on a host with cgroup version 2 alone. Beside the helper: hog, and tree/, a guest's tree with busybox, hog and
# 8 MiB of something in /blob.
. /vm/lib.sh
top=/sys/fs/cgroup
own=$top/vserver/vm

echo "# a guest with limits"
guest g1
start g1 memory-max=33554432 pids-max=20 cpu-max=200 nice=5
expect 'it starts' grep -q '"started"' /tmp/report
limits_hold g1
expect 'the kernel counts the kill' grep -q 'oom_kill [1-9]' $own/g1/memory.events
expect 'and what was held back' grep -q 'nr_throttled [1-9]' $own/g1/cpu.stat
expect 'and not to be lowered' [ "$(inside g1 /bin/hog nice 0)" = 'refused nice 5' ]
expect 'processes of other guests see it, too' [ "$(cat $own/g1/cpu.weight.nice)" = 5 ]
expect 'what is run in it is in its cgroup' [ "$(inside g1 /bin/cat /proc/self/cgroup)" = '0::/' ]

echo "# a guest that has all its processes"
guest g8
start g8 pids-max=10 arg=/bin/sh arg=-c arg='for i in 1 2 3 4 5 6 7 8; do sleep 1000 & done; wait'
until [ "$(cat $own/g8/pids.current)" = 10 ]; do sleep 1; done
expect 'can still be entered' [ "$(inside g8 /bin/echo in)" = in ]
stop g8

echo "# limits of a running guest"
change g1 memory-max=67108864 pids-max=50
set -- $(inside g1 /bin/hog forks 200)
expect 'more processes' between "$2" 20 49
expect 'more memory' [ "$(inside g1 /bin/hog memory 40)" = 'took 40' ]
set -- $(inside g1 /bin/hog memory 128)
expect 'not all' [ "$1" = killed ]
expect 'no limit of the processor' [ "$(cat $own/g1/cpu.max)" = 'max 100000' ]
expect 'no nice value' [ "$(inside g1 /bin/hog nice)" = 'nice 0' ]
stop g1
expect 'nothing is left' [ ! -d $top/vserver ]

echo "# memory that was not counted"
echo -memory >$top/cgroup.subtree_control
guest g2
start g2
change g2 memory-max=67108864 pids-max=9
expect 'is not limited late' refused LimitUncounted memory-max
expect 'and nothing else is' [ "$(cat $own/g2/pids.max 2>/dev/null || echo max)" = max ]
stop g2
echo +memory >$top/cgroup.subtree_control
start g2
change g2 memory-max=67108864
expect 'where the host counts all' [ "$(cat $own/g2/memory.max)" = 67108864 ]
stop g2

echo "# a guest that is given a cgroup of its own, as systemd is, with the host's root"
guest g3
start g3 init=systemd privileged=1 pids-max=30 memory-max=33554432 arg=/bin/sh arg=-c \
    arg='cd /sys/fs/cgroup; mkdir sub && echo 0 >sub/cgroup.procs; for f in pids.max memory.max ../pids.max ../memory.max; do echo max >$f; done; sleep 1000'
expect 'it starts' grep -q '"started"' /tmp/report
sleep 1
expect 'it has made one below' [ -d $own/g3/guest/sub ]
expect 'its limit of processes stays' [ "$(cat $own/g3/pids.max)" = 30 ]
expect 'its limit of memory stays' [ "$(cat $own/g3/memory.max)" = 33554432 ]
set -- $(inside g3 /bin/hog forks 200)
expect 'and holds' between "$2" 1 29
set -- $(inside g3 /bin/sh -c 'echo $$ >/sys/fs/cgroup/sub/cgroup.procs; exec hog forks 200')
expect 'below as well' between "$2" 1 29
ask stop run=/run/vserver/vm/g3 grace-ms=100
expect 'nothing is left' [ ! -d $top/vserver ]

echo "# a monitor that is killed"
guest g4
start g4 pids-max=30 memory-max=33554432
kill -9 "$(sed -n 's/^monitor=//p' /run/vserver/vm/g4/state)"
stop g4
expect 'nothing is left' [ ! -d $top/vserver ]

echo "# weights of disk time"
guest g5
guest g6
start g5 io-weight=500
expect 'are refused where no disk weighs' refused LimitMissing io-weight
expect 'and nothing is left' [ ! -d $top/vserver ]
modprobe bfq
echo bfq >/sys/block/vda/queue/scheduler
echo 0 >/sys/block/vda/queue/iosched/low_latency
start g5 io-weight=1000
start g6 io-weight=10
expect 'are set' [ "$(cat $own/g5/io.bfq.weight $own/g6/io.bfq.weight | tr '\n' ' ')" = 'default 1000 default 10 ' ]
echo 1 >/sys/block/vda/queue/iosched/strict_guarantees
compete g5 g6
stop_reading g5 g6

echo "# a host without any"
umount $top
guest g7
for limit in memory-max=67108864 pids-max=20 cpu-max=500 io-weight=10; do
    start g7 $limit
    expect "refuses $limit" refused LimitMissing "${limit%%=*}"
done
start g7 nice=3
expect 'runs guests' grep -q '"started"' /tmp/report
expect 'which may be nice' [ "$(inside g7 /bin/hog nice)" = 'nice 3' ]
stop g7
[ $failures = 0 ]
