#include "src/commands/model_choice.h"

#include "src/commands/commands.h"
#include "src/model_file.h"

namespace primer::toolkit {

namespace {

Status checkSignature(const inference::Model& model, const std::string& name) {
  PRIMER_ASSIGN(const auto object, parseModel(model.bytes(), model.name()));
  std::string known;
  for (const auto& signature : object->signature_defs) {
    if (signature->signature_key == name) {
      if (signature->subgraph_index == 0) return {};
      return fail(ErrorCode::kUnsupported,
                  "signature '" + name + "' is not of the main graph: not in this version");
    }
    known += (known.empty() ? "" : ", ") + signature->signature_key;
  }
  return fail(ErrorCode::kNotFound, std::string(model.name()) + " has no signature '" + name +
                                        "' (it has: " + (known.empty() ? "none" : known) + ")");
}

}  // namespace

void addModelChoice(CLI::App& command, ModelChoice& choice) {
  command.add_option("model", choice.model, "file, or name of a shipped model")->required();
  command.add_option("--signature", choice.signature, "default: the main graph");
}

Result<std::shared_ptr<const inference::Model>> openModel(const ModelChoice& choice) {
  PRIMER_ASSIGN(auto model, inference::Model::open(modelPath(choice.model)));
  if (!choice.signature.empty()) PRIMER_TRY(checkSignature(*model, choice.signature));
  return model;
}

}  // namespace primer::toolkit
