#include "src/tables/settings.h"

#include <array>
#include <string_view>
#include <utility>

namespace primer::storage {

namespace {

constexpr std::array<std::pair<JudgedWhen, std::string_view>, 3> kJudged = {{
    {JudgedWhen::kPause, "pause"},
    {JudgedWhen::kNextLine, "next_line"},
    {JudgedWhen::kButton, "button"},
}};
constexpr std::string_view kRightHand = "right";
constexpr std::string_view kLeftHand = "left";

std::string_view wordOf(JudgedWhen judged) {
  for (const auto& [when, word] : kJudged) {
    if (when == judged) return word;
  }
  return kJudged.front().second;
}

bool inRange(std::int64_t minutes) {
  return minutes >= ClassSettings::kShortest.count() && minutes <= ClassSettings::kLongest.count();
}

std::string notInRange(const char* column, std::int64_t minutes) {
  return std::string(column) + ": " + std::to_string(minutes) + " is not " +
         std::to_string(ClassSettings::kShortest.count()) + " to " +
         std::to_string(ClassSettings::kLongest.count());
}

std::optional<std::chrono::minutes> minutesAt(SQLite::Statement& select, int place,
                                              const char* column,
                                              std::vector<std::string>& faults) {
  if (select.getColumn(place).isNull()) return std::nullopt;
  const std::int64_t minutes = select.getColumn(place).getInt64();
  if (inRange(minutes)) return std::chrono::minutes(minutes);
  faults.push_back(notInRange(column, minutes));
  return std::nullopt;
}

Value minutesOrNull(const std::optional<std::chrono::minutes>& minutes) {
  return minutes ? Value(std::int64_t{minutes->count()}) : Value();
}

}  // namespace

Status checkRanges(const ClassSettings& settings) {
  const auto minutes = [](const char* what,
                          const std::optional<std::chrono::minutes>& set) -> Status {
    if (!set || inRange(set->count())) return {};
    return fail(ErrorCode::kInvalidArgument, notInRange(what, set->count()), "settings.range");
  };
  PRIMER_TRY(minutes("session", settings.session));
  PRIMER_TRY(minutes("break", settings.break_after));
  if (!(settings.sensitivity >= 0 && settings.sensitivity <= 1)) {
    return fail(ErrorCode::kInvalidArgument, "sensitivity: not 0 to 1", "settings.range");
  }
  return {};
}

const TableShape& ClassSettingsTable::shape() {
  static const TableShape shape = {"class_settings",
                                   "number",
                                   {{"class_id", ColumnType::kBlob},
                                    {"session_minutes", ColumnType::kInteger},
                                    {"break_minutes", ColumnType::kInteger},
                                    {"judged", ColumnType::kText},
                                    {"sensitivity", ColumnType::kReal},
                                    {"revision", ColumnType::kInteger}},
                                   "class_id",
                                   true,
                                   false,
                                   2};
  return shape;
}

StoredClassSettings ClassSettingsTable::find(const ClassId& id) {
  StoredClassSettings found;
  SQLite::Statement select(connection_, selectAll(shape()) + " WHERE class_id = ?");
  bindValue(select, 1, toBlob(id.bytes()));
  if (!select.executeStep()) return found;
  auto& settings = found.settings;
  settings.session = minutesAt(select, 2, "session_minutes", found.faults);
  settings.break_after = minutesAt(select, 3, "break_minutes", found.faults);
  const std::string judged = select.getColumn(4).getString();
  bool known = false;
  for (const auto& [when, word] : kJudged) {
    if (word != judged) continue;
    settings.judged = when;
    known = true;
  }
  if (!known) found.faults.push_back("judged: \"" + judged + "\" is not known");
  const double sensitivity = select.getColumn(5).getDouble();
  if (sensitivity >= 0 && sensitivity <= 1) {
    settings.sensitivity = sensitivity;
  } else {
    found.faults.push_back("sensitivity: " + std::to_string(sensitivity) + " is not 0 to 1");
  }
  return found;
}

void ClassSettingsTable::put(const ClassId& id, const ClassSettings& settings) {
  store(connection_, shape(),
        {toBlob(id.bytes()), minutesOrNull(settings.session), minutesOrNull(settings.break_after),
         std::string(wordOf(settings.judged)), settings.sensitivity,
         nextRevision(connection_, shape(), toBlob(id.bytes()))});
}

const TableShape& PupilSettingsTable::shape() {
  static const TableShape shape = {"pupil_settings",
                                   "number",
                                   {{"learner_id", ColumnType::kBlob},
                                    {"hand", ColumnType::kText},
                                    {"revision", ColumnType::kInteger}},
                                   "learner_id",
                                   true,
                                   false,
                                   2};
  return shape;
}

Hand PupilSettingsTable::hand(const LearnerId& id) {
  SQLite::Statement select(connection_, "SELECT hand FROM pupil_settings WHERE learner_id = ?");
  bindValue(select, 1, toBlob(id.bytes()));
  return select.executeStep() && select.getColumn(0).getString() == kLeftHand ? Hand::kLeft
                                                                              : Hand::kRight;
}

void PupilSettingsTable::putHand(const LearnerId& id, Hand hand) {
  store(connection_, shape(),
        {toBlob(id.bytes()), std::string(hand == Hand::kLeft ? kLeftHand : kRightHand),
         nextRevision(connection_, shape(), toBlob(id.bytes()))});
}

}  // namespace primer::storage
