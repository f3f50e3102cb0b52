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
