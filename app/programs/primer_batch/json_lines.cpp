#include "json_lines.h"

#include <array>
#include <cmath>
#include <cstdio>
#include <exception>
#include <fstream>
#include <iostream>
#include <string>

#include "primer/base/program.h"

namespace primer::batch {

namespace {

constexpr std::size_t kLongestLine = std::size_t{64} << 20;

// Puts null for NaN, Infinity and -Infinity outside of strings; false where there are none.
bool replaceNotNumbers(std::string& text) {
  static constexpr std::array<std::string_view, 3> kWords = {"-Infinity", "Infinity", "NaN"};
  std::string result;
  bool in_string = false;
  bool replaced = false;
  for (std::size_t i = 0; i < text.size();) {
    if (text[i] == '"') in_string = !in_string;
    if (in_string && text[i] == '\\' && i + 1 < text.size()) result += text[i++];
    std::string_view word;
    for (const auto candidate : kWords) {
      if (!in_string && word.empty() && text.compare(i, candidate.size(), candidate) == 0) {
        word = candidate;
      }
    }
    if (word.empty()) {
      result += text[i++];
    } else {
      result += "null";
      i += word.size();
      replaced = true;
    }
  }
  text = std::move(result);
  return replaced;
}

// Reads up to the next line end; what is beyond kLongestLine is dropped and `too_long` set.
bool readLine(std::istream& in, std::string& line, bool& too_long) {
  line.clear();
  too_long = false;
  auto* buffer = in.rdbuf();
  int c = buffer->sbumpc();
  if (c == std::char_traits<char>::eof()) return false;
  for (; c != '\n' && c != std::char_traits<char>::eof(); c = buffer->sbumpc()) {
    if (line.size() < kLongestLine) {
      line += static_cast<char>(c);
    } else {
      too_long = true;
    }
  }
  if (!line.empty() && line.back() == '\r') line.pop_back();
  return true;
}

Json errorLine(const Json& id, const Error& error) {
  return {{"id", id}, {"error", {{"code", errorCodeName(error.code)}, {"message", error.message}}}};
}

tl::unexpected<Error> tooLong() {
  return fail(ErrorCode::kLimitExceeded, "the line is longer than 64 MiB");
}

// What a record is answered with; `bad` is set where that is an error.
Json answerRecord(std::string_view line, bool too_long, const Answer& answer, bool& bad) {
  bad = true;
  if (too_long) return errorLine(nullptr, tooLong().value());
  const auto record = parseLine(line);
  if (!record) return errorLine(nullptr, record.error());
  if (!record->is_object()) {
    return errorLine(nullptr, {ErrorCode::kInvalidArgument, "the line is not a JSON object"});
  }
  const Json id = record->contains("id") ? record->at("id") : Json(nullptr);
  Json result = {{"id", id}};
  try {
    const auto status = answer(*record, result);
    if (!status) return errorLine(id, status.error());
  } catch (const std::exception& problem) {
    // Libraries may throw where we did not foresee it; the run goes on.
    return errorLine(id, {ErrorCode::kInternal, problem.what()});
  }
  bad = false;
  return result;
}

int unusable(const std::string& what) { return reportError(kProgram, {ErrorCode::kIo, what}); }

}  // namespace

Result<Json> parseLine(std::string_view line) {
  auto json = Json::parse(line, nullptr, false);
  if (json.is_discarded()) {
    std::string mended(line);
    if (replaceNotNumbers(mended)) json = Json::parse(mended, nullptr, false);
  }
  if (json.is_discarded()) return fail(ErrorCode::kInvalidArgument, "the line is not JSON");
  return json;
}

double rounded(float value) { return std::round(static_cast<double>(value) * 1e6) / 1e6; }

int answerLines(const Streams& streams, const Answer& answer) {
  std::ifstream input_file;
  std::ofstream output_file;
  if (!streams.input.empty()) {
    input_file.open(streams.input, std::ios::binary);
    if (!input_file || std::filesystem::is_directory(streams.input)) {
      return unusable(streams.input.string() + ": cannot be read");
    }
  }
  if (!streams.output.empty()) {
    output_file.open(streams.output, std::ios::binary | std::ios::trunc);
    if (!output_file) return unusable(streams.output.string() + ": cannot be written");
  }
  std::istream& in = streams.input.empty() ? std::cin : input_file;
  std::ostream& out = streams.output.empty() ? std::cout : output_file;
  bool any_bad = false;
  std::string line;
  bool too_long = false;
  while (readLine(in, line, too_long)) {
    if (line.find_first_not_of(" \t") == std::string::npos) continue;
    bool bad = false;
    const Json result = answerRecord(line, too_long, answer, bad);
    any_bad = any_bad || bad;
    // Broken UTF-8 in an id must not stop the run.
    out << result.dump(-1, ' ', false, Json::error_handler_t::replace) << '\n';
    // Whoever sends a line and waits for its answer gets it; a file's answers go out in blocks.
    if (in.rdbuf()->in_avail() <= 0) out.flush();
    if (!out) return unusable("the output cannot be written");
  }
  out.flush();
  if (!out) return unusable("the output cannot be written");
  return any_bad ? kExitSomeFailed : kExitOk;
}

Status readLines(const std::string& path,
                 const std::function<void(std::size_t, const Result<Json>&)>& take) {
  std::ifstream file(path, std::ios::binary);
  if (!file || std::filesystem::is_directory(path)) {
    return fail(ErrorCode::kIo, path + ": cannot be read");
  }
  std::string line;
  bool too_long = false;
  for (std::size_t number = 1; readLine(file, line, too_long); ++number) {
    if (line.find_first_not_of(" \t") == std::string::npos) continue;
    take(number, too_long ? Result<Json>(tooLong()) : parseLine(line));
  }
  return {};
}

}  // namespace primer::batch
