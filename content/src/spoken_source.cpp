// What is said and read aloud in a lesson's source.

#include "table_reader.h"

namespace primer::content {

namespace {

std::vector<Saying> readSayings(TableReader& in) {
  std::vector<Saying> sayings;
  for (auto& text : in.texts("say", !in.has("pairs"))) sayings.push_back({std::move(text), {}});
  for (auto& pair : in.pairs("pairs")) {
    sayings.push_back({std::move(pair.first), std::move(pair.second)});
  }
  return sayings;
}

Story readStory(const toml::table& table, const std::string& field, Notes& notes) {
  TableReader in(table, field, notes);
  Story story;
  story.id = in.text("id");
  story.title = in.text("title");
  if (in.has("picture")) story.picture = in.text("picture");
  story.paragraphs = in.texts("text", true);
  for (const auto* asked : in.tables("question")) {
    TableReader question(*asked, in.name("question " + std::to_string(story.questions.size() + 1)),
                         notes);
    story.questions.push_back(
        {question.text("ask"), question.text("right"), question.texts("wrong", true)});
    question.refuseTheRest();
  }
  in.refuseTheRest();
  return story;
}

}  // namespace

Level readSayingLevel(const toml::table& table, const std::string& field, Notes& notes) {
  TableReader in(table, field, notes);
  Level level;
  level.difficulty = in.thousandths("difficulty");
  level.sayings = readSayings(in);
  in.refuseTheRest();
  return level;
}

Level readStoryLevel(const toml::table& table, const std::string& field, Notes& notes) {
  TableReader in(table, field, notes);
  Level level;
  level.difficulty = in.thousandths("difficulty");
  for (const auto* story : in.tables("story")) {
    level.stories.push_back(
        readStory(*story, in.name("story " + std::to_string(level.stories.size() + 1)), notes));
  }
  in.refuseTheRest();
  return level;
}

}  // namespace primer::content
