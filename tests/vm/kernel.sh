#!/usr/bin/env bash
# Has Debian's own kernel ready in a folder: vmlinuz, and the modules that virtual machines of the tests may want with
# what they need. Downloaded and unpacked, never installed. Says on stderr why there is none, and ends with 77 then.
#   kernel.sh FOLDER
set -euo pipefail

folder=$1
modules="virtio_pci virtio_blk ext4 crc32c_generic overlay bfq loop"

skip() { echo "$*" >&2; exit 77; }

[ "$(uname -m)" = x86_64 ] || skip "the virtual machine's kernel is for x86_64 only"
for program in qemu-system-x86_64 apt-get dpkg-deb busybox mkfs.ext4; do
    command -v $program >/dev/null || skip "there is no $program"
done

mkdir -p "$folder"
exec 9>"$folder/lock"
flock 9
[ -e "$folder/complete" ] && exit

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
chmod 755 .

# What the newest kernel of this Debian is called.
package() { apt-cache depends linux-image-amd64 2>/dev/null | sed -n 's/^ *Depends: \(linux-image-[0-9].*\)/\1/p' | head -n 1; }
image=$(package)
if [ -z "$image" ]; then
    apt-get -qq update >/dev/null 2>&1 || true
    image=$(package)
fi
[ -n "$image" ] || skip "apt knows no linux-image-amd64"
apt-get -qq download "$image" >/dev/null 2>&1 || { apt-get -qq update && apt-get -qq download "$image"; } >/dev/null 2>&1 || skip "$image cannot be downloaded"
dpkg-deb -x "$image"_*.deb all

version=$(basename all/lib/modules/*)
busybox depmod -b "$work/all" "$version"
mkdir -p "lib/modules/$version"
dependencies=all/lib/modules/$version/modules.dep
for module in $modules; do
    grep "/$module\.ko:" "$dependencies" || skip "$image has no module $module"
done | tr -d : | tr ' ' '\n' | sort -u | while read -r path; do
    path=${path#/lib/modules/$version/}
    install -D -m 644 "all/lib/modules/$version/$path" "lib/modules/$version/$path"
done
cp "all/lib/modules/$version/modules.builtin" "lib/modules/$version/"
busybox depmod -b "$work" "$version"

rm -rf "$folder/lib" "$folder/vmlinuz"
cp all/boot/vmlinuz-* "$folder/vmlinuz"
cp -r lib "$folder/lib"
touch "$folder/complete"
