#include "theme/typeface.h"

#include <QCoreApplication>
#include <QFontDatabase>
#include <map>
#include <tuple>

#include "theme/metrics.h"

namespace primer::ui {
namespace {

using Fonts = std::map<std::tuple<QString, int, int>, QFont>;

// Copies of a font share what the toolkit has found out about it; a font made anew would have to be
// looked up among all of the system's at its first use.
QFont face(const QString& family, int design_px, QFont::Weight weight) {
  static Fonts made;
  if (made.empty()) qAddPostRoutine([] { made.clear(); });  // they may not outlive the application
  const auto [place, is_new] = made.try_emplace({family, textPx(design_px), int(weight)});
  QFont& font = place->second;
  if (!is_new) return font;
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
