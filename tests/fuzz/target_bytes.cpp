// Any bytes as a file. Coverage guides libFuzzer; a corpus of sound models gives it a start.

#include "fuzz/drive.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  primer::inference::fuzz::drive(std::as_bytes(std::span(data, size)));
  return 0;
}
