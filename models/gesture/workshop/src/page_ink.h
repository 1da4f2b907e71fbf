#pragma once

// Ink put together on a page; lengths in the writer's median longest side, y grows downward.

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "primer/handwriting/ink_features.h"
#include "primer/toolkit/random.h"

namespace primer::gesture::workshop {

float uniform(toolkit::Random& random, double low, double high);

// Whether the class is one of these characters.
bool isOneOf(std::uint8_t symbol, std::string_view texts);

// Adds the strokes first .. last - 1.
void appendStrokes(const handwriting::FlatInk& from, std::size_t first, std::size_t last,
                   handwriting::FlatInk& ink);
// One of them alone.
void take(const handwriting::FlatInk& from, std::size_t stroke, handwriting::FlatInk& one);

void move(handwriting::FlatInk& ink, float dx, float dy);
void scale(handwriting::FlatInk& ink, float sx, float sy);

handwriting::Extent joined(handwriting::Extent a, const handwriting::Extent& b);

// Goes on with ink of one stroke, or begins it.
void addLine(handwriting::FlatInk& ink, handwriting::PlanePoint from, handwriting::PlanePoint to);

}  // namespace primer::gesture::workshop
