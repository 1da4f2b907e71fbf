#include "primer/storage/recorder.h"

#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <utility>

#include "src/database_parts.h"
#include "src/recorder_writes.h"
#include "src/tables/event_store.h"
#include "src/tables/payloads.h"
#include "src/tables/pupils.h"

namespace primer::storage {

namespace {

struct WaitingDraft {
  std::vector<std::byte> content;
  std::uint64_t number = 0;
};

// No later try can mend it.
bool isFinal(const Error& error) { return error.code == ErrorCode::kNotFound; }

}  // namespace

struct Recorder::Parts {
  Database* database = nullptr;
  Options options;
  std::unique_ptr<SQLite::Database> connection;
  TabletId tablet;

  mutable std::mutex mutex;
  std::condition_variable wake;     // the thread: there is work, or the end
  std::condition_variable settled;  // waitUntilSaved: something was saved or failed
  std::deque<Waiting> queue;        // the front is being written
  std::map<LearnerId, WaitingDraft> drafts;
  std::map<LearnerId, std::uint64_t> newest_draft;  // its number, of each who had one
  std::uint64_t draft_numbers = 0;
  EventOrder last;
  bool busy = false;            // a callback is running
  bool failing = false;         // the front could not be written; waits for retry() or submit()
  bool drafts_failing = false;  // the same of the drafts
  bool writing_drafts = false;
  bool ending = false;
  std::thread thread;

  void run();
  // Writes the front of the queue; returns false where it has to wait for a retry.
  bool writeFront(std::unique_lock<std::mutex>& lock);
  void writeDrafts(std::unique_lock<std::mutex>& lock);
  bool draftsWait() const { return !drafts.empty() && !drafts_failing && queue.empty(); }
  const DeviceKey* deviceKey() const {
    return database->parts_->device_key ? &*database->parts_->device_key : nullptr;
  }
  // Gives it its place in history and wakes the thread.
  Status enqueue(Waiting waiting);
  void tryAgain() {
    failing = false;
    drafts_failing = false;
  }
};

Result<std::unique_ptr<Recorder>> Recorder::start(Database& database, Options options) {
  auto& owner = *database.parts_;
  PRIMER_TRY(owner.writable());
  if (owner.boot == 0) {  // the disk was full at the start
    PRIMER_TRY(owner.beginBoot());
    owner.opened.report.full = false;
  }
  auto parts = std::make_unique<Parts>();
  PRIMER_ASSIGN(parts->connection,
                connect(owner.files().database(), Access::kReadWrite, owner.options.max_pages));
  parts->database = &database;
  parts->options = options;
  parts->tablet = owner.tablet;
  // Two recorders of one boot, one after the other, must not give a place twice.
  auto counter = guarded(*parts->connection, [&]() -> Result<std::int64_t> {
    return EventStore(*parts->connection).lastCounter(owner.tablet, owner.boot);
  });
  PRIMER_TRY(counter);
  parts->last = {owner.boot, *counter};
  auto recorder = std::unique_ptr<Recorder>(new Recorder(std::move(parts)));
  recorder->parts_->thread = std::thread([own = recorder->parts_.get()] { own->run(); });
  return recorder;
}

Recorder::Recorder(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}

Recorder::~Recorder() {
  {
    const std::lock_guard lock(parts_->mutex);
    parts_->ending = true;
    parts_->tryAgain();
  }
  parts_->wake.notify_all();
  parts_->thread.join();
}

Status Recorder::submit(Answer answer, Done done) {
  PRIMER_TRY(checkRanges(answer));
  Event event;
  event.id = answer.id.isNull() ? newEventId() : answer.id;
  event.learner = answer.learner;
  event.about = answer.about;
  event.activity = std::move(answer.activity);
  event.item = std::move(answer.item);
  event.skill = std::move(answer.skill);
  event.difficulty = answer.difficulty;
  event.attempt = answer.attempt;
  event.confidence = answer.confidence;
  event.verdict = answer.verdict;
  event.misconception = std::move(answer.misconception);
  event.hints_taken = answer.hints_taken;
  event.taken = answer.taken;
  event.why_chosen = std::move(answer.why_chosen);
  Waiting waiting{std::move(event),
                  WaitingKind::kAnswer,
                  std::move(answer.answer_as_read),
                  {},
                  std::move(done)};
  waiting.draft = std::move(answer.draft);
  const auto add = [&waiting](std::string_view kind, std::vector<std::byte>& content) {
    if (!content.empty()) waiting.payloads.push_back({kind, std::move(content)});
  };
  add(kInkPayload, answer.ink);
  add(kSoundPayload, answer.sound);
  add(kEvidencePayload, answer.evidence);
  return parts_->enqueue(std::move(waiting));
}

Status Recorder::keepSound(const EventId& of, const LearnerId& learner,
                           std::vector<std::byte> sound, Done done) {
  if (sound.empty() || sound.size() > kMostSoundBytes) {
    return fail(ErrorCode::kInvalidArgument, "a sound of " + std::to_string(sound.size()) +
                                                 " bytes; 1 byte to 2 MiB can be kept");
  }
  Waiting waiting;
  waiting.event.id = of;
  waiting.event.learner = learner;
  waiting.kind = WaitingKind::kAddition;
  waiting.payloads.push_back({kSoundPayload, std::move(sound)});
  waiting.done = std::move(done);
  return parts_->enqueue(std::move(waiting));
}

Status Recorder::submit(const Remark& remark, Done done) {
  const bool meant = remark.verdict == Verdict::kRight || remark.verdict == Verdict::kPartly ||
                     remark.verdict == Verdict::kWrong;
  if (!meant || remark.learner.isNull() || remark.about.isNull()) {
    return fail(ErrorCode::kInvalidArgument, "a re-mark says right, partly or wrong of an answer");
  }
  Event event;
  event.id = newEventId();
  event.learner = remark.learner;
  event.about = remark.about;
  event.verdict = remark.verdict;
  Waiting waiting;
  waiting.event = std::move(event);
  waiting.done = std::move(done);
  waiting.kind = WaitingKind::kRemark;
  return parts_->enqueue(std::move(waiting));
}

Status Recorder::submit(PupilChange change, Done done) {
  const bool named = change.name.has_value();
  const bool drawn = change.picture.has_value();
  if (change.learner.isNull() || named == drawn) {
    return fail(ErrorCode::kInvalidArgument, "a change of a pupil is a name or a picture");
  }
  if (drawn && (change.picture->empty() || change.picture->find('\0') != std::string::npos)) {
    return fail(ErrorCode::kInvalidArgument, "a pupil needs a picture");
  }
  Waiting waiting;
  waiting.event.id = newEventId();
  waiting.event.learner = change.learner;
  waiting.event.activity = "roster";
  waiting.event.item = named ? "name" : "picture";
  waiting.kind = WaitingKind::kChange;
  waiting.change = std::move(change);
  waiting.done = std::move(done);
  return parts_->enqueue(std::move(waiting));
}

Status Recorder::Parts::enqueue(Waiting waiting) {
  const Clock& clock = *database->parts_->options.clock;
  Event& event = waiting.event;
  const bool is_new = waiting.kind != WaitingKind::kAddition;
  if (is_new) {
    event.tablet = tablet;
    event.wall_time = clock.wallTime();
    event.wall_time_trusted = clock.wallTimeTrusted();
  }
  {
    const std::lock_guard lock(mutex);
    if (queue.size() >= options.queue_limit) {
      return fail(ErrorCode::kLimitExceeded,
                  std::to_string(queue.size()) + " answers wait to be saved already",
                  "recorder.full");
    }
    if (is_new) {
      ++last.counter;
      event.order = last;
    }
    if (waiting.draft) {  // newer than what waits
      drafts.erase(event.learner);
      newest_draft[event.learner] = ++draft_numbers;
    }
    tryAgain();
    queue.push_back(std::move(waiting));
  }
  wake.notify_all();
  return {};
}

void Recorder::keepDraft(const LearnerId& learner, std::vector<std::byte> content) {
  {
    const std::lock_guard lock(parts_->mutex);
    const auto number = ++parts_->draft_numbers;
    parts_->drafts[learner] = {std::move(content), number};
    parts_->newest_draft[learner] = number;
    parts_->drafts_failing = false;
  }
  parts_->wake.notify_all();
}

void Recorder::retry() {
  {
    const std::lock_guard lock(parts_->mutex);
    parts_->tryAgain();
  }
  parts_->wake.notify_all();
}

std::size_t Recorder::unsaved() const {
  const std::lock_guard lock(parts_->mutex);
  return parts_->queue.size();
}

bool Recorder::waitUntilSaved(std::chrono::milliseconds at_most) {
  std::unique_lock lock(parts_->mutex);
  parts_->settled.wait_for(lock, at_most, [&] {
    const bool answers = parts_->queue.empty() || parts_->failing;
    return !parts_->busy && !parts_->writing_drafts && answers && !parts_->draftsWait();
  });
  return parts_->queue.empty() && parts_->drafts.empty();
}

EventOrder Recorder::position() const {
  const std::lock_guard lock(parts_->mutex);
  return parts_->last;
}

bool Recorder::Parts::writeFront(std::unique_lock<std::mutex>& lock) {
  Waiting& front = queue.front();  // a deque's elements stay where they are while others are added
  lock.unlock();
  const Status written = write(*connection, deviceKey(), front);
  Result<Saved> outcome = written ? Result<Saved>(Saved{front.event.id, front.event.order})
                                  : Result<Saved>(fail(written.error()));
  const bool leaves = written || isFinal(written.error());
  const Done done = leaves ? std::move(front.done) : front.done;
  lock.lock();
  if (leaves) queue.pop_front();
  busy = true;
  lock.unlock();
  if (done) done(outcome);
  lock.lock();
  busy = false;
  return leaves;
}

void Recorder::Parts::writeDrafts(std::unique_lock<std::mutex>& lock) {
  auto taken = std::move(drafts);
  drafts.clear();
  writing_drafts = true;
  const WallTime now = database->parts_->options.clock->wallTime();
  lock.unlock();
  const Status written = inTransaction(*connection, [&]() -> Status {
    for (const auto& [learner, draft] : taken) {
      // Who is not in the roster (any more) has no sheet either.
      if (!Pupils(*connection).find(learner)) continue;
      putDraft(*connection, deviceKey(), learner, draft.content, now);
    }
    return {};
  });
  lock.lock();
  writing_drafts = false;
  if (written) return;
  drafts_failing = true;
  for (auto& [learner, draft] : taken) {
    if (newest_draft[learner] == draft.number) drafts[learner] = std::move(draft);
  }
}

void Recorder::Parts::run() {
  if (options.back_up_when_idle) {
    // A backup that fails is said by the next check; answers come first.
    (void)database->parts_->backUp(*connection);
  }
  std::unique_lock lock(mutex);
  for (;;) {
    wake.wait(lock, [&] { return ending || (!queue.empty() && !failing) || draftsWait(); });
    while (!queue.empty() && !failing) {
      if (!writeFront(lock)) {
        failing = true;
        break;
      }
      settled.notify_all();
    }
    if (draftsWait()) writeDrafts(lock);
    settled.notify_all();
    if (ending) return;
  }
}

}  // namespace primer::storage
