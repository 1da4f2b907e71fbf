#pragma once

// Chances of phones as an acoustic model with sharp ears would give them, made by code.

#include <cmath>
#include <string>
#include <vector>

#include "primer/pronunciation/alignment.h"

namespace primer::pronunciation::test {

struct Sounding {
  std::string phone;  // or "-" for silence, "*" for noise
  int steps = 5;
};

inline Phone unitOf(const std::string& name) {
  if (name == "-") return kSilence;
  if (name == "*") return kNoise;
  return phoneNamed(name).value();
}

// Each sound with a chance of `sharp`, the rest shared out among the others.
inline Posteriors heard(const std::vector<Sounding>& sounds, float sharp = 0.9f) {
  std::size_t steps = 0;
  for (const auto& sound : sounds) steps += static_cast<std::size_t>(sound.steps);
  Posteriors posteriors(steps);
  std::size_t at = 0;
  for (const auto& sound : sounds) {
    for (int i = 0; i < sound.steps; ++i, ++at) {
      for (auto& value : posteriors.at(at)) value = std::log((1 - sharp) / (kUnits - 1));
      posteriors.at(at)[unitOf(sound.phone)] = std::log(sharp);
    }
  }
  return posteriors;
}

// "K AE T"
inline Pronunciation phones(const std::string& names) {
  Pronunciation result;
  std::string name;
  for (const char c : names + " ") {
    if (c != ' ') {
      name += c;
    } else if (!name.empty()) {
      result.push_back(phoneNamed(name).value());
      name.clear();
    }
  }
  return result;
}

// Words with one pronunciation each, and how they sound one after the other, with short pauses.
inline TextWord word(const std::string& written, const std::string& said) {
  return {written, {phones(said)}};
}

// A text of six words, and how each sounds.
inline const std::vector<TextWord> kText = {word("the", "DH AH"),  word("cat", "K AE T"),
                                            word("sat", "S AE T"), word("on", "AA N"),
                                            word("my", "M AY"),    word("book", "B UH K")};
inline const std::vector<std::string> kSaid = {"DH AH", "K AE T", "S AE T",
                                               "AA N",  "M AY",   "B UH K"};

inline std::vector<Sounding> soundsOf(const std::vector<std::string>& words) {
  std::vector<Sounding> sounds = {{"-", 10}};
  for (const auto& said : words) {
    for (const auto phone : phones(said)) sounds.push_back({std::string(kPhoneNames[phone]), 5});
    sounds.push_back({"-", 3});
  }
  sounds.push_back({"-", 10});
  return sounds;
}

}  // namespace primer::pronunciation::test
