// What a label may show in a trace without --trace-names: our own words, times, dates and counts; nothing somebody is found by.
#include "app/trace.h"

#include <fstream>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <unistd.h>

namespace {

namespace fs = std::filesystem;

std::string shown(const std::string& label) {
  const auto file = fs::temp_directory_path() / ("nuanzhan-trace-" + std::to_string(::getpid()));
  {
    app::Trace trace(file, false);
    ui::Outline outline;
    outline.widgets.emplace_back();
    outline.widgets.back().label = label;
    trace.screen("desk/home", "zh-CN", 1, false, {}, outline);
  }
  std::string line;
  std::getline(std::ifstream(file), line);
  fs::remove(file);
  return nlohmann::json::parse(line)["widgets"][0]["label"];
}

TEST(TraceOfAStranger, NumbersOfPeopleAreNotWritten) {
  for (const auto* label : {"13812345678", "138-1234-5678", "1381234-5678", "138.123.456.78", "0816-2345678", "510722195003048123", "2345-6789", "138 1234 5678", "张桂芳", "id 7"}) EXPECT_EQ(shown(label), "") << label;
}

TEST(TraceOfAStranger, TimesDatesAndCountsAre) {
  for (const auto* label : {"09:30", "09:00-10:30", "2026-11-27", "11/27", "128", "2026", "12/30", "36.5", ""}) EXPECT_EQ(shown(label), label) << label;
}

}  // namespace
