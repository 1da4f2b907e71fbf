#pragma once

// The verbs of primer-batch: each takes JSON lines and gives JSON lines. A new verb is one file,
// one line here and one in main.cpp.

#include <filesystem>

#include "primer/base/command_line.h"

namespace primer::batch {

// Where records come from and answers go: files, or the standard streams where a name is empty.
struct Streams {
  std::filesystem::path input;
  std::filesystem::path output;
};

// Adds its own options to `command` and returns what runs it: an exit code of base/program.h. What
// it returns may refer to nothing but what it owns and `streams`, which lives as long as the
// program.
using Verb = Job;
Verb addSymbols(CLI::App& command, const Streams& streams);
Verb addImages(CLI::App& command, const Streams& streams);
Verb addLines(CLI::App& command, const Streams& streams);
Verb addColumns(CLI::App& command, const Streams& streams);
Verb addKnowledge(CLI::App& command, const Streams& streams);
Verb addSimulate(CLI::App& command, const Streams& streams);
Verb addRecommend(CLI::App& command, const Streams& streams);
Verb addReview(CLI::App& command, const Streams& streams);
Verb addGrade(CLI::App& command, const Streams& streams);
Verb addReading(CLI::App& command, const Streams& streams);
Verb addComposition(CLI::App& command, const Streams& streams);
Verb addWorking(CLI::App& command, const Streams& streams);
Verb addSpeech(CLI::App& command, const Streams& streams);
Verb addChoose(CLI::App& command, const Streams& streams);

inline constexpr const char* kProgram = "primer-batch";

}  // namespace primer::batch
