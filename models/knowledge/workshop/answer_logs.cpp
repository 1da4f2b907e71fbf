#include "answer_logs.h"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <string_view>
#include <unordered_map>

namespace primer::knowledge::workshop {

namespace {

// Hands every line of a gzip file to `take`.
Status readLines(const std::filesystem::path& path,
                 const std::function<void(std::string_view)>& take) {
  const std::unique_ptr<gzFile_s, int (*)(gzFile)> file(gzopen(path.c_str(), "rb"), gzclose);
  if (file == nullptr) return fail(ErrorCode::kNotFound, path.string() + ": cannot be read");
  std::string rest;
  std::array<char, 1 << 16> block;
  for (;;) {
    const int count = gzread(file.get(), block.data(), static_cast<unsigned>(block.size()));
    if (count < 0) return fail(ErrorCode::kDamaged, path.string() + ": not a sound gzip file");
    if (count == 0) break;
    rest.append(block.data(), static_cast<std::size_t>(count));
    std::size_t begin = 0;
    for (std::size_t end; (end = rest.find('\n', begin)) != std::string::npos; begin = end + 1) {
      take(std::string_view(rest).substr(begin, end - begin));
    }
    rest.erase(0, begin);
  }
  if (!rest.empty()) take(rest);
  return {};
}

std::vector<std::string_view> split(std::string_view text, char between) {
  std::vector<std::string_view> parts;
  std::size_t begin = 0;
  for (std::size_t end; (end = text.find(between, begin)) != std::string_view::npos;
       begin = end + 1) {
    parts.push_back(text.substr(begin, end - begin));
  }
  parts.push_back(text.substr(begin));
  return parts;
}

std::string_view trimmed(std::string_view text) {
  const auto is_edge = [](char c) {
    return c == ' ' || c == '[' || c == ']' || c == '\r' || c == '"';
  };
  while (!text.empty() && is_edge(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_edge(text.back())) text.remove_suffix(1);
  return text;
}

Result<std::vector<LogOfLearner>> orEmpty(std::vector<LogOfLearner> logs,
                                          const std::filesystem::path& path) {
  if (logs.empty()) return fail(ErrorCode::kDamaged, path.string() + ": holds no answers");
  return logs;
}

// FNV-1a: the same for good.
std::uint64_t hashOf(std::string_view text) {
  std::uint64_t hash = 0xcbf29ce484222325u;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3u;
  return hash;
}

}  // namespace

Result<std::vector<LogOfLearner>> readAssistments09(const std::filesystem::path& data) {
  const auto path = data / "learning" / "kt-assistments09" / "preprocessed_data_train.csv.gz";
  std::vector<LogOfLearner> logs;
  std::unordered_map<std::string, std::size_t> places;
  bool heading = true;
  PRIMER_TRY(readLines(path, [&](std::string_view line) {
    const auto fields = split(line, '\t');  // user, item, timestamp (0 throughout), correct, skill
    if (!heading && fields.size() == 5) {
      const auto [at, is_new] = places.try_emplace(std::string(fields[0]), logs.size());
      if (is_new) logs.push_back({std::string(fields[0]), {}});
      Answer answer;
      answer.question.skill = trimmed(fields[4]);
      answer.question.item = fields[1];
      answer.right = fields[3] == "1";
      logs[at->second].answers.push_back(std::move(answer));
    }
    heading = false;
  }));
  return orEmpty(std::move(logs), path);
}

Result<std::vector<LogOfLearner>> readAssistments15(const std::filesystem::path& data) {
  const auto path = data / "learning" / "kt-assistments15" / "train_valid.csv.gz";
  std::vector<LogOfLearner> logs;
  PRIMER_TRY(readLines(path, [&](std::string_view line) {
    const auto fields = split(line, '"');  // fold,uid,"concepts","responses"
    if (fields.size() < 4) return;
    const auto skills = split(fields[1], ',');
    const auto rights = split(fields[3], ',');
    if (skills.size() != rights.size()) return;
    LogOfLearner log;
    log.learner = std::string(fields[0]);
    for (std::size_t i = 0; i < skills.size(); ++i) {
      Answer answer;
      answer.question.skill = skills[i];
      answer.right = rights[i] == "1";
      log.answers.push_back(std::move(answer));
    }
    logs.push_back(std::move(log));
  }));
  return orEmpty(std::move(logs), path);
}

Result<std::vector<LogOfLearner>> readEdnet(const std::filesystem::path& data) {
  const auto path = data / "learning" / "kt-ednet-pebg" / "data.txt.gz";
  std::vector<LogOfLearner> logs;
  std::vector<std::string> four;  // length, skills, items, rights
  PRIMER_TRY(readLines(path, [&](std::string_view line) {
    four.emplace_back(trimmed(line));
    if (four.size() < 4) return;
    const auto skills = split(four[1], ',');
    const auto items = split(four[2], ',');
    const auto rights = split(four[3], ',');
    LogOfLearner log;
    log.learner = "ednet-" + std::to_string(logs.size());
    for (std::size_t i = 0; i < std::min({skills.size(), items.size(), rights.size()}); ++i) {
      Answer answer;
      answer.question.skill = trimmed(skills[i]);
      answer.question.item = trimmed(items[i]);
      answer.right = trimmed(rights[i]) == "1";
      log.answers.push_back(std::move(answer));
    }
    logs.push_back(std::move(log));
    four.clear();
  }));
  return orEmpty(std::move(logs), path);
}

bool isOfHistory(const std::string& learner) { return (hashOf(learner) >> 20 & 1) != 0; }

void putAuthorsLevels(std::vector<LogOfLearner>& logs) {
  struct Tally {
    double answers = 0;
    double fails = 0;
  };
  std::unordered_map<std::string, Tally> items;
  Tally all;
  for (const auto& log : logs) {
    for (const auto& answer : log.answers) {
      for (auto* tally : {&items[answer.question.item], &all}) {
        ++tally->answers;
        tally->fails += answer.right ? 0 : 1;
      }
    }
  }
  std::vector<std::pair<double, std::string>> order;
  for (const auto& [name, tally] : items) {
    const double prior = 3 * all.fails / all.answers;
    order.emplace_back((tally.fails + prior) / (tally.answers + 3), name);
  }
  std::sort(order.begin(), order.end());
  std::array<Tally, 5> levels;
  std::unordered_map<std::string, std::size_t> level_of;
  double passed = 0;
  for (const auto& [share, name] : order) {
    const auto& tally = items[name];
    const auto level = std::min<std::size_t>(4, static_cast<std::size_t>(5 * passed / all.answers));
    passed += tally.answers;
    level_of[name] = level;
    levels[level].answers += tally.answers;
    levels[level].fails += tally.fails;
  }
  for (auto& log : logs) {
    for (auto& answer : log.answers) {
      const auto& level = levels[level_of[answer.question.item]];
      answer.question.difficulty = level.fails / level.answers;
    }
  }
}

}  // namespace primer::knowledge::workshop
