// primer-batch images: one small grey picture of a digit a line, read.

#include <CLI/CLI.hpp>
#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "ink_json.h"
#include "json_lines.h"
#include "primer/base/program.h"
#include "primer/handwriting/image_reader.h"
#include "verb.h"

namespace primer::batch {

namespace {

using handwriting::GreyImage;
using handwriting::ImageReader;

struct ImagesOptions {
  std::string classes = "digits";
  std::string model;
};

// Six bits of base64, or -1.
int sextet(char c) {
  if (c >= 'A' && c <= 'Z') return c - 'A';
  if (c >= 'a' && c <= 'z') return c - 'a' + 26;
  if (c >= '0' && c <= '9') return c - '0' + 52;
  if (c == '+') return 62;
  if (c == '/') return 63;
  return -1;
}

Result<std::vector<std::uint8_t>> decodeBase64(std::string_view text) {
  while (!text.empty() && text.back() == '=') text.remove_suffix(1);
  std::vector<std::uint8_t> bytes;
  bytes.reserve(text.size() * 3 / 4);
  std::uint32_t bits = 0;
  int count = 0;
  for (const char c : text) {
    const int value = sextet(c);
    if (value < 0) return fail(ErrorCode::kInvalidArgument, "\"pixels\" is not base64");
    bits = bits << 6 | static_cast<std::uint32_t>(value);
    count += 6;
    if (count >= 8) {
      count -= 8;
      bytes.push_back(static_cast<std::uint8_t>(bits >> count & 0xFFu));
    }
  }
  if (count == 6) return fail(ErrorCode::kInvalidArgument, "\"pixels\" is cut short");
  return bytes;
}

Result<int> side(const Json& record, const char* key) {
  const auto value = record.find(key);
  if (value == record.end() || !value->is_number_integer()) {
    return fail(ErrorCode::kInvalidArgument,
                std::string("\"").append(key).append("\" is missing or not a whole number"));
  }
  const auto number = value->get<std::int64_t>();
  // The reader says what sides it takes; here only what an int holds.
  return static_cast<int>(std::clamp<std::int64_t>(number, -1, 1 << 20));
}

Result<GreyImage> parseImage(const Json& record) {
  GreyImage image;
  PRIMER_ASSIGN(image.width, side(record, "width"));
  PRIMER_ASSIGN(image.height, side(record, "height"));
  const auto pixels = record.find("pixels");
  if (pixels == record.end() || !pixels->is_string()) {
    return fail(ErrorCode::kInvalidArgument, "\"pixels\" is missing or not a text");
  }
  PRIMER_ASSIGN(image.pixels, decodeBase64(pixels->get_ref<const std::string&>()));
  return image;
}

int run(const ImagesOptions& options, const Streams& streams) {
  if (options.classes != "digits") {
    std::fprintf(stderr, "%s: images --classes %s: only digits are read from pictures\n", kProgram,
                 options.classes.c_str());
    return kExitUsage;
  }
  auto reader =
      options.model.empty() ? ImageReader::openShipped() : ImageReader::open(options.model);
  if (!reader) return reportError(kProgram, reader.error());
  return answerLines(streams, [&](const Json& record, Json& answer) -> Status {
    PRIMER_ASSIGN(const GreyImage image, parseImage(record));
    PRIMER_ASSIGN(const auto reading, reader->read(image));
    putReading(reading, answer);
    return {};
  });
}

}  // namespace

Verb addImages(CLI::App& command, const Streams& streams) {
  auto options = std::make_shared<ImagesOptions>();
  command.add_option("--classes", options->classes, "what is read: digits");
  command.add_option("--model", options->model, "a model file in place of the shipped one");
  return [options, &streams] { return run(*options, streams); };
}

}  // namespace primer::batch
