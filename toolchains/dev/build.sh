# What is built where: build/native-release (server, tests), build/wasm-release (the module), build/web (what a browser
# fetches), build/sanitize (the same C++ under ASan and UBSan).

server_program=$repository/build/native-release/sync-server/foyer-server
demo_data_program=$repository/build/native-release/tests/support/demo/foyer-demo-data
jobs=$(nproc)

configure() {
    local preset=$1
    # Ninja configures again by itself when a CMakeLists.txt changed.
    [ -f "build/$preset/build.ninja" ] || step "configure $preset" cmake --preset "$preset"
}

build_server() {
    configure native-release
    step "build the server" cmake --build build/native-release -j "$jobs" --target foyer-server
}

# Invented families, for ./dev run --demo-data and the tests of the console.
build_demo_data() {
    configure native-release
    step "build the invented families" cmake --build build/native-release -j "$jobs" --target foyer-demo-data
}

build_tests() {
    configure native-release
    step "build the server and its tests" cmake --build build/native-release -j "$jobs"
}

build_wasm() {
    configure wasm-release
    step "build the wizard (WebAssembly)" cmake --build build/wasm-release -j "$jobs"
}

build_web() {
    step "bundle the pages" node web/build.mjs --wasm build/wasm-release --native build/native-release --output build/web
}

# Our own C++ files, committed or about to be.
cpp_sources() {
    git ls-files --cached --others --exclude-standard -- '*.cpp' '*.h' | while read -r file; do
        [ -f "$file" ] && echo "$file"
    done
}
