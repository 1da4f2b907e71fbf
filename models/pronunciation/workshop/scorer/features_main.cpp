// pronunciation-features: what the scorer learns from, with the acoustic model that will be used.

#include <CLI/CLI.hpp>
#include <cstdio>
#include <filesystem>
#include <optional>
#include <tuple>
#include <utility>

#include "acoustic/sound_variation.h"
#include "data/by_fold.h"
#include "primer/base/command_line.h"
#include "primer/base/program.h"
#include "primer/pronunciation/acoustic_model.h"
#include "primer/pronunciation/speech_frames.h"
#include "scorer/rated_features.h"

namespace {

using primer::Job;
using primer::Result;
using primer::Status;
using primer::toolkit::Random;
using namespace primer::pronunciation;            // NOLINT: this program is of the room
using namespace primer::pronunciation::workshop;  // NOLINT

struct Options {
  std::filesystem::path work, output;
  std::vector<std::filesystem::path> models, aligned_by;
  int folds = 0;
  int varied = 3;
  std::uint64_t seed = 1;
};

// A recording varied less than for the acoustic model: how well it was said must stay the same.
std::vector<std::int16_t> vary(std::span<const std::int16_t> mel, Random random) {
  auto varied = warp(mel, random.uniform(0.93, 1.07), random.uniform(0.92, 1.09)).mel;
  if (random.chance(0.5)) {
    int level = 0;
    for (std::size_t i = 0; i < varied.size(); i += kBands) {
      level = std::max(level, loudness(std::span(varied).subspan(i, kBands)));
    }
    const int under = static_cast<int>(random.uniform(12, 27) / 3.01 * 256);
    addSound(varied, colouredNoise(varied.size() / kBands, std::max(level - under, 0), random), 0);
  }
  return varied;
}

// A recording as the acoustic model hears it with a text.
struct Heard {
  RatedSample sample;
  Posteriors posteriors;
  Alignment alignment;
  std::vector<Said> words;  // of the text
};

class Maker {
 public:
  // `aligner` walks through the texts; null: `acoustic` does.
  Maker(const Options& options, const Corpus& corpus, ByFold<AcousticModel>& acoustic,
        ByFold<AcousticModel>* aligner)
      : options_(options), corpus_(corpus), acoustic_(acoustic), aligner_(aligner) {
    for (const auto& u : corpus.utterances) {
      if (u.ratings) rated_.push_back(&u);
    }
  }

  Status hearAll() {
    for (std::size_t i = 0; i < corpus_.utterances.size(); ++i) {
      if (corpus_.utterances[i].ratings) PRIMER_TRY(hearOne(i));
    }
    return {};
  }

  // Two rounds: durations are known only when everything is aligned.
  RatedFeatures features() {
    std::vector<Alignment> plain;
    for (const auto& heard : all_) {
      const bool development = corpus_.utterances[heard.sample.utterance].development;
      if (heard.sample.kind == SampleKind::kAsRecorded && !development) {
        plain.push_back(heard.alignment);
      }
    }
    RatedFeatures rated;
    rated.durations = measureDurations(plain);
    for (auto& heard : all_) {
      auto& sample = heard.sample;
      sample.features = phoneFeatures(heard.alignment, heard.posteriors, rated.durations);
      for (const auto& row : sample.features.rows) sample.said.push_back(heard.words[row.word]);
      rated.samples.push_back(std::move(sample));
    }
    return rated;
  }

 private:
  Status hearOne(std::size_t i) {
    const auto& u = corpus_.utterances[i];
    const auto mel = corpus_.melOf(u);
    const auto text = textOf(u);
    const std::vector<Said> all_said(text.size(), Said::kYes);
    for (int pass = 0; pass <= (u.development ? 0 : options_.varied); ++pass) {
      Random random(options_.seed, static_cast<std::uint64_t>(i), static_cast<std::uint64_t>(pass));
      const auto heard =
          pass == 0 ? std::vector<std::int16_t>(mel.begin(), mel.end()) : vary(mel, random);
      PRIMER_ASSIGN(const auto posteriors, acoustic_.of(i).run(heard));
      Posteriors others;
      if (aligner_ != nullptr) {
        PRIMER_ASSIGN(others, aligner_->of(i).run(heard));
      }
      const auto& guide = aligner_ != nullptr ? others : posteriors;
      const auto kind = pass == 0 ? SampleKind::kAsRecorded : SampleKind::kVaried;
      keep(i, kind, posteriors, align(text, guide, carefulAlignment()), all_said);
      if (pass > 1) continue;
      auto [wrong, said] = pass == 0 && random.chance(0.5) ? otherText() : wrongWord(text, random);
      if (pass == 1 && random.chance(0.3)) std::tie(wrong, said) = otherText();
      // As both walks of the front door see words that were not said: left free, and forced.
      keep(i, SampleKind::kWrongText, posteriors, align(wrong, guide), said);
      keep(i, SampleKind::kWrongText, posteriors, align(wrong, guide, carefulAlignment()), said);
    }
    return {};
  }

  using Text = std::pair<std::vector<TextWord>, std::vector<Said>>;

  Text otherText() {
    const auto text = textOf(*rated_[random_.below(rated_.size())]);
    return {text, std::vector<Said>(text.size(), Said::kNo)};
  }

  // One word that was not said, beside or in place of one that was; what stands beside it is heard
  // in the wrong place.
  Text wrongWord(std::vector<TextWord> text, Random& random) {
    std::vector<Said> said(text.size(), Said::kYes);
    const auto other = textOf(*rated_[random.below(rated_.size())]);
    const auto& word = other[random.below(other.size())];
    const auto at = random.below(text.size());
    for (const auto& one : text) {
      if (one.ways[0] == word.ways[0])
        return {text, std::vector<Said>(text.size(), Said::kUnknown)};
    }
    const auto place = static_cast<std::ptrdiff_t>(at);
    if (random.chance(0.5)) {
      text[at] = word;
    } else {
      text.insert(text.begin() + place, word);
      said.insert(said.begin() + place, Said::kNo);
    }
    said[at] = Said::kNo;
    if (at > 0) said[at - 1] = Said::kUnknown;
    if (at + 1 < said.size()) said[at + 1] = Said::kUnknown;
    return {text, said};
  }

  void keep(std::size_t i, SampleKind kind, const Posteriors& posteriors, Alignment alignment,
            std::vector<Said> said) {
    Heard heard;
    heard.sample.utterance = i;
    heard.sample.kind = kind;
    heard.posteriors = posteriors;
    heard.alignment = std::move(alignment);
    heard.words = std::move(said);
    all_.push_back(std::move(heard));
    if (all_.size() % 1000 == 0) std::fprintf(stderr, "%zu recordings heard\n", all_.size());
  }

  const Options& options_;
  const Corpus& corpus_;
  ByFold<AcousticModel>& acoustic_;
  ByFold<AcousticModel>* aligner_;
  std::vector<const Utterance*> rated_;
  std::vector<Heard> all_;
  Random random_{options_.seed};
};

Status make(const Options& options) {
  PRIMER_ASSIGN(const auto corpus, readCorpus(options.work));
  PRIMER_ASSIGN(auto acoustic,
                ByFold<AcousticModel>::open(options.models, options.folds, corpus.utterances));
  std::optional<ByFold<AcousticModel>> aligner;
  if (!options.aligned_by.empty()) {
    PRIMER_ASSIGN(
        aligner, ByFold<AcousticModel>::open(options.aligned_by, options.folds, corpus.utterances));
  }
  Maker maker(options, corpus, acoustic, aligner ? &*aligner : nullptr);
  PRIMER_TRY(maker.hearAll());
  return writeRated(options.output, maker.features());
}

}  // namespace

int main(int argc, char** argv) {
  const char* const program = "pronunciation-features";
  Options options;
  return primer::runCommandLine(
      program, "Makes what the scorer learns from.", argc, argv, [&](CLI::App& app) -> Job {
        app.add_option("--work", options.work, "working folder")->required();
        app.add_option("--model", options.models, "acoustic models, averaged")->required();
        app.add_option("--aligned-by", options.aligned_by,
                       "acoustic models that walk through the texts, where they are others");
        app.add_option(
            "--folds", options.folds,
            "training speakers are heard by the models of their folds: MODEL.fold1, ...");
        app.add_option("--varied", options.varied, "varied passes over the training speakers");
        app.add_option("-o", options.output, "the features")->required();
        return [&] {
          const auto made = make(options);
          return made ? int(primer::kExitOk) : primer::reportError(program, made.error());
        };
      });
}
