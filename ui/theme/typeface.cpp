#include "theme/typeface.h"

#include <QFontDatabase>

#include "theme/metrics.h"

namespace primer::ui {
namespace {

QFont face(const QString& family, int design_px, QFont::Weight weight) {
  QFont font;
  font.setFamilies({family, QStringLiteral("Noto Sans"), QStringLiteral("sans-serif")});
  font.setPixelSize(textPx(design_px));
  font.setWeight(weight);
  font.setHintingPreference(QFont::PreferNoHinting);
  return font;
}

}  // namespace

QFont headingFont(int design_px) {
  return face(QStringLiteral("Quicksand"), design_px, QFont::Bold);
}

QFont readingFont(int design_px, bool bold) {
  return face(QStringLiteral("Andika"), design_px, bold ? QFont::Bold : QFont::Normal);
}

QFont teacherFont(int design_px, QFont::Weight weight) {
  return face(QStringLiteral("Inter"), design_px, weight);
}

QStringList missingTypefaces() {
  QStringList missing;
  for (const char* family : {"Quicksand", "Andika", "Inter"}) {
    if (!QFontDatabase::hasFamily(QLatin1String(family))) missing += QLatin1String(family);
  }
  return missing;
}

}  // namespace primer::ui
