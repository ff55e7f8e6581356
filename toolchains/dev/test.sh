# ./dev test: three kinds of suites. `unit`: Catch2 programs, by ctest. Others: each folder of tests/ that holds node
# tests (wire, browser, …) is a suite of its own.

# node_tests: the test files of node, as "suite file".
node_tests() {
    grep -rl --include='*.mjs' "node:test" tests 2>/dev/null | sort | grep -v '/support/' | awk -F/ '{ print $2, $0 }' || true
}

unit_names() { ctest --test-dir "$1" -N 2>/dev/null | sed -n 's/^ *Test *#[0-9]*: //p'; }

# matches TEXT NAME…: whether one of the names is in the text, or there are none.
matches() {
    local text=$1 name
    shift
    [ $# -eq 0 ] && return 0
    for name in "$@"; do
        case $text in *"$name"*) return 0 ;; esac
    done
    return 1
}

# run_unit BUILD_FOLDER SUITE NAME…
run_unit() {
    local folder=$1 suite=$2 name chosen=()
    shift 2
    while read -r name; do
        if matches "$suite/$name" "$@"; then chosen+=("$name"); fi
    done < <(unit_names "$folder")
    [ ${#chosen[@]} -eq 0 ] && return 0
    rm -f "$folder"/test-results/*.xml
    local expression
    expression="^($(IFS='|'; echo "${chosen[*]}"))\$"
    step "$suite tests" ctest --test-dir "$folder" -j "$jobs" --output-on-failure --no-tests=error \
        --output-junit "$repository/build/logs/$suite.junit.xml" -R "$expression" || true
    node toolchains/dev/count_catch.mjs "$folder/test-results" "build/logs/$suite.junit.xml" "$suite" "${chosen[@]}" >> "$tally_file"
}

# run_node SUITE FILE…
run_node() {
    local suite=$1 wrapper=()
    shift
    if [ "$suite" = browser ] || [ "$suite" = offline ]; then
        # Firefox and WebKit draw WebGL only on a display; WebKit's driver wants a session bus.
        command -v xvfb-run > /dev/null && wrapper=(xvfb-run -a)
        command -v dbus-run-session > /dev/null && wrapper=(dbus-run-session -- "${wrapper[@]}")
    fi
    local tap=build/logs/$suite.tap
    rm -f "$tap"
    FOYER_SERVER=$server_program FOYER_DEMO_DATA=$demo_data_program \
        step "$suite tests" "${wrapper[@]}" node --test --test-concurrency="$jobs" \
        --test-reporter=spec --test-reporter-destination=stdout \
        --test-reporter=tap --test-reporter-destination="$tap" "$@" || true
    awk -v suite="$suite" '
        /^# pass /      { passed = $3; closed = 1 }
        /^# fail /      { failed = $3 }
        /^# cancelled / { failed += $3 }
        /^# (skipped|todo) / { skipped += $3 }
        END { if (!closed) failed = 1; print passed + 0, failed + 0, skipped + 0, suite }' "$tap" 2>/dev/null >> "$tally_file" ||
        tally 0 1 0 "$suite"
}

command_test() {
    local name suite file files=() suites=()
    for name in "$@"; do
        case $name in
            --help|-h) usage; exit 0 ;;
            # What takes longer than anybody waits for: more of what is left to chance.
            --all) export FOYER_ALL=1; shift ;;
            -*) fail_usage "test knows no option '$name'" ;;
        esac
    done
    setup_for test
    tally_reset
    rm -rf build/logs/failures # what the last run's browser tests have left (tests/browser/support/failures.mjs)

    while read -r suite file; do
        if [ -n "$suite" ] && matches "$file" "$@"; then
            files+=("$suite $file")
            suites+=("$suite")
        fi
    done < <(node_tests)

    if [ $# -gt 0 ]; then
        # Names may want no unit test at all: then the server alone is built. A fresh look, since a test may be new.
        step "configure native-release" cmake --preset native-release || { tally 0 1 0 configure; tally_close; return; }
    fi
    if [ $# -gt 0 ] && ! unit_names build/native-release | sed 's,^,unit/,' | grep -qF "$(printf '%s\n' "$@")"; then
        [ ${#files[@]} -eq 0 ] || { build_server && build_demo_data; } || { tally 0 1 0 build-native; files=(); }
    elif build_tests; then
        run_unit build/native-release unit "$@"
    else
        tally 0 1 0 build-native
    fi
    if [ ${#files[@]} -gt 0 ]; then
        if build_wasm && build_web; then
            for suite in $(printf '%s\n' "${suites[@]}" | sort -u); do
                local of_suite=()
                for file in "${files[@]}"; do
                    [ "${file%% *}" = "$suite" ] && of_suite+=("${file#* }")
                done
                run_node "$suite" "${of_suite[@]}"
            done
        else
            tally 0 1 0 build-web
        fi
    fi
    tally_close
}
