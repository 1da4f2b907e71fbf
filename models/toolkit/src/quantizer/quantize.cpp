#include "primer/toolkit/quantize.h"

#include <algorithm>
#include <cmath>

#include "src/engine_runner.h"
#include "src/model_file.h"
#include "src/quantizer/compare.h"
#include "src/quantizer/equalise.h"
#include "src/quantizer/float_model.h"
#include "src/quantizer/graph_edit.h"
#include "src/quantizer/integer_writer.h"
#include "src/quantizer/plan.h"
#include "src/quantizer/round_weights.h"
#include "src/quantizer/storage_writer.h"

namespace primer::toolkit {

namespace {

constexpr std::size_t kJudged = 128;            // samples by which choices are judged
constexpr std::size_t kSensitivitySamples = 8;  // for each operator tried alone

// A float model with what was seen of it.
struct Base {
  ModelObject model;
  std::vector<std::byte> bytes;        // of the model as it is
  std::vector<Statistics> statistics;  // by entry
};

struct Settings {
  RangeRule range = RangeRule::kMinMax;
  bool correct = false;
  bool round = false;
};

struct Candidate {
  const Base* base = nullptr;
  Settings settings;
  std::vector<std::byte> bytes;
  std::vector<std::int32_t> place;  // of the main graph's float tensors
  std::vector<OutputError> errors;
};

CalibrationSet firstOf(const CalibrationSet& set, std::size_t count) {
  return {set.begin(), set.begin() + static_cast<std::ptrdiff_t>(std::min(count, set.size()))};
}

class IntegerQuantizer {
 public:
  IntegerQuantizer(const CalibrationData& calibration, const QuantizeOptions& options)
      : calibration_(calibration), options_(options) {}

  Result<Quantized> run(std::span<const std::byte> source) {
    PRIMER_ASSIGN(auto plain, plainFloatModel(source, "the model"));
    entries_ = entriesOf(*plain);
    PRIMER_TRY(checkBeforeWork(*plain));
    PRIMER_ASSIGN(const auto base, look(std::move(plain)));
    judged_ = firstOf(calibration_.samples, kJudged);
    if (options_.sensitive > 0) PRIMER_TRY(spareSensitive(base));

    PRIMER_ASSIGN(auto best, bestRange(base));
    PRIMER_TRY(consider(best, options_.bias_correction, [&](Settings& s) { s.correct = true; }));
    Base even;
    if (options_.equalise != Choice::kNo) {
      PRIMER_ASSIGN(auto model, plainFloatModel(source, "the model"));
      if (equaliseLayers(*model) > 0) {
        PRIMER_ASSIGN(even, look(std::move(model)));
        PRIMER_ASSIGN(auto tried, write(even, best.settings));
        if (better(tried, best, options_.equalise)) best = std::move(tried);
      }
    }
    PRIMER_TRY(consider(best, options_.round_weights, [&](Settings& s) { s.round = true; }));
    return report(std::move(best), &even);
  }

 private:
  const CalibrationSet& samplesOf(const Entry& entry) const {
    if (entry.subgraph == 0) return calibration_.samples;
    return calibration_.signatures.at(entry.signature);
  }

  // All that can be wrong with model, exceptions and data.
  Status checkBeforeWork(const tflite::ModelT& model) {
    PRIMER_TRY(checkOverrides(model, options_.overrides));
    for (const auto& entry : entries_) {
      PRIMER_ASSIGN(const auto precisions, choosePrecisions(model, entry.subgraph, options_));
      precisions_.push_back(precisions);
      PRIMER_TRY(checkNumbers(model, *model.subgraphs[entry.subgraph]));
    }
    for (const auto& entry : entries_) {
      if (entry.subgraph != 0 && calibration_.signatures.count(entry.signature) == 0) {
        return fail(ErrorCode::kInvalidArgument, "there is no calibration data for signature '" +
                                                     entry.signature +
                                                     "', which begins at a subgraph of its own");
      }
      PRIMER_ASSIGN(const auto bytes, beginningAt(model, entry.subgraph));
      PRIMER_TRY(checkSamples(bytes, samplesOf(entry)));
    }
    return {};
  }

  static Status checkNumbers(const tflite::ModelT& model, const tflite::SubGraphT& graph) {
    for (const auto& tensor : graph.tensors) {
      if (tensor->type != tflite::TensorType::FLOAT32 || !isConstant(model, *tensor)) continue;
      const auto values = constantValues<float>(model, *tensor);
      if (std::any_of(values.begin(), values.end(), [](float v) { return std::isnan(v); })) {
        return fail(ErrorCode::kDamaged,
                    "tensor '" + tensor->name + "' holds a weight that is not a number");
      }
    }
    return {};
  }

  Result<Base> look(ModelObject model) const {
    Base base;
    for (const auto& entry : entries_) {
      PRIMER_ASSIGN(const auto bytes, beginningAt(*model, entry.subgraph));
      PRIMER_ASSIGN(auto statistics, calibrate(bytes, samplesOf(entry)));
      base.statistics.push_back(std::move(statistics));
    }
    base.bytes = serialiseModel(*model);
    base.model = std::move(model);
    return base;
  }

  Result<Candidate> write(const Base& base, const Settings& settings) const {
    return write(base, settings, precisions_, judged_);
  }

  Result<Candidate> write(const Base& base, const Settings& settings,
                          const std::vector<Precisions>& precisions,
                          const CalibrationSet& judged) const {
    Candidate candidate{&base, settings, {}, {}, {}};
    PRIMER_ASSIGN(const auto model, parseModel(base.bytes, "the model"));
    for (std::size_t e = 0; e < entries_.size(); ++e) {
      const auto g = entries_[e].subgraph;
      const auto plan =
          planScales(*base.model, g, precisions[e], base.statistics[e], settings.range);
      RoundedWeights rounded;
      if (settings.round) {
        PRIMER_ASSIGN(const auto bytes, beginningAt(*base.model, g));
        PRIMER_ASSIGN(rounded, roundWeights(*base.model, g, bytes, plan, samplesOf(entries_[e])));
      }
      const WriteChoices choices{options_.float_io,
                                 settings.correct ? &base.statistics[e] : nullptr,
                                 settings.round ? &rounded : nullptr};
      PRIMER_TRY(writeIntegers(*model, g, plan, choices));
    }
    candidate.place = dropUnused(*model)[0];
    candidate.bytes = serialiseModel(*model);
    auto errors = compareOutputs(candidate.bytes, base.bytes, judged);
    if (!errors) {
      return fail(errors.error().withContext("quantised, but the engine cannot run it"));
    }
    candidate.errors = std::move(*errors);
    return candidate;
  }

  Result<Candidate> bestRange(const Base& base) const {
    std::vector<RangeRule> rules = {options_.range};
    if (options_.range == RangeRule::kAuto) {
      rules = {RangeRule::kMinMax, RangeRule::kPercentile, RangeRule::kMse, RangeRule::kEntropy};
    }
    Candidate best;
    for (const auto rule : rules) {
      PRIMER_ASSIGN(auto tried, write(base, {rule, false, false}));
      if (best.base == nullptr || better(tried, best, Choice::kTry)) best = std::move(tried);
    }
    return best;
  }

  static bool better(const Candidate& tried, const Candidate& best, Choice choice) {
    return choice == Choice::kYes || leastSnr(tried.errors) > leastSnr(best.errors);
  }

  template <typename Change>
  Status consider(Candidate& best, Choice choice, const Change& change) const {
    if (choice == Choice::kNo) return {};
    auto settings = best.settings;
    change(settings);
    PRIMER_ASSIGN(auto tried, write(*best.base, settings));
    if (better(tried, best, choice)) best = std::move(tried);
    return {};
  }

  // Quantises each operator of the main graph alone, and takes those that cost most out of the
  // mode.
  Status spareSensitive(const Base& base) {
    const auto& graph = *base.model->subgraphs[0];
    const auto few = firstOf(calibration_.samples, kSensitivitySamples);
    const auto rule = options_.range == RangeRule::kAuto ? RangeRule::kMinMax : options_.range;
    std::vector<std::pair<double, std::size_t>> costs;  // SNR with this operator alone
    for (std::size_t i = 0; i < graph.operators.size(); ++i) {
      if (precisions_[0][i] == Precision::kFloat) continue;
      auto alone = precisions_;
      for (auto& all : alone) std::fill(all.begin(), all.end(), Precision::kFloat);
      alone[0][i] = precisions_[0][i];
      PRIMER_ASSIGN(const auto tried, write(base, {rule, false, false}, alone, few));
      costs.emplace_back(leastSnr(tried.errors), i);
    }
    std::sort(costs.begin(), costs.end());
    for (std::size_t k = 0; k < std::min(options_.sensitive, costs.size()); ++k) {
      const auto i = costs[k].second;
      const auto* rule_of = findOperatorRule(operatorCode(*base.model, *graph.operators[i]));
      const bool fits = versionFor(rule_of, options_.sensitive_precision) > 0;
      precisions_[0][i] = fits ? options_.sensitive_precision : Precision::kFloat;
    }
    return {};
  }

  Result<Quantized> report(Candidate best, const Base* even) const {
    Quantized quantized;
    quantized.range = best.settings.range;
    quantized.bias_corrected = best.settings.correct;
    quantized.weights_rounded = best.settings.round;
    quantized.equalised = best.base == even;
    const auto& model = *best.base->model;
    for (std::size_t e = 0; e < entries_.size(); ++e) {
      const auto g = entries_[e].subgraph;
      describePrecisions(model, g, precisions_[e], options_.mode, quantized);
    }
    PRIMER_ASSIGN(quantized.tensors,
                  compareTensors(best.bytes, best.base->bytes, best.place, judged_));
    quantized.bytes = std::move(best.bytes);
    quantized.errors = std::move(best.errors);
    return quantized;
  }

  const CalibrationData& calibration_;
  const QuantizeOptions& options_;
  std::vector<Entry> entries_;
  std::vector<Precisions> precisions_;  // by entry
  CalibrationSet judged_;
};

Result<Quantized> quantizeStorage(std::span<const std::byte> source,
                                  const CalibrationData& calibration,
                                  const QuantizeOptions& options) {
  PRIMER_ASSIGN(const auto model, plainFloatModel(source, "the model"));
  const auto plain = serialiseModel(*model);
  if (!calibration.samples.empty()) PRIMER_TRY(checkSamples(plain, calibration.samples));
  PRIMER_TRY(writeStorage(*model, options.mode));
  Quantized quantized;
  const auto place = dropUnused(*model)[0];
  quantized.bytes = serialiseModel(*model);
  const auto refused = [](const Error& error) {
    return error.withContext("quantised, but the engine cannot run it");
  };
  PRIMER_TRY(EngineRunner::fromBytes(quantized.bytes, "the model")
                 .map([](const auto&) {})
                 .map_error(refused));
  if (calibration.samples.empty()) return quantized;
  const auto judged = firstOf(calibration.samples, kJudged);
  PRIMER_ASSIGN(quantized.errors, compareOutputs(quantized.bytes, plain, judged));
  PRIMER_ASSIGN(quantized.tensors, compareTensors(quantized.bytes, plain, place, judged));
  return quantized;
}

template <typename Value, std::size_t size>
std::string_view nameOf(const std::pair<Value, std::string_view> (&names)[size], Value value) {
  for (const auto& [known, name] : names) {
    if (known == value) return name;
  }
  return "";
}

template <typename Value, std::size_t size>
std::optional<Value> valueOf(const std::pair<Value, std::string_view> (&names)[size],
                             std::string_view name) {
  for (const auto& [value, known] : names) {
    if (known == name) return value;
  }
  return std::nullopt;
}

constexpr std::pair<QuantizeMode, std::string_view> kModes[] = {
    {QuantizeMode::kInt8, "int8"},         {QuantizeMode::kInt16x8, "int16x8"},
    {QuantizeMode::kDynamic, "dynamic"},   {QuantizeMode::kFloat16, "float16"},
    {QuantizeMode::kWeights8, "weights8"}, {QuantizeMode::kWeights4, "weights4"},
};
constexpr std::pair<RangeRule, std::string_view> kRangeRules[] = {
    {RangeRule::kAuto, "auto"},
    {RangeRule::kMinMax, "minmax"},
    {RangeRule::kPercentile, "percentile"},
    {RangeRule::kMse, "mse"},
    {RangeRule::kEntropy, "entropy"},
};
constexpr std::pair<Precision, std::string_view> kPrecisions[] = {
    {Precision::kFloat, "float"}, {Precision::kInt8, "int8"}, {Precision::kInt16, "int16"}};

}  // namespace

std::string_view modeName(QuantizeMode mode) { return nameOf(kModes, mode); }
std::optional<QuantizeMode> modeOf(std::string_view name) { return valueOf(kModes, name); }
std::string_view rangeRuleName(RangeRule rule) { return nameOf(kRangeRules, rule); }
std::optional<RangeRule> rangeRuleOf(std::string_view name) { return valueOf(kRangeRules, name); }
std::string_view precisionName(Precision precision) { return nameOf(kPrecisions, precision); }
std::optional<Precision> precisionOf(std::string_view name) { return valueOf(kPrecisions, name); }

bool needsData(QuantizeMode mode) {
  return mode == QuantizeMode::kInt8 || mode == QuantizeMode::kInt16x8;
}

Result<Quantized> quantize(std::span<const std::byte> model, const CalibrationData& calibration,
                           const QuantizeOptions& options) {
  if (needsData(options.mode)) return IntegerQuantizer(calibration, options).run(model);
  return quantizeStorage(model, calibration, options);
}

}  // namespace primer::toolkit
