#pragma once

// A small picture of one digit, read: the road for scanned or photographed digits.

#include <cstdint>
#include <filesystem>
#include <memory>
#include <vector>

#include "primer/base/result.h"
#include "primer/handwriting/symbol_reader.h"

namespace primer::handwriting {

struct GreyImage {
  int width = 0;
  int height = 0;
  std::vector<std::uint8_t> pixels;  // row by row from the top; 0 is paper, 255 is full ink
};

// Thread-compatible, as SymbolReader.
class ImageReader {
 public:
  static Result<ImageReader> open(const std::filesystem::path& model);
  static Result<ImageReader> openShipped();
  static std::filesystem::path shippedModel();

  ~ImageReader();
  ImageReader(ImageReader&&) noexcept;
  ImageReader& operator=(ImageReader&&) noexcept;

  // A picture of the model's own size (28x28) is read as it is; any other is brought to it as
  // MNIST was made: the ink's box scaled to 20 pixels, its centre of mass in the middle.
  // kInvalidArgument where sizes and pixels do not agree, or a side is 0 or over 4096.
  // A picture without ink is junk.
  Result<SymbolReading> read(const GreyImage& image);

 private:
  struct Impl;
  explicit ImageReader(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace primer::handwriting
