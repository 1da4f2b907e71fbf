// primer: the tutor.

#include <CLI/CLI.hpp>
#include <QApplication>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>

#include "gallery/gallery.h"
#include "primer/app/tutor.h"
#include "primer/app/tutor_parts.h"
#include "primer/base/command_line.h"
#include "primer/base/large_blocks.h"
#include "primer/base/program.h"
#include "program/first_frame.h"
#include "theme/look.h"
#include "theme/metrics.h"
#include "theme/motion.h"
#include "tour/tour.h"
#include "window/window.h"

namespace {

namespace fs = std::filesystem;
using namespace primer;

struct Options {
  std::string data;
  std::string size;
  std::string audio;
  std::string tour;
  std::string gallery;
  bool kiosk = false;
  bool first_frame = false;
};

constexpr const char* kProgram = "primer";
constexpr QSize kDesignSize(1280, 800);
constexpr QSize kSmallest(480, 320);
constexpr QSize kLargest(7680, 4320);

fs::path defaultData() {
  const char* set = std::getenv("XDG_DATA_HOME");
  if (set && *set == '/') return fs::path(set) / "primer";
  const char* home = std::getenv("HOME");
  return fs::path(home && *home ? home : ".") / ".local" / "share" / "primer";
}

Result<QSize> sizeFrom(const std::string& text) {
  if (text.empty()) return kDesignSize;
  const QStringList parts = QString::fromStdString(text).split('x');
  bool width_read = false;
  bool height_read = false;
  const QSize size(parts.value(0).toInt(&width_read), parts.value(1).toInt(&height_read));
  if (parts.size() != 2 || !width_read || !height_read) {
    return fail(ErrorCode::kInvalidArgument, "--size " + text + ": should be like 1280x800");
  }
  if (size.expandedTo(kSmallest) != size || size.boundedTo(kLargest) != size) {
    return fail(ErrorCode::kInvalidArgument, "--size " + text + ": must be 480x320 to 7680x4320");
  }
  return size;
}

int gallery(const std::string& folder) {
  ui::setMotion(false);
  const auto written = ui::writeGallery(folder);
  if (!written) return reportError(kProgram, written.error());
  std::printf("%zu pictures in %s\n", written->size(), folder.c_str());
  return kExitOk;
}

int tour(const Options& options, QSize size) {
  ui::setMotion(false);
  const auto failed = ui::playTour({options.tour, size});
  if (!failed) return reportError(kProgram, failed.error());
  for (const std::string& step : *failed) std::fprintf(stderr, "primer: tour: %s\n", step.c_str());
  return failed->empty() ? kExitOk : kExitSomeFailed;
}

int run(const Options& options, QSize size) {
  SystemClock clock;
  app::TutorSettings settings;
  settings.data_folder = options.data.empty() ? defaultData() : fs::path(options.data);
  app::TutorParts parts;
  if (!options.audio.empty()) parts.hearing.open_source = app::recordedSource(options.audio);
  app::Tutor tutor(settings, clock, realFileSystem(), std::move(parts));
  ui::setScale(ui::scaleFor(size));
  ui::Window window(tutor);
  window.resize(size);
  if (options.first_frame) ui::reportFirstFrame(window);
  if (options.kiosk) {
    window.setWindowFlag(Qt::FramelessWindowHint);
    window.showFullScreen();
  } else {
    window.show();
  }
  tutor.start();
  return QApplication::exec() == 0 ? kExitOk : kExitSomeFailed;
}

int start(const Options& options, int argc, char** argv) {
  if (!options.audio.empty()) {
    SystemClock clock;
    const auto sound = app::recordedSource(options.audio)(clock);
    if (!sound) return reportError(kProgram, sound.error());
  }
  const auto size = sizeFrom(options.size);
  if (!size) return reportError(kProgram, size.error());
  // Pictures need no display.
  const bool off_screen = !options.tour.empty() || !options.gallery.empty();
  if (off_screen) setenv("QT_QPA_PLATFORM", "offscreen", 0);
  QApplication application(argc, argv);
  ui::putOnLook(application);
  if (!options.gallery.empty()) return gallery(options.gallery);
  if (!options.tour.empty()) return tour(options, *size);
  return run(options, *size);
}

}  // namespace

int main(int argc, char** argv) {
  returnLargeBlocks();
  Options options;
  return runCommandLine(
      kProgram, "Primer, a tutor that lives on the tablet.", argc, argv, [&](CLI::App& command) {
        command.add_option("--data", options.data,
                           "Folder of the records (default: $XDG_DATA_HOME/primer or "
                           "~/.local/share/primer)");
        command.add_flag("--kiosk", options.kiosk, "Fill the screen, without a frame");
        command.add_option("--size", options.size, "Size of the window, WxH (default: 1280x800)");
        command.add_option(
            "--audio", options.audio,
            "A recording that stands in for the microphone, from its beginning each time");
        command.add_option("--tour", options.tour,
                           "Play one whole visit without a person; write its pictures and "
                           "tour.json");
        command.add_option("--gallery", options.gallery,
                           "Write a picture of every component and page in every state");
        command.add_flag("--first-frame", options.first_frame,
                         "Print {\"first_frame_ms\",\"rss_bytes\"} once the first page is "
                         "painted, and exit");
        return [&options, argc, argv] { return start(options, argc, argv); };
      });
}
