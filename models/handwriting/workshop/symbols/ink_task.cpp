#include "symbols/ink_task.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "primer/handwriting-workshop/readers.h"
#include "primer/handwriting/ink_features.h"
#include "primer/handwriting/symbol_set.h"
#include "symbols/distortion.h"
#include "symbols/drawings.h"
#include "symbols/ink_measure.h"
#include "symbols/synthesis.h"

namespace primer::handwriting::workshop {

namespace {

using toolkit::Json;
using toolkit::Random;
using toolkit::Split;

struct DataOptions {
  std::int64_t detexify_repeat = 10;
  std::int64_t signs_repeat = 2;  // of the characters that are neither letter nor digit
  std::int64_t made_signs = 400;
  std::int64_t scribbles = 2500;
  std::int64_t combinations = 5000;
  std::int64_t drawings = 2500;
  double mirrored = 0.5;  // digits written as in a mirror, of each that can be
  double temperature = 1;
  double sure_above = 0.9;

  static Result<DataOptions> parse(const Json& json) {
    DataOptions o;
    toolkit::Fields fields(json, "data");
    const auto read = [&fields](const char* key, std::int64_t& value) {
      value = fields.integer(key, value);
      fields.require(value >= 0 && value <= 100000, key, "must be between 0 and 100000");
    };
    read("detexify_repeat", o.detexify_repeat);
    read("signs_repeat", o.signs_repeat);
    read("made_signs", o.made_signs);
    read("scribbles", o.scribbles);
    read("combinations", o.combinations);
    read("drawings", o.drawings);
    o.mirrored = fields.number("mirrored", o.mirrored);
    fields.require(o.mirrored >= 0 && o.mirrored <= 1, "mirrored", "must be in [0, 1]");
    o.temperature = fields.number("temperature", o.temperature);
    fields.require(o.temperature > 0, "temperature", "must be above 0");
    o.sure_above = fields.number("sure_above", o.sure_above);
    fields.require(o.sure_above > 0 && o.sure_above <= 1, "sure_above", "must be in (0, 1]");
    PRIMER_TRY(fields.finish());
    return o;
  }
};

bool isLetterOrDigit(std::size_t symbol) {
  static const SymbolSet kSet = [] {
    SymbolSet both = SymbolSet::letters();
    for (const char digit : std::string_view("0123456789")) both.add(*symbolIndex({&digit, 1}));
    return both;
  }();
  return kSet.contains(symbol);
}

// The digit that a symbol is, or nothing.
std::optional<std::size_t> digitOf(std::size_t symbol) {
  static const std::size_t kZero = *symbolIndex("0");
  if (symbol < kZero || symbol >= kZero + 10) return std::nullopt;
  return symbol - kZero;
}

// Whether the sample's mirror image is a mirrored digit and nothing else: not 0, 1 and 8.
bool canBeMirrored(const Sample& sample) {
  const auto digit = digitOf(sample.symbol);
  return digit && *digit != 0 && *digit != 1 && *digit != 8;
}

enum class Kind : std::uint8_t {
  kSample,
  kMirrored,
  kSign,
  kScribble,
  kCombination,
  kDrawing,
  kUnseenDrawing,
};

// What a piece of ink is to be taken for; -1: nothing is to be learned from it.
struct Meaning {
  int symbol = -1;
  int mirrored = -1;  // a digit; kNotMirrored
};

struct Entry {
  Kind kind = Kind::kSample;
  std::uint32_t index = 0;  // of the sample, the sign or the drawing's kind
};

// Made-up ink of the development split is the same in every run.
constexpr std::uint64_t kDevelopmentSeed = 20;
constexpr std::size_t kDevelopmentJunk = 400;  // of each kind
constexpr std::uint64_t kMirrorSeed = 21;

constexpr Meaning kJunkInk = {static_cast<int>(kJunk), -1};

class InkTask : public toolkit::Task {
 public:
  InkTask(SampleStore store, const DataOptions& data, const DistortionOptions& distortion)
      : store_(std::move(store)),
        distortion_(distortion),
        training_synthesis_(store_, false),
        development_synthesis_(store_, true) {
    listTraining(data);
    listDevelopment();
    describe(data);
  }

  const toolkit::TaskInfo& info() const override { return info_; }

  std::size_t size(Split split) const override { return entries(split).size(); }

  void fill(Split split, std::size_t index, Random* augment,
            toolkit::SampleView& view) const override {
    static thread_local FeatureMaker maker;
    static thread_local FlatInk ink;
    static thread_local InkFeatures features;
    Random still(kDevelopmentSeed, index);
    Random& random = augment != nullptr ? *augment : still;
    const Entry entry = entries(split)[index];
    float relative_size = 0;
    const auto meaning = draw(split, entry, random, ink, relative_size);
    if (augment != nullptr) {
      distort(distortion_, random, ink);
      if (random.chance(distortion_.hide_size)) relative_size = 0;
    }
    maker.make(ink, relative_size > 0 ? std::optional<float>(relative_size) : std::nullopt,
               features);
    std::copy(features.maps.begin(), features.maps.end(), view.inputs[0].begin());
    std::copy(features.points.begin(), features.points.end(), view.inputs[1].begin());
    std::copy(features.scalars.begin(), features.scalars.end(), view.inputs[2].begin());
    view.targets[0][0] = static_cast<float>(meaning.symbol);
    view.targets[1][0] = static_cast<float>(meaning.mirrored);
  }

  toolkit::Metrics measure(Split split,
                           const std::vector<std::vector<float>>& outputs) const override {
    std::vector<Judged> judged;
    judged.reserve(size(split));
    for (const auto& entry : entries(split)) {
      judged.push_back(describe(entry));
    }
    return measureSymbols(judged, outputs[0], outputs[1]);
  }

 private:
  const std::vector<Entry>& entries(Split split) const {
    return split == Split::kTraining ? training_ : development_;
  }

  Judged describe(const Entry& entry) const {
    switch (entry.kind) {
      case Kind::kSample:
      case Kind::kMirrored: {
        const auto& sample = store_.samples()[entry.index];
        const auto group =
            entry.kind == Kind::kMirrored ? Judged::Group::kMirrored : Judged::Group::kWritten;
        return {sample.symbol, sample.source, sample.trusted, group};
      }
      case Kind::kSign:
        return {static_cast<std::uint8_t>(*symbolIndex(Synthesis::kSigns[entry.index])),
                Source::kUnipen, true, Judged::Group::kSign};
      case Kind::kScribble:
        return {kJunk, Source::kUnipen, true, Judged::Group::kScribble};
      case Kind::kCombination:
        return {kJunk, Source::kUnipen, true, Judged::Group::kCombination};
      case Kind::kDrawing:
      case Kind::kUnseenDrawing:
        break;
    }
    return {kJunk, Source::kUnipen, true, Judged::Group::kDrawing};
  }

  // Returns what the ink is.
  Meaning draw(Split split, Entry entry, Random& random, FlatInk& ink, float& relative_size) const {
    const auto& synthesis =
        split == Split::kTraining ? training_synthesis_ : development_synthesis_;
    switch (entry.kind) {
      case Kind::kSample: {
        const auto& sample = store_.samples()[entry.index];
        store_.copyInk(sample, ink);
        relative_size = sample.relative_size;
        return {sample.symbol, digitOf(sample.symbol) ? kNotMirrored : -1};
      }
      case Kind::kMirrored: {
        const auto& sample = store_.samples()[entry.index];
        store_.copyInk(sample, ink);
        for (auto& p : ink.points) p.x = -p.x;
        relative_size = sample.relative_size;
        return {-1, static_cast<int>(*digitOf(sample.symbol))};
      }
      case Kind::kSign: {
        const auto sign = Synthesis::kSigns[entry.index];
        if (!synthesis.makeSign(sign, random, ink)) break;
        // Only its size tells a degree sign from an o.
        if (sign == "°") relative_size = static_cast<float>(random.uniform(0.15, 0.5));
        return {static_cast<int>(*symbolIndex(sign)), -1};
      }
      case Kind::kCombination:
        if (synthesis.makeCombination(random, ink, relative_size)) return kJunkInk;
        break;
      case Kind::kDrawing:
        makeDrawing(kDrawings[entry.index], random, ink);
        return kJunkInk;
      case Kind::kUnseenDrawing:
        makeDrawing(kUnseenDrawings[entry.index], random, ink);
        return kJunkInk;
      case Kind::kScribble:
        break;
    }
    relative_size = 0;
    Synthesis::makeScribble(random, ink);
    return kJunkInk;
  }

  void listTraining(const DataOptions& data) {
    const auto& samples = store_.samples();
    for (std::uint32_t i = 0; i < samples.size(); ++i) {
      const auto& sample = samples[i];
      if (sample.development) continue;
      std::int64_t repeat = 1;
      if (sample.source == Source::kDetexify && sample.symbol != kJunk) {
        repeat = data.detexify_repeat;
      } else if (sample.source == Source::kUnipen && !isLetterOrDigit(sample.symbol)) {
        repeat = data.signs_repeat;
      }
      for (std::int64_t k = 0; k < repeat; ++k) training_.push_back({Kind::kSample, i});
      if (canBeMirrored(sample) && Random(kMirrorSeed, i).chance(data.mirrored)) {
        training_.push_back({Kind::kMirrored, i});
      }
    }
    for (std::uint32_t sign = 0; sign < Synthesis::kSigns.size(); ++sign) {
      for (std::int64_t k = 0; k < data.made_signs; ++k) training_.push_back({Kind::kSign, sign});
    }
    for (std::int64_t k = 0; k < data.scribbles; ++k) training_.push_back({Kind::kScribble, 0});
    for (std::int64_t k = 0; k < data.combinations; ++k) {
      training_.push_back({Kind::kCombination, 0});
    }
    for (std::int64_t k = 0; k < data.drawings; ++k) {
      training_.push_back({Kind::kDrawing, static_cast<std::uint32_t>(k % kDrawings.size())});
    }
  }

  void listDevelopment() {
    const auto& samples = store_.samples();
    for (std::uint32_t i = 0; i < samples.size(); ++i) {
      if (samples[i].development) development_.push_back({Kind::kSample, i});
    }
    for (std::size_t k = 0; k < kDevelopmentJunk; ++k) {
      development_.push_back({Kind::kScribble, 0});
      development_.push_back({Kind::kCombination, 0});
      development_.push_back(
          {Kind::kUnseenDrawing, static_cast<std::uint32_t>(k % kUnseenDrawings.size())});
    }
    for (std::uint32_t i = 0; i < samples.size(); ++i) {
      if (samples[i].development && samples[i].trusted && canBeMirrored(samples[i])) {
        development_.push_back({Kind::kMirrored, i});
      }
    }
  }

  void describe(const DataOptions& data) {
    info_.name = "ink-symbols";
    info_.inputs = {
        {"maps", {InkFeatures::kMapSide, InkFeatures::kMapSide, InkFeatures::kMapChannels}},
        {"points", {1, InkFeatures::kPointCount, InkFeatures::kPointChannels}},
        {"scalars", {InkFeatures::kScalarCount}}};
    toolkit::OutputSpec scores;
    scores.name = "scores";
    scores.size = kSymbolCount;
    scores.loss = toolkit::Loss::kClasses;
    for (std::size_t i = 0; i < kSymbolCount; ++i) scores.labels.emplace_back(symbolText(i));
    toolkit::OutputSpec mirrored;
    mirrored.name = "mirrored";
    mirrored.size = kNotMirrored + 1;
    mirrored.loss = toolkit::Loss::kClasses;
    mirrored.weight = 0.3;
    for (int digit = 0; digit < kNotMirrored; ++digit) {
      mirrored.labels.push_back(std::to_string(digit));
    }
    mirrored.labels.emplace_back("");
    info_.outputs = {scores, mirrored};
    info_.main_metric = "mean";
    info_.grouped_by = "writer";
    info_.preprocessing = {{"features", "primer ink features 1"},
                           {"temperature", data.temperature},
                           {"sure_above", data.sure_above}};
    info_.use = {{"for", "one symbol of school mathematics or one Latin letter in a pupil's ink"},
                 {"not_for", "cursive words, other scripts, judging a hand"}};
    info_.data = Json::array(
        {{{"name", "UNIPEN train_r01_v07"}, {"licence", "CC BY 4.0"}},
         {{"name", "Pen-Based Recognition of Handwritten Digits (UCI)"}, {"licence", "CC BY 4.0"}},
         {{"name", "Omniglot"}, {"licence", "MIT"}},
         {{"name", "Detexify"}, {"licence", "ODbL 1.0"}}});
  }

  SampleStore store_;
  DistortionOptions distortion_;
  Synthesis training_synthesis_;
  Synthesis development_synthesis_;
  std::vector<Entry> training_;
  std::vector<Entry> development_;
  toolkit::TaskInfo info_;
};

}  // namespace

Result<std::unique_ptr<toolkit::Task>> openInkTask(const toolkit::TaskRequest& request) {
  PRIMER_ASSIGN(const DataOptions data, DataOptions::parse(request.options));
  PRIMER_ASSIGN(const DistortionOptions distortion, DistortionOptions::parse(request.augmentation));
  PRIMER_ASSIGN(SampleStore store, readAllInk(request.data));
  if (request.fold) {
    PRIMER_TRY(store.holdOut(*request.fold));
  }
  return std::make_unique<InkTask>(std::move(store), data, distortion);
}

}  // namespace primer::handwriting::workshop
