// Two villages that differ in one thing: in one a woman asked for mediation, in the other she looked and left. Whoever cannot open what is
// sealed finds no difference: on no screen, in no sheet, in no fact, in no file's size.
#include "at_the_kiosk.h"

#include "devices/wedge.h"
#include "shapes/request/request.h"
#include "store/envelope.h"
#include "village/keys.h"

#include <nlohmann/json.hpp>
#include <regex>

namespace {

using given::AtTheKiosk;
namespace fs = std::filesystem;

// She comes to what can be asked for, looks at it, and asks for mediation or does not.
void comes_to_ask(AtTheKiosk& k, village::PersonId who, bool asks) {
  k.kiosk->become({.person = who, .known = store::Known::card});
  k.kiosk->open("request/ask", "");
  k.settle();
  while (!k.has("offer:mediation") && k.has("page_next")) k.touch("page_next");
  if (!asks) return;
  k.touch("offer:mediation");
  EXPECT_EQ(k.at(), "request/sent");
}

struct Village : AtTheKiosk {
  explicit Village(bool with_dispute) {
    // An ordinary request, so that lists and sheets are not empty.
    (void)act(resident(wang), [&](store::Act& a) { return request::ask(a, {wang, "meals"}); });
    comes_to_ask(*this, mother, with_dispute);
    kiosk->go_home(false);
    settle();
  }
};

// Ids are random: each stands for itself by the order in which it is seen.
std::string without_ids(const std::string& text) {
  static const std::regex id("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
  std::map<std::string, std::string> seen;
  std::string out;
  auto from = text.begin();
  for (std::sregex_iterator i(text.begin(), text.end(), id), end; i != end; ++i) {
    out.append(from, text.begin() + i->position());
    out += seen.try_emplace(i->str(), "id" + std::to_string(seen.size())).first->second;
    from = text.begin() + i->position() + i->length();
  }
  return out.append(from, text.end());
}

std::string outline_of(AtTheKiosk& k) {
  std::string all = k.at() + "\n";
  for (const auto& w : k.frame.outline().widgets) all += w.id + " " + w.label + "\n";
  return all + k.frame.outline().speak_text;
}

// Every screen that opens without a key of its own, and those of the people concerned, as one viewer sees them.
std::map<std::string, std::string> screens_of(Village& k, const parts::Identity& who) {
  std::map<std::string, std::string> all;
  std::vector<std::pair<std::string, std::string>> ways;
  for (const auto& faces : app::all_faces())
    for (const auto& screen : faces.screens) {
      ways.emplace_back(screen.key, "");
      ways.emplace_back(screen.key, k.mother.text());
    }
  for (const auto& [screen, key] : ways) {
    if (screen == "request/urgent" || screen == "request/send" || screen == "desk/pin") continue;  // these do something when they open
    k.kiosk->go_home(true);  // and the idle time begins anew
    if (who.person || who.staff) k.kiosk->become(who);
    k.kiosk->open(screen, key);
    k.now += 60;
    (void)k.draw();
    all[screen + (key.empty() ? "" : " mother")] = without_ids(outline_of(k));
  }
  return all;
}

std::map<std::string, std::string> sheets_of(Village& k, const store::Viewer& viewer) {
  std::map<std::string, std::string> all;
  const auto reader = k.as(viewer);
  for (const auto& shape : shapes::all())
    for (const auto& sheet : shape.sheets) {
      auto& text = all[std::string(sheet.name)];
      sheet.rows(reader, given::all_words().at("zh-CN"), {{}, reader.today() - std::chrono::days(30), reader.today(), true}, [&](const std::vector<base::Cell>& row) {
        for (const auto& cell : row) {
          if (const auto* word = std::get_if<std::string>(&cell)) text += *word;
          else if (const auto* n = std::get_if<std::int64_t>(&cell)) text += std::to_string(*n);
          text += "|" + std::to_string(cell.index()) + "\t";
        }
        text += "\n";
      });
    }
  return all;
}

std::map<std::string, std::int64_t> kinds_of(Village& k) {
  std::map<std::string, std::int64_t> all;
  for (const auto& f : k.facts()) ++all[f.kind + " " + std::to_string(f.body.size()) + (f.person ? " person" : "")];
  return all;
}

// What the journal tells in its own order: which kinds, and of whom.
std::string order_of(AtTheKiosk& k) {
  std::string all;
  for (const auto& f : k.facts()) all += f.kind + (f.person ? " person" : "") + "\n";
  return all;
}

std::map<std::string, std::uintmax_t> files_of(Village& k) {
  k.kiosk.reset();
  // How full SQLite leaves its pages follows from ids made at random: what is in them is compared packed.
  k.store->database().script("VACUUM");
  k.store.reset();
  std::map<std::string, std::uintmax_t> all;
  for (const auto& f : fs::recursive_directory_iterator(k.folder))
    if (f.is_regular_file()) all[fs::relative(f.path(), k.folder).string()] = f.file_size();
  return all;
}

TEST(TwoVillages, with_a_dispute_and_without_look_the_same_to_whoever_cannot_open_it) {
  Village with(true), without(false);
  ASSERT_EQ(with.as(with.machine()).facts_of(store::envelope::subject()).size(), 1u);
  ASSERT_EQ(without.as(without.machine()).facts_of(store::envelope::subject()).size(), 1u);
  EXPECT_EQ(kinds_of(with), kinds_of(without));
  // Nobody; a neighbour by card; she herself by card; a volunteer; clerk and manager without the key that a PIN opens.
  const auto who = [](Village& k) {
    const auto of_staff = [](village::StaffId id, store::Role role) { return parts::Identity{.staff = id, .role = role}; };
    return std::vector<parts::Identity>{{},
                                        {.person = k.wang, .known = store::Known::card},
                                        {.person = k.mother, .known = store::Known::face},  // by four digits of a phone that others know too
                                        {.person = k.mother, .known = store::Known::secret},
                                        of_staff(k.volunteer, store::Role::volunteer),
                                        of_staff(k.clerk, store::Role::clerk),
                                        of_staff(k.manager, store::Role::manager)};
  };
  const auto here = who(with), there = who(without);
  for (std::size_t i = 0; i < here.size(); ++i) {
    const auto a = screens_of(with, here[i]), b = screens_of(without, there[i]);
    ASSERT_GT(a.size(), 100u);
    for (const auto& [screen, outline] : a) EXPECT_EQ(outline, b.at(screen)) << screen << " as viewer " << i;
  }
  const std::vector<std::pair<store::Viewer, store::Viewer>> viewers{
      {with.a_volunteer(), without.a_volunteer()}, {with.a_clerk(), without.a_clerk()}, {with.a_manager(), without.a_manager()}, {with.machine(), without.machine()}};
  for (const auto& [a, b] : viewers) EXPECT_EQ(sheets_of(with, a), sheets_of(without, b));
}

TEST(TwoVillages, take_the_same_room_on_the_disk) {
  Village with(true), without(false);
  EXPECT_EQ(files_of(with), files_of(without));
}

// That there may be something, and how it is opened, is said where a clerk looks first; whether there is, nowhere.
TEST(TwoVillages, say_on_the_first_pages_how_confidential_matters_are_opened_and_not_whether_there_are_any) {
  Village with(true), without(false);
  const auto signed_in = [](Village& k) {
    // More than one page of them.
    for (const auto& who : {k.wang, k.shan, k.mother, k.xiaowang})
      for (const auto* offer : {"cleaning", "haircut", "bathing", "repair"}) {
        k.clock.advance(std::chrono::seconds(1));  // the list is in their order
        (void)k.act(k.a_clerk(), [&](store::Act& a) { return request::ask(a, {who, offer}); });
      }
    k.touch("call_staff");
    k.touch("go:staff");
    k.sign_in(k.clerk, "613829");
    EXPECT_EQ(k.at(), "desk/today");
  };
  const auto tells = [](Village& k) {
    const auto& zh = given::all_words().at("zh-CN");
    const auto seen = outline_of(k);
    const auto* key = k.at() == "request/queue" ? "request.sealed.how" : village::cards_of(k.as(k.a_manager()), k.xiaowang).empty() ? "desk.today.sealed_no_card" : "desk.today.sealed";
    return seen.find(zh.text(key)) != std::string::npos;
  };
  for (auto* k : {&with, &without}) {
    signed_in(*k);
    EXPECT_TRUE(tells(*k)) << "without a card she is told how she gets one";
    EXPECT_TRUE(k->act(k->machine(), [&](store::Act& act) { return village::give_card(act, k->xiaowang, devices::make_card_code(7)); }));
    k->settle();
    EXPECT_TRUE(tells(*k)) << outline_of(*k);
    k->kiosk->open("request/queue", "");
    k->settle();
    EXPECT_TRUE(k->has("page_next")) << "there is more than one page";
    EXPECT_TRUE(tells(*k)) << "and it stands on the first";
  }
  EXPECT_EQ(without_ids(outline_of(with)), without_ids(outline_of(without)));
  for (auto* k : {&with, &without}) {
    k->kiosk->card(devices::make_card_code(7));
    for (int i = 0; i < 100 && tells(*k); ++i) {
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
      k->settle();
    }
    EXPECT_FALSE(tells(*k)) << "opened";
    k->touch("back");
    EXPECT_EQ(k->at(), "desk/today");
    EXPECT_FALSE(tells(*k));
  }
}

// The test above must be able to fail: with the key of the PIN the same page differs.
TEST(TwoVillages, differ_for_whoever_signs_in_with_card_and_pin) {
  Village with(true), without(false);
  const auto queue_of = [](Village& k) {
    k.touch("call_staff");
    k.touch("go:staff");
    k.sign_in(k.clerk, "613829");
    k.kiosk->open("request/queue", "");
    k.settle();
    EXPECT_EQ(outline_of(k).find("1 件保密"), std::string::npos) << "the PIN alone opens nothing";
    const auto code = devices::make_card_code(7);
    EXPECT_TRUE(k.act(k.machine(), [&](store::Act& act) { return village::give_card(act, k.xiaowang, code); }));
    k.kiosk->card(code);
    for (int i = 0; i < 40 && !(outline_of(k).find("1 件保密") != std::string::npos); ++i) {
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
      k.settle();
    }
    return outline_of(k);
  };
  const auto a = queue_of(with), b = queue_of(without);
  EXPECT_NE(a.find("1 件保密"), std::string::npos);
  EXPECT_EQ(b.find("1 件保密"), std::string::npos);
  EXPECT_EQ(a.find("李桂香"), std::string::npos) << "whose it is stands on its own page";
  // Opened: now it is shown, and written down that she read it.
  std::string open;
  for (const auto& w : with.frame.outline().widgets)
    if (w.id.starts_with("request:") && w.label.find("打开") != std::string::npos) open = w.id;
  ASSERT_NE(open, "");
  with.touch(open);
  EXPECT_EQ(with.at(), "request/one");
  EXPECT_NE(outline_of(with).find("李桂香"), std::string::npos);
  // In the other village an ordinary request is looked at. Both go back to the list, then home: as many envelopes, between the same facts.
  for (const auto& w : without.frame.outline().widgets)
    if (w.id.starts_with("request:")) {
      without.touch(w.id);
      break;
    }
  EXPECT_EQ(without.at(), "request/one");
  for (auto* k : {&with, &without}) {
    k->touch("back");
    EXPECT_EQ(k->at(), "request/queue");
    k->kiosk->go_home(false);
  }
  EXPECT_EQ(order_of(with), order_of(without));
}

TEST(TwoVillages, each_session_ends_with_an_envelope_whoever_was_there_before) {
  std::vector<std::string> all;
  for (const bool with_dispute : {true, false}) {
    AtTheKiosk k;
    for (int i = 0; i < 3; ++i) {
      comes_to_ask(k, i == 1 ? k.mother : k.wang, i == 1 && with_dispute);
      k.kiosk->go_home(false);
      k.settle();
    }
    EXPECT_EQ(k.as(k.machine()).facts_of(store::envelope::subject()).size(), 3u);
    all.push_back(order_of(k));
  }
  EXPECT_EQ(all[0], all[1]);
}

TEST(TwoVillages, a_confidence_is_no_step_of_whoever_signs_in_after_it) {
  std::vector<std::string> all;
  for (const bool with_dispute : {true, false}) {
    AtTheKiosk k;
    comes_to_ask(k, k.mother, with_dispute);
    k.touch("call_staff");
    k.touch("go:staff");
    k.sign_in(k.clerk, "613829");
    ASSERT_EQ(k.at(), "desk/today");
    k.kiosk->go_home(false);
    k.settle();
    all.push_back(order_of(k));
  }
  // As if somebody had touched a face and gone away before the clerk came.
  const std::string envelope(store::envelope::kind), before = all[1].substr(0, all[1].find("village.staff_signed_in"));
  ASSERT_LT(before.size(), all[1].size());
  EXPECT_EQ(all[0], before + envelope + "\n" + all[1].substr(before.size()));
}

TEST(TwoVillages, and_the_order_of_what_was_said_does_not_name_who_goes_on_after_it) {
  std::vector<std::string> tail;
  for (const bool with_dispute : {true, false}) {
    AtTheKiosk k;
    comes_to_ask(k, k.mother, with_dispute);
    (void)k.act(k.resident(k.mother), [&](store::Act& a) { return request::ask(a, {k.mother, "meals"}); });
    k.kiosk->go_home(false);
    k.settle();
    tail.push_back(order_of(k));
  }
  // As if somebody had touched a face and gone away before her: what she said in clear is followed by an envelope, as in every session.
  const std::string envelope(store::envelope::kind), before_her = tail[1].substr(0, tail[1].find("request.asked"));
  EXPECT_EQ(tail[0], before_her + envelope + "\n" + tail[1].substr(before_her.size()));
  EXPECT_TRUE(tail[1].ends_with(envelope + "\n"));
}

struct Confidences : AtTheKiosk {
  std::string first_card = devices::make_card_code(7) + secret(1), second_card = devices::make_card_code(8) + secret(2);

  static std::string secret(std::uint8_t n) {
    std::array<std::uint8_t, 26> bytes{};
    bytes.fill(n);
    return devices::make_card_secret(bytes);
  }
  void asks() {
    comes_to_ask(*this, mother, true);
    kiosk->go_home(false);
    settle();
  }
  void give(village::PersonId to, const std::string& card) {
    EXPECT_TRUE(act(machine(), [&](store::Act& a) { return village::give_card(a, to, card.substr(0, 13)); }));
  }
  void sign_in_with(village::StaffId who, const std::string& pin, const std::string& card) {
    kiosk->go_home(false);
    settle();
    touch("call_staff");
    touch("go:staff");
    sign_in(who, pin);
    if (!card.empty()) kiosk->card(card);
    for (int i = 0; i < 20; ++i) {
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
      settle();
    }
  }
  bool sees(const std::string& what) {
    kiosk->open("request/queue", "");
    settle();
    return outline_of(*this).find(what) != std::string::npos;
  }
  bool told(const std::string& words) {
    return outline_of(*this).find(words) != std::string::npos || std::ranges::find(said, "desk.refused." + words) != said.end();
  }
};

TEST(Confidences, are_opened_by_the_secret_on_the_card_and_handed_on_when_the_card_was_lost) {
  Confidences at;
  at.give(at.xiaowang, at.first_card);
  at.sign_in_with(at.clerk, "613829", at.first_card);
  EXPECT_TRUE(village::has_sealed_key(at.as(at.machine()), at.clerk));
  at.asks();
  at.sign_in_with(at.clerk, "613829", "");
  EXPECT_FALSE(at.sees("1 件保密")) << "the PIN alone";
  at.kiosk->card(at.first_card.substr(0, 13));
  at.settle();
  EXPECT_TRUE(at.told("card_without_key"));
  EXPECT_FALSE(at.sees("1 件保密")) << "a card made after the code that stands on the disk";
  at.sign_in_with(at.clerk, "613829", at.first_card);
  EXPECT_TRUE(at.sees("1 件保密"));

  // Lost; another of staff gives a new one. What is asked from now on is hers at once, what was there when the manager has opened it.
  at.give(at.xiaowang, at.second_card);
  at.sign_in_with(at.clerk, "613829", at.second_card);
  EXPECT_TRUE(at.told("card_other_key"));
  EXPECT_FALSE(at.sees("1 件保密"));
  at.give(at.secretary, devices::make_card_code(9));
  at.sign_in_with(at.manager, "940275", devices::make_card_code(9));
  EXPECT_TRUE(at.sees("1 件保密"));
  at.sign_in_with(at.clerk, "613829", at.second_card);
  EXPECT_TRUE(at.sees("1 件保密"));
}

}  // namespace
