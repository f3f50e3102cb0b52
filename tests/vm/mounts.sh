# Mounts from a guest's config on an older kernel, which maps owners on ext4 and not on tmpfs.
. /vm/lib.sh

mkdir -p /mnt/shared/sub /tmp/memory /mnt/outside
echo page >/mnt/shared/page
chown 1000:50 /mnt/shared/page

echo "# what is bound and what is memory"
guest g1
start g1 mount-source=/mnt/shared mount-target=/var/www mount-options= \
    mount-source=/mnt/shared/page mount-target=/etc/page mount-options=ro,noexec \
    mount-source= mount-target=/scratch mount-options=size=1048576,mode=750
expect 'it starts' grep -q '"started"' /tmp/report
expect 'owners are mapped' [ "$(inside g1 /bin/busybox stat -c %u:%g /var/www/page)" = 1000:50 ]
inside g1 /bin/sh -c 'echo new >/var/www/new'
expect 'both ways' [ "$(stat -c %u:%g /mnt/shared/new)" = 0:0 ]
expect 'a file alone' [ "$(inside g1 /bin/cat /etc/page)" = page ]
inside g1 /bin/sh -c 'echo x >/etc/page' 2>/dev/null
expect 'is read-only' [ "$(cat /mnt/shared/page)" = page ]
expect 'memory has its mode' [ "$(inside g1 /bin/busybox stat -c %a /scratch)" = 750 ]
expect 'nothing is mounted here' [ -z "$(grep -e /var/www -e /scratch /proc/mounts)" ]
stop g1
expect 'nothing of it is in the tree' [ -z "$(ls /mnt/g1/var/www 2>/dev/null)" ]

echo "# what is refused"
start g1 mount-source=/tmp/memory mount-target=/mnt mount-options=
expect 'a file system that maps no owners' refused MountUnmapped /tmp/memory
ln -s /mnt/outside /mnt/g1/data
start g1 mount-source=/mnt/shared mount-target=/data/in mount-options=
expect 'a link that leads out' refused MountTargetUnsafe /data
expect 'which was not followed' [ -z "$(ls /mnt/outside)" ]
ln -s /mnt/shared /mnt/link
start g1 mount-source=/mnt/link/sub mount-target=/mnt mount-options=
expect 'a link in the source' refused MountSourceUnsafe /mnt/link/sub
start g1 mount-source=/tmp/memory mount-target=/mnt mount-options=noidmap
expect 'with noidmap it starts' grep -q '"started"' /tmp/report
expect 'and shows nobody' [ "$(inside g1 /bin/busybox stat -c %u /mnt)" = 65534 ]
stop g1
[ $failures = 0 ]
