#include "pack_writer.h"

#include <pack_generated.h>  // made from schema/pack.fbs

#include <string>
#include <vector>

namespace primer::content {

namespace {

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

auto writePicture(Builder& out, const Picture& picture) {
  std::vector<flatbuffers::Offset<format::Place>> places;
  places.reserve(picture.places.size());
  for (const auto& place : picture.places) {
    const auto at = out.CreateString(place.at);
    flatbuffers::Offset<flatbuffers::String> says;
    if (!place.says.empty()) says = out.CreateString(place.says);
    places.push_back(format::CreatePlace(out, at, says));
  }
  const auto drawing = out.CreateString(picture.drawing);
  const auto values = writeTexts(out, picture.values);
  const auto titles = writeTexts(out, picture.titles);
  return format::CreatePicture(out, static_cast<format::PictureKind>(picture.kind), picture.low,
                               picture.high, picture.parts, picture.ruler, picture.columns,
                               picture.rows, picture.first, picture.step, picture.down, drawing,
                               values, titles, out.CreateVector(places));
}

auto writeQuestion(Builder& out, const Question& question) {
  std::vector<flatbuffers::Offset<format::Option>> options;
  options.reserve(question.options.size());
  for (const auto& option : question.options) {
    const auto text = out.CreateString(option.text);
    const auto partner = out.CreateString(option.partner);
    const auto says = out.CreateString(option.says);
    flatbuffers::Offset<flatbuffers::String> drawn;
    if (!option.drawn.empty()) drawn = out.CreateString(option.drawn);
    options.push_back(format::CreateOption(out, text, option.right, partner, says, drawn));
  }
  const auto id = out.CreateString(question.id);
  const auto text = out.CreateString(question.text);
  const auto spoken = out.CreateString(question.spoken);
  const auto option_vector = out.CreateVector(options);
  const auto number = out.CreateString(question.number);
  const auto tolerance = out.CreateString(question.tolerance);
  const auto unit = out.CreateString(question.unit);
  const auto references = writeTexts(out, question.references);
  const auto why = out.CreateString(question.why);
  const auto hints = writeTexts(out, {question.hints.begin(), question.hints.end()});
  const auto& line = question.line;
  flatbuffers::Offset<format::Picture> picture;
  if (question.picture) picture = writePicture(out, *question.picture);
  return format::CreateQuestion(out, id, text, spoken,
                                static_cast<format::Answering>(question.answering), option_vector,
                                line.low, line.high, line.parts, line.at, number, tolerance, unit,
                                references, why, hints, picture);
}

auto writeSayings(Builder& out, const std::vector<Saying>& sayings) {
  std::vector<flatbuffers::Offset<format::Saying>> written;
  written.reserve(sayings.size());
  for (const auto& saying : sayings) {
    const auto text = out.CreateString(saying.text);
    flatbuffers::Offset<flatbuffers::String> other;
    if (!saying.other.empty()) other = out.CreateString(saying.other);
    written.push_back(format::CreateSaying(out, text, other));
  }
  return out.CreateVector(written);
}

auto writeStory(Builder& out, const Story& story) {
  std::vector<flatbuffers::Offset<format::StoryQuestion>> questions;
  questions.reserve(story.questions.size());
  for (const auto& question : story.questions) {
    const auto ask = out.CreateString(question.ask);
    const auto right = out.CreateString(question.right);
    const auto wrong = writeTexts(out, question.wrong);
    questions.push_back(format::CreateStoryQuestion(out, ask, right, wrong));
  }
  const auto id = out.CreateString(story.id);
  const auto title = out.CreateString(story.title);
  const auto paragraphs = writeTexts(out, story.paragraphs);
  const auto picture = story.picture.empty() ? 0 : out.CreateString(story.picture);
  return format::CreateStory(out, id, title, paragraphs, out.CreateVector(questions), picture);
}

auto writeStories(Builder& out, const std::vector<Story>& stories) {
  std::vector<flatbuffers::Offset<format::Story>> written;
  written.reserve(stories.size());
  for (const auto& story : stories) written.push_back(writeStory(out, story));
  return out.CreateVector(written);
}

// A line and its words for every step.
struct ExampleTexts {
  std::vector<std::string> lines, words;
};

ExampleTexts textsOf(const Example& example) {
  ExampleTexts texts;
  for (const auto& step : example.steps) {
    texts.lines.push_back(step.line);
    texts.words.push_back(step.words);
  }
  return texts;
}

auto writeLevel(Builder& out, const Level& level) {
  const auto a = writeNumbers(out, level.a);
  const auto b = writeNumbers(out, level.b);
  const auto answer = writeNumbers(out, level.answer);
  flatbuffers::Offset<flatbuffers::Vector<flatbuffers::Offset<flatbuffers::String>>> hints;
  if (level.hints) hints = writeTexts(out, {level.hints->begin(), level.hints->end()});
  std::vector<flatbuffers::Offset<format::Question>> questions;
  questions.reserve(level.questions.size());
  for (const auto& question : level.questions) questions.push_back(writeQuestion(out, question));
  const auto question_vector = out.CreateVector(questions);
  flatbuffers::Offset<flatbuffers::Vector<flatbuffers::Offset<format::Saying>>> sayings;
  if (!level.sayings.empty()) sayings = writeSayings(out, level.sayings);
  flatbuffers::Offset<flatbuffers::Vector<flatbuffers::Offset<format::Story>>> stories;
  if (!level.stories.empty()) stories = writeStories(out, level.stories);
  flatbuffers::Offset<flatbuffers::Vector<flatbuffers::Offset<flatbuffers::String>>> lines;
  flatbuffers::Offset<flatbuffers::Vector<flatbuffers::Offset<flatbuffers::String>>> words;
  if (!level.example.steps.empty()) {
    const auto example = textsOf(level.example);
    lines = writeTexts(out, example.lines);
    words = writeTexts(out, example.words);
  }
  return format::CreateLevel(out, static_cast<std::uint16_t>(level.difficulty), a, b, answer,
                             static_cast<format::Crossing>(level.crosses_ten), level.either_order,
                             hints, static_cast<std::uint8_t>(level.hardness), question_vector,
                             sayings, stories, lines, words);
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
  flatbuffers::Offset<flatbuffers::String> sound;
  if (!skill.sound.empty()) sound = out.CreateString(skill.sound);
  if (skill.kind == Kind::kWorking) exercise = out.CreateString(skill.exercise);
  if (!skill.request.empty()) request = out.CreateString(skill.request);
  if (!skill.explain.empty()) explain = out.CreateString(skill.explain);
  const auto example = textsOf(skill.example);
  const auto example_problem = out.CreateString(skill.example.problem);
  const auto example_lines = writeTexts(out, example.lines);
  const auto example_words = writeTexts(out, example.words);
  return format::CreateSkill(out, id, title, did, static_cast<format::Operation>(skill.operation),
                             prompt, spoken, hints, needs, level_vector, exercise, request, explain,
                             static_cast<format::Kind>(skill.kind), example_problem, example_lines,
                             example_words, sound);
}

auto writeRecordings(Builder& out, const std::vector<Recording>& recordings) {
  std::vector<flatbuffers::Offset<format::Recording>> written;
  written.reserve(recordings.size());
  for (const auto& [text, sound] : recordings) {
    const auto words = out.CreateString(text);
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(sound.data());
    written.push_back(format::CreateRecording(out, words, out.CreateVector(bytes, sound.size())));
  }
  return out.CreateVector(written);
}

}  // namespace

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
  flatbuffers::Offset<flatbuffers::Vector<flatbuffers::Offset<format::Recording>>> recordings;
  if (!lesson.recordings.empty()) recordings = writeRecordings(out, lesson.recordings);
  out.Finish(format::CreateLesson(out, id, title, about, language,
                                  static_cast<std::uint8_t>(lesson.youngest),
                                  static_cast<std::uint8_t>(lesson.oldest), request, right, not_yet,
                                  laid_aside, skill_vector, recordings));
  return out.Release();
}

}  // namespace primer::content
