// Every page in every state on every screen: nothing cut off, nothing too small for a finger,
// nothing in the toolkit's grey, no connection to anywhere.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <QScrollArea>
#include <QStyle>
#include <filesystem>
#include <set>

#include "gallery/longer_language.h"
#include "gallery/sample_pages.h"
#include "gallery/sample_values.h"
#include "journey.h"
#include "widgets/text_label.h"

namespace primer::ui {
namespace {

namespace fs = std::filesystem;

struct Screen {
  const char* name;
  QSize size;
  double dots_per_mm;  // of the panel that such a screen is expected on
  Qt::LayoutDirection direction = Qt::LeftToRight;
  bool longer = false;  // in a language whose words are 40 % longer
};

void PrintTo(const Screen& screen, std::ostream* out) { *out << screen.name; }

const Screen kScreens[] = {{"800x480", {800, 480}, 133 / 25.4},      // seven inches
                           {"1280x800", {1280, 800}, 149 / 25.4},    // ten inches
                           {"1920x1200", {1920, 1200}, 224 / 25.4},  // ten inches, fine
                           {"mirrored", {1280, 800}, 149 / 25.4, Qt::RightToLeft},
                           {"longer_800x480", {800, 480}, 133 / 25.4, Qt::LeftToRight, true},
                           {"longer_1280x800", {1280, 800}, 149 / 25.4, Qt::LeftToRight, true}};

constexpr double kLeastTargetMm = 9;

class PagesOn : public testing::TestWithParam<Screen> {
 protected:
  void SetUp() override {
    before_ = scale();
    setScale(scaleFor(GetParam().size));
    QGuiApplication::setLayoutDirection(GetParam().direction);
    if (GetParam().longer) QCoreApplication::installTranslator(&longer_language_);
  }
  void TearDown() override {
    QCoreApplication::removeTranslator(&longer_language_);
    QGuiApplication::setLayoutDirection(Qt::LeftToRight);
    setScale(before_);
  }

  // `widget`'s place, cut by whatever it is scrolled in.
  static bool isScrolled(const QWidget* widget) {
    for (const QWidget* up = widget; up; up = up->parentWidget()) {
      if (qobject_cast<const QScrollArea*>(up)) return true;
    }
    return false;
  }

  // Where it can be pressed: what is scrolled out of sight cannot be.
  static QRect pressed(const QWidget* widget, const QWidget* page) {
    QRect place(widget->mapTo(page, QPoint()), widget->size());
    for (const QWidget* up = widget->parentWidget(); up && up != page; up = up->parentWidget()) {
      if (qobject_cast<const QScrollArea*>(up)) {
        place &= QRect(up->mapTo(page, QPoint()), up->size());
      }
    }
    return place;
  }

  static std::string nameOf(const QWidget* widget) {
    return std::string(widget->metaObject()->className()) + " \"" +
           widget->accessibleName().toStdString() + "\"";
  }

  double before_ = 1;
  LongerLanguage longer_language_;
};

bool isTeachers(const std::string& name) {
  for (const char* place : {"page-class", "page-pupil", "page-tablet", "page-to-look-at",
                            "page-nothing-to-look-at", "page-settings"}) {
    if (name.rfind(place, 0) == 0) return true;
  }
  return false;
}

TEST_P(PagesOn, NoTextIsCutOff) {
  for (const SamplePage& sample : samplePages()) {
    const auto page = sample.make(GetParam().size);
    for (const QWidget* cut : cutTexts(*page)) {
      // Nobody's page has room for 300 letters: they end in an ellipsis, and are spoken whole.
      if (cut->accessibleName().contains(sample::longestName())) continue;
      ADD_FAILURE() << sample.name << ": " << nameOf(cut) << " has " << cut->width() << "x"
                    << cut->height();
    }
  }
}

// Our own words are written so that they have room; another language's may be set smaller.
TEST_P(PagesOn, EnglishIsReadAtItsFullSize) {
  if (GetParam().longer) GTEST_SKIP() << "a longer language may be set smaller";
  for (const SamplePage& sample : samplePages()) {
    const auto page = sample.make(GetParam().size);
    for (const auto* card : page->findChildren<AdviceCard*>()) {
      if (!card->isVisibleTo(page.get())) continue;
      EXPECT_GE(card->textSize(), type::kNote) << sample.name << ": " << card->text().toStdString();
    }
    for (const auto* label : page->findChildren<TextLabel*>()) {
      if (!label->isVisibleTo(page.get())) continue;
      EXPECT_FALSE(label->isShrunk()) << sample.name << ": " << nameOf(label);
    }
  }
}

TEST_P(PagesOn, EverythingLiesOnThePage) {
  for (const SamplePage& sample : samplePages()) {
    const auto page = sample.make(GetParam().size);
    EXPECT_EQ(page->size(), GetParam().size)
        << sample.name << " does not fit the screen; is " << page->width() << "x" << page->height();
    for (const QWidget* widget : page->findChildren<QWidget*>()) {
      if (!widget->isVisibleTo(page.get()) || isScrolled(widget)) continue;
      const QRect place(widget->mapTo(page.get(), QPoint()), widget->size());
      EXPECT_TRUE(page->rect().contains(place))
          << sample.name << ": " << nameOf(widget) << " at " << place.x() << "," << place.y() << " "
          << place.width() << "x" << place.height();
    }
  }
}

TEST_P(PagesOn, WhatIsPressedIsLargeEnoughAndDoesNotOverlap) {
  const double least = kLeastTargetMm * GetParam().dots_per_mm;
  for (const SamplePage& sample : samplePages()) {
    const auto page = sample.make(GetParam().size);
    std::vector<const Control*> controls;
    for (const Control* control : page->findChildren<Control*>()) {
      if (!control->isVisibleTo(page.get()) || control->focusPolicy() == Qt::NoFocus) continue;
      // The teacher's pages are denser; a row is as wide as the page.
      const bool teacher = isTeachers(sample.name);
      const double wanted = teacher ? least * 0.8 : least;
      EXPECT_GE(control->width(), wanted) << sample.name << ": " << nameOf(control);
      EXPECT_GE(control->height(), wanted) << sample.name << ": " << nameOf(control);
      controls.push_back(control);
    }
    for (size_t i = 0; i < controls.size(); ++i) {
      for (size_t k = 0; k < i; ++k) {
        const QRect a = pressed(controls[i], page.get());
        const QRect b = pressed(controls[k], page.get());
        EXPECT_FALSE(a.intersects(b))
            << sample.name << ": " << nameOf(controls[i]) << " over " << nameOf(controls[k]);
      }
    }
  }
}

TEST_P(PagesOn, NothingIsInTheToolkitsOwnGrey) {
  std::set<QRgb> greys;
  const QPalette standard = QApplication::style()->standardPalette();
  for (int role = 0; role < QPalette::NColorRoles; ++role) {
    const QColor colour = standard.color(QPalette::ColorRole(role));
    const bool neutral = colour.red() == colour.green() && colour.green() == colour.blue();
    if (neutral && colour.lightness() > 20 && colour.lightness() < 255) greys.insert(colour.rgb());
  }
  ASSERT_FALSE(greys.empty());
  for (const SamplePage& sample : samplePages()) {
    const QImage image =
        sample.make(GetParam().size)->grab().toImage().convertToFormat(QImage::Format_RGB32);
    int grey = 0;
    for (int y = 0; y < image.height(); ++y) {
      const auto* line = reinterpret_cast<const QRgb*>(image.constScanLine(y));
      for (int x = 0; x < image.width(); ++x) grey += greys.count(line[x]) ? 1 : 0;
    }
    // Soft edges may meet such a value by chance: a patch of it cannot.
    EXPECT_LT(grey, 60) << sample.name;
  }
}

TEST_P(PagesOn, EveryControlHasASpokenName) {
  for (const SamplePage& sample : samplePages()) {
    const auto page = sample.make(GetParam().size);
    for (const Control* control : page->findChildren<Control*>()) {
      if (!control->isVisibleTo(page.get()) || control->focusPolicy() == Qt::NoFocus) continue;
      EXPECT_FALSE(control->accessibleName().isEmpty()) << sample.name << ": " << nameOf(control);
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Screens, PagesOn, testing::ValuesIn(kScreens),
                         [](const auto& screen) { return std::string("on_") + screen.param.name; });

using Network = Journey;

// The inodes of this process's sockets that are of the internet families.
std::set<std::string> internetSockets() {
  std::set<std::string> own;
  for (const auto& entry : fs::directory_iterator("/proc/self/fd")) {
    std::error_code ignored;
    const std::string target = fs::read_symlink(entry.path(), ignored).string();
    if (target.rfind("socket:[", 0) == 0) own.insert(target.substr(8, target.size() - 9));
  }
  std::set<std::string> found;
  for (const char* table : {"tcp", "tcp6", "udp", "udp6", "raw", "raw6"}) {
    std::ifstream file(std::string("/proc/self/net/") + table);
    for (std::string line; std::getline(file, line);) {
      std::istringstream words(line);
      std::string word;
      for (int i = 0; i < 10 && words >> word; ++i) {
      }
      if (own.count(word)) found.insert(word);
    }
  }
  return found;
}

TEST_F(Network, AVisitOpensNoConnection) {
  ASSERT_NO_FATAL_FAILURE(startWorking());
  ASSERT_NO_FATAL_FAILURE(writeInk(app::clearly(answer())));
  EXPECT_EQ(checkNow().verdict, app::Verdict::kRight);
  EXPECT_TRUE(waitUntilSaved());
  EXPECT_TRUE(internetSockets().empty());
}

}  // namespace
}  // namespace primer::ui
