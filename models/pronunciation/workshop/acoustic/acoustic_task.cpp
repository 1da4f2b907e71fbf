#include "acoustic/acoustic_task.h"

#include <algorithm>
#include <cmath>

#include "acoustic/sound_variation.h"
#include "alignment/alignment.h"
#include "data/credits.h"
#include "primer/pronunciation/speech_frames.h"
#include "primer/speech/audio_file.h"

namespace primer::pronunciation::workshop {

namespace {

using toolkit::Random;
using toolkit::Split;

constexpr double kPart = speech::LogMel::kPartsPerDoubling;
constexpr double kNoiseAlone = 0.03;  // share of samples in which nobody speaks

double partsOfDecibels(double decibels) { return decibels / 3.0103 * kPart; }

// A stretch of an utterance.
struct Window {
  std::size_t utterance = 0;
  std::size_t first = 0;  // frame
};

// How loud the loud frames are.
int speechLevel(std::span<const std::int16_t> mel) {
  std::vector<int> levels(mel.size() / kBands);
  for (std::size_t i = 0; i < levels.size(); ++i) {
    levels[i] = loudness(mel.subspan(i * kBands, kBands));
  }
  const auto at = levels.begin() + static_cast<std::ptrdiff_t>(levels.size() * 7 / 10);
  std::nth_element(levels.begin(), at, levels.end());
  return *at;
}

class AcousticTask final : public toolkit::Task {
 public:
  static Result<std::unique_ptr<toolkit::Task>> open(const toolkit::TaskRequest& request) {
    auto task = std::make_unique<AcousticTask>();
    toolkit::Fields fields(request.options, "data");
    const std::filesystem::path work = fields.text("work", "pronunciation-work");
    const auto labels = fields.text("labels", "labels.bin");
    const auto sources = fields.text("sources", "all");
    task->window_ = static_cast<std::size_t>(fields.integer("window", 384));
    fields.require(task->window_ >= 192 && task->window_ <= 4096 && task->window_ % 2 == 0,
                   "window", "must be an even number of 192 to 4096 frames");
    fields.require(sources == "all" || sources == "native" || sources == "rated", "sources",
                   "must be all, native or rated");
    PRIMER_TRY(fields.finish());
    PRIMER_ASSIGN(task->variation_, SoundVariation::parse(request.augmentation));
    PRIMER_ASSIGN(task->corpus_, readCorpus(work));
    PRIMER_ASSIGN(task->labels_, readLabels(work / labels, task->corpus_));
    PRIMER_TRY(task->cut(sources, request.fold));
    task->describe();
    return task;
  }

  const toolkit::TaskInfo& info() const override { return info_; }
  std::size_t size(Split split) const override { return windowsOf(split).size(); }

  void fill(Split split, std::size_t index, Random* augment,
            toolkit::SampleView& sample) const override {
    const auto& window = windowsOf(split)[index];
    std::fill(sample.inputs[0].begin(), sample.inputs[0].end(), 0.0f);
    std::fill(sample.targets[0].begin(), sample.targets[0].end(), -1.0f);
    if (augment == nullptr) {
      fillPlain(window, sample);
    } else if (augment->chance(kNoiseAlone)) {
      fillNoise(*augment, sample);
    } else {
      fillVaried(window, *augment, sample);
    }
  }

  toolkit::Metrics measure(Split split,
                           const std::vector<std::vector<float>>& outputs) const override {
    double frames = 0, right = 0, phones = 0, phones_right = 0, belief = 0;
    const std::size_t steps = window_ / 2;
    for (std::size_t i = 0; i < windowsOf(split).size(); ++i) {
      const auto labels = labelsFrom(windowsOf(split)[i]);
      for (std::size_t step = 0; step < std::min(steps, labels.size()); ++step) {
        if (labels[step] == kNoLabel) continue;
        const auto scores = std::span(outputs[0]).subspan((i * steps + step) * kUnits, kUnits);
        const auto best = std::max_element(scores.begin(), scores.end());
        const bool hit = best - scores.begin() == labels[step];
        double sum = 0;
        for (const float score : scores) sum += std::exp(score - *best);
        ++frames;
        right += hit ? 1 : 0;
        belief += scores[labels[step]] - *best - std::log(sum);
        if (labels[step] >= kPhones) continue;
        ++phones;
        phones_right += hit ? 1 : 0;
      }
    }
    return {{"frames_right", 100 * right / std::max(frames, 1.0)},
            {"phone_frames_right", 100 * phones_right / std::max(phones, 1.0)},
            {"log_chance", belief / std::max(frames, 1.0)}};
  }

 private:
  const std::vector<Window>& windowsOf(Split split) const {
    return split == Split::kTraining ? training_ : development_;
  }

  // Of a fold, its speakers are those that the model is judged on and never hears; development
  // speakers then are on neither side.
  Status cut(const std::string& sources, const std::optional<toolkit::Fold>& fold) {
    std::vector<int> folds;
    if (fold) {
      PRIMER_ASSIGN(folds, speakerFolds(corpus_.utterances, fold->count));
    }
    for (std::size_t i = 0; i < corpus_.utterances.size(); ++i) {
      const auto& u = corpus_.utterances[i];
      const auto labels = labels_.of(i);
      if (u.frames == 0 || std::count(labels.begin(), labels.end(), kNoLabel) ==
                               static_cast<std::ptrdiff_t>(labels.size())) {
        continue;
      }
      if (fold && u.development) continue;
      const bool judged_on = fold ? folds[i] == fold->index : u.development;
      if (!judged_on && sources != "all" && u.ratings.has_value() != (sources == "rated")) continue;
      for (std::size_t first = 0; first == 0 || first + 50 < u.frames; first += window_) {
        (judged_on ? development_ : training_).push_back({i, first});
      }
    }
    return {};
  }

  std::span<const std::uint8_t> labelsFrom(const Window& w) const {
    return labels_.of(w.utterance).subspan(w.first / 2);
  }

  void put(std::span<const std::int16_t> mel, toolkit::SampleView& sample) const {
    const auto shown = mel.first(std::min(mel.size(), window_ * kBands));
    normalise(shown, bandNorm(mel), sample.inputs[0]);
  }

  void fillPlain(const Window& w, toolkit::SampleView& sample) const {
    const auto mel = corpus_.melOf(corpus_.utterances[w.utterance]);
    std::vector<float> whole(mel.size());
    normalise(mel, bandNorm(mel), whole);
    const auto part = std::span(whole).subspan(w.first * kBands);
    std::copy_n(part.begin(), std::min(part.size(), window_ * kBands), sample.inputs[0].begin());
    const auto labels = labelsFrom(w);
    for (std::size_t i = 0; i < std::min(labels.size(), window_ / 2); ++i) {
      if (labels[i] != kNoLabel) sample.targets[0][i] = labels[i];
    }
  }

  void fillNoise(Random& random, toolkit::SampleView& sample) const {
    put(colouredNoise(window_, static_cast<int>(random.uniform(2000, 6000)), random), sample);
    std::fill(sample.targets[0].begin(), sample.targets[0].end(), static_cast<float>(kNoise));
  }

  void fillVaried(const Window& w, Random& random, toolkit::SampleView& sample) const {
    const auto& v = variation_;
    const auto whole = corpus_.melOf(corpus_.utterances[w.utterance]);
    const std::size_t frames = whole.size() / kBands;
    const double speed = random.uniform(v.slowest, v.fastest);
    const double pitch = random.uniform(v.lowest, v.highest);
    const auto taken =
        std::min(frames, static_cast<std::size_t>(static_cast<double>(window_) * speed) + 2);
    std::size_t first = 0;
    if (frames > taken) {
      // Somewhere around the window's own place, so that all of a long utterance is seen.
      const double moved =
          static_cast<double>(w.first) + random.uniform(-0.5, 0.5) * static_cast<double>(window_);
      first = static_cast<std::size_t>(std::clamp(moved, 0.0, static_cast<double>(frames - taken)));
    }
    auto warped = warp(whole.subspan(first * kBands, taken * kBands), speed, pitch);
    auto& mel = warped.mel;
    if (random.chance(v.echo)) {
      addEcho(mel, random.uniform(15, 60), static_cast<int>(random.uniform(1.5, 5) * kPart));
    }
    if (random.chance(v.noise)) addNoise(mel, random);
    put(mel, sample);
    mask(sample.inputs[0].first(std::min(mel.size(), window_ * kBands)), random);
    const auto labels = labels_.of(w.utterance);
    for (std::size_t step = 0; step < window_ / 2; ++step) {
      const std::size_t at = 2 * step + 1;
      if (at >= warped.source.size()) break;
      const auto label = labels[std::min((first + warped.source[at]) / 2, labels.size() - 1)];
      if (label != kNoLabel) sample.targets[0][step] = label;
    }
  }

  void addNoise(std::vector<std::int16_t>& mel, Random& random) const {
    const auto under =
        partsOfDecibels(random.uniform(variation_.noise_db_least, variation_.noise_db_most));
    const int level = speechLevel(mel) - static_cast<int>(under);
    const std::size_t frames = mel.size() / kBands;
    if (random.chance(0.5)) {
      addSound(mel, colouredNoise(frames, std::max(level, 0), random), 0);
      return;
    }
    // Babble: several people at once, each a little quieter.
    const int voices = 1 + static_cast<int>(random.below(4));
    for (int i = 0; i < voices; ++i) {
      const auto& u = corpus_.utterances[training_[random.below(training_.size())].utterance];
      const auto other = corpus_.melOf(u);
      if (other.empty()) continue;
      addSound(mel, other,
               level - speechLevel(other) - static_cast<int>(kPart * std::log2(voices)));
    }
  }

  void mask(std::span<float> features, Random& random) const {
    if (!random.chance(variation_.masked)) return;
    const std::size_t frames = features.size() / kBands;
    for (int i = 0; i < 2; ++i) {
      const auto length = random.below(static_cast<std::uint64_t>(variation_.masked_frames) + 1);
      if (length >= frames) continue;
      const auto first = random.below(frames - length);
      std::fill_n(features.begin() + static_cast<std::ptrdiff_t>(first * kBands), length * kBands,
                  0.0f);
      const auto bands = random.below(static_cast<std::uint64_t>(variation_.masked_bands) + 1);
      const auto lowest = random.below(kBands - bands + 1);
      for (std::size_t t = 0; t < frames; ++t) {
        std::fill_n(features.begin() + static_cast<std::ptrdiff_t>(t * kBands + lowest), bands,
                    0.0f);
      }
    }
  }

  void describe() {
    info_.name = "pronunciation-phones";
    info_.inputs = {{"frames", {1, static_cast<std::int32_t>(window_), kBands}}};
    toolkit::OutputSpec phones;
    phones.name = "phones";
    phones.positions = static_cast<std::int32_t>(window_ / 2);
    phones.size = phones.positions * static_cast<std::int32_t>(kUnits);
    phones.labels.assign(kPhoneNames.begin(), kPhoneNames.end());
    phones.labels.emplace_back("silence");
    phones.labels.emplace_back("noise");
    info_.outputs = {phones};
    info_.main_metric = "phone_frames_right";
    info_.grouped_by = "speaker";
    info_.preprocessing = {
        {"frames",
         {{"sample_rate", speech::kSampleRate},
          {"bands", kBands},
          {"per_second", kFramesPerSecond},
          {"norm", "mean and deviation of each band over the recording's louder frames"}}}};
    info_.use = {{"for", "English read aloud by learners and children: chances of phones"},
                 {"not_for", "speech recognition, other languages, telling who speaks"}};
    info_.data = allSpeech();
  }

  toolkit::TaskInfo info_;
  SoundVariation variation_;
  std::size_t window_ = 384;
  Corpus corpus_;
  Labels labels_;
  std::vector<Window> training_;
  std::vector<Window> development_;
};

}  // namespace

void addAcoustic(toolkit::Workshop& workshop) {
  workshop.addTask("pronunciation-phones", "which phone sounds in each 20 ms", AcousticTask::open);
  workshop.addArchitecture("phones-conv", buildPhonesConv);
}

}  // namespace primer::pronunciation::workshop
