#include "recording_source.h"

#include <filesystem>

#include "text_rules.h"

namespace primer::content {

namespace {

constexpr std::size_t kLongestPath = 200;

// A path that stays in the folder, spelt as on every system.
bool staysInside(const std::string& file) {
  const std::filesystem::path path(file);
  if (path.is_absolute() || !path.has_filename() || file.find('\\') != std::string::npos) {
    return false;
  }
  for (const auto& part : path) {
    if (part == ".." || part == ".") return false;
  }
  return true;
}

std::string faultOfFile(const std::string& file, const Error& error) {
  switch (error.code) {
    case ErrorCode::kNotFound:
      return "there is no \"" + file + "\" in the lesson's folder";
    case ErrorCode::kLimitExceeded:
      return "with \"" + file + "\" the recordings hold more than " +
             std::to_string(kMaxRecordedBytes >> 20) + " MiB; Ogg Opus makes them small";
    default:
      return "\"" + file + "\" cannot be read: " + error.message;
  }
}

}  // namespace

std::vector<Recording> readRecordings(TableReader& lesson, Notes& notes, const FolderReader& read) {
  std::vector<Recording> recordings;
  std::uint64_t held = 0;
  for (const auto* table : lesson.tables("recording")) {
    TableReader in(*table, "recording " + std::to_string(recordings.size() + 1), notes);
    auto& recording = recordings.emplace_back();
    recording.text = in.text("text");
    const auto file = in.text("file");
    in.refuseTheRest();
    if (!in.has("file")) continue;
    if (auto fault = faultOfText(file, kLongestPath); !fault.empty()) {
      in.refuse("file", fault);
    } else if (!staysInside(file)) {
      in.refuse("file", "\"" + file + "\" must be a path inside of the lesson's folder");
    } else if (auto sound = read(file, kMaxRecordedBytes - held); !sound) {
      in.refuse("file", faultOfFile(file, sound.error()));
    } else {
      held += sound->size();
      recording.sound = *std::move(sound);
    }
  }
  return recordings;
}

}  // namespace primer::content
