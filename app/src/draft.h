#pragma once

// A visit as it stands between two answers, as bytes that the records keep: how the set goes, the
// item at hand with what was said about it, and what lies on its sheet. A visit that ended in the
// middle of an item, by a pulled plug or by handing over, goes on from it.
//
// The bytes are CBOR: a map with `v` = 1. Who reads them believes nothing: kDamaged for what
// encodeDraft() cannot have written, kNewerVersion for a later version.

#include <chrono>
#include <cstddef>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "primer/app/values.h"
#include "primer/base/result.h"
#include "primer/storage/event.h"
#include "worksheet.h"

namespace primer::app {

struct Draft {
  struct Done {
    std::string skill;  // "number-facts/add-to-20"
    int tries = 0;
    int hints = 0;
    bool for_teacher = false;
    bool quiet = false;
    DoneItem shown;
  };

  DoorKind door = DoorKind::kGoOn;
  std::string chosen_skill;  // instead of a door; empty: none
  bool walk = false;
  int shown_in_set = 0;
  std::vector<Done> set;
  std::vector<std::string> prompts;

  std::string item;   // its id
  bool open = false;  // else the item is over, and the set goes on with the next
  std::string reason;
  std::chrono::milliseconds taken{0};  // at the item so far
  int tries = 0;
  int rung = 0;
  int help_row = -1;
  std::vector<Worksheet::Told> told;
  std::vector<Confirmed> confirmed;  // digits or lines of which the pupil has said what they are
  std::map<int, storage::EventId> events_of_tries;

  SheetWork work;
};

std::vector<std::byte> encodeDraft(const Draft& draft);
Result<Draft> decodeDraft(std::span<const std::byte> bytes);

}  // namespace primer::app
