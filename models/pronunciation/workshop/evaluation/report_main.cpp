// pronunciation-report: what a reader of the model's page wants to see: how much is found at what
// price, as a picture; what is answered when a recording is spoilt; the phones that are scored
// worst. On development speakers.

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cmath>
#include <fstream>
#include <map>

#include "evaluation/faults.h"
#include "evaluation/following.h"
#include "primer/base/command_line.h"
#include "primer/base/program.h"
#include "scorer/correlation.h"
#include "scorer/rated_features.h"

namespace {

using primer::Result;
using primer::Status;
using namespace primer::pronunciation;            // NOLINT: this program is of the room
using namespace primer::pronunciation::workshop;  // NOLINT

constexpr int kGrownUp = 16;

struct RatedSound {
  float score = 0;        // 0 to 100
  float wrong = 0;        // chance
  float rated = 0;        // 0 to 2
  bool accepted = false;  // an established accent says it so: never flagged
  bool child = false;
  Phone phone = 0;
};

struct Spoilt {
  std::string name;
  double recordings = 0, judged = 0, words = 0, omitted = 0, sounds = 0, flagged = 0;
  double difference = 0;  // of the sentence's total, from that of the recording as it was
  std::map<std::string, int> told;
};

// 16-bit mono, as small a header as there is.
Status writeWave(const std::filesystem::path& path, const std::vector<std::int16_t>& samples) {
  std::ofstream file(path, std::ios::binary);
  const auto put = [&file](std::uint32_t value, int bytes) {
    for (int i = 0; i < bytes; ++i) file.put(static_cast<char>(value >> (8 * i) & 0xff));
  };
  const auto bytes = static_cast<std::uint32_t>(2 * samples.size());
  file << "RIFF";
  put(36 + bytes, 4);
  file << "WAVEfmt ";
  put(16, 4);
  put(1, 2);
  put(1, 2);
  put(16'000, 4);
  put(32'000, 4);
  put(2, 2);
  put(16, 2);
  file << "data";
  put(bytes, 4);
  for (const auto sample : samples) put(static_cast<std::uint16_t>(sample), 2);
  return file ? Status()
              : primer::fail(primer::ErrorCode::kIo, path.string() + " cannot be written");
}

class Reporter {
 public:
  Reporter(PronunciationJudge& judge, std::filesystem::path data)
      : judge_(judge), data_(std::move(data)) {}

  Status hearAll(const std::vector<Utterance>& utterances) {
    for (const auto& utterance : utterances) {
      // The most sensitive threshold shows what is never flagged for its accent's sake.
      PRIMER_ASSIGN(const auto judged,
                    judge_.judge(data_ / utterance.audio, {textOf(utterance), 1}));
      if (judged.problem || judged.other_text) continue;
      take(utterance, judged);
    }
    return {};
  }

  Status spoilAll(const std::vector<Utterance>& utterances, std::size_t every) {
    for (auto& fault : classroomFaults()) spoilt_.push_back({fault.name, 0, 0, 0, 0, 0, 0, 0, {}});
    for (std::size_t i = 0; i + 8 < utterances.size(); i += every) {
      PRIMER_TRY(spoil(utterances, i));
    }
    return {};
  }

  std::string tables() const {
    std::string text =
        "| what happened | judged | told instead | sentence's total, mean difference "
        "| words called left out, % | sounds flagged, % |\n|---|---:|---|---:|---:|"
        "---:|\n";
    for (const auto& one : spoilt_) {
      std::string told;
      for (const auto& [what, count] : one.told) {
        told += fmt::format("{}{} {}", told.empty() ? "" : ", ", what, count);
      }
      const auto over = [](double part, double whole) { return part / std::max(whole, 1.0); };
      text += fmt::format(
          "| {} | {} of {} | {} | {} | {} | {} |\n", one.name, one.judged, one.recordings, told,
          one.judged > 0 ? fmt::format("{:.1f}", over(one.difference, one.judged)) : "",
          one.judged > 0 ? fmt::format("{:.1f}", 100 * over(one.omitted, one.words)) : "",
          one.judged > 0 ? fmt::format("{:.1f}", 100 * over(one.flagged, one.sounds)) : "");
    }
    return text + '\n' + worstPhones();
  }

  std::string picture() const;

 private:
  void take(const Utterance& utterance, const Judgement& judged) {
    std::size_t w = 0;
    for (const auto& word : judged.words) {
      if (word.error == WordError::kInsertion) continue;
      for (std::size_t p = 0; p < word.phones.size(); ++p) {
        const auto& phone = word.phones[p];
        RatedSound sound;
        sound.score = phone.score.value_or(0);
        sound.rated = utterance.ratings->phones[w][p];
        sound.wrong = phone.wrong;
        sound.accepted = phone.time && sound.wrong > flagThreshold(1) && !phone.flagged;
        sound.child = utterance.age < kGrownUp;
        sound.phone = phone.phone;
        sounds_.push_back(sound);
      }
      ++w;
    }
  }

  Status spoil(const std::vector<Utterance>& utterances, std::size_t at) {
    PRIMER_ASSIGN(const auto samples, samplesOf(data_ / utterances[at].audio));
    const auto sound = soundOf(samples);
    std::vector<Sound> others;
    for (std::size_t k = 1; k < utterances.size() && others.size() < 6; ++k) {
      const auto& other = utterances[(at + 37 * k) % utterances.size()];
      if (other.speaker == utterances[at].speaker) continue;
      PRIMER_ASSIGN(const auto theirs, samplesOf(data_ / other.audio));
      others.push_back(soundOf(theirs));
    }
    const auto file = std::filesystem::temp_directory_path() / "pronunciation-report.wav";
    const auto faults = classroomFaults();
    float total = 0;
    for (std::size_t f = 0; f < faults.size(); ++f) {
      primer::toolkit::Random random(1, at, f);
      PRIMER_TRY(writeWave(file, samplesOf(faults[f].make(sound, others, random))));
      PRIMER_ASSIGN(const auto judged, judge_.judge(file, {textOf(utterances[at]), 0.5}));
      if (f == 0 && judged.sentence) total = judged.sentence->total;
      note(judged, total, spoilt_[f]);
    }
    std::filesystem::remove(file);
    return {};
  }

  static void note(const Judgement& judged, float total, Spoilt& into) {
    ++into.recordings;
    if (judged.problem) {
      ++into.told[std::string(signalProblemName(*judged.problem))];
    } else if (judged.other_text) {
      ++into.told["another text"];
    } else if (judged.sentence) {
      ++into.judged;
      into.difference += judged.sentence->total - total;
      for (const auto& word : judged.words) {
        if (word.error == WordError::kInsertion) continue;
        ++into.words;
        into.omitted += word.error == WordError::kOmission ? 1 : 0;
        for (const auto& phone : word.phones) {
          ++into.sounds;
          into.flagged += phone.flagged ? 1 : 0;
        }
      }
    }
  }

  std::string worstPhones() const {
    struct Row {
      Phone phone = 0;
      double wrong = 0, found = 0, flagged = 0;
      Correlation scores;
    };
    std::vector<Row> rows(kPhones);
    for (const auto& sound : sounds_) {
      auto& row = rows[sound.phone];
      row.phone = sound.phone;
      row.scores.add(sound.score, sound.rated);
      const bool flagged = !sound.accepted && sound.wrong > flagThreshold(0.5);
      const bool wrong = sound.rated < 1;
      row.wrong += wrong ? 1 : 0;
      row.flagged += flagged ? 1 : 0;
      row.found += flagged && wrong ? 1 : 0;
    }
    constexpr double kEnoughWrong = 15;  // else its correlation says nothing
    std::erase_if(rows, [](const Row& row) { return row.wrong < kEnoughWrong; });
    std::sort(rows.begin(), rows.end(),
              [](const Row& a, const Row& b) { return a.scores.value() < b.scores.value(); });
    std::string text =
        "| phone | said | rated wrong | correlation | flags | of these right | wrong "
        "ones found, % |\n|---|---:|---:|---:|---:|---:|---:|\n";
    for (const auto& row : rows) {
      text += fmt::format("| {} | {} | {} | {:.3f} | {} | {} | {:.0f} |\n", kPhoneNames[row.phone],
                          row.scores.count(), row.wrong, row.scores.value(), row.flagged, row.found,
                          100 * row.found / row.wrong);
    }
    return text;
  }

  PronunciationJudge& judge_;
  std::filesystem::path data_;
  std::vector<RatedSound> sounds_;
  std::vector<Spoilt> spoilt_;
};

// Two fields over the share of wrong sounds that are found: how many flags are right, and how many
// right sounds are flagged. A dot every tenth of the sensitivity.
std::string Reporter::picture() const {
  constexpr double kSide = 300, kMostFalse = 4;
  const auto curve = [this](int group, bool precision, const char* colour) {
    std::string path, dots;
    for (int step = 0; step <= 100; ++step) {
      const float threshold = flagThreshold(step / 100.0);
      double flagged = 0, found = 0, wrong = 0, good = 0, good_flagged = 0;
      for (const auto& sound : sounds_) {
        if (group >= 0 && sound.child != (group == 0)) continue;
        const bool flag = !sound.accepted && sound.wrong > threshold;
        wrong += sound.rated < 1 ? 1 : 0;
        good += sound.rated >= 1.99f ? 1 : 0;
        flagged += flag ? 1 : 0;
        found += flag && sound.rated < 1 ? 1 : 0;
        good_flagged += flag && sound.rated >= 1.99f ? 1 : 0;
      }
      if (flagged < 5) continue;
      const double across = kSide * found / std::max(wrong, 1.0);
      const double up = precision
                            ? found / flagged
                            : std::min(1.0, 100 * good_flagged / std::max(good, 1.0) / kMostFalse);
      path += fmt::format("{}{:.1f} {:.1f}", path.empty() ? "M" : "L", across, kSide * (1 - up));
      if (step % 10 == 0) {
        dots += fmt::format("<circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"{}\" fill=\"{}\"/>", across,
                            kSide * (1 - up), step == 50 ? 5 : 2.5, colour);
      }
    }
    return fmt::format("<path d=\"{}\" fill=\"none\" stroke=\"{}\" stroke-width=\"2\"/>{}\n", path,
                       colour, dots);
  };
  const auto field = [&](double left, bool precision, const char* title, const char* top) {
    std::string text = fmt::format(
        "<g transform=\"translate({},50)\"><rect width=\"300\" height=\"300\" fill=\"none\" "
        "stroke=\"#8a8f98\"/><text y=\"-12\">{}</text><text x=\"-8\" y=\"5\" "
        "text-anchor=\"end\">{}</text><text x=\"-8\" y=\"300\" text-anchor=\"end\">0</text>\n",
        left, title, top);
    for (int share = 0; share <= 100; share += 20) {
      text += fmt::format("<text x=\"{}\" y=\"318\" text-anchor=\"middle\">{}</text>", 3 * share,
                          share);
    }
    text += "<text x=\"150\" y=\"338\" text-anchor=\"middle\">wrong sounds found, %</text>\n";
    return text + curve(1, precision, "#2463c4") + curve(0, precision, "#c4622d") +
           curve(-1, precision, "#20242b") + "</g>\n";
  };
  return "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"780\" height=\"430\" "
         "font-family=\"sans-serif\" font-size=\"12\" fill=\"#20242b\">\n" +
         field(60, true, "flags that are right, %", "100") +
         field(440, false, "right sounds flagged, %", "4") +
         "<text x=\"60\" y=\"415\">black: all, blue: adults, orange: children; small dots: every "
         "tenth of the sensitivity, large: its default</text>\n</svg>\n";
}

struct Options {
  std::filesystem::path data, picture, tables;
  std::size_t every = 12;
};

Status report(const Options& options) {
  PRIMER_ASSIGN(auto judge, PronunciationJudge::openShipped());
  PRIMER_ASSIGN(auto utterances, readSpeechocean(options.data));
  std::erase_if(utterances, [](const Utterance& one) { return !one.development; });
  Reporter reporter(judge, options.data);
  PRIMER_TRY(reporter.hearAll(utterances));
  PRIMER_TRY(reporter.spoilAll(utterances, options.every));
  std::ofstream(options.picture) << reporter.picture();
  std::ofstream(options.tables) << reporter.tables();
  return {};
}

}  // namespace

int main(int argc, char** argv) {
  const char* const program = "pronunciation-report";
  Options options;
  return primer::runCommandLine(
      program, "Draws what flags cost, and tells what is answered to spoilt recordings.", argc,
      argv, [&](CLI::App& app) -> primer::Job {
        app.add_option("--data", options.data, "folder of data sets")
            ->envname("PRIMER_DATA")
            ->required();
        app.add_option("--picture", options.picture, "an SVG file")->required();
        app.add_option("--tables", options.tables, "a Markdown file")->required();
        app.add_option("--every", options.every, "every how many recordings one is spoilt")
            ->check(CLI::Range(1, 1000));
        return [&] {
          const auto done = report(options);
          return done ? int(primer::kExitOk) : primer::reportError(program, done.error());
        };
      });
}
