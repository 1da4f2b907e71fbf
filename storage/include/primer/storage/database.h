#pragma once

// The records of one tablet: a folder with a database, the device's key and backup generations.
//
// Opening checks, repairs and migrates. What was repaired is said in `report()`, in words; a
// damaged file is kept aside in damaged/, never thrown away. storage/README.md has the file format,
// the keys and the guarantees.
//
// Threads: one thread at a time may use a Database. Answers are written by a Recorder, which has a
// connection and a thread of its own, so reading here never waits for a write.
// Several processes may open one folder; each start gets a boot number of its own.
//
// Errors carry keys for people: "database.full", "database.read_only", "database.newer",
// "database.damaged", "database.in_use", "database.missing", "database.failed", "device.key_lost",
// "pin.wrong", "pin.wait", "pin.shape", "class.unknown", "pupil.unknown", "settings.range",
// "draft.damaged", "pictures.shape", "pictures.none".

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "primer/base/clock.h"
#include "primer/base/file_system.h"
#include "primer/base/id.h"
#include "primer/base/result.h"
#include "primer/storage/event.h"
#include "primer/storage/pin.h"
#include "primer/storage/roster.h"
#include "primer/storage/settings.h"

namespace primer::storage {

// What one guess of the PIN costs (Argon2id); stored with what it seals. The default takes about a
// fifth of a second on a tablet and fits into its memory; tests take the least.
struct PinCost {
  std::uint64_t passes = 3;
  std::uint64_t memory_bytes = 64u << 20;
  static PinCost least() { return {1, 8192}; }
};

struct OpenOptions {
  std::filesystem::path folder;
  FileSystem* files = &realFileSystem();  // for the key file; outlives the Database
  const Clock* clock = nullptr;           // required; outlives the Database
  bool must_exist = false;                // kNotFound ("database.missing") rather than a new folder
  PinCost pin_cost;                       // for classes made from now on
  std::int64_t max_pages = 0;  // a full disk for tests: the most pages of 4096 bytes; 0: no limit
};

// One thing that opening or checking mended.
struct RepairNote {
  std::string key;         // for people, translatable: "repair.restored", "repair.rows_saved", ...
  std::int64_t count = 0;  // how many, where the key speaks of a number
  std::string words;       // the same in English
  bool loss = false;       // something is known to be lost
};

struct OpenReport {
  bool created = false;    // the folder held no records before
  bool read_only = false;  // the disk cannot be written: everything can be read, nothing saved
  bool full = false;       // the disk is full: the same until there is room
  std::vector<RepairNote> repaired;
};

struct CheckReport {
  bool sound = true;  // now, after mending
  std::vector<RepairNote> repaired;
  std::int64_t answers = 0;
  std::int64_t pupils = 0;
};

class Database {
 public:
  // kNotFound, kNewerVersion (nothing touched), kNoSpace, kReadOnly (a new folder on a read-only
  // disk), kDamaged (cannot be mended: the words say why), kIo.
  static Result<std::unique_ptr<Database>> open(const OpenOptions& options);

  // Makes a backup generation if there are changes, then closes.
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  const OpenReport& report() const;
  TabletId tablet() const;
  std::int64_t boot() const;  // 0 where read-only

  // --- The roster. No PIN is needed to read what the log-in grid shows.

  // The folder's first class takes `pin` as the folder's PIN; afterwards `pin` must be that one
  // (kDenied).
  Result<ClassId> createClass(const NewClass& made, const Pin& pin);
  Result<LearnerId> addPupil(const ClassId& to, const NewPupil& pupil);
  Result<std::vector<ClassCard>> classes();
  Result<std::vector<PupilCard>> pupils(const ClassId& of);  // in the order in which they joined

  // --- The teacher.

  // kDenied: "pin.wrong", or "pin.wait" where wrong guesses have to wait: see pinWait. Takes as
  // long as PinCost says: not for the GUI thread. Every guess is counted on the disk before it is
  // tried.
  Result<ClassKey> unlock(const ClassId& id, const Pin& pin);
  // How long until the next guess is taken; zero: now. Survives restarts.
  Result<std::chrono::milliseconds> pinWait();
  // Wraps the keys of all classes anew; nothing else is rewritten. kDenied as unlock.
  Status changePin(const Pin& old_pin, const Pin& new_pin);
  Result<std::vector<NamedPupil>> names(const ClassKey& key);

  // Gives a pupil three pictures to log in with, in the place of others; from now on they are asked
  // for. kInvalidArgument ("pictures.shape"), kNotFound ("pupil.unknown").
  Status setPictures(const LearnerId& of, const std::vector<std::string>& pictures);
  // Whether they are asked for. kNotFound ("pictures.none") where the pupil has none to ask for.
  Status askForPictures(const LearnerId& of, bool on);
  // Whether these lead in; true for anything where the pupil is not asked. Needs no PIN.
  Result<bool> picturesFit(const LearnerId& of, const std::vector<std::string>& tapped);

  // The newest `limit` events of a learner with what was sealed, newest last.
  Result<std::vector<OpenedEvent>> openedEvents(const LearnerId& of, const ClassKey& key,
                                                std::int64_t limit = 1000);
  // What a pupil kept of an answer's sound, as it was given. kNotFound where nothing was kept,
  // kDenied for another class's key, kDamaged.
  Result<std::vector<std::byte>> sound(const EventId& of, const ClassKey& key);

  // What the teacher has to look at, of all pupils of the key's class: answers of which a pupil
  // disagrees or that could not be judged, newest first, decided ones (Event::remark) too.
  Result<std::vector<OpenedEvent>> disputes(const ClassKey& key, std::int64_t limit = 200);

  // --- What is set. No PIN is needed to read it: a locked tablet goes by it.

  // The defaults where nothing was set.
  Result<StoredClassSettings> settings(const ClassId& of);
  // kInvalidArgument ("settings.range") changes nothing.
  Status setSettings(const ClassId& of, const ClassSettings& settings);
  // With which hand a pupil writes; kRight where nobody has said.
  Result<Hand> hand(const LearnerId& of);
  Status setHand(const LearnerId& of, Hand hand);

  // The sheet that a pupil has begun, as Recorder::keepDraft() was given it; empty: none.
  // kDamaged ("draft.damaged") where it cannot be opened.
  Result<std::vector<std::byte>> draft(const LearnerId& of);

  // --- What was answered.

  // Everything that a visit begins with, from one pass over the learner's events; of evidence what
  // the newest `evidence` answers with any left. What this tablet's key does not open (a mended or
  // foreign row) is passed over. Needs no PIN.
  Result<LearnerRecord> record(const LearnerId& of, std::int64_t evidence);
  // LearnerRecord::events alone.
  Result<std::vector<Event>> events(const LearnerId& of);
  // LearnerRecord::evidence of every pupil of a class who has any, from one statement.
  Result<std::map<LearnerId, std::vector<EventEvidence>>> evidenceOfClass(const ClassId& of,
                                                                          std::int64_t evidence);
  // For each pupil of the class, in grid order.
  Result<std::vector<PupilSummary>> summaries(const ClassId& of);
  // Events of this tablet after `after` (Recorder::position() at log-in).
  Result<VisitSummary> visit(const LearnerId& of, const EventOrder& after);
  Result<std::int64_t> countEvents();
  Result<std::int64_t> countPupils();

  // --- Care.

  // Makes and verifies a backup generation if something changed since the last; keeps three.
  // Safe beside a running Recorder.
  Status backUpIfChanged();
  // Reads every row and verifies it; repairs what is not sound. No Recorder may be running.
  Result<CheckReport> check();

 private:
  friend class Recorder;
  struct Parts;
  explicit Database(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace primer::storage
