// `cards` prints cards as PDF, ten a page.
#include "cli/cli.h"
#include "devices/wedge.h"
#include "paper/cards.h"
#include "shapes/shape.h"
#include "village/catalogue.h"
#include "village/places.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <array>
#include <random>

namespace cli {

void add_cards(CLI::App& app, Common& common, const Result& result) {
  auto* verb = app.add_subcommand("cards", "print cards as PDF: ten a page, with a code to scan, cut marks and a large name");
  struct Asked { std::string out, secrets, group; bool give = false; int blank = 0; };
  auto asked = std::make_shared<Asked>();
  verb->add_option("--out", asked->out, "PDF file")->required();
  std::vector<std::string> tags;
  for (const auto code : village::group_codes())
    if (code != "all") tags.emplace_back(code);
  verb->add_option("--tag", asked->group, "only those with this tag")->check(CLI::IsMember(tags));
  verb->add_flag("--give", asked->give, "give a card to those who have none");
  verb->add_option("--blank", asked->blank, "instead: so many cards of nobody yet, for the drawer; staff give one to a person on the screen")->check(CLI::Range(1, 1000));
  verb->add_option("--secrets", asked->secrets, "a second PDF: three pictures for each of them who has none yet, on a slip to be kept apart from the card; they are stored hashed, so this is the only print");
  verb->callback([&common, result, asked] {
    result([&common, asked] {
      if (!asked->secrets.empty() && std::filesystem::weakly_canonical(asked->secrets) == std::filesystem::weakly_canonical(asked->out)) {
        fmt::print(stderr, "--out and --secrets are the same file: cards and pictures are kept apart; nothing was written\n");
        return not_done;
      }
      const auto words = common.words();
      std::random_device random;
      const auto new_code = [&] { return devices::make_card_code(static_cast<std::uint64_t>(random()) << 32 | random()); };
      // Printed and forgotten: a card that is printed once more has none.
      const auto new_secret = [&] {
        std::array<std::uint8_t, 26> bytes{};
        for (auto& byte : bytes) byte = static_cast<std::uint8_t>(random());
        return devices::make_card_secret(bytes);
      };
      if (asked->blank > 0) {
        std::vector<paper::CardFace> blank(static_cast<std::size_t>(asked->blank));
        for (auto& face : blank) face.code = new_code(), face.secret_text = new_secret();
        paper::write_cards_pdf(asked->out, blank, words.at("zh-CN"));
        fmt::print("{} cards of nobody yet in {}\n", blank.size(), asked->out);
        return done;
      }
      auto store = common.open(false);
      const auto viewer = store::Viewer::of_staff({}, store::Role::manager, {}, {});
      std::vector<village::PersonId> people;
      {
        auto rows = store->reader(viewer).query("SELECT p.id FROM village_person p WHERE p.left_on IS NULL AND (? = '' OR EXISTS (SELECT 1 FROM village_person_tag t WHERE t.person = p.id AND t.tag = ? AND t.until IS NULL)) ORDER BY p.grp, p.name",
                                                asked->group, asked->group);
        for (const auto row : rows) people.push_back(row.get<village::PersonId>(0));
      }
      const auto eyes = store->reader(viewer);
      std::vector<std::pair<village::PersonId, std::string>> new_cards;
      std::vector<paper::CardFace> cards;
      std::vector<std::pair<village::PersonId, std::string>> without_secret;
      for (const auto& id : people) {
        auto codes = village::cards_of(eyes, id);
        std::string secret;
        if (codes.empty() && asked->give) {
          codes.push_back(new_code());
          new_cards.emplace_back(id, codes.back());
          secret = new_secret();
        }
        if (codes.empty()) continue;
        const auto p = village::person(eyes, id);
        if (!p) continue;
        paper::CardFace face;
        face.name = p->name;
        face.code = codes.back();
        face.secret_text = std::move(secret);
        face.pictogram = p->has("child") ? "🎒" : p->has("elder") ? "👵" : "🌺";
        cards.push_back(std::move(face));
        if (!asked->secrets.empty() && !village::has_secret(eyes, id)) without_secret.emplace_back(id, p->name);
      }
      if (cards.empty()) {
        if (people.empty()) fmt::print(stderr, "there is nobody {}; nothing was written\n", asked->group.empty() ? "in this village" : "with this tag");
        else fmt::print(stderr, "nobody has a card yet; --give gives one to each\n");
        return not_done;
      }
      // Printed before it counts, for a card's secret stands on paper alone; and not inside the deed, which others wait for.
      paper::write_cards_pdf(asked->out, cards, words.at("zh-CN"));
      // All or none: pictures that were given and not printed would lock their owners out.
      store::Act act(*store, viewer);
      for (const auto& [id, code] : new_cards)
        if (const auto given = village::give_card(act, id, code); !given) throw std::runtime_error("a card was refused: " + std::string(village::name(given.error())) + "; throw the printed cards away and print them again");
      std::vector<paper::SecretSlip> slips;
      for (const auto& [id, name] : without_secret) {
        const auto secret = village::give_secret(act, id);
        if (!secret) continue;
        paper::SecretSlip slip{name, {}};
        for (std::size_t i = 0; i < 3; ++i) slip.pictures[i] = village::secret_pictures[static_cast<std::size_t>((*secret)[i])];
        slips.push_back(std::move(slip));
      }
      if (!slips.empty()) paper::write_slips_pdf(asked->secrets, slips, words.at("zh-CN"));
      act.commit();
      fmt::print("{} cards in {}\n", cards.size(), asked->out);
      if (asked->secrets.empty()) return done;
      if (without_secret.empty()) {
        fmt::print("all of them have their three pictures already; staff give new ones on the screen\n");
        return done;
      }
      fmt::print("{} slips with three pictures in {}: hand each to its owner, then delete the file\n", slips.size(), asked->secrets);
      return done;
    });
  });
}

}  // namespace cli
