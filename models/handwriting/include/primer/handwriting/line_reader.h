#pragma once

// A line of school notation written by hand: ink in, LaTeX and text out, each symbol with its
// strokes, its place and its alternatives.
//
// Strokes are grouped into candidate symbols in many ways at once. The symbol model looks at each
// candidate alone, a second small network joins what it says with the candidate's surroundings and
// says which class it is or that it is not one symbol; the best divisions of all strokes among
// candidates are read in two dimensions (fractions, roots, powers, indices), and readings that are
// school notation win over readings that are not, weakly. After the lattice of Koerich et al. and
// the symbol-relation reading of Zanibbi et al., "Recognizing mathematical expressions using tree
// transformation", 2002.

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "primer/base/ink.h"
#include "primer/base/result.h"
#include "primer/handwriting/number_reader.h"
#include "primer/handwriting/symbol_reader.h"

namespace primer::handwriting {

struct LineSymbol {
  std::string symbol;                // as it was read
  float probability = 0;             // of this class for these strokes
  std::vector<std::size_t> strokes;  // indices into Ink::strokes
  Box box;
  std::vector<Candidate> candidates;  // most likely first
};

struct LineAlternative {
  std::string latex;
  std::string text;
  float confidence = 0;
};

struct LineReading {
  std::string latex;                          // empty where the ink cannot be read as a line
  std::string text;                           // the same in one line: (1)/(2), x^2, √(x+1)
  float confidence = 0;                       // chance that the whole line is what was meant
  bool unsure = true;                         // would be asked about, never graded as it stands
  std::vector<LineSymbol> symbols;            // in the order of writing
  std::vector<std::size_t> overwritten;       // strokes of signs that others were written over
  std::vector<LineAlternative> alternatives;  // up to kMostAlternatives others, best first
};

struct LineContext {
  // The ruled line that was written on, y downward. It gives the scale where the ink has none.
  struct Ruled {
    float top = 0;
    float bottom = 0;
  };
  std::optional<Ruled> line;
  // What the exercise can contain. It re-scores: another symbol that is clearly written is read.
  std::optional<SymbolSet> expected;
  // The writer's own hand, or null; of another symbol model it is not looked at. Must live as long
  // as the call.
  const PersonalTemplates* hand = nullptr;
};

// Thread-compatible, as SymbolReader. What the networks said is kept between calls by the strokes'
// own points: reading a line again after one more stroke costs only the candidates that hold it.
class LineReader {
 public:
  static Result<LineReader> openShipped();
  // `head` is a model of the task ink-lines.
  static Result<LineReader> open(SymbolReader symbols, const std::filesystem::path& head);
  static std::filesystem::path shippedHead();
  Result<LineReader> another() const;

  ~LineReader();
  LineReader(LineReader&&) noexcept;
  LineReader& operator=(LineReader&&) noexcept;

  // Never fails, takes bounded time. Empty ink, ink without extent or of more than kMaxStrokes
  // strokes gives an empty reading; what is not notation (scribbles, drawings, other scripts) is
  // unsure.
  LineReading read(const Ink& ink, const LineContext& context = {});

  static constexpr std::size_t kMaxStrokes = 128;
  static constexpr std::size_t kMostAlternatives = 5;

  // PersonalTemplates are of this space, as SymbolReader::featureSpace().
  std::uint64_t featureSpace() const;

  // How often the symbol model was run so far.
  std::size_t networkRuns() const;

 private:
  struct Impl;
  explicit LineReader(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace primer::handwriting
