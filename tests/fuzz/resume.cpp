// Where the kiosk stood when it fell: whatever the file holds, it names a short place or none, and what is written reads back.
#include "app/resume.h"
#include "fuzz/fuzz.h"

namespace {

using fuzz::must;

constexpr std::int64_t now_s = 5000;

void run(std::string_view input) {
  const auto file = fuzz::folder() / "resume.json";
  fuzz::write(file, fuzz::unfolded(input));
  app::Resume first(file, now_s);
  if (first.fell_at()) must(!first.fell_at()->screen.empty() && first.fell_at()->screen.size() <= 200 && first.fell_at()->key.size() <= 200, "a place is short");
  first.begins(now_s);
  const auto text = first.text();
  must(text.size() <= app::longest_resume, "what is written is short enough to be read");
  fuzz::write(file, text);
  const app::Resume second(file, now_s);
  must(second.fell_at() == first.fell_at(), "where it stood reads back");
}

std::vector<std::string> seeds() {
  return {R"({"version":1,"screen":"home","key":"","at_s":4990,"began_s":[4900,4950]})", R"({"version":1,"screen":"booking.days","key":"汽车\u0000","at_s":4990.5,"began_s":[1e300,-1,18446744073709551615]})",
          R"({"version":1,"began_s":{}})", "[]", fuzz::folded_run(1500, "[["), R"({"version":1,"screen":")" + fuzz::folded_run(90, "ab") + R"(","key":"\u0001","at_s":5000,"began_s":[5000,5000,5000,5000,5000,5000,5000]})"};
}

const fuzz::Listed listed({.name = "resume", .run = run, .seeds = seeds, .longest = 4200, .tries = 3000});

}  // namespace
