// pronunciation-substitutions: what the net learns from that tells which sounds were said as
// others. Recordings of the corpus with their own text, and with texts that ask for other sounds
// than those that were said, and said rightly: what a reader does who says one sound for another,
// seen from the other side.

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <filesystem>

#include "data/by_fold.h"
#include "evaluation/replaced_sounds.h"
#include "primer/base/command_line.h"
#include "primer/base/program.h"
#include "primer/pronunciation/scorer.h"
#include "primer/pronunciation/substitution.h"
#include "primer/toolkit/random.h"
#include "scorer/rated_features.h"
#include "substitutions/substitution_task.h"

namespace {

using primer::Job;
using primer::Result;
using primer::Status;
using primer::toolkit::Random;
using namespace primer::pronunciation;            // NOLINT: this program is of the room
using namespace primer::pronunciation::workshop;  // NOLINT

struct Options {
  std::filesystem::path work, output;
  std::vector<std::filesystem::path> models, scorers;
  int folds = 0;
  int texts = 3;  // made-up ones of a recording
  std::uint64_t seed = 1;
};

constexpr float kMost = 2;
constexpr float kOther = 0.5f;          // most of them hold it another sound, or none
constexpr std::size_t kEachNative = 2;  // of native utterances every second

class Gatherer {
 public:
  Gatherer(const Options& options, const Corpus& corpus, ByFold<AcousticModel> acoustic,
           const PhoneDurations& durations)
      : options_(options), corpus_(corpus), acoustic_(std::move(acoustic)), durations_(durations) {}

  Status add(std::size_t i) {
    const auto& u = corpus_.utterances[i];
    const RowFlags whose = u.ratings ? RowFlags{0} : sound_row::kNative;
    PRIMER_ASSIGN(const auto posteriors, acoustic_.of(i).run(corpus_.melOf(u)));
    const auto text = u.ratings ? textOf(u) : textAsSaid(u, posteriors);
    const auto rated = u.ratings ? u.ratings->phones : allRight(text);
    rowsOf({i, text, rated}, {}, whose | sound_row::kAsRead, posteriors);
    Random random(options_.seed, static_cast<std::uint64_t>(i));
    for (int k = 0; k < (u.ratings ? options_.texts : 1); ++k) {
      auto made = text;
      const auto replaced = replaceSounds(made, rated, random);
      if (!replaced.empty()) rowsOf({i, made, rated}, replaced, whose, posteriors);
    }
    return {};
  }

  const std::vector<WitnessRow>& rows() const { return rows_; }

 private:
  // Native speakers say their sounds right.
  static SoundRatings allRight(const std::vector<TextWord>& text) {
    SoundRatings ratings;
    for (const auto& word : text) ratings.emplace_back(word.ways[0].size(), kMost);
    return ratings;
  }

  // Every word in the way that it was said; what raters rate has only one.
  static std::vector<TextWord> textAsSaid(const Utterance& utterance,
                                          const Posteriors& posteriors) {
    std::vector<TextWord> text;
    for (const auto& word : utterance.words) text.push_back({word.text, word.ways});
    const auto walk = align(text, posteriors, carefulAlignment());
    for (std::size_t w = 0; w < text.size(); ++w) {
      text[w].ways = {text[w].ways[walk.words[w].way]};
    }
    return text;
  }

  // Of sounds that some raters doubt nothing is known.
  struct Reading {
    std::size_t utterance;
    const std::vector<TextWord>& text;
    const SoundRatings& ratings;
  };
  void rowsOf(const Reading& reading, const std::vector<SoundPlace>& replaced, RowFlags flags,
              const Posteriors& posteriors) {
    const auto walk = align(reading.text, posteriors, carefulAlignment());
    const auto features = phoneFeatures(walk, posteriors, durations_);
    const SubstitutionEvidence evidence(walk, posteriors, features);
    for (std::size_t row = 0; row < features.rows.size(); ++row) {
      const SoundPlace place(features.rows[row].word, features.rows[row].place);
      const float rating = reading.ratings[place.first][place.second];
      const bool is_replaced = std::count(replaced.begin(), replaced.end(), place) != 0;
      const bool other = is_replaced || (replaced.empty() && rating < kOther);
      if (!other && rating < kRightSound) continue;
      const auto witnesses = evidence.of(row);
      rows_.push_back({reading.utterance,
                       flags | (other ? kTrue : RowFlags{0}),
                       {witnesses.begin(), witnesses.end()}});
    }
  }

  const Options& options_;
  const Corpus& corpus_;
  ByFold<AcousticModel> acoustic_;
  PhoneDurations durations_;
  std::vector<WitnessRow> rows_;
};

Status make(const Options& options) {
  PRIMER_ASSIGN(const auto corpus, readCorpus(options.work));
  const auto& all = corpus.utterances;
  PRIMER_ASSIGN(auto acoustic, ByFold<AcousticModel>::open(options.models, options.folds, all));
  PRIMER_ASSIGN(const auto scorer, Scorer::open(options.scorers));
  Gatherer gatherer(options, corpus, std::move(acoustic), scorer.durations());
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (all[i].ratings || i % kEachNative == 0) PRIMER_TRY(gatherer.add(i));
    if ((i + 1) % 500 == 0) std::fprintf(stderr, "%zu of %zu utterances\n", i + 1, all.size());
  }
  return writeWitnesses(options.output, gatherer.rows(), kSubstitutionWitnesses);
}

}  // namespace

int main(int argc, char** argv) {
  const char* const program = "pronunciation-substitutions";
  Options options;
  return primer::runCommandLine(
      program, "Makes what the net learns from that tells which sounds were said as others.", argc,
      argv, [&](CLI::App& app) -> Job {
        app.add_option("--work", options.work, "working folder")->required();
        app.add_option("--model", options.models, "acoustic models, averaged")->required();
        app.add_option("--scorer", options.scorers, "scorers, for how long sounds last")
            ->required();
        app.add_option(
            "--folds", options.folds,
            "training speakers are heard by the models of their folds: MODEL.fold1, ...");
        app.add_option("--texts", options.texts, "made-up texts of a recording");
        app.add_option("--seed", options.seed, "of the texts");
        app.add_option("-o", options.output, "the rows")->required();
        return [&] {
          const auto made = make(options);
          return made ? int(primer::kExitOk) : primer::reportError(program, made.error());
        };
      });
}
