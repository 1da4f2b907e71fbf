#pragma once

namespace primer::toolkit {

// The revision of the sources that this was built from ("1a2b3c4d5e6f", "...-dirty" with changes
// that are not committed), or "unknown" outside of a repository.
const char* sourceRevision();

}  // namespace primer::toolkit
