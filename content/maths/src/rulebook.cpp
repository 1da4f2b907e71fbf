#include "primer/maths/rulebook.h"

#include <algorithm>

namespace primer::maths {

namespace {

constexpr std::string_view kBuggy = "Brown & Burton 1978; Brown & VanLehn 1980";
constexpr std::string_view kAshlock = "Ashlock 2010";
constexpr std::string_view kDecimals = "Sackur-Grisvard & Léonard 1985; Resnick et al. 1989";
constexpr std::string_view kHart = "Hart (ed.) 1981, CSMS";
constexpr std::string_view kMatz = "Matz 1982";
constexpr std::string_view kKieran = "Kieran 1992";

}  // namespace

const std::vector<Misconception>& misconceptions() {
  static const std::vector<Misconception> table = {
      {"add-no-carry", "whole column sums written down", "47+38 = 715",
       "You added each column well. Each column has room for one digit only.",
       "Look at the ones column: how many digits did you write there?",
       "Ten ones make one ten. Write the ones and carry the ten to the next column.", kAshlock},
      {"add-carry-dropped", "carry left out", "47+38 = 75",
       "Your columns are right, but a carried ten has been lost on the way.",
       "One column makes ten or more. Look at the column to its left.",
       "When a column makes ten or more, the ten goes into the next column and is added there.",
       kAshlock},
      {"add-misaligned", "digits not under one another by place", "34+5 = 84",
       "The numbers are not set under one another by their places.",
       "Look at where you put the shorter number.",
       "Ones go under ones, tens under tens. With decimals, point goes under point.", kAshlock},
      {"subtract-smaller-from-larger", "smaller digit from larger in each column", "143-28 = 125",
       "In one column you took the top digit from the bottom one.",
       "Look for a column where the top digit is smaller than the bottom one.",
       "The top digit is too small to take from. Change one of the next place into ten of this "
       "one.",
       kBuggy},
      {"subtract-borrow-no-decrement", "ten taken, next column not lessened", "143-28 = 125",
       "You took a ten, but the column that gave it still has it.",
       "Look at the column that lent you a ten.",
       "A ten that moves to the right is gone from its place: that digit becomes one less.",
       kBuggy},
      {"subtract-borrow-from-zero", "zero becomes nine, nothing further lessened", "1300-522 = 878",
       "The zero became a nine, but the place before it did not become one less.",
       "Look at what happened to the left of the zero.",
       "A zero has nothing to lend. It first takes ten from the next place, which becomes one "
       "less.",
       kBuggy},
      {"subtract-zero-minus-n", "0 - n taken as n", "140-21 = 121",
       "In the column with the zero on top, the bottom digit was just copied.",
       "Look at the column with a zero on top.",
       "There is nothing to take from. Change one of the next place into ten of this one first.",
       kBuggy},
      {"subtract-borrow-across-zero", "zero skipped when borrowing", "602-327 = 225",
       "You took from beyond the zero, and the zero itself was left out.",
       "Look at the zero in the top number.",
       "One hundred is ten tens. One ten goes to the ones, and nine tens stay where the zero was.",
       kBuggy},
      {"subtract-stops-at-zero", "ten taken from a zero that stays zero", "602-327 = 285",
       "You took a ten from a zero, and it stayed a zero.",
       "Look at what the zero became when you took a ten from it.",
       "A zero that lends a ten must first be filled from its left; then nine stay in its place.",
       kBuggy},
      {"multiply-carry-before", "carry added before multiplying", "29×4 = 206",
       "You added the carried number before you multiplied.",
       "Look at the tens: what did you do first, add or multiply?",
       "First multiply the digit, then add what was carried.", kAshlock},
      {"multiply-carry-dropped", "carry of a product left out", "97×3 = 271",
       "Your products are right, but a carried number has been lost.",
       "Look at the column after a product of ten or more.",
       "Write the ones of each product and add its tens to the next product.", kAshlock},
      {"multiply-no-shift", "rows of a long multiplication not moved", "24×13 = 96",
       "The second row stands for tens, and it is written as if it were ones.",
       "Look at the row for the tens digit.",
       "Multiplying by the tens digit gives tens: that row begins one place further left.",
       kAshlock},
      {"multiply-zero-identity", "n × 0 taken as n", "5×0 = 5",
       "Times zero was taken as if it changed nothing.", "Look at where you multiplied by zero.",
       "Zero groups of something are nothing at all. It is times one that changes nothing.",
       kAshlock},
      {"divide-zero-omitted", "zero of the quotient left out", "618÷6 = 13",
       "A place of the answer is empty where a zero belongs.",
       "Look at the step where the divisor did not fit.",
       "Each digit that you bring down gives one digit above, even where it is a zero.", kAshlock},
      {"divide-remainder-not-carried", "remainder of a place not carried on", "72÷3 = 20",
       "What was left over in one place has been lost before the next.",
       "Look at the first place where something is left over: where does it go?",
       "What is left over goes small before the next digit.", kAshlock},
      {"divide-digits-separately", "each digit divided by itself, the larger by the smaller",
       "72÷3 = 21", "Each digit has been divided by itself, the larger by the smaller.",
       "Look at a place whose digit is smaller than the divisor: what was divided there?",
       "Ask how many times the divisor goes in. What is too small goes on to the next place.",
       kAshlock},
      {"divide-remainder-too-large", "left over as much as the divisor, or more", "86÷4 = 20 r 6",
       "What is left over is as large as the divisor, or larger.",
       "Look at what is left over: does the divisor still go into it?",
       "What is left over is less than the divisor. Else one more goes in.", kAshlock},
      {"divide-remainder-as-decimal", "remainder written as a decimal", "7÷2 = 3.1",
       "What is left over has been written behind the point.",
       "Look at what the remainder stands for.",
       "What is left over must still be shared: a remainder is a part of the divisor, not tenths.",
       kAshlock},
      {"fraction-add-across", "tops and bottoms added", "1/2+1/3 = 2/5",
       "You added the tops and also the bottoms.",
       "Look at the bottoms: are the parts equally big?",
       "Only equal parts can be counted together. Make the bottoms the same, then add the tops.",
       kHart},
      {"fraction-numerators-kept", "new bottom, old tops", "1/2+1/3 = 2/6",
       "The new bottom is fine, but the tops stayed as they were.",
       "Look at the tops after you changed the bottoms.",
       "When the bottom is multiplied, the top is multiplied by the same, or the fraction changes.",
       kAshlock},
      {"mixed-smaller-from-larger", "smaller fraction from larger in mixed numbers",
       "5 1/4 - 2 3/4 = 3 2/4", "In the fractions you took the top one from the bottom one.",
       "Look at the fraction parts: which is larger?",
       "If the fraction is too small, change one whole into parts first.", kAshlock},
      {"fraction-times-both", "top and bottom multiplied by the whole number", "3×2/5 = 6/15",
       "You multiplied the top and the bottom.", "Look at the bottom of your fraction.",
       "Three times two fifths are six fifths: more parts of the same size. The bottom stays.",
       kAshlock},
      {"fraction-divide-inverts-wrong", "the wrong fraction turned", "2/3÷4/5 = 3/2×4/5",
       "The other fraction is the one to turn over.", "Look at which fraction you turned.",
       "To divide, turn the second fraction over (the divisor) and multiply.", kAshlock},
      {"fraction-natural-number-bias", "larger numbers taken for a larger fraction", "1/4 > 1/3",
       "Larger numbers do not always make a larger fraction.",
       "Look at the bottoms: what do they say about the size of a part?",
       "The more parts a whole is cut into, the smaller each part is. Draw two bars and compare.",
       "Ni & Zhou 2005; Stafylidou & Vosniadou 2004"},
      {"fraction-cancel-one", "only top or bottom divided", "24/36 = 12/36",
       "Only one of the two numbers was divided.",
       "Look at the top and the bottom: what did you do to each?",
       "A fraction keeps its size only if top and bottom are divided by the same number.",
       kAshlock},
      {"numeral-longer-is-larger", "longer numeral taken for larger", "0.04 > 0.5",
       "A number with more digits is not always larger.",
       "Look at the first place behind the point.",
       "Compare place by place from the left: tenths first, then hundredths.", kDecimals},
      {"decimal-longer-is-larger", "decimals read as whole numbers", "4.63 > 4.8",
       "You compared what stands behind the point as if it were a whole number.",
       "Look at the tenths of both numbers.",
       "Write both with as many digits behind the point, then compare place by place.", kDecimals},
      {"decimal-shorter-is-larger", "shorter decimal taken for larger", "0.3 > 0.47",
       "Fewer digits behind the point do not make a number larger.",
       "Look at the tenths of both numbers.",
       "Tenths are larger than hundredths, but count how many there are: fill up with zeros.",
       kDecimals},
      {"decimal-point-separate", "sides of the point worked apart", "0.8+0.7 = 0.15",
       "You worked on both sides of the point as if they were two numbers.",
       "Look at what happens when the tenths make ten or more.",
       "Ten tenths make one whole: it moves over the point.", kDecimals},
      {"decimal-multiply-point", "point of a product set as in a sum", "0.3×0.2 = 0.6",
       "The digits are right, and the point is not in its place yet.",
       "Look at how large the answer can be.",
       "Tenths times tenths are hundredths: count the decimal places of both factors together.",
       kDecimals},
      {"ratio-additive", "same difference for same ratio", "2:3 = 4:5",
       "You added the same to both. A ratio grows by multiplying.",
       "Look at how you got from one number to the other: plus or times?",
       "If one side is doubled, the other is doubled too. Ask: how many times as much?", kHart},
      {"percent-one-formula", "divided by the percentage", "20% of 50 = 2.5",
       "Dividing by the number of percent works for 10 only by chance.",
       "Look at what you divided by.",
       "Percent means of a hundred: find 1 % by dividing by 100, then take as many as you need.",
       "Parker & Leinhardt 1995"},
      {"integer-two-negatives-positive", "two minuses always make plus", "-3-4 = 7",
       "Two minuses make a plus when you multiply, not whenever you see two.",
       "Look at the number line: which way do you go from the first number?",
       "Start below zero and go down further: you end up lower still.", kAshlock},
      {"integer-sign-guessed", "sign of a sum guessed", "-5+2 = -7",
       "The size or the sign does not fit yet.", "Look at the number line: where do you start?",
       "Plus goes to the right, minus to the left. Start at the first number and count.", kHart},
      {"order-left-to-right", "worked from left to right", "4+3×2 = 14",
       "You worked from left to right.", "Look at the signs: which one goes first?",
       "Times and divide come before plus and minus, wherever they stand.", kKieran},
      {"order-acronym", "plus before minus, times before divide", "10-3+2 = 5",
       "Plus does not come before minus: they are equals.", "Look at the signs of the same rank.",
       "Plus and minus have the same rank, and so have times and divide: go from left to right.",
       "Linchevski & Livneh 1999"},
      {"power-of-negative", "minus taken into the power, or out of it", "-3^2 = 9",
       "The minus and the power were done in the wrong order.",
       "Look at what the power stands on: is the minus in brackets?",
       "A power belongs to what stands right before it. Without brackets the minus waits outside.",
       "Cangelosi et al. 2013"},
      {"power-as-product", "power taken as a product", "2^9 = 18",
       "A power is not the base times the small number.",
       "Look at the small raised number: what does it count?",
       "The small number says how many times the base stands in a product: 5³ is 5×5×5.", kMatz},
      {"distribute-partial", "factor reaches one term only", "3(x+4) = 3x+4",
       "The number before the bracket reached only a part of it.",
       "Look at every term in the bracket.",
       "The factor multiplies everything in the bracket: think of a rectangle cut in two.", kMatz},
      {"distribute-negative", "minus reaches the first term only", "-(x-2) = -x-2",
       "The minus before the bracket reached only the first term.",
       "Look at the signs in the bracket.", "A minus before a bracket turns every sign in it.",
       kMatz},
      {"linearity-power-root", "power or root taken term by term", "(a+b)^2 = a^2+b^2",
       "The power (or root) was taken of each term by itself.",
       "Try it with small numbers: do both sides agree?",
       "A power or root belongs to the whole of the bracket: (a+b)² is (a+b)(a+b), a square in "
       "four parts.",
       kMatz},
      {"cancel-terms", "terms cancelled instead of factors", "(x+3)/x = 3",
       "You cancelled a part of a sum.", "Look at the top: is it a sum or a product?",
       "Only factors of the whole top and the whole bottom can be cancelled.", kMatz},
      {"algebra-conjoin", "unlike terms joined", "3+2x = 5x",
       "You joined terms that are not alike.", "Look at the letters of the terms you joined.",
       "Only like terms go together: three apples and two bags stay three apples and two bags.",
       "Booth 1984; Küchemann 1981"},
      {"equation-wrong-inverse", "the same operation instead of its opposite", "x+5 = 9, x = 14",
       "That is not the step that undoes it.",
       "Look at what is done to the letter, and what you did to the other side.",
       "Undo plus by minus and times by divide, on both sides, like on a balance.", kKieran},
      {"equation-one-side", "only one side changed", "2x+3 = 9, 2x = 9",
       "Only one side of the equation was changed.",
       "Look at both sides: did the same happen to each?",
       "An equation is a balance: what you do to one side you do to the other.", kKieran},
      {"equation-subtract-coefficient", "coefficient subtracted", "3x = 12, x = 9",
       "The number before the letter was taken away instead of divided by.",
       "Look at the number right before the letter: does it add or multiply?",
       "A number right before a letter multiplies it. Undo times by dividing.", kKieran},
      {"equals-running", "equals sign as \"and then\"", "8+4 = 12+5 = 17",
       "Your numbers are fine, but the equals sign joins things that are not equal.",
       "Look at both sides of each equals sign.",
       "= means \"is the same as\". Begin a new line for the next calculation.",
       "Kieran 1981; Behr et al. 1980"},
      {"algebra-reversal", "letters of a sentence turned round", "6S = P",
       "The letters have changed places. Try it with real numbers.",
       "Look at which of the two is more.",
       "Put simple numbers in for the letters, as the sentence says. Does your line come out true?",
       "Clement, Lochhead & Monk 1981"},
      {"algebra-letter-as-label", "letter taken for a thing", "3a for \"3 apples\"",
       "A letter stands for a number, not for a thing.",
       "Say in words what number your letter stands for.",
       "Write first: a = the number (or the price) of apples. Then 3a means 3 times that number.",
       "Küchemann 1981"},
  };
  return table;
}

const Misconception* findMisconception(std::string_view key) {
  const auto& table = misconceptions();
  const auto found = std::find_if(table.begin(), table.end(),
                                  [&](const Misconception& m) { return m.key == key; });
  return found == table.end() ? nullptr : &*found;
}

std::string misconceptionsPage() {
  const auto cell = [](std::string_view text) {
    std::string out;
    for (const char c : text) out += c == '|' ? std::string("\\|") : std::string(1, c);
    return out;
  };
  std::string page =
      "# Misconceptions that Primer knows\n\n"
      "Written from the table in `src/rulebook.cpp` by `PRIMER_UPDATE_README=1 "
      "build/release/tests/maths-test --gtest_filter='Rulebook.*'`;\nthe test fails where the page "
      "and the code differ. What each rule does to a line is in `src/rules*.cpp` and "
      "`src/columns.cpp`.\nThe sources describe the misconception; none of them is quoted for how "
      "often it is seen, because the figures differ by age and task.\n\n"
      "| key | what it is | example | what the child is told | described by "
      "|\n|---|---|---|---|---|\n";
  for (const auto& m : misconceptions()) {
    page += "| `" + cell(m.key) + "` | " + cell(m.name) + " | " + cell(m.example) + " | " +
            cell(m.explanation) + " | " + cell(m.source) + " |\n";
  }
  return page;
}

}  // namespace primer::maths
