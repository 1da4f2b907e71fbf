#include <charconv>
#include <optional>
#include <string>

#include "primer/handwriting-workshop/archives.h"
#include "primer/handwriting-workshop/readers.h"
#include "primer/handwriting/symbol_set.h"

namespace primer::handwriting::workshop {

namespace {

// The next whole number of `text`, which is moved past it.
std::optional<int> takeNumber(std::string_view& text) {
  const auto start = text.find_first_not_of(" \t\r");
  if (start == std::string_view::npos) return std::nullopt;
  text.remove_prefix(start);
  int value = 0;
  const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{}) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(rest - text.data()));
  return value;
}

bool takePrefix(std::string_view& text, std::string_view prefix) {
  if (text.substr(0, prefix.size()) != prefix) return false;
  text.remove_prefix(prefix.size());
  return true;
}

}  // namespace

// UNIPEN text: ".SEGMENT DIGIT" opens a digit, ".COMMENT digit writer number" says what it is,
// points stand between ".PEN_DOWN" and ".PEN_UP" with y upward.
Status readPendigits(const std::filesystem::path& handwriting, SampleStore& store) {
  const auto path = handwriting / "pendigits" / "pendigits-orig.tra.gz";
  PRIMER_ASSIGN(const std::string text, readGzip(path));
  FlatInk ink;
  std::optional<Sample> sample;
  std::size_t added = 0;
  const auto finish = [&] {
    if (sample && store.add(ink, *sample)) ++added;
    sample.reset();
    ink.clear();
  };
  visitLines(text, [&](std::string_view line) {
    if (takePrefix(line, ".SEGMENT")) {
      finish();
    } else if (takePrefix(line, ".COMMENT")) {
      const auto digit = takeNumber(line);
      const auto writer = takeNumber(line);
      if (!digit || !writer || *digit < 0 || *digit > 9) return;
      const std::string name = "pendigits-" + std::to_string(*writer);
      sample.emplace();
      sample->symbol = static_cast<std::uint8_t>(*symbolIndex(std::to_string(*digit)));
      sample->source = Source::kPendigits;
      sample->writer = store.writerNumber(name);
      sample->development = isDevelopmentWriter(name);
    } else if (takePrefix(line, ".PEN_UP")) {
      const auto begin = ink.ends.empty() ? 0u : ink.ends.back();
      if (ink.points.size() > begin)
        ink.ends.push_back(static_cast<std::uint32_t>(ink.points.size()));
    } else if (!line.empty() && line[0] != '.') {
      const auto x = takeNumber(line);
      const auto y = takeNumber(line);
      if (x && y) ink.points.push_back({static_cast<float>(*x), -static_cast<float>(*y)});
    }
  });
  finish();
  if (added == 0) return fail(ErrorCode::kDamaged, path.string() + ": holds no digits");
  return {};
}

}  // namespace primer::handwriting::workshop
