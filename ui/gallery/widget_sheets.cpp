#include "gallery/widget_sheets.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QPainter>
#include <QVBoxLayout>
#include <memory>
#include <optional>

#include "primer/app/pictures.h"
#include "theme/contrast.h"
#include "theme/icons.h"
#include "theme/metrics.h"
#include "theme/tokens.h"
#include "theme/typeface.h"
#include "widgets/advice_card.h"
#include "widgets/button.h"
#include "widgets/chip.h"
#include "widgets/keys.h"
#include "widgets/marks.h"
#include "widgets/meadow.h"
#include "widgets/notice.h"
#include "widgets/picture_tile.h"
#include "widgets/print_line.h"
#include "widgets/sidebar.h"
#include "widgets/stepper.h"
#include "widgets/sum_picture.h"
#include "widgets/table.h"
#include "widgets/text_label.h"

namespace primer::ui {
namespace {

enum class State { kRest, kPressed, kFocused, kDisabled };
constexpr State kStates[] = {State::kRest, State::kPressed, State::kFocused, State::kDisabled};
constexpr const char* kStateNames[] = {"at rest", "pressed", "focused", "disabled"};

template <typename Pressable>
Pressable* in(State state, Pressable* control) {
  control->setDown(state == State::kPressed);
  control->showFocus(state == State::kFocused);
  control->setEnabled(state != State::kDisabled);
  return control;
}

TextLabel* note(const QString& text, QWidget* parent) {
  auto* label = new TextLabel(
      text, [] { return teacherFont(type::kTeacherNote); }, colour::kInk2, parent);
  label->setMaximumLines(1);
  return label;
}

// A grid with the states as columns.
class StateGrid {
 public:
  explicit StateGrid(QVBoxLayout* column, QWidget* parent) : parent_(parent) {
    grid_ = new QGridLayout;
    setSpacing(grid_, {}, 28);
    for (int i = 0; i < 4; ++i) grid_->addWidget(note(kStateNames[i], parent), 0, i + 1);
    column->addLayout(grid_);
  }
  template <typename Maker>
  void row(const QString& name, Maker make) {
    const int row = grid_->rowCount();
    grid_->addWidget(note(name, parent_), row, 0);
    for (int i = 0; i < 4; ++i) {
      grid_->addWidget(in(kStates[i], make()), row, i + 1, Qt::AlignLeading | Qt::AlignVCenter);
    }
  }

 private:
  QWidget* parent_;
  QGridLayout* grid_;
};

void fillButtons(Canvas* page, QVBoxLayout* column) {
  StateGrid grid(column, page);
  grid.row("primary", [page] {
    auto* button = new Button("Next", "arrow-right", Button::Kind::kPrimary, page);
    button->setIconPlace(Button::IconPlace::kAfter);
    return button;
  });
  grid.row("secondary",
           [page] { return new Button("Help me", "question", Button::Kind::kSecondary, page); });
  grid.row("in a card", [page] {
    auto* button = new Button("Show the idea", {}, Button::Kind::kSecondary, page);
    button->setDesignHeight(size::kTouchInCard);
    return button;
  });
  grid.row("quiet", [page] { return new Button("Not me", {}, Button::Kind::kQuiet, page); });
  grid.row("teacher, first",
           [page] { return new Button("Open", "lock", Button::Kind::kTeacherPrimary, page); });
  grid.row("teacher",
           [page] { return new Button("Back", "arrow-left", Button::Kind::kTeacher, page); });
  grid.row("round", [page] { return new RoundButton("undo", "Undo", page); });
  grid.row("answer to pick", [page] { return new Chip("7", page); });
  grid.row("key", [page] { return new Key(QStringLiteral("7"), page); });
}

void fillPictures(Canvas* page, QVBoxLayout* column) {
  auto* grid = new QGridLayout;
  setSpacing(grid, {}, 22);
  const QStringList ids = app::pictureIds();
  for (int i = 0; i < ids.size(); ++i) {
    auto* tile = new PictureTile(ids[i], page);
    if (i == 7) tile->showFocus(true);
    if (i == 8) tile->setDown(true);
    grid->addWidget(tile, i / 6, i % 6);
  }
  column->addLayout(grid, 1);
}

void fillIcons(Canvas* page, QVBoxLayout* column) {
  auto* grid = new QGridLayout;
  setSpacing(grid, {}, 20);
  const char* names[] = {"lock",        "home",       "undo",  "redo",     "eraser", "check",
                         "arrow-right", "arrow-left", "bulb",  "question", "door",   "swap",
                         "backspace",   "plus",       "minus", "pupils",   "tablet", "warning",
                         "wave",        "again",      "shift", "close",    "pencil", "keypad",
                         "flower",      "saved",      "space"};
  int i = 0;
  for (const char* name : names) {
    auto* cell = new QVBoxLayout;
    setSpacing(cell, {}, 4);
    cell->addWidget(new IconRound(name, 88, colour::kCard, colour::kInk, page), 0,
                    Qt::AlignHCenter);
    auto* word = note(name, page);
    word->setAlignment(Qt::AlignHCenter);
    cell->addWidget(word);
    grid->addLayout(cell, i / 9, i % 9);
    ++i;
  }
  column->addLayout(grid);
  column->addStretch();
}

void fillMarks(Canvas* page, QVBoxLayout* column) {
  auto* row = new QHBoxLayout;
  setSpacing(row, {}, 28);
  const std::pair<MarkBadge::Mark, const char*> marks[] = {
      {MarkBadge::Mark::kRight, "right"},
      {MarkBadge::Mark::kNotYet, "not yet"},
      {MarkBadge::Mark::kCannotRead, "cannot read this yet"}};
  for (const auto& [mark, word] : marks) {
    row->addWidget(new MarkBadge(mark, 72, page));
    row->addWidget(note(word, page));
  }
  row->addStretch();
  column->addLayout(row);
  using Dot = app::Step;
  auto* dots = new ProgressDots(page);
  dots->setSteps({Dot::kRight, Dot::kRight, Dot::kNotYet, Dot::kRight, Dot::kNow, Dot::kToCome,
                  Dot::kToCome, Dot::kToCome});
  column->addWidget(dots);
  const std::pair<std::vector<PrintedSymbol>, int> prints[] = {
      {{{"5", false}, {"6", false}}, -1},
      {{{"1", true}, {"5", false}}, -1},
      {{{"1", true}, {"5", false}}, 0},
      {{{"4", true}, {"9", true}, {"0", false}}, -1}};
  auto* print_row = new QHBoxLayout;
  setSpacing(print_row, {}, 28);
  for (const auto& [symbols, chosen] : prints) {
    auto* line = new PrintLine(page);
    line->setSymbols(symbols);
    line->setChosen(chosen);
    print_row->addWidget(line);
  }
  print_row->addStretch();
  column->addLayout(print_row);
  auto* chips = new QHBoxLayout;
  setSpacing(chips, {}, space::kGap);
  for (const char* word : {"1", "7", "4", "12"}) chips->addWidget(new Chip(word, page));
  chips->addStretch();
  column->addLayout(chips);
  column->addStretch();
}

void fillAdvice(Canvas* page, QVBoxLayout* column) {
  auto* grid = new QGridLayout;
  setSpacing(grid, {}, 24);
  const auto add = [&](int place, AdviceCard::Kind kind, const char* heading, const char* text,
                       std::optional<Sum> sum, const char* action) {
    auto* card = new AdviceCard(page);
    card->setAdvice(kind, heading, text);
    card->setSum(sum ? &*sum : nullptr);
    card->setAction(action);
    grid->addWidget(card, place / 3, place % 3);
  };
  add(0, AdviceCard::Kind::kNudge, "A nudge", "Go to the next **ten** first. What is left to add?",
      Sum{27, u'+', 8}, "Show the idea");
  add(1, AdviceCard::Kind::kNudge, "The idea", "Count the rows of **six** one by one.",
      Sum{4, u'×', 6}, "");
  add(2, AdviceCard::Kind::kNudge, "A nudge", "Step back to the ten, then take the rest.",
      Sum{43, u'−', 9}, "");
  add(3, AdviceCard::Kind::kRight, "Yes", "7 × 8 is 56.", std::nullopt, "");
  add(4, AdviceCard::Kind::kNotYet, "Not yet", "That is close. Look at the tens once more.",
      std::nullopt, "");
  add(5, AdviceCard::Kind::kCannotRead, "I cannot read this yet",
      "Nothing is counted. Write it once more, a little bigger.", std::nullopt, "Use number keys");
  column->addLayout(grid, 1);
}

void fillKeys(Canvas* page, QVBoxLayout* column) {
  auto* row = new QHBoxLayout;
  setSpacing(row, {}, 40);
  auto* pad = new NumberPad(NumberPad::Last::kConfirm, page);
  row->addWidget(pad, 0, Qt::AlignTop);
  auto* side = new QVBoxLayout;
  setSpacing(side, {}, 20);
  for (const int given : {0, 2, 4, 8}) {
    auto* dots = new PinDots(page);
    dots->setGiven(given);
    side->addWidget(dots);
  }
  side->addWidget(new Stepper(1, 30, 15, page));
  side->addStretch();
  row->addLayout(side);
  row->addStretch();
  column->addLayout(row);
  column->addWidget(new LetterKeys(page));
}

QList<QList<Cell>> samplePupils() {
  const auto pupil = [](const char* picture, const char* name, const char* today, double share,
                        const char* seen) {
    Cell who;
    who.picture = picture;
    who.text = name;
    who.strong = true;
    Cell answers;
    answers.text = today;
    Cell part;
    part.share = share;
    part.text = share < 0 ? "" : QStringLiteral("%1 %").arg(int(share * 100));
    Cell last;
    last.text = seen;
    last.quiet = true;
    return QList<Cell>{who, answers, part, last};
  };
  return {
      pupil("kite", "Kite", "8", 0.88, "today, 10:42"),
      pupil("boat", "Maximiliana Konstantinopoulou-Featherstonehaugh", "16", 0.5, "18 November"),
      pupil("moon", "Moon", "0", -1, "")};
}

void fillTeacher(Canvas* page, QVBoxLayout* column) {
  page->setGround(colour::kDesk);
  auto* row = new QHBoxLayout;
  setSpacing(row, {}, 24);
  auto* sidebar = new Sidebar(page);
  sidebar->addPlace("Class", "pupils");
  sidebar->addPlace("Tablet", "tablet");
  sidebar->setCurrent(0);
  row->addWidget(sidebar);
  auto* side = new QVBoxLayout;
  setSpacing(side, {}, 16);
  side->addWidget(new Notice(Notice::Weight::kWarning, "The disk is almost full",
                             "Answers are still kept. Carry some out and free the tablet.", page));
  side->addWidget(new Notice(Notice::Weight::kNotice, "Handwriting is switched off",
                             "Its model is missing. Pupils answer with number keys.", page));
  auto* card = new Card(page);
  card->setEdge(colour::kDeskLine);
  auto* inside = new QVBoxLayout(card);
  setSpacing(inside, {18, 12, 18, 12}, 8);
  auto* table = new Table({{"Pupil", 200, 2, false},
                           {"Today", 70, 0, true},
                           {"Right first time", 190, 1, false},
                           {"Last seen", 150, 0, true}},
                          60, card);
  table->setRows(samplePupils(), true);
  inside->addWidget(table);
  side->addWidget(card);
  auto* empty = new Card(page);
  empty->setEdge(colour::kDeskLine);
  auto* empty_inside = new QVBoxLayout(empty);
  empty_inside->addWidget(
      new EmptyState("pencil", "No answers yet", "They will stand here with their ink.", empty));
  side->addWidget(empty, 1);
  row->addLayout(side, 1);
  column->addLayout(row, 1);
}

struct Swatch {
  const char* name;
  QColor colour;
};

void fillTokens(Canvas* page, QVBoxLayout* column) {
  auto* grid = new QGridLayout;
  setSpacing(grid, {}, 14);
  const Swatch swatches[] = {{"ink", colour::kInk},
                             {"ink-2", colour::kInk2},
                             {"pen", colour::kPen},
                             {"leaf", colour::kLeaf},
                             {"sky", colour::kSky},
                             {"sun", colour::kSun},
                             {"amber", colour::kAmber},
                             {"berry", colour::kBerry},
                             {"paper", colour::kPaper},
                             {"card", colour::kCard},
                             {"line", colour::kLine},
                             {"leaf-soft", colour::kLeafSoft},
                             {"sky-soft", colour::kSkySoft},
                             {"sun-soft", colour::kSunSoft},
                             {"amber-soft", colour::kAmberSoft},
                             {"berry-soft", colour::kBerrySoft}};
  int i = 0;
  for (const Swatch& swatch : swatches) {
    auto* card = new Card(page, swatch.colour);
    const bool dark = contrast(swatch.colour, colour::kCard) > 4.5;
    auto* inside = new QVBoxLayout(card);
    setSpacing(inside, {16, 12, 16, 12}, 0);
    auto* label = new TextLabel(
        QStringLiteral("%1\n%2").arg(swatch.name, swatch.colour.name()),
        [] { return teacherFont(type::kTeacherNote); }, dark ? colour::kCard : colour::kInk, card);
    inside->addWidget(label);
    grid->addWidget(card, i / 8, i % 8);
    ++i;
  }
  column->addLayout(grid);
  const auto line = [&](const char* text, TextLabel::FontMaker font) {
    column->addWidget(new TextLabel(text, std::move(font), colour::kInk, page));
  };
  line("A new flower opened", [] { return headingFont(type::kDisplay); });
  line("Who is learning now?", [] { return headingFont(type::kTitle); });
  line("A nudge", [] { return headingFont(type::kHeading); });
  line("7 × 8 = 56", [] { return readingFont(type::kProblem); });
  line("Look at the **6**. It is added on the left. What undoes adding 6?",
       [] { return readingFont(type::kReading); });
  line("Today in 4A", [] { return teacherFont(type::kTeacherTitle, QFont::Bold); });
  line("5 of 15 pupils worked · 43 answers", [] { return teacherFont(type::kTeacher); });
  column->addStretch();
}

class Garden : public Canvas {
 public:
  using Canvas::Canvas;

 protected:
  void paintGround(QPainter& painter) override {
    paintMeadow(painter, QRectF(rect()), 0.5, 0.31);
    paintFlowers(painter, QRectF(rect()).adjusted(px(60), px(200), -px(60), -px(140)),
                 {{0.1, false}, {0.4, false}, {0.7, false}, {1, false}, {1, true}, {1, false}}, 1);
  }
};

void fillGarden(Canvas* page, QVBoxLayout* column) { column->addWidget(new Garden(page), 1); }

}  // namespace

const std::vector<WidgetSheet>& widgetSheets() {
  static const std::vector<WidgetSheet> all = {
      {"tokens", fillTokens}, {"buttons", fillButtons}, {"pictures", fillPictures},
      {"icons", fillIcons},   {"marks", fillMarks},     {"advice", fillAdvice},
      {"keys", fillKeys},     {"teacher", fillTeacher}, {"garden", fillGarden}};
  return all;
}

}  // namespace primer::ui
