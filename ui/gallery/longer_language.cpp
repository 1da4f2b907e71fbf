#include "gallery/longer_language.h"

#include <cmath>

namespace primer::ui {
namespace {

constexpr double kLonger = 0.4;

bool isVowel(QChar letter) { return QStringLiteral("aeiouyAEIOUY").contains(letter); }

}  // namespace

QString LongerLanguage::translate(const char* /*context*/, const char* source,
                                  const char* disambiguation, int n) const {
  if (QByteArray(disambiguation).startsWith("keys")) return {};
  // Plural forms are picked by the toolkit from a file; there is one form here.
  QString text = QString::fromUtf8(source);
  if (n >= 0) text.replace(QLatin1String("%n"), QString::number(n));
  return lengthened(text);
}

// What is still owed goes on to the next word, so that the whole is as much longer as it should be.
QString LongerLanguage::lengthened(const QString& text) {
  QString longer;
  double owed = 0;
  bool in_placeholder = false;
  for (const QChar letter : text) {
    longer += letter;
    if (letter == QLatin1Char('%')) {
      in_placeholder = true;
      continue;
    }
    if (in_placeholder && (letter.isDigit() || letter == QLatin1Char('n'))) continue;
    in_placeholder = false;
    if (!letter.isLetter()) continue;
    owed += kLonger;
    if (!isVowel(letter)) continue;
    for (; owed >= 1; owed -= 1) longer += letter.toLower();
  }
  return longer;
}

}  // namespace primer::ui
