#include "made_up_class.h"

#include <array>
#include <cmath>
#include <string>
#include <string_view>
#include <utility>

#include "primer/app/ink_codec.h"
#include "primer/app/pictures.h"
#include "primer/handwriting/drawn_digits.h"

namespace primer::admin {

namespace {

constexpr std::array<std::string_view, 24> kFirstNames = {
    "Ada",  "Bela", "Cosmo", "Dalia", "Edda", "Fenno", "Gita",  "Hugo",
    "Ines", "Jaro", "Kaia",  "Lino",  "Mira", "Nuru",  "Oona",  "Pelle",
    "Quim", "Runa", "Sami",  "Tove",  "Ulla", "Vito",  "Wanda", "Yuki"};
constexpr std::array<std::string_view, 16> kLastNames = {
    "Applewood",  "Brightwater", "Cloudberry", "Dovecote", "Elderfield", "Fernhill",
    "Goldacre",   "Hazelmoor",   "Ivybridge",  "Juniper",  "Kingfisher", "Larkspur",
    "Meadowlark", "Nightjar",    "Oakenshaw",  "Plumtree"};

constexpr double kBillion = 1'000'000'000;

// 0 <= number < 1
double unit(content::Random& random) { return random.below(1'000'000'000) / kBillion; }

}  // namespace

storage::NewClass madeUpClass(int pupils, std::uint64_t seed) {
  content::Random random(seed);
  std::vector<std::string_view> first_names(kFirstNames.begin(), kFirstNames.end());
  random.shuffle(first_names);
  storage::NewClass made;
  made.label = "Trial " + std::to_string(seed);
  for (int i = 0; i < pupils; ++i) {
    const auto place = static_cast<std::size_t>(i);
    const std::string first(first_names[place % first_names.size()]);
    const auto last = kLastNames[random.below(static_cast<std::uint32_t>(kLastNames.size()))];
    made.pupils.push_back({std::string(app::kPictureIds[place % app::kPictureIds.size()]), first,
                           first + " " + std::string(last)});
  }
  return made;
}

MadeUpPupil::MadeUpPupil(const LearnerId& id, std::shared_ptr<const content::Lesson> lesson,
                         std::shared_ptr<const knowledge::KnowledgeModel> model, std::uint64_t seed)
    : id_(id),
      lesson_(std::move(lesson)),
      path_(lesson_, std::move(model), {}),
      random_(seed),
      ability_(0) {
  for (int i = 0; i < 4; ++i) ability_ += unit(random_) - 0.3;  // roughly bell-shaped, about 0.8
}

void MadeUpPupil::chooseItem(WallTime now) {
  const auto choice = path_.next(now);
  reason_ = choice.reason.toStdString();
  const auto& skill = lesson_->skills.at(choice.skill);
  // A checked lesson's levels have sums.
  auto sums = content::sumsOf(skill.operation, skill.levels.at(choice.level))
                  .value_or(std::vector<content::Sum>{{1, 1, 2}});
  const auto& sum = sums[random_.below(static_cast<std::uint32_t>(sums.size()))];
  item_ = content::makeItem(*lesson_, choice.skill, choice.level, sum);
}

bool MadeUpPupil::answersRightly() {
  // A logistic curve over ability, the sum's difficulty, practice, and the hint after a miss.
  const double practice = 0.4 * std::log1p(static_cast<double>(first_tries_));
  const double logit =
      1.6 + ability_ + practice - 4 * item_.difficulty + (attempt_ > 1 ? 0.8 : 0.0);
  return unit(random_) < 1 / (1 + std::exp(-logit));
}

std::string MadeUpPupil::wrongAnswer() {
  constexpr std::array<int, 6> kSlips = {1, -1, 10, -10, 2, -2};  // miscounts and forgotten tens
  const int slip = kSlips[random_.below(static_cast<std::uint32_t>(kSlips.size()))];
  const int given = item_.sum.answer + slip;
  return std::to_string(given < 0 ? item_.sum.answer + 1 : given);
}

storage::Answer MadeUpPupil::next(WallTime now) {
  if (attempt_ == 0) chooseItem(now);
  ++attempt_;
  const bool right = answersRightly();
  storage::Answer answer;
  answer.learner = id_;
  answer.activity = lesson_->id;
  answer.item = item_.id;
  answer.skill = lesson_->skills.at(item_.skill).id;
  answer.difficulty = item_.difficulty;
  answer.attempt = attempt_;
  answer.answer_as_read = right ? item_.answer : wrongAnswer();
  answer.confidence = 0.9 + 0.1 * unit(random_);
  answer.verdict = right ? storage::Verdict::kRight : storage::Verdict::kWrong;
  answer.hints_taken = attempt_ - 1;  // one rung of the ladder after each miss
  answer.taken = std::chrono::milliseconds(1500 + random_.below(4000) +
                                           static_cast<std::uint32_t>(6000 * item_.difficulty));
  answer.why_chosen = reason_;
  handwriting::PenStyle style;
  style.seed = static_cast<std::uint32_t>(random_.next());
  style.wobble = static_cast<float>(0.01 + 0.02 * unit(random_));
  style.slant = static_cast<float>(0.2 * unit(random_));
  if (auto ink = app::encodeInk(handwriting::drawNumber(answer.answer_as_read, 40, 40, style))) {
    answer.ink = std::move(*ink);
  }
  if (attempt_ == 1) {
    path_.observe({item_.skill, item_.difficulty, right, now, item_.id});
    ++first_tries_;
  }
  constexpr int kMostTries = 3;
  if (right || attempt_ == kMostTries) attempt_ = 0;
  return answer;
}

}  // namespace primer::admin
