// `cards` prints cards as PDF, ten a page.
#include "cli/cli.h"
#include "devices/wedge.h"
#include "paper/cards.h"
#include "shapes/shape.h"
#include "village/catalogue.h"
#include "village/places.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <random>

namespace cli {

void add_cards(CLI::App& app, Common& common, const Result& result) {
  auto* verb = app.add_subcommand("cards", "print cards as PDF: ten a page, with a code to scan, cut marks and a large name");
  struct Asked { std::string out, group, language = "zh-CN"; bool give = false; };
  auto asked = std::make_shared<Asked>();
  verb->add_option("--out", asked->out, "PDF file")->required();
  std::vector<std::string> tags;
  for (const auto code : village::group_codes())
    if (code != "all") tags.emplace_back(code);
  verb->add_option("--tag", asked->group, "only those with this tag")->check(CLI::IsMember(tags));
  verb->add_flag("--give", asked->give, "give a card to those who have none");
  verb->callback([&common, result, asked] {
    result([&common, asked] {
      const auto words = common.words();
      auto store = common.open(false);
      const auto viewer = store::Viewer::of_staff({}, store::Role::manager, {}, {});
      std::vector<village::PersonId> people;
      {
        auto rows = store->reader(viewer).query("SELECT p.id FROM village_person p WHERE p.left_on IS NULL AND (? = '' OR EXISTS (SELECT 1 FROM village_person_tag t WHERE t.person = p.id AND t.tag = ? AND t.until IS NULL)) ORDER BY p.grp, p.name",
                                                asked->group, asked->group);
        for (const auto row : rows) people.push_back(row.get<village::PersonId>(0));
      }
      std::random_device random;
      std::vector<paper::CardFace> cards;
      for (const auto& id : people) {
        auto codes = village::cards_of(store->reader(viewer), id);
        if (codes.empty() && asked->give) {
          const auto code = devices::make_card_code(static_cast<std::uint64_t>(random()) << 32 | random());
          store::Act act(*store, viewer);
          if (village::give_card(act, id, code)) {
            act.commit();
            codes.push_back(code);
          }
        }
        if (codes.empty()) continue;
        const auto p = village::person(store->reader(viewer), id);
        if (!p) continue;
        paper::CardFace face;
        face.name = p->name;
        face.code = codes.back();
        face.pictogram = p->has("child") ? "🎒" : p->has("elder") ? "👵" : "🌺";
        cards.push_back(std::move(face));
      }
      if (cards.empty()) {
        if (people.empty()) fmt::print(stderr, "there is nobody {}; nothing was written\n", asked->group.empty() ? "in this village" : "with this tag");
        else fmt::print(stderr, "nobody has a card yet; --give gives one to each\n");
        return not_done;
      }
      paper::write_cards_pdf(asked->out, cards, words.at("zh-CN"));
      fmt::print("{} cards in {}\n", cards.size(), asked->out);
      return done;
    });
  });
}

}  // namespace cli
