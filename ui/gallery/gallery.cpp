#include "gallery/gallery.h"

#include <QGuiApplication>
#include <QVBoxLayout>
#include <system_error>

#include "gallery/longer_language.h"
#include "gallery/sample_pages.h"
#include "gallery/widget_sheets.h"
#include "theme/metrics.h"
#include "theme/tokens.h"

namespace primer::ui {
namespace {

namespace fs = std::filesystem;

Status writeSheet(const WidgetSheet& sheet, Qt::LayoutDirection direction, const fs::path& file) {
  Canvas page(nullptr, colour::kPaper);
  page.setLayoutDirection(direction);
  auto* column = new QVBoxLayout(&page);
  setSpacing(column, {40, 32, 40, 32}, 24);
  sheet.fill(&page, column);
  page.resize(QSize(px(1280), px(800)).expandedTo(page.minimumSizeHint()));
  page.ensurePolished();
  if (!page.grab().save(QString::fromStdString(file.string()))) {
    return fail(ErrorCode::kIo, "cannot write " + file.string());
  }
  return {};
}

}  // namespace

Result<std::vector<fs::path>> writeGallery(const fs::path& folder) {
  std::error_code made;
  fs::create_directories(folder, made);
  if (made) return fail(ErrorCode::kIo, "cannot make " + folder.string() + ": " + made.message());
  std::vector<fs::path> written;
  for (const WidgetSheet& sheet : widgetSheets()) {
    const fs::path file = folder / (std::string(sheet.name) + ".png");
    const fs::path mirrored = folder / (std::string(sheet.name) + "-rtl.png");
    PRIMER_TRY(writeSheet(sheet, Qt::LeftToRight, file));
    PRIMER_TRY(writeSheet(sheet, Qt::RightToLeft, mirrored));
    written.push_back(file);
    written.push_back(mirrored);
  }
  struct Screen {
    const char* name;
    QSize size;
    Qt::LayoutDirection direction = Qt::LeftToRight;
    bool longer = false;  // in a language whose words are longer
  };
  const Screen screens[] = {{"", {1280, 800}},
                            {"-800x480", {800, 480}},
                            {"-1920x1200", {1920, 1200}},
                            {"-rtl", {1280, 800}, Qt::RightToLeft},
                            {"-longer", {1280, 800}, Qt::LeftToRight, true},
                            {"-800x480-longer", {800, 480}, Qt::LeftToRight, true}};
  LongerLanguage language;
  const double before = scale();
  for (const Screen& screen : screens) {
    setScale(scaleFor(screen.size));
    QGuiApplication::setLayoutDirection(screen.direction);
    if (screen.longer) QCoreApplication::installTranslator(&language);
    for (const SamplePage& page : samplePages()) {
      const fs::path file = folder / (page.name + screen.name + ".png");
      if (!page.make(screen.size)->grab().save(QString::fromStdString(file.string()))) {
        return fail(ErrorCode::kIo, "cannot write " + file.string());
      }
      written.push_back(file);
    }
  }
  QCoreApplication::removeTranslator(&language);
  QGuiApplication::setLayoutDirection(Qt::LeftToRight);
  setScale(before);
  return written;
}

}  // namespace primer::ui
