// A visit's state between two answers, and a visit that goes on from it.

#include <algorithm>

#include "draft.h"
#include "item_view.h"
#include "visit.h"

namespace primer::app {

Draft Visit::draft(std::chrono::milliseconds now, const SheetWork& work) const {
  Draft draft;
  draft.door = door_;
  if (chosen_skill_) draft.chosen_skill = course_->nameOf(course_->placeOf(*chosen_skill_));
  draft.walk = walk_;
  draft.shown_in_set = shown_in_set_;
  for (const auto& done : set_) {
    draft.set.push_back({course_->nameOf(course_->placeOf(done.skill)), done.tries, done.hints,
                         done.for_teacher, done.quiet, done.shown});
  }
  draft.prompts = shown_prompts_;
  draft.item = item_.id;
  draft.open = open_;
  draft.reason = reason_.toStdString();
  draft.taken = std::max(now - shown_at_, std::chrono::milliseconds(0));
  draft.tries = tries_;
  draft.rung = rung_;
  draft.help_row = help_row_;
  draft.told = sheet_.told();
  draft.confirmed = item_.kind == ItemKind::kWorking ? sheet_.confirmed() : confirmed_;
  draft.events_of_tries = events_of_tries_;
  if (open_) draft.work = work;
  return draft;
}

bool Visit::resume(const Draft& draft, std::chrono::milliseconds now, WallTime wall_time) {
  auto item = course_->itemFromId(draft.item);
  if (!item) return false;  // its lesson is another one by now
  const auto lesson_id = std::string_view(draft.item).substr(0, draft.item.find('/'));
  const auto& lessons = course_->lessons();
  const auto lesson = std::find_if(lessons.begin(), lessons.end(),
                                   [lesson_id](const auto& one) { return one->id == lesson_id; });
  // Words of stories that are still due today are offered anew.
  if (isPractice(static_cast<std::size_t>(lesson - lessons.begin()))) return false;
  const auto placeNamed = [this](std::string_view name) {
    const auto end = std::min(name.find('/'), name.size());
    const auto found =
        course_->find(name.substr(0, end), end < name.size() ? name.substr(end + 1) : "");
    return found ? std::optional(course_->at(*found)) : std::nullopt;
  };
  startSet();
  door_ = draft.door;
  chosen_skill_ = placeNamed(draft.chosen_skill);
  walk_ = draft.walk;
  for (const auto& done : draft.set) {
    const auto skill = placeNamed(done.skill);
    if (!skill) continue;
    set_.push_back({*skill, done.tries, done.hints, done.shown.right, done.for_teacher, done.quiet,
                    done.shown});
    // What opened in this set is news at its end.
    if (done.shown.right && right_before_set_[*skill] > 0) --right_before_set_[*skill];
  }
  shown_in_set_ = draft.shown_in_set;
  shown_prompts_ = draft.prompts;
  lesson_ = static_cast<std::size_t>(lesson - lessons.begin());
  item_ = *std::move(item);
  if (item_.kind == ItemKind::kStory) words_in_set_ = shown_in_set_ - 1;
  beginItem(now - draft.taken, wall_time);
  reason_ = QString::fromStdString(draft.reason);
  tries_ = draft.tries;
  rung_ = draft.rung;
  help_row_ = draft.help_row;
  sheet_.setTold(draft.told);
  sheet_.setConfirmed(draft.confirmed);
  confirmed_ = draft.confirmed;
  events_of_tries_ = draft.events_of_tries;
  open_ = draft.open;
  return true;
}

void Visit::beginItem(std::chrono::milliseconds now, WallTime wall_time) {
  shown_at_ = now;
  shown_on_ = wall_time;
  tries_ = 0;
  rung_ = 0;
  unread_running_ = 0;
  read_ = {};
  confirmed_.clear();
  judged_.reset();
  sheet_.start();
  help_row_ = -1;
  over_words_.clear();
  last_text_.clear();
  events_of_tries_.clear();
  other_texts_ = 0;
  open_ = true;
}

ItemView Visit::itemView() const {
  auto view = viewOf(lesson(), item_);
  view.number = shown_in_set_;
  view.of = walk_ ? knowledge::Placement::kMostQuestions : setLength();
  view.walk = walk_;
  view.reason = reason_;
  return view;
}

}  // namespace primer::app
