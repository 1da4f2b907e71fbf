#include "accelerators/opencl_api.h"

#if defined(PRIMER_OPENCL)

#include <dlfcn.h>
#include <fmt/format.h>

namespace primer::inference::opencl {

Result<std::shared_ptr<const Api>> load(const std::string& library) {
  void* handle = dlopen(library.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (handle == nullptr) {
    return fail(ErrorCode::kNotFound, fmt::format("opencl: {}", dlerror()));
  }
  auto api = std::make_shared<Api>();
  const char* missing = nullptr;
#define PRIMER_OPENCL_FIND(name)                                           \
  api->name = reinterpret_cast<decltype(api->name)>(dlsym(handle, #name)); \
  if (api->name == nullptr) missing = #name;
  PRIMER_OPENCL_FUNCTIONS(PRIMER_OPENCL_FIND)
#undef PRIMER_OPENCL_FIND
  if (missing != nullptr) {
    return fail(ErrorCode::kNotFound, fmt::format("opencl: {} has no {}", library, missing));
  }
  return api;
}

}  // namespace primer::inference::opencl

#endif
