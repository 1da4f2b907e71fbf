#include "quiz/tile_board.h"

#include <QEvent>
#include <QGridLayout>
#include <algorithm>

#include "quiz/option_tile.h"
#include "theme/metrics.h"

namespace primer::ui {
namespace {

using app::Answering;

int columnsFor(Answering answering, int count) {
  if (answering == Answering::kMatch) return count;
  if (answering == Answering::kGaps) return count <= 4 ? count : (count + 1) / 2;
  if (count <= 3) return count;
  if (count == 4) return answering == Answering::kOrder ? 4 : 2;
  return 3;
}

bool holds(const std::vector<int>& list, int id) {
  return std::find(list.begin(), list.end(), id) != list.end();
}

}  // namespace

TileBoard::TileBoard(QWidget* parent) : AnswerBoard(parent) {
  grid_ = new QGridLayout(this);
  setSpacing(grid_, {4, 4, 4, 8}, 16);
}

bool TileBoard::chooses() const {
  return choosesOne() || quiz_.answering == Answering::kChooseMany;
}

void TileBoard::setQuestion(const app::ItemView& item) {
  quiz_ = item.quiz;
  chosen_.clear();
  put_aside_.clear();
  const int places = quiz_.answering == Answering::kGaps ? quiz_.gaps : int(quiz_.options.size());
  places_.assign(chooses() ? 0 : size_t(places), -1);
  waiting_ = -1;
  over_ = false;
  makeTiles();
  showTiles();
}

void TileBoard::makeTiles() {
  for (const auto& old : tiles_) delete old.tile;
  tiles_.clear();
  const auto sign = choosesOne()                                ? OptionTile::Sign::kCircle
                    : quiz_.answering == Answering::kChooseMany ? OptionTile::Sign::kSquare
                                                                : OptionTile::Sign::kNone;
  const auto add = [&](const app::QuizOption& option, bool partner, int row, int column) {
    auto* tile = new OptionTile(option.text, sign, this);
    tiles_.push_back({tile, option.id, partner});
    connect(tile, &OptionTile::clicked, this, [this, id = option.id, partner] {
      tap({nullptr, id, partner});
    });
    grid_->addWidget(tile, row, column);
  };
  const int columns = columnsFor(quiz_.answering, int(quiz_.options.size()));
  for (int i = 0; i < quiz_.options.size(); ++i) {
    add(quiz_.options[i], false, i / columns, i % columns);
  }
  for (int i = 0; i < quiz_.partners.size(); ++i) add(quiz_.partners[i], true, 1, i);
  for (int column = 0; column < 6; ++column) grid_->setColumnStretch(column, column < columns);
}

void TileBoard::alignWords() {
  int size = 0;
  for (const auto& [tile, id, partner] : tiles_) {
    const int fitting = tile->fittingSize();
    size = size == 0 ? fitting : std::min(size, fitting);
  }
  for (const auto& [tile, id, partner] : tiles_) tile->setWordSize(size);
}

// After a layout the tiles have their sizes.
bool TileBoard::event(QEvent* event) {
  const bool done = AnswerBoard::event(event);
  if (event->type() == QEvent::LayoutRequest || event->type() == QEvent::Resize) {
    grid_->activate();
    alignWords();
  }
  return done;
}

OptionTile* TileBoard::tileOf(int id, bool partner) const {
  for (const auto& tile : tiles_) {
    if (tile.id == id && tile.partner == partner) return tile.tile;
  }
  return nullptr;
}

void TileBoard::tap(const Tile& tapped) {
  if (over_) return;
  if (chooses()) {
    tapChoice(tapped);
  } else if (matches()) {
    tapPair(tapped);
  } else {
    tapPlace(tapped.id);
  }
  showTiles();
  emit changed();
}

void TileBoard::tapChoice(const Tile& tapped) {
  if (holds(put_aside_, tapped.id)) return;
  const bool was = holds(chosen_, tapped.id);
  if (choosesOne()) chosen_.clear();
  if (was) {
    chosen_.erase(std::remove(chosen_.begin(), chosen_.end(), tapped.id), chosen_.end());
  } else {
    chosen_.push_back(tapped.id);
  }
}

void TileBoard::tapPlace(int id) {
  const auto stands = std::find(places_.begin(), places_.end(), id);
  if (stands != places_.end()) {
    *stands = -1;
    return;
  }
  const auto free = std::find(places_.begin(), places_.end(), -1);
  if (free != places_.end()) *free = id;
}

void TileBoard::tapPair(const Tile& tapped) {
  // What had its half already is taken apart again.
  for (size_t option = 0; option < places_.size(); ++option) {
    const bool of_this = tapped.partner ? places_[option] == tapped.id : int(option) == tapped.id;
    if (of_this) places_[option] = -1;
  }
  if (waiting_ < 0 || waiting_partner_ == tapped.partner) {
    const bool again = waiting_ == tapped.id && waiting_partner_ == tapped.partner;
    waiting_ = again ? -1 : tapped.id;
    waiting_partner_ = tapped.partner;
    return;
  }
  const int option = tapped.partner ? waiting_ : tapped.id;
  places_[size_t(option)] = tapped.partner ? tapped.id : waiting_;
  waiting_ = -1;
}

void TileBoard::showTiles() {
  using State = OptionTile::State;
  for (const auto& [tile, id, partner] : tiles_) {
    State state = State::kFree;
    int number = 0;
    int pair = -1;
    if (chooses()) {
      if (holds(chosen_, id)) state = State::kChosen;
      if (holds(put_aside_, id)) state = State::kNotYet;
    } else if (matches()) {
      const auto half = std::find(places_.begin(), places_.end(), id);
      if (!partner && places_[size_t(id)] >= 0) pair = id;
      if (partner && half != places_.end()) pair = int(half - places_.begin());
      const bool waits = waiting_ == id && waiting_partner_ == partner;
      if (pair >= 0 || waits) state = State::kChosen;
    } else if (const auto place = std::find(places_.begin(), places_.end(), id);
               place != places_.end()) {
      state = State::kChosen;
      const bool one_gap = quiz_.answering == Answering::kGaps && places_.size() == 1;
      if (!one_gap) number = int(place - places_.begin()) + 1;
    }
    tile->setNumber(number);
    tile->setPair(pair);
    tile->setState(state);
  }
}

app::QuizReply TileBoard::reply() const {
  app::QuizReply reply;
  for (const int id : chooses() ? chosen_ : places_) reply.places.append(id);
  return reply;
}

void TileBoard::takeUp(const app::QuizReply& reply) {
  const bool partners = matches();
  for (qsizetype i = 0; i < reply.places.size(); ++i) {
    const int id = reply.places[i];
    if (id < 0 || tileOf(id, partners) == nullptr) continue;
    if (chooses() && !holds(chosen_, id)) chosen_.push_back(id);
    if (!chooses() && size_t(i) < places_.size() && !holds(places_, id)) places_[size_t(i)] = id;
  }
  showTiles();
  emit changed();
}

bool TileBoard::answered() const {
  return chooses() ? !chosen_.empty() : !holds(places_, -1) && !places_.empty();
}

QStringList TileBoard::inGaps() const {
  QStringList words;
  if (quiz_.answering != Answering::kGaps) return words;
  for (const int id : places_) {
    const auto* tile = id < 0 ? nullptr : tileOf(id, false);
    words.append(tile == nullptr ? QString() : tile->text());
  }
  return words;
}

void TileBoard::showJudgement(const app::JudgementView& judgement) {
  over_ = judgement.item_over;
  if (over_) {
    const auto& right = judgement.solution.places;
    (chooses() ? chosen_ : places_).assign(right.begin(), right.end());
  } else {
    auto& given = chooses() ? chosen_ : places_;
    for (size_t i = given.size(); i-- > 0;) {
      if (qsizetype(i) >= judgement.fits.size() || judgement.fits[qsizetype(i)]) continue;
      if (chooses()) {
        put_aside_.push_back(given[i]);
        given.erase(given.begin() + std::ptrdiff_t(i));
      } else {
        given[i] = -1;
      }
    }
  }
  showTiles();
  if (!over_) return;
  for (const auto& [tile, id, partner] : tiles_) {
    const bool belongs = matches() || holds(chooses() ? chosen_ : places_, id);
    if (belongs) tile->setState(OptionTile::State::kRight);
    if (chooses() && !belongs && tile->state() == OptionTile::State::kChosen) {
      tile->setState(OptionTile::State::kFree);
    }
  }
  emit changed();
}

bool TileBoard::takeKey(int key, const QString&) {
  const int number = key - Qt::Key_1;
  if (number < 0 || number >= int(tiles_.size()) || key > Qt::Key_9) return false;
  tiles_[size_t(number)].tile->click();
  return true;
}

}  // namespace primer::ui
