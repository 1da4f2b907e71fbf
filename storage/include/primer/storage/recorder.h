#pragma once

// Writes answers, one transaction each, on a thread of its own.
//
//   recorder->submit(answer, [](const Result<Saved>& saved) { ... });
//
// "Saved" may be shown when the callback brings a Saved: the commit has reached the disk
// (synchronous=FULL) and survives a cut of power.

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>

#include "primer/base/result.h"
#include "primer/storage/database.h"
#include "primer/storage/event.h"

namespace primer::storage {

struct Saved {
  EventId id;
  EventOrder order;
};

// Thread-safe. Callbacks come on the recorder's thread, in the order of submission, and must be
// short; they may call submit(), keepSound() and retry(), not the destructor. An answer that could
// not be written stays queued with all that follow it: its callback brings the Error now, and again
// at each failed retry, and a Saved at the end. Nothing is dropped and nothing overtakes; only an
// answer of a learner who is not in the roster ("pupil.unknown") is given back for good.
class Recorder {
 public:
  using Done = std::function<void(const Result<Saved>&)>;

  struct Options {
    std::size_t queue_limit = 256;  // answers waiting at once
    bool back_up_when_idle = true;  // makes a backup generation at the start, if one is due
  };

  // The database must outlive the recorder. kReadOnly where it was opened read-only.
  static Result<std::unique_ptr<Recorder>> start(Database& database, Options options);
  static Result<std::unique_ptr<Recorder>> start(Database& database) {
    return start(database, Options());
  }

  // Tries once to write what is still queued, then ends the thread. What is unsaved then is gone:
  // see unsaved().
  ~Recorder();
  Recorder(const Recorder&) = delete;
  Recorder& operator=(const Recorder&) = delete;

  // Takes its place in history (boot, counter, wall time) now and returns at once.
  // kLimitExceeded ("recorder.full") when the queue is full; the answer was then not taken.
  // kInvalidArgument for numbers and sizes outside their stated range.
  Status submit(Answer answer, Done done);
  // Seals the sound of an answer that was submitted before, behind it in the queue: what a pupil
  // saves after it was judged. A second sound of the same answer changes nothing. Errors as
  // submit(); `done` may bring kNotFound ("event.unknown") for good. Saved::order is empty.
  Status keepSound(const EventId& of, const LearnerId& learner, std::vector<std::byte> sound,
                   Done done);

  // The same for what a teacher re-marks. kInvalidArgument for a verdict that is no re-mark; its
  // callback brings kNotFound ("event.unknown") where there is no such answer of this learner.
  Status submit(const Remark& remark, Done done);

  // The same for a pupil's name and picture: the event and the roster are written together.
  // kInvalidArgument where nothing changes or a picture has no id; its callback may bring kNotFound
  // ("pupil.unknown") for good.
  Status submit(PupilChange change, Done done);

  // Keeps what a pupil has written on a sheet that is not finished, in the place of what was kept
  // before; empty: nothing is unfinished. Returns at once; written after the answers that wait,
  // only the latest of each pupil. Tried again with the answers where the disk refuses.
  void keepDraft(const LearnerId& learner, std::vector<std::byte> content);

  // Tries again now. A recorder with a failed answer also tries at each submit.
  void retry();
  // Answers submitted and not yet saved.
  std::size_t unsaved() const;
  // Waits until everything is saved, drafts too; false if something failed or time ran out.
  bool waitUntilSaved(std::chrono::milliseconds at_most);
  // The place of the last answer submitted; before the first: (boot, 0).
  EventOrder position() const;

 private:
  struct Parts;
  explicit Recorder(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace primer::storage
