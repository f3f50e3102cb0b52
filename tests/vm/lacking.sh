# A kernel with cgroup version 2 that lacks two controllers (cgroup_disable=memory,pids).
. /vm/lib.sh

guest g1
for limit in memory-max=67108864 pids-max=20; do
    start g1 cpu-max=500 $limit
    expect "$limit is refused" refused LimitMissing "${limit%%=*}"
    expect 'and nothing is left' [ ! -d /sys/fs/cgroup/vserver ]
done
ask probe tree=/mnt
expect 'a probe tells' grep -q '"memory-max","ok":false' /tmp/report
expect 'of each' grep -q '"pids-max","ok":false' /tmp/report
expect 'what there is, too' grep -q '"cpu-max","ok":true' /tmp/report
start g1 cpu-max=500
expect 'the others hold' [ "$(cat /sys/fs/cgroup/vserver/vm/g1/cpu.max)" = '50000 100000' ]
stop g1
[ $failures = 0 ]
