# The module: one .wasm file and no generated JavaScript. What it calls is declared in platform/page.cpp, what it offers
# in main.cpp; web/shell/module.ts is the other side. _initialize runs the constructors.
add_executable(foyer_client main.cpp platform/small_libc.cpp)
set_target_properties(foyer_client PROPERTIES OUTPUT_NAME foyer SUFFIX .wasm)
target_link_libraries(foyer_client PRIVATE
  foyer_flags foyer_no_exceptions foyer_platform foyer_twin foyer_view foyer_wizard foyer_scene)
target_link_options(foyer_client PRIVATE --no-entry -sSTANDALONE_WASM=1 -sALLOW_MEMORY_GROWTH=1 -sTOTAL_STACK=262144
  -sERROR_ON_UNDEFINED_SYMBOLS=0 -sWARN_ON_UNDEFINED_SYMBOLS=0
  -Wl,--wrap=strtod -Wl,--wrap=snprintf)
