#include "evaluation/rating_figures.h"

#include <algorithm>

namespace primer::pronunciation::workshop {

namespace {

constexpr int kGrownUp = 16;  // years
constexpr float kWrong = 1;   // of 2: most raters heard something wrong
constexpr float kRight = 1.99f;

double percent(double part, double whole) { return 100 * part / std::max(whole, 1.0); }

}  // namespace

void RatingFigures::add(const Utterance& utterance, const Judgement& judged) {
  addTo(all_, utterance, judged);
  addTo(utterance.age < kGrownUp ? children_ : adults_, utterance, judged);
}

void RatingFigures::addTo(Group& group, const Utterance& utterance, const Judgement& judged) {
  auto& flags = group.flags;
  ++flags.recordings;
  flags.refused += judged.problem ? 1 : 0;
  flags.other += judged.other_text ? 1 : 0;
  if (judged.problem || judged.other_text || !judged.sentence) return;
  const auto& ratings = *utterance.ratings;
  std::size_t w = 0;
  for (const auto& word : judged.words) {
    if (word.error == WordError::kInsertion) continue;
    ++flags.words;
    flags.omitted += word.error == WordError::kOmission ? 1 : 0;
    group.pairs["word_accuracy"].add(*word.accuracy, ratings.word_accuracy[w]);
    group.pairs["word_total"].add(*word.total, ratings.word_total[w]);
    for (std::size_t p = 0; p < word.phones.size(); ++p) {
      const float rated = ratings.phones[w][p];
      group.pairs["phone"].add(*word.phones[p].score, rated);
      group.sounds.emplace_back(word.phones[p].doubt, rated < kWrong);
      const bool told = word.phones[p].flagged;
      const bool lost = told || word.error == WordError::kOmission;
      flags.flagged += told ? 1 : 0;
      flags.wrong += rated < kWrong ? 1 : 0;
      flags.right += told && rated < kWrong ? 1 : 0;
      flags.good += rated >= kRight ? 1 : 0;
      flags.good_flagged += told && rated >= kRight ? 1 : 0;
      flags.good_lost += lost && rated >= kRight ? 1 : 0;
    }
    ++w;
  }
  group.pairs["sentence_accuracy"].add(judged.sentence->accuracy, ratings.accuracy);
  group.pairs["sentence_total"].add(judged.sentence->total, ratings.total);
  group.pairs["fluency"].add(judged.sentence->fluency, ratings.fluency);
  group.pairs["prosody"].add(judged.sentence->prosody, ratings.prosody);
}

// If everything from some chance on were flagged: how many flags are right where 40 % of the wrong
// sounds are found, and how many are found where 70 % are right.
void RatingFigures::putCurve(const Group& group, const std::string& suffix,
                             toolkit::Metrics& metrics) {
  auto sounds = group.sounds;
  std::sort(sounds.rbegin(), sounds.rend());
  const auto wrong = static_cast<double>(
      std::count_if(sounds.begin(), sounds.end(), [](const auto& sound) { return sound.second; }));
  double found = 0, right_at_40 = 0, threshold_at_40 = 0, found_at_70 = 0, threshold_at_70 = 0;
  for (std::size_t i = 0; i < sounds.size(); ++i) {
    found += sounds[i].second ? 1 : 0;
    if (i + 1 < sounds.size() && sounds[i + 1].first == sounds[i].first) continue;
    const double right = percent(found, static_cast<double>(i + 1));
    if (right_at_40 == 0 && found >= 0.4 * wrong) {
      right_at_40 = right;
      threshold_at_40 = sounds[i].first;
    }
    if (right >= 70) {
      found_at_70 = percent(found, wrong);
      threshold_at_70 = sounds[i].first;
    }
  }
  metrics["right_percent_where_40_found" + suffix] = right_at_40;
  metrics["threshold_where_40_found" + suffix] = threshold_at_40;
  metrics["found_percent_where_70_right" + suffix] = found_at_70;
  metrics["threshold_where_70_right" + suffix] = threshold_at_70;
}

void RatingFigures::putFlags(const Group& group, const std::string& suffix,
                             toolkit::Metrics& metrics) {
  putCurve(group, suffix, metrics);
  const auto& f = group.flags;
  metrics["flags_right_percent" + suffix] = percent(f.right, f.flagged);
  metrics["wrong_sounds_found_percent" + suffix] = percent(f.right, f.wrong);
  metrics["right_sounds_flagged_percent" + suffix] = percent(f.good_flagged, f.good);
}

void RatingFigures::put(const Group& group, const std::string& suffix, toolkit::Metrics& metrics) {
  for (const auto& [name, pairs] : group.pairs) metrics[name + "_pcc" + suffix] = pairs.value();
  putFlags(group, suffix, metrics);
  const auto& f = group.flags;
  metrics["right_sounds_flagged_or_omitted_percent" + suffix] = percent(f.good_lost, f.good);
  metrics["said_words_called_omitted_percent" + suffix] = percent(f.omitted, f.words);
  metrics["recordings_refused_percent" + suffix] = percent(f.refused, f.recordings);
  metrics["recordings_called_other_text_percent" + suffix] = percent(f.other, f.recordings);
}

void RatingFigures::putFlags(const std::string& suffix, toolkit::Metrics& metrics) const {
  putFlags(all_, suffix, metrics);
}

void RatingFigures::put(toolkit::Metrics& metrics) const {
  put(all_, "", metrics);
  put(children_, "_children", metrics);
  put(adults_, "_adults", metrics);
}

}  // namespace primer::pronunciation::workshop
