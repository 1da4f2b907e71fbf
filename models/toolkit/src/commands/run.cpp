#include <zlib.h>

#include <cstdio>
#include <memory>

#include "primer/base/file_system.h"
#include "primer/inference/profile.h"
#include "primer/inference/session.h"
#include "src/commands/commands.h"
#include "src/commands/invocations.h"
#include "src/commands/model_choice.h"
#include "src/model_file.h"

namespace primer::toolkit {

namespace {

struct RunArguments {
  ModelChoice choice;
  std::string input;
  std::string output;
  std::string trace;
  std::string timeline;
};

// A line an operator output: invocation, node, op, tensor, bytes, CRC-32.
void traceLine(std::string& trace, std::size_t invocation, const inference::OperatorEvent& event) {
  for (const auto& output : event.outputs) {
    const auto* data = reinterpret_cast<const Bytef*>(output.bytes.data());
    const auto crc = crc32(0, data, static_cast<uInt>(output.bytes.size()));
    char numbers[96];
    std::snprintf(numbers, sizeof(numbers), " %zu %zu %08lx\n", output.tensor, output.bytes.size(),
                  static_cast<unsigned long>(crc));
    trace += std::to_string(invocation) + ' ' + std::to_string(event.node) + ' ';
    trace += event.op;
    trace += numbers;
  }
}

Status writeText(const std::string& path, const std::string& text) {
  return realFileSystem().writeAtomically(path, asBytes(text), FileAccess::kAsUsual);
}

Status runModel(const RunArguments& arguments) {
  PRIMER_ASSIGN(auto model, openModel(arguments.choice));
  // A trace shows every operator of the file.
  PRIMER_ASSIGN(auto session,
                inference::Session::create(model, {.optimise = arguments.trace.empty()}));
  PRIMER_ASSIGN(const auto input, readFile(arguments.input));
  PRIMER_ASSIGN(const auto invocations, countInvocations(*model, input, arguments.input));

  std::vector<std::byte> output;
  std::string trace;
  inference::Profile profile;
  std::span<const std::byte> rest = input;
  for (std::size_t invocation = 0; invocation < invocations; ++invocation) {
    rest = rest.subspan(feed(session, rest));
    const auto tell = [&](const inference::OperatorEvent& event) {
      traceLine(trace, invocation, event);
    };
    if (arguments.trace.empty() && arguments.timeline.empty()) {
      PRIMER_TRY(session.run());
    } else if (arguments.trace.empty()) {
      PRIMER_TRY(profile.run(session));
    } else {
      PRIMER_TRY(profile.run(session, tell));
    }
    collect(session, output);
  }
  PRIMER_TRY(realFileSystem().writeAtomically(arguments.output, output, FileAccess::kAsUsual));
  if (!arguments.trace.empty()) PRIMER_TRY(writeText(arguments.trace, trace));
  if (!arguments.timeline.empty()) {
    PRIMER_TRY(writeText(arguments.timeline, profile.chromeTrace()));
  }
  return {};
}

}  // namespace

void addRunCommand(CLI::App& app, CommandContext& context) {
  auto* command = app.add_subcommand("run", "run a model on raw inputs");
  auto arguments = std::make_shared<RunArguments>();
  addModelChoice(*command, arguments->choice);
  command
      ->add_option("--input", arguments->input,
                   "raw little-endian inputs: all of invocation 0, then of 1, ...")
      ->required();
  command->add_option("--output", arguments->output, "raw outputs in the same order")->required();
  command->add_option("--trace", arguments->trace,
                      "text, a line an operator output: invocation node op tensor bytes CRC-32");
  command->add_option("--timeline", arguments->timeline,
                      "when every operator ran, for a trace viewer (Trace Event Format)");
  command->callback([&context, arguments] {
    if (const auto status = runModel(*arguments); !status) context.report(status.error());
  });
}

}  // namespace primer::toolkit
