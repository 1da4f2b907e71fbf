#include "data/corpus.h"

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <nlohmann/json.hpp>

#include "primer/pronunciation/speech_frames.h"
#include "primer/speech/audio_file.h"
#include "primer/toolkit/folds.h"

namespace primer::pronunciation::workshop {

namespace {

using Json = nlohmann::json;

constexpr std::size_t kLongestSeconds = 40;
constexpr std::size_t kGroupedFrames = 330;  // words are put together up to so many frames

Json toJson(const Utterance& u) {
  Json words = Json::array();
  for (const auto& word : u.words) words.push_back({{"text", word.text}, {"ways", word.ways}});
  Json json = {{"id", u.id},
               {"source", u.source},
               {"speaker", u.speaker},
               {"age", u.age},
               {"development", u.development},
               {"audio", u.audio},
               {"words", std::move(words)},
               {"first", u.first_frame},
               {"frames", u.frames}};
  if (u.ratings) {
    const auto& r = *u.ratings;
    json["ratings"] = {{"phones", r.phones},
                       {"word_accuracy", r.word_accuracy},
                       {"word_total", r.word_total},
                       {"accuracy", r.accuracy},
                       {"fluency", r.fluency},
                       {"prosody", r.prosody},
                       {"total", r.total}};
  }
  return json;
}

Utterance fromJson(const Json& json) {
  Utterance u;
  u.id = json.at("id");
  u.source = json.at("source");
  u.speaker = json.at("speaker");
  u.age = json.at("age");
  u.development = json.at("development");
  u.audio = json.at("audio");
  u.first_frame = json.at("first");
  u.frames = json.at("frames");
  for (const auto& word : json.at("words")) {
    u.words.push_back({word.at("text"), word.at("ways").get<std::vector<Pronunciation>>()});
  }
  if (const auto r = json.find("ratings"); r != json.end()) {
    Ratings ratings;
    ratings.phones = r->at("phones").get<std::vector<std::vector<float>>>();
    ratings.word_accuracy = r->at("word_accuracy").get<std::vector<float>>();
    ratings.word_total = r->at("word_total").get<std::vector<float>>();
    ratings.accuracy = r->at("accuracy");
    ratings.fluency = r->at("fluency");
    ratings.prosody = r->at("prosody");
    ratings.total = r->at("total");
    u.ratings = std::move(ratings);
  }
  return u;
}

Result<std::vector<std::int16_t>> melOfFile(const std::filesystem::path& path,
                                            speech::LogMel& mel) {
  PRIMER_ASSIGN(auto file, speech::AudioFile::open(path));
  std::vector<std::int16_t> samples(kLongestSeconds * speech::kSampleRate);
  PRIMER_ASSIGN(const auto count, file.read(samples));
  auto frames = mel.frames(std::span(samples).first(count));
  const auto part = spokenPart(frames);
  return std::vector<std::int16_t>(
      frames.begin() + static_cast<std::ptrdiff_t>(part.first * kBands),
      frames.begin() + static_cast<std::ptrdiff_t>(part.last * kBands));
}

// Whether so many words can be said in so many frames: some files hold something else than their
// name says.
bool plausible(const Utterance& u) {
  std::size_t phones = 0;
  for (const auto& word : u.words) phones += word.ways[0].size();
  return u.frames >= 4 * phones && u.frames <= 60 * phones + 150;
}

void joinWord(Utterance& group, Utterance& word) {
  group.words.push_back(std::move(word.words[0]));
  for (std::size_t i = 1; i < word.words.size(); ++i) group.words.push_back(word.words[i]);
  group.frames += word.frames;
}

}  // namespace

std::span<const std::int16_t> Corpus::melOf(const Utterance& u) const {
  return std::span(mel).subspan(u.first_frame * kBands, u.frames * kBands);
}

Result<std::vector<int>> speakerFolds(const std::vector<Utterance>& utterances, int count) {
  std::vector<std::string> speakers;
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < utterances.size(); ++i) {
    if (!utterances[i].ratings || utterances[i].development) continue;
    speakers.push_back(utterances[i].speaker);
    places.push_back(i);
  }
  PRIMER_ASSIGN(const auto dealt, toolkit::dealFolds(speakers, count));
  std::vector<int> folds(utterances.size(), kNoFold);
  for (std::size_t k = 0; k < places.size(); ++k) folds[places[k]] = dealt[k];
  return folds;
}

Result<Corpus> readCorpus(const std::filesystem::path& folder) {
  std::ifstream lines(folder / "corpus.jsonl");
  std::ifstream sound(folder / "corpus.mel", std::ios::binary | std::ios::ate);
  if (!lines || !sound) {
    return fail(ErrorCode::kNotFound,
                folder.string() + ": no corpus there; pronunciation-prepare makes it");
  }
  Corpus corpus;
  corpus.mel.resize(static_cast<std::size_t>(sound.tellg()) / sizeof(std::int16_t));
  sound.seekg(0);
  sound.read(reinterpret_cast<char*>(corpus.mel.data()),
             static_cast<std::streamsize>(corpus.mel.size() * sizeof(std::int16_t)));
  try {
    for (std::string line; std::getline(lines, line);) {
      corpus.utterances.push_back(fromJson(Json::parse(line)));
      const auto& u = corpus.utterances.back();
      if ((u.first_frame + u.frames) * kBands > corpus.mel.size()) {
        return fail(ErrorCode::kDamaged, folder.string() + ": corpus.mel is too short");
      }
    }
  } catch (const Json::exception& problem) {
    return fail(ErrorCode::kDamaged, folder.string() + "/corpus.jsonl: " + problem.what());
  }
  return corpus;
}

Status prepareCorpus(const std::filesystem::path& data, const std::filesystem::path& folder) {
  PRIMER_ASSIGN(auto all, readSpeechocean(data));
  PRIMER_ASSIGN(auto native, readNativeSpeech(data));
  std::move(native.begin(), native.end(), std::back_inserter(all));
  PRIMER_ASSIGN(auto mel, speech::LogMel::create(melOptions()));
  std::ofstream sound(folder / "corpus.mel", std::ios::binary);
  std::ofstream lines(folder / "corpus.jsonl");
  if (!sound || !lines) return fail(ErrorCode::kIo, folder.string() + " cannot be written");

  std::size_t written = 0, left_out = 0, done = 0;
  Utterance group;
  const auto endGroup = [&] {
    if (!group.words.empty()) lines << toJson(group).dump() << '\n';
    group = Utterance();
  };
  for (auto& u : all) {
    PRIMER_ASSIGN(const auto frames, melOfFile(data / u.audio, mel));
    if (++done % 1000 == 0) std::fprintf(stderr, "%zu of %zu recordings\n", done, all.size());
    u.first_frame = written;
    u.frames = frames.size() / kBands;
    if (!u.ratings && !plausible(u)) {
      ++left_out;
      continue;
    }
    sound.write(reinterpret_cast<const char*>(frames.data()),
                static_cast<std::streamsize>(frames.size() * sizeof(std::int16_t)));
    written += u.frames;
    if (u.source != "robotutor-english/word") {
      endGroup();
      lines << toJson(u).dump() << '\n';
    } else if (group.words.empty()) {
      group = std::move(u);
    } else {
      joinWord(group, u);
    }
    if (group.frames > kGroupedFrames) endGroup();
  }
  endGroup();
  std::fprintf(stderr, "%zu recordings, %.2f h; %zu left out (too long or short for their words)\n",
               done - left_out, static_cast<double>(written) / 360'000, left_out);
  return sound && lines ? Status()
                        : fail(ErrorCode::kIo, folder.string() + ": not all was written");
}

}  // namespace primer::pronunciation::workshop
