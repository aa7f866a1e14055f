# Flags, compiler cache and linker, the same for every target.
add_library(warnings INTERFACE)
# Left out on purpose: -Wmissing-field-initializers warns of designated initializers that leave defaults alone.
target_compile_options(warnings INTERFACE -Wall -Wextra -Wpedantic -Wno-missing-field-initializers)
if(CMAKE_CXX_COMPILER_ID STREQUAL GNU AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  # g++ 12 guesses these across inlined optionals and strings of its own library and is wrong (GCC bugs 105651, 105329, 105562):
  # a page of them hides the one that is true. The sanitizers' run finds what these would.
  target_compile_options(warnings INTERFACE -Wno-restrict -Wno-maybe-uninitialized -Wno-array-bounds -Wno-stringop-overflow
    -Wno-stringop-overread -Wno-free-nonheap-object)
endif()
if(WERROR)
  target_compile_options(warnings INTERFACE -Werror)
endif()

if(CMAKE_CXX_FLAGS_RELEASE STREQUAL "-O3 -DNDEBUG")
  set(CMAKE_CXX_FLAGS_RELEASE "-O2 -g1 -DNDEBUG")
endif()
# -pthread everywhere: it defines _REENTRANT, and one precompiled header serves all libraries.
add_compile_options(-fstack-protector-strong -pthread -fPIE)
add_link_options(-pie)
add_compile_definitions(_GLIBCXX_ASSERTIONS)

if(SANITIZE)
  add_compile_options(-fsanitize=${SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=undefined)
  add_link_options(-fsanitize=${SANITIZE})
endif()

find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  # The sloppiness lets ccache work with the precompiled header; the base directory lets build directories share.
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros
    CCACHE_BASEDIR=${CMAKE_SOURCE_DIR} CCACHE_NOHASHDIR=1 ${CCACHE_PROGRAM})
  set(CMAKE_C_COMPILER_LAUNCHER ${CMAKE_CXX_COMPILER_LAUNCHER})
endif()
if(NOT CMAKE_DISABLE_PRECOMPILE_HEADERS AND CMAKE_CXX_COMPILER_ID STREQUAL GNU)
  add_compile_options($<$<COMPILE_LANGUAGE:CXX>:-fpch-preprocess>)
endif()

find_program(MOLD_PROGRAM mold)
if(MOLD_PROGRAM)
  add_link_options(-fuse-ld=mold)
endif()

if(TIDY)
  find_program(CLANG_TIDY_PROGRAM NAMES clang-tidy-19 clang-tidy REQUIRED)
  # g++ compiles; clang only reads, and does not know every flag of g++.
  set(CMAKE_CXX_CLANG_TIDY ${CLANG_TIDY_PROGRAM} --quiet --extra-arg=-Wno-unknown-warning-option)
endif()
