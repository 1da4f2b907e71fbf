#include "src/commands/quantize_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

namespace primer::toolkit {

namespace {

std::string beforeAfter(const char* what, const Json& pair) {
  const auto before = pair["before"].get<double>(), after = pair["after"].get<double>();
  return fmt::format("{:12} {:12.0f} -> {:12.0f}  ({:.2f} of it)\n", what, before, after,
                     before > 0 ? after / before : 0.0);
}

std::string tensorLines(const char* title, const Json& tensors) {
  if (tensors.empty()) return "";
  double worst = std::numeric_limits<double>::infinity();
  for (const auto& one : tensors) worst = std::min(worst, one["snr_db"].get<double>());
  auto text = fmt::format("\n{}\n  {:40} {:18} {:8} {:>8} {:>9} {:>9} {:>10}\n", title, "tensor",
                          "by", "type", "SNR dB", "cosine", "max abs", "saturated");
  for (const auto& one : tensors) {
    const double snr = one["snr_db"].get<double>();
    text += fmt::format("{} {:40.40} {:18.18} {:8.8} {:8.1f} {:9.6f} {:9.3g} {:9.2f}%\n",
                        snr == worst ? '*' : ' ', one["name"].get<std::string>(),
                        one["op"].get<std::string>(), one["type"].get<std::string>(), snr,
                        one["cosine"].get<double>(), one["max_abs"].get<double>(),
                        100 * one["saturation"].get<double>());
  }
  return text;
}

}  // namespace

std::string quantizeReport(const Json& report) {
  std::string text =
      report["model"].get<std::string>() + " -> " + report["output"].get<std::string>() + "\n";
  for (const char* key : {"mode", "io", "range", "bias_corrected", "equalised", "weights_rounded",
                          "samples", "kept_float", "in_int16"}) {
    if (report.contains(key)) text += fmt::format("{:16} {}\n", key, report[key].dump());
  }
  text += "\n" + beforeAfter("bytes", report["bytes"]) +
          beforeAfter("latency, us", report["latency_us"]) +
          beforeAfter("arena, bytes", report["arena_bytes"]);
  if (report["metrics"].is_object()) {
    text += "\nThe task, on the development split\n";
    for (const auto& [name, value] : report["metrics"].items()) {
      text += fmt::format("  {:40} {:12.4f}\n", name, value.get<double>());
    }
  }
  text += tensorLines("Outputs (* the least SNR)", report["outputs"]);
  text += tensorLines("Every activation, on the calibration data", report["tensors"]);
  return text;
}

}  // namespace primer::toolkit
