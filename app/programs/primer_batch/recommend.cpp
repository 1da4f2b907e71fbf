// primer-batch recommend: a pupil's answers a line, and what the tablet offers next over all packs.
// The function is the tutor's own (primer/knowledge/recommendation.h).

#include <CLI/CLI.hpp>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "entry_fields.h"
#include "json_lines.h"
#include "primer/base/program.h"
#include "primer/knowledge/recommendation.h"
#include "verb.h"

namespace primer::batch {

namespace {

using knowledge::CurriculumItem;
using knowledge::Event;
using knowledge::Library;
using knowledge::Material;
using knowledge::Pack;
using knowledge::Reason;
using knowledge::RecommendationPolicy;

const char* nameOf(Reason reason) {
  switch (reason) {
    case Reason::kPlacement:
      return "placement";
    case Reason::kWarmUp:
      return "warm_up";
    case Reason::kNew:
      return "new";
    case Reason::kPractice:
      return "practice";
    case Reason::kNextStep:
      return "next_step";
    case Reason::kReview:
      return "review";
    case Reason::kConfirm:
      return "confirm";
    case Reason::kEase:
      return "ease";
    case Reason::kBridge:
      return "bridge";
    case Reason::kJump:
      return "jump";
    case Reason::kInBetween:
      return "in_between";
    case Reason::kPinned:
      break;
  }
  return "pinned";
}

Result<std::vector<CurriculumItem>> itemsOf(const Json& record, const char* key, bool optional) {
  std::vector<CurriculumItem> items;
  const auto take = [&](const EntryFields& entry, const Json&) -> Status {
    CurriculumItem item;
    PRIMER_ASSIGN(item.name, entry.name("name"));
    PRIMER_ASSIGN(const auto difficulty, entry.difficulty("difficulty"));
    item.difficulty = difficulty.value_or(item.difficulty);
    items.push_back(std::move(item));
    return {};
  };
  PRIMER_TRY(forEntries(record, key, key, optional, take));
  return items;
}

// Needs are names of the pack's skills, which may come later.
Result<Pack> packOf(const Json& record) {
  PRIMER_ASSIGN(const auto pack_fields, EntryFields::of(record, "pack", 0));
  Pack pack;
  PRIMER_ASSIGN(pack.name, pack_fields.name("pack"));
  PRIMER_ASSIGN(pack.reading, itemsOf(record, "reading", true));
  PRIMER_ASSIGN(pack.listening, itemsOf(record, "listening", true));
  std::map<std::string, std::size_t> places;
  const auto takeSkill = [&](const EntryFields& entry, const Json& json) -> Status {
    knowledge::CurriculumSkill skill;
    PRIMER_ASSIGN(skill.name, entry.name("name"));
    PRIMER_ASSIGN(skill.items, itemsOf(json, "items", false));
    places.emplace(skill.name, pack.skills.size());
    pack.skills.push_back(std::move(skill));
    return {};
  };
  PRIMER_TRY(forEntries(record, "skills", "skill", true, takeSkill));
  const auto takeNeeds = [&](const EntryFields& entry, const Json& json) -> Status {
    PRIMER_ASSIGN(const auto name, entry.name("name"));
    for (const auto& need : json.value("needs", Json::array())) {
      const auto place = need.is_string() ? places.find(need.get<std::string>()) : places.end();
      if (place == places.end()) return entry.wrong("\"needs\" must name skills of the pack");
      pack.skills[places[name]].needs.push_back(place->second);
    }
    return {};
  };
  PRIMER_TRY(forEntries(record, "skills", "skill", true, takeNeeds));
  return pack;
}

// A pack that cannot be meant spoils the whole file: offers without it would be other offers.
Result<Library> readLibrary(const std::string& path) {
  const auto unusable = [&](const std::string& what) {
    return fail(ErrorCode::kDamaged, path + ": " + what);
  };
  std::vector<Pack> packs;
  Status bad;
  PRIMER_TRY(readLines(path, [&](std::size_t number, const Result<Json>& line) {
    auto pack = line.and_then(packOf);
    if (pack) {
      packs.push_back(std::move(*pack));
    } else if (bad) {
      bad = unusable("line " + std::to_string(number) + ": " + pack.error().message);
    }
  }));
  PRIMER_TRY(bad);
  auto library = Library::create(std::move(packs));
  if (!library) return unusable(library.error().message);
  return library;
}

Result<RecommendationPolicy> policyOf(const Json& record) {
  RecommendationPolicy policy;
  const auto found = record.find("policy");
  if (found == record.end()) return policy;
  PRIMER_ASSIGN(const auto fields, EntryFields::of(*found, "policy", 0));
  PRIMER_ASSIGN(const auto target, fields.number("target"));
  policy.target = target.value_or(policy.target);
  if (policy.target < policy.kLeastTarget || policy.target > policy.kMostTarget) {
    return fields.wrong("\"target\" must be 0.6 to 0.95");
  }
  const auto takePin = [&](const EntryFields& entry, const Json&) -> Status {
    RecommendationPolicy::Pin pin;
    PRIMER_ASSIGN(pin.pack, entry.name("pack"));
    PRIMER_ASSIGN(pin.skill, entry.name("skill"));
    policy.pins.push_back(std::move(pin));
    return {};
  };
  PRIMER_TRY(forEntries(*found, "pins", "pin", true, takePin));
  return policy;
}

Result<std::vector<Event>> eventsOf(const Json& record) {
  std::vector<Event> events;
  const auto take = [&](const EntryFields& entry, const Json&) -> Status {
    Event event;
    PRIMER_ASSIGN(event.pack, entry.name("pack"));
    PRIMER_ASSIGN(event.item, entry.name("item"));
    if (entry.has("skill")) {
      PRIMER_ASSIGN(event.skill, entry.name("skill"));
    } else {
      PRIMER_ASSIGN(const auto material, entry.name("material"));
      if (material != "reading" && material != "listening") {
        return entry.wrong("\"material\" must be \"reading\" or \"listening\"");
      }
      event.material = material == "reading" ? Material::kReading : Material::kListening;
    }
    PRIMER_ASSIGN(event.right, entry.verdict("correct"));
    PRIMER_ASSIGN(const auto at, entry.number("at"));
    event.at = at.value_or(events.empty() ? 0 : events.back().at);
    PRIMER_ASSIGN(event.difficulty, entry.difficulty("difficulty"));
    events.push_back(std::move(event));
    return {};
  };
  PRIMER_TRY(forEntries(record, "events", "event", false, take));
  return events;
}

Json jsonOf(const Library& library, const knowledge::Offer& offer) {
  const auto& pack = library.pack(offer.pack);
  const auto& skill = pack.skills[offer.choice.skill];
  Json json = {{"pack", pack.name},
               {"skill", skill.name},
               {"item", skill.items[offer.choice.item].name},
               {"chance", offer.choice.chance},
               {"reason", nameOf(offer.choice.reason)},
               {"recent_right", offer.choice.recent_right},
               {"recent_tries", offer.choice.recent_tries}};
  if (offer.choice.reason == Reason::kBridge) {
    json["towards"] = pack.skills[offer.choice.for_skill].name;
  }
  return json;
}

Json jsonOf(const Library& library, Material material,
            const std::vector<knowledge::TextOffer>& offers) {
  Json list = Json::array();
  for (const auto& offer : offers) {
    const auto& pack = library.pack(offer.pack);
    list.push_back({{"pack", pack.name},
                    {"text", pack.texts(material)[offer.text].name},
                    {"chance", offer.chance},
                    {"harder", offer.harder},
                    {"again", offer.again}});
  }
  return list;
}

int run(const std::string& packs, const Streams& streams) {
  const auto model = knowledge::KnowledgeModel::openShipped();
  if (!model) return reportError(kProgram, model.error());
  const auto library = readLibrary(packs);
  if (!library) return reportError(kProgram, library.error());
  return answerLines(streams, [&](const Json& record, Json& answer) -> Status {
    PRIMER_ASSIGN(const auto events, eventsOf(record));
    PRIMER_ASSIGN(const auto policy, policyOf(record));
    double latest = events.empty() ? 0 : events.back().at;
    if (const auto now = record.find("now"); now != record.end() && now->is_number()) {
      latest = now->get<double>();
    }
    const auto found = knowledge::recommend(*library, *model, events, policy, latest);
    const auto door = [&](const std::optional<knowledge::Offer>& offer) {
      return offer ? jsonOf(*library, *offer) : Json();
    };
    const bool any = library->curriculum().size() > 0;
    answer["go_on"] = any ? jsonOf(*library, found.go_on) : Json();
    answer["review"] = door(found.review);
    answer["something_new"] = door(found.something_new);
    answer["reading"] = jsonOf(*library, Material::kReading, found.reading);
    answer["listening"] = jsonOf(*library, Material::kListening, found.listening);
    return {};
  });
}

}  // namespace

Verb addRecommend(CLI::App& command, const Streams& streams) {
  auto packs = std::make_shared<std::string>();
  command
      .add_option("--packs", *packs,
                  "the tablet's packs, one a line: "
                  "{\"pack\",\"skills\":[{\"name\",\"needs\",\"items\":[{\"name\","
                  "\"difficulty\"}]}],\"reading\":[{\"name\",\"difficulty\"}],\"listening\":[...]}")
      ->required();
  return [packs, &streams] { return run(*packs, streams); };
}

}  // namespace primer::batch
