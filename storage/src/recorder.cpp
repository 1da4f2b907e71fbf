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

struct Waiting {
  Event event;
  Answer answer;  // what is to be sealed; the rest has moved into `event`
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
  return {};
}

// Random, with the bits of a version 4 UUID.
EventId newEventId() {
  auto bytes = EventId::random().bytes();
  bytes[6] = static_cast<std::uint8_t>((bytes[6] & 0x0f) | 0x40);
  bytes[8] = static_cast<std::uint8_t>((bytes[8] & 0x3f) | 0x80);
  return EventId::fromBytes(bytes);
}

std::span<const std::uint8_t> unsignedBytes(const std::vector<std::byte>& bytes) {
  return {reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()};
}

// One answer, one transaction. Trying again what was written after all changes nothing.
Status write(SQLite::Database& connection, const Waiting& waiting) {
  const Event& event = waiting.event;
  const Answer& answer = waiting.answer;
  return inTransaction(connection, [&]() -> Status {
    const auto key = Pupils(connection).publicKeyFor(event.learner);
    if (!key) {
      return fail(ErrorCode::kNotFound, "there is no pupil " + event.learner.hex(),
                  "pupil.unknown");
    }
    const auto& id = event.id.bytes();
    std::optional<Bytes> text;
    if (!answer.answer_as_read.empty()) {
      const auto* first = reinterpret_cast<const std::uint8_t*>(answer.answer_as_read.data());
      PRIMER_ASSIGN(
          text, sealToClass(*key, SealedKind::kAnswer, id, {first, answer.answer_as_read.size()}));
    }
    EventStore(connection).add(event, text);
    Payloads payloads(connection);
    if (!answer.ink.empty()) {
      PRIMER_ASSIGN(const Bytes sealed,
                    sealToClass(*key, SealedKind::kInk, id, unsignedBytes(answer.ink)));
      payloads.add(event.id, kInkPayload, sealed);
    }
    if (!answer.sound.empty()) {
      PRIMER_ASSIGN(const Bytes sealed,
                    sealToClass(*key, SealedKind::kSound, id, unsignedBytes(answer.sound)));
      payloads.add(event.id, kSoundPayload, sealed);
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
  event.id = newEventId();
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
  {
    const std::lock_guard lock(parts_->mutex);
    if (parts_->queue.size() >= parts_->options.queue_limit) {
      return fail(ErrorCode::kLimitExceeded,
                  std::to_string(parts_->queue.size()) + " answers wait to be saved already",
                  "recorder.full");
    }
    ++parts_->last.counter;
    event.order = parts_->last;
    parts_->failing = false;
    parts_->queue.push_back({std::move(event), std::move(answer), std::move(done)});
  }
  parts_->wake.notify_all();
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
  const Status written = write(*connection, front);
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
