#include "training/checkpoint.h"

#include <torch/torch.h>

#include <cstring>

#include "primer/base/file_system.h"

namespace primer::toolkit {

namespace {

constexpr char kMagic[] = "PRIMER-CHECKPOINT-3\n";
constexpr std::size_t kMagicBytes = sizeof(kMagic) - 1;
constexpr std::uint64_t kMaxBytes = std::uint64_t{4} << 30;

std::size_t bytesOf(const torch::Tensor& tensor) {
  return static_cast<std::size_t>(tensor.numel()) * sizeof(float);
}

}  // namespace

// The file: magic, length of the head (8 bytes), head (JSON), the tensors' floats in order.
Status saveCheckpoint(const std::filesystem::path& path, const Json& identity,
                      const Progress& progress, const std::vector<torch::Tensor>& state) {
  std::size_t state_bytes = 0;
  for (const auto& tensor : state) state_bytes += bytesOf(tensor);
  const Json head = {{"identity", identity},
                     {"epoch", progress.epoch},
                     {"batch", progress.batch},
                     {"loss_sum", progress.loss_sum},
                     {"right_percent_sum", progress.right_percent_sum},
                     {"step", progress.step},
                     {"seconds", progress.seconds},
                     {"history", progress.history},
                     {"best_epoch", progress.best_epoch},
                     {"best_figure", progress.best_figure},
                     {"state_bytes", state_bytes}};
  const std::string text = head.dump();
  const std::uint64_t length = text.size();
  std::vector<std::byte> bytes(kMagicBytes + sizeof(length) + text.size() + state_bytes);
  std::byte* at = bytes.data();
  const auto put = [&at](const void* from, std::size_t count) {
    std::memcpy(at, from, count);
    at += count;
  };
  put(kMagic, kMagicBytes);
  put(&length, sizeof(length));
  put(text.data(), text.size());
  for (const auto& tensor : state) {
    const auto flat = tensor.contiguous();
    put(flat.data_ptr<float>(), bytesOf(flat));
  }
  return realFileSystem().writeAtomically(path, bytes);
}

Result<Progress> loadCheckpoint(const std::filesystem::path& path, const Json& identity,
                                const std::vector<torch::Tensor>& state) {
  PRIMER_ASSIGN(const auto bytes, realFileSystem().read(path, kMaxBytes));
  const auto damaged = [&] {
    return fail(ErrorCode::kDamaged,
                path.string() + " is not a whole checkpoint; train without --resume");
  };
  std::uint64_t length = 0;
  const std::size_t before_head = kMagicBytes + sizeof(length);
  if (bytes.size() < before_head || std::memcmp(bytes.data(), kMagic, kMagicBytes) != 0) {
    return damaged();
  }
  std::memcpy(&length, bytes.data() + kMagicBytes, sizeof(length));
  if (length > bytes.size() - before_head) return damaged();
  const auto* text = reinterpret_cast<const char*>(bytes.data()) + before_head;
  const Json head = Json::parse(text, text + length, nullptr, false);
  Progress progress;
  std::size_t state_bytes = 0;
  try {
    if (head.at("identity") != identity) {
      return fail(ErrorCode::kInvalidArgument,
                  path.string() + " is of another recipe, seed or data; train without --resume");
    }
    progress.epoch = head.at("epoch").get<int>();
    progress.batch = head.at("batch").get<std::size_t>();
    progress.loss_sum = head.at("loss_sum").get<double>();
    progress.right_percent_sum = head.at("right_percent_sum").get<double>();
    progress.step = head.at("step").get<std::int64_t>();
    progress.seconds = head.at("seconds").get<double>();
    progress.history = head.at("history");
    progress.best_epoch = head.at("best_epoch").get<int>();
    progress.best_figure = head.at("best_figure").get<double>();
    state_bytes = head.at("state_bytes").get<std::size_t>();
  } catch (const Json::exception&) {
    return damaged();
  }
  std::size_t expected = 0;
  for (const auto& tensor : state) expected += bytesOf(tensor);
  if (state_bytes != expected || bytes.size() - before_head - length != expected) return damaged();
  const std::byte* at = bytes.data() + before_head + length;
  for (const auto& tensor : state) {
    auto values = torch::empty(tensor.sizes(), torch::kFloat32);
    std::memcpy(values.data_ptr<float>(), at, bytesOf(values));
    at += bytesOf(values);
    tensor.detach().copy_(values);
  }
  return progress;
}

}  // namespace primer::toolkit
