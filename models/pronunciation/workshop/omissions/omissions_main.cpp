// pronunciation-omissions: what the net learns from that tells which words were left out.
// Recordings of the corpus with their own text, and with texts that hold a word which was never
// said.

#include <CLI/CLI.hpp>
#include <cstdio>
#include <filesystem>

#include "data/by_fold.h"
#include "evaluation/trials.h"
#include "omissions/omission_task.h"
#include "primer/base/command_line.h"
#include "primer/base/program.h"
#include "scorer/rated_features.h"

namespace {

using primer::Job;
using primer::Result;
using primer::Status;
using primer::toolkit::Random;
using namespace primer::pronunciation;            // NOLINT: this program is of the room
using namespace primer::pronunciation::workshop;  // NOLINT

struct Options {
  std::filesystem::path work, output, substitutions;
  std::vector<std::filesystem::path> models, scorers, panel;
  int folds = 0;
  int texts = 2;  // of each kind for a recording
  std::uint64_t seed = 1;
};

constexpr std::size_t kFewestWords = 3;

class Gatherer {
 public:
  Gatherer(const Options& options, const Corpus& corpus, ByFold<AcousticModel> acoustic,
           ByFold<Scorer> scorers, Panel panel, SubstitutionFinder substitutions)
      : options_(options),
        corpus_(corpus),
        acoustic_(std::move(acoustic)),
        scorers_(std::move(scorers)),
        panel_(std::move(panel)),
        substitutions_(std::move(substitutions)) {
    // Development speakers lend one another words and texts, the others as well.
    for (const auto& u : corpus.utterances) {
      if (u.ratings) (u.development ? development_ : training_).push_back(u);
    }
  }

  Status add(std::size_t i) {
    const auto& u = corpus_.utterances[i];
    const auto text = textOf(u);
    PRIMER_ASSIGN(const auto posteriors, acoustic_.of(i).run(corpus_.melOf(u)));
    PRIMER_TRY(panel_.hear(corpus_.melOf(u)));
    PRIMER_TRY(rowsOf(i, {text, text.size()}, posteriors));
    if (text.size() < kFewestWords) return {};
    Random random(options_.seed, static_cast<std::uint64_t>(i));
    for (int k = 0; k < 2 * options_.texts; ++k) {
      const auto made =
          withWordNeverSaid(u.development ? development_ : training_, text, k % 2 == 1, random);
      if (made) PRIMER_TRY(rowsOf(i, *made, posteriors));
    }
    return {};
  }

  const std::vector<WitnessRow>& rows() const { return rows_; }

 private:
  // `made.at` is the word that was never said; beyond the text, where all of it was.
  Status rowsOf(std::size_t i, const MadeUpText& made, const Posteriors& posteriors) {
    const auto seen = [&](Alignment walk) {
      return viewOf(std::move(walk), posteriors, scorers_.of(i), panel_, substitutions_);
    };
    PRIMER_ASSIGN(const auto first, seen(align(made.text, posteriors)));
    if (isOtherText(first)) return {};
    PRIMER_ASSIGN(const auto forced, seen(align(made.text, posteriors, carefulAlignment())));
    const Walks walks{made.text, posteriors, first, forced};
    for (std::size_t w = 0; w < made.text.size(); ++w) {
      const bool is_doubted = doubted(walks, w);
      OmissionFeatures features{};
      if (is_doubted) features = omissionFeatures(walks, w);
      RowFlags flags = is_doubted ? RowFlags{0} : word_row::kClear;
      if (!forced.alignment.words[w].phones.empty()) flags |= word_row::kHeld;
      if (w == made.at) flags |= kTrue;
      if (made.at >= made.text.size()) flags |= word_row::kAsRead;
      rows_.push_back({i, flags, {features.begin(), features.end()}});
    }
    return {};
  }

  const Options& options_;
  const Corpus& corpus_;
  ByFold<AcousticModel> acoustic_;
  ByFold<Scorer> scorers_;
  Panel panel_;
  SubstitutionFinder substitutions_;
  std::vector<Utterance> training_, development_;
  std::vector<WitnessRow> rows_;
};

Status make(const Options& options) {
  PRIMER_ASSIGN(const auto corpus, readCorpus(options.work));
  const auto& all = corpus.utterances;
  PRIMER_ASSIGN(auto acoustic, ByFold<AcousticModel>::open(options.models, options.folds, all));
  PRIMER_ASSIGN(auto scorers, ByFold<Scorer>::open(options.scorers, options.folds, all));
  PRIMER_ASSIGN(auto panel, Panel::open(options.panel));
  PRIMER_ASSIGN(auto substitutions, SubstitutionFinder::open(options.substitutions));
  Gatherer gatherer(options, corpus, std::move(acoustic), std::move(scorers), std::move(panel),
                    std::move(substitutions));
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (all[i].ratings) PRIMER_TRY(gatherer.add(i));
    if ((i + 1) % 500 == 0) {
      std::fprintf(stderr, "%zu of %zu utterances\n", i + 1, all.size());
    }
  }
  return writeWitnesses(options.output, gatherer.rows(), kOmissionFeatures);
}

}  // namespace

int main(int argc, char** argv) {
  const char* const program = "pronunciation-omissions";
  Options options;
  return primer::runCommandLine(
      program, "Makes what the net learns from that tells which words were left out.", argc, argv,
      [&](CLI::App& app) -> Job {
        app.add_option("--work", options.work, "working folder")->required();
        app.add_option("--model", options.models, "acoustic models, averaged")->required();
        app.add_option("--scorer", options.scorers, "scorers, averaged")->required();
        app.add_option("--panel", options.panel,
                       "further ears: NAME for NAME-phones.tflite and NAME-scorer.tflite");
        app.add_option("--substitutions", options.substitutions, "the net for replaced sounds")
            ->required();
        app.add_option("--folds", options.folds,
                       "training speakers are judged by the models of their folds: MODEL.fold1, "
                       "SCORER.fold1, ...");
        app.add_option("--texts", options.texts, "made-up texts of each kind for a recording");
        app.add_option("--seed", options.seed, "of the texts");
        app.add_option("-o", options.output, "the rows")->required();
        return [&] {
          const auto made = make(options);
          return made ? int(primer::kExitOk) : primer::reportError(program, made.error());
        };
      });
}
