#include "src/judgement.h"

#include <algorithm>
#include <cmath>

#include "primer/pronunciation/class_accent.h"
#include "primer/pronunciation/speaker_prior.h"
#include "src/odds.h"

namespace primer::pronunciation {

namespace {

constexpr float kFull = 100;
constexpr float kSurelyNot = 0.1f;  // chance that it was said, under which a word is worth nothing
constexpr float kMostly = 0.75f;    // of what was heard of others that count as left out
constexpr std::size_t kShortestInsertion = 9;  // steps: 180 ms
constexpr float kCautionOfKnown = 0.5f;        // log odds
// Log odds taken off what the net for replaced sounds says: one in six was replaced in what it
// learned from, hardly any is in what is read.
constexpr float kCautionOfReplaced = 2;
constexpr float kLostByReplaced = 0.7f;     // of a sound's score, where it is sure
constexpr float kSpeechOfInsertion = 0.6f;  // mean chance that it is speech at all

TimeRange timeOf(const Hearing& hearing, StepRange steps) {
  return {static_cast<int>(std::lround(hearing.millisecondsAt(steps.first))),
          static_cast<int>(std::lround(hearing.millisecondsAt(steps.last)))};
}

// Whether an established accent says it so.
bool accepted(const std::vector<SaidPhone>& phones, std::size_t at, Phone heard) {
  const Phone before = at > 0 ? phones[at - 1].phone : kSilence;
  const Phone after = at + 1 < phones.size() ? phones[at + 1].phone : kSilence;
  const auto others = acceptedFor(phones[at].phone, before, after);
  if (std::find(others.begin(), others.end(), heard) != others.end()) return true;
  // It may be left out: then its neighbour is heard in its place.
  const bool silent = std::find(others.begin(), others.end(), kSilence) != others.end();
  return silent && (heard == before || heard == after);
}

// What is known of a speaker moves chances up and down; flags stay as right as a stranger's are
// with some caution.
float thresholdOf(const JudgeRequest& request) {
  const float threshold = flagThreshold(request.sensitivity);
  if (request.speaker == nullptr || !request.speaker->isKnown()) return threshold;
  const float odds = oddsOf(threshold) + kCautionOfKnown;
  return chanceOf(odds);
}

class Teller {
 public:
  explicit Teller(const Judged& judged)
      : judged_(judged), threshold_(thresholdOf(judged.request)) {}

  Judgement tell() {
    const auto& text = judged_.request.text;
    for (std::size_t w = 0; w < text.size(); ++w) {
      putForeign(w);
      putWord(w);
    }
    putForeign(text.size());
    putSentence();
    result_.repetitions = judged_.view.alignment.repetitions;
    return std::move(result_);
  }

 private:
  void putForeign(std::size_t before) {
    for (const auto& foreign : judged_.view.alignment.foreign) {
      if (foreign.before != before || !isInsertion(foreign)) continue;
      JudgedWord word;
      word.error = WordError::kInsertion;
      word.time = timeOf(judged_.hearing, foreign.steps);
      for (const auto& phone : heardIn(foreign.steps)) {
        if (!word.word.empty()) word.word += ' ';
        word.word += kPhoneNames[phone.phone];
        JudgedPhone judged;
        judged.phone = judged.heard = phone.phone;
        judged.time = timeOf(judged_.hearing, phone.steps);
        word.phones.push_back(judged);
      }
      result_.words.push_back(std::move(word));
    }
  }

  // A false start of the word that follows is a correction, not a mistake, and so is any
  // hesitation.
  bool isInsertion(const ForeignSpeech& foreign) const {
    return isSpeech(foreign) && !isFalseStart(foreign);
  }

  bool isSpeech(const ForeignSpeech& foreign) const {
    if (foreign.steps.size() < kShortestInsertion) return false;
    const auto& posteriors = judged_.hearing.posteriors;
    float speech = 0;
    for (std::size_t s = foreign.steps.first; s < foreign.steps.last; ++s) {
      const auto at = posteriors.at(s);
      speech += 1 - std::exp(at[kSilence]) - std::exp(at[kNoise]);
    }
    if (speech < kSpeechOfInsertion * static_cast<float>(foreign.steps.size())) return false;
    return heardIn(foreign.steps).size() >= 2;
  }

  bool isFalseStart(const ForeignSpeech& foreign) const {
    const auto& text = judged_.request.text;
    if (foreign.before >= text.size()) return false;
    const auto heard = heardIn(foreign.steps);
    const auto& ways = text[foreign.before].ways;
    return std::any_of(ways.begin(), ways.end(), [&heard](const Pronunciation& way) {
      return !way.empty() && !heard.empty() && way[0] == heard[0].phone;
    });
  }

  // The likeliest phones of some steps, those of a single step left out.
  std::vector<SaidPhone> heardIn(StepRange steps) const {
    std::vector<SaidPhone> heard;
    for (std::size_t s = steps.first; s < steps.last; ++s) {
      const auto phone = heardPhone(judged_.hearing.posteriors, {s, s + 1});
      if (!heard.empty() && heard.back().phone == phone) {
        heard.back().steps.last = s + 1;
      } else {
        heard.push_back({phone, {s, s + 1}});
      }
    }
    std::erase_if(heard, [](const SaidPhone& phone) { return phone.steps.size() < 2; });
    return heard;
  }

  void putWord(std::size_t w) {
    const auto& written = judged_.request.text[w];
    const auto& found = judged_.view.alignment.words[w];
    JudgedWord word;
    word.word = written.written;
    if (found.phones.empty()) {
      word.error = WordError::kOmission;
      putLeftOut(w, word);
      result_.words.push_back(std::move(word));
      return;
    }
    ++said_;
    word.time = timeOfWord(w);
    word.repeats = found.repeats;
    const auto& foreign = judged_.view.alignment.foreign;
    word.corrected = std::any_of(foreign.begin(), foreign.end(), [&](const auto& other) {
      return other.before == w && isSpeech(other) && isFalseStart(other);
    });
    first_ = std::min(first_, word.time->start_ms);
    last_ = std::max(last_, word.time->end_ms);
    for (std::size_t p = 0; p < found.phones.size(); ++p) {
      JudgedPhone judged;
      judged.phone = found.phones[p].phone;
      judged.time = timeOfPhone(found.phones, p, *word.time);
      const auto& scored = judged_.view.scores.phones[row_];
      judged.score = kFull * scored.score;
      judged.wrong = scored.wrong;
      judged.heard = heardPhone(judged_.hearing.posteriors, found.phones[p].steps);
      const bool is_accepted = accepted(found.phones, p, judged.heard);
      if (!is_accepted) putReplaced(judged_.view.replaced[row_], judged);
      ++row_;
      judged.doubt = doubtOf(judged);
      judged.flagged = judged.doubt > threshold_ && !is_accepted && !isAccent(judged.phone);
      if (judged.flagged) word.error = WordError::kMispronunciation;
      word.phones.push_back(judged);
    }
    word.accuracy = kFull * judged_.view.scores.words[w].accuracy;
    word.total = kFull * judged_.view.scores.words[w].total;
    result_.words.push_back(std::move(word));
  }

  // A sound that was surely said as another one is wrong, however clear the voice, and worth
  // little.
  static void putReplaced(float odds, JudgedPhone& judged) {
    const float replaced = odds - kCautionOfReplaced;
    if (replaced <= oddsOf(judged.wrong)) return;
    judged.wrong = chanceOf(replaced);
    judged.score = *judged.score * (1 - kLostByReplaced * std::max(2 * judged.wrong - 1, 0.0f));
  }

  float doubtOf(const JudgedPhone& judged) const {
    const auto* speaker = judged_.request.speaker;
    return speaker == nullptr ? judged.wrong : speaker->chance(judged.phone, judged.wrong);
  }

  bool isAccent(Phone phone) const {
    return judged_.request.accent != nullptr && judged_.request.accent->holds(phone);
  }

  TimeRange timeOfWord(std::size_t w) const {
    const auto& frames = judged_.times[w];
    return {static_cast<int>(std::lround(judged_.hearing.millisecondsAtFrame(frames.first))),
            static_cast<int>(std::lround(judged_.hearing.millisecondsAtFrame(frames.last)))};
  }

  // Sounds lie within their word, the first and the last of them end with it.
  TimeRange timeOfPhone(const std::vector<SaidPhone>& phones, std::size_t p,
                        const TimeRange& word) const {
    auto time = timeOf(judged_.hearing, phones[p].steps);
    time.start_ms = p == 0 ? word.start_ms : std::clamp(time.start_ms, word.start_ms, word.end_ms);
    time.end_ms =
        p + 1 == phones.size() ? word.end_ms : std::clamp(time.end_ms, word.start_ms, word.end_ms);
    return time;
  }

  // A word left out is worth nothing, unless some doubt is left: then most of what was heard
  // counts.
  void putLeftOut(std::size_t w, JudgedWord& word) const {
    const auto& heard = judged_.forced.phones;
    const float share = judged_.forced.words[w].said < kSurelyNot ? 0 : kMostly;
    const auto& phones = judged_.request.text[w].ways[0];
    for (std::size_t p = 0; p < phones.size(); ++p) {
      JudgedPhone judged;
      judged.phone = judged.heard = phones[p];
      const auto row = std::find_if(heard.begin(), heard.end(), [&](const PhoneScore& one) {
        return one.row.word == w && one.row.place == p;
      });
      judged.score = row == heard.end() ? 0.0f : kFull * share * row->score;
      judged.wrong = judged.doubt = row == heard.end() ? 1.0f : row->wrong;
      word.phones.push_back(judged);
    }
    word.accuracy = kFull * share * judged_.forced.words[w].accuracy;
    word.total = kFull * share * judged_.forced.words[w].total;
  }

  void putSentence() {
    const auto count = judged_.request.text.size();
    if (count == 0 || said_ == 0) return;
    // A word that may have been said after all counts by its chance.
    float complete = static_cast<float>(said_);
    for (std::size_t w = 0; w < count; ++w) {
      if (judged_.view.alignment.words[w].phones.empty()) complete += 1 - judged_.left_out[w];
    }
    complete /= static_cast<float>(count);
    const auto& scores = judged_.view.scores.sentence;
    result_.sentence = {kFull * scores.accuracy * complete, kFull * scores.fluency,
                        kFull * complete, kFull * scores.prosody, kFull * scores.total * complete};
    const float minutes = static_cast<float>(std::max(last_ - first_, 1)) / 60'000;
    result_.words_per_minute = static_cast<float>(said_) / minutes;
  }

  const Judged& judged_;
  const float threshold_;
  Judgement result_;
  std::size_t row_ = 0;  // of the scores' phones
  std::size_t said_ = 0;
  int first_ = 1 << 30;
  int last_ = 0;
};

}  // namespace

Judgement tell(const Judged& judged) { return Teller(judged).tell(); }

Result<SaidWords> wordsSaid(const Walks& walks, OmissionFinder& omissions) {
  SaidWords result{walks.first.alignment, {}};
  auto& words = result.alignment.words;
  for (std::size_t w = 0; w < words.size(); ++w) {
    PRIMER_ASSIGN(const float odds, omissions.odds(walks, w));
    result.left_out.push_back(chanceOf(odds));
    if (odds > kLeastOmissionOdds) {
      words[w] = WordFound{};
    } else if (words[w].phones.empty()) {
      words[w] = walks.forced.alignment.words[w];
    }
  }
  return result;
}

}  // namespace primer::pronunciation
