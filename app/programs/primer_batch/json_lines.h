#pragma once

// Records in, answers out, one JSON object a line, in the same order.

#include <cstddef>
#include <functional>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "primer/base/result.h"
#include "verb.h"

namespace primer::batch {

using Json = nlohmann::ordered_json;

// Fills `answer` (which already holds the record's id) from a record, which is an object.
using Answer = std::function<Status(const Json& record, Json& answer)>;

// Answers every line of the input. A line that cannot be answered gives
// {"id":...,"error":{"code":...,"message":...}} in its place, and the run goes on. Returns an exit
// code: 1 where a line was bad, 3 where a file cannot be opened or written. Empty lines are
// skipped.
int answerLines(const Streams& streams, const Answer& answer);

// Hands every line of a file that is read beside the input, with its number from 1, to `take`: as
// JSON, or as what is wrong with it. Empty lines are skipped. kIo where the file cannot be read.
Status readLines(const std::string& path,
                 const std::function<void(std::size_t, const Result<Json>&)>& take);

// One line as JSON. Bare NaN and Infinity, which some writers put out, read as null.
Result<Json> parseLine(std::string_view line);

// A probability as it is shown: six digits after the point.
double rounded(float value);

}  // namespace primer::batch
