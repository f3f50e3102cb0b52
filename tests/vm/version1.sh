# Limits on a host with cgroup version 1 alone. Beside the helper: tree/, a guest's tree with busybox, hog and 8 MiB of
# something in /blob.
. /vm/lib.sh
top=/sys/fs/cgroup
umount $top
mount -t tmpfs none $top
for hierarchy in cpu,cpuacct memory pids blkio freezer; do
    mkdir $top/$hierarchy
    mount -t cgroup -o $hierarchy none $top/$hierarchy
done
# As hosts with two in one have it.
ln -s cpu,cpuacct $top/cpu
ln -s cpu,cpuacct $top/cpuacct
left() { find $top -type d -name vserver | grep -c . ; }

echo "# a guest with limits"
guest g1
start g1 memory-max=33554432 pids-max=20 cpu-max=200 nice=5
expect 'it starts' grep -q '"started"' /tmp/report
limits_hold g1
expect 'processes of other guests see it, too' [ "$(cat $top/cpu/vserver/vm/g1/cpu.shares)" = 335 ]

echo "# limits of a running guest"
change g1 memory-max=67108864 pids-max=50 io-weight=0
set -- $(inside g1 /bin/hog forks 200)
expect 'more processes' between "$2" 20 49
expect 'more memory' [ "$(inside g1 /bin/hog memory 40)" = 'took 40' ]
expect 'no limit of the processor' [ "$(cat $top/cpu/vserver/vm/g1/cpu.cfs_quota_us)" = -1 ]
ask suspend run=/run/vserver/vm/g1
change g1 memory-max=67108864 pids-max=60
expect 'a suspended one stays so' [ "$(cat $top/freezer/vserver/vm/g1/freezer.state)" = FROZEN ]
expect 'and is limited' [ "$(cat $top/pids/vserver/vm/g1/pids.max)" = 60 ]
stop g1
expect 'nothing is left' [ "$(left)" = 0 ]

echo "# a monitor that is killed"
guest g4
start g4 pids-max=30 memory-max=33554432
kill -9 "$(sed -n 's/^monitor=//p' /run/vserver/vm/g4/state)"
stop g4
expect 'nothing is left' [ "$(left)" = 0 ]

echo "# weights of disk time"
modprobe bfq
echo bfq >/sys/block/vda/queue/scheduler
echo 0 >/sys/block/vda/queue/iosched/low_latency
echo 1 >/sys/block/vda/queue/iosched/strict_guarantees
guest g5
guest g6
start g5 io-weight=1000
start g6
change g6 io-weight=10
expect 'are set' [ "$(cat $top/blkio/vserver/vm/g5/blkio.bfq.weight $top/blkio/vserver/vm/g6/blkio.bfq.weight | tr '\n' ' ')" = '1000 10 ' ]
compete g5 g6
stop_reading g5 g6
expect 'nothing is left' [ "$(left)" = 0 ]
[ $failures = 0 ]
