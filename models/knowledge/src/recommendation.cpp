#include "primer/knowledge/recommendation.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace primer::knowledge {

namespace {

constexpr std::array<Material, 2> kMaterials = {Material::kReading, Material::kListening};
constexpr double kNeverMet = -std::numeric_limits<double>::infinity();
constexpr std::size_t kRecent = 5;

std::string nameWithin(std::string_view pack, std::string_view name) {
  std::string whole(pack);
  whole += '/';
  whole += name;
  return whole;
}

// Not a name that a skill can have: those have a pack before the stroke.
std::string nameOf(Material material) {
  return material == Material::kReading ? "/reading" : "/listening";
}

std::size_t nearestItem(const CurriculumSkill& skill, const Event& event) {
  std::size_t nearest = skill.items.size() / 2;
  double distance = std::numeric_limits<double>::infinity();
  for (std::size_t i = 0; i < skill.items.size(); ++i) {
    if (skill.items[i].name == event.item) return i;
    if (!event.difficulty) continue;
    const double away = std::fabs(skill.items[i].difficulty - *event.difficulty);
    if (away < distance) {
      distance = away;
      nearest = i;
    }
  }
  return nearest;
}

double heldTarget(double target) {
  if (!std::isfinite(target)) return ChooserOptions().target;
  return std::clamp(target, RecommendationPolicy::kLeastTarget, RecommendationPolicy::kMostTarget);
}

ChooserOptions optionsOf(const Library& library, const RecommendationPolicy& policy) {
  ChooserOptions options;
  options.target = heldTarget(policy.target);
  options.ease = std::max(options.ease, options.target);
  if (!policy.placement) options.placement = 0;
  for (const auto& pin : policy.pins) {
    if (const auto skill = library.skillNamed(pin.pack, pin.skill)) {
      options.pinned.push_back(*skill);
    }
  }
  return options;
}

}  // namespace

Result<Library> Library::create(std::vector<Pack> packs) {
  Library library;
  std::vector<CurriculumSkill> all;
  for (std::size_t p = 0; p < packs.size(); ++p) {
    auto& pack = packs[p];
    const auto wrong = [&](const std::string& what) {
      return fail(ErrorCode::kInvalidArgument, "pack '" + pack.name + "': " + what);
    };
    const auto other = [&](const Pack& before) { return before.name == pack.name; };
    if (std::any_of(packs.begin(), packs.begin() + static_cast<std::ptrdiff_t>(p), other)) {
      return wrong("there are two of this name");
    }
    const auto first = all.size();
    library.first_.push_back(first);
    for (std::size_t s = 0; s < pack.skills.size(); ++s) {
      auto& skill = pack.skills[s];
      std::stable_sort(skill.items.begin(), skill.items.end(),
                       [](const auto& a, const auto& b) { return a.difficulty < b.difficulty; });
      auto merged = skill;
      merged.name = nameWithin(pack.name, skill.name);
      for (auto& need : merged.needs) {
        if (need >= pack.skills.size()) {
          return wrong("skill '" + skill.name + "' needs a skill that there is not");
        }
        need += first;
      }
      if (!library.skills_.emplace(merged.name, all.size()).second) {
        return wrong("there are two skills '" + skill.name + "'");
      }
      library.places_.push_back({p, s});
      all.push_back(std::move(merged));
    }
    for (const auto material : kMaterials) {
      auto& texts = library.texts_[static_cast<std::size_t>(material)];
      for (std::size_t t = 0; t < pack.texts(material).size(); ++t) {
        const auto& text = pack.texts(material)[t];
        if (!(text.difficulty >= 0 && text.difficulty <= 1)) {
          return wrong("text '" + text.name + "' has a difficulty that is not 0 to 1");
        }
        texts.push_back({p, t, text.difficulty});
      }
    }
  }
  for (std::size_t p = 0; p < packs.size(); ++p) {
    for (const auto& need : packs[p].needs_elsewhere) {
      if (need.skill >= packs[p].skills.size()) {
        return fail(ErrorCode::kInvalidArgument,
                    "pack '" + packs[p].name + "': a need of a skill that there is not");
      }
      const auto found = library.skills_.find(nameWithin(need.pack, need.needed));
      if (found == library.skills_.end()) continue;
      all.at(library.first_[p] + need.skill).needs.push_back(found->second);
    }
  }
  PRIMER_ASSIGN(library.curriculum_, Curriculum::create(std::move(all)));
  for (const auto material : kMaterials) {
    const auto m = static_cast<std::size_t>(material);
    auto& texts = library.texts_[m];
    std::stable_sort(texts.begin(), texts.end(),
                     [](const auto& a, const auto& b) { return a.difficulty < b.difficulty; });
    for (std::size_t t = 0; t < texts.size(); ++t) {
      const auto& pack = packs[texts[t].pack];
      const auto& name = pack.texts(material)[texts[t].text].name;
      if (!library.texts_by_name_[m].emplace(nameWithin(pack.name, name), t).second) {
        return fail(ErrorCode::kInvalidArgument,
                    "pack '" + pack.name + "': there are two texts '" + name + "'");
      }
    }
  }
  library.packs_ = std::move(packs);
  return library;
}

std::optional<std::size_t> Library::skillNamed(std::string_view pack,
                                               std::string_view skill) const {
  const auto found = skills_.find(nameWithin(pack, skill));
  if (found == skills_.end()) return std::nullopt;
  return found->second;
}

std::optional<std::size_t> Library::textNamed(Material material, std::string_view pack,
                                              std::string_view text) const {
  const auto& names = texts_by_name_[static_cast<std::size_t>(material)];
  const auto found = names.find(nameWithin(pack, text));
  if (found == names.end()) return std::nullopt;
  return found->second;
}

Recommender::Recommender(const Library& library, const KnowledgeModel& model,
                         const RecommendationPolicy& policy)
    : library_(&library),
      target_(heldTarget(policy.target)),
      chooser_(library.curriculum(), model, optionsOf(library, policy)),
      reader_(model) {
  for (const auto material : kMaterials) {
    shelves_[static_cast<std::size_t>(material)].met.assign(library.texts(material).size(),
                                                            kNeverMet);
  }
}

void Recommender::observe(const Event& event) {
  if (event.material) return observeText(*event.material, event);
  const auto skill = library_->skillNamed(event.pack, event.skill);
  if (!skill) return;
  const auto item = nearestItem(library_->curriculum().skill(*skill), event);
  chooser_.observe(*skill, item, event.right, event.at, event.item);
}

void Recommender::observe(std::size_t pack, std::size_t skill, std::size_t item, bool right,
                          double at, const std::string& name) {
  chooser_.observe(library_->skillAt(pack, skill), item, right, at, name);
}

void Recommender::observeText(Material material, const Event& event) {
  const auto place = library_->textNamed(material, event.pack, event.item);
  if (!place) return;
  const auto& text = library_->texts(material)[*place];
  const auto difficulty = event.difficulty.value_or(text.difficulty);
  // Several questions about one text are no retries.
  auto& shelf = shelves_[static_cast<std::size_t>(material)];
  const auto question = nameWithin(event.item, std::to_string(shelf.answers++));
  reader_.observe({{nameOf(material), question, event.at, difficulty}, event.right});
  shelf.met[*place] = std::isfinite(event.at) ? event.at : 0;
  shelf.last_difficulty = text.difficulty;
  shelf.last.push_back(event.right);
  if (shelf.last.size() > kRecent) shelf.last.erase(shelf.last.begin());
}

Offer Recommender::offered(const Choice& choice) const {
  const auto place = library_->placeOf(choice.skill);
  Offer offer{place.pack, choice};
  offer.choice.skill = place.skill;
  offer.choice.for_skill = library_->placeOf(choice.for_skill).skill;  // needs stay in their pack
  return offer;
}

Offer Recommender::next(double now, Door door) const { return offered(chooser_.next(now, door)); }

double Recommender::chanceOf(Material material, const Library::TextPlace& text, double now) const {
  return reader_.chance({nameOf(material), "", now, text.difficulty});
}

// The chance falls with the difficulty (the model's promise): a search for the target, then
// outwards from there.
std::vector<TextOffer> Recommender::texts(Material material, double now, std::size_t most) const {
  const auto& texts = library_->texts(material);
  const auto& shelf = shelves_[static_cast<std::size_t>(material)];
  const auto begin = std::partition_point(texts.begin(), texts.end(), [&](const auto& text) {
    return chanceOf(material, text, now) >= target_;
  });
  std::vector<std::size_t> chosen;
  const bool any_left = std::find(shelf.met.begin(), shelf.met.end(), kNeverMet) != shelf.met.end();
  if (any_left) {
    auto above = static_cast<std::size_t>(begin - texts.begin());
    auto below = above;  // one past the next easier text
    const auto skipMet = [&] {
      while (above < texts.size() && shelf.met[above] != kNeverMet) ++above;
      while (below > 0 && shelf.met[below - 1] != kNeverMet) --below;
    };
    for (skipMet(); chosen.size() < most && (above < texts.size() || below > 0); skipMet()) {
      const auto away = [&](std::size_t at) {
        return std::fabs(chanceOf(material, texts[at], now) - target_);
      };
      const bool harder = below == 0 || (above < texts.size() && away(above) < away(below - 1));
      chosen.push_back(harder ? above++ : --below);
    }
  } else {  // all were met: those that were met longest ago
    for (std::size_t t = 0; t < texts.size(); ++t) chosen.push_back(t);
    std::stable_sort(chosen.begin(), chosen.end(),
                     [&](std::size_t a, std::size_t b) { return shelf.met[a] < shelf.met[b]; });
    chosen.resize(std::min(most, chosen.size()));
  }
  std::vector<TextOffer> offers;
  for (const auto at : chosen) {
    TextOffer offer;
    offer.pack = texts[at].pack;
    offer.text = texts[at].text;
    offer.chance = chanceOf(material, texts[at], now);
    offer.recent_tries = static_cast<int>(shelf.last.size());
    offer.recent_right = static_cast<int>(std::count(shelf.last.begin(), shelf.last.end(), true));
    offer.harder = shelf.last_difficulty >= 0 && texts[at].difficulty > shelf.last_difficulty;
    offer.again = !any_left;
    offers.push_back(offer);
  }
  return offers;
}

Recommendation Recommender::doors(double now) const {
  Recommendation found;
  if (library_->curriculum().size() == 0) return found;
  const auto doors = chooser_.doors(now);
  found.go_on = offered(doors.go_on);
  if (doors.review) found.review = offered(*doors.review);
  if (doors.something_new) found.something_new = offered(*doors.something_new);
  return found;
}

Recommendation Recommender::all(double now) const {
  auto all = doors(now);
  all.reading = texts(Material::kReading, now);
  all.listening = texts(Material::kListening, now);
  return all;
}

Recommendation recommend(const Library& library, const KnowledgeModel& model,
                         std::span<const Event> events, const RecommendationPolicy& policy,
                         double now) {
  Recommender recommender(library, model, policy);
  for (const auto& event : events) recommender.observe(event);
  return recommender.all(now);
}

}  // namespace primer::knowledge
