# ./dev a11y: every screen, as everybody has to be able to use it, in numbers (tests/a11y).

a11y_usage() {
    cat <<'HELP'
./dev a11y: drives every screen of every procedure, as it is and in error, and prints what was measured beside what
has to hold.

  ./dev a11y            both towns, both projections (canvas, texte), a telephone's window and a desk's: many minutes
  ./dev a11y --quick    every screen at least once: what ./dev test runs
  ./dev a11y --write    write what a screen reader says on each journey into tests/a11y/transcripts, for a review,
                        instead of comparing

Exit codes: 0 everything holds, 1 something does not (each miss is listed), 2 the command is not understood.
HELP
}

command_a11y() {
    local argument
    for argument in "$@"; do
        case $argument in
            --help|-h) a11y_usage; exit 0 ;;
            --quick|--write) ;;
            *) echo "dev: a11y knows no option '$argument'" >&2; a11y_usage >&2; exit 2 ;;
        esac
    done
    setup_for test
    build_server
    build_wasm
    build_web
    FOYER_SERVER=$server_program node tests/a11y/table.mjs "$@"
}
