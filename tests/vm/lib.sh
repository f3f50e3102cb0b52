# What scripts in a virtual machine use: the helper by its requests, guests in /mnt/NAME, and expectations.
helper=/mnt/vserver-helper
failures=0

# ask VERB KEY=VALUE...: the report goes to /tmp/report.
ask() {
    verb=$1
    shift
    printf '%s\0' "$@" >/tmp/request
    $helper "$verb" 3</tmp/request 4>/tmp/report
}

# The ids of guests are of no matter here, but each has its own block.
start() {
    name=$1
    shift
    number=${name#g}
    ask start name="$name" tree="/mnt/$name" upper="/mnt/delta/$name/upper" work="/mnt/delta/$name/work" run="/run/vserver/vm/$name" \
        hostname="$name" id-base=$((number * 65536 + 1000013824)) "$@"
}

inside() {
    name=$1
    shift
    # Each word is an argument.
    for word; do
        set -- "$@" "arg=$word"
        shift
    done
    ask exec run="/run/vserver/vm/$name" "$@"
}

change() {
    name=$1
    shift
    ask limit run="/run/vserver/vm/$name" "$@"
}

stop() { ask stop run="/run/vserver/vm/$1" grace-ms=20000; }

# A tree of its own, by names of the one that was given.
guest() {
    mkdir -p "/mnt/$1" "/mnt/delta/$1"
    cp -a /mnt/tree/. "/mnt/$1/"
}

# expect WHAT TEST...
expect() {
    what=$1
    shift
    if "$@"; then
        echo "ok: $what"
    else
        echo "FAILED: $what: $*; the last report: $(cat /tmp/report)"
        failures=$((failures + 1))
    fi
}

refused() { grep -q "\"id\":\"$1\".*\"target\":\"$2\"" /tmp/report; }
between() { [ "$1" -ge "$2" ] && [ "$1" -le "$3" ]; }

# limits_hold NAME: memory-max=33554432 pids-max=20 cpu-max=200 nice=5, found from inside.
limits_hold() {
    guest=$1
    set -- $(inside "$guest" /bin/hog forks 200)
    expect 'a fork bomb is bounded' between "$2" 1 19
    set -- $(inside "$guest" /bin/hog memory 128)
    expect 'a memory hog is killed' [ "$1" = killed ]
    expect 'below its limit' between "$2" 1 32
    set -- $(inside "$guest" /bin/hog spin 3000 4)
    expect 'spinners are held back' between $(($2 * 1000 / $4)) 1 350
    expect 'its nice value is seen' [ "$(inside "$guest" /bin/hog nice)" = 'nice 5' ]
}

# compete HEAVY LIGHT: two guests with weights of disk time read as much as they get.
compete() {
    for name; do
        # Several, so that each guest always has something waiting, however slow the machine is.
        (printf '%s\0' "run=/run/vserver/vm/$name" arg=/bin/sh arg=-c \
            arg='for i in 1 2 3 4; do hog read /blob 600000 & done; wait' >/tmp/$name && $helper exec 3</tmp/$name 4>/dev/null) &
    done
    until [ "$(reads "$1")" -gt 8 ] && [ "$(reads "$2")" -gt 0 ]; do sleep 1; done
    heavy=$(reads "$1") light=$(reads "$2")
    until [ $(($(reads "$1") + $(reads "$2"))) -gt $((heavy + light + 150)) ]; do sleep 1; done
    heavy=$(($(reads "$1") - heavy)) light=$(($(reads "$2") - light))
    echo "the heavier one read $heavy times, the lighter one $light"
    expect 'the heavier one reads more than twice as much' [ $heavy -gt $((2 * light)) ]
}

# How often a guest has read from the disk, by version 2 or by version 1.
reads() {
    set -- $(sed -n 's/.* rios=\([0-9]*\).*/\1/p' "/sys/fs/cgroup/vserver/vm/$1/io.stat" 2>/dev/null) \
        $(sed -n 's/.* Read \([0-9]*\)$/\1/p' "/sys/fs/cgroup/blkio/vserver/vm/$1/blkio.bfq.io_serviced" 2>/dev/null) 0
    echo "$1"
}

stop_reading() {
    for name; do
        ask stop run="/run/vserver/vm/$name" grace-ms=100
    done
    wait
}
