# Everything we compile or link but do not own, as targets whose headers count as SYSTEM.
#
#   nlohmann_json::nlohmann_json   JSON; wire/ only                                both sides
#   foyer_imgui                    Dear ImGui; web/shell/renderer.ts is its renderer browser
#   foyer_httplib                  cpp-httplib, one header                         server
#   foyer_catch2_main              Catch2 3 with its main()                        tests
#   OpenSSL::Crypto OpenSSL::SSL SQLite::SQLite3 foyer_argon2 foyer_brotli CURL::libcurl Threads::Threads   server
#
# The sources come from third_party.sh, which runs here when they are missing: a plain `cmake --preset` works too.
set(FOYER_THIRD_PARTY ${CMAKE_CURRENT_LIST_DIR}/../.foyer/third_party)
execute_process(COMMAND ${CMAKE_CURRENT_LIST_DIR}/third_party.sh COMMAND_ERROR_IS_FATAL ANY)
cmake_path(NORMAL_PATH FOYER_THIRD_PARTY)

# nlohmann/json. Its folder is shown alone: /usr/include as a whole would hand Emscripten the machine's C library.
# JSON_NOEXCEPTION everywhere, so that no two halves of one program hold different versions of the same inline
# functions. A stray .at() therefore aborts: all reads go through the typed reader in wire/.
find_path(NLOHMANN_HEADERS nlohmann/json.hpp PATHS /usr/include NO_CMAKE_FIND_ROOT_PATH REQUIRED)
file(MAKE_DIRECTORY ${CMAKE_BINARY_DIR}/third_party/nlohmann)
file(CREATE_LINK ${NLOHMANN_HEADERS}/nlohmann ${CMAKE_BINARY_DIR}/third_party/nlohmann/nlohmann SYMBOLIC)
add_library(nlohmann_json::nlohmann_json INTERFACE IMPORTED GLOBAL)
target_include_directories(nlohmann_json::nlohmann_json INTERFACE ${CMAKE_BINARY_DIR}/third_party/nlohmann)
target_compile_definitions(nlohmann_json::nlohmann_json INTERFACE
  JSON_NOEXCEPTION JSON_USE_IMPLICIT_CONVERSIONS=0 JSON_HAS_RANGES=0 JSON_HAS_FILESYSTEM=0 JSON_HAS_EXPERIMENTAL_FILESYSTEM=0)

if(EMSCRIPTEN)
  set(imgui ${FOYER_THIRD_PARTY}/imgui)
  add_library(foyer_imgui STATIC
    ${imgui}/imgui.cpp ${imgui}/imgui_draw.cpp)
  target_include_directories(foyer_imgui SYSTEM PUBLIC ${imgui})
  # What the wizard never shows is never downloaded: 183 KB become 124 (brotli) by these switches.
  target_compile_definitions(foyer_imgui PUBLIC
    IMGUI_DISABLE_DEMO_WINDOWS IMGUI_DISABLE_DEBUG_TOOLS IMGUI_DISABLE_DEFAULT_FONT IMGUI_DISABLE_FILE_FUNCTIONS
    IMGUI_DISABLE_DEFAULT_SHELL_FUNCTIONS IMGUI_DISABLE_OBSOLETE_FUNCTIONS IMGUI_DISABLE_DEFAULT_FORMAT_FUNCTIONS
    IMGUI_USER_CONFIG="${PROJECT_SOURCE_DIR}/wasm-client/view/imgui_config.h")
  target_compile_options(foyer_imgui PRIVATE -w)
else()
  find_package(Threads REQUIRED)
  find_package(OpenSSL REQUIRED)
  find_package(SQLite3 REQUIRED)
  find_package(CURL REQUIRED)
  find_package(ZLIB REQUIRED)

  find_path(ARGON2_HEADERS argon2.h REQUIRED)
  find_library(ARGON2_LIBRARY argon2 REQUIRED)
  add_library(foyer_argon2 INTERFACE IMPORTED GLOBAL)
  target_link_libraries(foyer_argon2 INTERFACE ${ARGON2_LIBRARY})

  find_path(BROTLI_HEADERS brotli/encode.h REQUIRED)
  find_library(BROTLI_ENCODER brotlienc REQUIRED)
  find_library(BROTLI_DECODER brotlidec REQUIRED)
  add_library(foyer_brotli INTERFACE IMPORTED GLOBAL)
  target_link_libraries(foyer_brotli INTERFACE ${BROTLI_ENCODER} ${BROTLI_DECODER})

  file(MAKE_DIRECTORY ${CMAKE_BINARY_DIR}/third_party/httplib)
  file(CREATE_LINK ${FOYER_THIRD_PARTY}/cpp-httplib/httplib.h ${CMAKE_BINARY_DIR}/third_party/httplib/httplib.h SYMBOLIC)
  add_library(foyer_httplib INTERFACE IMPORTED GLOBAL)
  target_include_directories(foyer_httplib INTERFACE ${CMAKE_BINARY_DIR}/third_party/httplib)
  target_link_libraries(foyer_httplib INTERFACE Threads::Threads)

  if(FOYER_TESTS)
    # The amalgamated source is one compilation; tests include the ordinary headers, <catch2/catch_test_macros.hpp>.
    set(catch2 ${FOYER_THIRD_PARTY}/catch2)
    configure_file(${catch2}/src/catch2/catch_user_config.hpp.in
      ${CMAKE_BINARY_DIR}/third_party/catch2/catch2/catch_user_config.hpp)
    add_library(foyer_catch2_main STATIC ${catch2}/extras/catch_amalgamated.cpp)
    target_include_directories(foyer_catch2_main SYSTEM PUBLIC ${catch2}/src ${CMAKE_BINARY_DIR}/third_party/catch2)
    target_compile_options(foyer_catch2_main PRIVATE -w)
  endif()
endif()
