#pragma once

// Glyphs of one hand for a line: a writer's own characters, what the writer lacks from one other
// writer, and signs that no collection holds enough of from the synthesis.

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "primer/handwriting-workshop/samples.h"
#include "primer/handwriting/symbol_set.h"
#include "primer/toolkit/random.h"
#include "symbols/synthesis.h"

namespace primer::handwriting::workshop {

struct Glyph {
  FlatInk ink;
  float relative_size = 0;  // longest side over the writer's median; 0: not known
};

struct GlyphOptions {
  // How many of a writer's samples of each class are not drawn but kept as confirmed ones; classes
  // that the writer wrote no oftener are drawn all the same, and confirm nothing.
  std::size_t kept_back = 0;
  // Digits of a writer of pendigits, letters of a drawer of Omniglot and signs from Detexify
  // instead of UNIPEN; what none of them holds (+ - = ( ) / . , : < > and capitals) from one UNIPEN
  // writer. Nothing is made by code but what Detexify lacks.
  bool foreign = false;
  // Chance that a line's letters are of a drawer of Omniglot: of other habits than UNIPEN's
  // writers, an a or an n in two strokes among them.
  double drawn_letters = 0;
};

// Draws from the trusted samples of one split; `store` must outlive this.
class Glyphs {
 public:
  Glyphs(const SampleStore& store, bool development, const GlyphOptions& options = {});

  // One line's hand: whose characters are used.
  struct Hand {
    std::uint32_t writer = 0;
    std::uint32_t second = 0;             // for what the first lacks
    std::optional<std::uint32_t> drawer;  // of the letters, if they are another's
    bool times_as_x = false;              // × is drawn as the letter
    bool school_x = false;                // x of two arcs
  };
  Hand pickHand(toolkit::Random& random) const;
  std::size_t handCount() const { return main_.size(); }

  // The samples of this class that were kept back of the hand's own writer, at most `count`.
  std::vector<FlatInk> confirmed(std::size_t label, const Hand& hand, std::size_t count) const;

  // False where nobody in this split wrote that class and it cannot be made.
  bool draw(std::size_t label, const Hand& hand, toolkit::Random& random, Glyph& glyph) const;

 private:
  using ByClass = std::array<std::vector<std::uint32_t>, kSymbolCount>;
  bool fromList(const std::vector<std::uint32_t>& list, toolkit::Random& random,
                Glyph& glyph) const;

  // A letter of the hand's drawer, if it has one.
  bool drawLetter(std::size_t label, const Hand& hand, toolkit::Random& random, Glyph& glyph) const;
  bool drawForeign(std::size_t label, const Hand& hand, toolkit::Random& random,
                   Glyph& glyph) const;

  const SampleStore& store_;
  Synthesis synthesis_;
  GlyphOptions options_;
  std::vector<ByClass> writers_;        // by number
  std::vector<std::uint32_t> main_;     // writers of all digits
  std::vector<std::uint32_t> signs_;    // writers of most signs
  std::vector<std::uint32_t> drawers_;  // of Omniglot's letters
  ByClass all_;
  ByClass detexify_;
};

}  // namespace primer::handwriting::workshop
