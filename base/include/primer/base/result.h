#pragma once

// How failure crosses a module boundary: as a value, never as an exception.
//
// `Result<T>` holds a T or an `Error`. An `Error` carries three things: a code for programs, a text
// for developers and logs (English, says what is wrong and where), and a key by which the user
// interface finds the words for people.

#include <cstdint>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <utility>

namespace primer {

enum class ErrorCode : std::uint8_t {
  kInvalidArgument,  // the caller gave something that cannot be meant
  kNotFound,         // a file, record or name does not exist
  kDamaged,          // the data is not what it should be: cut short, altered, inconsistent
  kUnsupported,      // well formed, but not something this version can use
  kNewerVersion,     // written by a later version of the product
  kLimitExceeded,    // a stated bound (size, count, depth, memory) would be passed
  kNoSpace,          // the disk is full
  kReadOnly,         // the disk or file cannot be written
  kIo,               // reading or writing failed in another way
  kDenied,           // a wrong PIN, a key that does not fit, a missing permission
  kCancelled,        // the caller asked to stop
  kInternal,         // a defect of ours, kept from spreading
};

// The stable name of a code as it appears in JSON: "invalid_argument", "not_found", ...
std::string_view errorCodeName(ErrorCode code);

struct Error {
  ErrorCode code = ErrorCode::kInternal;
  std::string message;  // for developers and logs: what is wrong, and where
  std::string key;  // for people: looked up by the user interface, for example "database.full"; may
                    // be empty

  Error() = default;
  Error(ErrorCode error_code, std::string text, std::string people_key = {})
      : code(error_code), message(std::move(text)), key(std::move(people_key)) {}

  // The same error, told from further up: "opening class 4A: " + message.
  Error withContext(std::string_view context) const;
};

template <typename T>
using Result = tl::expected<T, Error>;
using Status = Result<void>;

inline tl::unexpected<Error> fail(Error error) { return tl::make_unexpected(std::move(error)); }
inline tl::unexpected<Error> fail(ErrorCode code, std::string message, std::string key = {}) {
  return tl::make_unexpected(Error(code, std::move(message), std::move(key)));
}

}  // namespace primer

#define PRIMER_CONCAT_INNER(a, b) a##b
#define PRIMER_CONCAT(a, b) PRIMER_CONCAT_INNER(a, b)

// Returns the error of `expression` (a Status or Result) from the enclosing function, if it has
// one.
#define PRIMER_TRY(expression)                                 \
  do {                                                         \
    if (auto primer_status = (expression); !primer_status) {   \
      return ::primer::fail(std::move(primer_status).error()); \
    }                                                          \
  } while (false)

// PRIMER_ASSIGN(auto value, function()): declares or assigns the value, or returns the error from
// the enclosing function.
#define PRIMER_ASSIGN(target, expression) \
  PRIMER_ASSIGN_IMPL(PRIMER_CONCAT(primer_result_, __LINE__), target, expression)
// A declaration cannot stand in parentheses. NOLINTBEGIN(bugprone-macro-parentheses)
#define PRIMER_ASSIGN_IMPL(result, target, expression)           \
  auto result = (expression);                                    \
  if (!result) return ::primer::fail(std::move(result).error()); \
  target = std::move(*result)
// NOLINTEND(bugprone-macro-parentheses)
