#pragma once

#include <QElapsedTimer>
#include <QEventLoop>
#include <QString>
#include <filesystem>
#include <functional>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "primer/app/tutor.h"
#include "primer/app/tutor_parts.h"
#include "primer/base/clock.h"
#include "tour/tour.h"
#include "window/window.h"

namespace primer::ui {

// A step that could not be done: what follows would make no sense.
struct Stuck {
  std::string what;
};

// Where a tour plays: the real tutor and window over an empty data folder, hands that press and
// wait as a person does, and a camera. GUI thread.
class Stage {
 public:
  Stage(const TourSettings& settings, const app::TutorSettings& tutor, app::TutorParts parts);

  // Writes tour.json: the pictures taken so far, in order.
  [[nodiscard]] Status writeIndex() const;

 protected:
  // Goes through the events until `holds`; false when patience ran out.
  bool wait(const std::function<bool()>& holds);
  bool waitLong(const std::function<bool()>& holds);  // for what takes a minute by itself
  void pause(int ms);

  void must(bool holds, const std::string& what);    // else the tour cannot go on (throws Stuck)
  void should(bool holds, const std::string& what);  // else the tour failed, and goes on

  void take(const std::string& name, const std::string& title, const std::string& what,
            const char* who);

  void tapOn(QWidget* widget, const std::string& what);
  void press(QWidget* page, const QString& word);      // a button by its word or spoken name
  const QString& pressed() const { return pressed_; }  // the word of the last one,
  double sincePressedMs() const { return double(since_pressed_.nsecsElapsed()) / 1e6; }
  void type(QWidget* page, const QString& keys);

  app::Tutor& tutor() { return tutor_; }
  Window& window() { return window_; }
  [[nodiscard]] std::size_t pictures() const { return index_.size(); }

  // What the window's thread worked between two looks at the clock, in its own processor time:
  // painting, ink and pages together, so no frame took longer.
  struct Turn {
    double ms = 0;
    std::size_t after = 0;  // how many pictures there were
  };
  [[nodiscard]] const std::vector<Turn>& turns() const { return turns_; }

  std::vector<std::string> failures_;

 private:
  bool waitFor(const std::function<bool()>& holds, int patience_ms);
  void turn(QEventLoop::ProcessEventsFlags flags);

  std::vector<Turn> turns_;
  QString pressed_;
  QElapsedTimer since_pressed_;
  TourSettings settings_;
  SystemClock clock_;
  app::Tutor tutor_;
  Window window_;
  nlohmann::ordered_json index_ = nlohmann::ordered_json::array();
};

}  // namespace primer::ui
