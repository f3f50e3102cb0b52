#!/usr/bin/env bash
# fuzz.sh SECONDS OUT PROGRAM...: runs each for its part of the time. What breaks one is kept in OUT, and printed.
set -euo pipefail
seconds=$1 out=$2
shift 2
seeds=$(dirname "$0")/seeds
each=$((seconds / $# > 0 ? seconds / $# : 1))
failed=0
for program; do
    name=$(basename "$program" _fuzz)
    mkdir -p "$out/found/$name"
    log=$out/$name.log
    if "$program" -max_total_time="$each" -artifact_prefix="$out/$name-" -print_final_stats=1 "$out/found/$name" "$seeds/$name" >"$log" 2>&1; then
        echo "passed $name: $(sed -n 's/^stat::number_of_executed_units: *//p' "$log") inputs in $each s"
    else
        tail -n 40 "$log"
        echo "failed $name: the input is the file named above; run it again by $program FILE"
        failed=1
    fi
done
exit $failed
