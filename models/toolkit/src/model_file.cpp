#include "src/model_file.h"

#include <algorithm>
#include <cstring>

#include "primer/base/file_system.h"

namespace primer::toolkit {

namespace {

constexpr std::uint64_t kMaxFileBytes = 1u << 30;

bool indicesInside(const std::vector<std::int32_t>& indices, std::size_t count, bool optional) {
  return std::all_of(indices.begin(), indices.end(), [&](std::int32_t index) {
    return (optional && index == -1) || (index >= 0 && static_cast<std::size_t>(index) < count);
  });
}

// Every index that the toolkit follows must point at something.
Status checkIndices(const tflite::ModelT& model, std::string_view name) {
  const auto damaged = [&](const std::string& what) {
    return fail(ErrorCode::kDamaged, std::string(name) + ": " + what);
  };
  if (model.subgraphs.empty()) return damaged("the file holds no graph");
  for (const auto& graph : model.subgraphs) {
    const auto tensors = graph->tensors.size();
    for (const auto& tensor : graph->tensors) {
      if (tensor->buffer >= model.buffers.size()) {
        return damaged("tensor '" + tensor->name + "' names a buffer that is not there");
      }
    }
    if (!indicesInside(graph->inputs, tensors, false) ||
        !indicesInside(graph->outputs, tensors, false)) {
      return damaged("an input or output of the graph names a tensor that is not there");
    }
    for (std::size_t i = 0; i < graph->operators.size(); ++i) {
      const auto& op = *graph->operators[i];
      if (op.opcode_index >= model.operator_codes.size() ||
          !indicesInside(op.inputs, tensors, true) || !indicesInside(op.outputs, tensors, false)) {
        return damaged("operator " + std::to_string(i) + " names something that is not there");
      }
    }
  }
  for (const auto& entry : model.metadata) {
    if (entry->buffer >= model.buffers.size()) {
      return damaged("metadata '" + entry->name + "' names a buffer that is not there");
    }
  }
  return {};
}

// A list with an entry that is not there: the format allows it, the object API cannot write it.
template <typename Object>
bool hasGap(const std::vector<std::unique_ptr<Object>>& objects) {
  return std::find(objects.begin(), objects.end(), nullptr) != objects.end();
}

// A union that names a kind and holds nothing.
template <typename Union>
bool isHollow(const Union& options) {
  return options.value == nullptr && static_cast<int>(options.type) != 0;
}

bool hasGap(const tflite::TensorT& tensor) {
  if (tensor.sparsity == nullptr) return false;
  if (hasGap(tensor.sparsity->dim_metadata)) return true;
  return std::any_of(tensor.sparsity->dim_metadata.begin(), tensor.sparsity->dim_metadata.end(),
                     [](const auto& level) {
                       return isHollow(level->array_segments) || isHollow(level->array_indices);
                     });
}

// What the object API reads from a sound FlatBuffer and would crash on when it is written.
Status checkObjects(tflite::ModelT& model, std::string_view name) {
  const auto damaged = [&](const std::string& what) {
    return fail(ErrorCode::kDamaged, std::string(name) + ": " + what);
  };
  bool gap = hasGap(model.subgraphs) || hasGap(model.buffers) || hasGap(model.operator_codes) ||
             hasGap(model.metadata) || hasGap(model.signature_defs);
  for (std::size_t i = 0; !gap && i < model.subgraphs.size(); ++i) {
    gap = hasGap(model.subgraphs[i]->tensors) || hasGap(model.subgraphs[i]->operators);
  }
  for (std::size_t i = 0; !gap && i < model.signature_defs.size(); ++i) {
    gap = hasGap(model.signature_defs[i]->inputs) || hasGap(model.signature_defs[i]->outputs);
  }
  if (gap) return damaged("a list of the file has an entry that is not there");
  for (const auto& graph : model.subgraphs) {
    for (std::size_t i = 0; i < graph->operators.size(); ++i) {
      const auto& op = *graph->operators[i];
      if (isHollow(op.builtin_options) || isHollow(op.builtin_options_2)) {
        return damaged("operator " + std::to_string(i) + " names options that are not there");
      }
    }
    for (const auto& tensor : graph->tensors) {
      if (hasGap(*tensor)) {
        return damaged("tensor '" + tensor->name + "' names indices that are not there");
      }
      if (tensor->quantization != nullptr && isHollow(tensor->quantization->details)) {
        tensor->quantization->details.Reset();  // nothing is lost
      }
    }
  }
  return {};
}

std::vector<std::string> namesOf(
    const tflite::ModelT& model, const std::vector<std::int32_t>& tensors,
    std::vector<std::unique_ptr<tflite::TensorMapT>> tflite::SignatureDefT::*names) {
  std::vector<std::string> found;
  for (const auto index : tensors) {
    found.push_back(model.subgraphs[0]->tensors[static_cast<std::size_t>(index)]->name);
    for (const auto& signature : model.signature_defs) {
      if (signature->subgraph_index != 0) continue;
      for (const auto& entry : (*signature).*names) {
        if (entry->tensor_index == static_cast<std::uint32_t>(index)) found.back() = entry->name;
      }
    }
  }
  return found;
}

}  // namespace

std::vector<std::string> inputNames(const tflite::ModelT& model) {
  return namesOf(model, model.subgraphs[0]->inputs, &tflite::SignatureDefT::inputs);
}

std::vector<std::string> outputNames(const tflite::ModelT& model) {
  return namesOf(model, model.subgraphs[0]->outputs, &tflite::SignatureDefT::outputs);
}

Result<ModelObject> parseModel(std::span<const std::byte> bytes, std::string_view name) {
  const auto* data = reinterpret_cast<const std::uint8_t*>(bytes.data());
  if (bytes.size() < 8 || !tflite::ModelBufferHasIdentifier(data)) {
    return fail(ErrorCode::kDamaged, std::string(name) + ": not a .tflite file");
  }
  flatbuffers::Verifier verifier(data, bytes.size(), 64, 10'000'000);
  if (!tflite::VerifyModelBuffer(verifier)) {
    return fail(ErrorCode::kDamaged,
                std::string(name) + ": the .tflite file is cut short or damaged");
  }
  ModelObject model(tflite::GetModel(data)->UnPack());
  if (model->buffers.empty()) model->buffers.push_back(std::make_unique<tflite::BufferT>());
  PRIMER_TRY(checkObjects(*model, name));
  PRIMER_TRY(checkIndices(*model, name));
  for (const auto& buffer : model->buffers) {
    if (buffer->offset > 1) {
      return fail(
          ErrorCode::kUnsupported,
          std::string(name) + ": weights outside the FlatBuffer are not read by the toolkit");
    }
  }
  return model;
}

Result<std::vector<std::byte>> readFile(const std::filesystem::path& path) {
  auto bytes = realFileSystem().read(path, kMaxFileBytes);
  // A folder in a file's place is an input that cannot be used, not a wrong command line.
  if (!bytes && bytes.error().code == ErrorCode::kInvalidArgument) {
    return fail(ErrorCode::kDamaged, bytes.error().message);
  }
  return bytes;
}

tflite::BuiltinOperator operatorCode(const tflite::ModelT& model, const tflite::OperatorT& op) {
  const auto& code = *model.operator_codes[op.opcode_index];
  return static_cast<tflite::BuiltinOperator>(std::max<std::int32_t>(
      code.deprecated_builtin_code, static_cast<std::int32_t>(code.builtin_code)));
}

std::string operatorName(tflite::BuiltinOperator code) {
  const char* name = tflite::EnumNameBuiltinOperator(code);
  return *name != '\0' ? name : "operator " + std::to_string(static_cast<int>(code));
}

std::uint32_t internOperatorCode(tflite::ModelT& model, tflite::BuiltinOperator code, int version) {
  for (std::size_t i = 0; i < model.operator_codes.size(); ++i) {
    const auto& known = *model.operator_codes[i];
    if (known.builtin_code == code && known.version == version && known.custom_code.empty()) {
      return static_cast<std::uint32_t>(i);
    }
  }
  auto added = std::make_unique<tflite::OperatorCodeT>();
  added->builtin_code = code;
  added->deprecated_builtin_code =
      static_cast<std::int8_t>(std::min<std::int32_t>(static_cast<std::int32_t>(code), 127));
  added->version = version;
  model.operator_codes.push_back(std::move(added));
  return static_cast<std::uint32_t>(model.operator_codes.size() - 1);
}

std::uint32_t addBuffer(tflite::ModelT& model, std::span<const std::byte> bytes) {
  auto buffer = std::make_unique<tflite::BufferT>();
  const auto* begin = reinterpret_cast<const std::uint8_t*>(bytes.data());
  buffer->data.assign(begin, begin + bytes.size());
  model.buffers.push_back(std::move(buffer));
  return static_cast<std::uint32_t>(model.buffers.size() - 1);
}

template <typename T>
std::vector<T> constantValues(const tflite::ModelT& model, const tflite::TensorT& tensor) {
  const auto& data = model.buffers[tensor.buffer]->data;
  std::vector<T> values(data.size() / sizeof(T));
  if (values.empty()) return values;  // a memcpy from nowhere is undefined, even of nothing
  std::memcpy(values.data(), data.data(), values.size() * sizeof(T));
  return values;
}
template std::vector<float> constantValues(const tflite::ModelT&, const tflite::TensorT&);
template std::vector<std::uint8_t> constantValues(const tflite::ModelT&, const tflite::TensorT&);
template std::vector<std::int16_t> constantValues(const tflite::ModelT&, const tflite::TensorT&);
template std::vector<std::uint16_t> constantValues(const tflite::ModelT&, const tflite::TensorT&);
template std::vector<std::int8_t> constantValues(const tflite::ModelT&, const tflite::TensorT&);
template std::vector<std::int32_t> constantValues(const tflite::ModelT&, const tflite::TensorT&);
template std::vector<std::int64_t> constantValues(const tflite::ModelT&, const tflite::TensorT&);

void setMetadata(tflite::ModelT& model, const std::string& name, std::span<const std::byte> bytes) {
  const auto it = std::find_if(model.metadata.begin(), model.metadata.end(),
                               [&](const auto& entry) { return entry->name == name; });
  if (it != model.metadata.end()) {
    const auto* begin = reinterpret_cast<const std::uint8_t*>(bytes.data());
    model.buffers[(*it)->buffer]->data.assign(begin, begin + bytes.size());
    return;
  }
  auto entry = std::make_unique<tflite::MetadataT>();
  entry->name = name;
  entry->buffer = addBuffer(model, bytes);
  model.metadata.push_back(std::move(entry));
}

std::size_t elementCount(const std::vector<std::int32_t>& shape) {
  std::size_t count = 1;
  for (const auto dimension : shape) count *= static_cast<std::size_t>(std::max(dimension, 0));
  return count;
}

std::size_t elementBytes(tflite::TensorType type) {
  switch (type) {
    case tflite::TensorType::FLOAT32:
    case tflite::TensorType::INT32:
    case tflite::TensorType::UINT32:
      return 4;
    case tflite::TensorType::FLOAT16:
    case tflite::TensorType::BFLOAT16:
    case tflite::TensorType::INT16:
    case tflite::TensorType::UINT16:
      return 2;
    case tflite::TensorType::INT64:
    case tflite::TensorType::UINT64:
    case tflite::TensorType::FLOAT64:
    case tflite::TensorType::COMPLEX64:
      return 8;
    case tflite::TensorType::INT8:
    case tflite::TensorType::UINT8:
    case tflite::TensorType::BOOL:
      return 1;
    default:
      return 0;
  }
}

}  // namespace primer::toolkit
