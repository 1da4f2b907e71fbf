// pronunciation-choices: what the net learns from that tells whether an answer was said at all.
// Recordings of the corpus with lists of answers that hold what was said, or do not: whole
// sentences, and a few of their words.

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <filesystem>

#include "choices/choice_task.h"
#include "data/by_fold.h"
#include "evaluation/trials.h"
#include "primer/base/command_line.h"
#include "primer/base/program.h"
#include "primer/pronunciation/choosing.h"
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
  std::vector<std::filesystem::path> models, scorers;
  int folds = 0;
  int lists = 2;  // of each kind for a recording
  std::uint64_t seed = 1;
};

constexpr std::size_t kMostOfFewWords = 3;

class Gatherer {
 public:
  Gatherer(const Options& options, const Corpus& corpus, const Lexicon& lexicon,
           ByFold<AcousticModel> acoustic, ByFold<Scorer> scorers)
      : options_(options),
        corpus_(corpus),
        lexicon_(lexicon),
        acoustic_(std::move(acoustic)),
        scorers_(std::move(scorers)) {
    for (const auto& u : corpus.utterances) {
      if (u.ratings) (u.development ? development_ : training_).push_back(u);
    }
  }

  Status add(std::size_t i) {
    const auto& u = corpus_.utterances[i];
    const auto& others = u.development ? development_ : training_;
    PRIMER_ASSIGN(const auto posteriors, acoustic_.of(i).run(corpus_.melOf(u)));
    Random random(options_.seed, static_cast<std::uint64_t>(i));
    for (int k = 0; k < options_.lists; ++k) {
      for (const bool there : {true, false}) {
        PRIMER_TRY(
            keep(i, closedListFor(u, others, there, random), posteriors, there, RowFlags{0}));
        PRIMER_TRY(fewWords(i, others, posteriors, there, random));
      }
    }
    return {};
  }

  const std::vector<WitnessRow>& rows() const { return rows_; }

 private:
  // Some words of an utterance.
  static Utterance partOf(const Utterance& whole, std::size_t first, std::size_t count) {
    Utterance part;
    const auto from = whole.words.begin() + static_cast<std::ptrdiff_t>(first);
    part.words.assign(from, from + static_cast<std::ptrdiff_t>(count));
    return part;
  }

  static Utterance anyPartOf(const Utterance& whole, std::size_t most, Random& random) {
    const auto count = std::min(most, whole.words.size());
    return partOf(whole, random.below(whole.words.size() - count + 1), count);
  }

  Status fewWords(std::size_t i, const std::vector<Utterance>& others, const Posteriors& posteriors,
                  bool there, Random& random) {
    const auto& u = corpus_.utterances[i];
    const auto walk = align(textOf(u), posteriors, carefulAlignment());
    const auto count = std::min<std::size_t>(1 + random.below(kMostOfFewWords), u.words.size());
    const auto first = random.below(u.words.size() - count + 1);
    const auto& begin = walk.words[first];
    const auto& end = walk.words[first + count - 1];
    if (begin.phones.empty() || end.phones.empty() || begin.steps().first >= end.steps().last) {
      return {};
    }
    const StepRange steps = {begin.steps().first, end.steps().last};
    Posteriors part(steps.size());
    for (std::size_t s = 0; s < steps.size(); ++s) {
      const auto from = posteriors.at(steps.first + s);
      std::copy(from.begin(), from.end(), part.at(s).begin());
    }
    std::vector<Utterance> parts;
    for (int k = 0; k < 60; ++k) {
      parts.push_back(anyPartOf(others[random.below(others.size())], count, random));
    }
    return keep(i, closedListFor(partOf(u, first, count), parts, there, random), part, there,
                choice_row::kFewWords);
  }

  // What was said is the first of the answers, if it is there.
  Status keep(std::size_t i, const std::vector<std::string>& choices, const Posteriors& posteriors,
              bool there, RowFlags flags) {
    std::vector<std::vector<TextWord>> texts;
    for (const auto& choice : choices) {
      texts.push_back(lexicon_.words(choice));
      if (texts.back().empty()) return {};
    }
    const auto scores = answerScores(texts, posteriors);
    const auto best = std::max_element(scores.begin(), scores.end());
    if (!std::isfinite(*best)) return {};
    PRIMER_ASSIGN(const auto features, choiceFeatures(texts, scores, posteriors, scorers_.of(i)));
    if (there) flags |= choice_row::kRightThere;
    if (there && best == scores.begin()) flags |= kTrue;
    rows_.push_back({i, flags, {features.begin(), features.end()}});
    return {};
  }

  const Options& options_;
  const Corpus& corpus_;
  const Lexicon& lexicon_;
  ByFold<AcousticModel> acoustic_;
  ByFold<Scorer> scorers_;
  std::vector<Utterance> training_, development_;
  std::vector<WitnessRow> rows_;
};

Status make(const Options& options) {
  PRIMER_ASSIGN(const auto corpus, readCorpus(options.work));
  PRIMER_ASSIGN(const auto lexicon, Lexicon::openShipped());
  const auto& all = corpus.utterances;
  PRIMER_ASSIGN(auto acoustic, ByFold<AcousticModel>::open(options.models, options.folds, all));
  PRIMER_ASSIGN(auto scorers, ByFold<Scorer>::open(options.scorers, options.folds, all));
  Gatherer gatherer(options, corpus, lexicon, std::move(acoustic), std::move(scorers));
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (all[i].ratings) PRIMER_TRY(gatherer.add(i));
    if ((i + 1) % 500 == 0) std::fprintf(stderr, "%zu of %zu utterances\n", i + 1, all.size());
  }
  return writeWitnesses(options.output, gatherer.rows(), kChoiceFeatures);
}

}  // namespace

int main(int argc, char** argv) {
  const char* const program = "pronunciation-choices";
  Options options;
  return primer::runCommandLine(
      program, "Makes what the net learns from that tells whether an answer was said at all.", argc,
      argv, [&](CLI::App& app) -> Job {
        app.add_option("--work", options.work, "working folder")->required();
        app.add_option("--model", options.models, "acoustic models, averaged")->required();
        app.add_option("--scorer", options.scorers, "scorers, averaged")->required();
        app.add_option("--folds", options.folds,
                       "training speakers are judged by the models of their folds: MODEL.fold1, "
                       "SCORER.fold1, ...");
        app.add_option("--lists", options.lists, "lists of each kind for a recording");
        app.add_option("--seed", options.seed, "of the lists");
        app.add_option("-o", options.output, "the rows")->required();
        return [&] {
          const auto made = make(options);
          return made ? int(primer::kExitOk) : primer::reportError(program, made.error());
        };
      });
}
