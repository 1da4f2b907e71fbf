// writing-vocabulary: makes writing-words.txt, how usual words are, from texts of the data folder
// whose licences let what is derived from them ship.

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "answer_sets.h"
#include "archives.h"
#include "level_texts.h"
#include "primer/base/command_line.h"
#include "primer/base/program.h"
#include "primer/writing/vocabulary.h"
#include "primer/writing/words.h"

namespace {

using namespace primer::writing;
using namespace primer::writing::workshop;

constexpr const char* kProgram = "writing-vocabulary";
constexpr std::size_t kWholeText = 1u << 20;

struct Options {
  std::string data;
  std::string output;
  int least = 2;
};

class Counts {
 public:
  void add(std::string_view text) {
    for (const auto& word : wordsOf(text, kWholeText)) {
      if (!word.number) ++counts_[word.text];
    }
  }
  const std::map<std::string, std::size_t>& all() const { return counts_; }

 private:
  std::map<std::string, std::size_t> counts_;
};

primer::Result<std::string> readFile(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return primer::fail(primer::ErrorCode::kNotFound, path.string() + ": cannot be read");
  return std::string(std::istreambuf_iterator<char>(file), {});
}

// The words of a pronouncing dictionary: what is not in it may be a misspelling.
primer::Result<std::set<std::string>> dictionary(const std::filesystem::path& data) {
  PRIMER_ASSIGN(const auto text, readFile(data / "speech" / "cmudict" / "cmudict.dict"));
  std::set<std::string> words;
  for (const auto line : linesOf(text)) words.emplace(line.substr(0, line.find_first_of(" (")));
  return words;
}

primer::Status countTable(Counts& counts, const std::filesystem::path& path, std::size_t column) {
  PRIMER_ASSIGN(const auto text, readFile(path));
  for (const auto line : linesOf(text)) {
    const auto cells = cellsOf(line);
    if (column < cells.size()) counts.add(cells[column]);
  }
  return {};
}

primer::Status make(const Options& options) {
  const std::filesystem::path data = options.data;
  Counts counts;
  std::set<const Question*> questions;
  const auto addAnswers = [&](const std::vector<GradedAnswer>& answers) {
    for (const auto& answer : answers) {
      counts.add(answer.text);
      if (!questions.insert(answer.question.get()).second) continue;
      counts.add(answer.question->text);
      for (const auto& reference : answer.question->references) counts.add(reference);
    }
  };
  PRIMER_ASSIGN(const auto science, readSemEval(data, "sciEntsBank"));
  addAnswers(science);
  PRIMER_ASSIGN(const auto feedback, readShortAnswerFeedback(data));
  addAnswers(feedback);
  PRIMER_ASSIGN(const auto children,
                readGzip(data / "learning" / "shortanswer-mindca" / "train.tsv.gz"));
  for (const auto line : linesOf(children)) {
    const auto cells = cellsOf(line);
    if (cells.size() > 2) counts.add(cells[2]);
  }
  PRIMER_ASSIGN(const auto articles, readOneStopEnglish(data));
  for (const auto& article : articles) counts.add(article.text);
  PRIMER_TRY(countTable(counts, data / "speech" / "librispeech-mini" / "utts.tsv", 5));
  PRIMER_TRY(countTable(counts, data / "speech" / "asp-stories-en" / "utts.tsv", 3));
  PRIMER_TRY(countTable(counts, data / "speech" / "robotutor-english" / "utts.tsv", 5));
  PRIMER_ASSIGN(const auto known, dictionary(data));

  std::size_t most = 1;
  for (const auto& [word, count] : counts.all()) most = std::max(most, count);
  std::map<int, std::vector<std::string>> by_level;
  std::size_t kept = 0;
  for (const auto& [word, count] : counts.all()) {
    if (count < static_cast<std::size_t>(options.least) || known.count(word) == 0) continue;
    const double halvings = std::log2(static_cast<double>(most) / static_cast<double>(count));
    by_level[std::min(Vocabulary::kUnknownLevel - 1, static_cast<int>(halvings + 0.5))].push_back(
        word);
    ++kept;
  }
  std::ofstream out(options.output);
  out << "# How rare words are: 0 for the most usual, each step half as usual. Counted by "
         "writing-vocabulary in\n"
         "# SciEntsBank (CC BY-SA 3.0, SemEval-2013), Short Answer Feedback (MIT), MIND-CA (CC BY "
         "4.0), the training\n"
         "# articles of OneStopEnglish (CC BY-SA 4.0), LibriSpeech (CC BY 4.0), African Storybook "
         "(CC BY), RoboTutor\n"
         "# (CC BY 4.0); words that the CMU Pronouncing Dictionary (BSD) has.\n";
  for (const auto& [level, words] : by_level) {
    for (const auto& word : words) out << word << ' ' << level << '\n';
  }
  out.flush();
  if (!out) return primer::fail(primer::ErrorCode::kIo, options.output + ": cannot be written");
  std::printf("{\"words\":%zu}\n", kept);
  return {};
}

primer::Job declare(CLI::App& app, Options& options) {
  app.add_option("--data", options.data, "folder of data sets (default: PRIMER_DATA)");
  app.add_option("--least", options.least, "how often a word must occur");
  app.add_option("-o,--output", options.output, "the table")->required();
  return [&options] {
    const char* folder = std::getenv("PRIMER_DATA");
    if (options.data.empty() && folder != nullptr) options.data = folder;
    const auto status = make(options);
    return status ? int(primer::kExitOk) : primer::reportError(kProgram, status.error());
  };
}

}  // namespace

int main(int argc, char** argv) {
  Options options;
  return primer::runCommandLine(kProgram, "How usual words are, from texts that may ship.", argc,
                                argv, [&](CLI::App& app) { return declare(app, options); });
}
