#include "primer/gesture/gesture_reader.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "primer/base/share.h"
#include "primer/gesture/gesture_features.h"
#include "primer/inference/session.h"

namespace primer::gesture {

namespace {

using handwriting::FlatInk;
using handwriting::PlanePoint;
using inference::ElementType;

constexpr std::array<std::string_view, kGestureCount> kNames = {"writing", "scratch-out", "circle",
                                                                "strike", "insert"};

// Where the file says nothing.
constexpr float kPlainTemperature = 1;
constexpr float kPlainSureAbove = 0.9f;

// More points than a hand makes in one stroke are thinned out.
constexpr std::size_t kMostPoints = 4096;

bool usable(const InkPoint& p) {
  return std::abs(p.x) <= handwriting::kMaxCoordinate &&
         std::abs(p.y) <= handwriting::kMaxCoordinate;  // false for not-a-number as well
}

void append(const Stroke& stroke, FlatInk& ink) {
  const auto before = ink.points.size();
  const std::size_t stride = stroke.size() / kMostPoints + 1;
  for (std::size_t i = 0; i < stroke.size(); i += stride) {
    if (usable(stroke[i])) ink.points.push_back({stroke[i].x, stroke[i].y});
  }
  if (ink.points.size() > before) {
    ink.ends.push_back(static_cast<std::uint32_t>(ink.points.size()));
  }
}

nlohmann::json preparationOf(const inference::Model& model) {
  const auto bytes = model.metadata("primer");
  if (!bytes) return nlohmann::json::object();
  const auto* text = reinterpret_cast<const char*>(bytes->data());
  std::size_t size = bytes->size();
  while (size > 0 && text[size - 1] == '\0') --size;  // padding
  const auto json = nlohmann::json::parse(text, text + size, nullptr, false);
  if (!json.is_object()) return nlohmann::json::object();
  return json.value("preprocessing", nlohmann::json::object());
}

float numberOf(const nlohmann::json& preparation, const char* key, float otherwise) {
  if (!preparation.is_object()) return otherwise;
  const auto value = preparation.find(key);
  if (value == preparation.end() || !value->is_number()) return otherwise;
  const float number = value->get<float>();
  return std::isfinite(number) && number > 0 ? number : otherwise;
}

std::size_t elementsOf(const inference::TensorInfo& tensor) {
  std::size_t count = 1;
  for (const auto side : tensor.shape) count *= static_cast<std::size_t>(side);
  return count;
}

}  // namespace

std::string_view gestureName(Gesture gesture) { return kNames[static_cast<std::size_t>(gesture)]; }

struct GestureReader::Impl {
  std::shared_ptr<const inference::Model> model;
  inference::Session session;
  std::size_t maps = 0;  // places of the inputs
  std::size_t scalars = 0;
  float temperature = kPlainTemperature;
  float sure_above = kPlainSureAbove;
  GestureFeatureMaker maker;
  FlatInk stroke;
  FlatInk beneath;
  GestureFeatures features;

  Impl(std::shared_ptr<const inference::Model> of, inference::Session planned)
      : model(std::move(of)), session(std::move(planned)) {}

  void setInput(std::size_t place, std::span<const float> values) {
    const auto quantization = model->input(place).quantization;
    const float scale = quantization.scale();
    const auto zero = static_cast<float>(quantization.zeroPoint());
    const auto into = session.input<std::int8_t>(place);
    for (std::size_t i = 0; i < values.size(); ++i) {
      const float level = std::round(values[i] / scale) + zero;
      into[i] = static_cast<std::int8_t>(std::clamp(level, -128.0f, 127.0f));
    }
  }

  std::array<float, kGestureCount> chances() {
    setInput(maps, features.maps);
    setInput(scalars, features.scalars);
    std::array<float, kGestureCount> chances{};
    if (!session.run()) {  // cannot be with a model without loops
      chances[0] = 1;
      return chances;
    }
    const auto scores = session.output<std::int8_t>(0);
    const float scale = model->output(0).quantization.scale() / temperature;
    const auto top = *std::max_element(scores.begin(), scores.end());
    float sum = 0;
    for (std::size_t i = 0; i < kGestureCount; ++i) {
      chances[i] = std::exp(scale * static_cast<float>(scores[i] - top));
      sum += chances[i];
    }
    for (auto& chance : chances) chance /= sum;
    return chances;
  }
};

GestureReader::GestureReader(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
GestureReader::~GestureReader() = default;
GestureReader::GestureReader(GestureReader&&) noexcept = default;
GestureReader& GestureReader::operator=(GestureReader&&) noexcept = default;

Result<GestureReader> GestureReader::open(const std::filesystem::path& path) {
  PRIMER_ASSIGN(auto model, inference::Model::open(path));
  const auto unsuitable = [&] {
    return fail(ErrorCode::kUnsupported, path.string() + ": not a model of pen gestures");
  };
  const auto maps = model->findInput("maps", ElementType::kInt8);
  const auto scalars = model->findInput("scalars", ElementType::kInt8);
  if (!maps || !scalars || model->inputCount() != 2 || model->outputCount() != 1 ||
      elementsOf(model->input(*maps)) != GestureFeatures{}.maps.size() ||
      elementsOf(model->input(*scalars)) != GestureFeatures::kScalarCount ||
      model->output(0).type != ElementType::kInt8 ||
      elementsOf(model->output(0)) != kGestureCount) {
    return unsuitable();
  }
  for (const auto& tensor : {model->input(0), model->input(1), model->output(0)}) {
    if (tensor.quantization.scales.size() != 1) return unsuitable();
  }
  const auto preparation = preparationOf(*model);
  PRIMER_ASSIGN(auto session, inference::Session::create(model));
  auto impl = std::make_unique<Impl>(std::move(model), std::move(session));
  impl->maps = *maps;
  impl->scalars = *scalars;
  impl->temperature = numberOf(preparation, "temperature", kPlainTemperature);
  impl->sure_above = numberOf(preparation, "sure_above", kPlainSureAbove);
  return GestureReader(std::move(impl));
}

std::filesystem::path GestureReader::shippedModel() {
  return shareFolder() / "models" / "pen-gestures.tflite";
}

Result<GestureReader> GestureReader::openShipped() { return open(shippedModel()); }

Result<GestureReader> GestureReader::another() const {
  PRIMER_ASSIGN(auto session, inference::Session::create(impl_->model));
  auto impl = std::make_unique<Impl>(impl_->model, std::move(session));
  impl->maps = impl_->maps;
  impl->scalars = impl_->scalars;
  impl->temperature = impl_->temperature;
  impl->sure_above = impl_->sure_above;
  return GestureReader(std::move(impl));
}

GestureReading GestureReader::read(const Stroke& stroke, const Ink& beneath) {
  impl_->stroke.clear();
  impl_->beneath.clear();
  append(stroke, impl_->stroke);
  for (const auto& one : beneath.strokes) append(one, impl_->beneath);
  GestureReading reading;
  // Every gesture is about ink that is there.
  if (impl_->stroke.points.size() < 2 || impl_->beneath.points.empty()) return reading;
  impl_->maker.make(impl_->stroke, impl_->beneath, impl_->features);
  const auto chances = impl_->chances();
  const auto best = std::max_element(chances.begin(), chances.end()) - chances.begin();
  reading.likeliest = static_cast<Gesture>(best);
  reading.probability = chances[static_cast<std::size_t>(best)];
  if (reading.probability >= impl_->sure_above) reading.gesture = reading.likeliest;
  return reading;
}

}  // namespace primer::gesture
