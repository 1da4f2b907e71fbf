#pragma once

// Speech for tests, made by espeak-ng where it is installed: no recording of a person is kept.

#include <cstdlib>
#include <filesystem>
#include <optional>
#include <string>

namespace primer::test {

// Says `text` (plain letters and stops) into a WAV file of the folder; nothing where there is no
// espeak-ng.
inline std::optional<std::filesystem::path> spoken(const std::string& text,
                                                   const std::filesystem::path& folder,
                                                   int words_a_minute = 120) {
  const auto file = folder / (std::to_string(std::hash<std::string>()(text)) + ".wav");
  const auto command = "espeak-ng -v en-us+f3 -s " + std::to_string(words_a_minute) + " -w '" +
                       file.string() + "' '" + text + "' 2>/dev/null";
  if (std::system(command.c_str()) != 0 || !std::filesystem::exists(file)) return std::nullopt;
  return file;
}

}  // namespace primer::test
