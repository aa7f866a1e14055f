# Sources made while building: the migrations of db/schema and the readings of Chinese characters.
set(GENERATED_DIR ${CMAKE_BINARY_DIR}/generated)
file(MAKE_DIRECTORY ${GENERATED_DIR})
set(GENERATED_SOURCES ${GENERATED_DIR}/schema_files.cpp)

file(GLOB schema_files CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/db/schema/*.sql)
# The list itself is a dependency: taking a file away must write the source anew.
file(CONFIGURE OUTPUT ${GENERATED_DIR}/schema_files.list CONTENT "${schema_files}\n")
add_custom_command(
  OUTPUT ${GENERATED_DIR}/schema_files.cpp
  COMMAND ${Python3_EXECUTABLE} ${CMAKE_SOURCE_DIR}/deploy/cmake/embed_schema.py ${GENERATED_DIR}/schema_files.cpp
    ${schema_files}
  DEPENDS ${schema_files} ${GENERATED_DIR}/schema_files.list ${CMAKE_SOURCE_DIR}/deploy/cmake/embed_schema.py
  COMMENT "Migrations of db/schema" VERBATIM)

file(GLOB pack_readings CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/deploy/cmake/pack_readings.py)
if(pack_readings)
  list(APPEND GENERATED_SOURCES ${GENERATED_DIR}/pinyin_readings.cpp)
  add_custom_command(
    OUTPUT ${GENERATED_DIR}/pinyin_readings.cpp
    COMMAND ${Python3_EXECUTABLE} ${pack_readings} ${GENERATED_DIR}/pinyin_readings.cpp
    DEPENDS ${pack_readings}
    COMMENT "Readings of Chinese characters (Unihan)" VERBATIM)
endif()
# The day of the newest commit: a clock below it is wrong. Configured, so that it changes no other file; 0 outside a clone.
set(BUILT_FROM_S 0)
find_package(Git QUIET)
if(GIT_FOUND)
  execute_process(COMMAND ${GIT_EXECUTABLE} -C ${CMAKE_SOURCE_DIR} log -1 --format=%ct
    OUTPUT_VARIABLE committed OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
  if(committed MATCHES "^[0-9]+$")
    set(BUILT_FROM_S ${committed})
  endif()
endif()
file(CONFIGURE OUTPUT ${GENERATED_DIR}/built_from.cpp CONTENT [[#include <cstdint>
namespace store { extern const std::int64_t built_from_s; const std::int64_t built_from_s = @BUILT_FROM_S@; }
]] @ONLY)
list(APPEND GENERATED_SOURCES ${GENERATED_DIR}/built_from.cpp)
# Made, not ours to read: no warnings, no tidying, no precompiled header (it would only slow them).
set_source_files_properties(${GENERATED_SOURCES} PROPERTIES SKIP_PRECOMPILE_HEADERS ON)
