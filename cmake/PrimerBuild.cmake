# Compiler settings that every target of the project shares.

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_CXX_VISIBILITY_PRESET hidden)
set(CMAKE_VISIBILITY_INLINES_HIDDEN ON)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)

# Programs and what they read lie in the build tree as they do when installed: bin/ and share/primer/ side by side.
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)
set(PRIMER_SHARE_BUILD_DIR ${CMAKE_BINARY_DIR}/share/primer)

add_library(primer-build-options INTERFACE)
target_compile_options(primer-build-options INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual -Wcast-qual -Wformat=2
  $<$<BOOL:${PRIMER_WERROR}>:-Werror>
  # g++ 12 sees overlaps in "text" + std::string that are not there (GCC bug 105651).
  $<$<AND:$<CXX_COMPILER_ID:GNU>,$<NOT:$<BOOL:${PRIMER_TIDY}>>>:-Wno-restrict>
  # x86 and ARM must round alike: no fused multiply-add that the source did not ask for.
  -ffp-contract=off)

if(PRIMER_SANITIZE)
  add_compile_options(-fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer -O1 -g1)
  # Sanitizers hide from g++ what is initialised (std::regex among others): its manual says to expect false alarms.
  add_compile_options($<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized>)
  add_link_options(-fsanitize=address,undefined)
endif()

if(PRIMER_FUZZ)
  if(NOT CMAKE_CXX_COMPILER_ID MATCHES Clang)
    message(FATAL_ERROR "PRIMER_FUZZ needs clang: use the preset `fuzz`")
  endif()
  # The conversions of floats that clang leaves out of `undefined` are undefined all the same. Mutators that know the
  # format gain nothing from traced comparisons, which halve the speed.
  set(PRIMER_FUZZ_FLAGS -fsanitize=fuzzer-no-link,address,undefined,float-cast-overflow)
  add_compile_options(${PRIMER_FUZZ_FLAGS} -fno-sanitize-coverage=trace-cmp -fno-sanitize-recover=all
                      -fno-omit-frame-pointer -O1)
  add_compile_definitions(_GLIBCXX_ASSERTIONS)
  add_link_options(${PRIMER_FUZZ_FLAGS})
endif()

if(PRIMER_TIDY)
  find_program(CLANG_TIDY NAMES clang-tidy clang-tidy-14 REQUIRED)
  set(CMAKE_CXX_CLANG_TIDY ${CLANG_TIDY} --quiet --extra-arg-before=-Wno-unknown-warning-option)
endif()

# Faster builds where these happen to be installed; never needed.
find_program(CCACHE ccache)
if(CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE})
endif()
