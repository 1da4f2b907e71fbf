#pragma once

// Offers a node to an accelerator, tries it, and ties what it makes to the CPU's kernel, which
// takes over where the device fails.

#include <memory>

#include "kernels/kernel.h"
#include "primer/inference/accelerator.h"

namespace primer::inference {

struct AcceleratorChoice {
  std::shared_ptr<Accelerator> device;  // null: the CPU runs everything
  AcceleratorUse use = AcceleratorUse::kWhereQuicker;

  bool operator==(const AcceleratorChoice&) const = default;
};

// `cpu`, or a node that runs on the device and has `cpu` to fall back on.
PreparedNode accelerated(const NodeView& node, PreparedNode cpu, const AcceleratorChoice& choice);

}  // namespace primer::inference
