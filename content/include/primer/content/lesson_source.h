#pragma once

// The source of a lesson: a folder with one file, lesson.toml, that a teacher can write in any
// text editor, and where there are recordings their files. TOML, because it allows comments, needs
// no brackets to balance over pages, has a written standard, and its library knows the line of
// every value, so that every fault can be told with its line.

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "primer/base/file_system.h"
#include "primer/content/lesson.h"

namespace primer::content {

struct SourceFault {
  int line = 0;  // 0: of the file as a whole
  Fault fault;
  // "lesson.toml:12: skill 'add-to-10', level 2, a: ..."
  std::string text(std::string_view file) const;
};

struct LessonSource {
  Lesson lesson;  // to be used only where there are no faults
  std::vector<SourceFault> faults;
};

// Reads the text of a lesson.toml; `id` is the name of its folder. There are no files beside it:
// a recording is a fault.
LessonSource parseLesson(std::string_view id, std::string_view text);

// Reads FOLDER/lesson.toml and the recordings that it names, which must lie in FOLDER. An error
// only where lesson.toml cannot be read at all.
Result<LessonSource> readLessonFolder(const std::filesystem::path& folder, FileSystem& files);

}  // namespace primer::content
