#include "src/revision.h"

#include <source_revision.h>  // generated

namespace primer::toolkit {

const char* sourceRevision() { return kSourceRevision; }

}  // namespace primer::toolkit
