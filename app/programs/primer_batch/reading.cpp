// primer-batch reading and composition: how hard a text is to read, and what to say of a pupil's.

#include <CLI/CLI.hpp>
#include <string>

#include "json_lines.h"
#include "primer/base/program.h"
#include "primer/writing/composition.h"
#include "primer/writing/reading_level.h"
#include "verb.h"

namespace primer::batch {

namespace {

using writing::ReadingLeveller;

Result<std::string> textOf(const Json& record) {
  const auto found = record.find("text");
  if (found != record.end() && found->is_string()) return found->get<std::string>();
  return fail(ErrorCode::kInvalidArgument, "\"text\" must be a text");
}

Status read(const ReadingLeveller& leveller, const std::string& text, Json& answer) {
  PRIMER_ASSIGN(const auto reading, leveller.judge(text));
  answer["level"] = std::string(writing::levelName(reading.level));
  answer["grade"] = rounded(reading.grade);
  answer["hard_words"] = reading.hard_words;
  Json chances = Json::object();
  for (std::size_t i = 0; i < writing::kLevels; ++i) {
    const auto level = static_cast<writing::Level>(i);
    chances[std::string(writing::levelName(level))] = rounded(reading.chances[i]);
  }
  answer["p"] = std::move(chances);
  return {};
}

Status lookAt(const ReadingLeveller& leveller, const std::string& text, Json& answer) {
  PRIMER_ASSIGN(const auto composition, writing::lookAt(leveller, text));
  answer["level"] = std::string(writing::levelName(composition.level));
  answer["grade"] = rounded(composition.grade);
  answer["traits"] = {{"words", composition.words},
                      {"sentences", composition.sentences},
                      {"words_per_sentence", rounded(composition.words_per_sentence)},
                      {"longest_sentence", composition.longest_sentence},
                      {"variety", rounded(composition.variety)},
                      {"rare_words", rounded(composition.rare_share)},
                      {"linking_words_per_sentence", rounded(composition.linking)},
                      {"capital_starts", rounded(composition.capital_starts)},
                      {"overused", composition.overused}};
  answer["advice"] = composition.advice;
  return {};
}

template <typename Judge>
int run(const Streams& streams, Judge judge) {
  const auto leveller = ReadingLeveller::openShipped();
  if (!leveller) return reportError(kProgram, leveller.error());
  return answerLines(streams, [&](const Json& record, Json& answer) -> Status {
    PRIMER_ASSIGN(const auto text, textOf(record));
    return judge(*leveller, text, answer);
  });
}

}  // namespace

Verb addReading(CLI::App&, const Streams& streams) {
  return [&streams] { return run(streams, read); };
}

Verb addComposition(CLI::App&, const Streams& streams) {
  return [&streams] { return run(streams, lookAt); };
}

}  // namespace primer::batch
