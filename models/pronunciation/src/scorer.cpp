#include "primer/pronunciation/scorer.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>

#include "primer/base/share.h"
#include "primer/pronunciation/witness_net.h"
#include "src/odds.h"

namespace primer::pronunciation {

namespace {

using inference::Model;

// Phones on each side that a result may hang on.
constexpr std::size_t kContext = 16;
// Ratings are learned as 0 to 2, as those of phones are given.
constexpr float kMost = 2;

Result<PhoneDurations> durationsOf(const Model& model) {
  const auto damaged = [&model] {
    return fail(ErrorCode::kUnsupported,
                std::string(model.name()) + ": does not say how long phones last");
  };
  const auto entry = model.metadata("primer");
  if (!entry) return damaged();
  const auto* text = reinterpret_cast<const char*>(entry->data());
  std::size_t size = entry->size();
  while (size > 0 && text[size - 1] == '\0') --size;  // padding
  const auto told = nlohmann::json::parse(text, text + size, nullptr, false);
  PhoneDurations durations;
  try {
    const auto& preprocessing = told.at("preprocessing");
    for (std::size_t p = 0; p < kPhones; ++p) {
      durations.mean[p] = preprocessing.at("duration_mean").at(p);
      durations.deviation[p] = preprocessing.at("duration_deviation").at(p);
    }
  } catch (const nlohmann::json::exception&) {
    return damaged();
  }
  return durations;
}

float share(float value) { return std::clamp(value / kMost, 0.0f, 1.0f); }

}  // namespace

Result<Scorer> Scorer::open(const std::vector<std::filesystem::path>& files) {
  Scorer scorer;
  for (const auto& file : files) {
    PRIMER_ASSIGN(const auto whole, Model::open(file));
    // Outputs have their names in the signature.
    PRIMER_ASSIGN(const auto model, whole->signature("serving_default"));
    const auto unsuitable = [&](const char* why) {
      return fail(ErrorCode::kUnsupported, std::string(model->name()) + ": no scorer: " + why);
    };
    if (model->inputCount() != 1 || elements(model->input(0)) % kPhoneFeatures != 0) {
      return unsuitable("its input is another");
    }
    const auto positions = elements(model->input(0)) / kPhoneFeatures;
    if (positions <= 2 * kContext || (scorer.positions_ != 0 && scorer.positions_ != positions)) {
      return unsuitable("it takes another number of phones");
    }
    scorer.positions_ = positions;
    PRIMER_ASSIGN(scorer.durations_, durationsOf(*model));
    PRIMER_ASSIGN(const auto phones, model->findOutput("phones"));
    PRIMER_ASSIGN(const auto words, model->findOutput("words"));
    PRIMER_ASSIGN(const auto sentence, model->findOutput("sentence"));
    PRIMER_ASSIGN(const auto said, model->findOutput("said"));
    PRIMER_ASSIGN(const auto wrong, model->findOutput("wrong"));
    if (elements(model->output(phones)) != positions ||
        elements(model->output(said)) != positions || elements(model->output(wrong)) != positions ||
        elements(model->output(words)) != positions * kWordScores ||
        elements(model->output(sentence)) != positions * kSentenceScores) {
      return unsuitable("its outputs are others");
    }
    PRIMER_ASSIGN(auto session, inference::Session::create(model));
    scorer.nets_.push_back({std::move(session), phones, words, sentence, said, wrong});
  }
  if (scorer.nets_.empty()) return fail(ErrorCode::kInvalidArgument, "no scorer given");
  return scorer;
}

Result<Scorer> Scorer::openNumbered(const std::filesystem::path& first) {
  std::vector<std::filesystem::path> files = {first};
  for (const char* number : {"-2", "-3"}) {
    auto more = first;
    more.replace_filename(first.stem().string() + number + first.extension().string());
    std::error_code problem;
    if (std::filesystem::exists(more, problem)) files.push_back(more);
  }
  return open(files);
}

Result<Scorer> Scorer::openShipped() {
  return openNumbered(shareFolder() / "models" / "pronunciation-scorer.tflite");
}

Result<Scores> Scorer::score(const Alignment& alignment, const Posteriors& posteriors) {
  return score(alignment, phoneFeatures(alignment, posteriors, durations_));
}

Result<Scores> Scorer::score(const Alignment& alignment, const PhoneFeatures& features) {
  const std::size_t count = features.rows.size();
  Scores scores;
  scores.words.resize(alignment.words.size());
  if (count == 0) return scores;

  std::vector<float> phone_sums(count, 0), said_sums(count, 0), wrong_sums(count, 0);
  std::vector<float> word_sums(count * kWordScores, 0);
  std::vector<float> sentence_sums(kSentenceScores, 0);
  std::vector<float> input(positions_ * kPhoneFeatures);
  std::vector<float> phones(positions_), said(positions_), wrong(positions_),
      words(positions_ * kWordScores);
  std::vector<float> sentence(positions_ * kSentenceScores);
  for (std::size_t done = 0; done < count;) {
    const std::size_t first = done == 0 ? 0 : done - kContext;
    const std::size_t there = std::min(positions_, count - first);
    const std::size_t end = first + there == count ? count : first + positions_ - kContext;
    std::fill(input.begin(), input.end(), 0.0f);
    std::copy_n(features.values.begin() + static_cast<std::ptrdiff_t>(first * kPhoneFeatures),
                there * kPhoneFeatures, input.begin());
    for (auto& net : nets_) {
      PRIMER_TRY(net.session.setReals(0, input));
      PRIMER_TRY(net.session.run());
      PRIMER_TRY(net.session.reals(net.phones, phones));
      PRIMER_TRY(net.session.reals(net.words, words));
      PRIMER_TRY(net.session.reals(net.sentence, sentence));
      PRIMER_TRY(net.session.reals(net.said, said));
      PRIMER_TRY(net.session.reals(net.wrong, wrong));
      for (std::size_t i = done; i < end; ++i) {
        phone_sums[i] += phones[i - first];
        said_sums[i] += said[i - first];
        wrong_sums[i] += wrong[i - first];
        for (std::size_t k = 0; k < kWordScores; ++k) {
          word_sums[i * kWordScores + k] += words[(i - first) * kWordScores + k];
        }
        for (std::size_t k = 0; k < kSentenceScores; ++k) {
          sentence_sums[k] += sentence[(i - first) * kSentenceScores + k];
        }
      }
    }
    done = end;
  }

  const auto nets = static_cast<float>(nets_.size());
  std::vector<float> in_word(alignment.words.size(), 0);
  for (std::size_t i = 0; i < count; ++i) {
    const auto& row = features.rows[i];
    scores.phones.push_back({row, share(phone_sums[i] / nets), chanceOf(wrong_sums[i] / nets)});
    scores.words[row.word].accuracy += word_sums[i * kWordScores] / nets;
    scores.words[row.word].total += word_sums[i * kWordScores + 1] / nets;
    scores.words[row.word].said += said_sums[i] / nets;
    in_word[row.word] += 1;
  }
  for (std::size_t w = 0; w < in_word.size(); ++w) {
    if (in_word[w] == 0) continue;
    scores.words[w] = {share(scores.words[w].accuracy / in_word[w]),
                       share(scores.words[w].total / in_word[w]),
                       chanceOf(scores.words[w].said / in_word[w])};
  }
  const auto all = nets * static_cast<float>(count);
  scores.sentence = {share(sentence_sums[0] / all), share(sentence_sums[1] / all),
                     share(sentence_sums[2] / all), share(sentence_sums[3] / all)};
  return scores;
}

}  // namespace primer::pronunciation
