#include "primer/storage/recorder.h"

#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <thread>
#include <utility>

#include "src/database_parts.h"
#include "src/tables/drafts.h"
#include "src/tables/event_store.h"
#include "src/tables/payloads.h"
#include "src/tables/pupils.h"

namespace primer::storage {

namespace {

// What is to be sealed beside an event's row.
struct Payload {
  std::string_view kind;
  std::vector<std::byte> content;
};

enum class Kind : std::uint8_t {
  kAnswer,
  kAddition,  // the event was written before, and a payload is added
  kRemark,
};

struct Waiting {
  Event event;
  Kind kind = Kind::kAnswer;
  std::string text;  // the answer as read
  std::vector<Payload> payloads;
  Recorder::Done done;
  std::optional<std::vector<std::byte>> draft = std::nullopt;  // the pupil's sheet after this
};

struct WaitingDraft {
  std::vector<std::byte> content;
  std::uint64_t number = 0;
};

bool inUnit(const std::optional<double>& number) {
  return !number || (*number >= 0 && *number <= 1);  // false for NaN
}

Status checkRanges(const Answer& answer) {
  const auto bad = [](const char* what) {
    return fail(ErrorCode::kInvalidArgument, std::string("an answer with a bad ") + what);
  };
  if (answer.learner.isNull()) return bad("learner");
  if (answer.activity.empty()) return bad("activity");
  if (!inUnit(answer.difficulty)) return bad("difficulty");
  if (!inUnit(answer.confidence)) return bad("confidence");
  if (answer.attempt < 1) return bad("attempt");
  if (answer.hints_taken < 0) return bad("number of hints");
  if (answer.taken.count() < 0) return bad("time taken");
  if (answer.sound.size() > kMostSoundBytes) return bad("length of its sound");
  if (answer.evidence.size() > kMostEvidenceBytes) return bad("length of its evidence");
  return {};
}

std::span<const std::uint8_t> unsignedBytes(const std::vector<std::byte>& bytes) {
  return {reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()};
}

// Evidence is this tablet's, everything else the class's.
Result<Bytes> sealed(const Payload& payload, const EventId& event, const PublicKey& class_key,
                     const DeviceKey* device_key) {
  const auto content = unsignedBytes(payload.content);
  if (payload.kind == kEvidencePayload) return device_key->seal(event.bytes(), content);
  const auto kind = payload.kind == kInkPayload ? SealedKind::kInk : SealedKind::kSound;
  return sealToClass(class_key, kind, event.bytes(), content);
}

// Inside of a transaction.
void putDraft(SQLite::Database& connection, const DeviceKey* key, const LearnerId& learner,
              const std::vector<std::byte>& content, WallTime now) {
  std::optional<Bytes> sealed;
  // Without the tablet's key nobody can log in either: there is nothing to keep.
  if (!content.empty() && key != nullptr) sealed = sealDraft(*key, learner, unsignedBytes(content));
  Drafts(connection).put(learner, sealed, now);
}

// The re-mark stands with the skill of what it is about, so that reports find it there.
Status writeRemark(SQLite::Database& connection, Event event) {
  return inTransaction(connection, [&]() -> Status {
    const auto about = EventStore(connection).find(*event.about);
    if (!about || about->learner != event.learner) {
      return fail(ErrorCode::kNotFound, "there is no answer " + event.about->hex(),
                  "event.unknown");
    }
    event.activity = about->activity;
    event.item = about->item;
    event.skill = about->skill;
    event.difficulty = about->difficulty;
    event.attempt = about->attempt;
    EventStore(connection).add(event, std::nullopt, kRemarkKind);
    return {};
  });
}

// One answer, one transaction. Trying again what was written after all changes nothing.
// `device_key` is null where it was lost: then nothing is kept of evidence.
Status writeAnswer(SQLite::Database& connection, const DeviceKey* device_key,
                   const Waiting& waiting) {
  const Event& event = waiting.event;
  return inTransaction(connection, [&]() -> Status {
    const auto key = Pupils(connection).publicKeyFor(event.learner);
    if (!key) {
      return fail(ErrorCode::kNotFound, "there is no pupil " + event.learner.hex(),
                  "pupil.unknown");
    }
    EventStore events(connection);
    if (waiting.kind != Kind::kAddition) {
      std::optional<Bytes> text;
      if (!waiting.text.empty()) {
        const auto* first = reinterpret_cast<const std::uint8_t*>(waiting.text.data());
        PRIMER_ASSIGN(text, sealToClass(*key, SealedKind::kAnswer, event.id.bytes(),
                                        {first, waiting.text.size()}));
      }
      events.add(event, text);
    } else if (!events.has(event.id)) {
      return fail(ErrorCode::kNotFound, "there is no answer " + event.id.hex(), "event.unknown");
    }
    for (const auto& payload : waiting.payloads) {
      if (payload.kind == kEvidencePayload && device_key == nullptr) continue;
      PRIMER_ASSIGN(const Bytes bytes, sealed(payload, event.id, *key, device_key));
      Payloads(connection).add(event.id, payload.kind, bytes);
      if (payload.kind == kSoundPayload) {
        Payloads(connection).dropOldest(event.learner, kSoundPayload, kMostSoundsOfALearner);
      }
    }
    if (waiting.draft) {
      putDraft(connection, device_key, event.learner, *waiting.draft, event.wall_time);
    }
    return {};
  });
}

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
  Waiting waiting{
      std::move(event), Kind::kAnswer, std::move(answer.answer_as_read), {}, std::move(done)};
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
  waiting.kind = Kind::kAddition;
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
  waiting.kind = Kind::kRemark;
  return parts_->enqueue(std::move(waiting));
}

Status Recorder::Parts::enqueue(Waiting waiting) {
  const Clock& clock = *database->parts_->options.clock;
  Event& event = waiting.event;
  const bool is_new = waiting.kind != Kind::kAddition;
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
  const Status written = front.kind == Kind::kRemark ? writeRemark(*connection, front.event)
                                                     : writeAnswer(*connection, deviceKey(), front);
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
