// primer-batch speech: a recording and the text that was to be read aloud, judged. primer-batch
// choose: a recording and a closed list of answers, one of them picked.

#include <CLI/CLI.hpp>
#include <cmath>
#include <memory>
#include <string>
#include <vector>

#include "json_lines.h"
#include "primer/base/program.h"
#include "primer/pronunciation/pronunciation.h"
#include "primer/pronunciation/running_record.h"
#include "verb.h"

namespace primer::batch {

namespace {

using pronunciation::JudgedPhone;
using pronunciation::JudgedWord;
using pronunciation::Judgement;
using pronunciation::JudgeRequest;
using pronunciation::PronunciationJudge;

constexpr std::size_t kMostWords = 5000;
constexpr std::size_t kMostPhones = 64;  // of one word

struct SpeechOptions {
  double sensitivity = 0.5;
};

Result<std::string> requiredText(const Json& record, const char* key) {
  const auto value = record.find(key);
  if (value == record.end() || !value->is_string()) {
    return fail(ErrorCode::kInvalidArgument,
                std::string("\"").append(key).append("\" is missing or not a text"));
  }
  return value->get<std::string>();
}

// The record's own pronunciations in place of the lexicon's.
Status takePhones(const Json& record, std::vector<pronunciation::TextWord>& words) {
  const auto given = record.find("phones");
  if (given == record.end() || given->is_null()) return {};
  if (!given->is_array() || given->size() != words.size()) {
    return fail(ErrorCode::kInvalidArgument, "\"phones\" must be a list for each of the " +
                                                 std::to_string(words.size()) +
                                                 " words of the text");
  }
  for (std::size_t w = 0; w < words.size(); ++w) {
    const auto& list = (*given)[w];
    const auto where = "\"phones\" of word " + std::to_string(w) + " (" + words[w].written + ")";
    if (!list.is_array() || list.empty() || list.size() > kMostPhones) {
      return fail(ErrorCode::kInvalidArgument, where + " must be a list of 1 to 64 phones");
    }
    pronunciation::Pronunciation phones;
    for (const auto& name : list) {
      const auto phone = name.is_string()
                             ? pronunciation::phoneNamed(name.get_ref<const std::string&>())
                             : std::nullopt;
      if (!phone) {
        return fail(ErrorCode::kInvalidArgument, where + ": " + name.dump() + " is no phone");
      }
      phones.push_back(*phone);
    }
    words[w].ways = {std::move(phones)};
  }
  return {};
}

double tenth(float value) { return std::round(static_cast<double>(value) * 10) / 10; }

Json orNull(const std::optional<float>& value) {
  return value ? Json(tenth(*value)) : Json(nullptr);
}

void putTime(const std::optional<pronunciation::TimeRange>& time, Json& entry) {
  entry["start_ms"] = time ? Json(time->start_ms) : Json(nullptr);
  entry["end_ms"] = time ? Json(time->end_ms) : Json(nullptr);
}

Json phoneEntry(const JudgedPhone& phone) {
  Json entry = {{"phone", pronunciation::kPhoneNames[phone.phone]}};
  putTime(phone.time, entry);
  // Scores of phones are finer than what is shown: who ranks them needs that.
  entry["score"] =
      phone.score ? Json(std::round(static_cast<double>(*phone.score) * 100) / 100) : Json(nullptr);
  entry["flagged"] = phone.flagged;
  entry["heard"] = phone.time ? Json(pronunciation::kPhoneNames[phone.heard]) : Json(nullptr);
  return entry;
}

Json wordEntry(const JudgedWord& word) {
  Json entry = {{"word", word.word}};
  putTime(word.time, entry);
  entry["accuracy"] = orNull(word.accuracy);
  entry["total"] = orNull(word.total);
  entry["error"] = pronunciation::wordErrorName(word.error);
  entry["phones"] = Json::array();
  for (const auto& phone : word.phones) entry["phones"].push_back(phoneEntry(phone));
  return entry;
}

// The marks of the reading; null where nothing was judged.
Json recordOf(const Judgement& judged) {
  const auto record = pronunciation::runningRecord(judged);
  if (!record) return nullptr;
  Json entries = Json::array();
  for (const auto& entry : record->entries) {
    Json one = {{"mark", pronunciation::recordMarkName(entry.mark)}, {"word", entry.word}};
    if (!entry.heard.empty()) one["heard"] = entry.heard;
    if (entry.repeats > 0) one["repeats"] = entry.repeats;
    if (entry.hesitated) one["pause_before_ms"] = entry.pause_before_ms;
    entries.push_back(std::move(one));
  }
  return {{"words", record->words},
          {"errors", record->errors},
          {"self_corrections", record->self_corrections},
          {"repetitions", record->repetitions},
          {"hesitations", record->hesitations},
          {"accuracy", tenth(record->accuracy_percent)},
          {"fit", pronunciation::textFitName(record->fit)},
          {"right_words_per_minute", orNull(record->right_words_per_minute)},
          {"entries", std::move(entries)}};
}

void put(const Judgement& judged, Json& answer) {
  answer["signal"] = {
      {"ok", !judged.problem.has_value()},
      {"problem",
       judged.problem ? Json(pronunciation::signalProblemName(*judged.problem)) : Json(nullptr)}};
  answer["other_text"] = judged.other_text;
  const auto& s = judged.sentence;
  const auto part = [&s](float value) { return s ? Json(tenth(value)) : Json(nullptr); };
  const auto scores = s.value_or(Judgement::Sentence{});
  answer["sentence"] = {{"accuracy", part(scores.accuracy)},
                        {"fluency", part(scores.fluency)},
                        {"completeness", part(scores.completeness)},
                        {"prosody", part(scores.prosody)},
                        {"total", part(scores.total)}};
  answer["words_per_minute"] = orNull(judged.words_per_minute);
  answer["repetitions"] = judged.repetitions;
  answer["running_record"] = recordOf(judged);
  answer["words"] = Json::array();
  for (const auto& word : judged.words) answer["words"].push_back(wordEntry(word));
}

int runSpeech(const SpeechOptions& options, const Streams& streams) {
  auto judge = PronunciationJudge::openShipped();
  if (!judge) return reportError(kProgram, judge.error());
  return answerLines(streams, [&](const Json& record, Json& answer) -> Status {
    PRIMER_ASSIGN(const auto audio, requiredText(record, "audio"));
    PRIMER_ASSIGN(const auto text, requiredText(record, "text"));
    JudgeRequest request;
    request.sensitivity = options.sensitivity;
    request.text = judge->lexicon().words(text);
    if (request.text.size() > kMostWords) {
      return fail(ErrorCode::kLimitExceeded, "\"text\" has more than 5,000 words");
    }
    PRIMER_TRY(takePhones(record, request.text));
    PRIMER_ASSIGN(const auto judged, judge->judge(audio, request));
    put(judged, answer);
    return {};
  });
}

int runChoose(const Streams& streams) {
  auto judge = PronunciationJudge::openShipped();
  if (!judge) return reportError(kProgram, judge.error());
  return answerLines(streams, [&](const Json& record, Json& answer) -> Status {
    PRIMER_ASSIGN(const auto audio, requiredText(record, "audio"));
    const auto list = record.find("choices");
    const auto isText = [](const Json& choice) { return choice.is_string(); };
    if (list == record.end() || !list->is_array() ||
        !std::all_of(list->begin(), list->end(), isText)) {
      return fail(ErrorCode::kInvalidArgument, "\"choices\" is missing or not a list of texts");
    }
    const auto choices = list->get<std::vector<std::string>>();
    PRIMER_ASSIGN(const auto chosen, judge->choose(audio, choices));
    answer["choice"] = chosen.choice ? Json(choices[*chosen.choice]) : Json(nullptr);
    answer["p"] = rounded(static_cast<float>(chosen.p));
    answer["unsure"] = chosen.unsure;
    answer["candidates"] = Json::array();
    for (const auto& one : chosen.candidates) {
      answer["candidates"].push_back(
          {{"choice", choices[one.choice]}, {"p", rounded(static_cast<float>(one.p))}});
    }
    return {};
  });
}

}  // namespace

Verb addSpeech(CLI::App& command, const Streams& streams) {
  auto options = std::make_shared<SpeechOptions>();
  command
      .add_option("--sensitivity", options->sensitivity,
                  "how much is flagged: 0 hardly anything, 1 whatever might be wrong (0.5)")
      ->check(CLI::Range(0.0, 1.0));
  return [options, &streams] { return runSpeech(*options, streams); };
}

Verb addChoose(CLI::App&, const Streams& streams) {
  return [&streams] { return runChoose(streams); };
}

}  // namespace primer::batch
