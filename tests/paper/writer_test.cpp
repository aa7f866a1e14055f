// Sheets, read back with other eyes than those that wrote them.
#include "paper/writer.h"

#include "paper/read_back.h"
#include "paper/writer_impl.h"

#include <csignal>
#include <sys/resource.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>

using namespace std::chrono_literals;
using namespace paper_test;
using base::Cell;
using base::ColumnKind;
using base::NotFilledIn;
using paper::Form;
using paper::Writer;

namespace {

base::Words words(const std::string& language = "zh-CN") {
  std::vector<base::Wrong> wrong;
  auto w = base::Words::load(std::filesystem::path(NUANZHAN_SOURCE_DIR) / "assets/text", language, wrong);
  w.set("test.person", "姓名");
  w.set("test.times", "来了几回");
  return w;
}

base::SheetHead attendance() {
  return {"attendance.month",
          "十一月 日间照料 签到表",
          "双塔村幸福院 · 2026-11",
          {{"person", "test.person", ColumnKind::text, 2},
           {"times", "test.times", ColumnKind::whole, 1, true},
           {"here", "test.here", ColumnKind::minutes, 1, true},
           {"share", "test.share", ColumnKind::share},
           {"first", "test.first", ColumnKind::day},
           {"last", "test.last", ColumnKind::instant},
           {"weight", "test.weight", ColumnKind::decimal, 1, true}}};
}

const base::Day kDay = base::day(2026y / 11 / 24);
const base::Place kPlace{480min};
const base::Instant kNineFive = base::instant_at(kDay, 545min, kPlace);

const std::vector<std::vector<Cell>> kRows{
    {std::string("王秀兰"), std::int64_t{20}, base::Minutes(6150), base::Share{0.875}, kDay, kNineFive, 52.5},
    {std::string("=1+2\",\n是个公式"), std::int64_t{3}, base::Minutes(25), base::Share{1}, kDay, NotFilledIn{},
     0.25},
    {std::string("缪𠮷"), NotFilledIn{}, NotFilledIn{}, base::Share{std::nan("")}, NotFilledIn{}, NotFilledIn{},
     NotFilledIn{}}};

std::filesystem::path write(const TemporaryFolder& folder, Form form,
                            const std::vector<std::vector<Cell>>& rows = kRows, base::SheetHead head = attendance(),
                            const std::string& language = "zh-CN") {
  const auto file = folder.path / ("sheet." + std::string(paper::extension(form)));
  Writer writer(form, file);
  writer.begin(head, words(language), kPlace);
  for (const auto& row : rows) writer.row(row);
  writer.end();
  return file;
}

}  // namespace

TEST(Sheet, a_form_is_known_by_its_file_ending) {
  for (const auto form : {Form::xlsx, Form::csv, Form::pdf, Form::json})
    EXPECT_EQ(paper::form_of(paper::extension(form)), form);
  EXPECT_EQ(paper::form_of(".XLSX"), Form::xlsx);
  EXPECT_FALSE(paper::form_of("docx"));
}

TEST(Xlsx, keeps_types_so_that_a_clerk_can_go_on_counting) {
  const TemporaryFolder folder;
  auto cells = xlsx_cells(write(folder, Form::xlsx));
  EXPECT_EQ((cells[{0, 0}].value), "十一月 日间照料 签到表");
  EXPECT_EQ((cells[{1, 0}].value), "双塔村幸福院 · 2026-11");
  EXPECT_EQ((cells[{2, 0}].value), "姓名");
  EXPECT_EQ((cells[{3, 0}].value), "王秀兰");
  EXPECT_FALSE((cells[{3, 1}].text));
  EXPECT_EQ((cells[{3, 1}].value), "20");
  EXPECT_DOUBLE_EQ(std::stod(cells[{3, 2}].value) * 1440, 6150);
  EXPECT_EQ((cells[{3, 2}].format), "[h]:mm");
  EXPECT_EQ((cells[{3, 3}].value), "0.875");
  EXPECT_EQ((cells[{3, 3}].format), "0.0%");
  EXPECT_EQ((cells[{3, 4}].value), "46350");  // 2026-11-24, counted by another spreadsheet
  EXPECT_EQ((cells[{3, 4}].format), "yyyy-mm-dd");
  EXPECT_NEAR(std::stod(cells[{3, 5}].value), 46350 + 545.0 / 1440, 1e-6);
  EXPECT_EQ((cells[{3, 6}].value), "52.5");
}

TEST(Xlsx, text_is_never_a_formula) {
  const TemporaryFolder folder;
  auto cells = xlsx_cells(write(folder, Form::xlsx));
  EXPECT_EQ((cells[{4, 0}].value), "=1+2\", 是个公式");
  for (const auto& [at, cell] : cells) EXPECT_FALSE(cell.formula) << at.first << "," << at.second;
}

TEST(Xlsx, what_is_not_filled_in_is_said_in_words_and_is_no_zero) {
  const TemporaryFolder folder;
  auto cells = xlsx_cells(write(folder, Form::xlsx));
  for (int column = 1; column < 7; ++column) {
    EXPECT_EQ((cells[{5, column}].value), "未填") << column;
    EXPECT_TRUE((cells[{5, column}].text)) << column;
  }
  EXPECT_EQ((xlsx_cells(write(folder, Form::xlsx, kRows, attendance(), "en"))[{5, 1}].value), "not filled in");
}

TEST(Xlsx, the_last_row_adds_up_what_is_filled_in) {
  const TemporaryFolder folder;
  auto cells = xlsx_cells(write(folder, Form::xlsx));
  EXPECT_EQ((cells[{6, 0}].value), "合计");
  EXPECT_EQ((cells[{6, 1}].value), "23");
  EXPECT_DOUBLE_EQ(std::stod(cells[{6, 2}].value) * 1440, 6175);
  EXPECT_EQ((cells[{6, 3}].value), "") << "shares do not add up";
  EXPECT_EQ((cells[{6, 6}].value), "52.75");
}

TEST(Xlsx, a_column_with_nothing_filled_in_has_no_total) {
  const TemporaryFolder folder;
  auto cells = xlsx_cells(write(folder, Form::xlsx, {kRows[2]}));
  EXPECT_EQ((cells[{4, 0}].value), "合计");
  EXPECT_EQ((cells[{4, 1}].value), "");
}

TEST(Xlsx, a_sheet_without_rows_says_so) {
  const TemporaryFolder folder;
  EXPECT_EQ((xlsx_cells(write(folder, Form::xlsx, {}))[{3, 0}].value), "还没有记录");
}

TEST(Xlsx, takes_any_title_and_any_text) {
  const TemporaryFolder folder;
  auto head = attendance();
  head.title = "'[双塔/城关]: 很长很长很长很长很长很长很长很长很长很长很长很长很长很长很长的名字*?'";
  std::string ugly = "a\x01\x02\xff";
  ugly += "<&>\"\xEF\xBF\xBE";
  auto cells = xlsx_cells(write(folder, Form::xlsx, {{ugly}, {std::string(200'000, 'x')}}, head));
  EXPECT_EQ((cells[{3, 0}].value), "a\xEF\xBF\xBD<&>\"");
  EXPECT_GE((cells[{4, 0}].value.size()), 16'000u);
}

TEST(Xlsx, goes_on_in_a_second_worksheet_when_one_is_full) {
  const TemporaryFolder folder;
  const auto file = folder.path / "two.xlsx";
  {
    auto impl = paper::xlsx_writer(file, 2);
    const auto head = attendance();
    impl->columns = head.columns.size();
    impl->begin(head, words(), kPlace);
    paper::Totals totals(head.columns);
    for (const auto& row : kRows) {
      totals.add(row);
      ++impl->rows;
      impl->row(row);
    }
    impl->end(totals);
  }
  auto second = xlsx_cells(file, 2);
  EXPECT_EQ((second[{2, 0}].value), "姓名");
  EXPECT_EQ((second[{3, 0}].value), "缪𠮷");
  EXPECT_EQ((second[{4, 1}].value), "23");
}

TEST(Xlsx, a_hundred_thousand_rows_take_no_more_memory_than_ten_thousand) {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  GTEST_SKIP() << "a sanitizer keeps what is freed";
#endif
  const TemporaryFolder folder;
  const auto file = folder.path / "big.xlsx";
  Writer writer(Form::xlsx, file);
  writer.begin(attendance(), words(), kPlace);
  long early = 0;
  for (std::int64_t i = 0; i < 100'000; ++i) {
    if (i == 10'000) early = resident_kb();
    writer.row(
        {std::string("王秀兰") + std::to_string(i), i, base::Minutes(i), base::Share{0.5}, kDay, kNineFive, 1.5});
  }
  const auto before_end = resident_kb();
  writer.end();
  EXPECT_LT(before_end - early, 2'000) << "kB";
  EXPECT_LT(resident_kb() - early, 4'000) << "kB";
  EXPECT_EQ(writer.rows(), 100'000);
  EXPECT_GT(std::filesystem::file_size(file), 1'000'000u);
}

TEST(Csv, reads_back_as_it_was_written) {
  const TemporaryFolder folder;
  const auto bytes = bytes_of(write(folder, Form::csv));
  ASSERT_TRUE(bytes.starts_with("\xEF\xBB\xBF")) << "Excel in Chinese needs the mark";
  const auto rows = csv_rows(std::string_view(bytes).substr(3));
  ASSERT_EQ(rows.size(), 5u);
  ASSERT_EQ(rows[0].size(), 7u);
  EXPECT_EQ(rows[0][0], "姓名") << "people read a csv: its head is in their language";
  EXPECT_EQ(rows[0][1], "来了几回");
  EXPECT_THAT(rows[1],
              testing::ElementsAre("王秀兰", "20", "102:30", "87.5%", "2026-11-24", "2026-11-24 09:05", "52.5"));
  EXPECT_THAT(rows[3], testing::ElementsAre("缪𠮷", "未填", "未填", "未填", "未填", "未填", "未填"));
  EXPECT_THAT(rows[4], testing::ElementsAre("合计", "23", "102:55", "", "", "", "52.75"));
  EXPECT_EQ(bytes.find("\n"), bytes.find("\r\n") + 1);
}

TEST(Csv, text_that_a_spreadsheet_would_run_is_held_back_and_a_negative_number_is_not) {
  const TemporaryFolder folder;
  std::vector<std::vector<Cell>> rows;
  const std::vector<std::string> dangerous{
      "=HYPERLINK(\"x\")", "+1", "-1", "@SUM(A1)", " =1", "\t=1", "＝1", "＋1", "－1", "＠x"};
  for (const auto& text : dangerous) rows.push_back({text, std::int64_t{-5}});
  const auto bytes = bytes_of(write(folder, Form::csv, rows));
  const auto back = csv_rows(std::string_view(bytes).substr(3));
  for (std::size_t i = 0; i < dangerous.size(); ++i) {
    EXPECT_TRUE(back[i + 1][0].starts_with("'")) << dangerous[i];
    EXPECT_EQ(back[i + 1][1], "-5");
  }
}

TEST(Json, is_one_array_of_typed_objects_and_null_for_what_is_not_filled_in) {
  const TemporaryFolder folder;
  const auto json = nlohmann::json::parse(bytes_of(write(folder, Form::json)));
  ASSERT_EQ(json.size(), 3u);
  EXPECT_EQ(json[0], (nlohmann::json{{"person", "王秀兰"},
                                     {"times", 20},
                                     {"here", 6150},
                                     {"share", 0.875},
                                     {"first", "2026-11-24"},
                                     {"last", "2026-11-24T09:05:00+08:00"},
                                     {"weight", 52.5}}));
  EXPECT_EQ(json[1]["person"], "=1+2\",\n是个公式");
  for (const auto* name : {"times", "here", "share", "first", "last", "weight"})
    EXPECT_TRUE(json[2].at(name).is_null()) << name;
  EXPECT_EQ(nlohmann::json::parse(bytes_of(write(folder, Form::json, {}))), nlohmann::json::array());
}

TEST(Json, goes_to_a_stream_as_well_but_a_workbook_does_not) {
  std::ostringstream out;
  Writer writer(Form::json, out);
  writer.begin(attendance(), words(), kPlace);
  writer.row({std::string("王秀兰")});
  writer.end();
  EXPECT_TRUE(nlohmann::json::parse(out.str())[0]["weight"].is_null());
  EXPECT_THROW(Writer(Form::xlsx, out), std::invalid_argument);
}

TEST(Pdf, has_pages_enough_and_the_chinese_font_in_it) {
  const TemporaryFolder folder;
  std::vector<std::vector<Cell>> rows;
  for (int i = 0; i < 100; ++i) rows.insert(rows.end(), kRows.begin(), kRows.end());
  const auto bytes = bytes_of(write(folder, Form::pdf, rows));
  EXPECT_TRUE(bytes.starts_with("%PDF-1."));
  EXPECT_TRUE(base::trimmed(bytes).ends_with("%%EOF"));
  EXPECT_NE(bytes.find("NotoSansCJKsc-Regular"), std::string::npos);
  EXPECT_EQ(bytes.find("/Subtype /Type3"), std::string::npos)
      << "digits must be letters of that font, not pictures";
  EXPECT_GE(pdf_pages(bytes), 8);
  EXPECT_EQ(pdf_pages(bytes_of(write(folder, Form::pdf, {}))), 1);
}

TEST(Pdf, lies_down_when_the_columns_are_wide) {
  const TemporaryFolder folder;
  auto head = attendance();
  EXPECT_NE(bytes_of(write(folder, Form::pdf, kRows, head)).find("/MediaBox [ 0 0 595.275591 841.889764 ]"),
            std::string::npos);
  head.columns[0].width = 4;
  EXPECT_NE(bytes_of(write(folder, Form::pdf, kRows, head)).find("/MediaBox [ 0 0 841.889764 595.275591 ]"),
            std::string::npos);
}

TEST(Pdf, a_story_longer_than_a_page_goes_on_and_ends) {
  const TemporaryFolder folder;
  std::string story;
  for (int i = 0; i < 2000; ++i) story += "她从不抱怨。";
  EXPECT_GE(pdf_pages(bytes_of(write(folder, Form::pdf, {{story}}))), 10);
}

TEST(Sheet, is_there_whole_or_not_at_all) {
  const TemporaryFolder folder;
  for (const auto form : {Form::xlsx, Form::csv, Form::pdf, Form::json}) {
    const auto file = folder.path / ("dropped." + std::string(paper::extension(form)));
    {
      Writer writer(form, file);
      writer.begin(attendance(), words(), kPlace);
      writer.row(kRows[0]);
      EXPECT_FALSE(std::filesystem::exists(file));
    }
    EXPECT_TRUE(std::filesystem::is_empty(folder.path)) << paper::extension(form);
    EXPECT_ANY_THROW({
      Writer nowhere(form, folder.path / "no such folder" / "x");
      nowhere.begin(attendance(), words(), kPlace);
    });
  }
}

TEST(Sheet, a_full_disk_is_an_error_and_leaves_nothing_under_the_name) {
  // As good as a full disk: no file may grow any more.
  struct NoRoom {
    rlimit before{};
    NoRoom() {
      ::signal(SIGXFSZ, SIG_IGN);
      ::getrlimit(RLIMIT_FSIZE, &before);
      const rlimit none{0, before.rlim_max};
      ::setrlimit(RLIMIT_FSIZE, &none);
    }
    ~NoRoom() { ::setrlimit(RLIMIT_FSIZE, &before); }
  };
  const TemporaryFolder folder;
  for (const auto form : {Form::xlsx, Form::csv, Form::pdf, Form::json}) {
    const auto file = folder.path / "full";
    EXPECT_ANY_THROW({
      const NoRoom full;
      Writer writer(form, file);
      writer.begin(attendance(), words(), kPlace);
      writer.row(kRows[0]);
      writer.end();
    }) << paper::extension(form);
    EXPECT_TRUE(std::filesystem::is_empty(folder.path));
  }
}

TEST(Sheet, a_sum_beyond_all_numbers_stays_at_the_largest) {
  paper::Totals totals(attendance().columns);
  totals.add({std::string("a"), std::numeric_limits<std::int64_t>::max()});
  totals.add({std::string("b"), std::int64_t{1}});
  EXPECT_EQ(totals.row()[1], Cell{std::numeric_limits<std::int64_t>::max()});
}

TEST(Sheet, more_cells_than_columns_is_our_mistake) {
  std::ostringstream out;
  Writer writer(Form::csv, out);
  EXPECT_THROW(writer.row({}), std::logic_error);
  writer.begin(attendance(), words(), kPlace);
  EXPECT_THROW(writer.row(std::vector<Cell>(8)), std::logic_error);
}
