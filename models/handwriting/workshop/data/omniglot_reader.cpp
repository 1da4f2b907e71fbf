#include <array>
#include <charconv>
#include <string>
#include <vector>

#include "primer/handwriting-workshop/archives.h"
#include "primer/handwriting-workshop/readers.h"
#include "primer/handwriting/symbol_set.h"

namespace primer::handwriting::workshop {

namespace {

// Scripts whose characters have little in common with ours. Korean, Katakana, Greek and the others
// hold rings, bars and hooks that are digits and signs to us.
constexpr std::array<std::string_view, 2> kForeign = {"Balinese", "Sanskrit"};
// A script that nothing is trained on: what it is read as tells how others would be.
constexpr std::string_view kUnseen = "Tagalog";

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  while (true) {
    const auto at = text.find(separator);
    parts.push_back(text.substr(0, at));
    if (at == std::string_view::npos) return parts;
    text.remove_prefix(at + 1);
  }
}

bool parseFloat(std::string_view text, float& value) {
  return std::from_chars(text.data(), text.data() + text.size(), value).ec == std::errc{};
}

// Lines "x,y,t" with "BREAK" after each stroke; y is negative downward.
void parseDrawing(std::string_view content, FlatInk& ink) {
  ink.clear();
  const auto end_stroke = [&] {
    const auto begin = ink.ends.empty() ? 0u : ink.ends.back();
    if (ink.points.size() > begin)
      ink.ends.push_back(static_cast<std::uint32_t>(ink.points.size()));
  };
  visitLines(content, [&](std::string_view line) {
    if (line.substr(0, 5) == "BREAK") return end_stroke();
    const auto parts = split(line, ',');
    PlanePoint p;
    if (parts.size() < 2 || !parseFloat(parts[0], p.x) || !parseFloat(parts[1], p.y)) return;
    ink.points.push_back({p.x, -p.y});
  });
  end_stroke();
}

}  // namespace

// Entries are SET/Alphabet/characterNN/AAAA_DD.txt: NN counts characters from 1, DD drawers.
Status readOmniglot(const std::filesystem::path& handwriting, SampleStore& store) {
  for (const auto* set : {"strokes_background_small1", "strokes_background_small2"}) {
    const auto path = handwriting / "omniglot" / (std::string(set) + ".zip");
    const bool first = std::string_view(set).back() == '1';
    FlatInk ink;
    PRIMER_TRY(visitZip(path, [&](std::string_view name, std::string_view content) {
      const auto parts = split(name, '/');
      if (parts.size() != 4 || parts[0] != set || parts[3].size() != 11) return;
      const bool latin = parts[1] == "Latin";
      if (latin && !first) return;  // both files hold it
      const bool unseen = parts[1] == kUnseen;
      const bool foreign = unseen || parts[1] == kForeign[0] || parts[1] == kForeign[1];
      if (!latin && !foreign) return;
      Sample sample;
      int character = 0;
      const auto digits = parts[2].substr(std::string_view("character").size());
      std::from_chars(digits.data(), digits.data() + digits.size(), character);
      if (character < 1 || (latin && character > 26)) return;
      const char letter = static_cast<char>('a' + character - 1);
      sample.symbol = static_cast<std::uint8_t>(latin ? *symbolIndex({&letter, 1}) : kJunk);
      sample.source = Source::kOmniglot;
      const std::string writer =
          "omniglot-" + std::string(parts[1]) + std::string(parts[3].substr(5, 2));
      sample.writer = store.writerNumber(writer);
      sample.development = unseen || isDevelopmentWriter(writer);
      parseDrawing(content, ink);
      store.add(ink, sample);
    }));
  }
  return {};
}

}  // namespace primer::handwriting::workshop
