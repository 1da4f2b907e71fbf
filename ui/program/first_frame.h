#pragma once

namespace primer::ui {

class Window;

// Prints {"first_frame_ms","rss_bytes"} when the window has painted its first real page (not the
// one that is shown while the records are opened), and ends the program. The time counts from the
// start of the process, as the kernel keeps it.
void reportFirstFrame(Window& window);

}  // namespace primer::ui
