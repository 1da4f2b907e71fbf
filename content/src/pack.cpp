#include "primer/content/pack.h"

#include <flatbuffers/flatbuffers.h>
#include <pack_generated.h>  // made from schema/pack.fbs
#include <zlib.h>

#include <string>

namespace primer::content {

namespace {

Error damaged(const std::string& what) {
  return Error(ErrorCode::kDamaged, "lesson pack: " + what, "lesson.damaged");
}

std::uint32_t checksumOf(const std::uint8_t* bytes, std::size_t size) {
  return static_cast<std::uint32_t>(
      ::crc32(::crc32(0, nullptr, 0), bytes, static_cast<uInt>(size)));
}

// ---- Lesson -> FlatBuffers -------------------------------------------------------------------

using Builder = flatbuffers::FlatBufferBuilder;

auto writeTexts(Builder& out, const std::vector<std::string>& texts) {
  return out.CreateVectorOfStrings(texts);
}

auto writeNumbers(Builder& out, const NumberSet& set) {
  std::vector<format::Range> ranges;
  ranges.reserve(set.ranges.size());
  for (const auto& range : set.ranges) ranges.emplace_back(range.low, range.high);
  return out.CreateVectorOfStructs(ranges);
}

auto writeLevel(Builder& out, const Level& level) {
  const auto a = writeNumbers(out, level.a);
  const auto b = writeNumbers(out, level.b);
  const auto answer = writeNumbers(out, level.answer);
  flatbuffers::Offset<flatbuffers::Vector<flatbuffers::Offset<flatbuffers::String>>> hints;
  if (level.hints) hints = writeTexts(out, {level.hints->begin(), level.hints->end()});
  return format::CreateLevel(out, static_cast<std::uint16_t>(level.difficulty), a, b, answer,
                             static_cast<format::Crossing>(level.crosses_ten), level.either_order,
                             hints, static_cast<std::uint8_t>(level.hardness));
}

auto writeSkill(Builder& out, const Skill& skill) {
  std::vector<flatbuffers::Offset<format::Level>> levels;
  levels.reserve(skill.levels.size());
  for (const auto& level : skill.levels) levels.push_back(writeLevel(out, level));
  const auto id = out.CreateString(skill.id);
  const auto title = out.CreateString(skill.title);
  const auto did = out.CreateString(skill.did);
  const auto prompt = out.CreateString(skill.prompt);
  const auto spoken = out.CreateString(skill.spoken);
  const auto hints = writeTexts(out, {skill.hints.begin(), skill.hints.end()});
  const auto needs = writeTexts(out, skill.needs);
  const auto level_vector = out.CreateVector(levels);
  flatbuffers::Offset<flatbuffers::String> exercise;
  flatbuffers::Offset<flatbuffers::String> request;
  flatbuffers::Offset<flatbuffers::String> explain;
  if (skill.isWorked()) {
    exercise = out.CreateString(skill.exercise);
    request = out.CreateString(skill.request);
    explain = out.CreateString(skill.explain);
  }
  return format::CreateSkill(out, id, title, did, static_cast<format::Operation>(skill.operation),
                             prompt, spoken, hints, needs, level_vector, exercise, request,
                             explain);
}

flatbuffers::DetachedBuffer writeLesson(const Lesson& lesson) {
  Builder out;
  std::vector<flatbuffers::Offset<format::Skill>> skills;
  skills.reserve(lesson.skills.size());
  for (const auto& skill : lesson.skills) skills.push_back(writeSkill(out, skill));
  const auto id = out.CreateString(lesson.id);
  const auto title = out.CreateString(lesson.title);
  const auto about = out.CreateString(lesson.about);
  const auto language = out.CreateString(lesson.language);
  const auto request = out.CreateString(lesson.request);
  const auto right = writeTexts(out, lesson.right);
  const auto not_yet = writeTexts(out, lesson.not_yet);
  const auto laid_aside = writeTexts(out, lesson.laid_aside);
  const auto skill_vector = out.CreateVector(skills);
  out.Finish(format::CreateLesson(
      out, id, title, about, language, static_cast<std::uint8_t>(lesson.youngest),
      static_cast<std::uint8_t>(lesson.oldest), request, right, not_yet, laid_aside, skill_vector));
  return out.Release();
}

// ---- FlatBuffers -> Lesson -------------------------------------------------------------------

std::vector<std::string> readTexts(
    const flatbuffers::Vector<flatbuffers::Offset<flatbuffers::String>>* texts) {
  std::vector<std::string> found;
  if (texts == nullptr) return found;
  for (const auto* text : *texts) found.push_back(text->str());
  return found;
}

// Through the text form, so that a pack cannot hold a set that no source could.
Result<NumberSet> readNumbers(const flatbuffers::Vector<const format::Range*>* ranges) {
  if (ranges == nullptr || ranges->size() == 0) return NumberSet{};
  if (ranges->size() > 50) return fail(damaged("a limit has more than 50 parts"));
  NumberSet written;
  for (const auto* range : *ranges) written.ranges.push_back({range->low(), range->high()});
  auto parsed = NumberSet::parse(written.text());
  if (!parsed || *parsed != written) return fail(damaged("a limit is not in order"));
  return written;
}

Result<Hints> readHints(
    const flatbuffers::Vector<flatbuffers::Offset<flatbuffers::String>>& texts) {
  Hints hints;
  if (texts.size() != hints.size()) return fail(damaged("not three hints"));
  for (flatbuffers::uoffset_t i = 0; i < texts.size(); ++i) hints[i] = texts.Get(i)->str();
  return hints;
}

Result<Level> readLevel(const format::Level& level) {
  Level read;
  read.difficulty = level.difficulty();
  PRIMER_ASSIGN(read.a, readNumbers(level.a()));
  PRIMER_ASSIGN(read.b, readNumbers(level.b()));
  PRIMER_ASSIGN(read.answer, readNumbers(level.answer()));
  if (level.crosses_ten() > format::Crossing_MAX) return fail(damaged("unknown crossing"));
  read.crosses_ten = static_cast<Crossing>(level.crosses_ten());
  read.either_order = level.either_order();
  read.hardness = level.hardness();
  if (level.hints() != nullptr) {
    PRIMER_ASSIGN(read.hints, readHints(*level.hints()));
  }
  return read;
}

Result<Skill> readSkill(const format::Skill& skill) {
  Skill read;
  read.id = skill.id()->str();
  read.title = skill.title()->str();
  read.did = skill.did()->str();
  if (skill.operation() > format::Operation_MAX) return fail(damaged("unknown operation"));
  read.operation = static_cast<Operation>(skill.operation());
  read.prompt = skill.prompt()->str();
  read.spoken = skill.spoken()->str();
  PRIMER_ASSIGN(read.hints, readHints(*skill.hints()));
  read.needs = readTexts(skill.needs());
  if (skill.exercise() != nullptr) read.exercise = skill.exercise()->str();
  if (skill.request() != nullptr) read.request = skill.request()->str();
  if (skill.explain() != nullptr) read.explain = skill.explain()->str();
  for (const auto* level : *skill.levels()) {
    PRIMER_ASSIGN(auto read_level, readLevel(*level));
    read.levels.push_back(std::move(read_level));
  }
  return read;
}

Result<Lesson> readLesson(const format::Lesson& lesson) {
  Lesson read;
  read.id = lesson.id()->str();
  read.title = lesson.title()->str();
  read.about = lesson.about()->str();
  read.language = lesson.language()->str();
  read.youngest = lesson.youngest();
  read.oldest = lesson.oldest();
  read.request = lesson.request()->str();
  read.right = readTexts(lesson.right());
  read.not_yet = readTexts(lesson.not_yet());
  read.laid_aside = readTexts(lesson.laid_aside());
  for (const auto* skill : *lesson.skills()) {
    PRIMER_ASSIGN(auto read_skill, readSkill(*skill));
    read.skills.push_back(std::move(read_skill));
  }
  return read;
}

constexpr flatbuffers::uoffset_t kMaxDepth = 8;
constexpr flatbuffers::uoffset_t kMaxTables = 10'000;

}  // namespace

Result<std::vector<std::byte>> compilePack(const Lesson& lesson) {
  if (const auto faults = checkLesson(lesson); !faults.empty()) {
    return fail(ErrorCode::kInvalidArgument, faults[0].field + ": " + faults[0].what);
  }
  const auto inner = writeLesson(lesson);
  Builder out;
  // The lesson is read in place: it needs the alignment that its own builder gave it.
  out.ForceVectorAlignment(inner.size(), 1, 8);
  const auto bytes = out.CreateVector(inner.data(), inner.size());
  out.Finish(format::CreatePack(out, kPackVersion, checksumOf(inner.data(), inner.size()), bytes),
             format::PackIdentifier());
  const auto all = std::as_bytes(std::span(out.GetBufferPointer(), out.GetSize()));
  if (all.size() > kMaxPackBytes) {
    return fail(ErrorCode::kLimitExceeded, "the pack would be larger than 4 MiB");
  }
  return std::vector<std::byte>(all.begin(), all.end());
}

Result<Lesson> openPack(std::span<const std::byte> bytes) {
  if (bytes.size() > kMaxPackBytes) {
    return fail(ErrorCode::kLimitExceeded, "lesson pack: larger than 4 MiB", "lesson.damaged");
  }
  if (bytes.size() < 16) return fail(damaged("cut short"));
  const auto* data = reinterpret_cast<const std::uint8_t*>(bytes.data());
  if (!format::PackBufferHasIdentifier(data)) return fail(damaged("this is not a lesson pack"));
  flatbuffers::Verifier verifier(data, bytes.size(), kMaxDepth, kMaxTables);
  if (!verifier.VerifyBuffer<format::Pack>(format::PackIdentifier())) {
    return fail(damaged("cut short or altered"));
  }
  const auto* pack = format::GetPack(data);
  if (pack->version() > kPackVersion) {
    return fail(ErrorCode::kNewerVersion,
                "lesson pack: version " + std::to_string(pack->version()) +
                    "; this program reads up to " + std::to_string(kPackVersion),
                "lesson.newer");
  }
  if (pack->version() != kPackVersion) return fail(damaged("has no version"));
  const auto* inner = pack->lesson();
  if (checksumOf(inner->data(), inner->size()) != pack->checksum()) {
    return fail(damaged("the checksum does not fit: a byte was altered"));
  }
  flatbuffers::Verifier inner_verifier(inner->data(), inner->size(), kMaxDepth, kMaxTables);
  if (!inner_verifier.VerifyBuffer<format::Lesson>(nullptr)) {
    return fail(damaged("the lesson inside is malformed"));
  }
  PRIMER_ASSIGN(auto lesson, readLesson(*flatbuffers::GetRoot<format::Lesson>(inner->data())));
  if (const auto faults = checkLesson(lesson); !faults.empty()) {
    return fail(damaged(faults[0].field + ": " + faults[0].what));
  }
  return lesson;
}

Result<Lesson> openPack(const std::filesystem::path& path, FileSystem& files) {
  auto bytes = files.read(path, kMaxPackBytes);
  if (!bytes) {
    auto error = bytes.error();
    error.key = error.code == ErrorCode::kNotFound ? "lesson.missing" : "lesson.damaged";
    return fail(error);
  }
  auto lesson = openPack(*bytes);
  if (!lesson) return fail(lesson.error().withContext(path.string()));
  return lesson;
}

}  // namespace primer::content
