// The example of inference/README.md, word for word; readme_test holds the two together and runs
// it.

#include "inference/readme_example.h"

#include <algorithm>

#include "primer/base/check.h"

namespace primer::inference::testing {

// [README example]
Result<int> bestClass(const std::filesystem::path& path, std::span<const std::int8_t> image) {
  PRIMER_ASSIGN(auto model, Model::open(path));
  PRIMER_ASSIGN(auto session, Session::create(model));
  const auto input = session.input<std::int8_t>(0);  // empty if the model takes another type
  PRIMER_VERIFY(input.size() == image.size()) { return -1; }
  std::copy(image.begin(), image.end(), input.begin());
  session.run();
  const auto output = session.output<std::int8_t>(0);
  return static_cast<int>(std::max_element(output.begin(), output.end()) - output.begin());
}
// [README example]

}  // namespace primer::inference::testing
