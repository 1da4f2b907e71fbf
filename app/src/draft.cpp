#include "draft.h"

#include <QCborArray>
#include <QCborMap>
#include <QCborValue>
#include <algorithm>

#include "primer/app/ink_codec.h"

namespace primer::app {

namespace {

constexpr int kVersion = 1;
constexpr int kMostItems = 1000;  // of anything that is counted in a set
constexpr int kLastDoor = static_cast<int>(DoorKind::kSomethingNew);

QByteArray inkBytes(const Ink& ink) {
  if (ink.empty()) return {};
  // Ink beyond the codec's bounds cannot be read either: the page does not take as much.
  const auto bytes = encodeInk(ink).value_or(std::vector<std::byte>());
  return {reinterpret_cast<const char*>(bytes.data()), static_cast<qsizetype>(bytes.size())};
}

QString text(const std::string& utf8) { return QString::fromStdString(utf8); }

// Reads fields and remembers whether one was not what it should be.
class Reader {
 public:
  explicit Reader(bool& good) : good_(good) {}

  int number(const QCborMap& map, const char* key, int least, int most) {
    const auto value = map[QLatin1String(key)];
    const auto number = value.toInteger(static_cast<qint64>(least) - 1);
    if (value.isInteger() && number >= least && number <= most) return static_cast<int>(number);
    good_ = false;
    return least;
  }
  bool truth(const QCborMap& map, const char* key) {
    const auto value = map[QLatin1String(key)];
    if (!value.isBool()) good_ = false;
    return value.toBool();
  }
  QString string(const QCborMap& map, const char* key) {
    const auto value = map[QLatin1String(key)];
    if (!value.isString()) good_ = false;
    return value.toString();
  }
  QCborArray list(const QCborMap& map, const char* key) {
    const auto list = map[QLatin1String(key)].toArray();
    if (!map[QLatin1String(key)].isArray() || list.size() > kMostItems) {
      good_ = false;
      return {};
    }
    return list;
  }
  Ink ink(const QCborMap& map, const char* key) {
    const auto bytes = map[QLatin1String(key)].toByteArray();
    if (bytes.isEmpty()) return {};
    auto ink = decodeInk(std::as_bytes(std::span(bytes.data(), static_cast<size_t>(bytes.size()))));
    if (!ink) good_ = false;
    return std::move(ink).value_or(Ink());
  }

 private:
  bool& good_;
};

QCborMap mapOf(const SheetWork& work) {
  QCborArray earlier;
  for (const auto& one : work.earlier) {
    earlier.append(
        QCborMap{{QStringLiteral("ink"), inkBytes(one.ink)}, {QStringLiteral("read"), one.read}});
  }
  QCborMap map{{QStringLiteral("ink"), inkBytes(work.ink)},
               {QStringLiteral("keys"), work.keys},
               {QStringLiteral("typed"), QCborArray::fromStringList(work.typed)},
               {QStringLiteral("earlier"), earlier}};
  if (work.reply) {
    QCborArray places;
    for (const int place : work.reply->places) places.append(place);
    map[QStringLiteral("reply")] = QCborMap{{QStringLiteral("places"), places},
                                            {QStringLiteral("at"), work.reply->at},
                                            {QStringLiteral("text"), work.reply->text}};
  }
  return map;
}

SheetWork workOf(const QCborMap& map, Reader& read) {
  SheetWork work;
  work.ink = read.ink(map, "ink");
  work.keys = read.truth(map, "keys");
  for (const auto& line : read.list(map, "typed")) work.typed.append(line.toString());
  for (const auto& one : read.list(map, "earlier")) {
    const auto fields = one.toMap();
    work.earlier.append({read.ink(fields, "ink"), read.string(fields, "read")});
  }
  const auto reply = map[QStringLiteral("reply")];
  if (!reply.isMap()) return work;
  work.reply.emplace();
  for (const auto& place : read.list(reply.toMap(), "places")) {
    work.reply->places.append(static_cast<int>(place.toInteger(-1)));
  }
  work.reply->at = static_cast<int>(reply.toMap()[QStringLiteral("at")].toInteger());
  work.reply->text = read.string(reply.toMap(), "text");
  return work;
}

QCborArray listOf(const std::vector<Confirmed>& said) {
  QCborArray list;
  for (const auto& one : said) {
    QCborArray strokes;
    for (const auto stroke : one.strokes) strokes.append(static_cast<qint64>(stroke));
    list.append(QCborMap{{QStringLiteral("strokes"), strokes},
                         {QStringLiteral("text"), text(one.text)},
                         {QStringLiteral("box"),
                          QCborArray{one.box.left, one.box.top, one.box.right, one.box.bottom}}});
  }
  return list;
}

Confirmed confirmedOf(const QCborMap& map, Reader& read) {
  Confirmed one;
  one.text = read.string(map, "text").toStdString();
  for (const auto& stroke : read.list(map, "strokes")) {
    one.strokes.push_back(static_cast<std::size_t>(std::max<qint64>(0, stroke.toInteger())));
  }
  const auto box = read.list(map, "box");
  const auto side = [&box](qsizetype i) { return static_cast<float>(box.at(i).toDouble()); };
  one.box = {side(0), side(1), side(2), side(3)};
  return one;
}

QCborArray listOf(const std::vector<Draft::Done>& set) {
  QCborArray list;
  for (const auto& done : set) {
    list.append(QCborMap{{QStringLiteral("skill"), text(done.skill)},
                         {QStringLiteral("tries"), done.tries},
                         {QStringLiteral("hints"), done.hints},
                         {QStringLiteral("for_teacher"), done.for_teacher},
                         {QStringLiteral("quiet"), done.quiet},
                         {QStringLiteral("right"), done.shown.right},
                         {QStringLiteral("prompt"), done.shown.prompt},
                         {QStringLiteral("answer"), done.shown.answer},
                         {QStringLiteral("ink"), inkBytes(done.shown.ink)}});
  }
  return list;
}

Draft::Done doneOf(const QCborMap& map, Reader& read) {
  Draft::Done done;
  done.skill = read.string(map, "skill").toStdString();
  done.tries = read.number(map, "tries", 0, kMostItems);
  done.hints = read.number(map, "hints", 0, kMostItems);
  done.for_teacher = read.truth(map, "for_teacher");
  done.quiet = map.contains(QStringLiteral("quiet")) && read.truth(map, "quiet");  // newer than v1
  done.shown.right = read.truth(map, "right");
  done.shown.prompt = read.string(map, "prompt");
  done.shown.answer = read.string(map, "answer");
  done.shown.ink = read.ink(map, "ink");
  done.shown.tries = done.tries;
  return done;
}

}  // namespace

std::vector<std::byte> encodeDraft(const Draft& draft) {
  QCborArray prompts;
  for (const auto& prompt : draft.prompts) prompts.append(text(prompt));
  QCborArray told;
  for (const auto& line : draft.told) {
    told.append(QCborMap{{QStringLiteral("text"), text(line.text)},
                         {QStringLiteral("attempt"), line.attempt},
                         {QStringLiteral("kept"), line.kept}});
  }
  QCborArray events;
  for (const auto& [attempt, id] : draft.events_of_tries) {
    events.append(
        QCborMap{{QStringLiteral("attempt"), attempt}, {QStringLiteral("event"), text(id.hex())}});
  }
  const QCborMap map{{QStringLiteral("v"), kVersion},
                     {QStringLiteral("door"), static_cast<int>(draft.door)},
                     {QStringLiteral("chosen"), text(draft.chosen_skill)},
                     {QStringLiteral("walk"), draft.walk},
                     {QStringLiteral("shown"), draft.shown_in_set},
                     {QStringLiteral("set"), listOf(draft.set)},
                     {QStringLiteral("prompts"), prompts},
                     {QStringLiteral("item"), text(draft.item)},
                     {QStringLiteral("open"), draft.open},
                     {QStringLiteral("reason"), text(draft.reason)},
                     {QStringLiteral("taken"), static_cast<qint64>(draft.taken.count())},
                     {QStringLiteral("tries"), draft.tries},
                     {QStringLiteral("rung"), draft.rung},
                     {QStringLiteral("help_row"), draft.help_row},
                     {QStringLiteral("told"), told},
                     {QStringLiteral("confirmed"), listOf(draft.confirmed)},
                     {QStringLiteral("events"), events},
                     {QStringLiteral("work"), mapOf(draft.work)}};
  const auto bytes = QCborValue(map).toCbor();
  const auto view = std::as_bytes(std::span(bytes.data(), static_cast<std::size_t>(bytes.size())));
  return {view.begin(), view.end()};
}

Result<Draft> decodeDraft(std::span<const std::byte> bytes) {
  QCborParserError error;
  const auto value = QCborValue::fromCbor(
      QByteArray(reinterpret_cast<const char*>(bytes.data()), static_cast<qsizetype>(bytes.size())),
      &error);
  if (error.error != QCborError::NoError || !value.isMap()) {
    return fail(ErrorCode::kDamaged, "an unfinished sheet is no CBOR map", "draft.damaged");
  }
  const auto map = value.toMap();
  if (const auto version = map[QStringLiteral("v")].toInteger(); version != kVersion) {
    return fail(version > kVersion ? ErrorCode::kNewerVersion : ErrorCode::kDamaged,
                "an unfinished sheet of version " + std::to_string(version), "draft.damaged");
  }
  bool good = true;
  Reader read(good);
  Draft draft;
  draft.door = static_cast<DoorKind>(read.number(map, "door", 0, kLastDoor));
  draft.chosen_skill = read.string(map, "chosen").toStdString();
  draft.walk = read.truth(map, "walk");
  draft.shown_in_set = read.number(map, "shown", 1, kMostItems);
  for (const auto& done : read.list(map, "set")) draft.set.push_back(doneOf(done.toMap(), read));
  for (const auto& prompt : read.list(map, "prompts")) {
    draft.prompts.push_back(prompt.toString().toStdString());
  }
  draft.item = read.string(map, "item").toStdString();
  draft.open = read.truth(map, "open");
  draft.reason = read.string(map, "reason").toStdString();
  draft.taken =
      std::chrono::milliseconds(std::max<qint64>(0, map[QStringLiteral("taken")].toInteger()));
  draft.tries = read.number(map, "tries", 0, kMostItems);
  draft.rung = read.number(map, "rung", 0, 3);
  draft.help_row = read.number(map, "help_row", -1, kMostItems);
  for (const auto& line : read.list(map, "told")) {
    draft.told.push_back({read.string(line.toMap(), "text").toStdString(),
                          read.number(line.toMap(), "attempt", 0, kMostItems),
                          read.truth(line.toMap(), "kept")});
  }
  // Sheets that were begun before this was kept do not have it.
  if (map.contains(QStringLiteral("confirmed"))) {
    for (const auto& one : read.list(map, "confirmed")) {
      draft.confirmed.push_back(confirmedOf(one.toMap(), read));
    }
  }
  for (const auto& event : read.list(map, "events")) {
    const auto id = storage::EventId::fromHex(read.string(event.toMap(), "event").toStdString());
    if (!id) good = false;
    if (id) draft.events_of_tries[read.number(event.toMap(), "attempt", 0, kMostItems)] = *id;
  }
  draft.work = workOf(map[QStringLiteral("work")].toMap(), read);
  if (!good) {
    return fail(ErrorCode::kDamaged, "a field of an unfinished sheet cannot be meant",
                "draft.damaged");
  }
  return draft;
}

}  // namespace primer::app
