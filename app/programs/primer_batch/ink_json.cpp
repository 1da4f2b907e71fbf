#include "ink_json.h"

#include <cmath>
#include <limits>

namespace primer::batch {

namespace {

bool isCoordinate(const Json& value) { return value.is_number() || value.is_null(); }

float coordinate(const Json& value) {
  if (value.is_null()) return std::numeric_limits<float>::quiet_NaN();
  return static_cast<float>(value.get<double>());
}

tl::unexpected<Error> badPoint(std::size_t stroke, std::size_t point) {
  return fail(ErrorCode::kInvalidArgument, "stroke " + std::to_string(stroke) + ", point " +
                                               std::to_string(point) +
                                               ": must be [x, y] or [x, y, t], numbers");
}

}  // namespace

Result<Ink> parseInk(const Json& record) {
  const auto strokes = record.find("strokes");
  if (strokes == record.end() || !strokes->is_array()) {
    return fail(ErrorCode::kInvalidArgument, "\"strokes\" is missing or not a list");
  }
  Ink ink;
  ink.strokes.reserve(strokes->size());
  for (std::size_t s = 0; s < strokes->size(); ++s) {
    const auto& points = (*strokes)[s];
    if (!points.is_array()) {
      return fail(ErrorCode::kInvalidArgument,
                  "stroke " + std::to_string(s) + ": must be a list of points");
    }
    Stroke stroke;
    stroke.reserve(points.size());
    for (std::size_t p = 0; p < points.size(); ++p) {
      const auto& point = points[p];
      if (!point.is_array() || point.size() < 2 || point.size() > 3) return badPoint(s, p);
      for (const auto& value : point) {
        if (!isCoordinate(value)) return badPoint(s, p);
      }
      const float time = point.size() > 2 && point[2].is_number() ? coordinate(point[2]) : 0.0f;
      stroke.push_back({coordinate(point[0]), coordinate(point[1]), time, 1});
    }
    ink.strokes.push_back(std::move(stroke));
  }
  return ink;
}

void putReading(const handwriting::SymbolReading& reading, Json& answer) {
  auto candidates = Json::array();
  for (const auto& candidate : reading.candidates) {
    candidates.push_back({{"symbol", candidate.symbol}, {"p", rounded(candidate.probability)}});
  }
  answer["candidates"] = std::move(candidates);
  answer["unsure"] = reading.unsure;
  if (reading.mirrored) answer["mirrored"] = true;
}

Result<handwriting::SymbolSet> parseClasses(const std::string& name) {
  if (const auto set = handwriting::SymbolSet::named(name)) return *set;
  return fail(ErrorCode::kInvalidArgument,
              "'" + name + "' is no set of classes: digits, upper, lower, letters, school, all");
}

}  // namespace primer::batch
