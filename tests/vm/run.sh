#!/usr/bin/env bash
# Runs a shell script in a virtual machine with Debian's kernel and cgroup version 2, prints what it prints, and ends with
# its exit code; with 77 and the reason on stderr where there can be none, with 99 and the kernel's log when it died.
#   run.sh [-k KERNEL-ARGUMENTS] [-o DRIVE-OPTIONS] FOLDER SCRIPT
# FOLDER becomes /mnt, on ext4: what the script needs, and where it works. It runs in busybox's sh, beside lib.sh.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
kernel=$here/../../out/vm
arguments=
drive=
while getopts k:o: option; do
    case $option in
        k) arguments=$OPTARG ;;
        o) drive=,$OPTARG ;;
        *) exit 2 ;;
    esac
done
shift $((OPTIND - 1))
folder=$1
script=$2

"$here/kernel.sh" "$kernel"
work=$(mktemp -d /var/tmp/vserver-vm-XXXXXX)
trap 'rm -rf "$work"' EXIT

mkdir -p "$work/root/bin" "$work/root/vm"
cp -r "$kernel/lib" "$work/root/lib"
cp "$(command -v busybox)" "$work/root/bin/busybox"
for applet in $(busybox --list); do
    [ "$applet" = busybox ] || ln -s busybox "$work/root/bin/$applet"
done
cp "$here/init" "$here/lib.sh" "$work/root/vm/"
cp "$script" "$work/root/vm/script"
ln -s vm/init "$work/root/init"
chmod +x "$work/root/vm/init"
(cd "$work/root" && find . | busybox cpio -o -H newc 2>/dev/null) >"$work/initrd"

truncate -s 256M "$work/disk"
mkfs.ext4 -q -d "$folder" "$work/disk"

# Without -enable-kvm: it must run, and in the same way, where virtual machines are nested.
: >"$work/console" >"$work/output" >"$work/status"
timeout 400 qemu-system-x86_64 -cpu max -smp 2 -m 512 -nodefaults -no-user-config -display none -no-reboot \
    -kernel "$kernel/vmlinuz" -initrd "$work/initrd" -append "console=ttyS0 quiet panic=-1 $arguments" \
    -drive "file=$work/disk,format=raw,if=virtio,cache=unsafe$drive" \
    -serial "file:$work/console" -serial "file:$work/output" -serial "file:$work/status" >&2 </dev/null || true

cat "$work/output"
status=$(tr -dc 0-9 <"$work/status")
if [ -z "$status" ]; then
    cat "$work/console" >&2
    exit 99
fi
exit "$status"
