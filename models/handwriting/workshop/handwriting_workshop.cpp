#include "primer/handwriting-workshop/handwriting_workshop.h"

namespace primer::handwriting {

void addHandwriting(toolkit::Workshop& /*workshop*/) {}

}  // namespace primer::handwriting
