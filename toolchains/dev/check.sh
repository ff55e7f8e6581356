# ./dev check: everything that can be said about the sources without using the product. Each check counts as one, each
# unit test program under the sanitizers as one.

check() {
    local name=$1
    shift
    if step "$name" "$@"; then tally 1 0 0 "${name// /-}"; else tally 0 1 0 "${name// /-}"; fi
}

check_formatting() { cpp_sources | xargs -r -d '\n' clang-format --dry-run -Werror; }

# The build that asks for the address and undefined-behaviour sanitizers is also the one that keeps its assertions.
build_sanitize() { configure sanitize && step "build with sanitizers" cmake --build build/sanitize -j "$jobs"; }

run_sanitized() {
    local before after name
    before=$(wc -l < "$tally_file")
    ASAN_OPTIONS=detect_leaks=1 UBSAN_OPTIONS=print_stacktrace=1 run_unit build/sanitize sanitize
    after=$(mktemp)
    # Whole programs are counted here: their cases are counted by ./dev test.
    awk -v before="$before" 'NR <= before { print; next } { print ($2 == 0), ($2 > 0), 0, $4 }' "$tally_file" > "$after"
    mv "$after" "$tally_file"
}

check_types() {
    node_modules/.bin/tsc -p tsconfig.json &&
        { ! compgen -G 'web/*/*_worker.ts' > /dev/null || node_modules/.bin/tsc -p tsconfig.worker.json; }
}

check_portals() {
    local portal status=0
    for portal in shared/portals/*/portal.json; do
        [ -f "$portal" ] || continue
        echo "$portal"
        "$server_program" check-portal "$portal" || status=1
    done
    return $status
}

command_check() {
    local name part all=""
    if [ "${1:-}" = --all ]; then
        all=1
        shift
    fi
    for name in "$@"; do
        case $name in
            format|tidy|web|sanitize|docs) ;;
            --help|-h) usage; exit 0 ;;
            *) fail_usage "check knows no part '$name'" ;;
        esac
    done
    setup_for test
    tally_reset
    for part in format docs web sanitize tidy; do
        [ $# -eq 0 ] || matches "$part" "$@" || continue
        case $part in
            format) check "formatting" check_formatting ;;
            docs)
                check "documents" node toolchains/dev/check_docs.mjs
                if compgen -G 'shared/portals/*/portal.json' > /dev/null; then
                    build_server && check "portal files" check_portals || tally 0 1 0 portal-files
                fi
                ;;
            web)
                check "eslint" node_modules/.bin/eslint .
                if [ -n "$(find web -name '*.ts' -print -quit 2>/dev/null)" ]; then check "types" check_types; fi
                ;;
            sanitize) if build_sanitize; then run_sanitized; else tally 0 1 0 build-sanitize; fi ;;
            tidy)
                # What people use, each time; the tests, which are as many files again, with --all. The sources of the
                # browser are judged by the flags of the browser's build.
                local judged=(shared/ sync-server/ wasm-client/)
                [ -z "$all" ] || judged=()
                if build_sanitize; then
                    check "clang-tidy" node toolchains/dev/tidy.mjs build/sanitize "${judged[@]}"
                else
                    tally 0 1 0 clang-tidy
                fi
                if build_wasm; then
                    check "clang-tidy of the browser's rooms" node toolchains/dev/tidy.mjs build/wasm-release wasm-client/view wasm-client/twin \
                        wasm-client/platform wasm-client/main wasm-client/address_module
                else
                    tally 0 1 0 clang-tidy-wasm
                fi
                ;;
        esac
    done
    tally_close
}
