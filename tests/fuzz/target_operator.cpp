// Models of one operator, made from the bytes that libFuzzer chooses. PRIMER_FUZZ_SAVE=FILE writes
// the model, so that a finding can be kept as a file that outlives the generator.

#include <cstdlib>
#include <fstream>

#include "fuzz/drive.h"
#include "fuzz/generator.h"

namespace fuzz = primer::inference::fuzz;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::Choices choices(size, {data, size});
  const auto model = fuzz::oneOperatorModel(choices);
  static const char* const save = std::getenv("PRIMER_FUZZ_SAVE");
  if (save != nullptr) {
    std::ofstream(save, std::ios::binary)
        .write(reinterpret_cast<const char*>(model.data()),
               static_cast<std::streamsize>(model.size()));
  }
  fuzz::drive(std::as_bytes(std::span(model)));
  return 0;
}
