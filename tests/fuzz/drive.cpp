#include "fuzz/drive.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <vector>

#include "fuzz/choices.h"
#include "primer/inference/session.h"
#include "src/model_impl.h"

namespace primer::inference::fuzz {
namespace {

[[noreturn]] void broken(const char* promise, const std::string& detail) {
  std::fprintf(stderr, "fuzz: promise broken: %s: %s\n", promise, detail.c_str());
  std::abort();
}

Outcome refused(const Error& error) {
  if (error.code != ErrorCode::kDamaged && error.code != ErrorCode::kUnsupported &&
      error.code != ErrorCode::kLimitExceeded) {
    broken("a file is damaged, unsupported or above a limit", error.message);
  }
  if (error.message.find(": ") == std::string::npos ||
      error.message.find('\n') != std::string::npos) {
    broken("a refusal is one line that names a rule", error.message);
  }
  return {false, error.message};
}

std::uint64_t hashOf(std::span<const std::byte> bytes) {
  std::uint64_t hash = 14695981039346656037u;  // after FNV-1a, eight bytes at a time
  for (std::size_t i = 0; i < bytes.size(); i += sizeof(std::uint64_t)) {
    std::uint64_t word = 0;
    std::memcpy(&word, bytes.data() + i, std::min(sizeof(word), bytes.size() - i));
    hash = (hash ^ word) * 1099511628211u;
    hash ^= hash >> 29;
  }
  return hash;
}

// Any bytes at all, in one of a few flavours: a program may hand over whatever it was given.
void fill(std::span<std::byte> bytes, ElementType type, Choices& choices) {
  const auto flavour = choices.below(4);
  for (std::size_t i = 0; i < bytes.size(); i += sizeof(std::uint64_t)) {
    const std::uint64_t word = flavour == 0 ? 0 : choices.draw();
    std::memcpy(bytes.data() + i, &word, std::min(sizeof(word), bytes.size() - i));
  }
  if (flavour != 1) return;
  if (type == ElementType::kFloat32) {  // numbers of a usual size
    for (std::size_t i = 0; i + sizeof(float) <= bytes.size(); i += sizeof(float)) {
      const float value = static_cast<float>(choices.draw() % 2001) / 100.0f - 10.0f;
      std::memcpy(bytes.data() + i, &value, sizeof(value));
    }
  } else if (type == ElementType::kInt32 || type == ElementType::kInt64) {  // indices
    const std::size_t width = type == ElementType::kInt32 ? 4 : 8;
    for (std::size_t i = 0; i + width <= bytes.size(); i += width) {
      const auto value = static_cast<std::int64_t>(choices.draw() % 9) - 2;
      std::memcpy(bytes.data() + i, &value, width);
    }
  }
}

using Bytes = std::vector<std::byte>;

// Whole blocks: comparing sanitised vectors byte by byte is slow.
bool same(const Bytes& a, const Bytes& b) {
  return a.size() == b.size() && (a.empty() || std::memcmp(a.data(), b.data(), a.size()) == 0);
}

Bytes outputsOf(const Session& session) {
  Bytes all;
  for (std::size_t i = 0; i < session.model().outputCount(); ++i) {
    const auto bytes = session.outputBytes(i);
    all.insert(all.end(), bytes.begin(), bytes.end());
  }
  return all;
}

void setInputs(Session& session, std::uint64_t seed) {
  Choices choices(seed);
  for (std::size_t i = 0; i < session.model().inputCount(); ++i) {
    fill(session.inputBytes(i), session.model().input(i).type, choices);
  }
}

// What a program may ask of a model that opened.
void look(const Model& model) {
  std::size_t seen = model.metadata("labels") ? 1 : 0;
  for (std::size_t i = 0; i < model.inputCount(); ++i) seen += model.input(i).bytes;
  for (std::size_t i = 0; i < model.outputCount(); ++i) {
    for (const float scale : model.output(i).quantization.scales) seen += scale > 0 ? 1 : 0;
    for (const auto zero : model.output(i).quantization.zero_points) seen += zero > 0 ? 1 : 0;
  }
  if (seen == static_cast<std::size_t>(-1)) broken("sizes are sizes", "");  // keeps the reads
}

bool keepsState(const Model& model) {
  for (const auto& tensor : model.impl().graph.tensors) {
    if (tensor.is_variable) return true;
  }
  return false;
}

}  // namespace

Limits fuzzLimits() {
  Limits limits;
  limits.max_file_bytes = 1 << 20;
  limits.max_arena_bytes = 1 << 17;
  limits.max_work = 1 << 19;
  limits.max_loop_turns = 4096;
  return limits;
}

Outcome drive(std::span<const std::byte> bytes, const Limits& limits) {
  const auto model = Model::fromBytes({bytes.begin(), bytes.end()}, "fuzz", limits);
  if (!model) return refused(model.error());
  look(**model);
  auto session = Session::create(*model);
  if (!session) return refused(session.error());
  const auto seed = hashOf(bytes);
  setInputs(*session, seed);
  if (const auto ran = session->run(); !ran) return refused(ran.error());  // a loop without end
  const auto first = outputsOf(*session);

  SessionOptions keep;
  keep.keep_intermediates = true;
  auto apart = Session::create(*model, keep);
  if (!apart) return refused(apart.error());  // needs more memory
  setInputs(*apart, seed);
  std::size_t observed = 0;
  const auto watched =
      apart->run([&](const OperatorEvent& event) { observed += event.outputs.size(); });
  if (!watched) broken("what ran once runs again", watched.error().message);
  if (!same(outputsOf(*apart), first))
    broken("outputs do not depend on the plan", "kept intermediates");

  setInputs(*session, seed);
  const auto again = session->run();
  if (!keepsState(**model) && (!again || !same(outputsOf(*session), first))) {
    broken("outputs follow from inputs", "the second run differs from the first");
  }
  return {true, {}};
}

}  // namespace primer::inference::fuzz
