// A sheet of pages as the gesture model is trained on, to look at: a tool of the workshop, not
// installed.
//
//   gesture-sheet --data DIR [--seed N] > sheet.svg
//
// One row for each gesture and each kind of writing; ink beneath in grey, the stroke in blue.

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <string>

#include "pages.h"
#include "primer/base/program.h"
#include "primer/handwriting-workshop/readers.h"

namespace primer::gesture::workshop {
namespace {

using handwriting::FlatInk;

constexpr int kColumns = 8;
constexpr float kWide = 190;
constexpr float kHigh = 120;
constexpr int kNames = 90;

// Where page coordinates lie on the sheet.
struct Cell {
  handwriting::PlanePoint centre;  // of what is shown, on the page
  handwriting::PlanePoint middle;  // of the cell, on the sheet
  float zoom = 1;

  handwriting::PlanePoint place(handwriting::PlanePoint p) const {
    return {middle.x + zoom * (p.x - centre.x), middle.y + zoom * (p.y - centre.y)};
  }
  bool shows(handwriting::PlanePoint p) const {
    return std::abs(p.x - middle.x) < kWide / 2 - 3 && std::abs(p.y - middle.y) < kHigh / 2 - 3;
  }
};

void drawInk(const FlatInk& ink, const char* colour, const Cell& cell) {
  for (std::size_t s = 0; s < ink.strokeCount(); ++s) {
    std::string points;
    for (std::size_t i = ink.strokeBegin(s); i < ink.ends[s]; ++i) {
      const auto p = cell.place(ink.points[i]);
      if (!cell.shows(p)) break;
      points += std::to_string(p.x) + "," + std::to_string(p.y) + " ";
    }
    std::printf("<polyline fill=\"none\" stroke=\"%s\" stroke-width=\"1.6\" points=\"%s\"/>\n",
                colour, points.c_str());
  }
}

void drawPage(const Page& page, int row, int column) {
  const auto box = handwriting::extentOf(page.stroke);
  constexpr float kZoom = 26;  // pixels a symbol
  Cell cell;
  cell.zoom =
      std::min({kZoom, 0.9f * kWide / (box.width() + 0.1f), 0.9f * kHigh / (box.height() + 0.1f)});
  cell.centre = {(box.left + box.right) / 2, (box.top + box.bottom) / 2};
  cell.middle = {kNames + kWide * (static_cast<float>(column) + 0.5f),
                 kHigh * (static_cast<float>(row) + 0.5f)};
  drawInk(page.beneath, "#9aa5b1", cell);
  drawInk(page.stroke, "#1c5fb0", cell);
}

void drawName(std::string_view name, int row) {
  std::printf("<text x=\"6\" y=\"%.0f\" font-size=\"13\" font-family=\"sans-serif\">%s</text>\n",
              kHigh * static_cast<float>(row) + kHigh / 2, std::string(name).c_str());
}

Status run(const std::string& data, std::uint64_t seed) {
  handwriting::workshop::SampleStore glyphs;
  const auto folder = std::filesystem::path(data) / "handwriting";
  PRIMER_TRY(handwriting::workshop::readUnipen(folder, glyphs));
  PRIMER_TRY(handwriting::workshop::readPendigits(folder, glyphs));
  glyphs.measureSizes();
  PRIMER_ASSIGN(const auto words, readWords(data, true));
  const PageMaker pages(glyphs, words, true);
  constexpr int kRows = static_cast<int>(kGestureCount - 1 + kWritingNames.size());
  std::printf(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%.0f\" height=\"%.0f\">\n"
      "<rect width=\"100%%\" height=\"100%%\" fill=\"#fff\"/>\n",
      kNames + kWide * kColumns, kHigh * kRows);
  Page page;
  int row = 0;
  for (std::size_t g = 1; g < kGestureCount; ++g, ++row) {
    drawName(gestureName(static_cast<Gesture>(g)), row);
    for (int column = 0; column < kColumns; ++column) {
      toolkit::Random random(seed, static_cast<std::uint64_t>(row * kColumns + column));
      pages.makeGesture(static_cast<Gesture>(g), random, page);
      drawPage(page, row, column);
    }
  }
  for (std::size_t w = 0; w < kWritingNames.size(); ++w, ++row) {
    drawName(kWritingNames[w], row);
    for (int column = 0; column < kColumns; ++column) {
      toolkit::Random random(seed, static_cast<std::uint64_t>(row * kColumns + column));
      pages.makeWriting(static_cast<Writing>(w), random, page);
      drawPage(page, row, column);
    }
  }
  std::printf("</svg>\n");
  return {};
}

}  // namespace
}  // namespace primer::gesture::workshop

int main(int argc, char** argv) try {
  std::string data;
  std::uint64_t seed = 1;
  if (const char* named = std::getenv("PRIMER_DATA"); named != nullptr) data = named;
  CLI::App app("Draws pages that the gesture model learns from.");
  app.add_option("--data", data, "the folder of data sets (default: PRIMER_DATA)");
  app.add_option("--seed", seed, "of the pages");
  CLI11_PARSE(app, argc, argv);
  const auto done = primer::gesture::workshop::run(data, seed);
  return done ? primer::kExitOk : primer::reportError("gesture-sheet", done.error());
} catch (const std::exception& problem) {
  return primer::reportError("gesture-sheet", {primer::ErrorCode::kInternal, problem.what()});
}
