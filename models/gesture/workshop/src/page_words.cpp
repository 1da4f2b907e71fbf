#include <nlohmann/json.hpp>
#include <string>

#include "pages.h"
#include "primer/handwriting-workshop/archives.h"
#include "primer/handwriting-workshop/json_ink.h"

namespace primer::gesture::workshop {

using handwriting::FlatInk;

Result<std::vector<FlatInk>> readWords(const std::filesystem::path& data, bool development) {
  const auto path = data / "handwriting" / "unipen" / "words.jsonl.xz";
  PRIMER_ASSIGN(const std::string text, handwriting::workshop::readXz(path));
  std::vector<FlatInk> words;
  std::size_t number = 0;
  std::size_t bad = 0;
  FlatInk ink;
  handwriting::workshop::visitLines(text, [&](std::string_view line) {
    constexpr std::size_t kOneIn = 5;
    if (++number % kOneIn != 0) return;
    const auto record = nlohmann::json::parse(line, nullptr, false);
    if (!record.is_object() || !record.contains("w") || !record.contains("s") ||
        !record["w"].is_string() || !record.contains("t") ||
        !handwriting::workshop::parseDeltaStrokes(record["s"], ink)) {
      bad = bad == 0 ? number : bad;
      return;
    }
    const auto& writer = record["w"].get_ref<const std::string&>();
    if (record["t"] != "train") return;
    if (handwriting::workshop::isDevelopmentWriter(writer) == development && !ink.ends.empty()) {
      words.push_back(ink);
    }
  });
  if (bad > 0) {
    return fail(ErrorCode::kDamaged,
                path.string() + ": line " + std::to_string(bad) + " is not a word");
  }
  return words;
}

}  // namespace primer::gesture::workshop
