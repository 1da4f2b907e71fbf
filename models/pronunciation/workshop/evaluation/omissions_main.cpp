// pronunciation-omissions: fits the rule that tells words that were left out (src/omission.cpp), on
// development speakers with texts that hold a word which they never said.
//
// A logistic regression for each of six groups of speakers, learned from the others: the figures
// are of speakers that the rule did not learn from. The weights that are printed come from all.

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cmath>
#include <cstdio>

#include "data/corpus.h"
#include "evaluation/trials.h"
#include "primer/base/command_line.h"
#include "primer/base/program.h"
#include "primer/pronunciation/omission.h"
#include "scorer/rated_features.h"

namespace {

using primer::Job;
using primer::Result;
using namespace primer::pronunciation;            // NOLINT: this program is of the room
using namespace primer::pronunciation::workshop;  // NOLINT

constexpr std::size_t kGroups = 6;
constexpr int kTimes = 4;        // texts of each kind for a recording
constexpr double kRidge = 1e-3;  // of the weights
constexpr int kRounds = 3000;
constexpr double kRate = 0.3;

struct Row {
  OmissionFeatures features{};
  bool doubted = false;
  bool never_said = false;
  bool as_read = false;  // of a text that was read as it stands
  std::size_t group = 0;
};

double oddsOf(const std::vector<double>& weights, const OmissionFeatures& features) {
  double odds = 0;
  for (std::size_t k = 0; k < features.size(); ++k) odds += weights[k] * features[k];
  return odds;
}

// Gradient descent with momentum on features brought to deviation 1; the first is the constant.
std::vector<double> fit(const std::vector<Row>& rows, std::size_t without) {
  std::vector<const Row*> kept;
  for (const auto& row : rows) {
    if (row.doubted && row.group != without) kept.push_back(&row);
  }
  std::vector<double> mean(kOmissionFeatures, 0), deviation(kOmissionFeatures, 0);
  const auto count = static_cast<double>(std::max<std::size_t>(kept.size(), 1));
  for (const auto* row : kept) {
    for (std::size_t k = 0; k < kOmissionFeatures; ++k) {
      mean[k] += row->features[k] / count;
      deviation[k] += double(row->features[k]) * row->features[k] / count;
    }
  }
  for (std::size_t k = 0; k < kOmissionFeatures; ++k) {
    deviation[k] = std::sqrt(std::max(deviation[k] - mean[k] * mean[k], 1e-6));
  }
  mean[0] = 0;
  deviation[0] = 1;
  std::vector<double> weights(kOmissionFeatures, 0), speed(weights), scaled(weights);
  for (int round = 0; round < kRounds; ++round) {
    std::vector<double> gradient(kOmissionFeatures, 0);
    for (const auto* row : kept) {
      double odds = 0;
      for (std::size_t k = 0; k < kOmissionFeatures; ++k) {
        scaled[k] = (row->features[k] - mean[k]) / deviation[k];
        odds += weights[k] * scaled[k];
      }
      const double off = 1 / (1 + std::exp(-odds)) - (row->never_said ? 1 : 0);
      for (std::size_t k = 0; k < kOmissionFeatures; ++k) gradient[k] += off * scaled[k] / count;
    }
    for (std::size_t k = 0; k < kOmissionFeatures; ++k) {
      speed[k] = 0.9 * speed[k] - kRate * (gradient[k] + (k > 0 ? kRidge * weights[k] : 0));
      weights[k] += speed[k];
    }
  }
  for (std::size_t k = 1; k < kOmissionFeatures; ++k) {
    weights[k] /= deviation[k];
    weights[0] -= weights[k] * mean[k];
  }
  return weights;
}

class Gatherer {
 public:
  Gatherer(AcousticModel acoustic, Scorer scorer, const std::vector<Utterance>& utterances)
      : acoustic_(std::move(acoustic)), scorer_(std::move(scorer)), utterances_(utterances) {}

  primer::Status add(const Utterance& utterance, const Hearing& hearing, std::size_t group) {
    const auto text = textOf(utterance);
    PRIMER_TRY(rowsOf(text, text.size(), hearing, group, true));
    if (text.size() < 3) return {};
    for (int i = 0; i < 2 * kTimes; ++i) {
      const auto made = withWordNeverSaid(utterances_, text, i % 2 == 1, random_);
      if (made) PRIMER_TRY(rowsOf(made->text, made->at, hearing, group, false));
    }
    return {};
  }

  Result<Hearing> hearOne(const std::filesystem::path& audio) {
    PRIMER_ASSIGN(auto file, primer::speech::AudioFile::open(audio));
    PRIMER_ASSIGN(const auto recording, readRecording(file));
    return hear(recording, acoustic_);
  }

  const std::vector<Row>& rows() const { return rows_; }

 private:
  primer::Status rowsOf(const std::vector<TextWord>& text, std::size_t never_said,
                        const Hearing& hearing, std::size_t group, bool as_read) {
    const auto viewOf = [&](Alignment walk) -> Result<View> {
      PRIMER_ASSIGN(auto scores, scorer_.score(walk, hearing.posteriors));
      return View{std::move(walk), std::move(scores)};
    };
    PRIMER_ASSIGN(const auto first, viewOf(align(text, hearing.posteriors)));
    if (isOtherText(first)) return {};
    PRIMER_ASSIGN(const auto forced, viewOf(align(text, hearing.posteriors, carefulAlignment())));
    const Walks walks{text, hearing.posteriors, first, forced};
    for (std::size_t w = 0; w < text.size(); ++w) {
      Row row;
      row.group = group;
      row.never_said = w == never_said;
      row.as_read = as_read;
      row.doubted = doubted(walks, w);
      if (row.doubted) row.features = omissionFeatures(walks, w);
      // What the forced walk cannot hold is left out without a question.
      if (forced.alignment.words[w].phones.empty()) row.features[0] = 0;
      rows_.push_back(row);
    }
    return {};
  }

  AcousticModel acoustic_;
  Scorer scorer_;
  const std::vector<Utterance>& utterances_;
  primer::toolkit::Random random_{20261122};
  std::vector<Row> rows_;
};

void report(const std::vector<Row>& rows, const std::vector<std::vector<double>>& weights) {
  std::printf("%9s %8s %8s %8s %26s\n", "threshold", "F1", "found %", "wrong %",
              "as read: called omitted %");
  for (const double threshold : {-1.5, -1.0, -0.5, 0.0, 0.5, 1.0, 1.5, 2.0}) {
    double found = 0, missed = 0, mistaken = 0, said = 0, read = 0, read_mistaken = 0;
    for (const auto& row : rows) {
      const bool out = row.doubted && oddsOf(weights[row.group], row.features) > threshold;
      if (row.never_said) {
        (out ? found : missed) += 1;
      } else if (row.as_read) {
        ++read;
        read_mistaken += out ? 1 : 0;
      } else {
        ++said;
        mistaken += out ? 1 : 0;
      }
    }
    std::printf("%9.1f %8.3f %8.1f %8.2f %26.2f\n", threshold,
                2 * found / std::max(2 * found + missed + mistaken, 1.0),
                100 * found / std::max(found + missed, 1.0), 100 * mistaken / std::max(said, 1.0),
                100 * read_mistaken / std::max(read, 1.0));
  }
}

primer::Status run(const std::filesystem::path& data) {
  PRIMER_ASSIGN(const auto all, readSpeechocean(data));
  std::vector<Utterance> utterances;
  for (const auto& one : all) {
    if (one.development) utterances.push_back(one);
  }
  PRIMER_ASSIGN(auto acoustic, AcousticModel::openShipped());
  PRIMER_ASSIGN(auto scorer, Scorer::openShipped());
  Gatherer gatherer(std::move(acoustic), std::move(scorer), utterances);
  std::vector<std::string> speakers;
  for (const auto& one : utterances) {
    const auto at = std::find(speakers.begin(), speakers.end(), one.speaker);
    const auto number = static_cast<std::size_t>(at - speakers.begin());
    if (at == speakers.end()) speakers.push_back(one.speaker);
    PRIMER_ASSIGN(const auto hearing, gatherer.hearOne(data / one.audio));
    if (!hearing.problem) PRIMER_TRY(gatherer.add(one, hearing, number % kGroups));
  }
  const auto& rows = gatherer.rows();
  std::vector<std::vector<double>> weights;
  for (std::size_t group = 0; group < kGroups; ++group) weights.push_back(fit(rows, group));
  std::printf("%zu words of %zu speakers, of whom none was learned from\n", rows.size(),
              speakers.size());
  report(rows, weights);
  std::printf("weights of all:\n");
  for (const double weight : fit(rows, kGroups)) std::printf(" %.3ff,", weight);
  std::printf("\n");
  return {};
}

}  // namespace

int main(int argc, char** argv) {
  const char* const program = "pronunciation-omissions";
  std::filesystem::path data;
  return primer::runCommandLine(
      program, "Fits the rule for words that were left out.", argc, argv,
      [&](CLI::App& app) -> Job {
        app.add_option("--data", data, "folder of data sets")->envname("PRIMER_DATA")->required();
        return [&] {
          const auto done = run(data);
          return done ? int(primer::kExitOk) : primer::reportError(program, done.error());
        };
      });
}
