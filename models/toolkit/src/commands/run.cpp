#include <zlib.h>

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <memory>

#include "primer/base/file_system.h"
#include "primer/inference/session.h"
#include "src/commands/commands.h"
#include "src/model_file.h"

namespace primer::toolkit {

namespace {

struct RunArguments {
  std::string model;
  std::string input;
  std::string output;
  std::string signature;
  std::string trace;
};

// A line an operator output: invocation, node, op, tensor, bytes, CRC-32.
void traceLine(std::string& trace, std::size_t invocation, const inference::OperatorEvent& event) {
  for (const auto& output : event.outputs) {
    const auto* data = reinterpret_cast<const Bytef*>(output.bytes.data());
    const auto crc = crc32(0, data, static_cast<uInt>(output.bytes.size()));
    char line[160];
    std::snprintf(line, sizeof(line), "%zu %zu %.*s %zu %zu %08lx\n", invocation, event.node,
                  static_cast<int>(event.op.size()), event.op.data(), output.tensor,
                  output.bytes.size(), static_cast<unsigned long>(crc));
    trace += line;
  }
}

Status runModel(const RunArguments& arguments) {
  PRIMER_ASSIGN(auto model, inference::Model::open(modelPath(arguments.model)));
  if (!arguments.signature.empty()) {
    PRIMER_ASSIGN(model, model->signature(arguments.signature));
  }
  PRIMER_ASSIGN(auto session, inference::Session::create(model));
  PRIMER_ASSIGN(const auto input, readFile(arguments.input));

  std::size_t each = 0;
  for (std::size_t i = 0; i < model->inputCount(); ++i) each += model->input(i).bytes;
  const std::size_t invocations = each == 0 ? 1 : input.size() / each;
  if (invocations == 0) {
    return fail(ErrorCode::kDamaged, arguments.input + " holds " + std::to_string(input.size()) +
                                         " bytes; one invocation takes " + std::to_string(each));
  }
  if (each != 0 && input.size() % each != 0) {
    std::fprintf(stderr, "primer-model: %zu bytes at the end of the input are left over\n",
                 input.size() % each);
  }
  std::vector<std::byte> output;
  std::string trace;
  std::size_t at = 0;
  for (std::size_t invocation = 0; invocation < invocations; ++invocation) {
    for (std::size_t i = 0; i < model->inputCount(); ++i) {
      const auto to = session.inputBytes(i);
      std::memcpy(to.data(), input.data() + at, to.size());
      at += to.size();
    }
    if (arguments.trace.empty()) {
      PRIMER_TRY(session.run());
    } else {
      PRIMER_TRY(session.run(
          [&](const inference::OperatorEvent& event) { traceLine(trace, invocation, event); }));
    }
    for (std::size_t i = 0; i < model->outputCount(); ++i) {
      const auto from = session.outputBytes(i);
      output.insert(output.end(), from.begin(), from.end());
    }
  }
  PRIMER_TRY(realFileSystem().writeAtomically(arguments.output, output, FileAccess::kAsUsual));
  if (!arguments.trace.empty()) {
    PRIMER_TRY(
        realFileSystem().writeAtomically(arguments.trace, asBytes(trace), FileAccess::kAsUsual));
  }
  return {};
}

}  // namespace

void addRunCommand(CLI::App& app, CommandContext& context) {
  auto* command = app.add_subcommand("run", "run a model on raw inputs");
  auto arguments = std::make_shared<RunArguments>();
  command->add_option("model", arguments->model, "file, or name of a shipped model")->required();
  command
      ->add_option("--input", arguments->input,
                   "raw little-endian inputs: all of invocation 0, then of 1, ...")
      ->required();
  command->add_option("--output", arguments->output, "raw outputs in the same order")->required();
  command->add_option("--signature", arguments->signature, "default: the main graph");
  command->add_option("--trace", arguments->trace,
                      "text, a line an operator output: invocation node op tensor bytes CRC-32");
  command->callback([&context, arguments] {
    if (const auto status = runModel(*arguments); !status) context.report(status.error());
  });
}

}  // namespace primer::toolkit
