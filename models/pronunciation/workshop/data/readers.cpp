// The sources of recordings: what was said, by whom, and how it was rated.

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "data/corpus.h"
#include "primer/pronunciation/lexicon.h"

namespace primer::pronunciation::workshop {

namespace {

using Json = nlohmann::json;
using Row = std::map<std::string, std::string>;

Result<std::vector<Row>> readTable(const std::filesystem::path& path) {
  std::ifstream file(path);
  if (!file) return fail(ErrorCode::kNotFound, path.string() + " is not there");
  const auto cells = [](const std::string& line) {
    std::vector<std::string> all;
    std::istringstream in(line);
    for (std::string cell; std::getline(in, cell, '\t');) all.push_back(cell);
    return all;
  };
  std::string line;
  std::getline(file, line);
  const auto names = cells(line);
  std::vector<Row> rows;
  while (std::getline(file, line)) {
    const auto values = cells(line);
    Row& row = rows.emplace_back();
    for (std::size_t i = 0; i < std::min(names.size(), values.size()); ++i) {
      row[names[i]] = values[i];
    }
  }
  return rows;
}

// Words of a text in all the ways of the room's own lexicon.
std::vector<SaidWord> lookUp(const std::string& text, const Lexicon& lexicon) {
  std::vector<SaidWord> words;
  for (auto& word : lexicon.words(text)) words.push_back({word.written, std::move(word.ways)});
  return words;
}

Status addSource(std::vector<Utterance>& all, const std::filesystem::path& data,
                 const std::string& source, const Lexicon& lexicon) {
  PRIMER_ASSIGN(const auto rows, readTable(data / "speech" / source / "utts.tsv"));
  for (const auto& row : rows) {
    const auto cell = [&row](const char* name) {
      const auto at = row.find(name);
      return at == row.end() ? std::string() : at->second;
    };
    Utterance u;
    u.id = cell("id");
    u.source = source;
    u.speaker = cell("speaker");
    u.words = lookUp(cell("text"), lexicon);
    std::string folder = "opus";
    if (!cell("kind").empty()) folder += "/" + cell("kind");
    for (const auto& place : {"speech/" + source + "/" + folder + "/" + u.id + ".opus",
                              "speech/" + source + "/opus/" + u.id + ".opus"}) {
      if (u.audio.empty() && std::filesystem::exists(data / place)) u.audio = place;
    }
    // Isolated words are marked by their kind: they are put together into longer utterances.
    if (cell("kind") == "word") u.source += "/word";
    if (!u.words.empty() && !u.audio.empty()) all.push_back(std::move(u));
  }
  return {};
}

std::vector<float> numbers(const Json& list) { return list.get<std::vector<float>>(); }

Result<Utterance> ratedUtterance(const std::string& id, const Json& told) {
  Utterance u;
  u.id = id;
  u.source = "speechocean762";
  u.speaker = told.at("speaker").get<std::string>();
  u.age = told.at("age").get<int>();
  u.development = isDevelopmentSpeaker(u.speaker);
  u.audio = "speech/speechocean762/opus/" + id + ".opus";
  Ratings ratings;
  ratings.accuracy = told.at("accuracy").get<float>();
  ratings.fluency = told.at("fluency").get<float>();
  ratings.prosody = told.at("prosodic").get<float>();
  ratings.total = told.at("total").get<float>();
  for (const auto& word : told.at("words")) {
    Pronunciation phones;
    for (const auto& name : word.at("phones")) {
      const auto phone = phoneNamed(name.get<std::string>());
      if (!phone) return fail(ErrorCode::kDamaged, "scores.json: " + id + ": not a phone");
      phones.push_back(*phone);
    }
    ratings.phones.push_back(numbers(word.at("phones-accuracy")));
    ratings.word_accuracy.push_back(word.at("accuracy").get<float>());
    ratings.word_total.push_back(word.at("total").get<float>());
    u.words.push_back({word.at("text").get<std::string>(), {std::move(phones)}});
  }
  u.ratings = std::move(ratings);
  return u;
}

}  // namespace

bool isDevelopmentSpeaker(const std::string& speaker) {
  std::uint64_t hash = 0xcbf29ce484222325u;  // FNV-1a
  for (const char c : speaker) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3u;
  return (hash >> 32) % 6 == 0;
}

Result<std::vector<Utterance>> readSpeechocean(const std::filesystem::path& data) {
  const auto path = data / "speech" / "speechocean762" / "scores.json";
  std::ifstream file(path);
  if (!file) return fail(ErrorCode::kNotFound, path.string() + " is not there");
  const auto json = Json::parse(file, nullptr, false);
  if (!json.is_object()) return fail(ErrorCode::kDamaged, path.string() + " is not JSON");
  std::vector<Utterance> all;
  try {
    for (const auto& [id, told] : json.items()) {
      if (told.at("split") != "train") continue;
      PRIMER_ASSIGN(auto u, ratedUtterance(id, told));
      all.push_back(std::move(u));
    }
  } catch (const Json::exception& problem) {
    return fail(ErrorCode::kDamaged, path.string() + ": " + problem.what());
  }
  return all;
}

Result<std::vector<Utterance>> readNativeSpeech(const std::filesystem::path& data) {
  PRIMER_ASSIGN(const auto lexicon, Lexicon::openShipped());
  std::vector<Utterance> all;
  for (const char* source : {"librispeech-mini", "asp-stories-en", "robotutor-english"}) {
    PRIMER_TRY(addSource(all, data, source, lexicon));
  }
  return all;
}

}  // namespace primer::pronunciation::workshop
