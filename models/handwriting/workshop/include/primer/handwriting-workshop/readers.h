#pragma once

// Readers of the public data sets of ink, one a file. Each adds what it finds below the folder
// `handwriting` of PRIMER_DATA to a store; a missing or malformed file is an error that names it.

#include <filesystem>

#include "primer/base/result.h"
#include "primer/handwriting-workshop/samples.h"

namespace primer::handwriting::workshop {

// Online characters of 319 adults. Records of contributor ibm that are one stroke of a symbol that
// others write in several are left out: they hold a part of the ink under the label of the whole.
Status readUnipen(const std::filesystem::path& handwriting, SampleStore& store);

// Digits of 30 adults.
Status readPendigits(const std::filesystem::path& handwriting, SampleStore& store);

// Latin letters (as lower case), and characters of scripts that look like none of our symbols (as
// junk), drawn by mouse or finger.
Status readOmniglot(const std::filesystem::path& handwriting, SampleStore& store);

// Signs of mathematics, and arrows (as junk). Without writers: the last fifth of each symbol's
// records is the development part.
Status readDetexify(const std::filesystem::path& handwriting, SampleStore& store);

// All of them, with relative sizes measured.
Result<SampleStore> readAllInk(const std::filesystem::path& data);

}  // namespace primer::handwriting::workshop
