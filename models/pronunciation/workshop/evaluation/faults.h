#pragma once

// What goes wrong in a classroom, made up: recordings that are spoilt in known ways.

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "primer/toolkit/random.h"

namespace primer::pronunciation::workshop {

using Sound = std::vector<float>;  // 16 kHz, full scale at 1

struct Fault {
  std::string name;
  // `others` are recordings of other children.
  std::function<Sound(const Sound&, const std::vector<Sound>& others, toolkit::Random&)> make;
};

// The untouched recording first, then the faults.
std::vector<Fault> classroomFaults();

Sound soundOf(std::span<const std::int16_t> samples);
std::vector<std::int16_t> samplesOf(const Sound& sound);  // clipped at full scale

}  // namespace primer::pronunciation::workshop
