// bench-lesson [LEVEL]
//
// What the shipped models cost in a lesson, called through the rooms that a lesson calls: ten sums
// written by hand, two sentences of three seconds heard, five short answers graded and a choice
// among fifty questions. Nothing of it is random.
//
// Without an argument: least times of all levels of this CPU, in turns, so that other work on the
// machine disturbs all alike. With a level: each part once, for counting instructions:
//   valgrind --tool=callgrind --toggle-collect='lesson*' build/release/bin/bench-lesson avx2

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "kernels/cpu.h"
#include "primer/base/program.h"
#include "primer/handwriting/drawn_digits.h"
#include "primer/handwriting/number_reader.h"
#include "primer/knowledge/knowledge_model.h"
#include "primer/pronunciation/acoustic_model.h"
#include "primer/pronunciation/speech_frames.h"
#include "primer/speech/log_mel.h"
#include "primer/writing/grader.h"

namespace {

using namespace primer;
using inference::CpuLevel;
using Clock = std::chrono::steady_clock;

// The shipped models as one level runs them.
struct Models {
  handwriting::NumberReader numbers;
  pronunciation::AcousticModel acoustic;
  writing::Grader grader;
  knowledge::KnowledgeModel knowledge;
};

Result<Models> openAt(CpuLevel level) {
  setenv("PRIMER_CPU", std::string(inference::cpuLevelName(level)).c_str(), 1);
  PRIMER_ASSIGN(auto numbers, handwriting::NumberReader::openShipped());
  PRIMER_ASSIGN(auto acoustic, pronunciation::AcousticModel::openShipped());
  PRIMER_ASSIGN(auto grader, writing::Grader::openShipped());
  PRIMER_ASSIGN(auto knowledge, knowledge::KnowledgeModel::openShipped());
  unsetenv("PRIMER_CPU");
  return Models{std::move(numbers), std::move(acoustic), std::move(grader), std::move(knowledge)};
}

// Three seconds of a sound whose pitch wanders, as frames.
std::vector<std::int16_t> sentence() {
  constexpr int kFrames = 300;
  std::vector<std::int16_t> mel(kFrames * pronunciation::kBands);
  for (std::size_t i = 0; i < mel.size(); ++i) {
    const auto frame = static_cast<double>(i / pronunciation::kBands);
    const auto band = static_cast<double>(i % pronunciation::kBands);
    mel[i] = static_cast<std::int16_t>(4000 + 3000 * std::sin(frame / 9 + band / 5));
  }
  return mel;
}

}  // namespace

// Not in the unnamed namespace, nor inlined: callgrind finds them by name.
double lessonInk(Models& models) {
  static const auto inks = [] {
    std::vector<Ink> made;
    for (const char* sum : {"7", "12", "45", "60", "81", "93", "100", "24", "5", "38"}) {
      made.push_back(handwriting::drawNumber(sum, 0, 0));
    }
    return made;
  }();
  double confidence = 0;
  for (const auto& ink : inks) confidence += models.numbers.read(ink).confidence;
  return confidence;
}

double lessonSpeech(Models& models) {
  static const auto mel = sentence();
  double heard = 0;
  for (int i = 0; i < 2; ++i) heard += models.acoustic.run(mel) ? 1 : 0;
  return heard;
}

double lessonQuiz(Models& models) {
  static const std::vector<std::string> references = {"The ice melts because it gets warm."};
  double score = 0;
  for (const char* answer : {"It gets warm and melts.", "because the sun makes it warm",
                             "It turns to water", "I like it", "The ice gets colder."}) {
    score += models.grader.grade({"Why does the ice melt?", references, answer}).score;
  }
  for (int i = 0; i < 50; ++i) {
    knowledge::Features features{};
    features[0] = static_cast<float>(i) / 50;
    score += models.knowledge.logit(features);
  }
  return score;
}

namespace {

using Part = double (*)(Models&);
constexpr std::array<std::pair<const char*, Part>, 3> kParts = {
    std::pair{"ink: ten sums", &lessonInk}, std::pair{"speech: two sentences", &lessonSpeech},
    std::pair{"quiz: five answers, fifty questions", &lessonQuiz}};

Status runOnce(std::string_view name) {
  for (const auto level : inference::usableCpuLevels()) {
    if (inference::cpuLevelName(level) != name) continue;
    PRIMER_ASSIGN(auto models, openAt(level));
    for (const auto& [what, part] : kParts) fmt::print("{}: {:.3f}\n", what, part(models));
    return {};
  }
  return fail(ErrorCode::kInvalidArgument, fmt::format("this CPU has no level {}", name));
}

Status runInTurns() {
  constexpr int kRounds = 40;
  const auto levels = inference::usableCpuLevels();
  std::vector<Models> models;
  for (const auto level : levels) {
    PRIMER_ASSIGN(auto opened, openAt(level));
    models.push_back(std::move(opened));
  }
  fmt::print("| a lesson's, us |");
  for (const auto level : levels) fmt::print(" {} |", inference::cpuLevelName(level));
  fmt::print("\n|---|");
  for (std::size_t i = 0; i < levels.size(); ++i) fmt::print("---:|");
  for (const auto& [what, part] : kParts) {
    std::vector<double> least(levels.size(), std::numeric_limits<double>::infinity());
    double expected = part(models[0]);
    for (int round = 0; round < kRounds; ++round) {
      for (std::size_t i = 0; i < levels.size(); ++i) {
        const auto start = Clock::now();
        const double got = part(models[i]);
        const std::chrono::duration<double, std::micro> took = Clock::now() - start;
        least[i] = std::min(least[i], took.count());
        if (got != expected) return fail(ErrorCode::kInternal, "a level gives other answers");
      }
    }
    fmt::print("\n| {} |", what);
    for (const double us : least) fmt::print(" {:.0f} |", us);
  }
  fmt::print("\n");
  return {};
}

}  // namespace

int main(int argc, char** argv) {
  const auto done = argc > 1 ? runOnce(argv[1]) : runInTurns();
  return done ? kExitOk : reportError("bench-lesson", done.error());
}
