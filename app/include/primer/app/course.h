#pragma once

// The lessons of a tablet, in the teacher's order, and their skills counted through all of them:
// the first lesson's skills, then the second's. Immutable; any thread may read it.

#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "primer/base/result.h"
#include "primer/content/generator.h"
#include "primer/content/lesson.h"

namespace primer::app {

class Course {
 public:
  using Lessons = std::vector<std::shared_ptr<const content::Lesson>>;

  struct Place {
    std::size_t lesson = 0;
    std::size_t skill = 0;  // within the lesson
    friend bool operator==(const Place&, const Place&) = default;
  };

  // No null among them.
  explicit Course(Lessons lessons);

  const Lessons& lessons() const { return lessons_; }
  const content::Lesson& lesson(std::size_t at) const { return *lessons_[at]; }

  std::size_t size() const { return places_.size(); }  // skills
  Place placeOf(std::size_t at) const { return places_[at]; }
  std::size_t at(const Place& place) const { return first_[place.lesson] + place.skill; }
  const content::Skill& skill(std::size_t at) const { return skill(places_[at]); }
  const content::Skill& skill(const Place& place) const {
    return lessons_[place.lesson]->skills[place.skill];
  }
  // "lesson/skill": as the learning path's curriculum calls it.
  std::string nameOf(const Place& place) const {
    return lessons_[place.lesson]->id + '/' + skill(place).id;
  }

  // By the ids that records keep.
  std::optional<Place> find(std::string_view lesson, std::string_view skill) const;
  // The item with this id; kNotFound where no lesson has it.
  Result<content::Item> itemFromId(std::string_view id) const;

  // A lesson's recording of exactly this text, case and punctuation aside: a sound file's bytes, of
  // which the header was checked and nothing else. Null where there is none.
  using Recording = std::shared_ptr<const std::vector<std::byte>>;
  Recording recordingOf(std::string_view text) const;

 private:
  Lessons lessons_;
  std::vector<Place> places_;
  std::vector<std::size_t> first_;               // per lesson, its first skill
  std::map<std::string, Recording> recordings_;  // by content::spokenKey(); owned by the lessons
};

}  // namespace primer::app
