#pragma once

// The fields of one entry of a record's list (an answer, a skill, a text), with errors that name
// the entry: `event 3: "correct" must be 0 or 1`.

#include <cstddef>
#include <optional>
#include <string>
#include <utility>

#include "json_lines.h"
#include "primer/base/result.h"

namespace primer::batch {

class EntryFields {
 public:
  // `what` is what entries are called; `entry` must outlive this.
  static Result<EntryFields> of(const Json& entry, const char* what, std::size_t index);

  // Missing and null are the same.
  bool has(const char* key) const { return given(key) != nullptr; }

  Result<std::string> name(const char* key) const;              // a text, or a whole number as one
  Result<bool> verdict(const char* key) const;                  // true, false, 1 or 0
  Result<std::optional<double>> number(const char* key) const;  // finite, where it is there
  Result<std::optional<double>> difficulty(const char* key) const;  // 0 to 1, where it is there

  tl::unexpected<Error> wrong(const std::string& what) const;

 private:
  EntryFields(const Json& entry, std::string where) : entry_(&entry), where_(std::move(where)) {}
  const Json* given(const char* key) const;

  const Json* entry_;
  std::string where_;
};

// Hands every entry of the list `key` of a record to `take`, in order. A missing list is an error
// unless `optional`.
template <typename Take>
Status forEntries(const Json& record, const char* key, const char* what, bool optional, Take take) {
  const auto list = record.find(key);
  if (list == record.end() && optional) return {};
  if (list == record.end() || !list->is_array()) {
    return fail(ErrorCode::kInvalidArgument, std::string("\"") + key + "\" must be a list");
  }
  for (std::size_t i = 0; i < list->size(); ++i) {
    PRIMER_ASSIGN(const auto fields, EntryFields::of((*list)[i], what, i));
    PRIMER_TRY(take(fields, (*list)[i]));
  }
  return {};
}

}  // namespace primer::batch
