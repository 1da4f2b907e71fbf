#include "quiz/place_board.h"

#include <QPainter>
#include <algorithm>

#include "quiz/drawn_thing.h"
#include "quiz/placed_thing.h"
#include "theme/metrics.h"
#include "theme/paint.h"
#include "theme/tokens.h"

namespace primer::ui {
namespace {

constexpr int kBetween = 12;  // things in the tray
constexpr int kAside = 18;    // between picture and tray

using State = PlacedThing::State;

// Among several that are called the same each has its number.
QString nameOf(const QList<app::ThingView>& things, qsizetype index) {
  const auto& name = things[index].text;
  int same = 0;
  int before = 0;
  for (qsizetype i = 0; i < things.size(); ++i) {
    if (things[i].text != name) continue;
    ++same;
    before += i < index ? 1 : 0;
  }
  return same == 1 ? name : name + QLatin1Char(' ') + QString::number(before + 1);
}

}  // namespace

PlaceBoard::PlaceBoard(QWidget* parent) : AnswerBoard(parent) {}
PlaceBoard::~PlaceBoard() = default;

QSize PlaceBoard::sizeHint() const { return {px(700), px(400)}; }
QSize PlaceBoard::minimumSizeHint() const { return {px(400), px(240)}; }

void PlaceBoard::setQuestion(const app::ItemView& item) {
  view_ = item.quiz.placing;
  scene_ = PlaceScene::make(view_);
  in_hand_ = dragged_ = lit_ = kNone;
  over_ = false;
  shown_.clear();
  // Spots first: things lie upon them, and come after them for who has one switch.
  for (const auto& area : areas_) delete area.widget;
  areas_.clear();
  for (const auto& thing : things_) delete thing.widget;
  things_.clear();
  makeSpots();
  makeThings();
  arrange();
  showStates();
}

void PlaceBoard::makeSpots() {
  for (int i = 0; i < int(view_.places.size()); ++i) {
    auto* spot = new PlaceSpot(view_.places[i].name, this);
    connect(spot, &PlaceSpot::clicked, this, [this, i] { tapSpot(i); });
    connect(spot, &PlaceSpot::arrowPressed, this, [this, spot](int key) { moveFocus(spot, key); });
    connect(spot, &PlaceSpot::backPressed, this, &PlaceBoard::goBack);
    areas_.push_back({{}, spot, {}});
    spot->show();
  }
}

void PlaceBoard::makeThings() {
  for (int i = 0; i < int(view_.things.size()); ++i) {
    auto* thing = new PlacedThing(view_.things[i], nameOf(view_.things, i), this);
    connect(thing, &PlacedThing::clicked, this, [this, i] { tapThing(i); });
    connect(thing, &PlacedThing::dragged, this, [this, i] { drag(i); });
    connect(thing, &PlacedThing::dropped, this, [this, i] { drop(i); });
    connect(thing, &PlacedThing::backPressed, this, &PlaceBoard::goBack);
    connect(thing, &PlacedThing::arrowPressed, this,
            [this, thing](int key) { moveFocus(thing, key); });
    things_.push_back({thing, kNone, {}});
    thing->show();
  }
}

void PlaceBoard::setTrayLeft(bool on) {
  if (tray_left_ == on) return;
  tray_left_ = on;
  arrange();
}

QSizeF PlaceBoard::thingSize() const {
  const double least = pxf(size::kTouchInCard);
  double widest = least;
  for (const auto& thing : view_.things) {
    widest = std::max<double>(widest, PlacedThing::wantedWidth(thing));
  }
  return {std::clamp(widest, least, std::max(least, scene_->widestThing(QSizeF(size())))), least};
}

// The tray as small as it can be; what is left is the picture's.
QRectF PlaceBoard::arrangeTray(const QSizeF& thing) {
  const double gap = pxf(kBetween);
  const double aside = pxf(kAside);
  const auto count = int(things_.size());
  struct Lines {
    int of = 1, each = 1;
    double deep = 0;
  };
  // In a tray below or beside, as even as they can be.
  const auto linesIn = [&](double room, double along, double across) {
    const int most = std::clamp(int((room - gap) / (along + gap)), 1, std::max(1, count));
    Lines lines;
    lines.of = std::max(1, (count + most - 1) / most);
    lines.each = std::max(1, (count + lines.of - 1) / lines.of);
    lines.deep = lines.of * (across + gap) + gap;
    return lines;
  };
  Lines lines = linesIn(width(), thing.width(), thing.height());
  const bool below = scene_->isBroad() && height() - lines.deep - aside >= scene_->leastHeight();
  if (!below) lines = linesIn(height(), thing.height(), thing.width());
  const bool left = tray_left_ != (layoutDirection() == Qt::RightToLeft);
  const double deep = lines.deep;
  tray_ = below  ? QRectF(0, height() - deep, width(), deep)
          : left ? QRectF(0, 0, deep, height())
                 : QRectF(width() - deep, 0, deep, height());
  const double along = below ? thing.width() : thing.height();
  const double across = below ? thing.height() : thing.width();
  const double length = below ? tray_.width() : tray_.height();
  const double start = (length - lines.each * (along + gap) + gap) / 2;
  for (int i = 0; i < count; ++i) {
    const double first = start + i % lines.each * (along + gap);
    const double second = gap + i / lines.each * (across + gap);
    const QPointF corner =
        tray_.topLeft() + (below ? QPointF(first, second) : QPointF(second, first));
    things_[size_t(i)].home = corner.toPoint();
  }
  return below  ? QRectF(0, 0, width(), height() - deep - aside)
         : left ? QRectF(deep + aside, 0, width() - deep - aside, height())
                : QRectF(0, 0, width() - deep - aside, height());
}

void PlaceBoard::arrange() {
  if (!scene_ || width() <= 0 || height() <= 0) return;
  const QSizeF thing = thingSize();
  int word_size = 0;
  for (const auto& one : things_) {
    one.widget->letGo();
    one.widget->resize(thing.toSize());
    const int fitting = one.widget->fittingSize();
    word_size = word_size == 0 ? fitting : std::min(word_size, fitting);
  }
  dragged_ = kNone;
  light(kNone);
  for (const auto& one : things_) one.widget->setWordSize(word_size);
  const auto spots = scene_->layOut(arrangeTray(thing), thing);
  int title_size = 0;
  for (size_t i = 0; i < areas_.size() && i < spots.size(); ++i) {
    areas_[i].spot = spots[i];
    areas_[i].middles.clear();
    areas_[i].widget->setLook(spots[i].look, spots[i].title);
    areas_[i].widget->setGeometry(spots[i].box.toAlignedRect());
    const int fitting = areas_[i].widget->fittingSize();
    title_size = title_size == 0 ? fitting : std::min(title_size, fitting);
  }
  for (const auto& area : areas_) area.widget->setTitleSize(title_size);
  moveThings(false);
  update();
}

const std::vector<QPointF>& PlaceBoard::middlesIn(int place, int count) {
  auto& area = areas_.at(size_t(place));
  auto& middles = area.middles[count];
  if (middles.empty()) {
    middles = area.many() ? ui::middlesIn(area.spot.region, thingSize(), count)
                          : std::vector<QPointF>(size_t(count), area.spot.box.center());
  }
  return middles;
}

// Where the middle of each thing is, lying in these places.
std::vector<QPointF> PlaceBoard::middlesFor(const std::vector<int>& places) {
  std::vector<QPointF> middles(places.size());
  for (int place = 0; place < int(areas_.size()); ++place) {
    const auto count = int(std::count(places.begin(), places.end(), place));
    if (count == 0) continue;
    const auto& lie = middlesIn(place, count);
    size_t next = 0;
    for (size_t i = 0; i < places.size(); ++i) {
      if (places[i] == place) middles[i] = lie[next++];
    }
  }
  return middles;
}

std::vector<int> PlaceBoard::placesNow() const {
  std::vector<int> places;
  for (const auto& thing : things_) places.push_back(thing.place);
  return places;
}

void PlaceBoard::moveThings(bool moving) {
  const auto middles = middlesFor(placesNow());
  for (size_t i = 0; i < things_.size(); ++i) {
    auto& [widget, place, home] = things_[i];
    if (int(i) == dragged_) continue;
    const QPoint half = widget->rect().center();
    widget->goTo(place == kNone ? home : middles[i].toPoint() - half, moving);
  }
}

void PlaceBoard::showStates() {
  for (size_t i = 0; i < things_.size(); ++i) {
    auto* widget = things_[i].widget;
    const int place = things_[i].place;
    if (int(i) == in_hand_) {
      widget->setState(State::kInHand);
    } else if (widget->state() == State::kInHand) {
      widget->setState(State::kFree);
    }
    const auto& thing = widget->thing();
    widget->setBare(place != kNone && isHandOfClock(thing.drawn) && int(i) != dragged_);
    widget->setWhereabouts(int(i) == in_hand_ ? tr("in your hand")
                           : place == kNone   ? tr("not placed yet")
                                              : tr("placed: %1").arg(view_.places[place].name));
    widget->setLitNext(
        int(i) == in_hand_ && firstFree() != kNone ? areas_[size_t(firstFree())].widget : nullptr);
  }
  Control* waiting = nullptr;  // the next thing, for who has one switch
  for (const auto& thing : things_) {
    if (thing.place == kNone && waiting == nullptr) waiting = thing.widget;
  }
  for (size_t i = 0; i < areas_.size(); ++i) {
    auto& area = areas_[i];
    const bool taken =
        !area.many() && std::any_of(things_.begin(), things_.end(),
                                    [i](const Thing& thing) { return thing.place == int(i); });
    area.widget->setVisible(!taken);
    area.widget->setEnabled(in_hand_ != kNone && !over_);
    const bool last = std::none_of(areas_.begin() + std::ptrdiff_t(i) + 1, areas_.end(),
                                   [](const Area& other) { return !other.widget->isHidden(); });
    area.widget->setLitNext(in_hand_ == kNone ? waiting
                            : last            ? things_[size_t(in_hand_)].widget
                                              : nullptr);
  }
  update();
}

int PlaceBoard::firstFree() const {
  for (size_t i = 0; i < areas_.size(); ++i) {
    if (!areas_[i].widget->isHidden()) return int(i);
  }
  return kNone;
}

void PlaceBoard::resizeEvent(QResizeEvent* event) {
  AnswerBoard::resizeEvent(event);
  arrange();
}

app::QuizReply PlaceBoard::reply() const {
  app::QuizReply reply;
  reply.places.fill(kNone, qsizetype(things_.size()));
  for (const auto& thing : things_) reply.places[thing.widget->thing().id] = thing.place;
  return reply;
}

void PlaceBoard::takeUp(const app::QuizReply& reply) {
  for (auto& thing : things_) {
    const int place = reply.places.value(thing.widget->thing().id, kNone);
    if (place < 0 || place >= int(areas_.size())) continue;
    const bool taken = !areas_[size_t(place)].many() &&
                       std::any_of(things_.begin(), things_.end(),
                                   [place](const Thing& other) { return other.place == place; });
    if (!taken) thing.place = place;
  }
  moveThings(false);
  showStates();
  emit changed();
}

bool PlaceBoard::answered() const {
  return std::any_of(things_.begin(), things_.end(),
                     [](const Thing& thing) { return thing.place != kNone; });
}

void PlaceBoard::showJudgement(const app::JudgementView& judgement) {
  over_ = judgement.item_over;
  in_hand_ = dragged_ = kNone;
  light(kNone);
  for (auto& thing : things_) {
    const int id = thing.widget->thing().id;
    thing.widget->letGo();
    thing.widget->setState(State::kFree);
    if (over_) {
      thing.place = judgement.solution.places.value(id, kNone);
      if (thing.place >= int(areas_.size())) thing.place = kNone;
      if (thing.place != kNone) thing.widget->setState(State::kRight);
    } else if (thing.place != kNone && !judgement.fits.value(id, false)) {
      thing.place = kNone;
      thing.widget->setState(State::kNotYet);
    }
  }
  if (over_) {
    shown_.clear();
    for (const auto& area : areas_) area.widget->setPale(nullptr);
  }
  moveThings(true);
  showStates();
  emit changed();
}

void PlaceBoard::showHow(const app::QuizReply& solution) {
  shown_.clear();
  for (const auto& thing : things_) {
    shown_.push_back(solution.places.value(thing.widget->thing().id, kNone));
    if (shown_.back() >= int(areas_.size())) shown_.back() = kNone;
    if (shown_.back() != kNone) areas_[size_t(shown_.back())].widget->setPale(thing.widget);
  }
  update();
}

PlacedThing* PlaceBoard::thingNamed(const QString& name) const {
  for (const auto& thing : things_) {
    if (thing.widget->accessibleName() == name) return thing.widget;
  }
  return nullptr;
}

void PlaceBoard::paintEvent(QPaintEvent*) {
  if (!scene_) return;
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(QPen(colour::kLine, pxf(2)));
  painter.setBrush(colour::kPaper);
  painter.drawPath(rounded(tray_.adjusted(1, 1, -1, -1), pxf(radius::kSmall + 4)));
  std::vector<PlaceScene::Lying> lying;
  for (size_t i = 0; i < things_.size(); ++i) {
    const auto& drawn = things_[i].widget->thing().drawn;
    const int place = int(i) == dragged_ ? lit_ : things_[i].place;
    if (place != kNone) lying.push_back({place, drawn});
    if (i < shown_.size() && shown_[i] != kNone) lying.push_back({shown_[i], drawn, true});
  }
  scene_->paint(painter, lying);
  if (lit_ != kNone && areas_[size_t(lit_)].many()) {
    QColor glow = colour::kSky;
    glow.setAlpha(46);
    painter.setPen(QPen(colour::kSky, pxf(5)));
    painter.setBrush(glow);
    painter.drawPath(areas_[size_t(lit_)].spot.region);
  }
  if (shown_.empty()) return;
  // How it goes: every thing pale in its place, to be laid upon. Boxes show it by themselves.
  const auto middles = middlesFor(shown_);
  painter.setOpacity(0.38);
  for (size_t i = 0; i < things_.size(); ++i) {
    if (shown_[i] == kNone || isHandOfClock(things_[i].widget->thing().drawn)) continue;
    if (areas_[size_t(shown_[i])].spot.look == PlaceSpot::Look::kBox) continue;
    const QSizeF size = things_[i].widget->size();
    things_[i].widget->paintFace(
        painter, QRectF(middles[i] - QPointF(size.width(), size.height()) / 2, size));
  }
}

}  // namespace primer::ui
