#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <string>

#include "primer/handwriting-workshop/archives.h"
#include "primer/handwriting-workshop/json_ink.h"
#include "primer/handwriting-workshop/readers.h"
#include "primer/handwriting/symbol_set.h"

namespace primer::handwriting::workshop {

namespace {

// Symbols of which other contributors write fewer than a fifth in one stroke.
constexpr std::string_view kSeveralStrokes = "\"#$%*+4:;=?!ADEFHJKQTXYijtxf5";

bool isBroken(std::string_view writer, std::string_view label, std::size_t strokes) {
  return writer.substr(0, 3) == "ibm" && strokes == 1 &&
         kSeveralStrokes.find(label) != std::string_view::npos;
}

}  // namespace

Status readUnipen(const std::filesystem::path& handwriting, SampleStore& store) {
  const auto path = handwriting / "unipen" / "chars.jsonl.xz";
  PRIMER_ASSIGN(const std::string text, readXz(path));
  std::size_t number = 0;
  std::size_t bad = 0;
  FlatInk ink;
  visitLines(text, [&](std::string_view line) {
    ++number;
    const auto record = nlohmann::json::parse(line, nullptr, false);
    if (!record.is_object() || !record.contains("l") || !record.contains("w") ||
        !record.contains("t") || !record.contains("s") || !record["l"].is_string() ||
        !record["w"].is_string() || !parseDeltaStrokes(record["s"], ink)) {
      bad = bad == 0 ? number : bad;
      return;
    }
    if (record["t"] != "train") return;
    const auto& label = record["l"].get_ref<const std::string&>();
    const auto& writer = record["w"].get_ref<const std::string&>();
    const auto symbol = symbolIndex(label);
    if (!symbol || isBroken(writer, label, ink.strokeCount())) return;
    Sample sample;
    sample.symbol = static_cast<std::uint8_t>(*symbol);
    sample.source = Source::kUnipen;
    sample.writer = store.writerNumber(writer);
    sample.development = isDevelopmentWriter(writer);
    sample.trusted = writer.substr(0, 3) != "ibm";
    store.add(ink, sample);
  });
  if (bad > 0) {
    return fail(ErrorCode::kDamaged,
                path.string() + ": line " + std::to_string(bad) + " is not a character");
  }
  return {};
}

}  // namespace primer::handwriting::workshop
