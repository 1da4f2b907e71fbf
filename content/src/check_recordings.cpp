#include "check_recordings.h"

#include <set>
#include <string>

#include "sound_header.h"
#include "text_rules.h"

namespace primer::content {

namespace {

constexpr std::size_t kLongestText = 8000;  // a whole story
constexpr std::size_t kToldOfText = 60;     // bytes of a text that a fault quotes

// What a page reads aloud: what is to be said or read, and each word of it.
class SaidTexts {
 public:
  explicit SaidTexts(const Lesson& lesson) {
    for (const auto& skill : lesson.skills) {
      for (const auto& level : skill.levels) {
        for (const auto& saying : level.sayings) {
          add(saying.text);
          add(saying.other);
        }
        for (const auto& story : level.stories) {
          std::string whole;
          for (const auto& paragraph : story.paragraphs) whole += paragraph + ' ';
          add(whole);
        }
      }
    }
  }

  bool holds(const std::string& key) const { return keys_.count(key) > 0; }

 private:
  void add(const std::string& text) {
    const auto key = spokenKey(text);
    keys_.insert(key);
    for (std::size_t at = 0; at < key.size();) {
      const auto end = std::min(key.find(' ', at), key.size());
      keys_.insert(key.substr(at, end - at));
      at = end + 1;
    }
  }

  std::set<std::string> keys_;
};

std::string quoted(const std::string& text) {
  if (text.size() <= kToldOfText) return '"' + text + '"';
  auto end = kToldOfText;
  while ((static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return '"' + text.substr(0, end) + "...\"";
}

std::string faultOfSound(const std::vector<std::byte>& sound) {
  const auto length = lengthOfSound(sound);
  if (!length) return length.error().message;
  if (length->count() <= 0) return "holds no sound";
  if (*length <= kLongestRecording) return {};
  return "is " + std::to_string(length->count() / 1000) + " seconds long; at most " +
         std::to_string(kLongestRecording.count()) + " can be played";
}

}  // namespace

std::vector<Fault> checkRecordings(const Lesson& lesson) {
  if (lesson.recordings.empty()) return {};
  if (lesson.recordings.size() > kMostRecordings) {
    return {{"recording", "more than 400 recordings"}};
  }
  std::vector<Fault> faults;
  const SaidTexts said(lesson);
  std::set<std::string> recorded;
  for (std::size_t i = 0; i < lesson.recordings.size(); ++i) {
    const auto& [text, sound] = lesson.recordings[i];
    const auto field = "recording " + std::to_string(i + 1);
    const auto key = spokenKey(text);
    if (auto fault = faultOfText(text, kLongestText); !fault.empty()) {
      faults.push_back({field + ", text", std::move(fault)});
    } else if (key.empty() || !said.holds(key)) {
      faults.push_back({field + ", text", "nothing that is said or read in this lesson is " +
                                              quoted(text) + ", nor is a word of it"});
    } else if (!recorded.insert(key).second) {
      faults.push_back({field + ", text", quoted(text) + " is recorded twice"});
    }
    if (auto fault = faultOfSound(sound); !fault.empty()) {
      faults.push_back({field + ", file", std::move(fault)});
    }
  }
  return faults;
}

}  // namespace primer::content
