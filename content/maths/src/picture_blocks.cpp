#include <algorithm>
#include <array>

#include "picture_parts.h"

namespace primer::maths {

namespace {

constexpr int kHighestPlace = 5;
constexpr int kLowestPlace = -3;
constexpr std::size_t kMostRows = 4;
constexpr int kMostPlates = 12;
constexpr int kMostCounters = 40;

const char* placeName(int place) {
  static constexpr std::array<const char*, 9> kNames = {
      "thousandths", "hundredths",    "tenths",           "ones", "tens", "hundreds",
      "thousands",   "ten thousands", "hundred thousands"};
  return kNames[static_cast<std::size_t>(place - kLowestPlace)];
}

int digitAt(const Rational& value, int place) {
  const Rational shifted = place >= 0 ? value / powerOfTen(place) : value * powerOfTen(-place);
  const Rational whole = shifted.floor();
  return static_cast<int>((whole - (whole / Rational(10)).floor() * Rational(10)).toInt().value());
}

// Numbers over the places that all of them need.
struct Columns {
  int highest = 0;
  int lowest = 0;
  PlaceValue picture;

  std::size_t indexOf(int place) const { return static_cast<std::size_t>(highest - place); }
};

std::optional<Columns> columnsOf(const std::vector<Expr>& numbers, bool room_above) {
  if (numbers.empty() || numbers.size() > kMostRows) return std::nullopt;
  Columns columns;
  for (const auto& e : numbers) {
    if (!e->value || e->value->sign() < 0) return std::nullopt;
    const auto places = e->value->decimalPlaces();
    if (!places || -*places < kLowestPlace || *e->value >= powerOfTen(kHighestPlace)) {
      return std::nullopt;
    }
    columns.lowest = std::min(columns.lowest, -*places);
    while (powerOfTen(columns.highest + 1) <= *e->value) ++columns.highest;
  }
  if (room_above) ++columns.highest;
  auto& picture = columns.picture;
  for (int p = columns.highest; p >= columns.lowest; --p) picture.places.emplace_back(placeName(p));
  for (const auto& e : numbers) {
    PlaceValue::Row row{toText(e), {}};
    for (int p = columns.highest; p >= columns.lowest; --p) {
      row.blocks.push_back(digitAt(*e->value, p));
    }
    picture.rows.push_back(std::move(row));
  }
  return columns;
}

// 20 and 9 for 29, 1 and 0.2 for 1.2. `zeros`: also the places that are empty.
std::vector<std::string> placesOf(const Rational& value, bool zeros) {
  const auto decimals = value.decimalPlaces();
  if (!decimals || *decimals > -kLowestPlace || value >= powerOfTen(kHighestPlace)) return {};
  std::vector<std::string> parts;
  bool begun = false;
  for (int p = kHighestPlace; p >= -*decimals; --p) {
    const int digit = digitAt(value, p);
    begun = begun || digit != 0;
    if (digit == 0 && !(zeros && begun)) continue;
    const Rational part =
        p >= 0 ? Rational(digit) * powerOfTen(p) : Rational::fraction(digit, powerOfTen(-p));
    parts.push_back(part.toDecimal(std::max(-p, 0)));
  }
  return parts;
}

bool isPlain(const Expr& e) { return isNumber(e) && e->value && e->value->decimalPlaces(); }

// Of exactly two plain numbers that are multiplied.
bool isPlainProduct(const Expr& e) {
  return e->kind == Kind::kProduct && e->children.size() == 2 && isPlain(e->children[0]) &&
         isPlain(e->children[1]);
}

bool isPlainDivision(const Expr& e) {
  return e->kind == Kind::kQuotient && isPlain(e->children[0]) && isPlain(e->children[1]) &&
         isWhole(e->children[0]) && isWhole(e->children[1]);
}

}  // namespace

std::optional<Picture> blocksTogether(const Expr& sum) {
  if (sum->kind != Kind::kSum ||
      !std::all_of(sum->children.begin(), sum->children.end(), isPlain)) {
    return std::nullopt;
  }
  Rational total = 0;
  for (const auto& e : sum->children) {
    total = total + *e->value;
  }
  auto columns = columnsOf(sum->children, false);
  if (!columns) return std::nullopt;
  if (total >= powerOfTen(columns->highest + 1)) columns = columnsOf(sum->children, true);
  auto& picture = columns->picture;
  int carry = 0;
  for (int p = columns->lowest; p <= columns->highest; ++p) {
    int heap = carry;
    for (const auto& row : picture.rows) heap += row.blocks[columns->indexOf(p)];
    carry = heap / 10;
    for (int i = 0; i < carry; ++i) {
      picture.exchanges.push_back({columns->indexOf(p), columns->indexOf(p + 1)});
    }
  }
  return picture;
}

std::optional<Picture> blocksTakenAway(const Expr& difference) {
  if (difference->kind != Kind::kSum || difference->children.size() != 2) return std::nullopt;
  const Expr& upper = difference->children[0];
  const Expr& taken = difference->children[1];
  if (taken->kind != Kind::kNegate || !isPlain(upper) || !isPlain(taken->children[0])) {
    return std::nullopt;
  }
  const Expr& lower = taken->children[0];
  if (*upper->value < *lower->value) return std::nullopt;
  auto columns = columnsOf({upper, lower}, false);
  if (!columns) return std::nullopt;
  auto& picture = columns->picture;
  picture.use = PlaceValue::Use::kTakeAway;
  std::vector<int> left = picture.rows[0].blocks;
  for (std::size_t i = left.size(); i-- > 0;) {
    if (left[i] >= picture.rows[1].blocks[i]) continue;
    std::size_t lender = i;
    while (lender > 0 && left[lender - 1] == 0) --lender;
    if (lender == 0) return std::nullopt;
    for (std::size_t k = lender - 1; k < i; ++k) {
      picture.exchanges.push_back({k, k + 1});
      --left[k];
      left[k + 1] += 10;
    }
  }
  return picture;
}

std::optional<Picture> blocksShared(const Expr& quotient) {
  if (!isPlainDivision(quotient)) return std::nullopt;
  const auto plates = quotient->children[1]->value->toInt();
  if (!plates || *plates < 2 || *plates > kMostPlates) return std::nullopt;
  auto columns = columnsOf({quotient->children[0]}, false);
  if (!columns) return std::nullopt;
  columns->picture.use = PlaceValue::Use::kShare;
  columns->picture.plates = static_cast<int>(*plates);
  return columns->picture;
}

std::optional<Picture> blocksCompared(const Expr& a, const Expr& b) {
  if (!isPlain(a) || !isPlain(b)) return std::nullopt;
  auto columns = columnsOf({a, b}, false);
  if (!columns) return std::nullopt;
  columns->picture.use = PlaceValue::Use::kCompare;
  return columns->picture;
}

std::optional<Picture> areaOfNumbers(const Expr& product) {
  if (!isPlainProduct(product)) return std::nullopt;
  Rational wide = *product->children[0]->value;
  Rational high = *product->children[1]->value;
  if (high > wide) std::swap(wide, high);
  AreaModel area;
  // An empty place shows itself where that is all there is to see.
  for (const bool zeros : {false, true}) {
    area.across = placesOf(wide, zeros);
    area.down = placesOf(high, zeros);
    if (area.across.size() * area.down.size() > 1) break;
  }
  const auto cells = area.across.size() * area.down.size();
  if (cells < 2 || cells > static_cast<std::size_t>(kMostCells)) return std::nullopt;
  for (const auto& side : area.down) {
    std::vector<std::string> row;
    for (const auto& top : area.across) row.push_back(side + " × " + top);
    area.cells.push_back(std::move(row));
  }
  return area;
}

std::optional<Picture> squareOfTenths(const Expr& product) {
  if (!isPlainProduct(product)) return std::nullopt;
  const auto across = (*product->children[0]->value * Rational(10)).toInt();
  const auto down = (*product->children[1]->value * Rational(10)).toInt();
  const auto fits = [](const auto& n) { return n && *n > 0 && *n < 10; };
  if (!fits(across) || !fits(down)) return std::nullopt;
  return UnitSquare{10, static_cast<int>(*across), static_cast<int>(*down)};
}

std::optional<Picture> emptyPlates(const Expr& product) {
  if (!isPlainProduct(product)) return std::nullopt;
  for (const bool first : {true, false}) {
    const auto& zero = product->children[first ? 1 : 0]->value;
    const auto plates = product->children[first ? 0 : 1]->value->toInt();
    if (!zero->isZero() || !plates || *plates < 1 || *plates > kMostPlates) continue;
    return Plates{static_cast<int>(*plates), 0, 0};
  }
  return std::nullopt;
}

std::optional<Picture> platesToShare(const Expr& quotient) {
  if (!isPlainDivision(quotient)) return std::nullopt;
  const auto counters = quotient->children[0]->value->toInt();
  const auto plates = quotient->children[1]->value->toInt();
  if (!counters || !plates || *plates < 2 || *plates > kMostPlates || *counters > kMostCounters) {
    return std::nullopt;
  }
  return Plates{static_cast<int>(*plates), std::nullopt, static_cast<int>(*counters)};
}

}  // namespace primer::maths
