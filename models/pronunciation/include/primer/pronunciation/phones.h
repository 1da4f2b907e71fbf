#pragma once

// The sounds that the room knows: the 39 phones of ARPABET as the CMU dictionary uses them, and two
// units that are no phones. Numbers are places in the acoustic model's output.

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace primer::pronunciation {

using Phone = std::uint8_t;

inline constexpr std::array<std::string_view, 39> kPhoneNames = {
    "AA", "AE", "AH", "AO", "AW", "AY", "B",  "CH", "D", "DH", "EH", "ER", "EY",
    "F",  "G",  "HH", "IH", "IY", "JH", "K",  "L",  "M", "N",  "NG", "OW", "OY",
    "P",  "R",  "S",  "SH", "T",  "TH", "UH", "UW", "V", "W",  "Y",  "Z",  "ZH"};

inline constexpr Phone kPhones = 39;       // how many
inline constexpr Phone kSilence = 39;      // nobody speaks
inline constexpr Phone kNoise = 40;        // something sounds that is no speech
inline constexpr std::size_t kUnits = 41;  // outputs of the acoustic model

// By its name, with or without a digit of stress ("AH0"), in either case.
std::optional<Phone> phoneNamed(std::string_view name);

bool isVowel(Phone phone);

// The phones of one way to say a word.
using Pronunciation = std::vector<Phone>;

}  // namespace primer::pronunciation
