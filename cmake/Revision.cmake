cmake_minimum_required(VERSION 3.23)
# Writes OUTPUT, a header with the revision of SOURCE_DIR; touches it only when that changes.
execute_process(COMMAND git -C ${SOURCE_DIR} describe --always --dirty --abbrev=12 --exclude=*
                OUTPUT_VARIABLE revision OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
if(NOT revision)
  set(revision "unknown")
endif()
file(CONFIGURE OUTPUT ${OUTPUT} CONTENT "#pragma once\n\ninline constexpr const char* kSourceRevision = \"@revision@\";\n" @ONLY)
