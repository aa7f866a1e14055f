// Said aloud: sealed for those who may see the request, kept until its time is over, and nowhere in the clear.
#include "place.h"

#include "store/sealed.h"
#include "village/keys.h"

#include <algorithm>
#include <fstream>
#include <gmock/gmock.h>
#include <map>

using namespace request;
using request_test::Known;
using request_test::Place;
using request_test::Viewer;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;
using testing::UnorderedElementsAre;

namespace {

namespace fs = std::filesystem;

const std::string voice = "OggS what she said TAINT-5519 OpusHead";

struct Aloud : Place {
  void everybody_has_a_key() {
    for (const auto who : {xiao_wang, xiao_chen, clerk, manager}) has_key(who);
  }
  // What the screen does: seal and write, then the deed.
  std::expected<SaidId, Refusal> says(const Viewer& viewer, RequestId id, int seconds = 12, const std::string& what = voice) {
    const auto may = may_say(store.reader(viewer), id);
    if (!may) return std::unexpected(may.error());
    SaidFile file(folder.path, what, *may, seconds);
    const auto r = by(viewer, [&](store::Act& act) { return say(act, id, file); });
    if (!r) return std::unexpected(r.error());
    file.keep();
    return file.id;
  }
  std::vector<fs::path> files() {
    std::vector<fs::path> all;
    if (fs::exists(folder.path / "said"))
      for (const auto& f : fs::directory_iterator(folder.path / "said")) all.push_back(f.path());
    return all;
  }
  std::expected<std::string, Refusal> opens(village::StaffId who, RequestId id, std::size_t which = 0) {
    return open_said(folder.path, said_of(store.reader(as(who)), id).at(which), who, pairs.at(who));
  }
  static std::optional<std::string> bytes_in(const fs::path& folder_of_one) {
    for (const auto& f : fs::directory_iterator(folder_of_one)) {
      std::ifstream in(f.path(), std::ios::binary);
      return std::string{std::istreambuf_iterator<char>(in), {}};
    }
    return std::nullopt;
  }
  void chore() {
    store::Act act(store, clockwork());
    drop_said(act);
    act.commit();
  }
};

TEST_F(Aloud, is_opened_by_each_of_staff_and_by_nobody_else) {
  everybody_has_a_key();
  const auto id = asked(wang);
  ASSERT_TRUE(says(as(wang), id));
  for (const auto who : {xiao_wang, xiao_chen, clerk, manager}) EXPECT_EQ(opens(who, id), voice);
  const auto stranger = store::KeyPair::make();
  EXPECT_EQ(open_said(folder.path, said_of(store.reader(as(clerk)), id).front(), village::StaffId{base::id_of("a stranger")}, stranger), std::unexpected(Refusal::not_a_reader));
}

TEST_F(Aloud, nothing_is_said_of_a_confidential_matter) {
  everybody_has_a_key();
  const auto id = asked(mei, "mediation");
  EXPECT_TRUE(seen(as(mei), id)) << "it is there for her";
  EXPECT_EQ(says(as(mei), id), std::unexpected(Refusal::unknown));
  EXPECT_THAT(files(), IsEmpty()) << "a file that stands there would tell that there is one";
}

TEST_F(Aloud, is_never_in_the_clear_on_the_disk) {
  everybody_has_a_key();
  const auto id = asked(wang);
  ASSERT_TRUE(says(as(wang), id));
  store.database().raw().exec("PRAGMA wal_checkpoint(TRUNCATE)");
  int looked = 0;
  for (const auto& f : fs::recursive_directory_iterator(folder.path)) {
    if (!f.is_regular_file()) continue;
    std::ifstream in(f.path(), std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(in), {}};
    for (const auto* word : {"TAINT-5519", "OggS", "OpusHead"}) EXPECT_EQ(bytes.find(word), std::string::npos) << f.path();
    ++looked;
  }
  EXPECT_GE(looked, 2) << "the database and the recording";
}

TEST_F(Aloud, is_for_the_township_too_where_it_gave_its_key) {
  everybody_has_a_key();
  const auto township = store::KeyPair::make();
  std::ofstream(folder.path / "township.key") << store::text_of(township.open_to_all()) << "\n";
  const auto id = asked(wang);
  ASSERT_TRUE(says(as(wang), id));
  EXPECT_EQ(open_said(folder.path, said_of(store.reader(as(clerk)), id).front(), clerk, township), voice) << "with the paper from the envelope";
}

TEST_F(Aloud, is_refused_where_nobody_could_hear_it_and_tells_why) {
  const auto id = asked(wang);
  EXPECT_EQ(says(as(wang), id), std::unexpected(Refusal::nobody_hears));
  std::ofstream(folder.path / "township.key") << store::text_of(store::KeyPair::make().open_to_all()) << "\n";
  EXPECT_EQ(says(as(wang), id), std::unexpected(Refusal::nobody_hears)) << "the township alone helps nobody today";
  has_key(clerk);
  EXPECT_TRUE(says(as(wang), id));
  EXPECT_THAT(said_of(store.reader(as(clerk)), id).front().readers, ElementsAre(clerk));
}

TEST_F(Aloud, is_said_by_the_asker_or_staff_about_what_is_open_and_not_without_end) {
  everybody_has_a_key();
  const auto id = asked(wang);
  EXPECT_EQ(says(as(li), id), std::unexpected(Refusal::unknown));
  EXPECT_EQ(says(nobody(), id), std::unexpected(Refusal::unknown));
  EXPECT_TRUE(says(as(xiao_wang), id));
  EXPECT_TRUE(says(as(wang), id));
  EXPECT_TRUE(says(as(wang), id));
  EXPECT_EQ(says(as(wang), id), std::unexpected(Refusal::enough_said));
  const auto other = asked(li);
  ASSERT_TRUE(by(as(clerk), [&](store::Act& act) { return finish(act, other); }));
  EXPECT_EQ(says(as(li), other), std::unexpected(Refusal::not_open));
}

TEST_F(Aloud, leaves_no_file_where_the_deed_was_refused_or_rolled_back) {
  everybody_has_a_key();
  const auto id = asked(wang);
  const auto may = may_say(store.reader(as(wang)), id).value();
  {
    SaidFile file(folder.path, voice, may, 5);
    EXPECT_THAT(files(), SizeIs(1)) << "whole on the disk before the fact";
    store::Act act(store, as(wang));
    EXPECT_TRUE(say(act, id, file));
  }  // no commit
  EXPECT_THAT(files(), IsEmpty());
  EXPECT_THAT(said_of(store.reader(as(clerk)), id), IsEmpty());
  {
    SaidFile file(folder.path, voice, may, 5);
    ASSERT_TRUE(by(as(wang), [&](store::Act& act) { return cancel(act, id); }));
    EXPECT_EQ(refusal(as(wang), [&](store::Act& act) { return say(act, id, file); }), Refusal::not_open);
  }
  EXPECT_THAT(files(), IsEmpty());
}

TEST_F(Aloud, length_is_told_in_fives_and_by_size_class) {
  everybody_has_a_key();
  const auto id = asked(wang);
  ASSERT_TRUE(says(as(wang), id, 1, "a"));
  ASSERT_TRUE(says(as(wang), id, 11, std::string(1000, 'b')));
  const auto said = said_of(store.reader(as(clerk)), id);
  ASSERT_THAT(said, SizeIs(2));
  std::vector<int> seconds{said[0].seconds, said[1].seconds};
  EXPECT_THAT(seconds, UnorderedElementsAre(5, 15));
  const auto all = files();
  ASSERT_THAT(all, SizeIs(2));
  EXPECT_EQ(fs::file_size(all[0]), fs::file_size(all[1]));
}

TEST_F(Aloud, who_listens_is_a_fact_before_anything_is_heard) {
  everybody_has_a_key();
  const auto id = asked(wang);
  const auto said = says(as(wang), id).value();
  ASSERT_TRUE(by(as(xiao_chen), [&](store::Act& act) { return hear(act, id, said); }));
  const auto steps = history(store.reader(as(clerk)), id);
  EXPECT_EQ(steps.back().fact, "request.heard");
  EXPECT_TRUE(steps.back().by);
  EXPECT_EQ(refusal(as(wang), [&](store::Act& act) { return hear(act, id, said); }), Refusal::no_right);
  EXPECT_EQ(refusal(as(clerk), [&](store::Act& act) { return hear(act, id, SaidId{base::id_of("another")}); }), Refusal::unknown);
}

TEST_F(Aloud, a_reader_who_came_later_or_has_a_new_key_is_told_so) {
  has_key(clerk);
  const auto id = asked(wang);
  const auto said = says(as(wang), id).value();
  has_key(manager);
  EXPECT_EQ(opens(manager, id), std::unexpected(Refusal::not_a_reader));
  EXPECT_EQ(refusal(as(manager), [&](store::Act& act) { return hear(act, id, said); }), Refusal::not_a_reader);
  has_key(clerk);  // the PIN was forgotten
  EXPECT_EQ(opens(clerk, id), std::unexpected(Refusal::key_is_new));
}

TEST_F(Aloud, a_changed_or_missing_file_is_told_apart) {
  everybody_has_a_key();
  const auto id = asked(wang);
  ASSERT_TRUE(says(as(wang), id));
  const auto file = files().at(0);
  std::fstream(file, std::ios::in | std::ios::out | std::ios::binary).seekp(500) << '!';
  EXPECT_EQ(opens(clerk, id), std::unexpected(Refusal::said_broken));
  fs::resize_file(file, 40);
  EXPECT_EQ(opens(clerk, id), std::unexpected(Refusal::said_broken));
  fs::remove(file);
  EXPECT_EQ(opens(clerk, id), std::unexpected(Refusal::said_not_here));
  EXPECT_EQ(check_said(store.reader(nobody()), folder.path).missing, 1);
}

TEST_F(Aloud, goes_when_its_time_is_over_first_written_down_then_removed) {
  everybody_has_a_key();
  const auto id = asked(wang);
  ASSERT_TRUE(says(as(wang), id));
  ASSERT_TRUE(by(as(clerk), [&](store::Act& act) { return finish(act, id); }));
  minutes_pass(60 * 24 * 180);
  chore();
  EXPECT_THAT(files(), SizeIs(1)) << "the last day of the hundred and eighty";
  minutes_pass(1);
  chore();
  EXPECT_THAT(said_of(store.reader(as(clerk)), id), IsEmpty());
  EXPECT_EQ(history(store.reader(as(clerk)), id).back().fact, "request.said_dropped");
  chore();
  EXPECT_THAT(files(), IsEmpty());
  const auto facts = store.last_facts(1000).size();
  chore();
  EXPECT_EQ(store.last_facts(1000).size(), facts) << "said once";
}

TEST_F(Aloud, goes_at_once_with_a_request_that_was_taken_back) {
  everybody_has_a_key();
  const auto id = asked(wang);
  ASSERT_TRUE(says(as(wang), id));
  ASSERT_TRUE(by(as(wang), [&](store::Act& act) { return cancel(act, id); }));
  chore();
  chore();
  EXPECT_THAT(files(), IsEmpty());
}

TEST_F(Aloud, of_an_open_request_stays_however_old_it_is) {
  everybody_has_a_key();
  const auto id = asked(wang);
  ASSERT_TRUE(says(as(wang), id));
  minutes_pass(60 * 24 * 400);
  chore();
  chore();
  EXPECT_EQ(opens(clerk, id), voice);
}

TEST_F(Aloud, files_that_no_fact_names_are_swept_and_no_others) {
  everybody_has_a_key();
  const auto id = asked(wang);
  ASSERT_TRUE(says(as(wang), id));
  const auto cut = folder.path / "said" / base::id_of("cut by power").text();
  std::ofstream(cut) << "x";
  std::ofstream(folder.path / "said" / (base::id_of("half").text() + ".part")) << "x";
  const auto check = check_said(store.reader(nobody()), folder.path);
  EXPECT_EQ(check.unnamed, 2);
  EXPECT_EQ(check.kept, 1);
  EXPECT_EQ(sweep_said(store.reader(nobody()), folder.path), 1) << "the half; a whole one's fact may be on a device that is away";
  EXPECT_TRUE(fs::exists(cut));
  fs::last_write_time(cut, fs::file_time_type::clock::now() - std::chrono::days(8));
  EXPECT_EQ(sweep_said(store.reader(nobody()), folder.path), 1);
  EXPECT_FALSE(fs::exists(cut));
  EXPECT_EQ(opens(clerk, id), voice);
}

TEST_F(Aloud, a_copy_brings_it_back_until_its_time_is_over_and_goes_with_it) {
  everybody_has_a_key();
  const auto id = asked(wang);
  ASSERT_TRUE(says(as(wang), id));
  const auto to = folder.path / "kept.files";
  const auto copied = [&] { return village::copy_files(store, said_files(store.reader(nobody())), to); };
  EXPECT_EQ(copied().copied, 1);
  EXPECT_EQ(bytes_in(to)->find(bytes_in(folder.path / "said")->substr(1000, 64)), std::string::npos) << "sealed once more, under her own key";
  fs::remove_all(folder.path / "said");
  const std::vector<fs::path> from{to};
  EXPECT_EQ(village::bring_files_back(folder.path, said_files(store.reader(nobody())), store.keys(), from).back, 1);
  EXPECT_EQ(opens(clerk, id), voice) << "sealed for its readers as it was";
  ASSERT_TRUE(by(as(clerk), [&](store::Act& act) { return close(act, id, Outcome::helped); }));
  minutes_pass(60 * 24 * 180 + 1);
  EXPECT_EQ(copied().went, 0);
  chore();
  EXPECT_EQ(copied().went, 1) << "in the same turn in which it is over";
  EXPECT_TRUE(fs::is_empty(to));
}

TEST_F(Aloud, the_copies_of_an_erased_persons_go_and_others_stay) {
  everybody_has_a_key();
  ASSERT_TRUE(says(as(wang), asked(wang)));
  ASSERT_TRUE(says(as(li), asked(li)));
  const auto to = folder.path / "kept.files";
  const auto copied = [&] { return village::copy_files(store, said_files(store.reader(nobody())), to); };
  EXPECT_EQ(copied().copied, 2);
  by(clockwork(), [&](store::Act& act) {
    drop_said_of(act, wang);
    return std::optional(true);
  });
  const auto done = copied();
  EXPECT_EQ(done.went, 1);
  EXPECT_EQ(done.kept, 1);
}

TEST_F(Aloud, is_folded_the_same_again) {
  everybody_has_a_key();
  const auto id = asked(wang);
  ASSERT_TRUE(says(as(wang), id));
  ASSERT_TRUE(says(as(wang), id));
  ASSERT_TRUE(by(as(wang), [&](store::Act& act) { return cancel(act, id); }));
  chore();
  const auto before = store.fold_hash();
  store.rebuild();
  EXPECT_EQ(store.fold_hash(), before);
}

}  // namespace
