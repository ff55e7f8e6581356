# The module: no generated JavaScript. What it calls is declared in platform/page.cpp, what it offers in main.cpp;
# web/shell/module.ts is the other side. _initialize runs the constructors.
add_executable(foyer_client main.cpp platform/small_libc.cpp)
set_target_properties(foyer_client PROPERTIES OUTPUT_NAME foyer SUFFIX .wasm)
target_link_libraries(foyer_client PRIVATE
  foyer_flags foyer_no_exceptions foyer_platform foyer_twin foyer_view foyer_wizard foyer_scene)
target_link_options(foyer_client PRIVATE --no-entry -sSTANDALONE_WASM=1 -sALLOW_MEMORY_GROWTH=1 -sTOTAL_STACK=262144
  -sERROR_ON_UNDEFINED_SYMBOLS=0 -sWARN_ON_UNDEFINED_SYMBOLS=0
  -Wl,--wrap=strtod -Wl,--wrap=snprintf -Wl,--wrap=sinf -Wl,--wrap=cosf)

# What people fetch is two files: foyer.wasm, and foyer-family.wasm with what only a family that is logged in needs
# (docs/decisions/0007-two-modules.md). The linker leaves Binaryen's part to toolchains/split_module.mjs: -O1, and the
# small C library that -Oz would have taken. Debug builds stay one file, and so does an Emscripten without wasm-split.
find_program(FOYER_WASM_SPLIT wasm-split HINTS ${EMSCRIPTEN_ROOT_PATH}/../bin)
set(seam ${CMAKE_CURRENT_SOURCE_DIR}/wizard/family/seam.h)
if(FOYER_WASM_SPLIT AND EXISTS ${seam} AND NOT CMAKE_BUILD_TYPE STREQUAL "Debug")
  set(splitter ${PROJECT_SOURCE_DIR}/toolchains/split_module.mjs)
  cmake_path(GET FOYER_WASM_SPLIT PARENT_PATH binaryen)
  set_target_properties(foyer_client PROPERTIES OUTPUT_NAME foyer_whole LINK_DEPENDS "${seam};${splitter}")
  target_link_options(foyer_client PRIVATE -O1 -Wl,-lc-optz --profiling-funcs)
  add_custom_command(TARGET foyer_client POST_BUILD
    COMMAND ${FOYER_NODE} ${splitter} --tools ${binaryen} --whole $<TARGET_FILE:foyer_client> --seam ${seam}
      --namespace foyer::wizard::family
      --first ${CMAKE_CURRENT_BINARY_DIR}/foyer.wasm --second ${CMAKE_CURRENT_BINARY_DIR}/foyer-family.wasm
    BYPRODUCTS ${CMAKE_CURRENT_BINARY_DIR}/foyer.wasm ${CMAKE_CURRENT_BINARY_DIR}/foyer-family.wasm
    COMMENT "two modules of one" VERBATIM)
endif()

# The search of addresses, apart: few visits need it, and none at once.
add_executable(foyer_address_search address_module/module.cpp)
set_target_properties(foyer_address_search PROPERTIES OUTPUT_NAME foyer-address SUFFIX .wasm)
target_link_libraries(foyer_address_search PRIVATE foyer_flags foyer_no_exceptions foyer_address)
target_link_options(foyer_address_search PRIVATE --no-entry -sSTANDALONE_WASM=1 -sALLOW_MEMORY_GROWTH=1
  -sERROR_ON_UNDEFINED_SYMBOLS=0 -sWARN_ON_UNDEFINED_SYMBOLS=0)
