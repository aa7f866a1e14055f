// The number to ring, kept where it can be read when the database cannot.
#include "given.h"

#include "village/help_phone.h"

#include <fstream>

namespace {

namespace fs = std::filesystem;

struct HelpPhone : testing::Test {
  fs::path data = fs::temp_directory_path() / ("nuanzhan-phone-" + std::to_string(::getpid()));
  HelpPhone() { fs::create_directories(data / "second"); }
  ~HelpPhone() override { fs::remove_all(data); }
};

TEST_F(HelpPhone, is_read_back_from_either_place) {
  village::keep_help_phone(data, "0930 555 0100");
  EXPECT_EQ(village::kept_help_phone(data), "0930 555 0100");
  fs::remove(data / "help-phone");
  EXPECT_EQ(village::kept_help_phone(data), "0930 555 0100");
  fs::remove(data / "second" / "help-phone");
  EXPECT_EQ(village::kept_help_phone(data), "");
}

TEST_F(HelpPhone, is_written_only_when_it_is_another) {
  village::keep_help_phone(data, "0930 555 0100");
  const auto before = fs::last_write_time(data / "help-phone") - std::chrono::hours(1);
  fs::last_write_time(data / "help-phone", before);
  village::keep_help_phone(data, "0930 555 0100");
  EXPECT_EQ(fs::last_write_time(data / "help-phone"), before);
  village::keep_help_phone(data, "0930 555 0199");
  EXPECT_EQ(village::kept_help_phone(data), "0930 555 0199");
}

TEST_F(HelpPhone, of_a_damaged_file_is_harmless) {
  std::ofstream(data / "help-phone", std::ios::binary) << std::string(5000, 'x');
  EXPECT_EQ(village::kept_help_phone(data), "");
  std::ofstream(data / "help-phone", std::ios::binary) << "12\xff\xfe";
  EXPECT_EQ(village::kept_help_phone(data).substr(0, 2), "12");
}

TEST_F(HelpPhone, goes_without_a_folder) {
  EXPECT_NO_THROW(village::keep_help_phone(data / "none", "0930 555 0100"));
  EXPECT_EQ(village::kept_help_phone(data / "none"), "");
}

}  // namespace
