#pragma once

// The engine in one include: open a .tflite file (Model), plan an execution of it (Session), write
// inputs, run, read outputs (TensorView). docs/inference-api.md tells it with complete programs.
//
// Threads: a Model is immutable and may be shared by any number of threads; a Session belongs to
// one thread at a time, and any number of sessions of one model may run at once. No function keeps
// global state or starts threads.
//
// Errors: what can fail returns Result<T> or Status (primer/base/result.h) with one line that says
// what is wrong and where; nothing throws. After planning, `Session::run` cannot fail.

#include "primer/base/result.h"
#include "primer/inference/accelerator.h"
#include "primer/inference/custom_operator.h"
#include "primer/inference/model.h"
#include "primer/inference/profile.h"
#include "primer/inference/session.h"
#include "primer/inference/support.h"
#include "primer/inference/tensor.h"
#include "primer/inference/tensor_view.h"
