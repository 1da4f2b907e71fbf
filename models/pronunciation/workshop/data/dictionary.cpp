#include "data/dictionary.h"

#include <fstream>
#include <sstream>

namespace primer::pronunciation::workshop {

Result<Dictionary> readDictionary(const std::filesystem::path& data) {
  const auto path = data / "speech" / "cmudict" / "cmudict.dict";
  std::ifstream file(path);
  if (!file) return fail(ErrorCode::kNotFound, path.string() + " is not there");
  Dictionary words;
  std::string line;
  for (int number = 1; std::getline(file, line); ++number) {
    std::istringstream fields(line.substr(0, line.find('#')));
    std::string word, name;
    if (!(fields >> word)) continue;
    if (const auto variant = word.find('('); variant != std::string::npos) word.resize(variant);
    Pronunciation phones;
    while (fields >> name) {
      const auto phone = phoneNamed(name);
      if (!phone) {
        return fail(ErrorCode::kDamaged,
                    path.string() + ":" + std::to_string(number) + ": '" + name + "' is no phone");
      }
      phones.push_back(*phone);
    }
    if (!phones.empty()) words[word].push_back(std::move(phones));
  }
  return words;
}

}  // namespace primer::pronunciation::workshop
