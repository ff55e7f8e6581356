# Steps: a named piece of work whose output goes to build/logs/<name>.log. One line when it starts, its seconds when it
# ends, the end of its log when it fails. On a terminal the last line of the log is shown while it works.

steps_started=$(date +%s)

# step NAME COMMAND ARGUMENTS…: returns what the command returns.
step() {
    local name=$1
    shift
    local log="build/logs/${name//[^[:alnum:]]/-}.log" started status=0
    mkdir -p build/logs
    started=$(date +%s)
    if [ -t 1 ]; then
        step_with_progress "$name" "$log" "$@" || status=$?
    else
        printf '%s …\n' "$name"
        "$@" > "$log" 2>&1 < /dev/null || status=$?
    fi
    local seconds=$(($(date +%s) - started))
    if [ $status -eq 0 ]; then
        # What takes no time needs no second line.
        if [ -t 1 ] || [ $seconds -ge 2 ]; then printf '%s: done (%s s)\n' "$name" "$seconds"; fi
    else
        printf '%s: FAILED (%s s); the end of %s:\n' "$name" "$seconds" "$log"
        tail -n "${STEP_TAIL:-40}" "$log" | sed 's/^/    /'
    fi
    return $status
}

step_with_progress() {
    local name=$1 log=$2 status=0 width
    shift 2
    width=$(tput cols 2>/dev/null || echo 80)
    "$@" > "$log" 2>&1 < /dev/null &
    local worker=$!
    while kill -0 $worker 2>/dev/null; do
        local line="$name … $(tail -n 1 "$log" 2>/dev/null | tr -d '\r' | tr -c '[:print:]\n' '?')"
        printf '\r\033[K%s' "${line:0:$((width - 1))}"
        read -r -t 0.3 <> <(:) || true
    done
    wait $worker || status=$?
    printf '\r\033[K'
    return $status
}

# The numbers of all suites, one line "passed failed skipped name" each.
tally_file=build/logs/tally
tally_reset() { mkdir -p build/logs; : > "$tally_file"; }
tally() { echo "$1 $2 $3 $4" >> "$tally_file"; }

# Prints a line per suite and the closing line; fails when something failed or nothing ran.
tally_close() {
    awk '{ printf "  %-28s %5d passed, %d failed%s\n", $4, $1, $2, $3 ? ", " $3 " skipped" : "" }' "$tally_file"
    local passed failed skipped
    read -r passed failed skipped < <(awk '{ p += $1; f += $2; s += $3 } END { print p + 0, f + 0, s + 0 }' "$tally_file")
    local closing="$passed passed, $failed failed"
    [ "$skipped" -gt 0 ] && closing="$closing, $skipped skipped"
    if [ -n "${TALLY_SUM:-}" ]; then
        # .ci/run closes with one sum of several commands.
        echo "$passed $failed $skipped" >> "$TALLY_SUM"
        echo "($closing)"
    else
        echo "$closing"
    fi
    if [ $((passed + failed)) -eq 0 ]; then
        echo "nothing ran" >&2
        return 1
    fi
    [ "$failed" -eq 0 ]
}
