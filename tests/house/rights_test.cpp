// Rights, cell by cell: every right of the village and the shapes against the table people agreed on (rights.csv).
#include "shapes/shape.h"

#include <fmt/format.h>
#include <fstream>
#include <gtest/gtest.h>

namespace {

std::string cells(const store::Right& r) {
  const auto yes = [](bool b) { return b ? "yes" : "-"; };
  return fmt::format("{},{},{},{},{},{},{}", r.name, yes(r.anyone), r.resident ? store::name(*r.resident) : "-", yes(r.volunteer), yes(r.clerk), yes(r.manager), yes(r.clockwork));
}

std::vector<std::string> in_the_program() {
  std::vector<std::string> lines;
  for (const auto& r : village::rights()) lines.push_back(cells(r));
  for (const auto& shape : shapes::all())
    for (const auto& r : shape.rights) lines.push_back(cells(r));
  std::sort(lines.begin(), lines.end());
  return lines;
}

TEST(Rights, are_those_of_the_table) {
  std::ifstream file(std::filesystem::path(NUANZHAN_SOURCE_DIR) / "tests/house/rights.csv");
  std::vector<std::string> table;
  for (std::string line; std::getline(file, line);)
    if (!line.empty() && !line.starts_with("right,") && !line.starts_with("#")) table.push_back(line);
  std::sort(table.begin(), table.end());
  std::string wrong;
  const auto program = in_the_program();
  for (const auto& line : program)
    if (std::find(table.begin(), table.end(), line) == table.end()) wrong += "in the program, not in rights.csv: " + line + "\n";
  for (const auto& line : table)
    if (std::find(program.begin(), program.end(), line) == program.end()) wrong += "in rights.csv, not in the program: " + line + "\n";
  EXPECT_TRUE(wrong.empty()) << wrong;
}

TEST(Rights, each_cell_decides) {
  using store::Known;
  using store::Role;
  using store::Viewer;
  const base::Uuid site = base::id_of("site"), me = base::id_of("me"), you = base::id_of("you");
  std::vector<store::Right> all = village::rights();
  for (const auto& shape : shapes::all()) all.insert(all.end(), shape.rights.begin(), shape.rights.end());
  for (const auto& right : all) {
    EXPECT_EQ(store::may(Viewer::nobody(site), right), right.anyone) << right.name;
    for (const auto role : {Role::volunteer, Role::clerk, Role::manager})
      EXPECT_EQ(store::may(Viewer::of_staff(site, role, {}, {}), right), right.anyone || right.role_may(role)) << right.name << " " << store::name(role);
    for (const auto known : {Known::face, Known::card, Known::secret}) {
      const auto viewer = Viewer::resident(site, me, known);
      const bool own = right.anyone || (right.resident && known >= *right.resident);
      EXPECT_EQ(store::may_for(viewer, right, me), own) << right.name << " " << store::name(known);
      EXPECT_EQ(store::may_for(viewer, right, you), right.anyone) << right.name << ": nobody acts for a neighbour";
    }
  }
}

TEST(Rights, no_volunteer_has_what_a_clerk_has_not) {
  for (const auto& shape : shapes::all())
    for (const auto& r : shape.rights) {
      EXPECT_TRUE(!r.volunteer || r.clerk) << r.name;
      EXPECT_TRUE(!r.clerk || r.manager) << r.name;
    }
}

}  // namespace
