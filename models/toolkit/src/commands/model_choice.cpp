#include "src/commands/model_choice.h"

#include <charconv>
#include <string_view>

#include "src/commands/commands.h"

namespace primer::toolkit {

namespace {

// NAME=1x64x64x3; a name may have an equals sign of its own.
Result<inference::InputShape> readShape(const std::string& text) {
  const auto refused = [&] {
    return fail(ErrorCode::kInvalidArgument,
                "--shape " + text + ": should be like image=1x64x64x3");
  };
  const auto equals = text.rfind('=');
  if (equals == std::string::npos || equals == 0) return refused();
  inference::InputShape input{text.substr(0, equals), {}};
  const char* at = text.data() + equals + 1;
  const char* const end = text.data() + text.size();
  while (true) {
    std::int32_t dimension = 0;
    const auto [next, error] = std::from_chars(at, end, dimension);
    if (error != std::errc() || dimension < 0) return refused();
    input.shape.push_back(dimension);
    if (next == end) return input;
    if (*next != 'x') return refused();
    at = next + 1;
  }
}

}  // namespace

void addModelChoice(CLI::App& command, ModelChoice& choice) {
  command.add_option("model", choice.model, "file, or name of a shipped model")->required();
  command.add_option("--signature", choice.signature, "default: the main graph");
  command.add_option("--shape", choice.shapes, "another shape for an input, like image=1x64x64x3")
      ->take_all();
}

Result<std::shared_ptr<const inference::Model>> openModel(const ModelChoice& choice) {
  std::vector<inference::InputShape> shapes;
  for (const auto& text : choice.shapes) {
    PRIMER_ASSIGN(auto shape, readShape(text));
    shapes.push_back(std::move(shape));
  }
  PRIMER_ASSIGN(auto model, inference::Model::open(modelPath(choice.model)));
  if (!choice.signature.empty()) {
    PRIMER_ASSIGN(model, model->signature(choice.signature));
  }
  if (!shapes.empty()) {
    PRIMER_ASSIGN(model, model->resized(shapes));
  }
  return model;
}

}  // namespace primer::toolkit
