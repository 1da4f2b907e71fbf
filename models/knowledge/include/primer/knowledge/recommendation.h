#pragma once

// What a tablet has for a pupil next: one function of (events, packs, policy), for the pages of
// home, for `primer-batch recommend` and for the simulator.
//
//   PRIMER_ASSIGN(const auto library, Library::create(packs));   // all packs, as one curriculum
//   const Recommendation offers = recommend(library, model, events, policy, now);
//
// Offered are the three doors (chooser.h), over all packs at once, and texts to read and to listen
// to: of those that the pupil has not met, the ones whose questions should go nearly as well as the
// success target says. A text is hard as its questions are; how well the pupil reads is what the
// answers to such questions say, and likewise for listening.
//
// The same events, packs and policy give the same offers, on any tablet. Where many choices follow
// one another a Recommender keeps its place, with an answer at a time.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "primer/base/result.h"
#include "primer/knowledge/chooser.h"
#include "primer/knowledge/curriculum.h"
#include "primer/knowledge/knowledge_model.h"

namespace primer::knowledge {

enum class Material : std::uint8_t { kReading, kListening };

struct Pack {
  std::string name;                     // no other pack's
  std::vector<CurriculumSkill> skills;  // needs: places within this pack
  // What a skill needs of another pack; where that pack or skill is not there, it is no need.
  struct NeedElsewhere {
    std::size_t skill = 0;  // of this pack
    std::string pack, needed;
  };
  std::vector<NeedElsewhere> needs_elsewhere = {};
  // Texts; difficulty is the share of pupils whom the author expects to fail at its questions.
  std::vector<CurriculumItem> reading;
  std::vector<CurriculumItem> listening;

  const std::vector<CurriculumItem>& texts(Material material) const {
    return material == Material::kReading ? reading : listening;
  }
};

// The packs of a tablet, in the teacher's order: what is new is taken from the first that has it.
// Immutable.
class Library {
 public:
  // kInvalidArgument names the pack or skill that cannot be meant: two of one name, or what
  // Curriculum refuses.
  static Result<Library> create(std::vector<Pack> packs);

  struct Place {
    std::size_t pack = 0;
    std::size_t skill = 0;  // within the pack
  };
  struct TextPlace {
    std::size_t pack = 0;
    std::size_t text = 0;  // within the pack's texts of that material
    double difficulty = 0;
  };

  std::size_t size() const { return packs_.size(); }
  const Pack& pack(std::size_t at) const { return packs_[at]; }
  // All skills of all packs, named "pack/skill".
  const Curriculum& curriculum() const { return curriculum_; }
  Place placeOf(std::size_t skill) const { return places_[skill]; }  // of the curriculum
  std::size_t skillAt(std::size_t pack, std::size_t skill) const { return first_[pack] + skill; }
  std::optional<std::size_t> skillNamed(std::string_view pack, std::string_view skill) const;

  const std::vector<TextPlace>& texts(Material material) const {  // easiest first
    return texts_[static_cast<std::size_t>(material)];
  }
  std::optional<std::size_t> textNamed(Material material, std::string_view pack,
                                       std::string_view text) const;  // its place in texts()

 private:
  std::vector<Pack> packs_;
  Curriculum curriculum_;
  std::vector<Place> places_;
  std::vector<std::size_t> first_;                       // per pack, its first skill
  std::unordered_map<std::string, std::size_t> skills_;  // by "pack/skill"
  std::vector<TextPlace> texts_[2];
  std::unordered_map<std::string, std::size_t> texts_by_name_[2];
};

// A first try. What names a pack, skill or text that the library lacks is left out.
struct Event {
  std::string pack;
  std::string skill;                 // of an exercise; of a question about a text: empty
  std::optional<Material> material;  // of a question about a text
  std::string item;                  // what was asked; of a question about a text: the text
  bool right = false;
  double at = 0;  // seconds of any clock
  // 0..1; where the item is not one of the skill's (a sum among many), it tells of which kind it
  // was. Missing: that of the item; else a middling one.
  std::optional<double> difficulty = {};
};

// What a teacher may say.
struct RecommendationPolicy {
  static constexpr double kLeastTarget = 0.6;
  static constexpr double kMostTarget = 0.95;

  struct Pin {
    std::string pack, skill;
    friend bool operator==(const Pin&, const Pin&) = default;
  };

  double target = ChooserOptions().target;  // share of right answers to aim at; held to the limits
  std::vector<Pin> pins;  // practised first, one after the other; of packs that are there
  bool placement = true;  // whether a first visit begins with a walk that finds where to begin
  friend bool operator==(const RecommendationPolicy&, const RecommendationPolicy&) = default;
};

struct Offer {
  std::size_t pack = 0;
  Choice choice;  // skill, item and for_skill are places within the pack
};

struct TextOffer {
  std::size_t pack = 0;
  std::size_t text = 0;  // within the pack's texts of its material
  double chance = 0;     // that a question about it is answered rightly
  // What the offer rests on: the last answers (at most five) about texts of this material.
  int recent_right = 0;
  int recent_tries = 0;
  bool harder = false;  // than the last text met
  bool again = false;   // met before: all others were too
};

struct Recommendation {
  Offer go_on;
  std::optional<Offer> review;         // nothing: nothing is due today
  std::optional<Offer> something_new;  // nothing: all was met, or is not open yet
  std::vector<TextOffer> reading;      // best first
  std::vector<TextOffer> listening;
};

// One pupil's way through a library. Used by one thread at a time; library and model must outlive
// it, and no other thread may use `model` meanwhile. An answer costs microseconds, a choice a few
// milliseconds at most, whatever the number of packs. A library without skills has no doors: do not
// ask for them.
class Recommender {
 public:
  Recommender(const Library& library, const KnowledgeModel& model,
              const RecommendationPolicy& policy = {});

  void observe(const Event& event);
  // The same, where the place is known.
  void observe(std::size_t pack, std::size_t skill, std::size_t item, bool right, double at,
               const std::string& name = {});

  Offer next(double now, Door door = Door::kGoOn) const;
  // The doors alone; without texts.
  Recommendation doors(double now) const;
  std::vector<TextOffer> texts(Material material, double now, std::size_t most = 3) const;
  Recommendation all(double now) const;

  const Chooser& chooser() const { return chooser_; }  // of library.curriculum()

 private:
  struct Shelf {
    std::vector<double> met;  // per text, when last; less than any time: never
    std::vector<bool> last;   // right or not, oldest first, at most five
    double last_difficulty = -1;
    std::size_t answers = 0;
  };

  Offer offered(const Choice& choice) const;
  double chanceOf(Material material, const Library::TextPlace& text, double now) const;
  void observeText(Material material, const Event& event);

  const Library* library_;
  double target_;
  Chooser chooser_;
  Learner reader_;  // of questions about texts
  Shelf shelves_[2];
};

// All answers of one pupil, oldest first.
Recommendation recommend(const Library& library, const KnowledgeModel& model,
                         std::span<const Event> events, const RecommendationPolicy& policy,
                         double now);

}  // namespace primer::knowledge
