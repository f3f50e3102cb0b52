# A guest's life on Debian's own kernel, with cgroup version 2 alone; and what it must not be able to do there.
. /vm/lib.sh
own=/sys/fs/cgroup/vserver/vm

echo "# start, run, change, stop, settle"
guest g1
start g1 settle=1 console=/mnt/console arg=/bin/sh arg=-c arg='echo hello; exec sleep 1000'
expect 'it starts' grep -q '"started"' /tmp/report
expect 'what is run in it is its root' [ "$(inside g1 /bin/sh -c 'echo $(id -u) $(hostname) $(cat /proc/1/comm)')" = '0 g1 vserver-init' ]
expect 'which the host sees as another' [ "$(stat -c %u "/proc/$(sed -n 's/^init=//p' /run/vserver/vm/g1/state)")" = $((65536 + 1000013824)) ]
inside g1 /bin/sh -c 'echo changed >/etc-new; mv /blob /moved; rm /bin/echo; chmod 4755 /bin/hog; chown 33:33 /etc-new'
expect 'the tree is as it was' [ -f /mnt/g1/blob -a ! -e /mnt/g1/etc-new ]
expect 'its exit codes are known' [ "$(inside g1 /bin/sh -c 'exit 9'; grep -c '"exited","code":9' /tmp/report)" = 1 ]

echo "# suspend, resume"
ask suspend run=/run/vserver/vm/g1
expect 'it is frozen' grep -q 'frozen 1' $own/g1/cgroup.events
inside g1 /bin/true
expect 'nothing runs in it then' grep -q '"id":"Suspended"' /tmp/report
ask resume run=/run/vserver/vm/g1
expect 'it goes on' [ "$(inside g1 /bin/sh -c 'echo on')" = on ]

stop g1
expect 'it ends' grep -q '"stopped","step":"signal"' /tmp/report
expect 'it is settled' [ "$(cat /mnt/g1/etc-new)" = changed ]
expect 'with owners as on any disk' [ "$(stat -c %u:%g /mnt/g1/etc-new)" = 33:33 ]
expect 'and modes' [ "$(stat -c %a /mnt/g1/bin/hog)" = 4755 ]
expect 'with names' [ -f /mnt/g1/moved -a ! -e /mnt/g1/blob -a ! -e /mnt/g1/bin/echo ]
expect 'its console was kept' [ "$(cat /mnt/console)" = hello ]
expect 'no cgroup is left' [ ! -d /sys/fs/cgroup/vserver ]
expect 'no mount is left' [ "$(grep -c overlay /proc/mounts)" = 0 ]
[ $failures = 0 ]
