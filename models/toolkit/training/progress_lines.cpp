#include "training/progress_lines.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace primer::toolkit {

namespace {

constexpr double kSecondsBetween = 0.2;

// "0:42", "12:05", "1:03:20".
std::string clockText(double seconds) {
  const auto whole = static_cast<long>(std::lround(std::max(seconds, 0.0)));
  char text[48];
  if (whole < 3600) {
    std::snprintf(text, sizeof(text), "%ld:%02ld", whole / 60, whole % 60);
  } else {
    std::snprintf(text, sizeof(text), "%ld:%02ld:%02ld", whole / 3600, whole / 60 % 60, whole % 60);
  }
  return text;
}

}  // namespace

double ProgressLines::samplesPerSecond() const {
  return static_cast<double>(samples_) / std::max(seconds_, 1e-9);
}

std::string ProgressLines::timeLeft(const Progress& progress) const {
  if (steps_ == 0) return "?";
  const double each = seconds_ / static_cast<double>(steps_);
  return clockText(each * static_cast<double>(plan_.steps - progress.step));
}

void ProgressLines::clearLine() const {
  if (plan_.live) std::fputs("\r\033[K", stderr);
}

void ProgressLines::batchDone(const Progress& progress, std::size_t samples, double seconds,
                              const Learner::Step& mean, double learning_rate) {
  samples_ += samples;
  seconds_ += seconds;
  since_shown_ += seconds;
  ++steps_;
  if (!plan_.live || since_shown_ < kSecondsBetween) return;
  since_shown_ = 0;
  clearLine();
  std::fprintf(stderr,
               "epoch %d/%d  batch %zu/%zu  loss %.4f  right %.2f %%  rate %.2g  %.0f samples/s  "
               "left %s",
               progress.epoch + 1, plan_.epochs, progress.batch, plan_.batches, mean.loss,
               mean.right_percent, learning_rate, samplesPerSecond(), timeLeft(progress).c_str());
  std::fflush(stderr);
}

void ProgressLines::epochDone(const Progress& progress, const Learner::Step& mean,
                              const Metrics& metrics, bool best) const {
  clearLine();
  std::fprintf(stderr, "epoch %d/%d  loss %.4f  right %.2f %%", progress.epoch + 1, plan_.epochs,
               mean.loss, mean.right_percent);
  for (const auto& [name, value] : metrics) std::fprintf(stderr, "  %s %.3f", name.c_str(), value);
  std::fprintf(stderr, "%s  %.0f samples/s  left %s\n", best ? " (best)" : "", samplesPerSecond(),
               timeLeft(progress).c_str());
}

}  // namespace primer::toolkit
