# A room is a static library with one public include folder. Arrows between rooms point one way; this table is the only place
# that says which. Configuring fails when a room asks for another that it may not know, and the test `structure` fails when
# a source file includes a header of a room that its own does not name here.

set(PRIMER_ROOMS base inference toolkit handwriting handwriting-workshop gesture gesture-workshop speech speech-workshop pronunciation pronunciation-workshop knowledge knowledge-workshop writing writing-workshop program maths content storage app ui)
set(PRIMER_MAY_USE_base "")
set(PRIMER_MAY_USE_inference base)
set(PRIMER_MAY_USE_toolkit base inference)
set(PRIMER_MAY_USE_handwriting base inference)
set(PRIMER_MAY_USE_gesture base inference handwriting)
set(PRIMER_MAY_USE_speech base inference)
set(PRIMER_MAY_USE_pronunciation base inference speech)
set(PRIMER_MAY_USE_knowledge base inference)
set(PRIMER_MAY_USE_writing base inference)
# A model's workshop (data readers, architecture, training, evaluation) is not part of the product's run time.
set(PRIMER_MAY_USE_handwriting-workshop base inference toolkit handwriting)
set(PRIMER_MAY_USE_gesture-workshop base inference toolkit handwriting handwriting-workshop gesture)
set(PRIMER_MAY_USE_speech-workshop base inference toolkit speech)
set(PRIMER_MAY_USE_pronunciation-workshop base inference toolkit speech pronunciation)
set(PRIMER_MAY_USE_knowledge-workshop base inference toolkit knowledge)
set(PRIMER_MAY_USE_writing-workshop base inference toolkit writing)
# The program primer-model: toolkit and the workshops of all model rooms, put together.
set(PRIMER_MAY_USE_program base toolkit handwriting-workshop gesture-workshop speech-workshop pronunciation-workshop knowledge-workshop writing-workshop)
set(PRIMER_MAY_USE_maths base)
set(PRIMER_MAY_USE_content base maths)
set(PRIMER_MAY_USE_storage base)
set(PRIMER_MAY_USE_app base handwriting gesture speech pronunciation knowledge writing maths content storage)
set(PRIMER_MAY_USE_ui base app)

# primer_room(NAME SOURCES file... [USES room...] [PUBLIC_LIBS lib...] [PRIVATE_LIBS lib...])
# Makes the library primer-NAME (alias primer::NAME) from SOURCES, with include/ as its public folder.
function(primer_room name)
  cmake_parse_arguments(ROOM "" "" "SOURCES;USES;PUBLIC_LIBS;PRIVATE_LIBS" ${ARGN})
  if(NOT name IN_LIST PRIMER_ROOMS)
    message(FATAL_ERROR "room '${name}' is not in the table of cmake/PrimerRoom.cmake")
  endif()
  foreach(used IN LISTS ROOM_USES)
    if(NOT used IN_LIST PRIMER_MAY_USE_${name})
      message(FATAL_ERROR "room '${name}' may not use room '${used}': see cmake/PrimerRoom.cmake")
    endif()
  endforeach()
  add_library(primer-${name} STATIC ${ROOM_SOURCES})
  add_library(primer::${name} ALIAS primer-${name})
  target_include_directories(primer-${name} PUBLIC $<BUILD_INTERFACE:${CMAKE_CURRENT_SOURCE_DIR}/include>
                                            PRIVATE ${CMAKE_CURRENT_SOURCE_DIR})
  list(TRANSFORM ROOM_USES PREPEND primer::)
  target_link_libraries(primer-${name} PUBLIC ${ROOM_USES} ${ROOM_PUBLIC_LIBS}
                                       PRIVATE ${ROOM_PRIVATE_LIBS} $<BUILD_INTERFACE:primer-build-options>)
endfunction()

# primer_program(NAME SOURCES file... USES room...): a program of the product, built into bin/, installed, and part of the
# target `product`, which is all that a person needs to run Primer.
add_custom_target(product)
function(primer_program name)
  cmake_parse_arguments(PROGRAM "" "" "SOURCES;USES;LIBS" ${ARGN})
  add_executable(${name} ${PROGRAM_SOURCES})
  list(TRANSFORM PROGRAM_USES PREPEND primer::)
  target_link_libraries(${name} PRIVATE ${PROGRAM_USES} ${PROGRAM_LIBS} primer-build-options)
  add_dependencies(product ${name})
  install(TARGETS ${name} RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
endfunction()

# primer_share(SUBFOLDER file...): ships files in share/primer/SUBFOLDER, in the build tree and when installed.
function(primer_share subfolder)
  foreach(file IN LISTS ARGN)
    get_filename_component(leaf ${file} NAME)
    configure_file(${file} ${PRIMER_SHARE_BUILD_DIR}/${subfolder}/${leaf} COPYONLY)
    install(FILES ${file} DESTINATION ${CMAKE_INSTALL_DATADIR}/primer/${subfolder})
  endforeach()
endfunction()

# primer_test(NAME SOURCES file... USES room... [LIBS lib...] [LABEL label] [TIMEOUT seconds]): a GoogleTest program, one ctest per case
# (cross-compiled: one for all of them).
# It runs off screen and finds shipped files and programs in the build tree, by hand as under ctest: see tests/test_main.cpp.
function(primer_test name)
  cmake_parse_arguments(TEST "" "TIMEOUT;LABEL" "SOURCES;USES;LIBS" ${ARGN})
  if(NOT TARGET primer-test-main)
    add_library(primer-test-main OBJECT ${PROJECT_SOURCE_DIR}/tests/test_main.cpp)
    target_compile_definitions(primer-test-main PUBLIC PRIMER_TEST_SHARE="${PRIMER_SHARE_BUILD_DIR}"
                                                       PRIMER_TEST_BIN="${CMAKE_BINARY_DIR}/bin")
    target_link_libraries(primer-test-main PRIVATE GTest::gmock primer-build-options)
  endif()
  add_executable(${name} ${TEST_SOURCES})
  if(PRIMER_SANITIZE)
    # What is tested is instrumented as it is optimised; the tests' own code, a quarter of all files, compiles in two thirds of the time.
    target_compile_options(${name} PRIVATE -O0)
  endif()
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
  list(TRANSFORM TEST_USES PREPEND primer::)
  target_include_directories(${name} PRIVATE ${PROJECT_SOURCE_DIR}/tests)
  target_link_libraries(${name} PRIVATE primer-test-main ${TEST_USES} ${TEST_LIBS} GTest::gmock GTest::gtest primer-build-options)
  if(NOT TEST_LABEL)
    set(TEST_LABEL ${name})
  endif()
  if(NOT TEST_TIMEOUT)
    set(TEST_TIMEOUT 120)
  endif()
  if(CMAKE_CROSSCOMPILING)
    # Under an emulator, starting a program costs more than most of its cases.
    add_test(NAME ${name} COMMAND ${name})
    set_tests_properties(${name} PROPERTIES TIMEOUT 1200 LABELS ${TEST_LABEL})
  else()
    gtest_discover_tests(${name} DISCOVERY_TIMEOUT 60 PROPERTIES TIMEOUT ${TEST_TIMEOUT} LABELS ${TEST_LABEL})
  endif()
endfunction()
if(PRIMER_TESTS)
  include(GoogleTest)
endif()
