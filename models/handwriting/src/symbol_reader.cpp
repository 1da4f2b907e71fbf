#include "primer/handwriting/symbol_reader.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "primer/base/share.h"
#include "primer/handwriting/ink_features.h"
#include "primer/inference/model.h"
#include "src/digit_likeness.h"
#include "src/network.h"
#include "src/scoring.h"

namespace primer::handwriting {

namespace {

constexpr std::array<NetworkInput, 3> kInputs = {{
    {"maps", InkFeatures::kMapSide* InkFeatures::kMapSide* InkFeatures::kMapChannels},
    {"points", InkFeatures::kPointCount* InkFeatures::kPointChannels},
    {"scalars", InkFeatures::kScalarCount},
}};

// Used where the file says nothing: scores as they are, and caution.
constexpr float kPlainTemperature = 1;
constexpr float kPlainSureAbove = 0.9f;

// Ink that the allowed symbols explain worse than this, next to all others, is not sure, however
// clearly one of them beats the rest: a "-" is not a digit.
constexpr float kLeastAllowedShare = 0.02f;

// A digit is taken for mirror-written where, among all symbols, it is unlikely as it stands and
// likely in the mirror (it or a letter that it looks like).
constexpr float kPlainAtMost = 0.4f;
constexpr float kMirroredAtLeast = 0.75f;
// A mirrored 2 and an S-shaped 5 are one shape, and so are their mirror images. Only where the
// plain reading is next to impossible is it the mirrored one; up to kPlainAtMost both stand, the
// mirrored one with this share, and nothing is sure.
constexpr float kPlainAtMostOfTwins = 0.02f;
constexpr float kMirroredShare = 0.4f;

constexpr float kJunkLead = 5;  // nats by which ink that cannot be a symbol is junk

bool labelsFit(const nlohmann::json& metadata) {
  const auto labels = metadata.find("labels");
  if (labels == metadata.end()) return true;  // says nothing
  if (!labels->is_object() || labels->size() != 1) return false;
  const auto& list = *labels->begin();
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

// Digits that the mirror changes in a telling way: not 0, 1, 8.
bool canBeMirrored(std::size_t symbol) {
  const auto digit = digitOf(symbol);
  return digit && *digit != 0 && *digit != 1 && *digit != 8;
}

bool looksLikeAnotherMirrored(std::size_t symbol) {
  const auto digit = digitOf(symbol);
  return digit && (*digit == 2 || *digit == 5);
}

}  // namespace

struct SymbolReader::Impl {
  Network network;
  float temperature = kPlainTemperature;
  float sure_above = kPlainSureAbove;
  FeatureMaker maker;
  FlatInk flat;
  InkFeatures features;
  std::array<float, kSymbolCount> log_probabilities{};

  explicit Impl(Network net) : network(std::move(net)) {}

  // Of `flat`, into log_probabilities.
  void score(const SymbolContext& context, bool whole) {
    maker.make(flat, context.relative_size, features);
    network.setInput(0, features.maps);
    network.setInput(1, features.points);
    network.setInput(2, features.scalars);
    const auto scores = network.run();
    std::copy(scores.begin(), scores.end(), log_probabilities.begin());
    if (!whole) {
      const float top = *std::max_element(log_probabilities.begin(), log_probabilities.end());
      log_probabilities[kJunk] = top + kJunkLead * temperature;
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

  // Whether the ink in `flat` is an allowed digit in the mirror; then log_probabilities are those
  // of the mirrored ink. Where both readings stand they are a mixture; else they stay.
  bool readsMirrored(const SymbolSet& allowed, const SymbolContext& context) {
    const auto plain_best = best(allowed);
    const float plain_chance = plain_best == kJunk ? 0.0f : std::exp(log_probabilities[plain_best]);
    if (plain_chance > kPlainAtMost) return false;
    bool any = false;
    for (std::size_t i = 0; i < kSymbolCount && !any; ++i) {
      any = allowed.contains(i) && canBeMirrored(i);
    }
    if (!any) return false;
    const auto plain = log_probabilities;
    mirror(flat);
    score(context, true);
    const auto winner = best(allowed);
    const bool likely = canBeMirrored(winner) &&
                        digitSupport(log_probabilities, *digitOf(winner)) >= kMirroredAtLeast;
    if (likely && looksLikeAnotherMirrored(winner) && plain_chance > kPlainAtMostOfTwins) {
      mixWithin(allowed, plain);
      return false;
    }
    if (!likely) log_probabilities = plain;
    return likely;
  }

  // Puts a mixture, each part of which has a sum of one within `allowed`, into log_probabilities.
  void mixWithin(const SymbolSet& allowed, const std::array<float, kSymbolCount>& plain) {
    const float mirrored_sum = share(allowed);
    float plain_sum = 0;
    for (std::size_t i = 0; i < kSymbolCount; ++i) {
      if (allowed.contains(i)) plain_sum += std::exp(plain[i]);
    }
    for (std::size_t i = 0; i < kSymbolCount; ++i) {
      log_probabilities[i] =
          std::log(kMirroredShare * std::exp(log_probabilities[i]) / mirrored_sum +
                   (1 - kMirroredShare) * std::exp(plain[i]) / plain_sum);
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
  PRIMER_ASSIGN(auto network, Network::create(std::move(model), kInputs, kSymbolCount));
  auto impl = std::make_unique<Impl>(std::move(network));
  impl->temperature = calibrationNumber(metadata, "temperature", kPlainTemperature);
  impl->sure_above = calibrationNumber(metadata, "sure_above", kPlainSureAbove);
  return SymbolReader(std::move(impl));
}

std::filesystem::path SymbolReader::shippedModel() {
  return shareFolder() / "models" / "ink-symbols.tflite";
}

Result<SymbolReader> SymbolReader::openShipped() { return open(shippedModel()); }

Result<SymbolReader> SymbolReader::another() const {
  PRIMER_ASSIGN(auto network, Network::create(impl_->network.model(), kInputs, kSymbolCount));
  auto impl = std::make_unique<Impl>(std::move(network));
  impl->temperature = impl_->temperature;
  impl->sure_above = impl_->sure_above;
  return SymbolReader(std::move(impl));
}

SymbolReading SymbolReader::read(const Ink& ink, const SymbolSet& allowed,
                                 const SymbolContext& context) {
  const bool whole = flatten(ink, impl_->flat) && !impl_->flat.points.empty();
  impl_->score(context, whole);
  SymbolReading reading;
  reading.mirrored = whole && impl_->readsMirrored(allowed, context);
  reading.candidates = rankCandidates(impl_->log_probabilities, allowed);
  const auto& first = reading.candidates.front();
  reading.unsure = first.symbol.empty() || first.probability < impl_->sure_above ||
                   impl_->explained(allowed, *symbolIndex(first.symbol)) < kLeastAllowedShare ||
                   (reading.mirrored && looksLikeAnotherMirrored(*symbolIndex(first.symbol)));
  return reading;
}

std::vector<SymbolReading> SymbolReader::read(std::span<const Ink> inks, const SymbolSet& allowed) {
  std::vector<SymbolReading> readings;
  readings.reserve(inks.size());
  for (const auto& ink : inks) readings.push_back(read(ink, allowed));
  return readings;
}

std::span<const float> SymbolReader::logProbabilities(const Ink& ink,
                                                      const SymbolContext& context) {
  const bool whole = flatten(ink, impl_->flat) && !impl_->flat.points.empty();
  impl_->score(context, whole);
  return impl_->log_probabilities;
}

}  // namespace primer::handwriting
