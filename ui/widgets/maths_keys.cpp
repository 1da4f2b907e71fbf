#include "widgets/maths_keys.h"

#include <QGridLayout>
#include <array>

#include "theme/metrics.h"
#include "widgets/keys.h"

namespace primer::ui {
namespace {

constexpr int kKeyWidth = 70;
constexpr int kKeyHeight = 70;
constexpr int kGap = 12;
constexpr int kColumns = 5;
constexpr std::array<const char*, 22> kKeys = {"7", "8", "9", "÷", "(",  //
                                               "4", "5", "6", "×", ")",  //
                                               "1", "2", "3", "−", "/",  //
                                               "0", ".", "x", "+", "=",  //
                                               "^", "%"};

}  // namespace

MathsKeys::MathsKeys(QWidget* parent) : QWidget(parent) {
  auto* grid = new QGridLayout(this);
  setSpacing(grid, {}, kGap);
  int place = 0;
  for (const char* word : kKeys) {
    const QString text = QString::fromUtf8(word);
    auto* key = new Key(text, this);
    key->setDesignSize(kKeyWidth, kKeyHeight);
    key->setTypeSize(30);
    connect(key, &Key::clicked, this, [this, text] { emit textPressed(text); });
    grid->addWidget(key, place / kColumns, place % kColumns);
    ++place;
  }
  auto* rub_out = new Key(QStringLiteral("backspace"), tr("Rub out"), this);
  rub_out->setDesignSize(kKeyWidth, kKeyHeight);
  connect(rub_out, &Key::clicked, this, &MathsKeys::backspacePressed);
  grid->addWidget(rub_out, place / kColumns, place % kColumns);
  ++place;
  auto* enter = new Key(QStringLiteral("enter"), tr("Next line"), this);
  enter->setDesignSize(2 * kKeyWidth + kGap, kKeyHeight);
  connect(enter, &Key::clicked, this, &MathsKeys::linePressed);
  grid->addWidget(enter, place / kColumns, place % kColumns, 1, 2);
}

}  // namespace primer::ui
