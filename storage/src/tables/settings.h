#pragma once

// Tables `class_settings` and `pupil_settings`: what a teacher sets, and what is a pupil's own.

#include <optional>

#include "primer/base/id.h"
#include "primer/base/result.h"
#include "primer/storage/settings.h"
#include "src/sqlite/connection.h"

namespace primer::storage {

// kInvalidArgument says what is out of its range.
Status checkRanges(const ClassSettings& settings);

class ClassSettingsTable {
 public:
  explicit ClassSettingsTable(SQLite::Database& connection) : connection_(connection) {}
  static const TableShape& shape();

  StoredClassSettings find(const ClassId& id);  // the defaults where nothing was set
  void put(const ClassId& id, const ClassSettings& settings);

 private:
  SQLite::Database& connection_;
};

class PupilSettingsTable {
 public:
  explicit PupilSettingsTable(SQLite::Database& connection) : connection_(connection) {}
  static const TableShape& shape();

  Hand hand(const LearnerId& id);  // kRight where nothing was set, or for a word of a later version
  void putHand(const LearnerId& id, Hand hand);

 private:
  SQLite::Database& connection_;
};

}  // namespace primer::storage
