// Makes the probabilities of a trained model of symbols or of pictures honest: measures on the
// development split what its scores must be divided by, for each kind of class set, and from where
// on ink is mirror-written, and writes that into the file. A tool of the workshop, not installed.
//
//   ink-calibrate MODEL --data DIR -o MODEL [--twin MODEL]
//
// A model that was trained on the development split, too, is measured by its twin, which was not.

#include <CLI/CLI.hpp>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "primer/base/program.h"
#include "primer/handwriting-workshop/handwriting_workshop.h"
#include "primer/toolkit/evaluate.h"
#include "primer/toolkit/metadata.h"

namespace primer::handwriting::workshop {
namespace {

using Measured = std::pair<const char*, const char*>;

// Of the task's figures, by the name that the reader knows.
constexpr Measured kOfSymbols[] = {
    {"temperature_digits", "temperature_digits"}, {"temperature_upper", "temperature_upper"},
    {"temperature_lower", "temperature_lower"},   {"temperature_letters", "temperature_letters"},
    {"temperature_school", "temperature_school"}, {"temperature", "temperature_all"},
    {"mirrored_above", "mirrored_threshold"},
};
constexpr Measured kOfPictures[] = {{"temperature", "temperature"}};

std::span<const Measured> measuredBy(const toolkit::Task& task) {
  if (task.info().name == "mnist") return kOfPictures;
  return kOfSymbols;
}

Result<std::vector<std::byte>> readModel(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  if (!file) return fail(ErrorCode::kNotFound, path + ": cannot be read");
  const auto* begin = reinterpret_cast<const std::byte*>(text.data());
  return std::vector<std::byte>(begin, begin + text.size());
}

Status calibrate(const std::string& path, const std::string& twin, const std::string& data,
                 const std::string& output) {
  PRIMER_ASSIGN(const auto model, readModel(path));
  const auto& judged_path = twin.empty() ? path : twin;
  PRIMER_ASSIGN(const auto judged, readModel(judged_path));
  toolkit::Workshop workshop;
  addHandwriting(workshop);
  PRIMER_ASSIGN(const auto task, toolkit::taskOf(judged, "", data, workshop));
  PRIMER_ASSIGN(const auto figures, toolkit::evaluate(judged, *task, toolkit::Split::kDevelopment));
  PRIMER_ASSIGN(auto metadata, toolkit::readMetadata(model));
  nlohmann::ordered_json report;
  for (const auto& [name, figure] : measuredBy(*task)) {
    const auto found = figures.find(figure);
    if (found == figures.end()) {
      return fail(ErrorCode::kInvalidArgument,
                  judged_path + ": its task does not measure " + figure);
    }
    metadata["preprocessing"][name] = found->second;
    report[name] = found->second;
  }
  PRIMER_ASSIGN(const auto written, toolkit::writeMetadata(model, metadata));
  std::ofstream file(output, std::ios::binary);
  file.write(reinterpret_cast<const char*>(written.data()),
             static_cast<std::streamsize>(written.size()));
  if (!file.flush()) return fail(ErrorCode::kIo, output + ": cannot be written");
  std::printf("%s\n", report.dump().c_str());
  return {};
}

}  // namespace
}  // namespace primer::handwriting::workshop

int main(int argc, char** argv) try {
  std::string model;
  std::string data;
  std::string output;
  std::string twin;
  if (const char* named = std::getenv("PRIMER_DATA"); named != nullptr) data = named;
  CLI::App app("Writes calibration, measured on the development split, into a model.");
  app.add_option("model", model, "a model of the task ink-symbols or mnist")->required();
  app.add_option("--twin", twin, "measure this model in place of it");
  app.add_option("--data", data, "the folder of data sets (default: PRIMER_DATA)");
  app.add_option("-o,--output", output, "the calibrated model")->required();
  CLI11_PARSE(app, argc, argv);
  const auto done = primer::handwriting::workshop::calibrate(model, twin, data, output);
  return done ? primer::kExitOk : primer::reportError("ink-calibrate", done.error());
} catch (const std::exception& problem) {
  return primer::reportError("ink-calibrate", {primer::ErrorCode::kInternal, problem.what()});
}
