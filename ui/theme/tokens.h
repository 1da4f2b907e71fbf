#pragma once

// The tokens of the look: every colour, size and time that a widget may use. Sizes are in design
// pixels, the pixels of a 1280x800 page; theme/metrics.h turns them into the pixels of this screen.

#include <QColor>

namespace primer::ui {

namespace colour {
inline constexpr QColor kPaper(0xFB, 0xF6, 0xEC);
inline constexpr QColor kCard(0xFF, 0xFF, 0xFF);
inline constexpr QColor kSheet(0xFF, 0xFD, 0xF8);  // the sheet that is written on
inline constexpr QColor kLine(0xE7, 0xDF, 0xCF);
inline constexpr QColor kRule(0xD6, 0xE0, 0xF2);    // ruled line of the sheet
inline constexpr QColor kMargin(0xE8, 0xC9, 0xC0);  // its margin line
inline constexpr QColor kInk(0x1E, 0x2A, 0x44);
inline constexpr QColor kInk2(0x45, 0x4F, 0x68);
inline constexpr QColor kPen(0x23, 0x35, 0x6B);
inline constexpr QColor kLeaf(0x14, 0x60, 0x4A);
inline constexpr QColor kLeafDeep(0x0D, 0x49, 0x37);
inline constexpr QColor kLeafSoft(0xDD, 0xF0, 0xE6);
inline constexpr QColor kSky(0x1F, 0x57, 0x96);
inline constexpr QColor kSkyDeep(0x17, 0x43, 0x76);
inline constexpr QColor kSkySoft(0xE1, 0xED, 0xF9);
inline constexpr QColor kSun(0xF4, 0xB7, 0x3F);
inline constexpr QColor kSunDeep(0xDB, 0x95, 0x1E);
inline constexpr QColor kSunSoft(0xFD, 0xF0, 0xD2);
inline constexpr QColor kAmber(0x7F, 0x45, 0x00);
inline constexpr QColor kAmberSoft(0xFF, 0xE9, 0xC7);
inline constexpr QColor kBerry(0x8E, 0x2A, 0x4B);
inline constexpr QColor kBerryDeep(0x6E, 0x1D, 0x38);
inline constexpr QColor kBerrySoft(0xFA, 0xE3, 0xEA);
inline constexpr QColor kWaiting(0xE2, 0xDA, 0xC6);  // a dot that is still to come

// The teacher's pages: another temperature.
inline constexpr QColor kDesk(0xF5, 0xF6, 0xF9);
inline constexpr QColor kDeskLine(0xDF, 0xE3, 0xEB);
inline constexpr QColor kDeskHover(0xEE, 0xF2, 0xF8);
inline constexpr QColor kNight(0x1F, 0x2A, 0x44);      // sidebar
inline constexpr QColor kNightItem(0x33, 0x44, 0x6E);  // its current item
inline constexpr QColor kNightText(0xE6, 0xEA, 0xF3);

// The meadow of the well-done page.
inline constexpr QColor kAir(0xE8, 0xF4, 0xFB);
inline constexpr QColor kMeadowFar(0xDD, 0xEE, 0xD9);
inline constexpr QColor kMeadow(0xC8, 0xE3, 0xC4);
inline constexpr QColor kStem(0x3F, 0x8F, 0x5C);
inline constexpr QColor kEarth(0xB8, 0x94, 0x6E);  // where something may grow
inline constexpr QColor kLeaflet(0x67, 0xB0, 0x70);
inline constexpr QColor kHaze(0xF9, 0xDD, 0x8D);  // the meadow's sun
inline constexpr QColor kCoral(0xE9, 0x8B, 0x5C);
inline constexpr QColor kViolet(0x7A, 0x6C, 0xB8);
}  // namespace colour

namespace radius {
inline constexpr int kSmall = 12;
inline constexpr int kCard = 20;
inline constexpr int kTile = 28;
inline constexpr int kFull = 1000;  // as round as the height allows
}  // namespace radius

namespace space {
inline constexpr int kTight = 8;
inline constexpr int kGap = 12;     // least distance between two things to touch
inline constexpr int kCards = 24;   // between cards
inline constexpr int kInside = 28;  // inside a card
inline constexpr int kPage = 28;    // page margin
}  // namespace space

namespace size {
inline constexpr int kTouch = 72;        // 12 mm on a ten-inch tablet of 1280x800
inline constexpr int kTouchInCard = 66;  // buttons in cards; 9 mm even on the smallest screen
inline constexpr int kRing = 5;          // focus ring
inline constexpr int kRingOff = 3;       // its distance
inline constexpr int kLip = 4;           // the soft lower edge of a button
}  // namespace size

namespace type {
inline constexpr int kDisplay = 56;  // the word of a celebration
inline constexpr int kProblem = 50;  // the sum to be done
inline constexpr int kTitle = 42;    // a page's heading
inline constexpr int kHeading = 28;  // a card's heading
inline constexpr int kButton = 26;   // a word on a button
inline constexpr int kReading = 26;  // running text for pupils
inline constexpr int kNote = 24;     // the smallest text for pupils
inline constexpr int kTeacherTitle = 30;
inline constexpr int kTeacherHeading = 19;
inline constexpr int kTeacher = 17;
inline constexpr int kTeacherNote = 16;  // 12 points at 96 dots an inch: the smallest of all
}  // namespace type

namespace time {
inline constexpr int kMotionMs = 160;
inline constexpr int kQuietPauseMs = 800;  // after which ink is read
}  // namespace time

}  // namespace primer::ui
