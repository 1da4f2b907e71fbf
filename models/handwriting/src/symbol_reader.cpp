#include "primer/handwriting/symbol_reader.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "primer/base/share.h"
#include "primer/handwriting/ink_features.h"
#include "primer/handwriting/personal_templates.h"
#include "primer/inference/model.h"
#include "src/digit_likeness.h"
#include "src/network.h"
#include "src/scoring.h"

namespace primer::handwriting {

namespace {

constexpr std::array<NetworkValue, 3> kInputs = {{
    {"maps", InkFeatures::kMapSide* InkFeatures::kMapSide* InkFeatures::kMapChannels},
    {"points", InkFeatures::kPointCount* InkFeatures::kPointChannels},
    {"scalars", InkFeatures::kScalarCount},
}};

// The digits, and last: not mirrored.
constexpr std::size_t kMirroredClasses = 11;
constexpr std::array<NetworkValue, 3> kOutputs = {{
    {"scores", kSymbolCount},
    {"mirrored", kMirroredClasses},
    {"features", SymbolScores::kFeatureCount},
}};
enum Output : std::size_t { kScores, kMirrored, kFeatures };

// Used where the file says nothing: scores as they are, and caution.
constexpr float kPlainTemperature = 1;
constexpr float kPlainSureAbove = 0.9f;
constexpr float kPlainMirroredAbove = 0.95f;

// Ink that the allowed symbols explain worse than this, next to all others, is not sure, however
// clearly one of them beats the rest: a "-" is not a digit.
constexpr float kLeastAllowedShare = 0.02f;

// A letter or sign that is allowed, and likelier than this among all symbols, is no digit in the
// mirror.
constexpr float kOtherAtMost = 0.05f;
// What the mirror image must be worth as the digit that it is said to be (it or a letter that it
// looks like).
constexpr float kImageAtLeast = 0.5f;
// A mirrored 2 and an S-shaped 5 are nearly one shape, and so are their mirror images. From this
// chance on both are offered and nothing is sure; above kTwinsSure the mirrored one is.
constexpr float kTwinsPossible = 0.25f;
constexpr float kTwinsSure = 0.95f;

// Where junk's score comes as near as this to the best, nothing is sure: most of what other scripts
// are taken for, and few symbols, have it so near.
constexpr float kJunkNear = 3.5f;

// Well within kJunkNear, so that what this turns from junk to a letter is never sure.
constexpr float kJunkLeadAmongLetters = 1.5f;
static_assert(kJunkLeadAmongLetters < kJunkNear);

constexpr float kCertainJunkLead = 5;  // nats by which ink that cannot be a symbol is junk

bool labelsFit(const nlohmann::json& metadata) {
  const auto labels = metadata.find("labels");
  if (labels == metadata.end()) return true;  // says nothing
  if (!labels->is_object() || !labels->contains("scores")) return false;
  const auto& list = labels->at("scores");
  if (!list.is_array() || list.size() != kSymbolCount) return false;
  for (std::size_t i = 0; i < kSymbolCount; ++i) {
    if (!list[i].is_string() || list[i].get_ref<const std::string&>() != symbolText(i))
      return false;
  }
  return true;
}

void mirror(FlatInk& ink) {
  for (auto& p : ink.points) p.x = -p.x;
}

// The digit that a symbol is, or nothing.
std::optional<std::size_t> digitOf(std::size_t symbol) {
  static const std::size_t kZero = *symbolIndex("0");
  if (symbol < kZero || symbol >= kZero + 10) return std::nullopt;
  return symbol - kZero;
}

bool looksLikeAnotherMirrored(std::size_t digit) { return digit == 2 || digit == 5; }

// Which model's features: FNV-1a over the file.
std::uint64_t hashOf(std::span<const std::byte> bytes) {
  std::uint64_t hash = 0xcbf29ce484222325u;
  for (const auto byte : bytes) {
    hash = (hash ^ std::to_integer<std::uint64_t>(byte)) * 0x100000001b3u;
  }
  return hash;
}

// By which scores are divided to become logarithms of probabilities. Sets whose members are hard to
// tell apart want another than others: that of the first of these sets that holds all allowed
// symbols, and the plain one where none does.
class Temperatures {
 public:
  static constexpr std::array<const char*, 5> kSets = {"digits", "upper", "lower", "letters",
                                                       "school"};

  static Temperatures read(const nlohmann::json& metadata) {
    Temperatures t;
    t.all_ = calibrationNumber(metadata, "temperature", kPlainTemperature);
    for (std::size_t i = 0; i < kSets.size(); ++i) {
      const auto key = std::string("temperature_") + kSets[i];
      t.sets_[i] = *SymbolSet::named(kSets[i]);
      t.values_[i] = calibrationNumber(metadata, key.c_str(), t.all_);
    }
    return t;
  }

  float of(const SymbolSet& allowed) const {
    for (std::size_t i = 0; i < kSets.size(); ++i) {
      if ((allowed & sets_[i]) == allowed) return values_[i];
    }
    return all_;
  }
  float ofDigits() const { return values_[0]; }
  float ofAll() const { return all_; }

 private:
  std::array<SymbolSet, kSets.size()> sets_;
  std::array<float, kSets.size()> values_{};
  float all_ = kPlainTemperature;
};

// Of an ink's shape the model is as sure as it should be, of its case where shapes are nearly the
// same (c and C, s and S) too sure: what parts the two cases of a letter is divided by this.
constexpr float kCaseTemperature = 1.25f;

// Keeps what each letter has in both cases together; scores are logarithms of probabilities.
void softenCases(std::span<float> scores, const SymbolSet& allowed) {
  static const std::size_t kUpper = *symbolIndex("A");
  static const std::size_t kLower = *symbolIndex("a");
  for (std::size_t i = 0; i < 26; ++i) {
    auto& upper = scores[kUpper + i];
    auto& lower = scores[kLower + i];
    if (!allowed.contains(kUpper + i) || !allowed.contains(kLower + i)) continue;
    const float apart = upper - lower;
    const float both = std::max(upper, lower) + std::log1p(std::exp(-std::abs(apart)));
    upper = both - std::log1p(std::exp(-apart / kCaseTemperature));
    lower = both - std::log1p(std::exp(apart / kCaseTemperature));
  }
}

}  // namespace

float junkLead(const SymbolSet& allowed) {
  static const SymbolSet kLetters = SymbolSet::letters();
  return (allowed & kLetters) == allowed ? kJunkLeadAmongLetters : 0;
}

struct SymbolReader::Impl {
  Network network;
  Temperatures temperatures;
  float sure_above = kPlainSureAbove;
  float mirrored_above = kPlainMirroredAbove;
  std::uint64_t feature_space = 0;
  FeatureMaker maker;
  FlatInk flat;
  InkFeatures features;
  std::array<float, kSymbolCount> log_probabilities{};

  explicit Impl(Network net) : network(std::move(net)) {}

  // Puts the network's view of `ink` into its outputs and log_probabilities.
  void score(const FlatInk& ink, const SymbolContext& context, float temperature, bool whole) {
    maker.make(ink, context.relative_size, features);
    network.setInput(0, features.maps);
    network.setInput(1, features.points);
    network.setInput(2, features.scalars);
    network.run();
    const auto scores = network.output(kScores);
    std::copy(scores.begin(), scores.end(), log_probabilities.begin());
    if (!whole) {
      const float top = *std::max_element(log_probabilities.begin(), log_probabilities.end());
      log_probabilities[kJunk] = top + kCertainJunkLead * temperature;
    } else if (context.hand != nullptr && context.hand->featureSpace() == feature_space) {
      context.hand->adjust(log_probabilities, network.output(kFeatures));
    }
    toLogProbabilities(log_probabilities, temperature);
  }

  std::size_t best(const SymbolSet& allowed) const {
    std::size_t winner = kJunk;
    for (std::size_t i = 0; i < kSymbolCount; ++i) {
      if (allowed.contains(i) && log_probabilities[i] > log_probabilities[winner]) winner = i;
    }
    return winner;
  }

  float share(const SymbolSet& allowed) const {
    float sum = 0;
    for (std::size_t i = 0; i < kSymbolCount; ++i) {
      if (allowed.contains(i)) sum += std::exp(log_probabilities[i]);
    }
    return sum;
  }

  // How much of the ink's meaning the allowed symbols hold; letters that the winning digit looks
  // like count for it.
  float explained(const SymbolSet& allowed, std::size_t winner) const {
    const float sum = share(allowed);
    const auto digit = digitOf(winner);
    return digit ? std::max(sum, digitSupport(log_probabilities, *digit)) : sum;
  }

  bool isNearlyJunk(std::size_t winner, float temperature) const {
    return (log_probabilities[winner] - log_probabilities[kJunk]) * temperature < kJunkNear;
  }

  // The digit that the network takes the ink of the last run for in the mirror.
  struct MirrorImage {
    std::size_t digit = 0;
    float chance = 0;  // that it is any
  };
  MirrorImage mirrorImage() const {
    const auto outputs = network.output(kMirrored);
    const auto top = *std::max_element(outputs.begin(), outputs.end());
    float sum = 0;
    for (const float value : outputs) sum += std::exp(value - top);
    const auto digit = std::max_element(outputs.begin(), outputs.end() - 1) - outputs.begin();
    return {static_cast<std::size_t>(digit), 1 - std::exp(outputs.back() - top) / sum};
  }

  struct MirrorReading {
    bool mirrored = false;
    bool sure = true;
  };

  // Whether the ink in `flat`, just scored, is an allowed digit in the mirror; then
  // log_probabilities are those of the mirrored ink. Where both readings stand they are a mixture;
  // else they stay.
  MirrorReading readMirrored(const SymbolSet& allowed, const SymbolContext& context,
                             float temperature) {
    static const std::size_t kZero = *symbolIndex("0");
    const auto image = mirrorImage();
    const bool twins = looksLikeAnotherMirrored(image.digit);
    if (image.chance < (twins ? std::min(kTwinsPossible, mirrored_above) : mirrored_above)) {
      return {};
    }
    const auto symbol = kZero + image.digit;
    if (!allowed.contains(symbol)) return {};
    const auto plain_best = best(allowed);
    if (plain_best != kJunk && !digitOf(plain_best) &&
        log_probabilities[plain_best] > std::log(kOtherAtMost)) {
      return {};
    }
    const auto plain = log_probabilities;
    mirror(flat);
    score(flat, context, temperature, true);
    const bool holds =
        best(allowed) == symbol && digitSupport(log_probabilities, image.digit) >= kImageAtLeast;
    if (!holds) {
      log_probabilities = plain;
      return {};
    }
    if (image.chance < mirrored_above) {
      mixWithin(allowed, plain, image.chance);
      return {false, false};
    }
    return {true, !twins || image.chance >= kTwinsSure};
  }

  // Puts a mixture, each part of which has a sum of one within `allowed`, into log_probabilities.
  void mixWithin(const SymbolSet& allowed, const std::array<float, kSymbolCount>& plain,
                 float mirrored_share) {
    const float mirrored_sum = share(allowed);
    float plain_sum = 0;
    for (std::size_t i = 0; i < kSymbolCount; ++i) {
      if (allowed.contains(i)) plain_sum += std::exp(plain[i]);
    }
    for (std::size_t i = 0; i < kSymbolCount; ++i) {
      log_probabilities[i] =
          std::log(mirrored_share * std::exp(log_probabilities[i]) / mirrored_sum +
                   (1 - mirrored_share) * std::exp(plain[i]) / plain_sum);
    }
  }
};

SymbolReader::SymbolReader(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
SymbolReader::~SymbolReader() = default;
SymbolReader::SymbolReader(SymbolReader&&) noexcept = default;
SymbolReader& SymbolReader::operator=(SymbolReader&&) noexcept = default;

Result<SymbolReader> SymbolReader::open(const std::filesystem::path& model_path) {
  PRIMER_ASSIGN(auto model, inference::Model::open(model_path));
  const auto metadata = modelMetadata(*model);
  if (!labelsFit(metadata)) {
    return fail(ErrorCode::kUnsupported,
                model_path.string() + ": its symbols are not those of this version");
  }
  const auto feature_space = hashOf(model->bytes());
  PRIMER_ASSIGN(auto network, Network::create(std::move(model), kInputs, kOutputs));
  auto impl = std::make_unique<Impl>(std::move(network));
  impl->temperatures = Temperatures::read(metadata);
  impl->sure_above = calibrationNumber(metadata, "sure_above", kPlainSureAbove);
  impl->mirrored_above = calibrationNumber(metadata, "mirrored_above", kPlainMirroredAbove);
  impl->feature_space = feature_space;
  return SymbolReader(std::move(impl));
}

std::filesystem::path SymbolReader::shippedModel() {
  return shareFolder() / "models" / "ink-symbols.tflite";
}

Result<SymbolReader> SymbolReader::openShipped() { return open(shippedModel()); }

Result<SymbolReader> SymbolReader::another() const {
  PRIMER_ASSIGN(auto network, impl_->network.another());
  auto impl = std::make_unique<Impl>(std::move(network));
  impl->temperatures = impl_->temperatures;
  impl->sure_above = impl_->sure_above;
  impl->mirrored_above = impl_->mirrored_above;
  impl->feature_space = impl_->feature_space;
  return SymbolReader(std::move(impl));
}

SymbolReading SymbolReader::read(const Ink& ink, const SymbolSet& allowed,
                                 const SymbolContext& context) {
  const bool whole = flatten(ink, impl_->flat) && !impl_->flat.points.empty();
  float temperature = impl_->temperatures.of(allowed);
  const bool own = context.hand != nullptr && !context.hand->empty() &&
                   context.hand->featureSpace() == impl_->feature_space;
  if (own) temperature *= context.hand->spread(allowed);
  impl_->score(impl_->flat, context, temperature, whole);
  const auto mirrored =
      whole ? impl_->readMirrored(allowed, context, temperature) : Impl::MirrorReading{};
  SymbolReading reading;
  reading.mirrored = mirrored.mirrored;
  auto ranked = impl_->log_probabilities;
  ranked[kJunk] -= junkLead(allowed) / temperature;
  // The writer's own samples say which case it is.
  if (!own) softenCases(ranked, allowed);
  reading.candidates = rankCandidates(ranked, allowed);
  const auto& first = reading.candidates.front();
  reading.unsure = first.symbol.empty() || first.probability < impl_->sure_above ||
                   impl_->explained(allowed, *symbolIndex(first.symbol)) < kLeastAllowedShare ||
                   impl_->isNearlyJunk(*symbolIndex(first.symbol), temperature) || !mirrored.sure;
  return reading;
}

std::vector<SymbolReading> SymbolReader::read(std::span<const Ink> inks, const SymbolSet& allowed,
                                              std::span<const SymbolContext> contexts) {
  std::vector<SymbolReading> readings;
  readings.reserve(inks.size());
  for (std::size_t i = 0; i < inks.size(); ++i) {
    readings.push_back(read(inks[i], allowed, contexts.empty() ? SymbolContext{} : contexts[i]));
  }
  return readings;
}

void SymbolReader::score(std::span<const FlatInk> inks, std::span<const SymbolContext> contexts,
                         std::span<SymbolScores> scores) {
  for (std::size_t i = 0; i < inks.size(); ++i) {
    const auto& ink = inks[i];
    const bool whole = !ink.points.empty() && ink.strokeCount() <= kMaxSymbolStrokes;
    impl_->score(ink, contexts.empty() ? SymbolContext{} : contexts[i], impl_->temperatures.ofAll(),
                 whole);
    scores[i].log_probabilities = impl_->log_probabilities;
    scores[i].scalars = impl_->features.scalars;
    const auto features = impl_->network.output(kFeatures);
    if (whole) {
      std::copy(features.begin(), features.end(), scores[i].features.begin());
    } else {
      scores[i].features.fill(0);
    }
  }
}

std::array<float, SymbolScores::kFeatureCount> SymbolReader::features(
    const Ink& ink, const SymbolContext& context) {
  FlatInk flat;
  SymbolScores scores;
  flatten(ink, flat);
  score({&flat, 1}, {&context, 1}, {&scores, 1});
  return scores.features;
}

std::uint64_t SymbolReader::featureSpace() const { return impl_->feature_space; }

std::span<const float> SymbolReader::logProbabilities(const Ink& ink,
                                                      const SymbolContext& context) {
  const bool whole = flatten(ink, impl_->flat) && !impl_->flat.points.empty();
  impl_->score(impl_->flat, context, impl_->temperatures.ofDigits(), whole);
  return impl_->log_probabilities;
}

}  // namespace primer::handwriting
