// primer: the tutor.

#include <CLI/CLI.hpp>
#include <QApplication>
#include <cstdio>
#include <string>

#include "gallery/gallery.h"
#include "primer/base/program.h"
#include "theme/look.h"

int main(int argc, char** argv) {
  std::string gallery;
  CLI::App command("The tutor", "primer");
  command.add_option("--gallery", gallery, "Write a picture of every component and stop");
  try {
    command.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return command.exit(error) == 0 ? primer::kExitOk : primer::kExitUsage;
  }
  QApplication application(argc, argv);
  primer::ui::putOnLook(application);
  if (gallery.empty()) {
    std::fprintf(stderr, "primer: the pages are not in this version\n");
    return primer::kExitUsage;
  }
  const auto written = primer::ui::writeGallery(gallery);
  if (!written) return primer::reportError("primer", written.error());
  std::printf("%zu pictures in %s\n", written->size(), gallery.c_str());
  return primer::kExitOk;
}
