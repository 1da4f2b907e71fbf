#include "gallery/sample_placing.h"

#include "gallery/sample_values.h"

namespace primer::ui::sample {
namespace {

using content::Picture;
using content::PictureKind;

Picture picture(PictureKind kind, const std::vector<std::string>& places) {
  Picture made;
  made.kind = kind;
  for (const auto& at : places) made.places.push_back({at, {}});
  return made;
}

app::ItemView placing(const QString& ask, Picture picture, const QStringList& titles,
                      const QList<app::ThingView>& things) {
  app::ItemView item;
  item.kind = app::ItemKind::kQuiz;
  item.number = 4;
  item.of = 8;
  item.lesson_title = say("Put it in its place");
  item.skill = item.lesson_title;
  item.request = say("Put the things in their places");
  item.prompt = ask;
  item.spoken = ask;
  item.reason = say("2 of your last 3 of these were right. You are getting there.");
  item.explain = say("Drag each thing to where it belongs. Or tap it, then tap the place.");
  item.quiz.answering = app::Answering::kPlace;
  auto& view = item.quiz.placing;
  for (const QString& title : titles) picture.titles.push_back(title.toStdString());
  for (const auto& place : picture.places) {
    view.places.append({say("place %1").arg(QString::fromStdString(place.at)),
                        content::spotOf(picture, place.at).value_or(content::PictureSpot())});
  }
  view.picture = std::move(picture);
  view.titles = titles;
  view.things = things;
  for (int i = 0; i < view.things.size(); ++i) view.things[i].id = i;
  return item;
}

QList<app::ThingView> words(const QStringList& texts) {
  QList<app::ThingView> things;
  for (const QString& text : texts) things.append({0, text, {}});
  return things;
}

}  // namespace

app::ItemView clockQuestion() {
  auto clock =
      picture(PictureKind::kClock, {"1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"});
  return placing(say("Make the clock show half past 3."), std::move(clock), {},
                 {{0, say("small hand"), "small-hand"}, {0, say("big hand"), "big-hand"}});
}

app::ItemView platesQuestion() {
  QList<app::ThingView> apples(10, {0, say("apple"), "apple"});
  return placing(say("Share the apples. Each plate gets 3. What is too many stays."),
                 picture(PictureKind::kPlates, {"1", "2", "3"}),
                 {say("Red plate"), say("Blue plate"), say("Green plate")}, apples);
}

app::ItemView ringsQuestion() {
  return placing(say("Where do the shapes belong?"),
                 picture(PictureKind::kRings, {"left", "both", "right", "outside"}),
                 {say("Four sides"), say("A right angle")},
                 {{0, say("square"), "square"},
                  {0, say("diamond"), "rhombus"},
                  {0, say("triangle"), "right-triangle"},
                  {0, say("circle"), "circle"},
                  {0, say("star"), "star"},
                  {0, say("rectangle"), "rectangle"}});
}

app::ItemView rulerQuestion() {
  auto ruler = picture(PictureKind::kLine, {"3", "8", "11"});
  ruler.high = 12;
  ruler.ruler = true;
  return placing(say("Put the numbers on the ruler."), std::move(ruler), {},
                 words({"8", "11", "3"}));
}

app::ItemView fractionLineQuestion() {
  auto line = picture(PictureKind::kLine, {"1/4", "1/2", "3/4", "7/8"});
  line.parts = 8;
  return placing(say("Put the fractions on the line."), std::move(line), {},
                 words({"1/2", "7/8", "1/4", "3/4"}));
}

app::ItemView squareQuestion() {
  auto square = picture(PictureKind::kSquare, {"26", "34", "44", "55"});
  square.first = 23;
  square.columns = 4;
  square.rows = 4;
  return placing(say("Which numbers are missing?"), std::move(square), {},
                 words({"34", "26", "55", "44"}));
}

app::ItemView gridQuestion() {
  Picture grid;
  grid.kind = PictureKind::kGrid;
  grid.columns = 5;
  grid.rows = 4;
  for (const auto& at : content::allSpots(grid)) grid.places.push_back({at, {}});
  return placing(say("Put the treasure at (3, 2)."), std::move(grid), {},
                 {{0, say("treasure"), "star"}});
}

app::ItemView plantQuestion() {
  auto plant = picture(PictureKind::kDrawing, {"flower", "leaf", "stem", "root"});
  plant.drawing = "plant";
  return placing(say("What are the parts of a plant called?"), std::move(plant), {},
                 words({say("stem"), say("flower"), say("root"), say("leaf")}));
}

app::ItemView cubeQuestion() {
  auto cube = picture(PictureKind::kDrawing, {"corner", "edge", "face"});
  cube.drawing = "cube";
  return placing(say("What are the parts of a cube called?"), std::move(cube), {},
                 words({say("face"), say("corner"), say("edge")}));
}

app::ItemView triangleQuestion() {
  auto triangle = picture(PictureKind::kDrawing, {"corner", "side", "right-angle"});
  triangle.drawing = "triangle";
  return placing(say("What are the parts of a triangle called?"), std::move(triangle), {},
                 words({say("right angle"), say("corner"), say("side")}));
}

app::ItemView fractionQuestion() {
  auto fraction = picture(PictureKind::kDrawing, {"top", "line", "bottom"});
  fraction.drawing = "fraction";
  return placing(say("What do the parts of a fraction say?"), std::move(fraction), {},
                 words({say("all parts"), say("parts taken"), say("divided by")}));
}

app::ItemView barsQuestion() {
  auto bars = picture(PictureKind::kBars, {"1", "2", "3"});
  bars.values = {"4", "6", "3", "5"};
  return placing(say("6 children have a dog, 4 a cat, 3 a bird. Which bar is which?"),
                 std::move(bars), {{}, {}, {}, say("fish")},
                 words({say("dog"), say("bird"), say("cat")}));
}

app::ItemView stripsQuestion() {
  auto strips = picture(PictureKind::kStrips, {"1", "2", "3"});
  strips.values = {"1/2", "2/3", "3/5"};
  return placing(say("How much of each strip is coloured?"), std::move(strips), {},
                 words({"1/3", "3/5", "2/3", "1/2"}));
}

app::JudgementView placedNotYet(const QList<bool>& fits, int rung) {
  app::JudgementView view;
  view.verdict = app::Verdict::kNotYet;
  view.words = say("The diamond has four sides. Look at its corners.");
  view.hint = {rung, say("A nudge"), say("Count the sides. Then look for square corners."), {}};
  view.fits = fits;
  view.attempt = 1;
  return view;
}

app::HintView placedTold(const QList<int>& places) {
  app::HintView hint{3, say("The answer"), say("From the top: flower, stem, leaf, root."), {}};
  hint.shows = app::QuizReply{places, 0, {}};
  return hint;
}

}  // namespace primer::ui::sample
