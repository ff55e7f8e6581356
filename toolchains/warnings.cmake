# What every compilation of our own code asks for; third-party code is included as SYSTEM and not judged.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
if(NOT EMSCRIPTEN) # there it means code for dynamic linking, and is larger
  set(CMAKE_POSITION_INDEPENDENT_CODE ON)
endif()

option(FOYER_TESTS "build the Catch2 tests" ON)
set(FOYER_SANITIZE "" CACHE STRING "sanitizers for our own code, for example address,undefined")

add_library(foyer_flags INTERFACE)
target_compile_options(foyer_flags INTERFACE
  -Wall -Wextra -Wpedantic -Werror -Wshadow -Wconversion -Wsign-conversion -Wold-style-cast
  -Wnon-virtual-dtor -Woverloaded-virtual -Wimplicit-fallthrough)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND NOT CMAKE_BUILD_TYPE STREQUAL "Debug")
  # Once it optimises, gcc follows paths through std::variant and std::string that cannot be taken, and warns of what
  # it finds there. The sanitizers, clang and clang's analyser judge these instead.
  target_compile_options(foyer_flags INTERFACE -Wno-maybe-uninitialized -Wno-restrict -Wno-array-bounds
    -Wno-stringop-overflow -Wno-stringop-overread -Wno-free-nonheap-object)
endif()
if(FOYER_SANITIZE)
  target_compile_options(foyer_flags INTERFACE -fsanitize=${FOYER_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(foyer_flags INTERFACE -fsanitize=${FOYER_SANITIZE})
endif()

# shared/ and wasm-client/ treat errors as values (architecture, decision 5).
add_library(foyer_no_exceptions INTERFACE)
target_compile_options(foyer_no_exceptions INTERFACE -fno-exceptions)
