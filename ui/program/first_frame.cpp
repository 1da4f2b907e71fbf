#include "program/first_frame.h"

#include <unistd.h>

#include <QApplication>
#include <QEvent>
#include <QTimer>
#include <cstdio>
#include <ctime>
#include <fstream>
#include <sstream>
#include <string>

#include "pages/simple_pages.h"
#include "window/window.h"

namespace primer::ui {
namespace {

// Milliseconds since this process was started; the kernel counts in clock ticks (10 ms).
double sinceProcessStart() {
  std::ifstream file("/proc/self/stat");
  std::string text((std::istreambuf_iterator<char>(file)), {});
  // The second field is the name in brackets and may hold anything; the start time is the 22nd.
  std::istringstream fields(text.substr(text.rfind(')') + 1));
  std::string field;
  for (int i = 3; i <= 22; ++i) fields >> field;
  const double started = std::stod(field) / double(sysconf(_SC_CLK_TCK));
  timespec now{};
  clock_gettime(CLOCK_BOOTTIME, &now);
  return (double(now.tv_sec) + double(now.tv_nsec) * 1e-9 - started) * 1000;
}

long residentBytes() {
  std::ifstream file("/proc/self/statm");
  long whole = 0;
  long resident = 0;
  file >> whole >> resident;
  return resident * sysconf(_SC_PAGESIZE);
}

// Waits for the paint event that shows a real page.
class FirstPaint : public QObject {
 public:
  explicit FirstPaint(Window& window) : QObject(&window), window_(window) {
    QObject::connect(&window, &Window::pageShown, this,
                     [this](QWidget* page) { page->installEventFilter(this); });
  }

  bool eventFilter(QObject* watched, QEvent* event) override {
    if (event->type() == QEvent::Paint && !done_ && watched == window_.currentPage()) {
      done_ = true;
      // Behind the painting of the page's children, which follows at once.
      QTimer::singleShot(0, this, [] {
        std::printf("{\"first_frame_ms\":%.0f,\"rss_bytes\":%ld}\n", sinceProcessStart(),
                    residentBytes());
        std::fflush(stdout);
        QApplication::quit();
      });
    }
    return false;
  }

 private:
  Window& window_;
  bool done_ = false;
};

}  // namespace

void reportFirstFrame(Window& window) { new FirstPaint(window); }

}  // namespace primer::ui
