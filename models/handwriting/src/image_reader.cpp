#include "primer/handwriting/image_reader.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <utility>

#include "primer/base/share.h"
#include "primer/inference/model.h"
#include "src/network.h"
#include "src/scoring.h"

namespace primer::handwriting {

namespace {

constexpr int kSide = 28;
constexpr std::size_t kPixels = std::size_t{kSide} * kSide;
constexpr float kMiddle = (kSide - 1) / 2.0f;
constexpr int kInkSide = 20;  // the longest side of the ink in a picture made as MNIST was
constexpr int kLongestSide = 4096;
constexpr std::size_t kDigits = 10;
constexpr std::uint8_t kPaperBelow = 24;  // of 255; specks of scanning are not ink

constexpr std::array<NetworkValue, 1> kInputs = {{{"image", kSide* kSide}}};
constexpr std::array<NetworkValue, 1> kOutputs = {{{"scores", kDigits}}};

using Picture = std::array<float, kPixels>;  // 0 paper .. 1 ink

struct InkBox {
  int left = kLongestSide, top = kLongestSide, right = -1, bottom = -1;  // inclusive
  bool empty() const { return right < left; }
};

InkBox inkBox(const GreyImage& image) {
  InkBox box;
  for (int y = 0; y < image.height; ++y) {
    for (int x = 0; x < image.width; ++x) {
      const auto at = static_cast<std::size_t>(y) * static_cast<std::size_t>(image.width) +
                      static_cast<std::size_t>(x);
      if (image.pixels[at] < kPaperBelow) continue;
      box.left = std::min(box.left, x);
      box.right = std::max(box.right, x);
      box.top = std::min(box.top, y);
      box.bottom = std::max(box.bottom, y);
    }
  }
  return box;
}

// Mean ink of the part of `image` between two corners, given in its pixels.
float meanInk(const GreyImage& image, float left, float top, float right, float bottom) {
  float sum = 0;
  float area = 0;
  const int x1 = std::min(static_cast<int>(std::ceil(right)), image.width);
  const int y1 = std::min(static_cast<int>(std::ceil(bottom)), image.height);
  for (int y = std::max(0, static_cast<int>(top)); y < y1; ++y) {
    const float rows =
        std::min(bottom, static_cast<float>(y + 1)) - std::max(top, static_cast<float>(y));
    for (int x = std::max(0, static_cast<int>(left)); x < x1; ++x) {
      const float columns =
          std::min(right, static_cast<float>(x + 1)) - std::max(left, static_cast<float>(x));
      const auto at = static_cast<std::size_t>(y) * static_cast<std::size_t>(image.width) +
                      static_cast<std::size_t>(x);
      sum += rows * columns * static_cast<float>(image.pixels[at]);
      area += rows * columns;
    }
  }
  return area > 0 ? sum / area / 255.0f : 0.0f;
}

// As MNIST was made: the ink's box fits 20 x 20, its centre of mass lies in the middle of 28 x 28.
Picture normalise(const GreyImage& image, const InkBox& box) {
  const auto width = static_cast<float>(box.right - box.left + 1);
  const auto height = static_cast<float>(box.bottom - box.top + 1);
  const float step = std::max(width, height) / kInkSide;  // source pixels per pixel
  const auto columns = std::max(1, static_cast<int>(std::lround(width / step)));
  const auto rows = std::max(1, static_cast<int>(std::lround(height / step)));
  std::vector<float> small(static_cast<std::size_t>(columns) * static_cast<std::size_t>(rows));
  float mass = 0;
  float moment_x = 0;
  float moment_y = 0;
  for (int y = 0; y < rows; ++y) {
    for (int x = 0; x < columns; ++x) {
      const float left = static_cast<float>(box.left) + static_cast<float>(x) * step;
      const float top = static_cast<float>(box.top) + static_cast<float>(y) * step;
      const float value = meanInk(image, left, top, left + step, top + step);
      small[static_cast<std::size_t>(y) * static_cast<std::size_t>(columns) +
            static_cast<std::size_t>(x)] = value;
      mass += value;
      moment_x += value * static_cast<float>(x);
      moment_y += value * static_cast<float>(y);
    }
  }
  Picture picture{};
  if (mass <= 0) return picture;
  const auto shift_x = static_cast<int>(std::lround(kMiddle - moment_x / mass));
  const auto shift_y = static_cast<int>(std::lround(kMiddle - moment_y / mass));
  for (int y = 0; y < rows; ++y) {
    for (int x = 0; x < columns; ++x) {
      const int to_x = x + shift_x;
      const int to_y = y + shift_y;
      if (to_x < 0 || to_y < 0 || to_x >= kSide || to_y >= kSide) continue;
      picture[static_cast<std::size_t>(to_y) * kSide + static_cast<std::size_t>(to_x)] =
          small[static_cast<std::size_t>(y) * static_cast<std::size_t>(columns) +
                static_cast<std::size_t>(x)];
    }
  }
  return picture;
}

SymbolReading noInk() {
  SymbolReading reading;
  reading.candidates = {{"", 1.0f}, {"0", 0.0f}, {"1", 0.0f}};
  return reading;
}

}  // namespace

struct ImageReader::Impl {
  Network network;
  float temperature = 1;
  float sure_above = 0.9f;
  explicit Impl(Network net) : network(std::move(net)) {}
};

ImageReader::ImageReader(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
ImageReader::~ImageReader() = default;
ImageReader::ImageReader(ImageReader&&) noexcept = default;
ImageReader& ImageReader::operator=(ImageReader&&) noexcept = default;

std::filesystem::path ImageReader::shippedModel() {
  return shareFolder() / "models" / "mnist.tflite";
}

Result<ImageReader> ImageReader::openShipped() { return open(shippedModel()); }

Result<ImageReader> ImageReader::open(const std::filesystem::path& model_path) {
  PRIMER_ASSIGN(auto model, inference::Model::open(model_path));
  const auto metadata = modelMetadata(*model);
  PRIMER_ASSIGN(auto network, Network::create(std::move(model), kInputs, kOutputs));
  auto impl = std::make_unique<Impl>(std::move(network));
  impl->temperature = calibrationNumber(metadata, "temperature", impl->temperature);
  impl->sure_above = calibrationNumber(metadata, "sure_above", impl->sure_above);
  return ImageReader(std::move(impl));
}

Result<SymbolReading> ImageReader::read(const GreyImage& image) {
  if (image.width < 1 || image.height < 1 || image.width > kLongestSide ||
      image.height > kLongestSide) {
    return fail(ErrorCode::kInvalidArgument,
                "a picture's sides must be between 1 and " + std::to_string(kLongestSide));
  }
  const auto pixels =
      static_cast<std::size_t>(image.width) * static_cast<std::size_t>(image.height);
  if (image.pixels.size() != pixels) {
    return fail(ErrorCode::kInvalidArgument, "a picture of " + std::to_string(image.width) + " x " +
                                                 std::to_string(image.height) + " has " +
                                                 std::to_string(pixels) + " pixels, not " +
                                                 std::to_string(image.pixels.size()));
  }
  const auto box = inkBox(image);
  if (box.empty()) return noInk();
  Picture picture;
  if (image.width == kSide && image.height == kSide) {
    std::transform(image.pixels.begin(), image.pixels.end(), picture.begin(),
                   [](std::uint8_t v) { return static_cast<float>(v) / 255.0f; });
  } else {
    picture = normalise(image, box);
  }
  impl_->network.setInput(0, picture);
  impl_->network.run();
  const auto scores = impl_->network.output(0);

  // Spread over the symbols' places, so that ranking is the same code; what is no digit is
  // impossible.
  std::array<float, kSymbolCount> all;
  all.fill(-1e4f);
  const auto zero = *symbolIndex("0");
  std::copy(scores.begin(), scores.end(), all.begin() + static_cast<std::ptrdiff_t>(zero));
  toLogProbabilities(all, impl_->temperature);
  SymbolReading reading;
  reading.candidates = rankCandidates(all, SymbolSet::digits());
  reading.unsure = reading.candidates.front().probability < impl_->sure_above;
  return reading;
}

}  // namespace primer::handwriting
