#pragma once

// A .tflite file, opened and checked.

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "primer/base/result.h"
#include "primer/inference/custom_operator.h"
#include "primer/inference/tensor.h"

namespace primer::inference {

struct ModelFile;

// Bounds that a file must keep; passing one is kLimitExceeded, which names it ("arena-bytes", ...).
// Together they bound the memory that a file can take and the time that opening, planning and
// running it can take. The defaults fit a tablet. A rank is at most 8.
struct Limits {
  std::uint64_t max_file_bytes = 256u << 20;
  // Of each block that a session takes (the arena, its variables, results that depend on constants
  // only) and of each tensor.
  std::uint64_t max_arena_bytes = 256u << 20;
  // What a model holds beside its file: rearranged weights, constants that lie at odd addresses in
  // the file, zero points. Many tensors of a file may share the same bytes: each counts.
  std::uint64_t max_model_bytes = 256u << 20;
  // Multiplications and moved elements of one run: bounds the time that a file can cost. The
  // default is some ten times the largest network that a tablet could run at all, and ends within a
  // minute.
  std::uint64_t max_work = std::uint64_t{1} << 36;
  // Turns of all WHILE loops in one run. What the turns cost counts towards max_work as well.
  std::uint64_t max_loop_turns = 1u << 20;
  // Of the subgraph at which the model begins and, each time that one is called, of those that it
  // calls.
  std::size_t max_tensors = 16384;
  std::size_t max_operators = 16384;
  std::size_t max_operands = 1u << 19;  // inputs and outputs of all operators
  std::size_t max_calls = 4096;         // of subgraphs by IF, WHILE, CALL_ONCE and composites
  int max_call_depth = 16;
};

// Another shape for an input: Model::resized().
struct InputShape {
  std::string name;  // as input() tells it
  Shape shape;
};

// Immutable after opening and safe to share between threads and sessions. The file is mapped, never
// copied, and must not be changed on disk while the model lives.
//
// The loader trusts nothing: files arrive on USB sticks. Every count, index, shape, quantisation
// and option is checked before a kernel sees it; an Error names the tensor or operator and the rule
// that it broke. Codes: kNotFound and kIo for the file, kDamaged for what is not a sound .tflite
// file, kUnsupported for a sound one that this engine cannot run, kLimitExceeded.
class Model {
 public:
  // `custom` holds the operators that the engine does not have; it may be null.
  static Result<std::shared_ptr<const Model>> open(
      const std::filesystem::path& path, const Limits& limits = {},
      std::shared_ptr<const CustomOperators> custom = nullptr);

  // From memory that the model takes over; `name` is what errors call it.
  static Result<std::shared_ptr<const Model>> fromBytes(
      std::vector<std::byte> bytes, std::string name, const Limits& limits = {},
      std::shared_ptr<const CustomOperators> custom = nullptr);

  ~Model();
  Model(const Model&) = delete;
  Model& operator=(const Model&) = delete;

  std::string_view name() const;
  std::uint64_t fileBytes() const;

  // The file's signatures: entries that have a name. What `open` gives begins at the first
  // subgraph, whatever its name.
  std::vector<std::string_view> signatureNames() const;

  // The model as a signature runs it: inputs and outputs are those of the signature, under its
  // names. Shares the file with this one; a session of it has its own variables. kNotFound names
  // the signatures that there are.
  Result<std::shared_ptr<const Model>> signature(std::string_view name) const;

  // The same model for inputs of other shapes, all that follows from them checked anew: before
  // planning, so that a session's memory is fixed as ever. Inputs that are not named keep theirs.
  // Shares the file with this one, but not the rearranged weights. kNotFound for a name; kDamaged
  // or kUnsupported tells the operator that does not accept its new inputs; kLimitExceeded.
  Result<std::shared_ptr<const Model>> resized(std::span<const InputShape> shapes) const;

  // Inputs and outputs of the subgraph at which it begins, in the file's order; `index` is below
  // their count.
  std::size_t inputCount() const;
  std::size_t outputCount() const;
  TensorInfo input(std::size_t index) const;
  TensorInfo output(std::size_t index) const;

  // The index of the input or output of a name: kNotFound tells the names that there are. Where a
  // type is given, kInvalidArgument tells the tensor that is of another.
  Result<std::size_t> findInput(std::string_view name, std::optional<ElementType> type = {}) const;
  Result<std::size_t> findOutput(std::string_view name, std::optional<ElementType> type = {}) const;

  // The whole file, verified: tools read what they need of it through the schema
  // ("primer/inference/tflite_schema.h").
  std::span<const std::byte> bytes() const;

  // The bytes of a metadata entry of the file ("labels", ...), or nothing.
  std::optional<std::span<const std::byte>> metadata(std::string_view name) const;

  // Known to this library only: the checked file.
  struct Impl;
  const Impl& impl() const { return *impl_; }

 private:
  explicit Model(std::unique_ptr<Impl> impl);
  static Result<std::shared_ptr<const Model>> openFile(std::shared_ptr<const ModelFile> file);
  std::unique_ptr<Impl> impl_;
};

}  // namespace primer::inference
