// primer-admin trial-class: a made-up class, or more answers of one.

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "command.h"
#include "made_up_class.h"
#include "pin_entry.h"
#include "primer/base/clock.h"
#include "primer/base/share.h"
#include "primer/content/pack.h"
#include "primer/storage/recorder.h"

namespace primer::admin {

namespace {

constexpr std::chrono::hours kToSave(1);
constexpr std::int64_t kMinute = 60'000;
constexpr std::int64_t kDay = 24 * 60 * kMinute;
constexpr std::int64_t kSet = 8;  // sums of one visit

struct Wanted {
  int pupils = 0;
  std::int64_t answers = 0;
  std::uint64_t seed = 1;
  std::string class_id;  // an id, or a label of a class
  bool acknowledge = false;
  bool tell = false;
};

// Visits of a made-up school life: one a day for each pupil, the last ones today.
class VisitClock final : public Clock {
 public:
  WallTime wallTime() const override { return at_; }
  bool wallTimeTrusted() const override { return system_.wallTimeTrusted(); }
  std::chrono::milliseconds steadyTime() const override { return system_.steadyTime(); }

  // Called on the thread that submits, which is the one that reads the time.
  void set(WallTime at) { at_ = at; }
  void advance(std::chrono::milliseconds by) { at_.unix_ms += by.count(); }
  WallTime now() const { return system_.wallTime(); }

 private:
  SystemClock system_;
  WallTime at_ = system_.wallTime();
};

Result<ClassId> findClass(storage::Database& database, const std::string& wanted) {
  PRIMER_ASSIGN(const auto classes, database.classes());
  for (const auto& card : classes) {
    if (card.id.hex() == wanted || card.label == wanted) return card.id;
  }
  return fail(ErrorCode::kNotFound, "there is no class " + wanted);
}

// What a recorder's callbacks tell the thread that submits.
class Progress {
 public:
  explicit Progress(const Wanted& wanted)
      : acknowledge_(wanted.acknowledge),
        all_(wanted.answers),
        shown_(isatty(STDERR_FILENO) != 0 && !wanted.acknowledge) {}

  void take(const Result<storage::Saved>& saved) {
    const std::lock_guard lock(mutex_);
    if (!saved) {
      failure_ = saved.error();
      return;
    }
    ++saved_;
    if (acknowledge_) Context::print({{"saved", saved_}});
    if (shown_ && (saved_ % 100 == 0 || saved_ == all_)) {
      std::fprintf(stderr, "\r%lld of %lld answers%s", static_cast<long long>(saved_),
                   static_cast<long long>(all_), saved_ == all_ ? "\n" : "");
    }
  }
  std::optional<Error> failure() const {
    const std::lock_guard lock(mutex_);
    return failure_;
  }

 private:
  const bool acknowledge_;
  const std::int64_t all_;
  const bool shown_;
  mutable std::mutex mutex_;
  std::int64_t saved_ = 0;
  std::optional<Error> failure_;
};

// What was asked, why, and what came of it.
void tell(std::int64_t pupil, std::int64_t day, const storage::Answer& answer) {
  Context::print({{"pupil", pupil + 1},
                  {"day", day + 1},
                  {"item", answer.item},
                  {"skill", answer.skill},
                  {"attempt", answer.attempt},
                  {"right", storage::isRight(answer.verdict)},
                  {"reason", answer.why_chosen}});
}

Status recordAnswers(storage::Database& database, VisitClock& clock, const Wanted& wanted,
                     const std::shared_ptr<const content::Lesson>& lesson,
                     const std::vector<storage::PupilCard>& cards) {
  PRIMER_ASSIGN(auto opened, knowledge::KnowledgeModel::openShipped());
  const auto model = std::make_shared<const knowledge::KnowledgeModel>(std::move(opened));
  std::vector<MadeUpPupil> pupils;
  for (const auto& card : cards) {
    pupils.emplace_back(card.id, lesson, model, wanted.seed * 1'000'003 + pupils.size());
  }
  if (pupils.empty() || wanted.answers == 0) return {};
  const auto count = static_cast<std::int64_t>(pupils.size());
  const std::int64_t set = std::clamp<std::int64_t>((wanted.answers + count - 1) / count, 1, kSet);
  const std::int64_t visits = (wanted.answers + set - 1) / set;
  const std::int64_t days = (visits + count - 1) / count;

  Progress progress(wanted);  // outlives the recorder, whose last callbacks come when it ends
  PRIMER_ASSIGN(auto recorder, storage::Recorder::start(database));
  const std::int64_t now = clock.now().unix_ms;
  std::int64_t left = wanted.answers;
  for (std::int64_t visit = 0; visit < visits; ++visit) {
    const std::int64_t day = visit / count;
    const std::int64_t place = visit % count;
    clock.set({now - (days - day - 1) * kDay - (count - place) * 5 * kMinute});
    auto& pupil = pupils[static_cast<std::size_t>(place)];
    for (std::int64_t i = 0; i < set && left > 0; ++i, --left) {
      auto answer = pupil.next(clock.wallTime());
      clock.advance(answer.taken);
      if (wanted.tell) tell(place, day, answer);
      // The made-up pupils answer faster than any disk writes.
      if (recorder->unsaved() > 100 || wanted.acknowledge) recorder->waitUntilSaved(kToSave);
      if (auto failed = progress.failure()) return fail(std::move(*failed));
      PRIMER_TRY(recorder->submit(
          std::move(answer),
          [&progress](const Result<storage::Saved>& saved) { progress.take(saved); }));
    }
  }
  recorder->waitUntilSaved(kToSave);
  if (auto failed = progress.failure()) return fail(std::move(*failed));
  return {};
}

Result<nlohmann::ordered_json> makeTrial(const Context& context, const Wanted& wanted) {
  PRIMER_ASSIGN(auto lesson, content::openPack(shareFolder() / "lessons" / "number-facts.pack",
                                               realFileSystem()));
  PRIMER_ASSIGN(const auto pin, readPin(context.pin_file));
  VisitClock visits;  // shows the real time until the first visit
  storage::OpenOptions options;
  options.folder = context.data;
  options.clock = &visits;
  options.must_exist = !wanted.class_id.empty();
  PRIMER_ASSIGN(auto database, storage::Database::open(options));
  ClassId class_id;
  if (wanted.class_id.empty()) {
    PRIMER_ASSIGN(class_id, database->createClass(madeUpClass(wanted.pupils, wanted.seed), pin));
  } else {
    PRIMER_ASSIGN(class_id, findClass(*database, wanted.class_id));
    PRIMER_TRY(database->unlock(class_id, pin));
  }
  PRIMER_ASSIGN(const auto pupils, database->pupils(class_id));
  PRIMER_TRY(recordAnswers(*database, visits, wanted,
                           std::make_shared<const content::Lesson>(std::move(lesson)), pupils));
  nlohmann::ordered_json ids = nlohmann::ordered_json::array();
  for (const auto& pupil : pupils) ids.push_back(pupil.id.hex());
  return nlohmann::ordered_json{
      {"class", class_id.hex()}, {"pupils", ids}, {"answers", wanted.answers}};
}

}  // namespace

void addTrialClass(CLI::App& app, Context& context) {
  auto* command =
      app.add_subcommand("trial-class", "add a made-up class, or answers of its pupils");
  auto wanted = std::make_shared<Wanted>();
  command->add_option("--pupils", wanted->pupils, "how many pupils the class has")
      ->check(CLI::Range(1, 1000));
  command->add_option("--answers", wanted->answers, "how many answers they give, all together")
      ->required()
      ->check(CLI::Range(std::int64_t{0}, std::int64_t{10'000'000}));
  command->add_option("--seed", wanted->seed, "the same seed, the same class and answers");
  command->add_option("--class", wanted->class_id,
                      "the id or label of a class that is there, instead of a new one");
  command->add_flag("--acknowledge", wanted->acknowledge, "a line {\"saved\":N} after each commit");
  command->add_flag("--tell", wanted->tell,
                    "a line for each answer: who, what was asked and why, what came of it");
  command->callback([&context, wanted] {
    if (context.data.empty()) throw CLI::RequiredError("--data");
    if (wanted->class_id.empty() && wanted->pupils == 0) {
      throw CLI::RequiredError("--pupils (or --class)");
    }
    const auto made = makeTrial(context, *wanted);
    if (!made) return context.report(made.error());
    Context::print(*made);
  });
}

}  // namespace primer::admin
