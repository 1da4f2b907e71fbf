#include "primer/app/course.h"

#include <string>
#include <utility>

namespace primer::app {

Course::Course(Lessons lessons) : lessons_(std::move(lessons)) {
  for (std::size_t lesson = 0; lesson < lessons_.size(); ++lesson) {
    first_.push_back(places_.size());
    for (std::size_t s = 0; s < lessons_[lesson]->skills.size(); ++s) {
      places_.push_back({lesson, s});
    }
    for (const auto& [text, sound] : lessons_[lesson]->recordings) {
      recordings_.emplace(content::spokenKey(text), Recording(lessons_[lesson], &sound));
    }
  }
}

std::optional<Course::Place> Course::find(std::string_view lesson, std::string_view skill) const {
  for (std::size_t at = 0; at < lessons_.size(); ++at) {
    if (lessons_[at]->id != lesson) continue;
    if (const auto found = lessons_[at]->skillNamed(skill)) return Place{at, *found};
  }
  return std::nullopt;
}

Result<content::Item> Course::itemFromId(std::string_view id) const {
  const auto lesson_id = id.substr(0, id.find('/'));
  for (const auto& lesson : lessons_) {
    if (lesson->id == lesson_id) return content::itemFromId(*lesson, id);
  }
  return fail(ErrorCode::kNotFound, "no lesson has the item \"" + std::string(id) + "\"");
}

Course::Recording Course::recordingOf(std::string_view text) const {
  if (recordings_.empty()) return nullptr;
  const auto found = recordings_.find(content::spokenKey(text));
  return found == recordings_.end() ? nullptr : found->second;
}

}  // namespace primer::app
