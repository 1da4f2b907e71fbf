#include "primer/storage/recorder.h"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <thread>
#include <utility>

#include "src/database_parts.h"
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

struct Waiting {
  Event event;
  bool is_new = true;  // false: it was written before, and a payload is added
  std::string text;    // the answer as read
  std::vector<Payload> payloads;
  Recorder::Done done;
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

// One answer, one transaction. Trying again what was written after all changes nothing.
// `device_key` is null where it was lost: then nothing is kept of evidence.
Status write(SQLite::Database& connection, const DeviceKey* device_key, const Waiting& waiting) {
  const Event& event = waiting.event;
  return inTransaction(connection, [&]() -> Status {
    const auto key = Pupils(connection).publicKeyFor(event.learner);
    if (!key) {
      return fail(ErrorCode::kNotFound, "there is no pupil " + event.learner.hex(),
                  "pupil.unknown");
    }
    EventStore events(connection);
    if (waiting.is_new) {
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
  EventOrder last;
  bool busy = false;     // a callback is running
  bool failing = false;  // the front could not be written; waits for retry() or submit()
  bool ending = false;
  std::thread thread;

  Status enqueue(Waiting waiting);
  void run();
  // Writes the front of the queue; returns false where it has to wait for a retry.
  bool writeFront(std::unique_lock<std::mutex>& lock);
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
    parts_->failing = false;  // one more try
  }
  parts_->wake.notify_all();
  parts_->thread.join();
}

Status Recorder::submit(Answer answer, Done done) {
  PRIMER_TRY(checkRanges(answer));
  const Clock& clock = *parts_->database->parts_->options.clock;
  Event event;
  event.id = answer.id.isNull() ? newEventId() : answer.id;
  event.tablet = parts_->tablet;
  event.wall_time = clock.wallTime();
  event.wall_time_trusted = clock.wallTimeTrusted();
  event.learner = answer.learner;
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
  Waiting waiting{std::move(event), true, std::move(answer.answer_as_read), {}, std::move(done)};
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
  waiting.is_new = false;
  waiting.payloads.push_back({kSoundPayload, std::move(sound)});
  waiting.done = std::move(done);
  return parts_->enqueue(std::move(waiting));
}

Status Recorder::Parts::enqueue(Waiting waiting) {
  {
    const std::lock_guard lock(mutex);
    if (queue.size() >= options.queue_limit) {
      return fail(ErrorCode::kLimitExceeded,
                  std::to_string(queue.size()) + " answers wait to be saved already",
                  "recorder.full");
    }
    if (waiting.is_new) {
      ++last.counter;
      waiting.event.order = last;
    }
    failing = false;
    queue.push_back(std::move(waiting));
  }
  wake.notify_all();
  return {};
}

void Recorder::retry() {
  {
    const std::lock_guard lock(parts_->mutex);
    parts_->failing = false;
  }
  parts_->wake.notify_all();
}

std::size_t Recorder::unsaved() const {
  const std::lock_guard lock(parts_->mutex);
  return parts_->queue.size();
}

bool Recorder::waitUntilSaved(std::chrono::milliseconds at_most) {
  std::unique_lock lock(parts_->mutex);
  parts_->settled.wait_for(
      lock, at_most, [&] { return !parts_->busy && (parts_->queue.empty() || parts_->failing); });
  return parts_->queue.empty();
}

EventOrder Recorder::position() const {
  const std::lock_guard lock(parts_->mutex);
  return parts_->last;
}

bool Recorder::Parts::writeFront(std::unique_lock<std::mutex>& lock) {
  Waiting& front = queue.front();  // a deque's elements stay where they are while others are added
  lock.unlock();
  const auto& device_key = database->parts_->device_key;
  const Status written = write(*connection, device_key ? &*device_key : nullptr, front);
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

void Recorder::Parts::run() {
  if (options.back_up_when_idle) {
    // A backup that fails is said by the next check; answers come first.
    (void)database->parts_->backUp(*connection);
  }
  std::unique_lock lock(mutex);
  for (;;) {
    wake.wait(lock, [&] { return ending || (!queue.empty() && !failing); });
    while (!queue.empty() && !failing) {
      if (!writeFront(lock)) {
        failing = true;
        break;
      }
      settled.notify_all();
    }
    settled.notify_all();
    if (ending) return;
  }
}

}  // namespace primer::storage
