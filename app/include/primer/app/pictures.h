#pragma once

// The pictures by which pupils know themselves on the log-in page. A picture's id is kept in the
// records and names its drawing (ui draws ID.svg); its name is what is shown and spoken.

#include <QString>
#include <QStringList>
#include <array>
#include <string_view>

namespace primer::app {

// In the order in which they are given to the pupils of a new class. Ids never change their
// meaning; new ones are added at the end.
inline constexpr std::array<std::string_view, 30> kPictureIds = {
    "kite",   "boat",  "fish",   "tree",  "sun",     "house",    "moon",  "cactus",
    "cup",    "bell",  "shell",  "leaf",  "drum",    "hat",      "key",   "star",
    "apple",  "pear",  "cherry", "ball",  "balloon", "umbrella", "cloud", "mushroom",
    "flower", "acorn", "bee",    "snail", "rocket",  "anchor"};

// Those that pupils tap, three of them in their order, where log-in asks for it: unlike each other
// in shape and colour.
inline constexpr std::array<std::string_view, 9> kLogInPictureIds = {
    "sun", "fish", "house", "apple", "tree", "ball", "star", "umbrella", "bee"};

// A guest's, which is no pupil's.
inline constexpr std::string_view kGuestPicture = "suitcase";

// "Kite" in the language of the pages; the id itself for an id that this version does not know.
QString pictureName(const QString& id);

// All ids as a list, for pages that iterate over them.
QStringList pictureIds();
QStringList logInPictureIds();
// "Sun, fish, key".
QString pictureNames(const QStringList& ids);

}  // namespace primer::app
