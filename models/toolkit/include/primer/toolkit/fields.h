#pragma once

// Reading a JSON object whose every key must be known: a misspelt option of a recipe is an error,
// not a silent default.
//
//   Fields fields(json, "augmentation");
//   const double rotation = fields.number("rotation", 8);
//   PRIMER_TRY(fields.finish());      // the first wrong type, missing or unknown key

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "primer/base/result.h"

namespace primer::toolkit {

using Json = nlohmann::ordered_json;

class Fields {
 public:
  // `where` is what errors call the object. null reads as an empty object. The object must outlive
  // this.
  Fields(const Json& object, std::string where);

  // The value, or the default where the key is absent.
  double number(std::string_view key, double otherwise);
  std::int64_t integer(std::string_view key, std::int64_t otherwise);
  bool flag(std::string_view key, bool otherwise);
  std::string text(std::string_view key, std::string otherwise);
  // A list of as many whole numbers as `otherwise` has, each from `least` to `most`.
  std::vector<std::int64_t> integers(std::string_view key, std::vector<std::int64_t> otherwise,
                                     std::int64_t least, std::int64_t most);
  // A list of one text or more.
  std::vector<std::string> texts(std::string_view key, std::vector<std::string> otherwise);
  // An object or array, or null where absent.
  const Json& nested(std::string_view key);

  // The same for keys that must be there.
  std::int64_t requiredInteger(std::string_view key);
  std::string requiredText(std::string_view key);

  // Notes a failed condition on a value just read: "recipe: epochs must be at least 1".
  void require(bool condition, std::string_view key, std::string_view rule);

  // kInvalidArgument with the first problem, if any.
  Status finish() const;

 private:
  const Json* find(std::string_view key);
  void complain(std::string message);

  const Json& object_;
  std::string where_;
  std::set<std::string, std::less<>> asked_;
  std::optional<std::string> problem_;
};

}  // namespace primer::toolkit
