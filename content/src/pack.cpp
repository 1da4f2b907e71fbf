#include "primer/content/pack.h"

#include <flatbuffers/flatbuffers.h>
#include <pack_generated.h>  // made from schema/pack.fbs
#include <zlib.h>

#include <string>

#include "pack_writer.h"

namespace primer::content {

namespace {

Error damaged(const std::string& what) {
  return Error(ErrorCode::kDamaged, "lesson pack: " + what, "lesson.damaged");
}

std::uint32_t checksumOf(const std::uint8_t* bytes, std::size_t size) {
  return static_cast<std::uint32_t>(
      ::crc32(::crc32(0, nullptr, 0), bytes, static_cast<uInt>(size)));
}

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

std::string readText(const flatbuffers::String* text) { return text == nullptr ? "" : text->str(); }

Result<Picture> readPicture(const format::Picture& picture) {
  Picture read;
  if (picture.kind() > format::PictureKind_MAX) return fail(damaged("unknown picture"));
  read.kind = static_cast<PictureKind>(picture.kind());
  read.low = picture.low();
  read.high = picture.high();
  read.parts = picture.parts();
  read.ruler = picture.ruler();
  read.columns = picture.columns();
  read.rows = picture.rows();
  read.first = picture.first();
  read.step = picture.step();
  read.down = picture.down();
  read.drawing = readText(picture.drawing());
  read.values = readTexts(picture.values());
  read.titles = readTexts(picture.titles());
  for (const auto* place : *picture.places()) {
    read.places.push_back({place->at()->str(), readText(place->says())});
  }
  return read;
}

Result<Example> readExample(
    const flatbuffers::Vector<flatbuffers::Offset<flatbuffers::String>>* written_lines,
    const flatbuffers::Vector<flatbuffers::Offset<flatbuffers::String>>* written_words) {
  Example read;
  const auto lines = readTexts(written_lines);
  const auto words = readTexts(written_words);
  if (lines.size() != words.size()) return fail(damaged("an example without its words"));
  for (std::size_t i = 0; i < lines.size(); ++i) read.steps.push_back({lines[i], words[i]});
  return read;
}

Result<Question> readQuestion(const format::Question& question) {
  Question read;
  read.id = question.id()->str();
  read.text = question.text()->str();
  read.spoken = readText(question.spoken());
  if (question.answering() > format::Answering_MAX) return fail(damaged("unknown answering"));
  read.answering = static_cast<Answering>(question.answering());
  if (question.options() != nullptr) {
    for (const auto* option : *question.options()) {
      read.options.push_back({option->text()->str(), option->right(), readText(option->partner()),
                              readText(option->says()), readText(option->drawn())});
    }
  }
  read.line = {question.low(), question.high(), question.parts(), question.at()};
  read.number = readText(question.number());
  read.tolerance = readText(question.tolerance());
  read.unit = readText(question.unit());
  read.references = readTexts(question.references());
  read.why = question.why()->str();
  PRIMER_ASSIGN(read.hints, readHints(*question.hints()));
  if (question.picture() != nullptr) {
    PRIMER_ASSIGN(read.picture, readPicture(*question.picture()));
  }
  return read;
}

Story readStory(const format::Story& story) {
  Story read{story.id()->str(),
             story.title()->str(),
             readTexts(story.paragraphs()),
             {},
             readText(story.picture())};
  for (const auto* question : *story.questions()) {
    read.questions.push_back(
        {question->ask()->str(), question->right()->str(), readTexts(question->wrong())});
  }
  return read;
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
  if (level.questions() != nullptr) {
    for (const auto* question : *level.questions()) {
      PRIMER_ASSIGN(auto read_question, readQuestion(*question));
      read.questions.push_back(std::move(read_question));
    }
  }
  if (level.hints() != nullptr) {
    PRIMER_ASSIGN(read.hints, readHints(*level.hints()));
  }
  PRIMER_ASSIGN(read.example, readExample(level.example_lines(), level.example_words()));
  if (level.sayings() != nullptr) {
    for (const auto* saying : *level.sayings()) {
      read.sayings.push_back({saying->text()->str(), readText(saying->other())});
    }
  }
  if (level.stories() != nullptr) {
    for (const auto* story : *level.stories()) read.stories.push_back(readStory(*story));
  }
  return read;
}

Result<Skill> readSkill(const format::Skill& skill) {
  Skill read;
  read.id = skill.id()->str();
  read.title = skill.title()->str();
  read.did = skill.did()->str();
  if (skill.kind() > format::Kind_MAX) return fail(damaged("unknown kind"));
  read.kind = static_cast<Kind>(skill.kind());
  if (skill.operation() > format::Operation_MAX) return fail(damaged("unknown operation"));
  read.operation = static_cast<Operation>(skill.operation());
  read.prompt = skill.prompt()->str();
  read.spoken = skill.spoken()->str();
  PRIMER_ASSIGN(read.hints, readHints(*skill.hints()));
  read.needs = readTexts(skill.needs());
  read.exercise = readText(skill.exercise());
  read.request = readText(skill.request());
  read.explain = readText(skill.explain());
  PRIMER_ASSIGN(read.example, readExample(skill.example_lines(), skill.example_words()));
  read.example.problem = readText(skill.example_problem());
  read.sound = readText(skill.sound());
  for (const auto* level : *skill.levels()) {
    PRIMER_ASSIGN(auto read_level, readLevel(*level));
    read.levels.push_back(std::move(read_level));
  }
  return read;
}

// Counted before anything is copied: many recordings may share the same bytes of a small pack.
Result<std::vector<Recording>> readRecordings(
    const flatbuffers::Vector<flatbuffers::Offset<format::Recording>>* written) {
  std::vector<Recording> read;
  if (written == nullptr) return read;
  if (written->size() > kMostRecordings) return fail(damaged("more than 400 recordings"));
  std::uint64_t bytes = 0;
  for (const auto* recording : *written) {
    bytes += recording->sound()->size() + recording->text()->size();
    if (bytes > kMaxPackBytes) return fail(damaged("recordings lie over each other"));
    const auto sound =
        std::as_bytes(std::span(recording->sound()->data(), recording->sound()->size()));
    read.push_back({recording->text()->str(), {sound.begin(), sound.end()}});
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
  PRIMER_ASSIGN(read.recordings, readRecordings(lesson.recordings()));
  return read;
}

// What the lesson needs and no more: older programs go on reading what they can understand.
std::uint32_t versionFor(const Lesson& lesson) {
  for (const auto& skill : lesson.skills) {
    for (const auto& level : skill.levels) {
      for (const auto& question : level.questions) {
        if (question.answering == Answering::kPlace) return kPackVersion;
      }
    }
  }
  return 1;
}

constexpr flatbuffers::uoffset_t kMaxDepth = 8;
constexpr flatbuffers::uoffset_t kMaxTables = 10'000;

}  // namespace

Result<std::vector<std::byte>> compilePack(const Lesson& lesson) {
  if (const auto faults = checkLesson(lesson); !faults.empty()) {
    return fail(ErrorCode::kInvalidArgument, faults[0].field + ": " + faults[0].what);
  }
  const auto inner = writeLesson(lesson);
  flatbuffers::FlatBufferBuilder out;
  // The lesson is read in place: it needs the alignment that its own builder gave it.
  out.ForceVectorAlignment(inner.size(), 1, 8);
  const auto bytes = out.CreateVector(inner.data(), inner.size());
  out.Finish(
      format::CreatePack(out, versionFor(lesson), checksumOf(inner.data(), inner.size()), bytes),
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
  if (pack->version() == 0) return fail(damaged("has no version"));
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
