#pragma once

// A QApplication with the look put on, for every test program that shows widgets.

#include <gtest/gtest.h>

#include <QApplication>
#include <memory>

#include "theme/look.h"
#include "theme/metrics.h"
#include "theme/motion.h"

namespace primer::ui {

class UiEnvironment : public testing::Environment {
 public:
  void SetUp() override {
    application_ = std::make_unique<QApplication>(argc_, argv_);
    putOnLook(*application_);
    setMotion(false);
  }
  void TearDown() override { application_.reset(); }

 private:
  int argc_ = 1;
  char name_[5] = "test";
  char* argv_[2] = {name_, nullptr};
  std::unique_ptr<QApplication> application_;
};

// Sets the scale for one test.
class AtScale {
 public:
  explicit AtScale(double scale) : before_(ui::scale()) { setScale(scale); }
  ~AtScale() { setScale(before_); }
  AtScale(const AtScale&) = delete;
  AtScale& operator=(const AtScale&) = delete;

 private:
  double before_;
};

}  // namespace primer::ui
