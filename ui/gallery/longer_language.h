#pragma once

// A made-up language whose words are 40 % longer than English: where a page has room for it, it has
// room for German or Finnish. Every word of four letters and more grows by repeating its vowels.

#include <QTranslator>

namespace primer::ui {

class LongerLanguage : public QTranslator {
  Q_OBJECT
 public:
  using QTranslator::QTranslator;

  bool isEmpty() const override { return false; }
  // What keys stand for stays as it is: their disambiguation begins with "keys".
  QString translate(const char* context, const char* source, const char* disambiguation,
                    int n) const override;

  static QString lengthened(const QString& text);
};

}  // namespace primer::ui
