# A room is a folder of sources that is one library. Its headers are included as "room/header.h", and that path
# exists only for targets that link the room: each room publishes a folder that holds nothing but a link to itself.
# So an arrow that ARCHITECTURE.md does not draw does not compile.
#
#   foyer_room(text SOURCES utf8.cpp fold.cpp LINKS foyer_base [PRIVATE_LINKS nlohmann_json] [EXCEPTIONS])
#
# makes the target foyer_text.
function(foyer_room name)
  cmake_parse_arguments(ROOM "EXCEPTIONS" "" "SOURCES;LINKS;PRIVATE_LINKS" ${ARGN})
  set(target foyer_${name})
  set(public ${CMAKE_BINARY_DIR}/rooms/${name})
  file(MAKE_DIRECTORY ${public})
  if(NOT EXISTS ${public}/${name})
    file(CREATE_LINK ${CMAKE_CURRENT_SOURCE_DIR} ${public}/${name} SYMBOLIC)
  endif()
  if(ROOM_SOURCES)
    add_library(${target} STATIC ${ROOM_SOURCES})
    target_include_directories(${target} PUBLIC ${public})
    target_link_libraries(${target} PUBLIC ${ROOM_LINKS} PRIVATE foyer_flags ${ROOM_PRIVATE_LINKS})
    if(NOT ROOM_EXCEPTIONS)
      target_link_libraries(${target} PRIVATE foyer_no_exceptions)
    endif()
  else()
    add_library(${target} INTERFACE)
    target_include_directories(${target} INTERFACE ${public})
    target_link_libraries(${target} INTERFACE ${ROOM_LINKS})
  endif()
endfunction()

# A Catch2 test program that mirrors one room: foyer_test(text SOURCES utf8_test.cpp LINKS foyer_text)
# It runs in the repository's root, and says how each of its cases went in <build>/test-results/<name>.xml too.
function(foyer_test name)
  cmake_parse_arguments(TEST "" "" "SOURCES;LINKS" ${ARGN})
  add_executable(test_${name} ${TEST_SOURCES})
  target_link_libraries(test_${name} PRIVATE foyer_flags ${TEST_LINKS} foyer_catch2_main)
  set(results ${CMAKE_BINARY_DIR}/test-results)
  file(MAKE_DIRECTORY ${results})
  add_test(NAME ${name}
    COMMAND test_${name} --colour-mode none --reporter console --reporter XML::out=${results}/${name}.xml
    WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
  set_tests_properties(${name} PROPERTIES TIMEOUT 600)
endfunction()
