# The browser build, with whichever Emscripten is installed (Debian's 3.1.6 and newer). It finds the compiler, hands
# over to Emscripten's own toolchain file and sets the flags of everything that ends up in the module.
find_program(FOYER_EMCC emcc REQUIRED)
file(REAL_PATH ${FOYER_EMCC} emcc)
cmake_path(GET emcc PARENT_PATH emscripten_root)
if(NOT EXISTS ${emscripten_root}/cmake/Modules/Platform/Emscripten.cmake)
  set(emscripten_root /usr/share/emscripten)
endif()

# Debian's Emscripten finds acorn only when told where Debian keeps node's modules.
if(NOT DEFINED ENV{NODE_PATH} AND EXISTS /usr/share/nodejs/acorn)
  set(ENV{NODE_PATH} /usr/share/nodejs)
endif()
# Debian ships every system library ready; an Emscripten that builds them needs a cache it may write.
if(NOT DEFINED ENV{EM_CACHE} AND NOT EXISTS ${emscripten_root}/cache/sysroot/lib/wasm32-emscripten/lto
   AND NOT EXISTS ${emscripten_root}/cache/sysroot/lib/wasm32-emscripten/libc.a)
  execute_process(COMMAND test -w ${emscripten_root} RESULT_VARIABLE not_writable)
  if(not_writable)
    set(ENV{EM_CACHE} ${CMAKE_CURRENT_LIST_DIR}/../.foyer/emscripten-cache)
  endif()
endif()
# The build itself runs later, in an environment of its own.
set(foyer_emcc_environment)
foreach(variable NODE_PATH EM_CACHE)
  if(DEFINED ENV{${variable}})
    string(APPEND foyer_emcc_environment " ${variable}=$ENV{${variable}}")
  endif()
endforeach()
if(foyer_emcc_environment)
  set_property(GLOBAL PROPERTY RULE_LAUNCH_LINK "${CMAKE_COMMAND} -E env${foyer_emcc_environment}")
endif()

# The rules are asked -O2 in the root CMakeLists.txt; everything else is small first.
set(CMAKE_C_FLAGS_INIT "-fno-exceptions")
set(CMAKE_CXX_FLAGS_INIT "-fno-exceptions -fno-rtti")
foreach(language C CXX)
  set(CMAKE_${language}_FLAGS_DEBUG "-O1 -g" CACHE STRING "")
  set(CMAKE_${language}_FLAGS_MINSIZEREL "-Oz -flto -DNDEBUG" CACHE STRING "")
endforeach()
set(CMAKE_EXE_LINKER_FLAGS_DEBUG "-O1 -g" CACHE STRING "")
set(CMAKE_EXE_LINKER_FLAGS_MINSIZEREL "-Oz -flto" CACHE STRING "")
set(CMAKE_EXE_LINKER_FLAGS_INIT "-sFILESYSTEM=0 -sMALLOC=emmalloc")

include(${emscripten_root}/cmake/Modules/Platform/Emscripten.cmake)
