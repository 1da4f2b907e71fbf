#include "ops/resize.h"

#include <fmt/format.h>

#include "ops/operators.h"
#include "src/list_text.h"

namespace primer::inference {

Checked<ResizeLayer> resizeLayer(const NodeView& node) {
  PRIMER_TRY(node.expectCounts(2, 2, 1));
  PRIMER_TRY(node.expectSameType(node.input(0), node.output(0), "input and output"));
  const auto& image = node.input(0);
  PRIMER_TRY(node.expectRank(image, "input", 4, 4));
  PRIMER_ASSIGN(const auto size, node.constantIntegers(1, "size"));
  constexpr std::int64_t kMost = 1 << 15;  // positions are fixed-point numbers of 32 bits
  if (size.size() != 2 || size[0] < 1 || size[1] < 1 || size[0] > kMost || size[1] > kMost ||
      image.dim(1) < 1 || image.dim(2) < 1 || image.dim(1) > kMost || image.dim(2) > kMost) {
    return node.damaged("resize-size", "{} to [{}]", shapeText(image.shape), listText(size));
  }
  ResizeLayer layer;
  layer.batch = image.dim(0);
  layer.in_height = image.dim(1);
  layer.in_width = image.dim(2);
  layer.channels = image.dim(3);
  layer.out_height = static_cast<std::int32_t>(size[0]);
  layer.out_width = static_cast<std::int32_t>(size[1]);
  if (const auto* bilinear = node.options<tflite::ResizeBilinearOptions>(); bilinear != nullptr) {
    layer.align_corners = bilinear->align_corners();
    layer.half_pixel_centers = bilinear->half_pixel_centers();
  } else if (const auto* nearest = node.options<tflite::ResizeNearestNeighborOptions>();
             nearest != nullptr) {
    layer.align_corners = nearest->align_corners();
    layer.half_pixel_centers = nearest->half_pixel_centers();
  }
  const bool bilinear = node.node().op == tflite::BuiltinOperator::RESIZE_BILINEAR;
  if (bilinear && layer.align_corners && layer.half_pixel_centers) {
    return node.damaged("resize-corners", "aligned corners and half-pixel centres at once");
  }
  return layer;
}

Checked<std::vector<Shape>> checkResize(const NodeView& node) {
  PRIMER_ASSIGN(const auto layer, resizeLayer(node));
  return oneShape(layer.outputShape());
}

}  // namespace primer::inference
