// primer-batch: the tutor's senses and judgement without a screen, on files. One JSON object a line
// in, one out.

#include <CLI/CLI.hpp>
#include <utility>
#include <vector>

#include "primer/base/command_line.h"
#include "primer/base/large_blocks.h"
#include "primer/base/program.h"
#include "verb.h"

namespace {

using primer::batch::kProgram;

primer::Job declare(CLI::App& app, primer::batch::Streams& streams) {
  app.require_subcommand(1);
  std::vector<std::pair<CLI::App*, primer::Job>> verbs;
  const auto add = [&](const char* name, const char* what, auto adder) {
    auto* command = app.add_subcommand(name, what);
    command->add_option("--input", streams.input, "JSON lines (default: standard input)");
    command->add_option("--output", streams.output, "JSON lines (default: standard output)");
    verbs.emplace_back(command, adder(*command, streams));
  };
  add("symbols", "reads one symbol's ink: {\"id\",\"strokes\"}", primer::batch::addSymbols);
  add("images", "reads small pictures of digits: {\"id\",\"width\",\"height\",\"pixels\"}",
      primer::batch::addImages);
  add("lines", "reads one line of notation: {\"id\",\"strokes\"}", primer::batch::addLines);
  add("columns", "reads and judges column arithmetic: {\"id\",\"strokes\"}",
      primer::batch::addColumns);
  add("working", "judges worked lines: {\"id\",\"problem\",\"lines\"}", primer::batch::addWorking);
  add("knowledge", "chances of success before each answer: {\"id\",\"events\"}",
      primer::batch::addKnowledge);
  add("recommend", "what comes next for a pupil, over all packs: {\"id\",\"events\"}",
      primer::batch::addRecommend);
  add("review", "when a fact should come again: {\"id\",\"reviews\"}", primer::batch::addReview);
  add("speech", "judges a text read aloud: {\"id\",\"audio\",\"text\"}", primer::batch::addSpeech);
  add("choose", "which answer was spoken: {\"id\",\"audio\",\"choices\"}",
      primer::batch::addChoose);
  add("grade", "grades a short answer: {\"id\",\"question\",\"references\",\"answer\"}",
      primer::batch::addGrade);
  add("reading", "how hard a text is to read: {\"id\",\"text\"}", primer::batch::addReading);
  add("composition", "a look at longer writing, with advice: {\"id\",\"text\"}",
      primer::batch::addComposition);
  add("simulate", "simulated pupils taught by a policy: one object, no input",
      primer::batch::addSimulate);
  return [verbs] {
    for (const auto& [command, run] : verbs) {
      if (command->parsed()) return run();
    }
    return int(primer::kExitUsage);
  };
}

}  // namespace

int main(int argc, char** argv) {
  primer::returnLargeBlocks();  // of a long recording: else the peak grows by an eighth
  primer::batch::Streams streams;
  return primer::runCommandLine(
      kProgram, "The tutor's senses and judgement on files: one JSON object a line in, one out.",
      argc, argv, [&streams](CLI::App& app) { return declare(app, streams); });
}
